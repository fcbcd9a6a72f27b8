"""Writes that rest on what is no longer so are refused, and say who changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS, event
from p3c_qual.store.schema import act as acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

__all__ = ["check_seen", "last_change", "said_since"]


def check_seen(act: Act, table: str, row: str, seen: Mapping[str, Any]) -> None:
    """Refuse to write over what somebody has changed since it was looked at.

    Parameters
    ----------
    act : Act
    table, row : str
    seen : mapping of str to object
        By column, what the writer saw; an empty text stands for none.

    Raises
    ------
    P3CError
        With the code ``stale``, naming who changed it and when.
    """
    if not seen:
        return
    columns = [ROWS[table].c[name] for name in seen]
    now = act.connection.execute(select(*columns).where(ROWS[table].c.id == row)).mappings().first()
    if now is None:
        raise P3CError(Problem("it was removed meanwhile", code="gone"))
    changed = [name for name, value in seen.items() if (now[name] or None) != (value or None)]
    if changed:
        raise P3CError(said_since(act.connection, table, [row], changed))


def said_since(
    connection: Connection, table: str, rows: Iterable[str], columns: Iterable[str]
) -> Problem:
    """Return what to say of rows that were changed meanwhile."""
    columns = list(columns)
    # `if_` and the like are Python's way of calling them
    said = " and the ".join(name.rstrip("_") for name in columns)
    found = max(
        (change for row in rows if (change := last_change(connection, table, row, columns))),
        default=None,
    )
    who = (
        f"{found[1]} changed the {said} at {found[0][11:16]} UTC"
        if found
        else (f"the {said} was changed")
    )
    do = "Look at what stands there now, and write it again if yours should stand."
    return Problem(f"{who}, after you had opened it; nothing was written over", do=do, code="stale")


def last_change(
    connection: Connection, table: str, row: str, columns: Iterable[str]
) -> tuple[str, str] | None:
    """Return when and by whom one of these columns of a row was written last."""
    wanted = (
        select(event.c.after, acts.c.at, acts.c.actor)
        .join(acts, acts.c.id == event.c.act)
        .where(event.c.tbl == table, event.c.row == row)
        .order_by(event.c.clock.desc(), event.c.replica.desc())
    )
    names = set(columns)
    for after, at, actor in connection.execute(wanted):
        if names & orjson.loads(after).keys():
            return at, actor
    return None
