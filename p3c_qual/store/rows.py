"""The tables of current rows, each a pure function of the journal's events.

A column's `info` says what the journal must know of it:

``prose``
    a text a person wrote; events hold only its hash, and when two copies of a study changed
    it apart from each other both versions are kept.
``quote``
    repeats the words of a source; events hold only a digest, the row takes it from the text.
``apart``
    may repeat somebody's words inside a structure; events hold only a hash, as for prose, but
    the last value wins.
``ref``
    names the table whose row it points to.
``follows``
    kept up beside what a person does, such as the places of codes when one is put between
    them; that it went on does not stand in the way of taking back an earlier act.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = ["HASH", "ID", "ROWS", "TEXT", "metadata"]

metadata = MetaData()

# PostgreSQL orders by the language of its server unless told; SQLite orders by code point
ID = String(36).with_variant(String(36, collation="C"), "postgresql")
HASH = String(64).with_variant(String(64, collation="C"), "postgresql")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
#: a value that is not there is NULL, not JSON's null
DATA = JSON(none_as_null=True)


def _id() -> Column[str]:
    return Column("id", ID, primary_key=True)


def _ref(name: str, table: str, *, index: bool = False, follows: bool = False) -> Column[str]:
    info = {"ref": table, "follows": True} if follows else {"ref": table}
    return Column(name, ID, index=index, info=info)


def _prose(name: str) -> Column[str]:
    return Column(name, TEXT, info={"prose": True})


_tables = [
    Table("coder", metadata, _id(), Column("key", TEXT, unique=True), Column("label", TEXT)),
    Table(
        "programme",
        metadata,
        _id(),
        Column("key", TEXT, unique=True),
        Column("label", TEXT),
        Column("country", TEXT),
    ),
    Table(
        "site",
        metadata,
        _id(),
        Column("key", TEXT),
        Column("label", TEXT),
        _ref("programme", "programme"),
        UniqueConstraint("programme", "key"),
    ),
    Table(
        "interviewee",
        metadata,
        _id(),
        Column("key", TEXT, unique=True),
        _ref("programme", "programme"),
        Column("stakeholder_types", DATA),
        Column("role", TEXT),
        Column("variables", DATA, info={"apart": True}),
    ),
    Table(
        "protocol",
        metadata,
        _id(),
        Column("key", TEXT, unique=True),
        Column("label", TEXT),
        Column("stakeholder_types", DATA),
        Column("outline", DATA),
        Column("focus", DATA),
    ),
    Table(
        "source",
        metadata,
        _id(),
        Column("key", TEXT, unique=True),
        Column("title", TEXT),
        Column("kind", TEXT),
        Column("completeness", TEXT),
        Column("document_type", TEXT),
        _ref("programme", "programme"),
        _ref("site", "site"),
        Column("date", TEXT),
        Column("language", TEXT),
        Column("wave", TEXT),
        Column("duration_min", TEXT),
        Column("mode", TEXT),
        Column("interviewer", TEXT),
        Column("transcription_rules", TEXT),
        Column("secondary_use", TEXT),
        _ref("translation_of", "source"),
        _ref("text", "text"),
        _ref("main_coder", "coder", follows=True),
        _ref("protocol", "protocol"),
        Column("asked_added", DATA),
        Column("asked_dropped", DATA),
        Column("variables", DATA, info={"apart": True}),
    ),
    # who spoke in which source; consent is a person's, for that interview
    Table(
        "participation",
        metadata,
        _id(),
        _ref("source", "source", index=True),
        _ref("interviewee", "interviewee"),
        Column("speaker", TEXT),
        Column("position", Integer),
        Column("consent_recorded", TEXT),
        Column("consent_quoted", TEXT),
        Column("consent_reused", TEXT),
        Column("consent_archived", TEXT),
    ),
    # a version of a source's text; a later version never overwrites it
    Table(
        "text",
        metadata,
        _id(),
        _ref("source", "source", index=True),
        Column("hash", HASH),
        Column("parts", HASH),
        Column("length", Integer),
        Column("reader", TEXT),
        Column("splitter", TEXT),
        Column("file", TEXT),
        Column("original", HASH),
        Column("notes", DATA, info={"apart": True}),
    ),
    Table(
        "codebook",
        metadata,
        _id(),
        Column("key", TEXT, unique=True),
        Column("label", TEXT),
        Column("version", TEXT),
        Column("language", TEXT),
        _prose("description"),
        Column("source", TEXT),
        Column("status", TEXT),
        Column("extra", DATA),
    ),
    Table(
        "code",
        metadata,
        _id(),
        _ref("codebook", "codebook"),
        Column("key", TEXT),
        Column("label", TEXT),
        _prose("definition"),
        _prose("rule"),
        Column("level", TEXT),
        _ref("parent", "code"),
        Column("position", Integer, info={"follows": True}),
        Column("status", TEXT),
        Column("kind", TEXT),
        Column("in_framework", Boolean),
        _ref("merged_into", "code"),
        Column("anchors", DATA, info={"apart": True}),
        Column("extra", DATA),
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
        Column("round", TEXT),
        Column("question", TEXT),
        Column("codebook_version", TEXT),
        Column("quote", TEXT, info={"quote": True}),
        # not there means no, and of the origin: a person at the text
        Column("important", Boolean),
        Column("unsure", Boolean),
        Column("origin", TEXT),
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
        Column("round", TEXT),
        Column("question", TEXT),
        Column("done", Boolean, info={"follows": True}),
        Column("ranges", DATA, info={"follows": True}),
    ),
    Table(
        "memo",
        metadata,
        _id(),
        Column("about", TEXT),
        Column("target", ID, index=True),
        Column("start", Integer),
        Column("end", Integer),
        Column("kind", TEXT),
        _ref("coder", "coder"),
        _prose("text"),
    ),
    # a change that somebody asks for in the next version of a frozen codebook
    Table(
        "proposal",
        metadata,
        _id(),
        _ref("codebook", "codebook", index=True),
        _ref("code", "code"),
        Column("change", TEXT),
        Column("args", DATA, info={"apart": True}),
        _prose("reason"),
        _ref("coder", "coder"),
        Column("status", TEXT),
    ),
]

#: by name, in an order in which what is pointed to comes first
ROWS: dict[str, Table] = {table.name: table for table in _tables}
