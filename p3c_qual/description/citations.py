"""The places that answers, facts, contrasts and joint displays rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import Spots
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["CITING", "SIDES", "cite", "insert_citations", "place_of", "uncite"]

#: what can rest on a place, and how people call it
CITING = {"answer": "answer", "fact": "fact", "contrast": "contrast", "joint": "joint display"}
#: the two sides of a contrast
SIDES = {"plan": "Plan", "practice": "Practice"}
_SAME = ("target", "side", "source", "start", "end")


def cite(
    study: Opened,
    about: str,
    target: str,
    source: str,
    start: int | None = None,
    end: int | None = None,
    *,
    side: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Name a place that something rests on; returns its row id, also of one that was there.

    Parameters
    ----------
    study : Study
    about : str
        ``answer``, ``fact``, ``contrast`` or ``joint``.
    target : str
        Row id of what rests on it.
    source : str
        Key or row id.
    start, end : int, optional
        Half-open, in code points; none for the source as a whole.
    side : str
        Of a contrast: ``plan`` or ``practice``.
    coder : str, optional
        Who names it; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it.
    """
    from p3c_qual.realist.writing import who

    with study.act("cite a place", id=id) as act:
        problems: list[Problem] = []
        _check_target(act.connection, about, target, problems)
        if about == "contrast" and side not in SIDES:
            what = "it is not said which side of the contrast rests on it"
            if side:
                what = f"a contrast has no side {side[:40]!r}"
            problems.append(Problem(what, "", tuple(SIDES), nearest(side, SIDES)))
        elif about in CITING and about != "contrast" and side:
            problems.append(Problem(f"a {CITING[about]} has no sides"))
        place = place_of(Spots(act.connection, [source]), source, start, end, problems)
        if problems:
            raise P3CError(problems)
        act.say(f"cite a place for a {CITING[about]}")
        row = {"about": about, "target": target, "side": side or None, **place}
        return insert_citations(act, [row], who(act, study, coder))[0]


def uncite(study: Opened, citation: str, *, id: str | None = None) -> bool:
    """Take a place away from what rests on it; returns whether anything changed.

    Parameters
    ----------
    study : Study
    citation : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("take a cited place away", id=id) as act:
        if not act.delete("citation", [citation]):
            raise P3CError(_gone(act.connection, "citation", "cited place", citation))
        return True


def place_of(
    spots: Spots,
    source: str,
    start: int | None,
    end: int | None,
    problems: list[Problem],
    at: str = "",
) -> dict[str, Any]:
    """Return the columns of a place, a source as a whole or a span; what is wrong is noted."""
    if start is None and end is None:
        found = spots.source(source, at)
        if isinstance(found, Problem):
            problems.append(found)
            return {}
        return {"source": found}
    spot = spots.find(source, start, end, at)
    if isinstance(spot, Problem):
        problems.append(spot)
        return {}
    return {
        "source": spot.source,
        "text": spot.text,
        "start": spot.start,
        "end": spot.end,
        "quote": spot.quote,
    }


def insert_citations(act: Act, rows: Sequence[dict[str, Any]], coder: str) -> list[str]:
    """Write cited places that are not there yet; returns the ids of all of them, in order.

    Parameters
    ----------
    act : Act
    rows : sequence of dict
        With ``about``, ``target``, ``side`` and what `place_of` gives.
    coder : str
        Row id.
    """
    stored = ROWS["citation"]
    wanted = select(stored).where(stored.c.target.in_({row["target"] for row in rows}))
    there = {
        tuple(row[name] for name in _SAME): str(row["id"])
        for row in act.connection.execute(wanted).mappings()
    }
    fresh: dict[tuple[Any, ...], dict[str, Any]] = {}
    names = [tuple(row.get(name) for name in _SAME) for row in rows]
    for name, row in zip(names, rows, strict=True):
        if name not in there:
            fresh.setdefault(name, {**row, "coder": coder})
    there |= dict(zip(fresh, act.insert("citation", list(fresh.values())), strict=True))
    return [there[name] for name in names]


def _check_target(connection: Connection, about: str, target: str, problems: list[Problem]) -> None:
    if about not in CITING:
        what = f"{about[:40]!r} does not rest on places"
        problems.append(Problem(what, "", tuple(CITING), nearest(about, CITING)))
        return
    rows = ROWS[about]
    if connection.scalar(select(rows.c.id).where(rows.c.id == target)) is None:
        problems.append(_gone(connection, about, CITING[about], target))


def _gone(connection: Connection, table: str, called: str, name: str) -> Problem:
    said = gone(connection, table, name)
    what = f"there is no such {called}"
    if "took it away" in said.what:
        what = said.what.replace(table, called, 1)
    return Problem(what, do=said.do, code="gone")
