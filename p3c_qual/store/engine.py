"""Open the store of a study: one engine, its transactions, and its faults in plain words."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import create_engine, event, insert, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

__all__ = ["Store", "open_store"]

#: how long a writer waits for another one, in seconds
WAIT = 60
#: PostgreSQL's advisory lock under which all writing happens
_LOCK = 7_303_014


@dataclass(frozen=True)
class Store:
    """An open store.

    Attributes
    ----------
    engine : sqlalchemy.Engine
    place : str
        Where it is, without a password; for messages.
    writable : bool
    """

    engine: Engine
    place: str
    writable: bool

    @property
    def sqlite(self) -> bool:
        """Whether this is the store of one machine."""
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state."""
        with _plain_words(self.place), self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Give the one connection that may write; all of it is kept, or nothing.

        Raises
        ------
        P3CError
            If the study is read-only, the disk is full, or another process writes too long.
        """
        if not self.writable:
            raise P3CError(_READ_ONLY(self.place))
        with _plain_words(self.place), self.engine.connect() as plain:
            connection = plain.execution_options(p3c_write=True)
            with connection.begin():
                if not self.sqlite:
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


def _READ_ONLY(place: str) -> Problem:  # noqa: N802  (a message, made once)
    return Problem(
        "the study can be read but not written",
        place,
        do="Ask for write access to the folder, or copy the study to a place of your own.",
    )


@contextlib.contextmanager
def _plain_words(place: str) -> Iterator[None]:
    """Turn a database's fault into a sentence."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).lower()
        if "full" in said or "no space left" in said or "disk i/o" in said:
            what = "the disk is full or cannot be written"
            do = "Nothing was changed. Make room on the disk and do it again."
        elif "locked" in said or "busy" in said:
            what = f"another program has been writing to the study for more than {WAIT} seconds"
            do = "Nothing was changed. Close the other program or try again."
        elif "readonly" in said or "read-only" in said or "permission denied" in said:
            raise P3CError(_READ_ONLY(place)) from error
        elif "malformed" in said or "not a database" in said:
            what = "the store's file is damaged or no store"
            do = "Restore it from a backup or import the last export."
        elif isinstance(error, OperationalError):
            what = f"the store cannot be reached ({str(error.orig).strip().splitlines()[0]})"
            do = "Check the address in study.yml or P3C_STORE and that the server runs."
        else:
            raise
        raise P3CError(Problem(what, place, do=do)) from error


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
            engine = create_engine(url, json_serializer=_dumps, json_deserializer=orjson.loads)
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
    writable = os.access(path.parent, os.W_OK) and (create or os.access(path, os.W_OK))
    if writable or create:
        url = f"sqlite:///{path}"
    else:
        # without write access no -shm file can be made; a study at rest is read as it lies
        wal = path.with_name(path.name + "-wal").exists()
        how = "mode=ro" if wal else "mode=ro&immutable=1"
        url = f"sqlite:///file:{path}?{how}&uri=true"
    engine = create_engine(
        url,
        connect_args={"timeout": WAIT, "check_same_thread": False},
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
    )

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        if writable:
            raw.execute("pragma journal_mode=wal")
            # an acknowledged coding survives a power cut
            raw.execute("pragma synchronous=full")
            # what is erased is overwritten
            raw.execute("pragma secure_delete=on")
        raw.execute("pragma cache_size=-32000")
        raw.execute("pragma temp_store=memory")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("p3c_write")
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return Store(engine, str(path), writable)


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


def replica(store: Store, connection: Connection) -> str:
    """Return the name of this copy of the study; a copied folder gets a new one.

    The name is tied to the place, so that two people who copied one folder never write
    events under one name.
    """
    if store.sqlite:
        stat = Path(store.place).stat()
        place = f"{socket.gethostname()}:{Path(store.place).resolve()}:{stat.st_ino}"
    else:
        place = "server"
    mark = hashlib.sha256(place.encode()).hexdigest()[:16]
    known = store.meta(connection, "replica") or ":"
    name, _, where = known.partition(":")
    if where != mark:
        name = secrets.token_hex(6)
        store.set_meta(connection, "replica", f"{name}:{mark}")
    return name
