"""What stands above a table of a research question: its units, its step, who did it and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, union

from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.question import UNITS, material_of, read_question
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS, act, event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["NOT_RECORDED", "about_question", "read_summarising", "step_title", "warn_of_refusals"]

#: what stands where nobody wrote anything
NOT_RECORDED = "not recorded"
#: answers after which nothing of a person is quoted
REFUSED = ("no", "withdrawn")
#: tables whose rows belong to a question
_OWN = ("reduction", "paraphrase", "back_check", "pilot_review", "rating", "cell", "casetype")


def about_question(connection: Connection, question: Question) -> dict[Any, Any]:
    """Return what a table of a question says of where it comes from.

    Parameters
    ----------
    connection : Connection
    question : Question

    Returns
    -------
    dict
        ``question`` (key), ``asked`` (the sentence), ``technique``, ``theory``, ``criterion``,
        ``abstraction``, ``coding_unit``, ``context_unit``, ``recording_unit``, ``step`` (title),
        ``sources`` (list of keys in the order of processing), ``who`` (list of coders) and
        ``last_act`` (UTC, to the minute, of the last act that touched it); an empty text where nothing was
        recorded.
    """
    return {
        "question": question.key,
        "asked": question.label,
        "technique": question.how.label,
        "theory": question.theory,
        "criterion": question.criterion,
        "abstraction": question.abstraction,
        **{name: getattr(question, name) for name in UNITS},
        "step": step_title(question),
        "sources": [row.key for row in material_of(connection, question)],
        "who": _who(connection, question),
        "last_act": _last(connection, question),
    }


def warn_of_refusals(connection: Connection, sources: Iterable[str]) -> list[str]:
    """Return what has to be known before a table with words of sources (keys or row ids) is passed on."""
    src, part = ROWS["source"], ROWS["participation"]
    found: set[str] = set()
    for run in payloads.chunks(sorted(set(sources)), 500):
        wanted = (
            select(src.c.key)
            .join(part, part.c.source == src.c.id)
            .where(or_(src.c.id.in_(run), src.c.key.in_(run)))
            .where(part.c.consent_quoted.in_(REFUSED))
        )
        found.update(connection.scalars(wanted))
    if not found:
        return []
    keys = ", ".join(sorted(found))
    return [f"Not for publication: somebody who speaks in {keys} did not consent to be quoted."]


def read_summarising(connection: Connection, name: str) -> Question:
    """Return a question with summarising by its key or row id.

    Raises
    ------
    P3CError
        If there is no such question, or it is worked on by another technique.
    """
    question = read_question(connection, name)
    if question.technique != "summarising":
        what = f"the question is worked on by {question.how.label.lower()}, not by summarising"
        raise P3CError(Problem(what, question.key, do="Name a question with summarising."))
    return question


def step_title(question: Question) -> str:
    """Return the title of the step a question is in, and where it stands among the others."""
    steps = question.how.steps
    for place, step in enumerate(steps, 1):
        if step.key == question.step:
            return f"{step.title} (step {place} of {len(steps)})"
    return f"all {len(steps)} steps closed"


def _who(connection: Connection, question: Question) -> list[str]:
    coder, coding = ROWS["coder"], ROWS["coding"]
    of = [
        select(ROWS[name].c.coder).where(ROWS[name].c.question == question.id)
        for name in _OWN
        if "coder" in ROWS[name].c
    ]
    of.append(select(coding.c.coder).where(coding.c.question == question.key))
    return sorted(connection.scalars(select(coder.c.key).where(coder.c.id.in_(union(*of)))))


def _last(connection: Connection, question: Question) -> str:
    rows = [(event.c.tbl == "question") & (event.c.row == question.id)]
    for name in _OWN:
        table = ROWS[name]
        mine = select(table.c.id).where(table.c.question == question.id)
        rows.append((event.c.tbl == name) & event.c.row.in_(mine))
    coding = ROWS["coding"]
    mine = select(coding.c.id).where(coding.c.question == question.key)
    rows.append((event.c.tbl == "coding") & event.c.row.in_(mine))
    wanted = select(func.max(act.c.at)).join(event, event.c.act == act.c.id).where(or_(*rows))
    return str(connection.scalar(wanted) or "")[:16].replace("T", " ")
