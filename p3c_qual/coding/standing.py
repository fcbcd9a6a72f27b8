"""Codings that are there, found by their ids; of one that is gone, who took it away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import select

from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import Problem
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS, act, event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

__all__ = ["Standing", "gone", "overlap", "repeat", "standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A coding as the study holds it; rows are named by their ids."""

    id: str
    source: str
    source_key: str
    text: str
    start: int
    end: int
    code: str
    coder: str
    coder_key: str
    round: str
    question: str
    important: bool
    unsure: bool

    def with_code(self, code: str, question: str) -> Standing:
        """Return it as it would be with another code, under the question that goes with it."""
        return replace(self, code=code, question=question)

    def with_span(self, start: int, end: int) -> Standing:
        """Return it as it would be with another span."""
        return replace(self, start=start, end=end)


def standing(
    connection: Connection, codings: Sequence[str]
) -> tuple[list[Standing], list[Problem]]:
    """Return the codings of these ids, each once and in the order given, and what is wrong.

    Parameters
    ----------
    connection : Connection
    codings : sequence of str
        Row ids.
    """
    ids = [codings] if isinstance(codings, str) else list(dict.fromkeys(codings))
    if not ids:
        return [], [Problem("no coding is named")]
    coding, source, coder = ROWS["coding"], ROWS["source"], ROWS["coder"]
    wanted = (
        select(coding, source.c.key.label("source_key"), coder.c.key.label("coder_key"))
        .join(source, source.c.id == coding.c.source, isouter=True)
        .join(coder, coder.c.id == coding.c.coder, isouter=True)
    )
    found = {}
    for run in payloads.chunks(ids, 500):
        for row in connection.execute(wanted.where(coding.c.id.in_(run))):
            found[row.id] = Standing(
                id=row.id,
                source=row.source,
                source_key=row.source_key or "",
                text=row.text,
                start=row.start,
                end=row.end,
                code=row.code,
                coder=row.coder,
                coder_key=row.coder_key or "",
                round=row.round or MAIN,
                question=row.question or "",
                important=bool(row.important),
                unsure=bool(row.unsure),
            )
    problems = [gone(connection, "coding", name) for name in ids if name not in found]
    return [found[name] for name in ids if name in found], problems


def gone(connection: Connection, table: str, name: str) -> Problem:
    """Say that a row is not there, and who took it away if it was there once."""
    touched = (
        select(event.c.after, act.c.actor, act.c.at)
        .join(act, act.c.id == event.c.act)
        .where(event.c.tbl == table, event.c.row == name)
        .order_by(event.c.clock.desc(), event.c.replica.desc(), event.c.id.desc())
    )
    for after, actor, at in connection.execute(touched):
        if orjson.loads(after).get("deleted"):
            what = f"this {table} is gone: {actor} took it away on {at}"
            return Problem(what, name, do="Nothing was changed.", code="gone")
    return Problem(f"there is no {table} {name!r}", do="Nothing was changed.", code="gone")


def overlap(each: Standing, label: str, start: int, end: int) -> Problem:
    """Say that a coding would overlap one of the same code, coder and round."""
    return Problem(
        f"{each.coder_key} has coded {start}-{end} of {each.source_key!r} with {label!r} in round "
        f"{each.round!r} already; {each.start}-{each.end} overlaps it",
        do="Take one of the two away, or resize it first.",
        code="overlap",
    )


def repeat(each: Standing, label: str) -> Problem:
    """Say that the very coding would stand there twice."""
    return Problem(
        f"{each.coder_key} has coded {each.start}-{each.end} of {each.source_key!r} with "
        f"{label!r} in round {each.round!r} already",
        do="Take one of the two away.",
        code="repeat",
    )
