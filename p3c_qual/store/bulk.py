"""Many rows into a table at once, as both databases take them fastest."""

from __future__ import annotations

import contextlib
import gc
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Table
    from sqlalchemy.engine import Dialect

__all__ = ["insert_rows", "uncollected"]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Hold Python's collector still while very many objects are made that all stay.

    It would look through all of them again and again, which takes a fifth of the time.

    Examples
    --------
    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@lru_cache(maxsize=64)
def _statement(table: Table, dialect: Dialect) -> tuple[str, list[tuple[int, Any]]]:
    """Return the statement, and the places of the columns that the driver must be helped with."""
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(quote(column.name) for column in table.columns)
    mark = "?" if dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * len(table.columns))
    helped = [
        (place, column.type.dialect_impl(dialect).bind_processor(dialect))
        for place, column in enumerate(table.columns)
        if isinstance(column.type, JSON)
    ]
    return f"insert into {quote(table.name)} ({columns}) values ({marks})", helped


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that hold every column in the order of the table.

    The rows go to the driver as they are; binding each value by its name takes longer than
    writing it.
    """
    if not rows:
        return
    statement, helped = _statement(table, connection.dialect)
    if helped:
        made = []
        for row in rows:
            values = list(row)
            for place, make in helped:
                if values[place] is not None:
                    values[place] = make(values[place])
            made.append(tuple(values))
        rows = made
    connection.exec_driver_sql(statement, list(rows))
