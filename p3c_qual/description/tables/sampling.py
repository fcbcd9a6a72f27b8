"""The sample against what it should be: stakeholder types by programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.description.model import Where
from p3c_qual.description.tables.people import interviewed, interviews_of
from p3c_qual.description.tables.told import read_told
from p3c_qual.sources.terms import STAKEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.description.model import Answer
    from p3c_qual.opened import Opened

__all__ = ["table_sampling"]

_HEADINGS = {
    "programme": "Programme",
    "stakeholder_type": "Type",
    "label": "Stakeholder type",
    "interviewed": "Interviewed",
    "minimum": "At the least",
    "state": "State",
    "reason": "Reason",
    "approver": "Approved by",
}


def table_sampling(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return how many of each stakeholder type were interviewed, against the minimum that is set.

    As long as no minimum is set, with its reason and its approver, only a type of which nobody was
    interviewed is flagged. What is set for a programme goes before what is set for the study.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only of this one.

    Returns
    -------
    DataFrame
        ``programme``, ``stakeholder_type``, ``label`` (str), ``interviewed`` (int), ``minimum``
        (Int64, empty until it is set), ``flagged`` (bool), ``state``, ``reason`` and ``approver``
        (str). ``attrs``: ``caption``, ``unit``, ``denominators``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_sampling(study).empty
    True
    """
    import pandas as pd

    from p3c_qual.description.forms import find_form

    types = {each.id: each.label for each in find_form("sampling").records_of}
    with study.store.read() as connection:
        told = read_told(study, connection)
    rows: list[dict[str, Any]] = []
    notes = []
    heads: dict[str, int] = {}
    several: dict[str, list[str]] = {}
    general = told.written.answers_of("sampling", Where())
    for row in told.chosen(programme):
        key = told.programmes[row]
        found = interviewed(interviews_of(told, key))
        everybody = {name: person for some in found.values() for name, person in some.items()}
        heads[key] = len(everybody)
        several[key] = sorted(p.key for p in everybody.values() if len(p.types) > 1)
        set_here = told.written.answers_of("sampling", Where(row))
        others = sorted(name for name in found if name and name not in types)
        for kind in (*types, *others):
            given = set_here.get(kind) or general.get(kind) or {}
            label = types.get(kind) or STAKEHOLDERS.get(kind, kind)
            here = len(found.get(kind, ()))
            rows.append(
                {"programme": key, "stakeholder_type": kind, "label": label} | _held(here, given)
            )
        if bare := len(found.get("", ())):
            notes.append(f"{key}: of {bare} of {heads[key]} interviewees no type is said.")
    for key, some in several.items():
        if some:
            verb = "has several roles and is" if len(some) == 1 else "have several roles and are"
            notes.append(f"{key}: {', '.join(some)} {verb} counted in each of them.")
    frame = pd.DataFrame(rows, columns=[*_HEADINGS, "flagged"])
    frame = frame.astype({"interviewed": "int64", "minimum": "Int64", "flagged": "bool"})
    written = [name for name in ("reason", "approver") if frame[name].any()]
    minimum = ["minimum"] if frame["minimum"].notna().any() else []
    frame.attrs = {
        "caption": "Sampling: who was interviewed",
        "unit": "interviewees",
        "denominators": {"interviewees": heads} if heads else {"interviewees": 0},
        "headings": _HEADINGS,
        "shown": [
            *("programme", "stakeholder_type", "label", "interviewed"),
            *minimum,
            "state",
            *written,
        ],
        "once": ["programme"],
        "notes": [
            "Whoever withdrew is not counted; a translation is no interview of its own.",
            *(
                []
                if minimum
                else ["No minimum is set; only a type of which there is nobody is flagged."]
            ),
            *notes,
        ],
    }
    return frame


def _held(here: int, given: Mapping[str, Answer]) -> dict[str, Any]:
    """Return what a row says of how many there are and should be."""
    said = {
        name: given[name].value if name in given else ""
        for name in ("minimum", "reason", "approver")
    }
    set_ = said["minimum"].isdecimal() and bool(said["reason"] and said["approver"])
    least = int(said["minimum"]) if set_ else None
    if least is not None:
        flagged = here < least
        state = f"{here} of at least {least}" if flagged else "enough"
    else:
        flagged = not here
        state = "nobody" if flagged else ""
    if said["minimum"] and not set_:
        missing = " and ".join(
            name
            for name, word in (("reason", "reason"), ("approver", "approver"))
            if not said[word]
        )
        told = f"a minimum of {said['minimum']} has no {missing} yet and does not count"
        state = f"{state}; {told}" if state else told
    return {
        "interviewed": here,
        "minimum": least,
        "flagged": flagged,
        "state": state,
        "reason": said["reason"],
        "approver": said["approver"],
    }
