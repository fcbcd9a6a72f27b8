"""Append events: the only lines of the store that are never written over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import func, select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import bulk, clock, schema
from p3c_qual.store.replica import replica

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["Change", "Journal"]

#: a row's id with its fields before and after, as events hold them
Change = tuple[str, dict[str, Any] | None, dict[str, Any]]


class Journal:
    """The end of the journal, under the write lock.

    Attributes
    ----------
    events : int
        How many events were written.
    clock : int
        Of the last event, or the latest clock seen from any copy.
    """

    def __init__(
        self, store: Store, connection: Connection, act: str, *, founding: bool = False
    ) -> None:
        self._connection = connection
        self._act = act
        self._replica = replica(store, connection)
        self._seq = connection.scalar(select(func.max(schema.event.c.seq))) or 0
        self.clock = int(store.meta(connection, "clock") or 0)
        self.events = 0
        # what every new study begins with yields to whatever a team changed, whenever that was
        self._founding = founding and not self._seq

    def write(self, table: str, changes: Sequence[Change]) -> None:
        """Append an event for each change.

        Raises
        ------
        P3CError
            If a value holds a character that one of the databases cannot hold.
        """
        if not changes:
            return
        first = self.clock + 1 if self._founding else clock.tick(self.clock)
        try:
            rows = self._rows(table, changes, first)
        except orjson.JSONEncodeError as error:
            if "surrogate" not in str(error):
                raise
            raise P3CError(_no_character(table)) from error
        if any("\\u0000" in row[-1] for row in rows):
            raise P3CError(_no_character(table))
        bulk.insert_rows(self._connection, schema.event, rows)
        self._seq += len(rows)
        self.clock = first + len(rows) - 1
        self.events += len(rows)

    def _rows(self, table: str, changes: Sequence[Change], first: int) -> list[tuple[Any, ...]]:
        return [
            (
                self._seq + number,
                name,
                first + number - 1,
                self._replica,
                self._act,
                table,
                row,
                None if before is None else orjson.dumps(before).decode(),
                orjson.dumps(after).decode(),
            )
            for number, (name, (row, before, after)) in enumerate(
                zip(clock.new_ids(len(changes)), changes, strict=True), 1
            )
        ]


def _no_character(table: str) -> Problem:
    return Problem(
        f"a value of this {table} holds a character that no text can hold",
        do="Write it anew without NUL or half a surrogate pair.",
    )
