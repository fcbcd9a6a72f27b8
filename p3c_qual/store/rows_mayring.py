"""The tables of Mayring's analysis: research questions and what each technique makes of units."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table

from p3c_qual.store.columns import DATA, HASH, ID, TEXT, id_column, metadata, prose, ref

__all__ = ["MAYRING"]

MAYRING = (
    # what is asked of the material, with the technique that answers it
    Table(
        "question",
        metadata,
        id_column(),
        Column("key", TEXT, unique=True),
        prose("label"),
        Column("technique", TEXT),
        prose("theory"),
        prose("criterion"),
        prose("abstraction"),
        Column("coding_unit", TEXT),
        Column("context_unit", TEXT),
        Column("recording_unit", TEXT),
        # ids of sources in the order of processing; not there means all that can be coded
        Column("material", DATA),
        ref("codebook", "codebook"),
        Column("step", TEXT),
    ),
    # a category of the second reduction, and the more general one it was taken up into
    Table(
        "reduction",
        metadata,
        id_column(),
        ref("question", "question", index=True),
        prose("label"),
        ref("into", "reduction"),
        Column("rule", TEXT),
        prose("reason"),
        ref("code", "code"),
        Column("position", Integer, info={"follows": True}),
    ),
    # one coding unit on its way through summarising: paraphrase, generalisation, reductions
    Table(
        "paraphrase",
        metadata,
        id_column(),
        ref("question", "question", index=True),
        ref("source", "source", index=True),
        ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        ref("coder", "coder"),
        prose("paraphrase"),
        Column("z1", DATA),
        # why the unit turned out to hold nothing (Z1.1)
        prose("dropped"),
        prose("generalisation"),
        Column("z2", DATA),
        # first reduction: whether it stays, by which rule, and which row says the same
        Column("kept", Boolean),
        Column("z3", TEXT),
        ref("same_as", "paraphrase"),
        prose("reason"),
        # second reduction: the category it is bundled into, or why it is in none
        ref("reduction", "reduction"),
        Column("z4", TEXT),
        prose("left_over"),
    ),
    # a unit drawn at random, held against the finished categories
    Table(
        "back_check",
        metadata,
        id_column(),
        ref("question", "question", index=True),
        ref("paraphrase", "paraphrase"),
        Column("seed", Integer),
        Column("position", Integer),
        Column("verdict", TEXT),
        prose("remark"),
        ref("coder", "coder"),
    ),
    # the decision that ends the pilot of a category system
    Table(
        "pilot_review",
        metadata,
        id_column(),
        ref("question", "question", index=True),
        Column("decision", TEXT),
        Column("figures", DATA),
        Column("version_before", TEXT),
        Column("version_after", TEXT),
        prose("reason"),
        ref("coder", "coder"),
    ),
    # a version of a codebook as it was frozen
    Table(
        "edition",
        metadata,
        id_column(),
        ref("codebook", "codebook", index=True),
        Column("version", TEXT),
        prose("form"),
        prose("reason"),
        ref("coder", "coder"),
    ),
    # a level of an ordinal code, given to a span or to a case
    Table(
        "rating",
        metadata,
        id_column(),
        ref("question", "question", index=True),
        ref("code", "code"),
        Column("about", TEXT),
        Column("target", ID, index=True),
        ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        # no value and ratable false: not ratable, which is no level
        Column("value", Integer),
        Column("ratable", Boolean),
        ref("coder", "coder"),
        Column("round", TEXT),
        prose("reason"),
    ),
    # a cell of the framework matrix: what one case says on one code, in a person's words
    Table(
        "cell",
        metadata,
        id_column(),
        ref("question", "question", index=True),
        Column("about", TEXT),
        Column("target", ID),
        ref("code", "code"),
        prose("text"),
        # ids of the codings it rests on
        Column("refs", DATA),
        Column("status", TEXT),
        # digest of the passages there were when it was written
        Column("seen", HASH),
        ref("coder", "coder"),
    ),
    # a type of a typology, and the cases that are of it
    Table(
        "casetype",
        metadata,
        id_column(),
        ref("question", "question", index=True),
        prose("label"),
        Column("found_by", TEXT),
        prose("description"),
        Column("position", Integer, info={"follows": True}),
    ),
    Table(
        "member",
        metadata,
        id_column(),
        ref("casetype", "casetype", index=True),
        Column("about", TEXT),
        Column("target", ID),
        Column("prototype", Boolean),
        prose("reason"),
        ref("coder", "coder"),
    ),
    # a doubtful passage, and what was gathered to understand it
    Table(
        "explication",
        metadata,
        id_column(),
        ref("question", "question"),
        ref("source", "source", index=True),
        ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        Column("scope", TEXT),
        prose("lexical"),
        Column("material", DATA, info={"apart": True}),
        prose("paraphrase"),
        Column("verdict", TEXT),
        prose("remark"),
        # the narrower one that did not suffice
        ref("continues", "explication"),
        ref("coder", "coder"),
    ),
)
