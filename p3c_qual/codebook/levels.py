"""What is said of the levels of an ordinal code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.anchoring import NOT_RATABLE
from p3c_qual.codebook.made import clean
from p3c_qual.codebook.tree import tree_of
from p3c_qual.coding.stale import said_since
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.opened import Opened

__all__ = ["edit_level"]


def edit_level(
    study: Opened,
    code: str,
    level: str,
    *,
    label: str | None = None,
    definition: str | None = None,
    rule: str | None = None,
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change what is said of a level of an ordinal code; its value stays.

    Parameters
    ----------
    study : Study
    code : str
        Row id, key or codebook:key.
    level : str
        Its value, or ``not_ratable``.
    label, definition, rule : str, optional
        What is not named stays as it is.
    was : mapping of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If there is no such code or level, the codebook is frozen, or a field was changed since
        it was seen (with the code ``stale``).
    """
    with study.act("edit a level", id=id) as act:
        tree, name = tree_of(act.connection, code)
        said = tree.nodes[name].label
        act.say(f"edit level {level} of {said}")
        table = ROWS["code"]
        extra = act.connection.scalar(select(table.c.extra).where(table.c.id == name)) or {}
        levels = [dict(each) for each in extra.get("levels", ())]
        unrated = dict(extra["not_ratable"]) if extra.get("not_ratable") else None
        known: dict[str, dict[str, Any]] = {str(each["value"]): each for each in levels}
        if unrated is not None:
            known[NOT_RATABLE] = unrated
        problems = []
        if level not in known:
            valid = tuple(known)
            what = f"{said!r} has no level {level!r}"
            problems.append(Problem(what, "", valid, nearest(level, valid)))
        if tree.is_frozen([name]):
            what = f"the codebook {tree.name!r} is final, and its scales stay as they are"
            problems.append(Problem(what, do="Begin its next version first."))
        new = {"label": label, "definition": definition, "rule": rule}
        given = {field: clean(value) for field, value in new.items() if value is not None}
        if given.get("label") == "":
            problems.append(Problem("a level needs a label"))
        if problems:
            raise P3CError(problems)
        if any((known[level].get(field) or "") != seen for field, seen in (was or {}).items()):
            found = said_since(act.connection, "code", [name], ["extra"])
            raise P3CError(replace(found, what=found.what.replace("the extra", "the scale")))
        known[level].update(given)
        wanted = {**extra, "levels": levels, "not_ratable": unrated}
        return bool(act.update("code", {name: {"extra": wanted}}))
