"""Texts and long values, kept apart from the events and named by their hash."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from p3c_qual.store.schema import payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

__all__ = ["chunks", "digest", "get", "get_many", "hash_of", "insert_ignore", "put_many", "wipe"]

#: rows a statement takes at once; bounds memory, and stays below SQLite's parameter limit
CHUNK = 5_000


def chunks(items: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """Yield `items` in runs of at most `size`."""
    for at in range(0, len(items), size):
        yield items[at : at + size]


def hash_of(value: str | bytes) -> str:
    """Return the SHA-256 that names a text or a file, in hexadecimal."""
    return hashlib.sha256(value.encode() if isinstance(value, str) else value).hexdigest()


def digest(quote: str) -> str:
    """Return the short digest by which an event knows the words of a coding.

    Examples
    --------
    >>> len(digest("we meet each week"))
    16
    """
    return hashlib.blake2b(quote.encode(), digest_size=8).hexdigest()


def insert_ignore(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; those that are there already stay as they are."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    for run in chunks(rows):
        connection.execute(make(table).on_conflict_do_nothing(), list(run))


def put_many(connection: Connection, values: Iterable[str | bytes]) -> None:
    """Keep texts (str) and files (bytes); what is there already costs nothing more."""
    rows = {}
    for value in values:
        text, data = (value, None) if isinstance(value, str) else (None, value)
        rows[hash_of(value)] = {"text": text, "data": data, "erased": False}
    if rows:
        insert_ignore(connection, payload, [{"hash": h, **row} for h, row in rows.items()])


def get(connection: Connection, name: str) -> str | bytes | None:
    """Return what the hash names; None if it was erased or never came."""
    return get_many(connection, [name]).get(name)


def get_many(connection: Connection, names: Iterable[str]) -> dict[str, str | bytes]:
    """Return by hash what is there of `names`."""
    found: dict[str, str | bytes] = {}
    for run in chunks(sorted(set(names)), 500):
        wanted = select(payload.c.hash, payload.c.text, payload.c.data).where(
            payload.c.hash.in_(run)
        )
        for name, text, data in connection.execute(wanted):
            if text is not None or data is not None:
                found[name] = text if text is not None else data
    return found


def wipe(connection: Connection, names: Iterable[str]) -> None:
    """Empty payloads and mark them erased, so that no copy brings them back."""
    names = sorted(set(names))
    blank = {"text": None, "data": None, "erased": True}
    insert_ignore(connection, payload, [{"hash": name, **blank} for name in names])
    for run in chunks(names, 500):
        connection.execute(update(payload).where(payload.c.hash.in_(run)).values(**blank))
