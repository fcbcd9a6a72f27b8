"""The second reduction (Z4): kept units bundled into categories, and these lifted further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.coding.stale import check_seen, said_since
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.question import Question, read_question
from p3c_qual.mayring.summarising.reduction import KEPT
from p3c_qual.mayring.summarising.working import check_open, check_rules, many, numbers, take_units
from p3c_qual.sources.fix import fix_text
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "bundle",
    "edit_reduction",
    "leave_over",
    "lift",
    "make_reduction",
    "merge_reductions",
    "remove_reduction",
    "unbundle",
]


def bundle(
    study: Opened,
    units: Sequence[str],
    reduction: str | None = None,
    *,
    label: str = "",
    rule: str,
    was: Sequence[str] | None = None,
    id: str | None = None,
) -> str:
    """Bundle kept units into a category (Mayring, Z4).

    Parameters
    ----------
    study : Study
    units : sequence of str
        Row ids; each was kept in the first reduction.
    reduction : str, optional
        Row id of the category; else one of this label is taken, or made.
    label : str
        What the category says.
    rule : str
        Z4.1 to Z4.4.
    was : sequence of str, optional
        The category each unit was seen in, empty for none; if that is no longer so, it is refused.
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The category's row id.

    Raises
    ------
    P3CError
        If a unit has no decision of the first reduction or was deleted, naming each.
    """
    with study.act("second reduction", id=id) as act:
        question, found = take_units(act, units, "bundle")
        if was is not None:
            seen = dict(zip(units, was, strict=False))
            other = [unit.id for unit in found if seen.get(unit.id, "") != (unit.reduction or "")]
            if other:
                raise P3CError(said_since(act.connection, "paraphrase", other, ["reduction"]))
        check_rules([rule], "Z4", one=True)
        _ready(found)
        into = _category(act, question, reduction, label)
        act.say(f"bundle {numbers(found)} by {rule}")
        fields = {"reduction": into, "z4": rule, "left_over": None}
        act.update("paraphrase", {unit.id: fields for unit in found})
        return into


def unbundle(study: Opened, units: Sequence[str], *, id: str | None = None) -> int:
    """Take units out of their category, or out of what is left over; returns how many.

    Parameters
    ----------
    study : Study
    units : sequence of str
        Row ids.
    id : str, optional
        Of the act.
    """
    with study.act("take out of a category", id=id) as act:
        _, found = take_units(act, units, "bundle")
        act.say(f"take {numbers(found)} out of the second reduction")
        blank = dict.fromkeys(("reduction", "z4", "left_over"))
        return act.update("paraphrase", {unit.id: blank for unit in found})


def leave_over(study: Opened, units: Sequence[str], reason: str, *, id: str | None = None) -> int:
    """Leave kept units without a category: categories are made where possible.

    Parameters
    ----------
    study : Study
    units : sequence of str
        Row ids; each was kept in the first reduction.
    reason : str
        Why no category takes them.
    id : str, optional
        Of the act.

    Returns
    -------
    int
        How many units this changed.

    Raises
    ------
    P3CError
        If no reason is given, or a unit was not kept.
    """
    with study.act("leave over", id=id) as act:
        _, found = take_units(act, units, "bundle")
        if not reason.strip():
            do = "Say why no category takes them; it is kept with them."
            raise P3CError(Problem("what is left over needs a reason", do=do, code="reason"))
        _ready(found)
        act.say(f"leave over {numbers(found)}")
        fields = {"reduction": None, "z4": None, "left_over": fix_text(reason.strip()).text}
        return act.update("paraphrase", {unit.id: fields for unit in found})


def lift(
    study: Opened,
    reductions: Sequence[str],
    into: str | None = None,
    *,
    label: str = "",
    rule: str = "",
    reason: str = "",
    id: str | None = None,
) -> str | None:
    """Take categories up into a more general one, a second pass at a higher level.

    Parameters
    ----------
    study : Study
    reductions : sequence of str
        Row ids of the categories.
    into : str, optional
        Row id of the more general one; else one of this label is taken or made; with neither
        the categories are taken out of the one they are in.
    label, rule, reason : str
        The rule is one of Z4.1 to Z4.4; Z4.4 needs a reason.
    id : str, optional
        Of the act.

    Returns
    -------
    str or None
        Row id of the more general category.

    Raises
    ------
    P3CError
        If a category would come to stand above itself.
    """
    with study.act("lift categories", id=id) as act:
        question, rows = _take(act, reductions)
        if into is None and not label.strip():
            act.say(f"take {many(len(rows), 'category').replace('categorys', 'categories')} out")
            blank = dict.fromkeys(("into", "rule", "reason"))
            act.update("reduction", {name: {**blank} for name in rows})
            return None
        check_rules([rule], "Z4", one=True)
        if rule == "Z4.4" and not reason.strip():
            do = "Say which assumption decides; it is kept."
            raise P3CError(Problem("Z4.4 needs a reason", do=do, code="reason"))
        top = _category(act, question, into, label)
        above = _above(act, question, top)
        if circle := [name for name in rows if name in above]:
            names = _labels(act, circle)
            what = f"{', '.join(map(repr, names))} would come to stand above itself"
            raise P3CError(Problem(what, do="Choose another category.", code="cycle"))
        act.say(f"lift {', '.join(map(repr, _labels(act, list(rows)[:3])))} by {rule}")
        fields = {"into": top, "rule": rule, "reason": fix_text(reason.strip()).text or None}
        act.update("reduction", {name: {**fields} for name in rows})
        return top


def edit_reduction(
    study: Opened, reduction: str, label: str, *, was: str | None = None, id: str | None = None
) -> bool:
    """Write a category anew; returns whether this changed anything.

    Parameters
    ----------
    study : Study
    reduction : str
        Row id.
    label : str
        What it says from now on.
    was : str, optional
        What the writer saw before; if that is no longer so, it is refused.
    id : str, optional
        Of the act.
    """
    with study.act("rename a category", id=id) as act:
        _take(act, [reduction])
        if was is not None:
            check_seen(act, "reduction", reduction, {"label": was})
        said = _said(label)
        act.say(f"rename a category to {said!r}")
        return bool(act.update("reduction", {reduction: {"label": said}}))


def merge_reductions(
    study: Opened,
    reductions: Sequence[str],
    into: str,
    *,
    rule: str,
    id: str | None = None,
) -> int:
    """Put the units of several categories into one of them; returns how many units moved.

    Parameters
    ----------
    study : Study
    reductions : sequence of str
        Row ids of those that end.
    into : str
        Row id of the one that stays.
    rule : str
        One of Z4.1 to Z4.4.
    id : str, optional
        Of the act.
    """
    with study.act("merge categories", id=id) as act:
        question, rows = _take(act, [*reductions, into])
        check_rules([rule], "Z4", one=True)
        gone_now = [name for name in rows if name != into]
        above = _above(act, question, into)
        if any(name in above for name in gone_now):
            what = "a category cannot be merged into one that stands below it"
            raise P3CError(Problem(what, do="Take that one out first.", code="cycle"))
        act.say(f"merge {', '.join(map(repr, _labels(act, gone_now)))} by {rule}")
        unit, category = ROWS["paraphrase"], ROWS["reduction"]
        units = act.connection.scalars(select(unit.c.id).where(unit.c.reduction.in_(gone_now)))
        moved = act.update("paraphrase", {name: {"reduction": into, "z4": rule} for name in units})
        below = act.connection.scalars(
            select(category.c.id).where(category.c.into.in_(gone_now), category.c.id != into)
        ).all()
        act.update("reduction", {name: {"into": into} for name in below})
        act.delete("reduction", gone_now)
        return moved


def remove_reduction(study: Opened, reduction: str, *, id: str | None = None) -> None:
    """Take a category away that holds nothing.

    Parameters
    ----------
    study : Study
    reduction : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If units or categories are in it.
    """
    with study.act("remove a category", id=id) as act:
        _take(act, [reduction])
        unit, category = ROWS["paraphrase"], ROWS["reduction"]
        held = sum(
            act.connection.scalar(select(func.count()).where(column == reduction)) or 0
            for column in (unit.c.reduction, category.c.into)
        )
        if held:
            what = f"{_labels(act, [reduction])[0]!r} still holds {many(held, 'unit or category')}"
            raise P3CError(Problem(what, do="Merge it into another one, or empty it first."))
        act.say(f"remove the category {_labels(act, [reduction])[0]!r}")
        act.delete("reduction", [reduction])


def make_reduction(act: Act, question: Question, label: str) -> str:
    """Return the category of this label, made where there is none."""
    category = ROWS["reduction"]
    said = _said(label)
    there = act.connection.execute(
        select(category.c.id, category.c.label).where(category.c.question == question.id)
    ).all()
    for row in there:
        if (row.label or "").casefold() == said.casefold():
            return str(row.id)
    made = {"question": question.id, "label": said, "position": len(there)}
    return act.insert("reduction", [made])[0]


def _said(label: str) -> str:
    said = fix_text(" ".join(label.split())).text
    if not said:
        raise P3CError(Problem("a category needs to say something", do="Write its statement."))
    return said


def _category(act: Act, question: Question, reduction: str | None, label: str) -> str:
    if reduction is None:
        return make_reduction(act, question, label)
    owner, _ = _take(act, [reduction])
    if owner.id != question.id:
        what = "the category is of another research question"
        raise P3CError(Problem(what, do="Take one of this question's."))
    return reduction


def _take(act: Act, ids: Sequence[str]) -> tuple[Question, dict[str, Any]]:
    """Return categories by id with their question, in which the second reduction is open."""
    category = ROWS["reduction"]
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise P3CError(Problem("no category is named"))
    rows: dict[str, Any] = {}
    for run in payloads.chunks(wanted, 500):
        for row in act.connection.execute(select(category).where(category.c.id.in_(run))):
            rows[row.id] = row
    lost = [gone(act.connection, "reduction", name) for name in wanted if name not in rows]
    if lost:
        raise P3CError(lost)
    questions = {row.question for row in rows.values()}
    if len(questions) > 1:
        raise P3CError(Problem("these categories are of several research questions"))
    question = read_question(act.connection, questions.pop())
    check_open(question, "bundle")
    return question, rows


def _above(act: Act, question: Question, start: str) -> set[str]:
    """Return a category and all that it was taken up into."""
    category = ROWS["reduction"]
    wanted = select(category.c.id, category.c.into).where(category.c.question == question.id)
    into = dict(act.connection.execute(wanted).all())
    found: set[str] = set()
    at: str | None = start
    while at is not None and at not in found:
        found.add(at)
        at = into.get(at)
    return found


def _labels(act: Act, ids: Sequence[str]) -> list[str]:
    category = ROWS["reduction"]
    wanted = select(category.c.id, category.c.label).where(category.c.id.in_(list(ids)))
    found = dict(act.connection.execute(wanted).all())
    return [found.get(name) or "a category" for name in ids]


def _ready(found: Sequence[Any]) -> None:
    early = [unit for unit in found if unit.state not in {*KEPT, "deleted"}]
    out = [unit for unit in found if unit.state == "deleted"]
    problems = []
    if early:
        have = "has" if len(early) == 1 else "have"
        what = f"{numbers(early)} {have} no decision of the first reduction (Z3) yet; Z4 bundles "
        do = "Keep or delete them first (Z3.1 to Z3.4)."
        problems.append(Problem(f"{what}what Z3 has kept", do=do, code="order"))
    if out:
        was = "was" if len(out) == 1 else "were"
        what = f"{numbers(out)} {was} deleted in the first reduction (Z3)"
        do = "Keep them first (Z3.3), if they should count after all."
        problems.append(Problem(what, do=do, code="order"))
    if problems:
        raise P3CError(problems)
