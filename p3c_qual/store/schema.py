"""The journal's tables and the payloads apart, and what is known of the tables of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from p3c_qual.store.columns import HASH, ID, TEXT, metadata
from p3c_qual.store.rows import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "APART",
    "COLUMNS",
    "FOLLOWS",
    "FORMAT",
    "KEYED",
    "MEMO_ON",
    "PROSE",
    "ROWS",
    "act",
    "desk",
    "event",
    "meta",
    "metadata",
    "payload",
    "refs",
]

#: the version of this layout, written to study.yml and to the store
FORMAT = 5

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text))

payload = Table(
    "payload",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("text", Text),
    Column("data", LargeBinary),
    Column("erased", Boolean, nullable=False, default=False),
)

#: one line for all events of what one person did in one go; `clock` is that of its last event
act = Table(
    "act",
    metadata,
    Column("id", ID, primary_key=True),
    Column("clock", BigInteger, nullable=False),
    Column("at", String(27), nullable=False),
    Column("actor", TEXT, nullable=False),
    Column("verb", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False, default=""),
    Column("kind", String(4), nullable=False, default="do"),
    Column("target", ID, index=True),
    Index("ix_act_actor", "actor", "clock"),
)

event = Table(
    "event",
    metadata,
    Column(
        "seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("id", ID, nullable=False, unique=True),
    Column("clock", BigInteger, nullable=False),
    Column("replica", ID, nullable=False),
    Column("act", ID, nullable=False, index=True),
    Column("tbl", String(20), nullable=False),
    Column("row", HASH, nullable=False),
    Column("before", Text),
    Column("after", Text, nullable=False),
    Index("ix_event_row", "tbl", "row"),
)

#: what a person left lying: where they stopped reading, which codes are at hand; no part of the
#: study's record, so it is neither journalled nor exported, and no undo reaches it
desk = Table(
    "desk",
    metadata,
    Column("actor", TEXT, primary_key=True),
    Column("name", TEXT, primary_key=True),
    # JSON as text: SQLite would take a JSON value that is a number for a number
    Column("value", Text, nullable=False),
)

#: the names of each table's columns, and of those that hold what a person wrote
COLUMNS = {name: tuple(str(c.name) for c in table.columns) for name, table in ROWS.items()}
PROSE = {
    name: tuple(str(c.name) for c in table.columns if c.info.get("prose"))
    for name, table in ROWS.items()
}

#: columns that hold such words inside a structure
APART = {
    name: tuple(str(c.name) for c in table.columns if c.info.get("apart"))
    for name, table in ROWS.items()
}

#: tables whose rows have a readable key, and the columns within which it is unique
KEYED: dict[str, tuple[str, ...]] = {
    "coder": (),
    "programme": (),
    "site": ("programme",),
    "interviewee": (),
    "protocol": (),
    "source": (),
    "codebook": (),
    "code": ("codebook",),
    "question": (),
    "theory": (),
    "mechanism": (),
    "configuration": (),
    "regularity": (),
    "block": (),
    "quote": (),
    "instrument": (),
}


#: columns that are kept up beside what a person does, as (table, column)
FOLLOWS = {
    (name, str(column.name))
    for name, table in ROWS.items()
    for column in table.columns
    if column.info.get("follows")
}

#: by what a memo is about, the table its target is in; a memo on the study has none
MEMO_ON = {
    "source": "source",
    "span": "source",
    "interviewee": "interviewee",
    "programme": "programme",
    "site": "site",
    "code": "code",
    "coding": "coding",
}


def refs() -> Iterator[tuple[str, str, str]]:
    """Yield each (table, column, table it points to); a memo's target is not among them."""
    for name, table in ROWS.items():
        for column in table.columns:
            if "ref" in column.info:
                yield name, str(column.name), column.info["ref"]
