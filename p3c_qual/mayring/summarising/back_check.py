"""The closing check of a summarising: a random sample of units held against the categories."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.coders import coder_id
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.summarising.state import read_units
from p3c_qual.mayring.summarising.working import check_open
from p3c_qual.sources.fix import fix_text
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.opened import Opened

__all__ = ["VERDICTS", "choose", "draw_sample", "judge"]

#: whether the content of a unit is represented by a category
VERDICTS = ("yes", "partly", "no")


def choose(numbers: Sequence[str], size: int, seed: int) -> list[str]:
    """Return the units that a seed draws: the same for the same units in the same order.

    Examples
    --------
    >>> choose(["a", "b", "c", "d"], 2, 7) == choose(["a", "b", "c", "d"], 2, 7)
    True
    """
    return random.Random(seed).sample(list(numbers), min(size, len(numbers)))  # noqa: S311


def draw_sample(
    study: Opened, question: str, *, size: int, seed: int, id: str | None = None
) -> list[str]:
    """Draw the sample of the back-check among all units that were paraphrased.

    Deleted ones are drawn too: whether what was left out is missed is part of the check.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id; its second reduction has to be closed.
    size : int
        How many units; all of them where there are fewer.
    seed : int
        The same seed draws the same units. A sample of this seed that is there is kept.
    id : str, optional
        Of the act.

    Returns
    -------
    list of str
        Row ids of the sample's items, in the order drawn.

    Raises
    ------
    P3CError
        If the second reduction is not closed, or the size is no number above 0.
    """
    with study.act("draw the sample of the back-check", id=id) as act:
        asked = read_question(act.connection, question)
        check_open(asked, "check")
        problems = []
        if asked.step != "check":
            title = next(step.title for step in asked.how.steps if step.key == "bundle")
            what = f"the back-check tests finished categories; {title!r} is not closed yet"
            problems.append(Problem(what, asked.key, do="Close it first.", code="order"))
        if size < 1:
            problems.append(Problem(f"a sample has 1 unit or more, not {size}", asked.key))
        if not 0 <= seed < 2**31:
            problems.append(Problem(f"a seed is a whole number from 0 to {2**31 - 1}", asked.key))
        if problems:
            raise P3CError(problems)
        units = [
            unit.id
            for unit in read_units(act.connection, asked)
            if unit.state not in {"unit", "dropped"}
        ]
        check = ROWS["back_check"]
        there = act.connection.scalars(
            select(check.c.id)
            .where(check.c.question == asked.id, check.c.seed == seed)
            .order_by(check.c.position)
        ).all()
        if there:
            return list(there)
        act.say(f"draw {min(size, len(units))} units for the back-check with seed {seed}")
        drawn = choose(units, size, seed)
        return act.insert(
            "back_check",
            [
                {"question": asked.id, "paraphrase": unit, "seed": seed, "position": place}
                for place, unit in enumerate(drawn)
            ],
        )


def judge(
    study: Opened,
    check: str,
    verdict: str,
    *,
    remark: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> bool:
    """Say whether the content of a unit is represented by a category.

    Parameters
    ----------
    study : Study
    check : str
        Row id of the sample's item.
    verdict : str
        ``yes``, ``partly`` or ``no``; empty to take it back.
    remark : str
    coder : str, optional
        Who judges; by default who acts.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If there is no such item or verdict, or the step is closed.
    """
    if verdict and verdict not in VERDICTS:
        what = f"there is no verdict {verdict!r}"
        raise P3CError(Problem(what, "", VERDICTS, nearest(verdict, VERDICTS)))
    with study.act("judge a unit of the back-check", id=id) as act:
        table = ROWS["back_check"]
        owner = act.connection.scalar(select(table.c.question).where(table.c.id == check))
        if owner is None:
            raise P3CError(gone(act.connection, "back_check", check))
        asked = read_question(act.connection, owner)
        check_open(asked, "check")
        act.say(f"back-check: {verdict or 'taken back'}")
        who = coder_id(act, coder or study.coder or "", "the back-check") if verdict else None
        fields = {
            "verdict": verdict or None,
            "remark": fix_text(remark.strip()).text or None,
            "coder": who,
        }
        return bool(act.update("back_check", {check: fields}))
