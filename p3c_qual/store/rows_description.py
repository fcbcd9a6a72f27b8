"""The tables of a thick description: what the author writes, and what it rests on."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, Table

from p3c_qual.store.columns import DATA, ID, TEXT, id_column, metadata, prose, ref

__all__ = ["DESCRIPTION"]


def _place() -> tuple[Column[str], ...]:
    """Return the columns that say what something is about: a programme, a site or a country.

    All empty: the study as a whole.
    """
    return ref("programme", "programme", index=True), ref("site", "site"), Column("country", TEXT)


DESCRIPTION = (
    # one text a section of a report, kept apart from what is generated; its row id is made of its
    # names, so that two who begin the same section in two copies write the same row
    Table(
        "section",
        metadata,
        id_column(),
        *_place(),
        # of the skeleton, or of the author's own
        Column("section", TEXT),
        prose("text"),
        # not there: as the skeleton has it
        prose("title"),
        Column("under", TEXT),
        Column("after", TEXT),
        Column("left_out", Boolean),
        Column("merged_into", TEXT),
        # chapter, vignette, composite (a story of several people), brief
        Column("kind", TEXT),
        # a checked one is looked at again once the codings it rests on changed
        Column("status", TEXT),
        ref("coder", "coder"),
    ),
    # a span that is printed, and what was done to its words; its key is made of its row id, so
    # that a text names the same quote in every copy
    Table(
        "quote",
        metadata,
        id_column(),
        Column("key", TEXT, unique=True),
        ref("source", "source", index=True),
        ref("text", "text"),
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        # operations over the stored text, in the order they were made
        Column("edits", DATA, info={"apart": True}),
        # typical, contrary, telling
        Column("chosen_as", TEXT),
        prose("why"),
        prose("translation"),
        Column("translator", TEXT),
        Column("translated", TEXT),
        prose("back_check"),
        ref("coder", "coder"),
    ),
    # a word in which a name was found and that may be printed, with the reason
    Table(
        "kept_name",
        metadata,
        id_column(),
        prose("name"),
        prose("reason"),
        ref("coder", "coder"),
    ),
    # an item of a form: one of the fourteen fields, of a country's facts, of a log
    Table(
        "answer",
        metadata,
        id_column(),
        *_place(),
        Column("form", TEXT),
        # which line of a form that has several; empty where it has one
        Column("record", TEXT),
        Column("item", TEXT),
        prose("value"),
        # documented, interview, not_found
        Column("status", TEXT),
        ref("coder", "coder"),
    ),
    # the place that an answer, a fact, a contrast or a joint display rests on
    Table(
        "citation",
        metadata,
        id_column(),
        Column("about", TEXT),
        Column("target", ID, index=True),
        # of a contrast: plan or practice
        Column("side", TEXT),
        ref("source", "source", index=True),
        ref("text", "text"),
        # not there: the source as a whole
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", TEXT, info={"quote": True}),
        ref("coder", "coder"),
    ),
    # a value that somebody states; the same name with another value is a conflict
    Table(
        "fact",
        metadata,
        id_column(),
        *_place(),
        Column("name", TEXT),
        prose("value"),
        Column("unit", TEXT),
        Column("date", TEXT),
        prose("remark"),
        # that the report goes by this one, and why
        Column("chosen", Boolean),
        prose("decision"),
        # a stated change in per cent, and the two facts it is worked out from
        ref("before", "fact"),
        ref("after", "fact"),
        ref("coder", "coder"),
    ),
    # plan against practice: what a document claims, and what people say of it
    Table(
        "contrast",
        metadata,
        id_column(),
        *_place(),
        prose("label"),
        # a component of the intervention, as a word or a code's key
        Column("component", TEXT),
        prose("claim"),
        prose("practice"),
        Column("verdict", TEXT),
        prose("remark"),
        ref("coder", "coder"),
    ),
    # a questionnaire or a measure, declared: items, range, scales, missing rule, bands
    Table(
        "instrument",
        metadata,
        id_column(),
        Column("key", TEXT, unique=True),
        Column("label", TEXT),
        Column("definition", DATA),
    ),
    # one filled-in questionnaire; the respondent only by a pseudonym
    Table(
        "response",
        metadata,
        id_column(),
        ref("instrument", "instrument", index=True),
        *_place(),
        Column("respondent", TEXT),
        Column("wave", TEXT),
        Column("date", TEXT),
        Column("answers", DATA, info={"apart": True}),
    ),
    # use of services and its cost, or another figure, for a group of people and never for one
    Table(
        "aggregate",
        metadata,
        id_column(),
        *_place(),
        Column("measure", TEXT),
        Column("setting", TEXT),
        Column("wave", TEXT),
        Column("n", Integer),
        Column("value", Float),
        Column("unit", TEXT),
        # where the figure comes from
        prose("origin"),
    ),
    # numbers beside themes, with how they fit, as the author judges it
    Table(
        "joint",
        metadata,
        id_column(),
        *_place(),
        Column("domain", TEXT),
        ref("instrument", "instrument"),
        Column("scale", TEXT),
        # keys of codes, quotes and configurations
        Column("themes", DATA),
        Column("quotes", DATA),
        Column("configurations", DATA),
        prose("inference"),
        # confirmation, discordance, expansion
        Column("fit", TEXT),
        ref("coder", "coder"),
    ),
)
