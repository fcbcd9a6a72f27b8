"""The closing back-check as a table: the sample, each unit's category, the verdict."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.about import about_question, read_summarising, warn_of_refusals
from p3c_qual.mayring.summarising.back_check import VERDICTS, judge
from p3c_qual.mayring.summarising.categories import read_categories
from p3c_qual.mayring.summarising.state import STATES, number_units, read_units
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.mayring.summarising.categories import Category
    from p3c_qual.mayring.summarising.state import Unit
    from p3c_qual.opened import Opened

__all__ = ["judge_number", "table_back_check"]

_HEADINGS = {
    "seed": "Seed",
    "position": "Drawn",
    "no": "No.",
    "place": "Place",
    "quote": "Words of the source",
    "paraphrase": "Paraphrase",
    "category": "Category",
    "verdict": "Represented",
    "remark": "Remark",
    "coder": "Judged by",
}


def table_back_check(study: Opened, question: str) -> pd.DataFrame:
    """Return the sample of the back-check with its verdicts, in the order drawn.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question with summarising.

    Returns
    -------
    DataFrame
        ``seed``, ``position`` (int, from 1), ``no`` (int, of the unit), ``place`` (``source
        start-end``), ``quote``, ``paraphrase``, ``category`` (from the most general one down; of
        a unit in none, what became of it), ``verdict`` (``yes``, ``partly``, ``no`` or empty),
        ``remark``, ``coder``. ``attrs``: ``samples`` (list of ``seed``, ``drawn``, ``of``,
        ``yes``, ``partly``, ``no``, ``open``), ``caption``, ``unit``, ``denominators``, and what
        `p3c_qual.mayring.about.about_question` names.

    Raises
    ------
    P3CError
        If there is no such question with summarising.
    """
    import pandas as pd

    check, coder = ROWS["back_check"], ROWS["coder"]
    with study.store.read() as connection:
        asked = read_summarising(connection, question)
        units = {unit.id: unit for unit in read_units(connection, asked)}
        tree = read_categories(connection, asked)
        about = about_question(connection, asked)
        wanted = (
            select(check, coder.c.key.label("by"))
            .join(coder, coder.c.id == check.c.coder, isouter=True)
            .where(check.c.question == asked.id)
            .order_by(check.c.seed, check.c.position, check.c.id)
        )
        notices = warn_of_refusals(connection, {unit.source for unit in units.values()})
        drawn = [row for row in connection.execute(wanted) if row.paraphrase in units]
    rows: list[dict[str, Any]] = []
    for row in drawn:
        unit = units[row.paraphrase]
        rows.append(
            {
                "seed": row.seed or 0,
                "position": (row.position or 0) + 1,
                "no": unit.no,
                "place": f"{unit.source_key} {unit.start}-{unit.end}",
                "quote": unit.quote,
                "paraphrase": unit.paraphrase,
                "category": _category(unit, units, tree),
                "verdict": row.verdict or "",
                "remark": row.remark or "",
                "coder": row.by or "",
            }
        )
    frame = pd.DataFrame(rows, columns=list(_HEADINGS))
    frame = frame.astype(dict.fromkeys(("seed", "position", "no"), "int64"))
    of = sum(unit.state not in {"unit", "dropped"} for unit in units.values())
    samples = [_sample(rows, seed, of) for seed in dict.fromkeys(row["seed"] for row in rows)]
    frame.attrs = {
        "caption": f"Back-check: {asked.label}",
        "unit": "coding units with a paraphrase, drawn at random; is the content represented by a "
        "category?",
        "denominators": {"units with a paraphrase": of, "drawn": len(rows)},
        "samples": samples,
        **about,
        "headings": dict(_HEADINGS),
        "anchor": "place",
        "notices": notices,
        "notes": [_said(sample) for sample in samples],
    }
    return frame


def judge_number(
    study: Opened,
    question: str,
    no: int,
    verdict: str,
    *,
    remark: str = "",
    seed: int | None = None,
    id: str | None = None,
) -> bool:
    """Judge a unit of the back-check by its number, see `p3c_qual.mayring.back_check.judge`.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id.
    no : int
        Of the unit, as `table_back_check` gives it.
    verdict, remark : str
    seed : int, optional
        Of the sample; needed where the unit stands in several.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If the unit was not drawn, or stands in several samples.
    """
    check = ROWS["back_check"]
    with study.store.read() as connection:
        asked = read_summarising(connection, question)
        numbers = number_units(connection, asked)
        rows = connection.execute(
            select(check.c.id, check.c.paraphrase, check.c.seed).where(check.c.question == asked.id)
        ).all()
    drawn = [row for row in rows if seed is None or row.seed == seed]
    found = [row for row in drawn if numbers.get(row.paraphrase) == no]
    if not found:
        valid = tuple(str(n) for n in sorted({numbers.get(row.paraphrase, 0) for row in drawn}))
        do = "" if drawn else f"Draw a sample first: p3c summary draw {asked.key}"
        raise P3CError(Problem(f"no. {no} was not drawn", asked.key, valid, do=do))
    if len(found) > 1:
        seeds = tuple(str(row.seed) for row in found)
        what = f"no. {no} stands in several samples"
        raise P3CError(Problem(what, asked.key, seeds, do="Name the seed of one of them."))
    return judge(study, found[0].id, verdict, remark=remark, id=id)


def _sample(rows: list[dict[str, Any]], seed: int, of: int) -> dict[str, int]:
    counts = Counter(row["verdict"] for row in rows if row["seed"] == seed)
    return {
        "seed": seed,
        "drawn": sum(counts.values()),
        "of": of,
        **{name: counts[name] for name in VERDICTS},
        "open": counts[""],
    }


def _said(sample: Mapping[str, int]) -> str:
    counts = ", ".join(f"{name} {sample[name]}" for name in VERDICTS)
    waits = f", not judged {sample['open']}" if sample["open"] else ""
    return (
        f"Seed {sample['seed']}: {sample['drawn']} drawn of {sample['of']} units with a "
        f"paraphrase; represented: {counts}{waits}."
    )


def _category(unit: Unit, units: Mapping[str, Unit], tree: Mapping[str, Category]) -> str:
    """Return the way from the most general category down, or what became of the unit."""
    if unit.state == "bundled" and unit.reduction and unit.reduction in tree:
        return " › ".join(tree[name].label for name in reversed(tree[unit.reduction].path))
    if unit.state == "left_over":
        return f"left over: {unit.left_over}"
    if unit.state == "deleted":
        said = f"deleted ({unit.z3 or 'rule not recorded'})"
        twin = units.get(unit.same_as or "")
        if twin and unit.z3 == "Z3.1":
            where = _category(twin, {}, tree)
            return f"{said}, same as no. {twin.no}: {where}"
        return f"{said}: {unit.reason}" if unit.reason else said
    return STATES[unit.state]
