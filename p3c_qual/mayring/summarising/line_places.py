"""Where in a text a place is: its page where there are pages, and its line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

__all__ = ["read_places"]


def read_places(
    connection: Connection, spots: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], str]:
    """Return page and line of positions in text versions, as a person would look them up.

    Parameters
    ----------
    connection : Connection
    spots : iterable of (text, start)
        Row id of the text version, and a position in code points.

    Returns
    -------
    dict
        By spot, such as ``p. 3, line 31``; nothing for a text that was erased. Lines are those
        of the coded transcript.
    """
    wanted: dict[str, set[int]] = {}
    for text, start in spots:
        wanted.setdefault(text, set()).add(start)
    table = ROWS["text"]
    rows: list[Any] = []
    for run in payloads.chunks(sorted(wanted), 250):
        rows += connection.execute(
            select(table.c.id, table.c.hash, table.c.parts).where(table.c.id.in_(run))
        ).all()
    names = [name for row in rows for name in (row.hash, row.parts) if name]
    held = payloads.get_many(connection, names)
    places: dict[tuple[str, int], str] = {}
    for row in rows:
        body, packed = held.get(row.hash or ""), held.get(row.parts or "")
        if not isinstance(body, str):
            continue
        ends = [found.start() for found in re.finditer("\n", body)]
        pages = unpack_parts(packed).get("page") if isinstance(packed, bytes) else None
        for start in wanted[row.id]:
            # a line end before the position begins the next line
            said = f"line {bisect_left(ends, start) + 1}"
            at = bisect_right(pages.start, start) - 1 if pages else -1
            if pages and at >= 0 and start < pages.end[at] and pages.label:
                said = f"p. {pages.label[at]}, {said}"
            places[row.id, start] = said
    return places
