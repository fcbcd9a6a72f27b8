"""The typology as a table, and the distributions that help to find types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.coding.names import ids_by_key
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.question import read_question, read_questions
from p3c_qual.mayring.structuring.cases import cases_of
from p3c_qual.mayring.structuring.passages import Chart
from p3c_qual.mayring.structuring.typology import FOUND_BY, members_of, types_of

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.mayring.structuring.cases import Case
    from p3c_qual.opened import Opened

__all__ = ["NO_TYPE", "CaseTable", "case_table", "table_cases", "table_types"]

#: in the column of types, where a case is of none
NO_TYPE = "(no type)"


def table_types(study: Opened, question: str) -> pd.DataFrame:
    """Return the typology: one row a type, and a last one for cases of no type.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of type building.

    Returns
    -------
    DataFrame
        ``type``, ``found_by``, ``description`` (str), ``cases`` (int), ``members`` (keys with
        ``;`` between them), ``prototypes`` (keys, each with its reason) and ``share`` (float, of
        all cases). ``attrs``: ``dimension``, ``denominators`` (dict), ``caption``.

    Raises
    ------
    P3CError
        If the question is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.mayring.asking import ask_question
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> said = {"criterion": "how near they work", "recording_unit": "source"}
    >>> _ = ask_question(study, "Who works near?", "type", key="q", **said)
    >>> table_types(study, "q").attrs["dimension"]
    'how near they work'
    """
    import pandas as pd

    with study.store.read() as connection:
        asked = read_question(connection, question)
        cases = cases_of(connection, asked)
        types = types_of(connection, asked)
        members = members_of(connection, asked)
    of = {case.id: members[case.id]["casetype"] for case in cases if case.id in members}
    rows = []
    for kind in (*types, None):
        name = kind["id"] if kind is not None else None
        mine = [case for case in cases if of.get(case.id) == name]
        if kind is None and not mine:
            continue
        shown = [
            f"{case.key}: {members[case.id]['reason'] or ''}"
            for case in mine
            if kind is not None and members[case.id]["prototype"]
        ]
        rows.append(
            {
                "type": kind["label"] if kind is not None else NO_TYPE,
                "found_by": FOUND_BY.get(kind["found_by"], "") if kind is not None else "",
                "description": (kind["description"] or "") if kind is not None else "",
                "cases": len(mine),
                "members": ";".join(case.key for case in mine),
                "prototypes": " | ".join(shown),
                "share": len(mine) / len(cases) if cases else 0.0,
            }
        )
    columns = ["type", "found_by", "description", "cases", "members", "prototypes", "share"]
    frame = pd.DataFrame(rows, columns=columns).astype({"cases": "int64", "share": "float64"})
    left = sum(case.id not in of for case in cases)
    frame.attrs = {
        "dimension": asked.criterion,
        "unit": "cases",
        "denominators": {"cases": len(cases)},
        "caption": (
            f"Typology along the dimension: {asked.criterion or 'not written yet'}. "
            f"{len(types)} types; {len(cases)} cases, {left} of no type."
        ),
    }
    return frame


class CaseTable:
    """Cases with what is known of each: how often a code was given, or how it was rated.

    Attributes
    ----------
    cases : list of Case
    columns : list of (str, str)
        Key and label of each.
    values : dict of str to list
        By case (row id), a value a column, None where there is none.
    unit, reading_set : str
    of : str
        Key of the question whose ratings or codings these are.
    """

    def __init__(
        self,
        cases: list[Case],
        columns: list[tuple[str, str]],
        values: dict[str, list[Any]],
        unit: str,
        reading_set: str,
        of: str = "",
    ) -> None:
        self.cases = cases
        self.columns = columns
        self.values = values
        self.unit = unit
        self.reading_set = reading_set
        self.of = of


def case_table(
    connection: Connection, question: Question, *, of: str = "", coder: str | None = None
) -> CaseTable:
    """Return what is known of the cases of a question, to choose types by.

    Parameters
    ----------
    connection : Connection
    question : Question
        Of type building.
    of : str
        Key of another question: of scaling, whose ratings are taken, or one with a codebook,
        whose codings are counted. By default the first scaling, else the first with a codebook.
    coder : str, optional
        Count what this coder did alone; nothing where there is no such coder yet.

    Raises
    ------
    P3CError
        If there is no such question.
    """
    from dataclasses import replace

    from p3c_qual.mayring.structuring.rating_table import case_levels

    others = [each for each in read_questions(connection) if each.codebook is not None]
    if of:
        named = [each for each in others if of in {each.key, each.id}]
        if not named:
            valid = tuple(each.key for each in others)
            what = f"there is no research question {of!r} with a codebook"
            raise P3CError(Problem(what, "of=", valid, nearest(of, valid)))
    else:
        named = sorted(others, key=lambda each: each.technique != "scaling")
    cases = cases_of(connection, question)
    mine = None if coder is None else ids_by_key(connection, "coder").get(coder)
    if not named or (coder is not None and mine is None):
        return CaseTable(cases, [], {case.id: [] for case in cases}, "", "")
    other = named[0]
    if other.technique == "scaling":
        scales, values, said = case_levels(connection, other, cases, coder=coder)
        columns = [(scale.key, scale.label) for scale in scales]
        return CaseTable(cases, columns, values, "median level of a case", said, other.key)
    # the codings of that question's codebook, over the cases of this one
    chart = Chart(connection, replace(question, codebook=other.codebook))
    codes = chart.columns(1)
    counted = {
        case.id: [
            sum(mine in {None, each.coder} for each in chart.under(case.id, code)) for code in codes
        ]
        for case in chart.cases
    }
    columns = [(chart.tree.nodes[code].key, chart.tree.nodes[code].label) for code in codes]
    return CaseTable(chart.cases, columns, counted, "coded segments", chart.set.caption, other.key)


def table_cases(study: Opened, question: str, *, of: str = "") -> pd.DataFrame:
    """Set the cases of a question side by side, to find extreme and frequent ones.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of type building.
    of : str
        Key of the question whose ratings or codings are taken, see `case_table`.

    Returns
    -------
    DataFrame
        ``case``, ``label``, ``programme``, ``stakeholder_types``, ``type`` (str), then a column
        a code: segments (Int64), or the median level of ratings (Float64, missing where there is
        none). ``attrs``: ``unit``, ``labels`` (dict by code), ``reading_set``, ``denominators``.

    Raises
    ------
    P3CError
        If one of the questions is unknown.
    """
    import pandas as pd

    with study.store.read() as connection:
        asked = read_question(connection, question)
        found = case_table(connection, asked, of=of)
        labels = {row["id"]: row["label"] for row in types_of(connection, asked)}
        members = members_of(connection, asked)
    made: dict[str, Any] = {
        "case": [case.key for case in found.cases],
        "label": [case.label for case in found.cases],
        "programme": [case.programme for case in found.cases],
        "stakeholder_types": [";".join(case.stakeholder_types) for case in found.cases],
        "type": [
            labels.get(members[case.id]["casetype"], "") if case.id in members else ""
            for case in found.cases
        ],
    }
    kind = "Int64" if found.unit == "coded segments" else "Float64"
    for number, (key, _) in enumerate(found.columns):
        values = [found.values[case.id][number] for case in found.cases]
        made[key] = pd.array(values, dtype=kind)  # type: ignore[call-overload]
    frame = pd.DataFrame(made)
    frame.attrs = {
        "unit": found.unit,
        "labels": dict(found.columns),
        "reading_set": found.reading_set,
        "denominators": {"cases": len(found.cases)},
    }
    return frame
