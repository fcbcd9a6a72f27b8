"""Forms of several lines as tables: service models, evaluations, literature, feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.description.forms import STATUSES, find_form
from p3c_qual.description.tables.told import read_told

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.description.forms import Form
    from p3c_qual.description.model import Answer
    from p3c_qual.description.tables.told import Told
    from p3c_qual.opened import Opened

__all__ = [
    "table_evaluation_plan",
    "table_feedback",
    "table_linked_evaluations",
    "table_literature",
    "table_service_models",
]


def table_service_models(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return which service model each programme has, who runs it and what it joins.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or its sites.

    Returns
    -------
    DataFrame
        ``about``, ``record`` (the name of the line), one column an item of the form
        ``service_model`` and ``sources`` (str). ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> list(table_service_models(study))
    ['about', 'record', 'model', 'aim', 'partners', 'links', 'site', 'sources']
    """
    return _table(study, "service_model", programme, "service models")


def table_evaluation_plan(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the questions an evaluation is to answer: how, by whom, when, and who pays.

    As `table_service_models`, of the form ``evaluation_plan``.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or its sites.
    """
    return _table(study, "evaluation_plan", programme, "questions of the evaluation")


def table_linked_evaluations(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return other evaluations of the same programmes.

    As `table_service_models`, of the form ``linked_evaluations``.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or its sites.
    """
    return _table(study, "linked_evaluations", programme, "evaluations")


def table_literature(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return what publications found that bears on a report.

    As `table_service_models`, of the form ``literature``; a source that the study does not hold is
    said in the notes.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or its sites.
    """
    frame = _table(study, "literature", programme, "findings of publications")
    with study.store.read() as connection:
        told = read_told(study, connection)
    keys = {each.key for each in told.sources.values()} | told.sources.keys()
    lost = [each for each in frame["source"] if each and each not in keys]
    if lost:
        said = f"Not among the sources of the study: {', '.join(dict.fromkeys(lost))}."
        frame.attrs["notes"] = [*frame.attrs["notes"], said]
    return frame


def table_feedback(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the feedback log: what was shown to whom, what they answered, what was changed.

    As `table_service_models`, of the form ``feedback``, in the order of the dates.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or its sites.
    """
    return _table(study, "feedback", programme, "occasions of feedback", by="date")


def _table(study: Opened, name: str, programme: str, unit: str, *, by: str = "") -> pd.DataFrame:
    import pandas as pd

    form = find_form(name)
    with study.store.read() as connection:
        told = read_told(study, connection)
    wanted = set(told.chosen(programme)) if programme else set()
    lines: dict[tuple[tuple[str, str, str], str], dict[str, Answer]] = {}
    for each in told.written.answers.values():
        if each.form == name and (not programme or each.where.programme in wanted):
            lines.setdefault((told.order(each.where), each.record), {})[each.item] = each
    rows = [
        _row(told, form, record, given)
        for (_, record), given in sorted(
            lines.items(),
            key=lambda item: (item[0][0], _value(item[1], by), item[0][1]),
        )
    ]
    items = [each.id for each in form.items]
    frame = pd.DataFrame(rows, columns=["about", "record", *items, "sources"]).astype("str")
    abouts = dict.fromkeys(row["about"] for row in rows)
    frame.attrs = {
        "caption": form.label,
        "unit": unit,
        "denominators": {unit: len(rows), "said of": len(abouts)},
        "headings": {
            "record": "Line",
            "sources": "Rests on",
            **{each.id: each.label for each in form.items},
        },
        "shown": [
            "about",
            *(name for name in items if any(row[name] for row in rows) or not rows),
            *(["sources"] if any(row["sources"] for row in rows) else []),
        ],
        "notes": [] if rows else [f"Nothing has been filled in under “{form.label}” yet."],
    }
    return frame


def _value(given: Mapping[str, Answer], item: str) -> str:
    return given[item].value if item in given else ""


def _row(told: Told, form: Form, record: str, given: Mapping[str, Answer]) -> dict[str, str]:
    row = {"about": told.about(next(iter(given.values())).where), "record": record}
    for item in form.items:
        answer = given.get(item.id)
        value = answer.value if answer else ""
        labels = {each.id: each.label for each in item.choices}
        if answer and answer.status == "not_found" and not value:
            value = STATUSES["not_found"].lower()
        row[item.id] = labels.get(value, value)
    cited = (told.cited(each.id) for each in given.values())
    row["sources"] = "; ".join(dict.fromkeys(filter(None, cited)))
    return row
