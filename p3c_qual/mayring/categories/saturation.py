"""Saturation: from which interview on hardly any category is new.

The method of Guest, Namey and Chen (2020), PLoS ONE 15(5): e0232076. The categories of the first
interviews are the base; what the next few bring, the run, is held against it, and the run slides
on by one interview at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.categories.accumulation import Gathered, Interview, gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["Course", "course_of", "table_saturation"]

ORDERS = ("date", "random")
BY = (None, "stakeholder_type")
#: the group of all interviews
ALL = "all"
_CAUTION = (
    "Saturation is meant for categories formed from the material; of a frame that was there "
    "before it says only how much of it was used."
)


@dataclass(frozen=True)
class Course:
    """How categories accumulated over interviews in one order.

    Attributes
    ----------
    new : tuple of int
        Categories that each interview brought.
    cumulative : tuple of int
        Those there were after it.
    base : int
        Unique ones in the first interviews.
    ratios : tuple of float or None
        By interview: what the run that ends there brought, over the base; None where no run
        ends, or the base holds nothing.
    met : int or None
        The interview, from 1, with which the first run below the threshold ends.
    """

    new: tuple[int, ...]
    cumulative: tuple[int, ...]
    base: int
    ratios: tuple[float | None, ...]
    met: int | None


def course_of(
    interviews: Sequence[frozenset[str]], *, base: int = 4, run: int = 2, threshold: float = 0.05
) -> Course:
    """Return how categories accumulated over interviews in the order given.

    Parameters
    ----------
    interviews : sequence of frozenset of str
        The categories of each.
    base, run : int
        Interviews that make up the base, and a run.
    threshold : float
        Share of new categories up to which saturation is met.

    Examples
    --------
    37 categories in the first four interviews, and seven more in the next two:

    >>> known = [frozenset(map(str, range(37)))] * 4
    >>> more = [frozenset(map(str, range(37, 41))), frozenset(map(str, range(41, 44)))]
    >>> course = course_of([*known, *more])
    >>> course.base, course.ratios[5], course.met
    (37, 0.1891891891891892, None)
    """
    seen: set[str] = set()
    new, cumulative = [], []
    for each in interviews:
        fresh = each - seen
        seen |= fresh
        new.append(len(fresh))
        cumulative.append(len(seen))
    unique = cumulative[base - 1] if len(cumulative) >= base else 0
    ratios: list[float | None] = []
    met = None
    for number in range(1, len(new) + 1):
        if number < base + run or not unique:
            ratios.append(None)
            continue
        ratio = sum(new[number - run : number]) / unique
        ratios.append(ratio)
        if met is None and ratio <= threshold:
            met = number
    return Course(tuple(new), tuple(cumulative), unique, tuple(ratios), met)


def table_saturation(
    study: Study,
    what: str,
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    order: str = "date",
    orders: int = 100,
    seed: int = 1,
    by: str | None = None,
    depth: int | None = None,
    round: str = "main",
    coder: str | None = None,
) -> pd.DataFrame:
    """Tabulate how categories accumulated over interviews, and where saturation was met.

    Parameters
    ----------
    study : Study
    what : str
        A research question (key or row id), or a codebook's key.
    base, run : int
        Interviews that make up the base, and a run.
    threshold : float
        Share of new categories up to which saturation is met, from 0 to 1.
    order : str
        ``date``: by the date of the interview, those without one last; ``random``: by chance,
        again and again.
    orders, seed : int
        How many random orders, and from which seed they are drawn.
    by : str, optional
        ``stakeholder_type``: each type for itself too; an interview may be of several.
    depth : int, optional
        Take categories below this depth for the one above them; 1 are those at the top.
    round : str
        Of the codings that count.
    coder : str, optional
        Only the codings of this one, and what this one worked through.

    Returns
    -------
    DataFrame
        ``group`` (``all``, or a stakeholder type), ``interview`` (int, from 1), ``source`` and
        ``date`` (str; empty for random orders), ``new`` (float, categories it brought),
        ``cumulative``, ``low``, ``high`` (float: how many there were after it; for random orders
        the median, and the 5th and 95th percentile), ``base`` (float, unique ones in the base),
        ``ratio`` (float, what the run that ends here brought over the base; for random orders
        the median), ``met`` (float, share of the orders in which saturation was met by then).
        Attributes: ``met`` (by group, ``6+2`` for a run of interviews 7 and 8, or empty; of
        random orders the first by which half of them had met it), ``not_assessable`` (by group,
        why), ``undated``, ``left_out`` (keys of sources), ``caution``, ``caption``, ``unit``.

    Raises
    ------
    P3CError
        If there is no such question or codebook, or a number is out of its range.
    """
    import pandas as pd

    _check(base, run, threshold, order, orders, by, depth)
    found = gather(study, what, depth=depth, round=round, coder=coder)
    groups: dict[str, list[Interview]] = {ALL: found.interviews}
    if by:
        types = sorted({kind for each in found.interviews for kind in each.types})
        groups |= {t: [each for each in found.interviews if t in each.types] for t in types}
    rows: list[dict[str, Any]] = []
    met: dict[str, str] = {}
    why: dict[str, str] = {}
    for name, some in groups.items():
        if reason := _not_assessable(some, base, run):
            why[name] = reason
        options = {"base": base, "run": run, "threshold": threshold}
        if order == "date":
            course = course_of([each.codes for each in some], **options)  # type: ignore[arg-type]
            rows += _dated(name, some, course)
            at = course.met
        else:
            courses = _drawn([each.codes for each in some], orders, seed, options)
            drawn = _band(name, len(some), courses)
            rows += drawn
            at = next((row["interview"] for row in drawn if row["met"] >= 0.5), None)
        met[name] = "" if at is None or name in why else f"{at - run}+{run}"
    columns = [
        *("group", "interview", "source", "date", "new", "cumulative", "low", "high"),
        *("base", "ratio", "met"),
    ]
    floats = dict.fromkeys(columns[4:], "float64")
    frame = pd.DataFrame(rows, columns=columns).astype({"interview": "int64", **floats})
    how = "by date" if order == "date" else f"median of {orders} random orders (seed {seed})"
    frame.attrs = {
        "what": what,
        "base": base,
        "run": run,
        "threshold": threshold,
        "order": order,
        "orders": orders if order == "random" else 1,
        "seed": seed if order == "random" else None,
        "met": met,
        "not_assessable": why,
        "undated": [each.key for each in found.interviews if not each.date],
        "left_out": found.left_out,
        "unit": "categories with at least one coding in the interview",
        "caution": _CAUTION,
        "caption": _caption(found, how, base, run, threshold, coder),
    }
    return frame


def _caption(
    found: Gathered, how: str, base: int, run: int, threshold: float, coder: str | None
) -> str:
    whose = f"of {coder}" if coder else "of all coders"
    said = [
        f"{found.label}: categories over interviews, {how}",
        f"Base {base} interviews, run {run}, threshold {100 * threshold:g} %",
        f"Counted: categories with at least one coding in the interview, {whose}",
    ]
    undated = sum(not each.date for each in found.interviews)
    if undated and how == "by date":
        said.append(f"{undated} without a date stand last, in the order of their keys")
    if found.left_out:
        said.append(f"{len(found.left_out)} sources left out: no interview, or not worked through")
    return ". ".join(said) + "."


def _not_assessable(interviews: Sequence[Interview], base: int, run: int) -> str:
    count = len(interviews)
    if count < base + run:
        noun = "interview" if count == 1 else "interviews"
        return f"not assessable: {count} {noun}, and base and run need {base + run}"
    if not any(each.codes for each in interviews[:base]):
        return f"not assessable: no category in the first {base} interviews"
    return ""


def _dated(group: str, interviews: Sequence[Interview], course: Course) -> list[dict[str, Any]]:
    return [
        {
            "group": group,
            "interview": number,
            "source": each.key,
            "date": each.date,
            "new": course.new[number - 1],
            "cumulative": course.cumulative[number - 1],
            "low": course.cumulative[number - 1],
            "high": course.cumulative[number - 1],
            "base": course.base,
            "ratio": course.ratios[number - 1],
            "met": float(course.met is not None and course.met <= number),
        }
        for number, each in enumerate(interviews, 1)
    ]


def _drawn(
    interviews: Sequence[frozenset[str]], orders: int, seed: int, options: dict[str, Any]
) -> list[Course]:
    import numpy as np

    chance = np.random.default_rng(seed)
    return [
        course_of([interviews[place] for place in chance.permutation(len(interviews))], **options)
        for _ in range(orders)
    ]


def _band(group: str, count: int, courses: Sequence[Course]) -> list[dict[str, Any]]:
    import numpy as np

    rows: list[dict[str, Any]] = []
    if not count:
        return rows
    band = np.percentile(np.array([course.cumulative for course in courses]), [5, 50, 95], axis=0)
    new = np.median(np.array([course.new for course in courses]), axis=0)
    for number in range(1, count + 1):
        ratios = [ratio for course in courses if (ratio := course.ratios[number - 1]) is not None]
        low, middle, high = (float(value) for value in band[:, number - 1])
        rows.append(
            {
                "group": group,
                "interview": number,
                "source": "",
                "date": "",
                "new": float(new[number - 1]),
                "cumulative": middle,
                "low": low,
                "high": high,
                "base": float(np.median([course.base for course in courses])),
                "ratio": float(np.median(ratios)) if ratios else None,
                "met": sum(c.met is not None and c.met <= number for c in courses) / len(courses),
            }
        )
    return rows


def _check(
    base: int,
    run: int,
    threshold: float,
    order: str,
    orders: int,
    by: str | None,
    depth: int | None,
) -> None:
    problems = [
        Problem(f"{name} must be a whole number from 1 on, not {value!r}")
        for name, value in (("base", base), ("run", run), ("orders", orders), ("depth", depth))
        if value is not None and (not isinstance(value, int) or value < 1)
    ]
    if not 0 <= threshold < 1:
        do = "Write 0.05 for 5 %."
        problems.append(Problem(f"the threshold is a share below 1, not {threshold!r}", do=do))
    if order not in ORDERS:
        problems.append(Problem(f"unknown order {order!r}", "", ORDERS, nearest(order, ORDERS)))
    if by not in BY:
        valid = ("stakeholder_type",)
        problems.append(Problem(f"unknown grouping {by!r}", "", valid, nearest(str(by), valid)))
    if problems:
        raise P3CError(problems)
