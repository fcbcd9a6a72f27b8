"""The tables of the realist layer: theories, configurations, what speaks for them, and links."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table

from p3c_qual.store.columns import DATA, TEXT, id_column, metadata, prose, ref

__all__ = ["REALIST"]

REALIST = (
    # if - then - because; a refined one supersedes the one before, which stays as it was
    Table(
        "theory",
        metadata,
        id_column(),
        Column("key", TEXT, unique=True),
        prose("label"),
        prose("if_"),
        prose("then_"),
        prose("because"),
        Column("level", TEXT),
        Column("status", TEXT),
        # literature, policy, documents, those who run the programme
        prose("origin"),
        ref("programme", "programme"),
        ref("supersedes", "theory"),
        # what is different from the one before, and why
        prose("change"),
        ref("coder", "coder"),
    ),
    # a mechanism by its name, so that it can be looked at over several contexts
    Table(
        "mechanism",
        metadata,
        id_column(),
        Column("key", TEXT, unique=True),
        prose("label"),
        prose("definition"),
    ),
    # one causal claim; what it consists of are its elements
    Table(
        "configuration",
        metadata,
        id_column(),
        Column("key", TEXT, unique=True),
        prose("label"),
        ref("programme", "programme"),
        ref("theory", "theory", index=True),
        ref("mechanism", "mechanism"),
        Column("activation", TEXT),
        # not there: it stands; else split, merged or set aside, and kept for the record
        Column("state", TEXT),
        ref("split_from", "configuration"),
        ref("merged_into", "configuration"),
        # the analyst's own remarks on the evidence as a whole
        prose("relevance"),
        prose("rigour"),
        prose("richness"),
        ref("coder", "coder"),
    ),
    # a context, a resource, a reasoning, an outcome, an intervention or an actor
    Table(
        "element",
        metadata,
        id_column(),
        ref("configuration", "configuration", index=True),
        Column("role", TEXT),
        # in the analyst's words; without them the quotes speak
        prose("text"),
        Column("position", Integer, info={"follows": True}),
        Column("layer", TEXT),
        Column("level", TEXT),
        ref("code", "code"),
        Column("direction", TEXT),
        Column("timing", TEXT),
        Column("intended", TEXT),
        Column("domain", TEXT),
    ),
    # a passage that speaks for, against or beside a configuration, one of its elements or a theory
    Table(
        "evidence",
        metadata,
        id_column(),
        ref("configuration", "configuration", index=True),
        ref("element", "element"),
        ref("theory", "theory", index=True),
        ref("source", "source", index=True),
        ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        Column("role", TEXT),
        Column("elicited", TEXT),
        Column("directness", TEXT),
        # the passage says that the element was not there
        Column("absent", Boolean),
        prose("remark"),
        # what was decided about a contradiction
        prose("resolution"),
        ref("coder", "coder"),
    ),
    # nested in another configuration, or its outcome is a context of the next
    Table(
        "link",
        metadata,
        id_column(),
        Column("relation", TEXT),
        ref("configuration", "configuration", index=True),
        ref("other", "configuration"),
        ref("outcome", "element"),
        ref("context", "element"),
        prose("reason"),
        ref("coder", "coder"),
    ),
    # a pattern over configurations that comes up again, though not always
    Table(
        "regularity",
        metadata,
        id_column(),
        Column("key", TEXT, unique=True),
        prose("label"),
        prose("statement"),
        ref("mechanism", "mechanism"),
        ref("coder", "coder"),
    ),
    Table(
        "instance",
        metadata,
        id_column(),
        ref("regularity", "regularity", index=True),
        ref("configuration", "configuration"),
        Column("role", TEXT),
        prose("reason"),
        ref("coder", "coder"),
    ),
    # back from an outcome to what must have brought it about, or from a surprise to a hypothesis
    Table(
        "inference",
        metadata,
        id_column(),
        Column("kind", TEXT),
        ref("theory", "theory", index=True),
        ref("configuration", "configuration", index=True),
        prose("observed"),
        prose("candidates"),
        prose("substantive"),
        prose("rival"),
        prose("decision"),
        ref("coder", "coder"),
    ),
    # a search for negative cases, logged whether it found any or not
    Table(
        "negative_search",
        metadata,
        id_column(),
        ref("configuration", "configuration", index=True),
        Column("kind", TEXT),
        # ids of evidence and of sources, never their words
        Column("found", DATA),
        Column("silent", DATA),
        Column("figures", DATA),
        Column("decision", TEXT),
        prose("reason"),
        ref("coder", "coder"),
    ),
    # the logic model: blocks, arrows between them, and the configurations an arrow rests on
    Table(
        "block",
        metadata,
        id_column(),
        Column("key", TEXT, unique=True),
        prose("label"),
        Column("position", Integer, info={"follows": True}),
    ),
    Table(
        "arrow",
        metadata,
        id_column(),
        ref("block", "block"),
        ref("other", "block"),
        prose("label"),
    ),
    Table(
        "carries",
        metadata,
        id_column(),
        ref("arrow", "arrow", index=True),
        ref("configuration", "configuration"),
        ref("coder", "coder"),
    ),
    # an item of a reporting or quality standard, as the team judges it
    Table(
        "appraisal",
        metadata,
        id_column(),
        Column("standard", TEXT),
        Column("item", Integer),
        Column("grade", TEXT),
        prose("place"),
        prose("note"),
        ref("coder", "coder"),
    ),
)
