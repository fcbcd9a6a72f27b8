"""How many units a summarising has left after each stage, and what went where."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from p3c_qual.mayring.about import about_question, read_summarising
from p3c_qual.mayring.summarising.categories import read_categories
from p3c_qual.mayring.summarising.state import read_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from p3c_qual.mayring.summarising.categories import Category
    from p3c_qual.mayring.summarising.state import Unit
    from p3c_qual.opened import Opened

__all__ = ["table_funnel"]

#: why units do not go on, by the rule that says so
_WHY = {
    "Z1.1": "dropped: carries little or no content",
    "Z3.1": "deleted: says the same as another",
    "Z3.2": "deleted: not essential",
    "Z3.4": "deleted: by a theoretical assumption",
    "": "deleted: rule not recorded",
    "left over": "left over, with a reason",
}
#: each stage with its rules, what is still open in it, and the state that means so
_STAGES = (
    ("units", "units", "", "no paraphrase yet", "unit"),
    ("paraphrased", "paraphrased", "Z1", "no generalisation yet", "paraphrased"),
    ("generalised", "generalised", "Z2", "first reduction open", "generalised"),
    ("kept", "kept", "Z3", "second reduction open", "kept"),
    ("bundled", "in categories", "Z4", "", ""),
)
_COLUMNS = ["stage", "what", "kind", "rule", "n", "counted"]


def table_funnel(study: Opened, question: str) -> pd.DataFrame:
    """Count what each stage of a summarising keeps, and what leaves it by which rule.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question with summarising.

    Returns
    -------
    DataFrame
        In the order of the procedure: ``stage`` (``units``, ``paraphrased``, ``generalised``,
        ``kept``, ``bundled``, ``categories``, ``main``), ``what`` (in words), ``kind``
        (``stage``: how many reach it; ``left``: how many leave behind it; ``open``: how many
        wait in it), ``rule``, ``n`` (int) and ``counted`` (``units`` or ``categories``). What
        reaches a stage is what reaches the next one, what left, and what is open. ``attrs``:
        ``conservation`` (the sum in words), ``conserved`` (bool), ``mains`` (list of main
        categories as ``label``, ``units``, ``categories``), ``caption``, ``unit``,
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
        about = about_question(connection, asked)
    rows = _rows(units, tree)
    frame = pd.DataFrame(rows, columns=_COLUMNS).astype({"n": "int64"})
    ends = [row for row in rows if row["counted"] == "units" and row["kind"] != "stage"]
    bundled = next(row["n"] for row in rows if row["stage"] == "bundled")
    total = bundled + sum(row["n"] for row in ends)
    parts = [f"{bundled:,} in categories"]
    parts += [_part(row) for row in ends if row["n"]]
    frame.attrs = {
        "caption": f"Reduction: {asked.label}",
        "unit": "coding units, then categories",
        "denominators": {"units": len(units), "categories": len(tree)},
        "conservation": f"{len(units):,} units = {' + '.join(parts)}",
        "conserved": total == len(units),
        "mains": _mains(units, tree),
        **about,
        "headings": {
            "stage": "Stage",
            "what": "What",
            "kind": "Kind",
            "rule": "Rule",
            "n": "n",
            "counted": "Counted",
        },
    }
    frame.attrs["notes"] = [f"{frame.attrs['conservation']}."]
    return frame


def _part(row: dict[str, Any]) -> str:
    """Return one part of the sum: how many, and by which rule."""
    said = row["what"].partition(":" if row["rule"] else ",")[0]
    return f"{row['n']:,} {said}" + (f" ({row['rule']})" if row["rule"] else "")


def _rows(units: Sequence[Unit], tree: Mapping[str, Category]) -> list[dict[str, Any]]:
    states = Counter(unit.state for unit in units)
    deleted = Counter(
        unit.z3 if unit.z3 in _WHY else "" for unit in units if unit.state == "deleted"
    )
    leave = {
        "units": {"Z1.1": states["dropped"]},
        "generalised": {
            name: deleted[name] for name in ("Z3.1", "Z3.2", "Z3.4", "") if name or deleted[name]
        },
        "kept": {"left over": states["left_over"]},
    }
    rows: list[dict[str, Any]] = []
    here = len(units)
    for stage, what, rule, waits, state in _STAGES:
        rows.append(_row(stage, what, "stage", rule, here))
        for name, count in leave.get(stage, {}).items():
            rows.append(
                _row(stage, _WHY[name], "left", name if name.startswith("Z") else "", count)
            )
            here -= count
        if state and states[state]:
            rows.append(_row(stage, waits, "open", "", states[state]))
            here -= states[state]
    reached = {unit.reduction for unit in units if unit.state == "bundled"}
    held = [tree[name] for name in reached if name and name in tree]
    tops = {each.top for each in held if len(each.path) > 1}
    above = {name for each in held for name in each.path}
    rows.append(_row("categories", "categories", "stage", "Z4", len(held), "categories"))
    if empty := len(tree.keys() - above):
        rows.append(
            _row("categories", "categories that no unit is in", "open", "", empty, "categories")
        )
    rows.append(_row("main", "main categories", "stage", "Z4", len(tops), "categories"))
    return rows


def _row(
    stage: str, what: str, kind: str, rule: str, n: int, counted: str = "units"
) -> dict[str, Any]:
    return {"stage": stage, "what": what, "kind": kind, "rule": rule, "n": n, "counted": counted}


def _mains(units: Sequence[Unit], tree: Mapping[str, Category]) -> list[dict[str, Any]]:
    """Return the most general categories with the units they hold, the largest first."""
    held = Counter(unit.reduction for unit in units if unit.state == "bundled")
    found: dict[str, dict[str, Any]] = {}
    for name, each in tree.items():
        if held[name]:
            top = found.setdefault(
                each.top, {"label": tree[each.top].label, "units": 0, "categories": 0}
            )
            top["units"] += held[name]
            top["categories"] += each.top != name
    return sorted(found.values(), key=lambda top: -top["units"])
