"""Explications, and what is found for them, as they go over the wire."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.explication import short_id
from p3c_qual.mayring.structuring.explication_table import candidates
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_explication as wire
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.sources.parts import PartList
    from p3c_qual.study import Study

__all__ = ["explication_state", "material_hits"]


def explication_state(study: Study, name: str, *, others: bool) -> wire.ExplicationState:
    """Return the explications of a question, or all of the study where none is named.

    Parameters
    ----------
    study : Study
    name : str
        Key or row id of the question, or empty.
    others : bool
        Whether those of others are shown.
    """
    table, src = ROWS["explication"], ROWS["source"]
    coder, code = ROWS["coder"], ROWS["code"]
    with study.store.read() as connection:
        question = read_question(connection, name) if name else None
        sight = sight_of(study, connection, others=others)
        coders = dict(connection.execute(select(coder.c.id, coder.c.key)).all())
        labels = dict(connection.execute(select(code.c.id, code.c.label)).all())
        known = {
            row.id: (row.key, row.text)
            for row in connection.execute(select(src.c.id, src.c.key, src.c.text))
        }
        wanted = select(table).order_by(table.c.id)
        if question:
            # what belongs to no question yet is shown with each
            wanted = wanted.where((table.c.question == question.id) | table.c.question.is_(None))
        rows = [
            row
            for row in connection.execute(wanted).mappings()
            if sight.owns(row["coder"]) and row["source"] in known
        ]
        on = set(
            connection.scalars(select(table.c.continues).where(table.c.continues.is_not(None)))
        )
        rows.sort(key=lambda row: (known[row["source"]][0], row["start"], row["id"]))
        return wire.ExplicationState(
            question.id if question else "",
            [
                _explication(row, known, coders, continued=row["id"] in on, mine=sight.mine)
                for row in rows
            ],
            [
                wire.CandidateRow(
                    row.id,
                    row.source,
                    known[row.source][0],
                    row.start,
                    row.end,
                    row.quote or "",
                    labels.get(row.code) or "",
                )
                for row in candidates(connection)
                if row.source in known and sight.owns(row.coder)
            ],
            last_event(connection),
        )


def material_hits(
    study: Study, query: str, *, explication: str, limit: int = 30
) -> wire.MaterialHits:
    """Find words in what an explication may consult, outside of the passage itself.

    Each place is the paragraph that holds the words, or the sentence where the paragraph holds
    the passage too: what stands right beside it explains it often.

    Parameters
    ----------
    study : Study
    query : str
    explication : str
        Row id; a narrow one searches its own source alone.
    limit : int
        Places that are returned.
    """
    from p3c_qual.analysis.texts import unpack_parts
    from p3c_qual.coding.spots import Spots
    from p3c_qual.coding.standing import gone
    from p3c_qual.errors import P3CError
    from p3c_qual.workbench.segments import search_segments

    table, src, text = ROWS["explication"], ROWS["source"], ROWS["text"]
    with study.store.read() as connection:
        row = connection.execute(select(table).where(table.c.id == explication)).mappings().first()
        if row is None:
            raise P3CError(gone(connection, "explication", explication[:60]))
    narrow = row["source"] if row["scope"] == "narrow" else ""
    found = search_segments(study, query, source=narrow, limit=10 * limit)
    sources = {each.source for each in found.rows}
    with study.store.read() as connection:
        spots = Spots(connection, sources)
        wanted = select(src.c.id, text.c.parts).join(text, text.c.id == src.c.text)
        names = dict(connection.execute(wanted.where(src.c.id.in_(sources))).all())
        packed = payloads.get_many(connection, [name for name in names.values() if name])
    parts = {
        source: unpack_parts(body) if isinstance(body := packed.get(name or ""), bytes) else {}
        for source, name in names.items()
    }
    made: dict[tuple[str, int, int], wire.MaterialHit] = {}
    for each in found.rows:
        start, end = _part(parts.get(each.source, {}), each.start, each.end, row, each.source)
        if not _apart(start, end, row, each.source):
            continue
        quote = spots.body(each.source)[start:end]
        made.setdefault(
            (each.source, start, end),
            wire.MaterialHit(each.source, each.key, start, end, quote, each.question),
        )
    return wire.MaterialHits(len(made), list(made.values())[:limit])


def _part(
    parts: Mapping[str, PartList], start: int, end: int, row: Any, source: str
) -> tuple[int, int]:
    """Return the largest part that holds a hit and not the passage."""
    for kind in ("paragraph", "sentence"):
        some = parts.get(kind)
        at = bisect_right(some.start, start) - 1 if some else -1
        if some and at >= 0 and end <= some.end[at]:
            place = (some.start[at], some.end[at])
            if _apart(*place, row, source):
                return place
    return start, end


def _apart(start: int, end: int, row: Any, source: str) -> bool:
    return bool(source != row["source"] or end <= row["start"] or row["end"] <= start)


def _explication(
    row: Any,
    known: Mapping[str, tuple[str, str | None]],
    coders: Mapping[str, str],
    *,
    continued: bool,
    mine: str | None,
) -> wire.ExplicationRow:
    return wire.ExplicationRow(
        id=row["id"],
        short=short_id(row["id"]),
        question=row["question"] or "",
        source=row["source"],
        key=known[row["source"]][0],
        start=row["start"],
        end=row["end"],
        quote=row["quote"] or "",
        scope=row["scope"] or "narrow",
        lexical=row["lexical"] or "",
        material=[_item(each, known) for each in row["material"] or ()],
        paraphrase=row["paraphrase"] or "",
        verdict=row["verdict"] or "open",
        remark=row["remark"] or "",
        continues=row["continues"] or "",
        continued=continued,
        coder=coders.get(row["coder"], ""),
        mine=row["coder"] == mine,
        edited=known[row["source"]][1] != row["text"],
    )


def _item(each: Mapping[str, Any], known: Mapping[str, tuple[str, str | None]]) -> wire.MaterialRow:
    source = each.get("source") or ""
    return wire.MaterialRow(
        source,
        known.get(source, ("a removed source", None))[0] if source else "",
        each.get("start"),
        each.get("end"),
        each.get("quote") or "",
        each.get("citation") or "",
        each.get("note") or "",
    )
