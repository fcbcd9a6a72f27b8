"""Ratings as they go over the wire."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.coding.wanted import MAIN
from p3c_qual.mayring.question import Question, read_question
from p3c_qual.mayring.structuring.cases import cases_of, sources_of
from p3c_qual.mayring.structuring.rated import CASES, SEGMENTS, median_of
from p3c_qual.mayring.structuring.scales import Scale, scales_of
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_structuring as wire
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.mayring.structuring.cases import Case
    from p3c_qual.study import Study
    from p3c_qual.workbench.sight import Sight

__all__ = ["rating_state"]

#: segments that are listed to be rated; who has more rates them codebook by codebook
_MOST = 3_000


def rating_state(
    study: Study, name: str, *, rater: str, spans: str, others: bool
) -> wire.RatingState:
    """Return the ratings of one rater in the round of first coding, and what there is to rate.

    Parameters
    ----------
    study : Study
    name : str
        Key or row id of the question.
    rater : str
        Key of a coder; empty for the asker, who in blind coding sees nobody else's.
    spans : str
        Row id of the codebook whose coded segments are listed; empty for the question's own
        where there are such, else for the one with the most.
    others : bool
    """
    coder = ROWS["coder"]
    with study.store.read() as connection:
        question = read_question(connection, name)
        sight = sight_of(study, connection, others=others)
        coders = dict(connection.execute(select(coder.c.id, coder.c.key)).all())
        sources = sources_of(connection, question)
        cases = cases_of(connection, question, sources)
        scales = scales_of(connection, question)
        who = rater if rater and others else sight.me
        rows = _ratings(connection, question)
        raters = {coders.get(row["coder"], "") for row in rows if sight.owns(row["coder"])}
        mine = [row for row in rows if coders.get(row["coder"]) == who]
        choices = _choices(connection, sources, sight)
        shown = _chosen(question, choices, spans)
        segments = _segments(connection, sources, sight, shown)
        for row in mine:
            if row["about"] == "span" and row["target"] in sources:
                place = (row["target"], row["start"], row["end"])
                segments.setdefault(place, row["quote"] or "")
        order = {source: number for number, source in enumerate(sources)}
        places = sorted(segments, key=lambda place: (order[place[0]], *place[1:]))
        homes = _homes(cases)
        return wire.RatingState(
            question.id,
            who,
            sorted(raters | {sight.me} - {""}),
            shown,
            choices,
            [_scale(scale) for scale in scales],
            [
                _span(sources[source], homes, start, end, segments[source, start, end])
                for source, start, end in places[:_MOST]
            ],
            max(len(places) - _MOST, 0),
            [
                wire.RatedRow(case.about, case.id, case.key, case.label, case.key, None, None, "")
                for case in cases
            ],
            [_rating(row) for row in mine],
            _counts(scales, mine),
            _hidden(connection, sources, sight),
            last_event(connection),
        )


def _ratings(connection: Connection, question: Question) -> list[Any]:
    table = ROWS["rating"]
    wanted = select(table).where(table.c.question == question.id, table.c.round == MAIN)
    return list(connection.execute(wanted.order_by(table.c.id)).mappings())


def _choices(
    connection: Connection, sources: Mapping[str, KnownSource], sight: Sight
) -> list[wire.SpanChoice]:
    coding, code, book = ROWS["coding"], ROWS["code"], ROWS["codebook"]
    counts: dict[str, int] = defaultdict(int)
    for run in payloads.chunks(list(sources), 500):
        wanted = (
            select(code.c.codebook, func.count())
            .join(coding, coding.c.code == code.c.id)
            .where(coding.c.source.in_(run), coding.c.round == MAIN, sight.codings())
            .group_by(code.c.codebook)
        )
        for name, number in connection.execute(wanted):
            counts[name] += number
    rows = connection.execute(select(book.c.id, book.c.key, book.c.label).order_by(book.c.key))
    return [
        wire.SpanChoice(row.id, row.label or row.key, counts[row.id])
        for row in rows
        if counts[row.id]
    ]


def _chosen(question: Question, choices: list[wire.SpanChoice], asked: str) -> str:
    there = {each.codebook for each in choices}
    for name in (asked, question.codebook):
        if name in there:
            return str(name)
    return max(choices, key=lambda each: each.segments).codebook if choices else ""


def _segments(
    connection: Connection, sources: Mapping[str, KnownSource], sight: Sight, codebook: str
) -> dict[tuple[str, int, int], str]:
    """Return the coded spans of a codebook with their words, each once."""
    coding, code = ROWS["coding"], ROWS["code"]
    found: dict[tuple[str, int, int], str] = {}
    if not codebook:
        return found
    for run in payloads.chunks(list(sources), 500):
        wanted = (
            select(coding.c.source, coding.c.start, coding.c.end, coding.c.quote)
            .join(code, code.c.id == coding.c.code)
            .where(
                coding.c.source.in_(run),
                coding.c.round == MAIN,
                code.c.codebook == codebook,
                sight.codings(),
            )
        )
        for source, start, end, quote in connection.execute(wanted):
            found[source, start, end] = quote or ""
    return found


def _hidden(connection: Connection, sources: Mapping[str, KnownSource], sight: Sight) -> bool:
    coding = ROWS["coding"]
    if sight.others:
        return False
    for run in payloads.chunks(list(sources), 500):
        wanted = select(coding.c.id).where(coding.c.source.in_(run), ~sight.codings())
        if connection.scalar(wanted.limit(1)) is not None:
            return True
    return False


def _homes(cases: Iterable[Case]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        for source in case.sources:
            found[source].append(case.key)
    return found


def _span(
    source: KnownSource, homes: Mapping[str, list[str]], start: int, end: int, quote: str
) -> wire.RatedRow:
    mine = homes.get(source.id, [])
    label = source.said["title"] or source.key
    case = mine[0] if len(mine) == 1 else ""
    return wire.RatedRow("span", source.id, source.key, label, case, start, end, quote)


def _scale(scale: Scale) -> wire.ScaleRow:
    return wire.ScaleRow(
        scale.id,
        scale.key,
        scale.label,
        scale.definition,
        [
            wire.LevelRow(value, label, scale.definitions.get(value, ""))
            for value, label in scale.levels.items()
        ],
        scale.not_ratable,
    )


def _rating(row: Any) -> wire.RatingRow:
    return wire.RatingRow(
        row["id"],
        row["code"],
        row["about"],
        row["target"],
        row["start"],
        row["end"],
        row["value"],
        row["ratable"] is not False,
        row["reason"] or "",
    )


def _counts(scales: Iterable[Scale], rows: Iterable[Any]) -> list[wire.RatingCount]:
    given: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for row in rows:
        unit = SEGMENTS if row["about"] == "span" else CASES
        value = row["value"] if row["ratable"] is not False else None
        given[row["code"], unit].append(value)
    found = []
    for scale in scales:
        for unit in (SEGMENTS, CASES):
            values = given[scale.id, unit]
            on = [value for value in values if value is not None]
            found.append(
                wire.RatingCount(
                    scale.id,
                    unit,
                    [on.count(value) for value in scale.levels],
                    len(on),
                    len(values) - len(on),
                    median_of(on, scale),
                )
            )
    return found
