"""Texts and long values, kept apart from the events and named by their hash."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.bulk import insert_rows
from p3c_qual.store.schema import payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

__all__ = ["chunks", "digest", "get", "get_many", "hash_of", "no_text", "put_many", "wipe"]

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


def put_many(connection: Connection, values: Iterable[str | bytes]) -> None:
    """Keep texts (str) and files (bytes); what is there already costs nothing more.

    Raises
    ------
    P3CError
        If one of them was erased from this study on purpose: it would be lost again.
    """
    rows: dict[str, tuple[str | None, bytes | None, bool]] = {}
    for value in values:
        name = hash_of(value)
        # a plain text and its original are the same bytes: they are kept once, as text
        if isinstance(value, str):
            rows[name] = (value, None, False)
        else:
            rows.setdefault(name, (None, value, False))
    if not rows:
        return
    there: set[str] = set()
    for run in chunks(list(rows), 500):
        known = select(payload.c.hash, payload.c.erased, payload.c.text.is_(None)).where(
            payload.c.hash.in_(run)
        )
        for name, erased, no_text in connection.execute(known).all():
            if erased:
                raise P3CError(
                    Problem(
                        "this text was erased from the study on purpose and cannot come back",
                        do="If the person agrees again, add a newly edited text.",
                    )
                )
            there.add(name)
            if no_text and rows[name][0] is not None:
                as_text = update(payload).where(payload.c.hash == name)
                connection.execute(as_text.values(text=rows[name][0], data=None))
    insert_rows(
        connection, payload, [(name, *row) for name, row in rows.items() if name not in there]
    )


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


def no_text(connection: Connection, name: str | None, source: str) -> Problem:
    """Say why a source has no text: it was erased on purpose, or is lost.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    name : str or None
        Hash of the text.
    source : str
        Key of its source.
    """
    was = select(payload.c.erased).where(payload.c.hash == name)
    if name is None or connection.scalar(was):
        return Problem(f"the text of {source!r} was erased", code="erased")
    what = f"the text of {source!r} is not found in the study"
    return Problem(what, do="Run `p3c check`, and restore a copy of the study.", code="unsound")


def wipe(connection: Connection, names: Iterable[str]) -> None:
    """Empty payloads and mark them erased, so that no copy brings them back."""
    names = sorted(set(names))
    blank = {"text": None, "data": None, "erased": True}
    for run in chunks(names, 500):
        there = set(connection.scalars(select(payload.c.hash).where(payload.c.hash.in_(run))))
        new = [(name, None, None, True) for name in run if name not in there]
        insert_rows(connection, payload, new)
        connection.execute(update(payload).where(payload.c.hash.in_(there)).values(**blank))
