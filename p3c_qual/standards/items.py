"""Reporting and quality standards: what the study holds for an item, and how the team judges it.

Items are judged one by one and never added up: no total is given anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.lists import read_lists
from p3c_qual.realist.writing import who
from p3c_qual.standards.held import held_by
from p3c_qual.standards.lookup import Found
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.opened import Opened

__all__ = [
    "NOT_HELD",
    "Item",
    "Judged",
    "appraise",
    "label_of_standard",
    "read_standards",
    "standards",
    "table_standards",
]

NOT_HELD = "not held here"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a standard.

    Attributes
    ----------
    standard : str
        ``coreq``, ``srqr``, ``rameses_reporting`` or ``rameses_quality``.
    item : int
    section, label : str
        In our own short words.
    grades : tuple of str
        What can be said of it.
    held : str
        What is looked up in the study, see `held`; may be empty.
    answers : tuple of str
        Items of the form ``methods`` in which the author says it.
    report : str
        Key of the section of a report where it stands, ``chapters`` for those of the findings;
        may be empty.
    judge : bool
        Whether what is held only shows what there is, and somebody has to judge whether it will do.
    words : tuple of str
        Words of which one has to be in what is held, or it has to be judged.
    """

    standard: str
    item: int
    section: str
    label: str
    grades: tuple[str, ...]
    held: str
    answers: tuple[str, ...] = ()
    report: str = ""
    judge: bool = False
    words: tuple[str, ...] = ()

    def met_by(self, held: str) -> bool:
        """Say whether what is held fills it, without anybody's judgement.

        Parameters
        ----------
        held : str

        Examples
        --------
        >>> title = standards()["rameses_reporting"][0]
        >>> title.met_by("Care at home: a realist evaluation"), title.met_by("Realistic care")
        (True, False)
        """
        if self.words:
            said = "|".join(map(re.escape, self.words))
            return re.search(rf"\b({said})\b", held, re.IGNORECASE) is not None
        return bool(held) and not self.judge


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what the study holds for it, and what the team says.

    Attributes
    ----------
    of : Item
    held, found_at : str
        What was found, and where; empty where the study holds nothing.
    id : str
        Row id of the judgement; empty where there is none.
    grade, place, note : str
        What the team says.
    coder : str or None
        Row id of who judged.
    """

    of: Item
    held: str
    found_at: str
    id: str = ""
    grade: str = ""
    place: str = ""
    note: str = ""
    coder: str | None = None


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    made: dict[str, Any] = read_lists(Path(__file__).parent / "standards.yml")
    return made


@lru_cache(maxsize=1)
def standards() -> dict[str, tuple[Item, ...]]:
    """Return the items of each standard, in their order.

    Examples
    --------
    >>> {name: len(items) for name, items in standards().items()}
    {'coreq': 32, 'srqr': 21, 'rameses_reporting': 20, 'rameses_quality': 8}
    """
    return {
        name: tuple(
            Item(
                name,
                each["item"],
                each["section"],
                each["label"],
                tuple(said["grades"]),
                each.get("held", ""),
                tuple(each.get("answers", ())),
                each.get("report", ""),
                each.get("judge") is True,
                tuple(each["judge"]) if isinstance(each.get("judge"), list) else (),
            )
            for each in said["items"]
        )
        for name, said in _file().items()
    }


def label_of_standard(standard: str) -> str:
    """Return how a standard is called, with the year of its wording where it is told by it."""
    said = _file()[standard]
    year = "" if standard.startswith("rameses") else f" ({said['version']})"
    return f"{said['label']}{year}"


def appraise(
    study: Opened,
    standard: str,
    item: int,
    grade: str,
    *,
    place: str = "",
    note: str = "",
    was: Mapping[str, str] | None = None,
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Judge an item of a standard; returns the row id.

    Parameters
    ----------
    study : Study
    standard : str
        ``coreq``, ``srqr``, ``rameses_reporting`` or ``rameses_quality``.
    item : int
    grade : str
        Of reporting ``yes``, ``no`` or ``unclear``; of quality ``inadequate``, ``adequate``,
        ``good`` or ``excellent``. Empty takes the grade back.
    place : str
        Where it is reported: a section or a page.
    note : str
        What the judgement rests on.
    was : dict of str to str, optional
        By field, what was seen before: ``grade``, ``place``, ``note``.
    coder : str, optional
        Who judges; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        If there is no such standard, item or grade, or somebody has judged it since it was seen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> appraise(study, "rameses_quality", 9, "good")
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: the RAMESES II quality standards have items 1 to 8, and no 9.
    """
    with study.act("judge an item of a standard", id=id) as act:
        what = _item(standard, item)
        if grade and grade not in what.grades:
            said = f"{grade[:60]!r} is no grade of the {_file()[standard]['label']}"
            raise P3CError(Problem(said, "", what.grades, nearest(grade, what.grades)))
        act.say(f"judge item {item} of the {_file()[standard]['label']}")
        table = ROWS["appraisal"]
        mine = select(table.c.id).where(table.c.standard == standard, table.c.item == item)
        there = act.connection.scalars(mine.order_by(table.c.id)).first()
        row = {
            "grade": grade or None,
            "place": clean(place) or None,
            "note": clean(note) or None,
            "coder": who(act, study, coder),
        }
        seen = {name: said for name, said in (was or {}).items() if name in row}
        if there:
            check_seen(act, "appraisal", there, seen)
            act.update("appraisal", {there: row})
            return str(there)
        if any(seen.values()):
            raise P3CError(Problem("this judgement was removed meanwhile", code="gone"))
        (name,) = ids_for(act, "appraisal", [(standard, str(item))])
        return act.insert("appraisal", [{"id": name, "standard": standard, "item": item, **row}])[0]


