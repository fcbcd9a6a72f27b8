"""The checklist appendices of a report: who filled in each item, and where it stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.description.forms import find_form
from p3c_qual.description.model import Where
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import read_description
from p3c_qual.description.skeleton import country_skeleton, skeleton
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.standards.items import label_of_standard, read_standards
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.description.model import Answer
    from p3c_qual.opened import Opened
    from p3c_qual.standards.items import Judged

__all__ = ["CHECKLISTS", "STATES", "table_checklist"]

#: the checklists of a report, and the standard each is
CHECKLISTS = {"coreq": "coreq", "srqr": "srqr", "rameses": "rameses_reporting"}
#: by whom an item is filled in, or that it is not
STATES = ("filled automatically", "filled by author", "material, to be judged", "missing")
_AUTOMATIC, _AUTHOR, _MATERIAL, _MISSING = STATES
_CHAPTERS = "The chapters"
_TO_JUDGE = (
    "Material, to be judged: there is something to go by, and nobody has said yet that it will do."
)


def table_checklist(study: Opened, name: str = "coreq", *, programme: str = "") -> pd.DataFrame:
    """Return a reporting checklist: what fills each item, who filled it, and where it stands.

    An item is filled automatically where the study holds what it asks for; by the author where the
    form ``methods`` answers it, or somebody judged that the report tells it or said where. Where
    the study only holds something to go by, it is material that has to be judged, and not counted
    as filled in. All else is missing, and what somebody judged is not reported.

    Parameters
    ----------
    study : Study
    name : str
        ``coreq``, ``srqr`` or ``rameses``.
    programme : str
        Key or row id; what is counted is counted in its sources, and its own answers of the form
        go before those of the study.

    Returns
    -------
    DataFrame
        ``item`` (int), ``section``, ``label``, ``state`` (one of `STATES`), ``held`` (what the
        study holds), ``said`` (what the author says), ``place`` (the section of the report, or
        what the author named) and ``key`` (of that section, empty where the author named the
        place). ``attrs``: ``caption``, ``unit``, ``denominators``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such checklist or programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_checklist(study, "srqr").loc[[0, 20], "state"].tolist()
    ['material, to be judged', 'missing']
    """
    import pandas as pd

    if name not in CHECKLISTS:
        valid = tuple(CHECKLISTS)
        raise P3CError(
            Problem(f"there is no checklist {name[:60]!r}", "", valid, nearest(name, valid))
        )
    standard = CHECKLISTS[name]
    with study.store.read() as connection:
        where = name_where(connection, programme=programme)
        written = read_description(connection)
        table = ROWS["programme"]
        keys = {row.id: row.key for row in connection.execute(table.select())}
    answers = written.answers_of("methods", Where()).get("", {})
    if where.programme:
        own = written.answers_of("methods", where).get("", {})
        answers = {**answers, **{item: each for item, each in own.items() if each.value}}
    titles = {each.key: each.title for each in (*skeleton(()), *country_skeleton())}
    titles["chapters"] = _CHAPTERS
    rows = [
        _row(each, answers, titles)
        for each in read_standards(study, programme=keys.get(where.programme or "", ""))
        if each.of.standard == standard
    ]
    frame = pd.DataFrame(rows).astype({"item": "int64"})
    counts = Counter(str(row["state"]) for row in rows)
    filled = counts[_AUTOMATIC] + counts[_AUTHOR]
    caption = f"{label_of_standard(standard)}: {filled} of {len(rows)} items are filled in"
    if counts[_MATERIAL]:
        caption += f"; for {counts[_MATERIAL]} more there is material that has to be judged"
    frame.attrs = {
        "caption": caption,
        "title": label_of_standard(standard),
        "unit": "items",
        "denominators": {"items": len(rows), **{state: counts[state] for state in STATES}},
        "headings": {
            "item": "No.",
            "label": "Item in short",
            "held": "What the study holds",
            "said": "What the author says",
            "place": "Where in the report",
        },
        "shown": ["item", "section", "label", "state", "held", "said", "place"],
        "anchor": "item",
        "once": ["section"],
        "notes": [
            "Items in our own short words; what each asks is said in the published standard.",
            "That something is there to fill an item in says nothing of how well it is reported.",
            *([_TO_JUDGE] if counts[_MATERIAL] else []),
        ],
    }
    return frame


def _row(
    judged: Judged, answers: Mapping[str, Answer], titles: Mapping[str, str]
) -> dict[str, object]:
    of = judged.of
    labels = {each.id: each.label for each in find_form("methods").items}
    given = {item: answers[item].value for item in of.answers if item in answers}
    given = {item: value for item, value in given.items() if value}
    # of several that are asked together all have to be answered
    answered = bool(given) and len(given) == len(of.answers)
    said = [
        f"{labels[item]}: {value}" if len(of.answers) > 1 else value
        for item, value in given.items()
    ]
    if judged.note:
        said.append(judged.note)
    author = answered or judged.grade == "yes" or bool(judged.place or judged.note)
    if judged.grade == "no":
        state = _MISSING
    elif of.met_by(judged.held):
        state = _AUTOMATIC
    elif author:
        state = _AUTHOR
    else:
        state = _MATERIAL if judged.held else _MISSING
    there = state != _MISSING
    return {
        "item": of.item,
        "section": of.section,
        "label": of.label,
        "state": state,
        "held": judged.held,
        "said": "; ".join(said),
        "place": judged.place or (titles.get(of.report, "") if there else ""),
        "key": "" if judged.place or not there else of.report,
    }
