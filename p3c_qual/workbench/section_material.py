"""What else is at hand for a section: configurations, paraphrases, and what its passages are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.analysis.segments import known_codes
from p3c_qual.realist.read import read_realist
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_description as wire
from p3c_qual.workbench.rows import found_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from p3c_qual.description.model import Where
    from p3c_qual.realist.model import Configuration
    from p3c_qual.study import Study
    from p3c_qual.workbench.description_rows import Rows
    from p3c_qual.workbench.passages import Passage, Passages

__all__ = [
    "by_source",
    "codes_below",
    "configurations_of",
    "paraphrase_rows",
    "quoted_in",
    "touched",
    "why_shown",
]


def codes_below(study: Study, connection: Connection, code: str) -> set[str]:
    """Return the row ids of a code and of those below it."""
    codes = known_codes(study, connection)
    there = codes.by_name.get(code, ()) if code else ()
    return set(codes.below(there[0])) if len(there) == 1 else set()


def configurations_of(
    connection: Connection, where: Where, passages: Passages, codes: Collection[str]
) -> list[Configuration]:
    """Return what stands in a programme and has to do with a section.

    It has an element of the section's code, or evidence among its passages.
    """
    if where.programme is None or not codes:
        return []
    rows = ROWS["configuration"]
    of = select(rows.c.id).where(rows.c.programme == where.programme)
    found = read_realist(connection, configurations=list(connection.scalars(of)))
    spans = by_source((each.source, each.start, each.end, "") for each in passages.every)
    return [
        each
        for each in found.standing
        if (not where.site and any(one.code in codes for one in each.elements))
        or any(touched(spans, one.source, one.start, one.end) for one in each.evidence)
    ]


def paraphrase_rows(
    connection: Connection, rows: Rows, passages: Passages, limit: int
) -> list[wire.ParaphraseRow]:
    """Return what was paraphrased of these passages in a summarising."""
    unit = ROWS["paraphrase"]
    spans = by_source((each.source, each.start, each.end, "") for each in passages.every)
    columns = (unit.c.source, unit.c.start, unit.c.end, unit.c.paraphrase, unit.c.generalisation)
    told = select(*columns).where(unit.c.paraphrase.is_not(None), unit.c.dropped.is_(None))
    found = [
        row
        for some in found_in(unit.c.source, spans)
        for row in connection.execute(told.where(some).order_by(unit.c.start, unit.c.id))
        if touched(spans, row.source, row.start, row.end)
    ]
    found.sort(key=lambda row: (rows.sources[row.source].key, row.start, row.end))
    rows.prepare(row.source for row in found)
    made = []
    for row in found[:limit]:
        person = rows.speaker(row.source, row.start)
        key = rows.sources[row.source].key
        who, text = person.key if person else "", row.generalisation or row.paraphrase
        made.append(wire.ParaphraseRow(text, who, row.source, key, row.start, row.end))
    return made


#: by source (row id) start, end and what is named there
Spans = dict[str, list[tuple[int, int, str]]]


def by_source(places: Iterable[tuple[str, int, int, str]]) -> Spans:
    """Return what is named at places by the sources they are in."""
    found: Spans = defaultdict(list)
    for source, start, end, name in places:
        found[source].append((start, end, name))
    return found


def touched(spans: Spans, source: str, start: int, end: int) -> list[str]:
    """Return what is named at the places that share words with a stretch, each once."""
    here = (each for each in spans.get(source, ()) if each[0] < end and start < each[1])
    return list(dict.fromkeys(name for _, _, name in here))


def quoted_in(quotes: Spans, passage: Passage) -> str:
    """Return the key of a quote of a passage, or of a part of it."""
    inside = (
        name
        for start, end, name in quotes.get(passage.source, ())
        if passage.start <= start and end <= passage.end
    )
    return next(inside, "")


def why_shown(cards: Spans, passage: Passage) -> str:
    """Say what else speaks for looking at a passage."""
    said = ["marked important"] if passage.important else []
    keys = touched(cards, passage.source, passage.start, passage.end)
    return "; ".join([*said, f"evidence of {', '.join(keys)}"] if keys else said)
