"""The ledger of facts as a table, with what contradicts what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.description.conflicts import find_conflicts
from p3c_qual.description.tables.told import read_told
from p3c_qual.realist.outputs.quoted import GONE
from p3c_qual.store.words import fold_text

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.opened import Opened

__all__ = ["table_facts"]

_HEADINGS = {
    "about": "About",
    "name": "Fact",
    "value": "Value",
    "unit": "Unit",
    "date": "Date",
    "sources": "Stated in",
    "conflict": "Conflict",
    "goes_by": "The report goes by it",
    "decision": "Why",
    "remark": "Remark",
}


def table_facts(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the ledger of facts, one row a value that somebody states.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or its sites.

    Returns
    -------
    DataFrame
        ``id``, ``about``, ``name``, ``value``, ``unit``, ``date``, ``sources`` (places with ``;``
        between them), ``conflict`` (what does not agree, empty where nothing is), ``goes_by``
        (``yes`` for the one that was chosen), ``decision`` and ``remark`` (str). ``attrs``:
        ``caption``, ``unit``, ``denominators``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.description.facts import note_fact
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> _ = note_fact(study, "Practices", "18 of 19"), note_fact(study, "Practices", "18 of 20")
    >>> table_facts(study)["conflict"].unique().tolist()
    ['it is 18 of 19 in one place and 18 of 20 in another']
    """
    import pandas as pd

    with study.store.read() as connection:
        told = read_told(study, connection)
    wanted = set(told.chosen(programme)) if programme else set()
    facts = [
        each
        for each in told.written.facts.values()
        if not programme or each.where.programme in wanted
    ]
    facts.sort(key=lambda each: (told.order(each.where), fold_text(each.name), each.date))
    shown = {each.id for each in facts}
    conflicts = [
        each for each in find_conflicts(told.written.facts.values()) if each.facts[0] in shown
    ]
    said: dict[str, list[str]] = {}
    for conflict in conflicts:
        for name in conflict.facts:
            said.setdefault(name, []).append(conflict.what)
    rows = [
        {
            "id": each.id,
            "about": told.about(each.where),
            "name": each.name,
            "value": each.value or GONE,
            "unit": each.unit,
            "date": each.date,
            "sources": told.cited(each.id),
            "conflict": "; ".join(dict.fromkeys(said.get(each.id, ()))),
            "goes_by": "yes" if each.chosen else "",
            "decision": each.decision,
            "remark": each.remark,
        }
        for each in facts
    ]
    frame = pd.DataFrame(rows, columns=["id", *_HEADINGS]).astype("str")
    open_ones = sum(not each.decided for each in conflicts)
    bare = sum(not row["sources"] for row in rows)
    frame.attrs = {
        "caption": "Facts and what contradicts them",
        "unit": "values that somebody states",
        "denominators": {"values": len(rows), "conflicts": len(conflicts), "undecided": open_ones},
        "headings": _HEADINGS,
        "shown": [name for name in _HEADINGS if name != "remark"],
        "notes": [
            (
                "Values of one name about the same thing are compared, those of different dates not; "
                "a change in per cent is worked out again from what was before and after."
            ),
            *(
                [f"{bare} of {len(rows)} values name no place where they are stated."]
                if bare
                else []
            ),
        ],
    }
    return frame
