"""What each type of stakeholder was asked about, and what they spoke of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.segments import known_codes
from p3c_qual.description.tables.focus_areas import (
    Area,
    Heard,
    asked_areas,
    listen,
    read_areas,
)
from p3c_qual.description.tables.people import interviewed, interviews_of
from p3c_qual.description.tables.told import read_told
from p3c_qual.sources.protocols_stored import stored_protocols
from p3c_qual.sources.terms import STAKEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.opened import Opened

__all__ = ["list_focus", "table_focus"]

_COUNTS = ("interviewees", "asked", "asked_mentioned", "not_asked", "unasked_mentioned", "unknown")
_HEADINGS = {
    "programme": "Programme",
    "label": "Stakeholder type",
    "focus_label": "Focus area",
    "interviewees": "Interviewees",
    "asked": "Asked",
    "asked_mentioned": "of these mentioned it",
    "not_asked": "Not asked",
    "unasked_mentioned": "of these mentioned it",
    "unknown": "Not known",
    "state": "In words",
}
_UNTYPED = "untyped"
_NOTES = (
    (
        "Asked: the protocol of the interview has the focus area, or asks about what its codes are "
        "below, with what the interview added or left out. Mentioned: "
        "something of theirs is coded with a code of the focus area or with anything below it. Not "
        "known: the interview has no protocol, or was not worked through."
    ),
    "Whoever has several roles is counted in each of them.",
)


def list_focus(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return how many were asked about each focus area, and mentioned it, by stakeholder type.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only of this one.

    Returns
    -------
    DataFrame
        ``programme``, ``stakeholder_type``, ``label``, ``focus``, ``focus_label`` (str),
        ``interviewees``, ``asked``, ``asked_mentioned``, ``not_asked``, ``unasked_mentioned``,
        ``unknown`` (int; of those it is not known what they were asked, or their interview was
        not worked through) and ``state`` (str). ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``reading_set``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme, or no reading of a source can be chosen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> list_focus(study).empty
    True
    """
    import pandas as pd

    opened: Any = study
    with study.store.read() as connection:
        told = read_told(study, connection)
        protocols = {each.key: each for each in stored_protocols(connection).values()}
        areas = read_areas(protocols)
        books = {each.codebook for each in known_codes(opened, connection).by_id.values()}
        heard = Heard({}, {}, set(), [])
        listen(study, connection, heard, areas, books, told.sources_of(programme))
        heard.asked.update(asked_areas(told.sources.values(), protocols, areas))
    rows = []
    heads: dict[str, int] = {}
    for row in told.chosen(programme):
        key = told.programmes[row]
        interviews = interviews_of(told, key)
        people = interviewed(interviews)
        heads[key] = len({name for some in people.values() for name in some})
        for kind in sorted(people, key=lambda each: (each == "", each)):
            label = STAKEHOLDERS.get(kind, kind) or "type not said"
            for area in areas:
                counts = _count(area, set(people[kind]), interviews, heard)
                rows.append(
                    {
                        "programme": key,
                        "stakeholder_type": kind,
                        "label": label,
                        "focus": area.key,
                        "focus_label": area.label,
                        **counts,
                        "state": _state(counts),
                    }
                )
    columns = ["programme", "stakeholder_type", "label", "focus", *list(_HEADINGS)[2:]]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.astype(dict.fromkeys(_COUNTS, "int64"))
    frame.attrs = {
        "caption": "Focus areas by stakeholder type, counted",
        "unit": "interviewees",
        "denominators": {"interviewees": heads} if heads else {"interviewees": 0},
        "reading_set": "; ".join(heard.captions),
        "headings": _HEADINGS,
        "shown": ["programme", "label", "focus_label", *_COUNTS],
        "once": ["programme", "label"],
        "notes": [*_NOTES, *([] if areas else ["The study has no interview protocols."])],
    }
    return frame


def table_focus(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the focus areas by stakeholder type in words: asked or not, mentioned or not.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only of this one.

    Returns
    -------
    DataFrame
        ``programme``, ``focus``, ``focus_label`` and one column a stakeholder type (str): of how
        many that were asked how many mentioned it, and how many were not asked. ``attrs`` as those
        of `list_focus`.

    Raises
    ------
    P3CError
        As `list_focus`.
    """
    import pandas as pd

    counted = list_focus(study, programme=programme)
    kinds = dict(zip(counted["stakeholder_type"], counted["label"], strict=True))
    kinds = {kind: kinds[kind] for kind in sorted(kinds, key=lambda each: (each == "", each))}
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for each in counted.to_dict("records"):
        row = rows.setdefault(
            (each["programme"], each["focus"]),
            {
                "programme": each["programme"],
                "focus": each["focus"],
                "focus_label": each["focus_label"],
            },
        )
        row[each["stakeholder_type"] or _UNTYPED] = each["state"]
    columns = {kind or _UNTYPED: label for kind, label in kinds.items()}
    frame = pd.DataFrame(
        list(rows.values()), columns=["programme", "focus", "focus_label", *columns]
    )
    frame = frame.fillna("").astype("str")
    several = len(set(frame["programme"])) > 1
    frame.attrs = {
        **counted.attrs,
        "caption": "Focus areas by stakeholder type",
        "headings": {"programme": "Programme", "focus_label": "Focus area", **columns},
        "shown": [*(["programme"] if several else []), "focus_label", *columns],
        "once": ["programme"],
    }
    return frame


def _count(
    area: Area, people: set[str], interviews: Iterable[KnownSource], heard: Heard
) -> dict[str, int]:
    """Count the people (row ids) who were asked about an area, and who mentioned it."""
    asked, mentioned, known = set(), set(), set()
    for source in interviews:
        about = heard.asked.get(source.id)
        if about is None or source.id not in heard.worked:
            continue
        for person in source.people:
            if person.id not in people:
                continue
            known.add(person.id)
            if area.key in about:
                asked.add(person.id)
            if area.key in heard.spoken.get((source.id, person.key), ()):
                mentioned.add(person.id)
    return {
        "interviewees": len(people),
        "asked": len(asked),
        "asked_mentioned": len(asked & mentioned),
        "not_asked": len(known - asked),
        "unasked_mentioned": len(mentioned - asked),
        "unknown": len(people - known),
    }


def _state(counts: dict[str, int]) -> str:
    """Say it in words.

    Examples
    --------
    >>> counts = dict.fromkeys(_COUNTS, 0) | {"interviewees": 3, "asked": 2, "not_asked": 1}
    >>> _state(counts)
    '0 of 2 asked mentioned it; 1 not asked'
    """
    said = []
    if counts["asked"]:
        said.append(f"{counts['asked_mentioned']} of {counts['asked']} asked mentioned it")
    if number := counts["not_asked"]:
        alone = number == counts["interviewees"]
        also = counts["unasked_mentioned"]
        said.append(
            ("not asked" if alone else f"{number} not asked")
            + (f", {also} mentioned it all the same" if also else "")
        )
    if counts["unknown"]:
        said.append(f"{counts['unknown']} not known")
    return "; ".join(said)
