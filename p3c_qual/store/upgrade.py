"""Bring the tables of an older store to the present layout.

The rows are a function of the journal, and a journal never changes its form; so a newer layout
only adds tables, columns and indexes, and an older event says nothing of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.schema import CreateColumn

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["upgrade"]


def _add_missing(connection: Connection) -> None:
    """Add the tables, columns and indexes of the layout that the store does not have."""
    schema.metadata.create_all(connection)
    quote = connection.dialect.identifier_preparer.quote
    found = inspect(connection)
    for table in schema.metadata.sorted_tables:
        there = {each["name"] for each in found.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                made = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"alter table {quote(table.name)} add column {made}"))
        for index in table.indexes:
            index.create(connection, checkfirst=True)


#: by format, what brings a store of the one before to it
_STEPS: dict[int, Callable[[Connection], None]] = {
    2: _add_missing,  # marks and origin of codings, proposals, desks
    3: _add_missing,  # research questions and the steps of Mayring's analysis
    4: _add_missing,  # theories, configurations and their evidence
    5: _add_missing,  # what the author of a report writes, and instruments
}


def upgrade(store: Store, found: int) -> None:
    """Bring a store of an older format to the present one; all of it, or nothing.

    Parameters
    ----------
    store : Store
    found : int
        The format it has; looked at once more when it is this process's turn to write.

    Raises
    ------
    P3CError
        If the store can only be read.
    """
    if not store.writable:
        raise P3CError(_refused(store, found))
    try:
        with store.write() as connection:
            now = int(store.meta(connection, "format") or found)
            for number in sorted(_STEPS):
                if number > now:
                    _STEPS[number](connection)
                    store.set_meta(connection, "format", str(number))
    except P3CError as error:
        if any(each.code == "read_only" for each in error.problems):
            raise P3CError(_refused(store, found)) from error
        raise


def _refused(store: Store, found: int) -> Problem:
    return Problem(
        f"an older version wrote the study (format {found}, this one needs {schema.FORMAT}), "
        "and it cannot be written here",
        store.place,
        do="Let somebody who may write it open it once with this version, or copy the study to "
        "a place of your own.",
        code="read_only",
    )
