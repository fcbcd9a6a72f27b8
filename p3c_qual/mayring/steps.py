"""The step a research question is in: what it lacks, closing it, going back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from p3c_qual.coding.stale import said_since
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring import lacking
from p3c_qual.mayring.question import read_question
from p3c_qual.sources.fix import fix_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened

__all__ = ["broken", "close_step", "lacks", "return_to"]


def lacks(connection: Connection, question: Question, step: str | None = None) -> list[Problem]:
    """Return what is missing before a step can be closed.

    Parameters
    ----------
    connection : Connection
    question : Question
    step : str, optional
        By default the one the question is in; ``done`` lacks nothing.
    """
    name = step or question.step
    if name == "define":
        return lacking.lacks_definition(connection, question)
    found = _checks(question).get(name)
    return found(connection, question) if found else []


def _checks(question: Question) -> dict[str, Callable[[Connection, Question], list[Problem]]]:
    """Return what looks at each step of a technique."""
    if question.technique == "summarising":
        proper = {
            name: partial(lacking.lacks_units, step=name)
            for name in ("paraphrase", "generalise", "reduce", "bundle")
        }
        return {**proper, "check": lacking.lacks_checks}
    from p3c_qual.mayring.categories import deductive, emergence, pilot, progress
    from p3c_qual.mayring.structuring import explication, matrix, outline, typology

    return {
        "agenda": deductive.lacks_agenda,
        "pilot": pilot.lacks_pilot,
        "final": progress.lacks_final,
        "main": emergence.lacks_main,
        "summarise": matrix.lacks_matrix,
        "types": typology.lacks_types,
        "prototypes": typology.lacks_prototypes,
        "outline": outline.lacks_outline,
        "explicate": explication.lacks_explications,
        "check": progress.lacks_check,
    }


def broken(connection: Connection, question: Question) -> list[Problem]:
    """Return what no longer holds of steps that were closed, as after an undo or a join."""
    order = question.how.order
    closed = order[: order.index(question.step)]
    return [problem for step in closed for problem in lacks(connection, question, step)]


def close_step(study: Opened, question: str, step: str, *, id: str | None = None) -> str:
    """Close the step a question is in, and go on to the next.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.
    step : str
        The step to close, which has to be the one it is in.
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The key of the step it is in now.

    Raises
    ------
    P3CError
        Everything that is missing, or who has closed it meanwhile.
    """
    with study.act("close a step", id=id) as act:
        asked = read_question(act.connection, question)
        order = asked.how.order
        _known(asked, step)
        if asked.step != step:
            raise P3CError(said_since(act.connection, "question", [asked.id], ["step"]))
        if step == "done":
            raise P3CError(Problem("all steps are closed already", asked.key))
        if step == "pilot":
            do = "Close the pilot with a review: whether categories and rules were changed."
            raise P3CError(Problem("a pilot ends with its review", asked.key, do=do))
        if missing := [*broken(act.connection, asked), *lacks(act.connection, asked)]:
            raise P3CError(missing)
        after = order[order.index(step) + 1]
        title = next(each.title for each in asked.how.steps if each.key == step)
        act.say(f"close {title!r} of {asked.key}")
        act.update("question", {asked.id: {"step": after}})
        return after


def return_to(
    study: Opened, question: str, step: str, *, reason: str, id: str | None = None
) -> None:
    """Go back to an earlier step; what was done later stays, and the way back is kept.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.
    step : str
        An earlier step.
    reason : str
        Why; it stands in the journal.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If no reason is given, or the step is no earlier one.
    """
    reason = fix_text(reason.strip()).text
    with study.act("return to a step", reason=reason, id=id) as act:
        asked = read_question(act.connection, question)
        _known(asked, step)
        problems = []
        if not asked.behind(step):
            earlier = tuple(each.key for each in asked.how.steps if asked.behind(each.key))
            what = f"{step!r} is no step before the one the question is in"
            problems.append(Problem(what, asked.key, earlier))
        if not reason:
            what = "going back to an earlier step needs a reason"
            problems.append(Problem(what, asked.key, do="Say why.", code="reason"))
        if problems:
            raise P3CError(problems)
        title = next(each.title for each in asked.how.steps if each.key == step)
        act.say(f"return to {title!r} of {asked.key}")
        act.update("question", {asked.id: {"step": step}})


def _known(question: Question, step: str) -> None:
    order = question.how.order
    if step not in order:
        what = f"{question.how.label.lower()} has no step {step!r}"
        raise P3CError(Problem(what, question.key, order, nearest(step, order)))
