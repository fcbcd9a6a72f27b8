"""How a study of several programmes was done, from what it holds and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.description.forms import find_form
from p3c_qual.description.model import Where
from p3c_qual.mayring.question import read_questions
from p3c_qual.mayring.techniques import TECHNIQUES
from p3c_qual.report import records
from p3c_qual.report.blocks import Cell, Column, Listing, Origin, Table
from p3c_qual.report.records import plural, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.report.blocks import Block
    from p3c_qual.report.making import Making
    from p3c_qual.study import Study

__all__ = ["overview"]

#: what is said of each programme, and what stands below some of it
_HELD = ("Sources", "Interviewees", "Interviewed")
_BELOW = ("Sites", "Not in full", "No interviewee")
_ASKED = ("approach", "sampling_strategy", "non_participation", "context")


def overview(study: Study, makings: Sequence[Making]) -> tuple[Block, ...]:
    """Return the sources of each programme, the technique with its units, and the codebooks.

    Parameters
    ----------
    study : Study
    makings : sequence of Making
        Of the programmes, in order.
    """
    said = _said(makings)
    return (*said, _sources(makings), _questions(study), _codebooks(study, makings))


def _said(makings: Sequence[Making]) -> tuple[Block, ...]:
    """Return what the form on method and team says of the study as a whole."""
    description = makings[0].description
    answers = description.answers_of("methods", Where()).get("", {})
    entries = tuple(
        (item.label, say(answers[item.id].value))
        for item in find_form("methods").items
        if item.id in _ASKED and item.id in answers and answers[item.id].value
    )
    return (Listing(entries),) if entries else ()


def _sources(makings: Sequence[Making]) -> Table:
    """Return what the study holds on each programme."""
    rows = []
    for making in makings:
        held = {term: text.text for term, text in records.held(making.evidence).entries}
        sites, partial, nobody = (held.get(term, "") for term in _BELOW)
        said = {term: "–" if held[term] == records.NOT_FOUND else held[term] for term in _HELD}
        below = {
            "Programme": sites if sites != records.NOT_FOUND else "",
            "Sources": f"not in full: {partial}" if partial else "",
            "Interviewees": f"none {nobody}" if nobody else "",
        }
        cells = {"Programme": making.evidence.programme["label"], **said}
        cells["Reading set"] = making.evidence.reading_set
        rows.append(
            tuple(
                Cell("\n".join(filter(None, (words, below.get(term)))))
                for term, words in cells.items()
            )
        )
    return Table(
        key="table_overview",
        caption="Programmes, and what the study holds on each",
        columns=tuple(Column(each) for each in ("Programme", *_HELD, "Reading set")),
        rows=tuple(rows),
        origin=Origin("study", source="sources()"),
        notes=("Reading set: whose codings are counted; those of several coders never add up.",),
    )


def _questions(study: Study) -> Block:
    with study.store.read() as connection:
        asked = read_questions(connection)
    if not asked:
        return say("No research question is recorded, and so no technique and no units.")
    rows = tuple(
        tuple(
            Cell(each or "not recorded")
            for each in (
                question.label or question.key,
                TECHNIQUES[question.technique].label,
                question.coding_unit,
                question.context_unit,
                question.recording_unit,
            )
        )
        for question in asked
    )
    names = ("Research question", "Technique", "Coding unit", "Context unit", "Recording unit")
    return Table(
        key="table_questions",
        caption="Research questions with their techniques and units",
        columns=tuple(Column(name) for name in names),
        rows=rows,
        origin=Origin("study", source="read_questions()"),
        notes=("They are those of the study as a whole.",),
    )


def _codebooks(study: Study, makings: Sequence[Making]) -> Block:
    books = study.codebooks().fillna("").to_dict("records")
    named = [
        " ".join(filter(None, (row["label"] or row["codebook"], row["version"])))
        + (f" ({row['status']})" if row["status"] else "")
        for row in books
    ]
    text = (
        f"{plural(len(books), 'codebook')}: {'; '.join(named)}. Chapters and counts are by "
        f"{makings[0].evidence.codebook}."
        if books
        else "The study has no codebook."
    )
    return say(text, Origin("study", source="codebooks()"))
