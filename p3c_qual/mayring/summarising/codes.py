"""Categories of a summarising as codes of a codebook, with their units as codings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.codebook.edit import create_code
from p3c_qual.coding.intake import take_codings
from p3c_qual.coding.wanted import MAIN, Wanted
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.binding import find_codebook
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.summarising.state import read_units
from p3c_qual.store.conflicts import rootless
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from typing import Any

    from p3c_qual.opened import Opened

__all__ = ["Made", "make_codes"]


@dataclass(frozen=True)
class Made:
    """What became of the categories of a summarising.

    Attributes
    ----------
    codes : int
        Codes that were made; those of an earlier time are kept.
    codings : int
        Codings that were written.
    """

    codes: int
    codings: int


def make_codes(study: Opened, question: str, codebook: str, *, id: str | None = None) -> Made:
    """Make codes of the categories, and codings of the units bundled in them.

    A unit deleted as saying the same as another one (Z3.1) is coded as that one is. Done once
    more, it adds what is new.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question with summarising.
    codebook : str
        Key or row id; a frozen one takes no codes.
    id : str, optional
        Of the act.

    Returns
    -------
    Made

    Raises
    ------
    P3CError
        If nothing is bundled yet, or the codebook is frozen.
    """
    with study.act("make codes of the categories", id=id) as act:
        asked = read_question(act.connection, question)
        problems: list[Problem] = []
        owner = find_codebook(act.connection, codebook, problems)
        if problems or owner is None:
            raise P3CError(problems)
        book = ROWS["codebook"]
        row = act.connection.execute(select(book).where(book.c.id == owner)).one()
        if row.status == "final":
            what = f"the codebook {row.key!r} is frozen"
            raise P3CError(Problem(what, do="Choose another one, or begin its next version."))
        units = read_units(act.connection, asked)
        by_id = {unit.id: unit for unit in units}
        into = {unit.id: unit.reduction for unit in units if unit.state == "bundled"}
        for unit in units:
            twin = by_id.get(unit.same_as or "")
            if unit.state == "deleted" and unit.z3 == "Z3.1" and twin and twin.id in into:
                into[unit.id] = into[twin.id]
        if not into:
            what = "no unit is bundled into a category yet"
            raise P3CError(Problem(what, asked.key, do="Bundle the kept units first (Z4)."))
        category = ROWS["reduction"]
        rows = {
            each.id: each
            for each in act.connection.execute(
                select(category).where(category.c.question == asked.id)
            )
        }
        made = _codes(act, row.key, rows)
        codes = {name: made.get(name) or each.code for name, each in rows.items()}
        wanted = [
            Wanted(
                by_id[unit].source_key,
                by_id[unit].start,
                by_id[unit].end,
                str(codes[target]),
                by_id[unit].coder,
                MAIN,
                asked.key,
                origin="summary",
            )
            for unit, target in into.items()
            if target in codes and not by_id[unit].edited
        ]
        taken = take_codings(act, wanted, done=None)
        act.say(f"make {len(made)} codes of the categories of {asked.key}")
        return Made(len(made), len(taken.ids))


def _codes(act: Any, book: str, rows: dict[str, Any]) -> dict[str, str]:
    """Make the codes that are not there yet, what is more general first."""
    code = ROWS["code"]
    there = set(act.connection.scalars(select(code.c.id)))
    into = {name: row.into for name, row in rows.items()}
    cut = rootless(into)
    made: dict[str, str] = {}

    def make(name: str) -> str:
        row = rows[name]
        if name in made:
            return made[name]
        if row.code in there:
            return str(row.code)
        above = row.into if row.into in rows and name not in cut else None
        parent = make(above) if above else None
        made[name] = create_code(act, book, row.label or "a category", parent=parent)
        return made[name]

    for name in sorted(rows, key=lambda each: (rows[each].position or 0, each)):
        make(name)
    act.update("reduction", {name: {"code": target} for name, target in made.items()})
    return made
