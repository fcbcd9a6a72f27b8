"""Remove the words of a person everywhere in the store, and keep that it was done.

Withdrawn consent and masking end here. Events keep their hashes, so that the journal still
replays; the words themselves are gone from payloads, rows and index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from p3c_qual.store import payloads, words
from p3c_qual.store.schema import PROSE, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

__all__ = ["forget"]


def forget(connection: Connection, hashes: Iterable[str]) -> None:
    """Empty the payloads named, and everything in the tables that repeats them."""
    hashes = sorted(set(hashes))
    text, coding = ROWS["text"], ROWS["coding"]
    for run in payloads.chunks(hashes, 100):
        bodies = payloads.get_many(connection, run)
        named = text.c.hash.in_(run)
        for row, name in connection.execute(select(text.c.id, text.c.hash).where(named)).all():
            body = bodies.get(name)
            words.unindex(connection, row, body if isinstance(body, str) else None)
            connection.execute(update(coding).where(coding.c.text == row).values(quote=None))
        said = [body for body in bodies.values() if isinstance(body, str)]
        for name, columns in PROSE.items():
            for column in columns:
                table = ROWS[name]
                connection.execute(
                    update(table).where(table.c[column].in_(said)).values({column: None})
                )
    payloads.wipe(connection, hashes)
