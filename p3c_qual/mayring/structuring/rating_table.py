"""Ratings as a table: how often each level was given, and the one in the middle."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.groups import NOBODY
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.rated import BY, CASES, SEGMENTS, Ratings, median_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.mayring.structuring.cases import Case
    from p3c_qual.mayring.structuring.scales import Scale
    from p3c_qual.opened import Opened

__all__ = ["case_levels", "list_ratings", "table_ratings"]


def table_ratings(
    study: Opened,
    question: str,
    *,
    by: str | None = None,
    coder: str | None = None,
    round: str | None = None,
) -> pd.DataFrame:
    """Count the levels of each ordinal code; segments and cases stand in rows of their own.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of scaling structuring.
    by : str, optional
        ``programme``, ``stakeholder_type`` or ``site``.
    coder, round : str, optional
        Whose ratings; see `p3c_qual.mayring.rated.Ratings`.

    Returns
    -------
    DataFrame
        ``code`` (key), ``unit`` (``segments`` or ``cases``), ``group`` with `by`; a column by
        the value of each level (Int64, missing where the code has no such level), ``n`` (int64,
        ratings on the scale), ``not_ratable`` (int64, in no other column), ``median`` (label of
        the level in the middle, empty where nothing is rated). ``attrs``: ``unit``,
        ``reading_set``, ``caption`` (str), ``labels`` (dict by code), ``levels`` (dict by code of
        label by value), ``denominators`` (dict by unit and code: all ratings).

    Raises
    ------
    P3CError
        If an argument is unknown, or it is not clear whose ratings count.

    Notes
    -----
    Levels are ordered and nothing is known of the distances between them: there is a median and
    no mean (Mayring 2014, scaling structuring).

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.mayring.asking import ask_question
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> from p3c_qual.codebook.code import Code, ScaleLevel
    >>> from p3c_qual.codebook.model import Codebook
    >>> from p3c_qual.codebook.stored import load_codebook
    >>> levels = (ScaleLevel(1, "hindering"), ScaleLevel(2, "enabling"))
    >>> code = Code("valence", "Valence", kind="ordinal", levels=levels)
    >>> with study.act("load a scale") as act:
    ...     _ = load_codebook(act, Codebook("scale", "Scale", codes=(code,)))
    >>> units = {"coding_unit": "sentence", "context_unit": "source", "recording_unit": "source"}
    >>> _ = ask_question(study, "Does it help?", "scaling", key="q", codebook="scale", **units)
    >>> table_ratings(study, "q").columns.tolist()
    ['code', 'unit', '1', '2', 'n', 'not_ratable', 'median']
    """
    import pandas as pd

    if by is not None and by not in BY:
        raise P3CError(Problem(f"ratings are not grouped by {by!r}", "", BY, nearest(by, BY)))
    with study.store.read() as connection:
        found = Ratings(connection, read_question(connection, question), coder=coder, round=round)
    values = sorted({value for scale in found.scales for value in scale.levels})
    rows = []
    totals: dict[str, dict[str, int]] = {SEGMENTS: {}, CASES: {}}
    for scale in found.scales:
        for unit in (SEGMENTS, CASES):
            mine = [each for each in found.rated if (each.code, each.unit) == (scale.id, unit)]
            totals[unit][scale.key] = len(mine)
            groups: dict[str, list[int | None]] = {}
            for each in mine:
                for name in each.groups(by):
                    groups.setdefault(name, []).append(each.value)
            if not mine and unit == SEGMENTS and by is None:
                groups[""] = []
            for name in sorted(groups, key=lambda group: (group == NOBODY, group)):
                head = {"code": scale.key, "unit": unit, **({} if by is None else {"group": name})}
                rows.append({**head, **_counts(groups[name], scale, values)})
    levels = [str(value) for value in values]
    columns = ["code", "unit", *([] if by is None else ["group"])]
    frame = pd.DataFrame(rows, columns=[*columns, *levels, "n", "not_ratable", "median"])
    kinds: Any = dict.fromkeys(levels, "Int64") | {"n": "int64", "not_ratable": "int64"}
    frame = frame.astype(kinds)
    frame.attrs = {
        "unit": "rated segments; rated cases in rows of their own",
        "reading_set": found.caption,
        "labels": {scale.key: scale.label for scale in found.scales},
        "levels": {
            scale.key: {str(value): label for value, label in scale.levels.items()}
            for scale in found.scales
        },
        "denominators": totals,
        "by": by or "",
        "caption": (
            "How often each level was given. n: ratings on the scale; what is not ratable is no "
            "level and is counted apart."
            + (
                " A person of several stakeholder types is counted with each."
                if by == "stakeholder_type"
                else ""
            )
        ),
    }
    return frame


def _counts(given: Sequence[int | None], scale: Scale, values: Sequence[int]) -> dict[str, Any]:
    on = [value for value in given if value is not None]
    times = Counter(on)
    return {
        **{str(value): times[value] if value in scale.levels else None for value in values},
        "n": len(on),
        "not_ratable": len(given) - len(on),
        "median": median_of(on, scale),
    }


def list_ratings(
    study: Opened, question: str, *, coder: str | None = None, round: str | None = None
) -> pd.DataFrame:
    """List the ratings that count, one row a rating.

    Errors as for `table_ratings`.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of scaling structuring.
    coder, round : str, optional
        Whose ratings.

    Returns
    -------
    DataFrame
        ``id``, ``code`` (key), ``unit``, ``case`` (key, of whose words it is or what was rated),
        ``source`` (key, empty for a case), ``start``, ``end`` (Int64), ``quote``, ``level``
        (Int64, missing where not ratable), ``label``, ``coder``, ``round``, ``reason``.
    """
    import pandas as pd
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    src, who = ROWS["source"], ROWS["coder"]
    with study.store.read() as connection:
        found = Ratings(connection, read_question(connection, question), coder=coder, round=round)
        keys = dict(connection.execute(select(src.c.id, src.c.key)).all())
        coders = dict(connection.execute(select(who.c.id, who.c.key)).all())
    scales = {scale.id: scale for scale in found.scales}
    rows = [
        {
            "id": each.row["id"],
            "code": scales[each.code].key,
            "unit": each.unit,
            "case": each.case.key if each.case else "",
            "source": keys.get(each.row["target"], "") if each.unit == SEGMENTS else "",
            "start": each.row["start"],
            "end": each.row["end"],
            "quote": each.row["quote"] or "",
            "level": each.value,
            "label": scales[each.code].not_ratable
            if each.value is None
            else scales[each.code].levels.get(each.value, str(each.value)),
            "coder": coders.get(each.row["coder"], ""),
            "round": each.row["round"] or "",
            "reason": each.row["reason"] or "",
        }
        for each in found.rated
    ]
    columns = [
        *("id", "code", "unit", "case", "source", "start", "end", "quote", "level", "label"),
        *("coder", "round", "reason"),
    ]
    frame = pd.DataFrame(rows, columns=columns).astype(
        {"start": "Int64", "end": "Int64", "level": "Int64"}
    )
    order = ["code", "unit", "source", "start", "case", "id"]
    return frame.sort_values(order, kind="stable").reset_index(drop=True)


def case_levels(
    connection: Connection, question: Question, cases: Sequence[Case], *, coder: str | None = None
) -> tuple[list[Scale], dict[str, list[float | None]], str]:
    """Return the scales of a question, the level of each case on them, and whose ratings they are.

    A case that was rated itself has that level; else it has the median of what was rated in its
    words, which may lie between two levels. With `coder` the ratings of that one alone count.
    """
    found = Ratings(connection, question, coder=coder)
    given: dict[tuple[str, str, str], list[int | None]] = defaultdict(list)
    for each in found.rated:
        if each.case:
            given[each.case.id, each.code, each.unit].append(each.value)
    values: dict[str, list[float | None]] = {}
    for case in cases:
        values[case.id] = []
        for scale in found.scales:
            own = given[case.id, scale.id, CASES] or given[case.id, scale.id, SEGMENTS]
            on = [value for value in own if value is not None]
            values[case.id].append(float(median(on)) if on else None)
    return found.scales, values, found.caption
