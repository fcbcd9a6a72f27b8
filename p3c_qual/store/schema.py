"""The tables: current rows, the journal they are a function of, and the payloads apart.

A column's `info` says what the journal must know of it:

``prose``
    a text a person wrote; events hold only its hash, and when two copies of a study changed
    it apart from each other both versions are kept.
``quote``
    repeats the words of a source; events hold only a digest, the row takes it from the text.
``ref``
    names the table whose row it points to.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "COLUMNS",
    "FORMAT",
    "KEYED",
    "PROSE",
    "ROWS",
    "act",
    "event",
    "meta",
    "metadata",
    "payload",
    "refs_to",
]

#: the version of this layout, written to study.yml and to the store
FORMAT = 1

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text))

payload = Table(
    "payload",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("text", Text),
    Column("data", LargeBinary),
    Column("erased", Boolean, nullable=False, default=False),
)

act = Table(
    "act",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("at", String(27), nullable=False),
    Column("actor", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("kind", String(4), nullable=False, default="do"),
    Column("target", String(36)),
)

event = Table(
    "event",
    metadata,
    Column(
        "seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("id", String(36), nullable=False, unique=True),
    Column("clock", BigInteger, nullable=False),
    Column("replica", String(12), nullable=False),
    Column("act", String(36), nullable=False, index=True),
    Column("tbl", String(20), nullable=False),
    Column("row", String(64), nullable=False, index=True),
    Column("before", Text),
    Column("after", Text, nullable=False),
)


def _id() -> Column[str]:
    return Column("id", String(36), primary_key=True)


def _ref(name: str, table: str, *, index: bool = False) -> Column[str]:
    return Column(name, String(36), index=index, info={"ref": table})


def _prose(name: str) -> Column[str]:
    return Column(name, Text, info={"prose": True})


_rows = [
    Table("coder", metadata, _id(), Column("key", Text, unique=True), Column("label", Text)),
    Table(
        "programme",
        metadata,
        _id(),
        Column("key", Text, unique=True),
        Column("label", Text),
        Column("country", Text),
    ),
    Table(
        "site",
        metadata,
        _id(),
        Column("key", Text),
        Column("label", Text),
        _ref("programme", "programme"),
        UniqueConstraint("programme", "key"),
    ),
    Table(
        "interviewee",
        metadata,
        _id(),
        Column("key", Text, unique=True),
        _ref("programme", "programme"),
        Column("stakeholder_types", JSON),
        Column("role", Text),
        Column("variables", JSON),
    ),
    Table(
        "protocol",
        metadata,
        _id(),
        Column("key", Text, unique=True),
        Column("label", Text),
        Column("stakeholder_types", JSON),
        Column("outline", JSON),
        Column("focus", JSON),
    ),
    Table(
        "source",
        metadata,
        _id(),
        Column("key", Text, unique=True),
        Column("title", Text),
        Column("kind", Text),
        Column("completeness", Text),
        Column("document_type", Text),
        _ref("programme", "programme"),
        _ref("site", "site"),
        Column("date", Text),
        Column("language", Text),
        Column("wave", Text),
        Column("duration_min", Text),
        Column("mode", Text),
        Column("interviewer", Text),
        Column("transcription_rules", Text),
        Column("secondary_use", Text),
        _ref("translation_of", "source"),
        _ref("text", "text"),
        _ref("main_coder", "coder"),
        _ref("protocol", "protocol"),
        Column("asked_added", JSON),
        Column("asked_dropped", JSON),
        Column("variables", JSON),
    ),
    # who spoke in which source; consent is a person's, for that interview
    Table(
        "participation",
        metadata,
        _id(),
        _ref("source", "source", index=True),
        _ref("interviewee", "interviewee"),
        Column("speaker", Text),
        Column("position", Integer),
        Column("consent_recorded", Text),
        Column("consent_quoted", Text),
        Column("consent_reused", Text),
        Column("consent_archived", Text),
    ),
    # a version of a source's text; a later version never overwrites it
    Table(
        "text",
        metadata,
        _id(),
        _ref("source", "source", index=True),
        Column("hash", String(64)),
        Column("parts", String(64)),
        Column("length", Integer),
        Column("reader", Text),
        Column("splitter", Text),
        Column("file", Text),
        Column("original", String(64)),
        Column("notes", JSON),
    ),
    Table(
        "codebook",
        metadata,
        _id(),
        Column("key", Text, unique=True),
        Column("label", Text),
        Column("version", Text),
        Column("language", Text),
        _prose("description"),
        Column("source", Text),
        Column("status", Text),
        Column("extra", JSON),
    ),
    Table(
        "code",
        metadata,
        _id(),
        _ref("codebook", "codebook"),
        Column("key", Text),
        Column("label", Text),
        _prose("definition"),
        _prose("rule"),
        Column("level", Text),
        _ref("parent", "code"),
        Column("position", Integer),
        Column("status", Text),
        Column("kind", Text),
        Column("in_framework", Boolean),
        _ref("merged_into", "code"),
        Column("anchors", JSON),
        Column("extra", JSON),
        UniqueConstraint("codebook", "key"),
    ),
    Table(
        "coding",
        metadata,
        _id(),
        _ref("source", "source"),
        _ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        _ref("code", "code"),
        _ref("coder", "coder"),
        Column("round", Text),
        Column("question", Text),
        Column("codebook_version", Text),
        Column("quote", Text, info={"quote": True}),
        Index("ix_coding_code", "code", "source", "coder", "round"),
        Index("ix_coding_source", "source"),
    ),
    # what a coder has worked through, also where nothing was coded
    Table(
        "reading",
        metadata,
        _id(),
        _ref("source", "source", index=True),
        _ref("coder", "coder"),
        Column("round", Text),
        Column("question", Text),
        Column("done", Boolean),
        Column("ranges", JSON),
    ),
    Table(
        "memo",
        metadata,
        _id(),
        Column("about", Text),
        Column("target", String(36), index=True),
        Column("start", Integer),
        Column("end", Integer),
        Column("kind", Text),
        _ref("coder", "coder"),
        _prose("text"),
    ),
]

#: the tables that are a pure function of the events
ROWS: dict[str, Table] = {table.name: table for table in _rows}

#: the names of each table's columns, and of those that hold what a person wrote
COLUMNS = {name: tuple(str(c.name) for c in table.columns) for name, table in ROWS.items()}
PROSE = {
    name: tuple(str(c.name) for c in table.columns if c.info.get("prose"))
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
}


def refs_to(name: str) -> list[tuple[Table, str]]:
    """Return each (table, column) that points to rows of the table `name`."""
    found = [
        (table, str(column.name))
        for table in ROWS.values()
        for column in table.columns
        if column.info.get("ref") == name
    ]
    if name in {"source", "code", "coding", "interviewee"}:
        found.append((ROWS["memo"], "target"))
    return found
