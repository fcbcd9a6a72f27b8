"""Remove the words of a person everywhere in the store, and keep that it was done.

Withdrawn consent and masking end here. Events keep their hashes, so that the journal still
replays; the words themselves are gone from payloads, rows and index, and from the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from p3c_qual.store import payloads, words
from p3c_qual.store.schema import APART, PROSE, ROWS, event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["forget", "held_by", "scrub"]

#: tables whose rows repeat words of a text, and those whose rows repeat other payloads
_QUOTING = [table for table in ROWS.values() if "quote" in table.c]
_HOLDING = [name for name in ROWS if PROSE[name] or APART[name]]


def held_by(
    connection: Connection,
    rows: Mapping[str, Iterable[str]],
    *,
    columns: Collection[str] | None = None,
) -> set[str]:
    """Return the hashes of every text that rows hold or ever held, to be erased with them.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    rows : dict of str to iterable of str
        Row ids by table. Of a text its words, its parts and the bytes it came from are meant.
    columns : collection of str, optional
        What these columns hold alone.
    """
    from p3c_qual.store.forms import names_of

    found: set[str] = set()
    for table, ids in rows.items():
        wanted = select(event.c.before, event.c.after).where(event.c.tbl == table)
        for run in payloads.chunks(sorted(set(ids)), 500):
            for old, new in connection.execute(wanted.where(event.c.row.in_(run))):
                before, after = orjson.loads(old or "null"), orjson.loads(new)
                if columns is not None:
                    before = {k: v for k, v in (before or {}).items() if k in columns}
                    after = {k: v for k, v in after.items() if k in columns}
                found |= names_of([before, after])
                if table == "text":
                    found |= {after[n] for n in ("hash", "parts", "original") if after.get(n)}
    return found


def forget(connection: Connection, hashes: Iterable[str]) -> None:
    """Empty the payloads named, and everything in the tables that repeats them."""
    hashes = sorted(set(hashes))
    named = _texts(connection, set(hashes))
    for run in payloads.chunks(hashes, 100):
        bodies = payloads.get_many(connection, run)
        for name in run:
            body = bodies.get(name)
            for row in named.get(name, ()):
                words.unindex(connection, row, body if isinstance(body, str) else None)
                for table in _QUOTING:
                    connection.execute(update(table).where(table.c.text == row).values(quote=None))
        said = [body for body in bodies.values() if isinstance(body, str)]
        for name, columns in PROSE.items():
            for column in columns:
                table = ROWS[name]
                connection.execute(
                    update(table).where(table.c[column].in_(said)).values({column: None})
                )
        for body in said:
            _empty_structure(connection, body)
    payloads.wipe(connection, hashes)
    words.merge(connection)


def _texts(connection: Connection, hashes: set[str]) -> dict[str, list[str]]:
    """Return by hash the text rows that ever named it, deleted ones too: the index has them."""
    found: dict[str, list[str]] = {}
    wanted = select(event.c.row, event.c.after).where(event.c.tbl == "text")
    for row, new in connection.execute(wanted):
        name = orjson.loads(new).get("hash")
        if name in hashes:
            found.setdefault(name, []).append(row)
    return found


def _empty_structure(connection: Connection, body: str) -> None:
    if not body.startswith('{"column":'):
        return
    try:
        packed: dict[str, Any] = orjson.loads(body)
        table, column = ROWS[packed["table"]], packed["column"]
        row, value = packed["row"], packed["value"]
    except (orjson.JSONDecodeError, KeyError):
        # a person may write such a memo
        return
    if column not in APART[table.name]:
        return
    now = connection.scalar(select(table.c[column]).where(table.c.id == row))
    if now == value:
        connection.execute(update(table).where(table.c.id == row).values({column: None}))


def scrub(store: Store) -> None:
    """Take what was erased out of the files, after the act is kept.

    SQLite overwrites what it deletes, but its log holds the pages as they were; PostgreSQL leaves
    them until a table is written anew. Where somebody reads meanwhile, the log goes when the
    last one closes the study.
    """
    try:
        with store.engine.connect() as plain:
            # without a transaction, which neither database allows here
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            if store.sqlite:
                connection.exec_driver_sql("pragma busy_timeout=2000")
                connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
            else:
                connection.exec_driver_sql("set lock_timeout = '5s'")
                for name in ("payload", "word_index", *sorted({*_HOLDING, *map(str, _QUOTING)})):
                    connection.exec_driver_sql(f"vacuum full {name}")
            # the connection was set up for this alone
            connection.invalidate()
    except DBAPIError:
        # the act is kept; the database's own housekeeping comes to the pages later
        return
