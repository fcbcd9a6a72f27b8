"""The pilot of a question, and how its categories came up, as they go over the wire."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.editions import editions_of
from p3c_qual.codebook.versions import next_version
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.categories import pilot
from p3c_qual.mayring.categories.emergence import alone, table_emergence, table_subsumption
from p3c_qual.mayring.categories.progress import Share, progress_of
from p3c_qual.mayring.categories.revised import edited_since_pilot
from p3c_qual.mayring.categories.saturation import table_saturation
from p3c_qual.mayring.categories.staleness import stale_codings
from p3c_qual.mayring.question import Question, read_question
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_agenda as wire
from p3c_qual.workbench.sight import Sight, sight_of
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["emergence_state", "pilot_state"]

#: stale codings that are sent at once
_MOST = 500
#: lines of the log of subsumption that are sent
_LOG = 1_000


def pilot_state(study: Study, name: str, *, others: bool) -> wire.PilotState:
    """Return the pilot of a question.

    Parameters
    ----------
    study : Study
    name : str
        Key or row id of the question.
    others : bool
        Whether the work of other coders is wanted; how far all are together is told anyhow.

    Raises
    ------
    P3CError
        If the question has no codebook.
    """
    book = ROWS["codebook"]
    with study.store.read() as connection:
        asked = read_question(connection, name)
        if asked.codebook is None:
            what = "no codebook is bound to the question"
            raise P3CError(Problem(what, asked.key, do="Choose or make one."))
        sight = sight_of(study, connection, others=others)
        version = connection.scalar(select(book.c.version).where(book.c.id == asked.codebook)) or ""
        state = pilot.pilot_state(connection, asked)
        worked = progress_of(connection, asked)
        stale = stale_codings(connection, asked)
        seen = _stale(connection, sight, stale)
        edited = edited_since_pilot(connection, asked)
        labels = _labels(connection, asked)
        lacks = [_sentence(each) for each in pilot.lacks_pilot(connection, asked)]
        kept = editions_of(connection, asked.codebook)
    reviews = pilot.table_reviews(study, asked.id).to_dict("records")
    return wire.PilotState(
        question=asked.id,
        phase=state.phase,
        low=pilot.WINDOW[0],
        high=pilot.WINDOW[1],
        single=state.progress.units.of < 2,
        worked=[
            wire.WorkedRow(each.coder, _share(each.units), _share(each.characters))
            for each in worked
            if not each.coder or sight.others or each.coder == sight.me
        ],
        open_units=list(state.progress.open_units),
        stale=seen,
        total=len(stale),
        edited=[
            wire.EditedCode(key, labels.get(key, key), fields) for key, fields in edited.items()
        ],
        reviews=[_review(row) for row in reviews],
        version=version,
        next=next_version(version, {*kept, version}),
        lacks=lacks,
    )


def _sentence(problem: Problem) -> str:
    said = str(replace(problem, where=""))
    return said[:1].upper() + said[1:]


def _share(share: Share) -> wire.ShareRow:
    return wire.ShareRow(share.part, share.of)


def _labels(connection: Connection, asked: Question) -> dict[str, str]:
    code = ROWS["code"]
    wanted = select(code.c.key, code.c.label).where(code.c.codebook == asked.codebook)
    return {key: label or key for key, label in connection.execute(wanted)}


def _stale(connection: Connection, sight: Sight, ids: list[str]) -> list[wire.StaleRow]:
    coding, code, coder, src = (ROWS[name] for name in ("coding", "code", "coder", "source"))
    wanted = (
        select(
            coding,
            code.c.label.label("code_label"),
            code.c.key.label("code_key"),
            coder.c.key.label("coder_key"),
            src.c.key.label("source_key"),
        )
        .join(code, code.c.id == coding.c.code)
        .join(src, src.c.id == coding.c.source)
        .join(coder, coder.c.id == coding.c.coder, isouter=True)
        .where(sight.codings())
    )
    found: dict[str, Any] = {}
    for run in payloads.chunks(ids, 500):
        if len(found) >= _MOST:
            break
        found |= {row.id: row for row in connection.execute(wanted.where(coding.c.id.in_(run)))}
    return [
        wire.StaleRow(
            row.id,
            row.source,
            row.source_key,
            row.start,
            row.end,
            row.quote or "",
            row.code,
            row.code_label or row.code_key,
            row.coder_key or "",
            row.codebook_version or "",
        )
        for name in ids
        if (row := found.get(name)) is not None
    ][:_MOST]


def _review(row: dict[Any, Any]) -> wire.PilotReviewRow:
    return wire.PilotReviewRow(
        id=row["id"],
        no=int(row["no"]),
        decision=row["decision"],
        units=wire.ShareRow(int(row["units"]), int(row["units_of"])),
        characters=wire.ShareRow(int(row["characters"]), int(row["characters_of"])),
        late=bool(row["late"]),
        categories=int(row["categories"]),
        codings=int(row["codings"]),
        version_before=row["version_before"],
        version_after=row["version_after"],
        reason=row["reason"],
        coder=row["coder"],
        edited=row["edited"],
    )


def emergence_state(study: Study, name: str, *, others: bool) -> wire.EmergenceState:
    """Return how the categories of a question came up, and where saturation was met.

    Parameters
    ----------
    study : Study
    name : str
        Key or row id of the question.
    others : bool
        Whether the work of other coders is wanted; without it only one's own counts.
    """
    with study.store.read() as connection:
        asked = read_question(connection, name)
        cursor = last_event(connection)
        src, code = ROWS["source"], ROWS["code"]
        sources = {key: row for row, key in connection.execute(select(src.c.id, src.c.key))}
        wanted = select(code.c.id, code.c.key).where(code.c.codebook == asked.codebook)
        codes = {key: row for row, key in connection.execute(wanted)}
        standing = {row.id for row in alone(connection, asked)}
    coder = None if others else study.coder or ""
    emerged = table_emergence(study, asked.id, coder=coder)
    formed = table_subsumption(study, asked.id, coder=coder)
    saturation, caution = [], ""
    for order in ("date", "random"):
        table = table_saturation(study, asked.id, order=order, coder=coder)
        caution = table.attrs["caution"]
        saturation.append(_saturation(table))
    return wire.EmergenceState(
        question=asked.id,
        rows=[
            wire.EmergenceRow(
                no=int(row["no"]),
                code=codes.get(row["code"], ""),
                key=row["code"],
                label=row["label"],
                main=row["main"],
                source=sources.get(row["source"], ""),
                source_key=row["source"],
                start=int(row["start"]),
                end=int(row["end"]),
                quote=row["quote"],
                coder=row["coder"],
                first_in_text=int(row["first_in_text"]),
                units=int(row["units"]),
                subsumed=int(row["subsumed"]),
                sources=int(row["sources"]),
                alone=codes.get(row["code"], "") in standing,
            )
            for row in emerged.to_dict("records")
        ],
        formed=[
            wire.FormedRow(
                no=int(row["no"]),
                id=row["coding"],
                source=sources.get(row["source"], ""),
                source_key=row["source"],
                start=int(row["start"]),
                end=int(row["end"]),
                quote=row["quote"],
                code=codes.get(row["code"], ""),
                label=row["label"],
                coder=row["coder"],
                new=row["how"] == "new",
                categories=int(row["categories"]),
            )
            for row in formed.head(_LOG).to_dict("records")
        ],
        total=len(formed),
        new=[int(no) for no in formed["no"][formed["how"] == "new"]],
        unused=list(emerged.attrs["unused"]),
        saturation=saturation,
        caution=caution,
        cursor=cursor,
    )


def _saturation(table: Any) -> wire.SaturationState:
    attrs = table.attrs
    return wire.SaturationState(
        order=attrs["order"],
        points=[
            wire.CurvePoint(
                interview=int(row["interview"]),
                source=row["source"],
                date=row["date"],
                new=float(row["new"]),
                cumulative=float(row["cumulative"]),
                low=float(row["low"]),
                high=float(row["high"]),
                # a ratio that is not there is no number
                ratio=None if row["ratio"] != row["ratio"] else float(row["ratio"]),
            )
            for row in table.to_dict("records")
        ],
        met=attrs["met"].get("all", ""),
        why=attrs["not_assessable"].get("all", ""),
        base=attrs["base"],
        run=attrs["run"],
        threshold=attrs["threshold"],
        caption=attrs["caption"],
    )
