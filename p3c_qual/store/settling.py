"""Two versions of a text, written apart: a person chooses which one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store import conflicts
from p3c_qual.store.schema import PROSE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

__all__ = ["settle", "versions"]

#: characters of a hash that are enough to tell a handful of versions apart
_SHORT = 8


def versions(connection: Connection, table: str, row: str, field: str) -> dict[str, str | None]:
    """Return the open versions of a text by the beginning of their hashes.

    Raises
    ------
    P3CError
        If there is no such text, or nothing to choose.
    """
    return {name[:_SHORT]: text for name, text in _open(connection, table, row, field).items()}


def settle(act: Act, table: str, row: str, field: str, version: str) -> None:
    """Choose the version whose hash begins so.

    Raises
    ------
    P3CError
        If no version begins so, or there is nothing to choose.
    """
    found = _open(act.connection, table, row, field)
    chosen = [name for name in found if version and name.startswith(version)]
    if len(chosen) != 1:
        short = tuple(sorted(name[:_SHORT] for name in found))
        raise P3CError(Problem(f"there is no version {version!r}", f"{table} {row}", short))
    act.choose(table, row, field, chosen[0])


def _open(connection: Connection, table: str, row: str, field: str) -> dict[str, str | None]:
    prose = {name: columns for name, columns in PROSE.items() if columns}
    where = f"{table} {row}"
    if table not in prose:
        raise P3CError(
            Problem(f"no {table} holds a text", valid=tuple(prose), nearest=nearest(table, prose))
        )
    if field not in prose[table]:
        raise P3CError(
            Problem(
                f"{field!r} is no text of it",
                where,
                tuple(prose[table]),
                nearest(field, prose[table]),
            )
        )
    found = conflicts.versions(connection, table, row, field)
    if not found:
        raise P3CError(
            Problem(
                "there is nothing to choose: the text has one version",
                where,
                do="What is open is listed by: p3c check",
            )
        )
    return found
