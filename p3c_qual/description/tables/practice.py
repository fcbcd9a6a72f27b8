"""Plan against practice as a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.description.contrasts import VERDICTS, sides_of
from p3c_qual.description.tables.told import read_told

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.opened import Opened

__all__ = ["table_plan_practice"]

_HEADINGS = {
    "about": "About",
    "component": "Component",
    "label": "What is planned",
    "claim": "What is claimed",
    "plan_places": "Claimed in",
    "practice": "What is done",
    "practice_places": "Told in",
    "verdict": "Carried out",
    "missing": "Missing",
    "remark": "Remark",
}


def table_plan_practice(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return what documents claim beside what people say of it.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or its sites.

    Returns
    -------
    DataFrame
        ``id``, ``about``, ``component``, ``label``, ``claim``, ``plan_places``, ``practice``,
        ``practice_places``, ``verdict`` (in words, empty where it is open), ``missing`` (what
        would link the two sides) and ``remark`` (str). ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.description.contrasts import write_contrast
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> _ = write_contrast(study, "One shared list", verdict="adapted")
    >>> table_plan_practice(study).loc[0, ["verdict", "missing"]].tolist()[0]
    'Adapted'
    """
    import pandas as pd

    with study.store.read() as connection:
        told = read_told(study, connection)
    wanted = set(told.chosen(programme)) if programme else set()
    contrasts = [
        each
        for each in told.written.contrasts.values()
        if not programme or each.where.programme in wanted
    ]
    contrasts.sort(key=lambda each: (told.order(each.where), each.component, each.id))
    kinds, rows = told.kinds(), []
    for each in contrasts:
        sides = sides_of(told.written.citations.get(each.id, ()), kinds)
        row = {
            "id": each.id,
            "about": told.about(each.where),
            "component": each.component,
            "label": each.label,
            "claim": each.claim,
            "plan_places": told.places(sides.plan),
            "practice": each.practice,
            "practice_places": told.places(sides.practice),
            "verdict": VERDICTS.get(each.verdict, each.verdict),
            "missing": "; ".join(sides.missing),
            "remark": each.remark,
        }
        rows.append(row)
    frame = pd.DataFrame(rows, columns=["id", *_HEADINGS]).astype("str")
    linked = sum(not row["missing"] for row in rows)
    verdicts = Counter(row["verdict"] or "open" for row in rows)
    frame.attrs = {
        "caption": "Plan and practice",
        "unit": "contrasts",
        "denominators": {"contrasts": len(rows), "linked on both sides": linked, **verdicts},
        "headings": _HEADINGS,
        "shown": [
            name
            for name in _HEADINGS
            if name not in {"missing", "remark"} or any(row[name] for row in rows)
        ],
        "notes": [
            (
                "A contrast is linked where a document claims it and an interview tells of it, each "
                "with its place."
            )
        ],
    }
    return frame
