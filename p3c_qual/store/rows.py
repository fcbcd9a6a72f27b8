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
    # what is asked of the material, with the technique that answers it
    Table(
        "question",
        metadata,
        _id(),
        Column("key", TEXT, unique=True),
        _prose("label"),
        Column("technique", TEXT),
        _prose("theory"),
        _prose("criterion"),
        _prose("abstraction"),
        Column("coding_unit", TEXT),
        Column("context_unit", TEXT),
        Column("recording_unit", TEXT),
        # ids of sources in the order of processing; not there means all that can be coded
        Column("material", DATA),
        _ref("codebook", "codebook"),
        Column("step", TEXT),
    ),
    # a category of the second reduction, and the more general one it was taken up into
    Table(
        "reduction",
        metadata,
        _id(),
        _ref("question", "question", index=True),
        _prose("label"),
        _ref("into", "reduction"),
        Column("rule", TEXT),
        _prose("reason"),
        _ref("code", "code"),
        Column("position", Integer, info={"follows": True}),
    ),
    # one coding unit on its way through summarising: paraphrase, generalisation, reductions
    Table(
        "paraphrase",
        metadata,
        _id(),
        _ref("question", "question", index=True),
        _ref("source", "source", index=True),
        _ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        _ref("coder", "coder"),
        _prose("paraphrase"),
        Column("z1", DATA),
        # why the unit turned out to hold nothing (Z1.1)
        _prose("dropped"),
        _prose("generalisation"),
        Column("z2", DATA),
        # first reduction: whether it stays, by which rule, and which row says the same
        Column("kept", Boolean),
        Column("z3", TEXT),
        _ref("same_as", "paraphrase"),
        _prose("reason"),
        # second reduction: the category it is bundled into, or why it is in none
        _ref("reduction", "reduction"),
        Column("z4", TEXT),
        _prose("left_over"),
    ),
    # a unit drawn at random, held against the finished categories
    Table(
        "back_check",
        metadata,
        _id(),
        _ref("question", "question", index=True),
        _ref("paraphrase", "paraphrase"),
        Column("seed", Integer),
        Column("position", Integer),
        Column("verdict", TEXT),
        _prose("remark"),
        _ref("coder", "coder"),
    ),
    # the decision that ends the pilot of a category system
    Table(
        "pilot_review",
        metadata,
        _id(),
        _ref("question", "question", index=True),
        Column("decision", TEXT),
        Column("figures", DATA),
        Column("version_before", TEXT),
        Column("version_after", TEXT),
        _prose("reason"),
        _ref("coder", "coder"),
    ),
    # a version of a codebook as it was frozen
    Table(
        "edition",
        metadata,
        _id(),
        _ref("codebook", "codebook", index=True),
        Column("version", TEXT),
        _prose("form"),
        _prose("reason"),
        _ref("coder", "coder"),
    ),
    # a level of an ordinal code, given to a span or to a case
    Table(
        "rating",
        metadata,
        _id(),
        _ref("question", "question", index=True),
        _ref("code", "code"),
        Column("about", TEXT),
        Column("target", ID, index=True),
        _ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        # no value and ratable false: not ratable, which is no level
        Column("value", Integer),
        Column("ratable", Boolean),
        _ref("coder", "coder"),
        Column("round", TEXT),
        _prose("reason"),
    ),
    # a cell of the framework matrix: what one case says on one code, in a person's words
    Table(
        "cell",
        metadata,
        _id(),
        _ref("question", "question", index=True),
        Column("about", TEXT),
        Column("target", ID),
        _ref("code", "code"),
        _prose("text"),
        # ids of the codings it rests on
        Column("refs", DATA),
        Column("status", TEXT),
        # digest of the passages there were when it was written
        Column("seen", HASH),
        _ref("coder", "coder"),
    ),
    # a type of a typology, and the cases that are of it
    Table(
        "casetype",
        metadata,
        _id(),
        _ref("question", "question", index=True),
        _prose("label"),
        Column("found_by", TEXT),
        _prose("description"),
        Column("position", Integer, info={"follows": True}),
    ),
    Table(
        "member",
        metadata,
        _id(),
        _ref("casetype", "casetype", index=True),
        Column("about", TEXT),
        Column("target", ID),
        Column("prototype", Boolean),
        _prose("reason"),
        _ref("coder", "coder"),
    ),
    # a doubtful passage, and what was gathered to understand it
    Table(
        "explication",
        metadata,
        _id(),
        _ref("question", "question"),
        _ref("source", "source", index=True),
        _ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        Column("scope", TEXT),
        _prose("lexical"),
        Column("material", DATA, info={"apart": True}),
        _prose("paraphrase"),
        Column("verdict", TEXT),
        _prose("remark"),
        # the narrower one that did not suffice
        _ref("continues", "explication"),
        _ref("coder", "coder"),
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
