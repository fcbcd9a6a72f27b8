"""What each step of summarising lacks before it can be closed; what every technique defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from p3c_qual.errors import Problem
from p3c_qual.mayring.material import recording_units
from p3c_qual.mayring.question import FIELDS, material_of
from p3c_qual.mayring.summarising.state import count_states
from p3c_qual.mayring.summarising.working import many
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["lacks_checks", "lacks_definition", "lacks_units"]

#: by step of a summarising, the states of units that stand in its way, and what to do
_OPEN = {
    "paraphrase": ("unit", "has no paraphrase (Z1)", "have no paraphrase (Z1)"),
    "generalise": ("paraphrased", "has no generalisation (Z2)", "have no generalisation (Z2)"),
    "reduce": (
        "generalised",
        "has no decision of the first reduction (Z3)",
        "have no decision of the first reduction (Z3)",
    ),
    "bundle": (
        "kept",
        "is neither in a category nor left over with a reason (Z4)",
        "are neither in a category nor left over with a reason (Z4)",
    ),
}


def lacks_definition(connection: Connection, question: Question) -> list[Problem]:
    """Return what has to be written before coding: fields, material, codebook."""
    found = [
        Problem(f"the {FIELDS[name]} is not written", question.key, code="undefined")
        for name in question.unwritten
    ]
    if question.how.categories and question.codebook is None:
        what = "no codebook is bound that holds its categories"
        found.append(Problem(what, question.key, do="Choose or make one."))
    if not material_of(connection, question):
        found.append(Problem("there is no source in its material", question.key))
    return found


def lacks_units(connection: Connection, question: Question, step: str) -> list[Problem]:
    """Return what a step of the summarising proper lacks: Z1 to Z4."""
    counts = count_states(connection, question)
    found = []
    total = sum(counts.values())
    if not total:
        do = "Select units in the Code view and put them in short form."
        return [Problem("there is no unit yet", question.key, do=do)]
    state, one, several = _OPEN[step]
    if counts[state]:
        what = f"{many(counts[state], 'unit')} {one if counts[state] == 1 else several}"
        found.append(Problem(what, question.key))
    if step == "paraphrase":
        found += _unread(connection, question)
    if step == "reduce":
        found += _across(connection, question)
    if step == "bundle":
        found += _empty(connection, question)
        if not counts["bundled"]:
            found.append(Problem("there is no category yet", question.key))
    return found


def _unread(connection: Connection, question: Question) -> Iterator[Problem]:
    """Name the sources in which nothing was selected and that nobody marked as done."""
    unit, reading = ROWS["paraphrase"], ROWS["reading"]
    seen = set(
        connection.scalars(select(unit.c.source).where(unit.c.question == question.id).distinct())
    ) | set(
        connection.scalars(
            select(reading.c.source).where(reading.c.question == question.key, reading.c.done)
        )
    )
    left = [row.key for row in material_of(connection, question) if row.id not in seen]
    if left:
        more = f" and {len(left) - 5} more" if len(left) > 5 else ""
        what = f"nothing was selected in {', '.join(left[:5])}{more}"
        do = "Select units there, or mark the source as worked through for this question."
        yield Problem(what, question.key, do=do)


def _across(connection: Connection, question: Question) -> Iterator[Problem]:
    """Say how many units were deleted for one that is of another recording unit by now.

    The recording unit of a question and whom a source belongs to may have changed since.
    """
    unit = ROWS["paraphrase"]
    twin = unit.alias()
    pairs = connection.execute(
        select(unit.c.source, twin.c.source, func.count())
        .join(twin, twin.c.id == unit.c.same_as)
        .where(unit.c.question == question.id, unit.c.kept.is_(False), unit.c.z3 == "Z3.1")
        .where(unit.c.source != twin.c.source)
        .group_by(unit.c.source, twin.c.source)
    ).all()
    if not pairs:
        return
    named = recording_units(connection, question, {name for *both, _ in pairs for name in both})
    strange = sum(count for one, other, count in pairs if named[one] != named[other])
    if strange:
        was = "was" if strange == 1 else "were"
        what = (
            f"{many(strange, 'unit')} {was} deleted as saying the same as a unit of another "
            "recording unit (Z3.1)"
        )
        do = "Decide those anew: keep them (Z3.3) and bundle them (Z4.1)."
        yield Problem(what, question.key, do=do, code="rule")


def _empty(connection: Connection, question: Question) -> Iterator[Problem]:
    """Name the categories that no unit reaches, neither by itself nor by one below."""
    unit, category = ROWS["paraphrase"], ROWS["reduction"]
    rows = connection.execute(
        select(category.c.id, category.c.label, category.c.into).where(
            category.c.question == question.id
        )
    ).all()
    reached = set(
        connection.scalars(
            select(unit.c.reduction)
            .where(unit.c.question == question.id, unit.c.reduction.is_not(None))
            .where(unit.c.kept.is_(True))
            .distinct()
        )
    )
    into = {row.id: row.into for row in rows}
    waiting = list(reached)
    while waiting:
        above = into.get(waiting.pop())
        if above is not None and above not in reached:
            reached.add(above)
            waiting.append(above)
    empty = [row.label or "a category" for row in rows if row.id not in reached]
    if empty:
        more = f" and {len(empty) - 5} more" if len(empty) > 5 else ""
        what = f"no unit is in {', '.join(map(repr, empty[:5]))}{more}"
        yield Problem(what, question.key, do="Bundle units into it, or remove it.")


def lacks_checks(connection: Connection, question: Question) -> list[Problem]:
    """Return what the back-check lacks: a sample, and a verdict on each of its units."""
    check = ROWS["back_check"]
    drawn, judged = connection.execute(
        select(func.count(), func.count(check.c.verdict)).where(check.c.question == question.id)
    ).one()
    if not drawn:
        do = "Draw one; its seed makes it reproducible."
        return [Problem("no sample was drawn for the back-check", question.key, do=do)]
    if judged < drawn:
        what = f"{judged} of {drawn} units of the sample were judged"
        return [Problem(what, question.key)]
    return []
