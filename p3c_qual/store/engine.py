"""Open the store of a study: one engine, its transactions, and its faults in plain words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import create_engine, event, insert, select, text, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import schema
from p3c_qual.store.faults import WAIT, past, plain_words, read_only
from p3c_qual.store.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from tempfile import TemporaryDirectory

    from sqlalchemy import Connection, Engine

__all__ = ["Store", "open_store"]

#: PostgreSQL's advisory lock under which all writing happens
_LOCK = 7_303_014
#: seconds until a PostgreSQL that does not answer is given up
_CONNECT = 15


@dataclass(frozen=True)
class Store:
    """An open store.

    Attributes
    ----------
    engine : sqlalchemy.Engine
    place : str
        Where it is, without a password; for messages.
    writable : bool
    as_of : str
        The moment it shows where that is not the present, see `p3c_qual.store.past`.
    folder : TemporaryDirectory or None
        Where such a store lies; it goes when the store is closed.
    """

    engine: Engine
    place: str
    writable: bool
    as_of: str = ""
    folder: TemporaryDirectory[str] | None = None

    @property
    def sqlite(self) -> bool:
        """Whether this is the store of one machine."""
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state."""
        with plain_words(self.place), self.engine.connect() as plain:
            # SQLite gives every transaction one state; PostgreSQL has to be asked for it
            how = {} if self.sqlite else {"isolation_level": "REPEATABLE READ"}
            yield plain.execution_options(**how)

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Give the one connection that may write; all of it is kept, or nothing.

        Raises
        ------
        P3CError
            If the study is read-only, the disk is full, or another process writes too long.
        """
        if not self.writable:
            raise P3CError(past(self.as_of) if self.as_of else read_only(self.place))
        with plain_words(self.place), self.engine.connect() as plain:
            connection = plain.execution_options(p3c_write=True)
            with connection.begin():
                if not self.sqlite:
                    connection.execute(text(f"set local lock_timeout = '{WAIT}s'"))
                    connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
                yield connection

    def meta(self, connection: Connection, key: str) -> str | None:
        """Return a value of the store's own, such as its format."""
        found = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == key))
        return None if found is None else str(found)

    def set_meta(self, connection: Connection, key: str, value: str) -> None:
        """Write a value of the store's own; the caller holds the write lock."""
        done = connection.execute(
            update(schema.meta).where(schema.meta.c.key == key).values(value=value)
        )
        if not done.rowcount:
            connection.execute(insert(schema.meta).values(key=key, value=value))

    def cursor(self) -> int:
        """Return the number of the last event; it changes with every act of anybody."""
        with self.read() as connection:
            return connection.scalar(text("select coalesce(max(seq), 0) from event")) or 0

    def close(self) -> None:
        """Let go of the files."""
        self.engine.dispose()
        if self.folder is not None:
            self.folder.cleanup()


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def open_store(address: str | Path, *, create: bool = False) -> Store:
    """Open a store, or make its tables.

    Parameters
    ----------
    address : str or Path
        A SQLite file, or a PostgreSQL address such as ``postgresql://host/database``;
        the password comes from PostgreSQL's usual places.
    create : bool
        Make the tables of a new study.

    Raises
    ------
    P3CError
        If there is no store, it is damaged, or a newer version wrote it.
    """
    if isinstance(address, Path) or "://" not in address:
        store = _sqlite(Path(address), create=create)
    else:
        url = make_url(address).set(drivername="postgresql+psycopg")
        try:
            engine = create_engine(
                url,
                # no word of an interview comes into a log
                hide_parameters=True,
                # a server that was restarted is met anew, one that is gone is told soon
                pool_pre_ping=True,
                connect_args={"connect_timeout": _CONNECT},
                json_serializer=_dumps,
                json_deserializer=orjson.loads,
            )
        except ModuleNotFoundError as error:
            raise P3CError(
                Problem(
                    "PostgreSQL's driver is not installed",
                    do="Install it with: pip install 'p3c_qual[postgres]'",
                )
            ) from error
        store = Store(engine, url.render_as_string(hide_password=True), writable=True)
    if create:
        with store.write() as connection:
            schema.metadata.create_all(connection)
            _create_index(connection, sqlite=store.sqlite)
            if store.meta(connection, "format"):
                raise P3CError(
                    Problem(
                        "there is a study already",
                        store.place,
                        do="Open it, or name another place.",
                    )
                )
            store.set_meta(connection, "format", str(schema.FORMAT))
    _check_format(store)
    return store


def _create_index(connection: Connection, *, sqlite: bool) -> None:
    # the words of each text, folded; it only proposes texts, so it holds no positions
    if sqlite:
        connection.execute(
            text(
                "create virtual table if not exists word_index using fts5"
                "(words, content='', detail=none, columnsize=0, tokenize='ascii')"
            )
        )
        connection.execute(
            text(
                "create table if not exists word_row"
                "(num integer primary key, text varchar(36) not null)"
            )
        )
        connection.execute(text("create index if not exists ix_word_row on word_row(text)"))
    else:
        connection.execute(
            text("create table if not exists word_index(text varchar(36) not null, words tsvector)")
        )
        connection.execute(
            text("create index if not exists ix_word_index on word_index using gin(words)")
        )
        connection.execute(text("create index if not exists ix_word_text on word_index(text)"))


def _sqlite(path: Path, *, create: bool) -> Store:
    if not create and not path.is_file():
        raise P3CError(
            Problem(
                "there is no study here",
                str(path.parent),
                do="Make one with: p3c new DIR --title TITLE",
            )
        )
    writable = create or (os.access(path.parent, os.W_OK) and os.access(path, os.W_OK))
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=lambda: _connect(path, writable=writable),
        # who may only read looks each time anew whether somebody is writing
        poolclass=None if writable else NullPool,
        # no word of an interview comes into a log
        hide_parameters=True,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("begin immediate" if options.get("p3c_write") else "begin")

    return Store(engine, str(path), writable)


def _connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    address = str(path)
    if not writable:
        # without write access no -shm file can be made; a study at rest is read as it lies
        wal = path.with_name(path.name + "-wal").exists()
        address = path.absolute().as_uri() + ("?mode=ro" if wal else "?mode=ro&immutable=1")
    raw = sqlite3.connect(address, timeout=WAIT, check_same_thread=False, uri=not writable)
    raw.isolation_level = None
    if writable:
        raw.execute("pragma journal_mode=wal")
        # an acknowledged coding survives a power cut
        raw.execute("pragma synchronous=full")
        # what is erased is overwritten
        raw.execute("pragma secure_delete=on")
    raw.execute("pragma cache_size=-32000")
    raw.execute("pragma temp_store=memory")
    return raw


def _check_format(store: Store) -> None:
    with store.read() as connection:
        try:
            found = store.meta(connection, "format")
        except DBAPIError as error:
            if "no such table" in str(error.orig) or "does not exist" in str(error.orig):
                found = None
            else:
                raise
    if found is None:
        raise P3CError(
            Problem(
                "there is no study in this store",
                store.place,
                do="Make one with: p3c new DIR --title TITLE",
            )
        )
    if int(found) > schema.FORMAT:
        raise P3CError(
            Problem(
                f"the study was written by a newer version (format {found}, "
                f"this one knows {schema.FORMAT})",
                store.place,
                do="Update p3c_qual; nothing was changed.",
            )
        )
    if int(found) < schema.FORMAT:
        upgrade(store, int(found))
