"""The category system of a summarising, with the way from each category to its units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.mayring.about import about_question, read_summarising
from p3c_qual.mayring.summarising.categories import in_order, read_categories
from p3c_qual.mayring.summarising.state import read_units
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.summarising.state import Unit
    from p3c_qual.opened import Opened

__all__ = ["table_categories"]

_HEADINGS = {
    "main_category": "Main category",
    "category": "Category",
    "depth": "Depth",
    "rule": "Taken up by",
    "rules": "Bundled by",
    "units": "Units",
    "own": "Of its own",
    "repeated": "Said again",
    "cases": "Cases",
    "numbers": "Units, by number",
    "first_place": "First place",
    "places": "Places",
    "code": "Code",
}


def table_categories(study: Opened, question: str) -> pd.DataFrame:
    """Return the category system with its provenance, what is more general first.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question with summarising.

    Returns
    -------
    DataFrame
        ``main_category`` (the most general one above it, empty where it is that itself),
        ``category``, ``depth`` (int, 1 at the top), ``rule`` (by which it was taken up),
        ``rules`` (by which its units were bundled), ``units`` (int, with those of categories
        below it), ``own`` (int, in it itself), ``repeated`` (int, units deleted by Z3.1 as
        saying the same as one of them), ``cases`` (int, recording units), ``numbers`` (of the
        units), ``first_place``, ``places`` (``source start-end`` with ``;`` between them),
        ``code`` (key of the code made of it, or empty). ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``left_over`` (list of ``no``, ``place``, ``generalisation``,
        ``reason``), and what `p3c_qual.mayring.about.about_question` names.

    Raises
    ------
    P3CError
        If there is no such question with summarising.
    """
    import pandas as pd

    with study.store.read() as connection:
        asked = read_summarising(connection, question)
        units = read_units(connection, asked)
        tree = read_categories(connection, asked)
        about = about_question(connection, asked)
        codes = _codes(connection)
    own: dict[str, list[Unit]] = {name: [] for name in tree}
    below: dict[str, list[Unit]] = {name: [] for name in tree}
    into = {unit.id: unit.reduction for unit in units if unit.state == "bundled"}
    for unit in units:
        if into.get(unit.id) in tree:
            own[str(unit.reduction)].append(unit)
            for name in tree[str(unit.reduction)].path:
                below[name].append(unit)
    again = dict.fromkeys(tree, 0)
    for unit in units:
        if unit.state == "deleted" and unit.z3 == "Z3.1" and into.get(unit.same_as or "") in tree:
            for name in tree[str(into[str(unit.same_as)])].path:
                again[name] += 1
    rows = [
        {
            "main_category": tree[each.top].label if each.top != each.id else "",
            "category": each.label,
            "depth": len(each.path),
            "rule": each.rule,
            "rules": " ".join(sorted({unit.z4 for unit in own[each.id]} - {""})),
            "units": len(below[each.id]),
            "own": len(own[each.id]),
            "repeated": again[each.id],
            "cases": len({unit.recording_unit for unit in below[each.id]}),
            "numbers": ", ".join(str(unit.no) for unit in below[each.id]),
            "first_place": _place(below[each.id][0]) if below[each.id] else "",
            "places": "; ".join(map(_place, below[each.id])),
            "code": codes.get(each.code or "", ""),
        }
        for each in in_order(tree)
    ]
    frame = pd.DataFrame(rows, columns=list(_HEADINGS))
    numbers = ("depth", "units", "own", "repeated", "cases")
    frame = frame.astype(dict.fromkeys(numbers, "int64"))
    left = [unit for unit in units if unit.state == "left_over"]
    frame.attrs = {
        "caption": f"Category system: {asked.label}",
        "unit": "coding units in a category, and recording units with at least one",
        "denominators": {
            "units": len(units),
            "units in categories": sum(unit.state == "bundled" for unit in units),
            "recording units": len({unit.recording_unit for unit in units}),
        },
        "left_over": [
            {
                "no": unit.no,
                "place": _place(unit),
                "generalisation": unit.generalisation,
                "reason": unit.left_over,
            }
            for unit in left
        ],
        **about,
        "headings": dict(_HEADINGS),
        "shown": [
            *("category", "rule", "rules", "units", "repeated", "cases"),
            *("first_place", "numbers"),
        ],
        "indent": ("category", "depth"),
        "notes": [
            "Said again: units deleted by Z3.1 that say the same as one of these.",
            *(f"Left over, no. {unit.no} ({_place(unit)}): {unit.left_over}" for unit in left),
        ],
    }
    return frame


def _place(unit: Unit) -> str:
    return f"{unit.source_key} {unit.start}-{unit.end}"


def _codes(connection: Connection) -> dict[Any, str]:
    code, book = ROWS["code"], ROWS["codebook"]
    wanted = select(code.c.id, code.c.key, book.c.key.label("book")).join(
        book, book.c.id == code.c.codebook
    )
    return {row.id: f"{row.book}:{row.key}" for row in connection.execute(wanted)}
