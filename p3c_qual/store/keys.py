"""Readable keys: one row holds each, and joined copies of a study may both have given it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import payloads
from p3c_qual.store.schema import KEYED, ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.replay import Folded

__all__ = ["check_free", "give", "shadows"]


def give(name: str, states: Mapping[str, Folded]) -> dict[str, str]:
    """Give each live row its key; of two under one key the older keeps it.

    The younger shows its key with the end of its id behind a tilde, until a person renames it.

    Parameters
    ----------
    name : str
        The table.
    states : dict of str to Folded
        All rows of it.
    """
    if name not in KEYED:
        return {}
    taken: set[tuple[str, ...]] = set()
    keys = {}
    born = sorted((state.born, row) for row, state in states.items() if state.live)
    for _, row in born:
        fields = states[row].fields
        scope = tuple(str(fields.get(column)) for column in KEYED[name])
        key = str(fields.get("key"))
        if (*scope, key) in taken:
            key = f"{key}~{row[-6:]}"
        taken.add((*scope, key))
        keys[row] = key
    return keys


def shadows(connection: Connection, name: str) -> set[str]:
    """Return the rows that had to give way."""
    table = ROWS[name]
    return set(connection.scalars(select(table.c.id).where(table.c.key.like("%~%"))))


def check_free(connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse rows whose key another one holds.

    Raises
    ------
    P3CError
        Naming every key that is taken.
    """
    if name not in KEYED:
        return
    table, scope = ROWS[name], KEYED[name]
    wanted = {(*(row[column] for column in scope), row["key"]): row["id"] for row in rows}
    taken = []
    for run in payloads.chunks(sorted({row["key"] for row in rows}), 500):
        columns = (table.c.id, *(table.c[column] for column in scope), table.c.key)
        for row, *place in connection.execute(select(*columns).where(table.c.key.in_(run))):
            if wanted.get(tuple(place), row) != row:
                taken.append(place[-1])
    times = Counter((*(row[column] for column in scope), row["key"]) for row in rows)
    taken += [place[-1] for place, count in times.items() if count > 1]
    if taken:
        raise P3CError(
            [
                Problem(f"there is a {name} {key!r} already", do="Give this one another key.")
                for key in sorted(set(taken))
            ]
        )
