"""The units of a summarising and how far each is; computed, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from p3c_qual.mayring.material import recording_units
from p3c_qual.mayring.question import material_of
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["STATES", "Unit", "count_states", "number_units", "read_units"]

#: in the order of the work, and what people read
STATES = {
    "unit": "no paraphrase yet",
    "dropped": "dropped (Z1.1)",
    "paraphrased": "paraphrased",
    "generalised": "generalised, first reduction open",
    "deleted": "deleted in the first reduction",
    "kept": "kept, second reduction open",
    "bundled": "in a category",
    "left_over": "left over",
}

_unit = ROWS["paraphrase"]
_twin = _unit.alias("twin")
_into = ROWS["reduction"].alias("category")

#: one rule for each case that joining copies may leave: what was dropped is dropped; a category
#: goes before "left over"; what says the same as a row that is not kept is open again
_STATE = case(
    (_unit.c.dropped.is_not(None), "dropped"),
    (_unit.c.paraphrase.is_(None), "unit"),
    (_unit.c.generalisation.is_(None), "paraphrased"),
    (and_(_unit.c.kept.is_(True), _into.c.id.is_not(None)), "bundled"),
    (and_(_unit.c.kept.is_(True), _unit.c.left_over.is_not(None)), "left_over"),
    (_unit.c.kept.is_(True), "kept"),
    (
        and_(
            _unit.c.kept.is_(False),
            or_(_unit.c.z3.is_(None), _unit.c.z3 != "Z3.1", _twin.c.kept.is_(True)),
        ),
        "deleted",
    ),
    else_="generalised",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One coding unit on its way through summarising: one row of Mayring's table.

    Attributes
    ----------
    no : int
        Its number in the order of the material, from 1.
    source, source_key, text : str
        Row id and key of its source, and the text version it was made in.
    recording_unit : str
        Name of its recording unit.
    kept : bool or None
        The decision of the first reduction; None while it is open.
    same_as : str or None
        The unit that says the same (Z3.1).
    reduction : str or None
        The category it is bundled into.
    state : str
        One of `STATES`.
    edited : bool
        Whether its source has another text by now.
    """

    id: str
    no: int
    question: str
    source: str
    source_key: str
    recording_unit: str
    text: str
    start: int
    end: int
    quote: str
    coder: str
    paraphrase: str
    z1: tuple[str, ...]
    dropped: str
    generalisation: str
    z2: tuple[str, ...]
    kept: bool | None
    z3: str
    same_as: str | None
    reason: str
    reduction: str | None
    z4: str
    left_over: str
    state: str
    edited: bool

    @property
    def place(self) -> str:
        """How a message names it."""
        return f"no. {self.no} ({self.source_key} {self.start}-{self.end})"


def number_units(connection: Connection, question: Question) -> dict[str, int]:
    """Return the number of each unit, by row id, in the order of the material."""
    order = {row.id: place for place, row in enumerate(material_of(connection, question))}
    wanted = select(_unit.c.id, _unit.c.source, _unit.c.start, _unit.c.end).where(
        _unit.c.question == question.id
    )
    rows = sorted(
        connection.execute(wanted),
        key=lambda row: (order.get(row.source, len(order)), row.source, row.start, row.end, row.id),
    )
    return {row.id: number for number, row in enumerate(rows, 1)}


def read_units(
    connection: Connection, question: Question, ids: Iterable[str] | None = None
) -> list[Unit]:
    """Return the units of a question, or some of them, in the order of the material."""
    numbers = number_units(connection, question)
    wanted = numbers if ids is None else set(ids) & numbers.keys()
    src, coder = ROWS["source"], ROWS["coder"]
    rows = (
        _joined(
            select(
                _unit,
                _STATE.label("state"),
                src.c.key.label("source_key"),
                src.c.text.label("now"),
                coder.c.key.label("by"),
            )
        )
        .join(src, src.c.id == _unit.c.source)
        .join(coder, coder.c.id == _unit.c.coder, isouter=True)
    )
    found: list[Any] = []
    if ids is None:
        found += connection.execute(rows.where(_unit.c.question == question.id))
    else:
        for run in payloads.chunks(sorted(wanted), 500):
            found += connection.execute(rows.where(_unit.c.id.in_(run)))
    named = recording_units(connection, question, {row.source for row in found})
    made = [_made(row, numbers[row.id], named[row.source]) for row in found]
    return sorted(made, key=lambda unit: unit.no)


def count_states(connection: Connection, question: Question) -> dict[str, int]:
    """Return how many units are in each state; they add up to all units."""
    wanted = _joined(select(_STATE.label("state"), func.count())).where(
        _unit.c.question == question.id
    )
    found = dict(connection.execute(wanted.group_by("state")).all())
    return {name: found.get(name, 0) for name in STATES}


def _joined(wanted: Any) -> Any:
    return (
        wanted.select_from(_unit)
        .join(_twin, _twin.c.id == _unit.c.same_as, isouter=True)
        .join(
            _into,
            and_(_into.c.id == _unit.c.reduction, _into.c.question == _unit.c.question),
            isouter=True,
        )
    )


def _made(row: Any, number: int, named: str) -> Unit:
    return Unit(
        id=row.id,
        no=number,
        question=row.question,
        source=row.source,
        source_key=row.source_key,
        recording_unit=named,
        text=row.text,
        start=row.start,
        end=row.end,
        quote=row.quote or "",
        coder=row.by or "",
        paraphrase=row.paraphrase or "",
        z1=tuple(row.z1 or ()),
        dropped=row.dropped or "",
        generalisation=row.generalisation or "",
        z2=tuple(row.z2 or ()),
        kept=row.kept,
        z3=row.z3 or "",
        same_as=row.same_as,
        reason=row.reason or "",
        reduction=row.reduction,
        z4=row.z4 or "",
        left_over=row.left_over or "",
        state=row.state,
        edited=row.now != row.text,
    )
