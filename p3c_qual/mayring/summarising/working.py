"""What every act on units of a summarising looks at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.question import Question, read_question
from p3c_qual.mayring.summarising.state import Unit, read_units
from p3c_qual.mayring.techniques import RULES, listed, rules_of
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from p3c_qual.store.act import Act

__all__ = ["check_open", "check_rules", "many", "numbers", "take_units"]


def take_units(act: Act, ids: Sequence[str], step: str) -> tuple[Question, list[Unit]]:
    """Return the units of these ids with their question, in which a step has to be open.

    Raises
    ------
    P3CError
        If one is gone, they are of several questions, or the step is closed.
    """
    wanted = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
    if not wanted:
        raise P3CError(Problem("no unit is named"))
    unit = ROWS["paraphrase"]
    found: dict[str, str] = {}
    for run in payloads.chunks(wanted, 500):
        rows = select(unit.c.id, unit.c.question).where(unit.c.id.in_(run))
        found |= dict(act.connection.execute(rows).all())
    lost = [gone(act.connection, "paraphrase", name) for name in wanted if name not in found]
    if lost:
        raise P3CError(lost)
    questions = sorted(set(found.values()))
    if len(questions) > 1:
        what = "these units are of several research questions"
        raise P3CError(Problem(what, do="Take those of one question at a time."))
    question = read_question(act.connection, questions[0])
    check_open(question, step)
    return question, read_units(act.connection, question, wanted)


def check_open(question: Question, step: str) -> None:
    """Refuse to work in a step that was closed.

    Raises
    ------
    P3CError
        With the code ``closed``, or ``undefined`` where the units are not declared.
    """
    if question.technique != "summarising":
        what = f"the question is worked on by {question.how.label.lower()}, not by summarising"
        raise P3CError(Problem(what, question.key, do="Ask a question with summarising."))
    if question.unwritten:
        raise P3CError(
            Problem(
                f"no unit is selected before {listed(question.unwritten)} written",
                question.key,
                do="Write it with the research question; the units are declared before coding.",
                code="undefined",
            )
        )
    if question.behind(step):
        title = next(each.title for each in question.how.steps if each.key == step)
        do = f"Return to {title!r} first, with a reason; it is kept in the journal."
        raise P3CError(Problem(f"the step {title!r} is closed", question.key, do=do, code="closed"))


def check_rules(rules: Collection[str], stage: str, *, one: bool = False) -> list[str]:
    """Return the rule ids of a stage in their order.

    Raises
    ------
    P3CError
        If one is no rule of the stage, or there is not exactly one where one is asked for.
    """
    valid = rules_of(stage)
    wrong = [name for name in rules if name not in valid]
    if wrong or (one and len(rules) != 1):
        said = ", ".join(repr(name) for name in wrong)
        what = f"{said or 'no rule'} is no rule of {stage}"
        titles = tuple(f"{name} ({RULES[name].title})" for name in valid)
        closest = nearest(wrong[0], valid) if wrong else None
        raise P3CError(Problem(what, "", titles, closest, code="rule"))
    return [name for name in valid if name in rules]


def numbers(units: Sequence[Unit]) -> str:
    """Return the numbers of units as a message names them."""
    shown = ", ".join(str(unit.no) for unit in units[:8])
    more = f" and {len(units) - 8} more" if len(units) > 8 else ""
    return f"no. {shown}{more}"


def many(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular where it is one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
