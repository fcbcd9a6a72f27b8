"""Mayring's table of a summarising: one row a unit, from its place to its category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.mayring.about import about_question, read_summarising, warn_of_refusals
from p3c_qual.mayring.summarising.categories import read_categories
from p3c_qual.mayring.summarising.line_places import read_places
from p3c_qual.mayring.summarising.state import STATES, read_units
from p3c_qual.mayring.techniques import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.mayring.summarising.categories import Category
    from p3c_qual.mayring.summarising.state import Unit
    from p3c_qual.opened import Opened

__all__ = ["COLUMNS", "table_summary"]

#: what is read by people, with its heading
_SHOWN = {
    "case": "Case",
    "no": "No.",
    "place": "Place",
    "quote": "Words of the source",
    "paraphrase": "Paraphrase",
    "generalisation": "Generalisation",
    "reduction_1": "Reduction 1",
    "reduction_2": "Reduction 2 (category)",
    "state": "State",
}
#: what makes the row again
_AGAIN = (
    *("question", "source", "start", "end", "z1", "dropped", "z2", "decision", "z3", "same_as"),
    *("reason", "category", "z4", "left_over", "main_category", "main_z4"),
)
COLUMNS = (*_SHOWN, *_AGAIN)


def table_summary(study: Opened, question: str) -> pd.DataFrame:
    """Return the table of a summarising as Mayring draws it, one row a unit.

    Written as CSV by `p3c_qual.write_table` it can be loaded again, and changes nothing.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question with summarising.

    Returns
    -------
    DataFrame
        To be read: ``case`` (the recording unit; the source's key where that is a programme or
        the whole study), ``no`` (int, from 1), ``place`` (source, page and line where known, and
        the range), ``quote``, ``paraphrase``, ``generalisation``, ``reduction_1`` (the decision
        in words, with its rule), ``reduction_2`` (the category, the rule, and the more general
        one it was taken up into) and ``state``. To make it again: ``question`` (key), ``source``
        (key), ``start``, ``end`` (int, code points, half-open), ``z1``, ``z2`` (rule ids with
        blanks between them), ``dropped``, ``decision`` (``keep``, ``delete`` or empty), ``z3``,
        ``same_as`` (the other row's number, or empty), ``reason``, ``category``, ``z4``,
        ``left_over``, ``main_category``, ``main_z4``. ``attrs``: ``caption``, ``unit``,
        ``denominators``, and what `p3c_qual.mayring.about.about_question` names.

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
        places = read_places(connection, [(unit.text, unit.start) for unit in units])
        about = about_question(connection, asked)
        notices = warn_of_refusals(connection, {unit.source for unit in units})
    numbers = {unit.id: unit.no for unit in units}
    by_source = asked.recording_unit in {"programme", "study", ""}
    rows = []
    for unit in units:
        category = tree.get(unit.reduction or "") if unit.state == "bundled" else None
        where = places.get((unit.text, unit.start), "")
        rows.append(
            {
                "case": unit.source_key if by_source else unit.recording_unit,
                "no": unit.no,
                "place": _place(unit, where),
                "quote": unit.quote,
                "paraphrase": unit.paraphrase,
                "generalisation": unit.generalisation,
                "reduction_1": _first(unit, numbers),
                "reduction_2": _second(unit, category, tree),
                "state": _state(unit),
                **_again(unit, numbers, category, tree, asked.key),
            }
        )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.astype({"no": "int64", "start": "int64", "end": "int64"})
    sources = len({unit.source for unit in units})
    frame.attrs = {
        "caption": f"Summarising: {asked.label}",
        "unit": f"coding unit ({asked.coding_unit or 'not declared'})",
        "denominators": {
            "units": len(units),
            "sources with units": sources,
            "sources in the material": len(about["sources"]),
        },
        **about,
        "headings": dict(_SHOWN),
        "shown": list(_SHOWN),
        "beneath": {"paraphrase": "z1", "generalisation": "z2"},
        "anchor": "place",
        "notices": notices,
        "notes": _notes(units),
    }
    return frame


def _place(unit: Unit, where: str) -> str:
    return ", ".join(filter(None, (unit.source_key, where, f"{unit.start}–{unit.end}")))


def _first(unit: Unit, numbers: Mapping[str, int]) -> str:
    """Say the decision of the first reduction in words."""
    if unit.kept is None or unit.state in {"unit", "dropped", "paraphrased"}:
        return ""
    if unit.state == "generalised":
        # copies that were joined: what it was deleted for is not kept itself
        return "open again: what it repeats is not kept"
    said = f"{'kept' if unit.kept else 'deleted'} ({unit.z3 or 'rule not recorded'})"
    if unit.same_as and unit.z3 == "Z3.1":
        said += f", same as no. {numbers.get(unit.same_as, '?')}"
    return f"{said}: {unit.reason}" if unit.reason else said


def _second(unit: Unit, category: Category | None, tree: Mapping[str, Category]) -> str:
    """Say the category in words, with what it was taken up into."""
    if unit.state == "left_over":
        return f"left over: {unit.left_over}"
    if category is None:
        return ""
    said = f"{category.label} ({unit.z4 or 'rule not recorded'})"
    for name, lower in zip(category.path[1:], category.path, strict=False):
        rule, reason = tree[lower].rule, tree[lower].reason
        said += f" → {tree[name].label}" + (f" ({rule})" if rule else "")
        said += f": {reason}" if reason else ""
    return said


def _state(unit: Unit) -> str:
    said = STATES[unit.state]
    if unit.state == "dropped" and unit.dropped:
        said += f": {unit.dropped}"
    return f"{said}; its source was edited since" if unit.edited else said


def _again(
    unit: Unit,
    numbers: Mapping[str, int],
    category: Category | None,
    tree: Mapping[str, Category],
    question: str,
) -> dict[str, Any]:
    main = tree.get(category.path[1]) if category and len(category.path) > 1 else None
    decided = unit.state not in {"unit", "dropped", "paraphrased", "generalised"}
    twin = numbers.get(unit.same_as or "") if decided and unit.z3 == "Z3.1" else None
    return {
        "question": question,
        "source": unit.source_key,
        "start": unit.start,
        "end": unit.end,
        "z1": " ".join(unit.z1),
        "dropped": unit.dropped,
        "z2": " ".join(unit.z2),
        "decision": ("keep" if unit.kept else "delete") if decided else "",
        "z3": unit.z3 if decided else "",
        "same_as": "" if twin is None else str(twin),
        "reason": unit.reason if decided else "",
        "category": category.label if category else "",
        "z4": unit.z4 if category else "",
        "left_over": unit.left_over if unit.state == "left_over" else "",
        "main_category": main.label if main else "",
        "main_z4": category.rule if category and main else "",
    }


def _notes(units: list[Unit]) -> list[str]:
    used = {rule for unit in units for rule in (*unit.z1, *unit.z2, unit.z3, unit.z4)}
    notes = [f"{name}: {rule.title}." for name, rule in RULES.items() if name in used]
    if any(unit.edited for unit in units):
        notes.append("Units of an edited source stand in the text version they were made in.")
    return notes
