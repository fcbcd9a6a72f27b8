"""Places in texts that a person names: looked up together, quoted, and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from p3c_qual.errors import Problem, nearest
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

__all__ = ["SPAN", "Spot", "Spots", "clean", "ids_for"]

#: a span as people write it; a dash as a typewriter or a printer makes it
SPAN = re.compile(r"(\d{1,15})[-–](\d{1,15})")


@dataclass(frozen=True, slots=True)
class Spot:
    """A span of a source's present text, with its words."""

    source: str
    key: str
    text: str
    start: int
    end: int
    quote: str


class Spots:
    """The texts of some sources, by key and by row id.

    Parameters
    ----------
    connection : Connection
    names : iterable of str
        Keys or row ids.
    """

    def __init__(self, connection: Connection, names: Iterable[str]) -> None:
        src, text = ROWS["source"], ROWS["text"]
        wanted = sorted(set(names))
        columns = (src.c.id, src.c.key, src.c.text, text.c.hash)
        stated = select(*columns).join(text, text.c.id == src.c.text, isouter=True)
        rows: list[Any] = []
        for run in payloads.chunks(wanted, 250):
            named = or_(src.c.key.in_(run), src.c.id.in_(run))
            rows += connection.execute(stated.where(named))
        bodies = payloads.get_many(connection, [row.hash for row in rows if row.hash])
        self._rows = {name: row for row in rows for name in (row.id, row.key)}
        self._bodies = {row.id: bodies.get(row.hash or "") for row in rows}
        lost = any(name not in self._rows for name in wanted)
        self._known = sorted(connection.scalars(select(src.c.key))) if lost else []

    def source(self, name: str, where: str = "") -> str | Problem:
        """Return a source's row id, or what to say where there is none."""
        if name in self._rows:
            return str(self._rows[name].id)
        valid = tuple(self._known)
        return Problem(f"unknown source {name!r}", where, valid, nearest(name, valid))

    def body(self, name: str) -> str:
        """Return the text of a source; empty where there is none."""
        found = self._bodies.get(self._rows[name].id) if name in self._rows else None
        return found if isinstance(found, str) else ""

    def find(self, name: str, start: Any, end: Any, where: str = "") -> Spot | Problem:
        """Return a span with its words, or what is wrong with it."""
        found = self.source(name, where)
        if isinstance(found, Problem):
            return found
        row = self._rows[found]
        body = self._bodies[found]
        if not isinstance(body, str):
            return Problem(f"source {row.key!r} has no text any more", where)
        try:
            start, end = index(start), index(end)
        except TypeError:
            what = f"start and end must be whole numbers, not {start!r} and {end!r}"
            return Problem(what, where)
        if not 0 <= start < end <= len(body):
            return Problem(
                f"the span {start}-{end} is not within the text of {row.key!r}, "
                f"which has {len(body)} characters",
                where,
                do="Spans are half-open [start, end) in code points, and not empty.",
            )
        return Spot(found, row.key, row.text, start, end, body[start:end])


def clean(words: str) -> str:
    """Return what a person wrote as it is stored: composed, without control characters."""
    from p3c_qual.sources.fix import fix_text

    return fix_text(words).text.strip()


def ids_for(act: Act, table: str, names: Sequence[Sequence[str]]) -> list[str]:
    """Return the ids that every copy of the study gives to rows of these names.

    Two people who rate the same span or write the same cell in copies of a study thus write one
    row. An id that was used for something deleted since is not given again.
    """
    from p3c_qual.store.clock import named_id, new_ids
    from p3c_qual.store.schema import event

    wanted = [named_id(table, *each) for each in names]
    used: set[str] = set()
    for run in payloads.chunks(wanted, 500):
        rows = select(event.c.row).where(event.c.tbl == table, event.c.row.in_(run))
        used.update(act.connection.scalars(rows))
    fresh = iter(new_ids(len(wanted)))
    return [next(fresh) if name in used else name for name in wanted]
