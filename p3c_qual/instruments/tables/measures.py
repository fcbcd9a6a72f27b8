"""Which measure looks at which of the four tiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.instruments.definition import DOMAINS
from p3c_qual.instruments.register import read_held, read_register
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["table_measures"]

HEADINGS = {
    "key": "Key",
    "measure": "Measure",
    "about": "What it measures",
    "patient": "Patients",
    "practitioner": "Practitioners",
    "organisation": "Organisation",
    "cost": "Use and cost",
    "scales": "Scales",
    "items": "Items",
    "taken": "In the study",
    "filled": "Filled in",
    "waves": "Waves",
    "licence": "Licence",
    "source": "Source",
}


def table_measures(study: Study, *, register: bool = True) -> pd.DataFrame:
    """Return the measures by the tier they look at: instruments, and figures of groups.

    Parameters
    ----------
    study : Study
    register : bool
        Whether instruments of the register stand there that the study has not taken.

    Returns
    -------
    DataFrame
        ``key``, ``measure``, ``about`` (str), ``patient``, ``practitioner``, ``organisation``,
        ``cost`` (str, ``yes`` for the tier it looks at), ``scales`` (str), ``items`` (int), ``taken``
        (str, ``yes`` or empty), ``filled`` (int, questionnaires or figures), ``waves``, ``licence``, ``source``
        (str). ``attrs``: ``caption``, ``unit``, ``denominators``, ``notes``.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_measures(study).loc[0, "key"], len(table_measures(study, register=False))
    ('eq5d', 0)
    """
    import pandas as pd

    response, aggregate = ROWS["response"], ROWS["aggregate"]
    with study.store.read() as connection:
        held = read_held(connection)
        told = select(response.c.instrument, response.c.wave, func.count())
        counts: dict[str, dict[str, int]] = {}
        for name, wave, count in connection.execute(told.group_by(response.c.instrument, response.c.wave)):  # fmt: skip
            counts.setdefault(name, {})[wave or ""] = count
        figures: dict[str, dict[str, int]] = {}
        told = select(aggregate.c.measure, aggregate.c.wave, func.count())
        for name, wave, count in connection.execute(told.group_by(aggregate.c.measure, aggregate.c.wave)):  # fmt: skip
            figures.setdefault(name, {})[wave or ""] = count
    mine = {each.key: (counts.get(row, {}), each) for row, each in held.items()}
    shown = {**(read_register() if register else {}), **{k: each for k, (_, each) in mine.items()}}
    rows: list[dict[str, Any]] = [
        {
            "key": key,
            "measure": each.label,
            "about": each.about,
            **{tier: _yes(tier == each.domain) for tier in DOMAINS},
            "scales": "; ".join(scale.label for scale in each.printed),
            "items": len(each.items),
            "taken": _yes(key in mine),
            "filled": sum(mine[key][0].values()) if key in mine else 0,
            "waves": ", ".join(sorted(mine[key][0])) if key in mine else "",
            "licence": each.licence,
            "source": each.source,
        }
        for key, each in sorted(shown.items())
    ]
    rows += [
        {
            "key": "",
            "measure": name,
            "about": "figures of groups",
            **{tier: _yes(tier == "cost") for tier in DOMAINS},
            "scales": "",
            "items": 0,
            "taken": "yes",
            "filled": sum(waves.values()),
            "waves": ", ".join(sorted(filter(None, waves))),
            "licence": "",
            "source": "",
        }
        for name, waves in sorted(figures.items())
    ]
    frame = pd.DataFrame(rows, columns=list(HEADINGS))
    frame = frame.astype({"items": "int64", "filled": "int64"})
    frame.attrs = {
        "title": "Measures by the tier they look at",
        "caption": "Measures by the tier they look at",
        "unit": "measures; filled in: questionnaires, or figures of groups",
        "denominators": {
            "measures": len(rows),
            "in the study": int((frame["taken"] == "yes").sum()),
        },
        "headings": dict(HEADINGS),
        "shown": ["key", "measure", *DOMAINS, "scales", "taken", "filled", "waves"],
        "beneath": {"measure": "about", "scales": "licence"},
        "notes": ["No wording of any item and no conversion key comes with the register."],
    }
    return frame


def _yes(is_so: object) -> str:
    return "yes" if is_so else ""