def read_standards(study: Opened, *, programme: str = "") -> list[Judged]:
    """Return every item of all standards, with what the study holds and what the team says.

    Parameters
    ----------
    study : Study
    programme : str
        Key; what is looked up in sources is looked up in those of this one alone.
    """
    table = ROWS["appraisal"]
    with study.store.read() as connection:
        rows = {
            (row["standard"], row["item"]): row
            for row in connection.execute(select(table).order_by(table.c.id.desc())).mappings()
        }
        reporting = standards()["rameses_reporting"]
        judged = sum(
            bool(rows[each.standard, each.item]["grade"])
            for each in reporting
            if (each.standard, each.item) in rows
        )
        held = held_by(study, connection, graded=judged, items=len(reporting), programme=programme)
    made = []
    for items in standards().values():
        for each in items:
            row = rows.get((each.standard, each.item))
            found = held[each.held] if each.held else Found()
            said = (
                ()
                if row is None
                else (
                    row["id"],
                    row["grade"] or "",
                    row["place"] or "",
                    row["note"] or "",
                    row["coder"],
                )
            )
            made.append(Judged(each, found.what, found.where, *said))
    return made


def table_standards(study: Opened, standard: str = "rameses_reporting") -> pd.DataFrame:
    """Return a standard item by item: what the study holds, where, and how the team judges it.

    Parameters
    ----------
    study : Study
    standard : str
        ``coreq``, ``srqr``, ``rameses_reporting`` or ``rameses_quality``.

    Returns
    -------
    DataFrame
        ``item`` (int), ``section``, ``label``, ``held`` (``not held here`` where the study holds
        nothing for it), ``found_at``, ``grade`` (empty where it is not judged), ``place`` and
        ``note`` (str). ``attrs``: ``caption``, ``headings``, ``notes``, ``denominators``. There is
        no total.

    Raises
    ------
    P3CError
        If there is no such standard.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_standards(study).loc[19, ["label", "held"]].tolist()
    ['Funding and conflicts of interest', 'not held here']
    """
    import pandas as pd

    _check(standard)
    judged = [each for each in read_standards(study) if each.of.standard == standard]
    rows = [
        {
            "item": each.of.item,
            "section": each.of.section,
            "label": each.of.label,
            "held": each.held or NOT_HELD,
            "found_at": each.found_at,
            "grade": each.grade,
            "place": each.place,
            "note": each.note,
        }
        for each in judged
    ]
    frame = pd.DataFrame(rows).astype({"item": "int64"})
    reporting = standard != "rameses_quality"
    done = sum(bool(each.grade) for each in judged)
    held = sum(bool(each.held) for each in judged)
    frame.attrs = {
        "caption": (
            f"{_file()[standard]['label']}: {done} of {len(judged)} items judged; for {held} the "
            "study holds something."
        ),
        "unit": "items",
        "denominators": {"items": len(judged)},
        "headings": {
            "label": "Item in short" if reporting else "Standard in short",
            "item": "No.",
            "held": "What the study holds",
            "found_at": "Where in the study",
            "grade": "Reported" if reporting else "Judgement",
            "place": "Where in the report" if reporting else "Place",
            "note": "Note",
        },
        "anchor": "item",
        "notes": [
            "Items in our own short words; what each asks is said in the published standard.",
            "What the study holds was counted and is no judgement; nothing is added up.",
        ],
    }
    return frame


def _check(standard: str) -> None:
    valid = tuple(standards())
    if standard not in valid:
        what = f"there is no standard {standard[:60]!r}"
        raise P3CError(Problem(what, "", valid, nearest(standard, valid)))


def _item(standard: str, number: int) -> Item:
    _check(standard)
    items = standards()[standard]
    found = next((each for each in items if each.item == number), None)
    if found is None:
        label = _file()[standard]["label"]
        raise P3CError(Problem(f"the {label} have items 1 to {len(items)}, and no {number}"))
    return found
