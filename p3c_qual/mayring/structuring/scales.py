"""The scales of a question: ordinal codes of its codebook, and how a level is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["NOT_RATABLE", "Scale", "find_scale", "scales_of"]

#: what is given where a passage cannot be rated; it is no level and never the middle
NOT_RATABLE = "not_ratable"


@dataclass(frozen=True)
class Scale:
    """An ordinal code with its levels.

    Attributes
    ----------
    id, key, label, definition : str
        Of the code.
    levels : dict of int to str
        Label by value, lowest first.
    definitions : dict of int to str
        What each level means, as far as that is written.
    not_ratable : str
        How "not ratable" is called.
    """

    id: str
    key: str
    label: str
    definition: str
    levels: dict[int, str]
    definitions: dict[int, str]
    not_ratable: str = "not ratable"

    def level(self, given: Any, where: str = "") -> tuple[int | None, bool] | Problem:
        """Return value and whether it is ratable, or what to say where there is no such level.

        Parameters
        ----------
        given : int or str
            A value, its label, or ``not_ratable``.

        Examples
        --------
        >>> scale = Scale("", "valence", "", "", {1: "hindering", 2: "mixed"}, {})
        >>> scale.level("2"), scale.level("Hindering"), scale.level("not ratable")
        ((2, True), (1, True), (None, False))
        >>> scale.level("2.5").what
        "'2.5' is no level of 'valence'"
        """
        said = str(given).strip() if not isinstance(given, bool) else ""
        if said.casefold() in {NOT_RATABLE, "not ratable", self.not_ratable.casefold()}:
            return None, False
        by_name = {str(value): value for value in self.levels}
        by_name |= {label.casefold(): value for value, label in self.levels.items()}
        if said.casefold() in by_name:
            return by_name[said.casefold()], True
        valid = (*(f"{value} ({label})" for value, label in self.levels.items()), NOT_RATABLE)
        shown = said if len(said) <= 60 else said[:59] + "…"
        close = nearest(shown, [*self.levels.values(), NOT_RATABLE])
        what = f"{shown!r} is no level of {self.key!r}" if said else "no level is given"
        return Problem(what, where, valid, close, "A level lies on the scale, never between two.")


def scales_of(connection: Connection, question: Question) -> list[Scale]:
    """Return the ordinal codes of the codebook that is bound to a question, in its order."""
    code = ROWS["code"]
    wanted = (
        select(code)
        .where(code.c.codebook == question.codebook, code.c.kind == "ordinal")
        .order_by(code.c.position, code.c.key)
    )
    return [
        _scale(row) for row in connection.execute(wanted).mappings() if row["status"] != "retired"
    ]


def _scale(row: Any) -> Scale:
    extra = row["extra"] or {}
    levels = [each for each in extra.get("levels") or () if each.get("value") is not None]
    levels.sort(key=lambda each: int(each["value"]))
    unrated = extra.get("not_ratable") or {}
    return Scale(
        row["id"],
        row["key"],
        row["label"] or row["key"],
        row["definition"] or "",
        {int(each["value"]): each["label"] for each in levels},
        {int(each["value"]): each["definition"] for each in levels if each.get("definition")},
        unrated.get("label") or "not ratable",
    )


def find_scale(
    scales: Sequence[Scale], name: str, question: Question, where: str = ""
) -> Scale | Problem:
    """Return the scale of this key, codebook:key or row id, or what to say where there is none."""
    if question.codebook is None:
        do = "Bind a codebook with ordinal codes to it."
        return Problem(f"the question {question.key!r} has no codebook", where, do=do)
    for scale in scales:
        if name in {scale.id, scale.key} or name.rpartition(":")[2] == scale.key:
            return scale
    valid = tuple(scale.key for scale in scales)
    do = "" if valid else "Its codebook has no ordinal code: give one of its codes `kind: ordinal`."
    what = f"the question {question.key!r} has no ordinal code {name!r}"
    return Problem(what, where, valid, nearest(name, valid), do)
