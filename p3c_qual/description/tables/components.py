"""Which components of person-centred coordinated care programmes plan, and which are practised."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.segments import known_codes
from p3c_qual.description.tables.spans import read_coded
from p3c_qual.description.tables.told import read_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from p3c_qual.coding.names import Codes
    from p3c_qual.description.tables.spans import Coded
    from p3c_qual.description.tables.told import Told
    from p3c_qual.opened import Opened

__all__ = ["table_components", "table_taxonomy"]

_BOOK = "p3c"
_SIDE = {"document": "plan", "interview": "practice"}
_NOTE = (
    "Planned: passages of documents that are coded with the component or with anything below it, "
    "and places cited as the plan of a contrast on it. Practised: the same of interviews, and "
    "places cited as the practice. A place counts once."
)
_EMPTY = (
    "An empty cell: no document, or no interview, of the programme was worked through with the "
    "codebook, and none is cited."
)


_Place = tuple[str, int | None, int | None]
_Held = dict[tuple[str, str, str], dict[_Place, None]]


def table_components(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the component profile: how often each programme plans and practises a component.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only of this one.

    Returns
    -------
    DataFrame
        ``component`` (key of the code, or the word that contrasts use), ``label``, ``programme``
        (str), ``planned``, ``practised`` (Int64, passages; empty where nothing was worked
        through), ``state``, ``planned_places`` and ``practised_places`` (str). ``attrs``:
        ``caption``, ``unit``, ``denominators``, ``reading_set``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme, or no reading of a source can be chosen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_components(study).empty
    True
    """
    import pandas as pd

    told, coded, names, held = _profile(study, programme)
    programmes = [told.programmes[row] for row in told.chosen(programme)]
    worked = _worked(told, coded)
    rows: list[dict[str, Any]] = []
    for component, label in names.items():
        for key in programmes:
            sides = [
                _number(held.get((component, key, side)), (key, side) in worked)
                for side in ("plan", "practice")
            ]
            rows.append(
                {
                    "component": component,
                    "label": label,
                    "programme": key,
                    "planned": sides[0],
                    "practised": sides[1],
                    "state": _state(*sides),
                    "planned_places": _places(told, held.get((component, key, "plan"), ())),
                    "practised_places": _places(told, held.get((component, key, "practice"), ())),
                }
            )
    headings = {
        "label": "Component",
        "programme": "Programme",
        "planned": "Planned",
        "practised": "Practised",
        "state": "Together",
        "planned_places": "Planned in",
        "practised_places": "Practised as told in",
    }
    frame = pd.DataFrame(rows, columns=["component", *headings])
    frame = frame.astype({"planned": "Int64", "practised": "Int64"})
    frame.attrs = {
        "caption": "Component profile",
        "unit": "passages",
        "denominators": _sizes(told, coded, programmes),
        "reading_set": coded.caption,
        "headings": headings,
        "shown": list(headings),
        "once": ["label"],
        "notes": [_NOTE, _EMPTY],
        "notices": [] if programmes else ["The study has no programme yet."],
    }
    return frame


def table_taxonomy(study: Opened, *, programme: str = "") -> pd.DataFrame:
    """Return the programmes by component: planned, practised, both or neither.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only of this one.

    Returns
    -------
    DataFrame
        ``programme``, ``label`` and one column a component (str; empty where it is not known).
        ``attrs`` as those of `table_components`.

    Raises
    ------
    P3CError
        As `table_components`.
    """
    import pandas as pd

    profile = table_components(study, programme=programme)
    labels = dict(zip(profile["component"], profile["label"], strict=True))
    with study.store.read() as connection:
        told = read_told(study, connection)
    rows: list[dict[str, str]] = [
        {"programme": told.programmes[row], "label": told.labels[row]}
        for row in told.chosen(programme)
    ]
    states = {
        (each["programme"], each["component"]): each["state"] for each in profile.to_dict("records")
    }
    for row in rows:
        row |= {name: states[row["programme"], name] for name in labels}
    frame = pd.DataFrame(rows, columns=["programme", "label", *labels]).astype("str")
    frame.attrs = {
        **profile.attrs,
        "caption": "Programmes by component",
        "unit": "programmes",
        "headings": {"label": "Programme", **labels},
        "shown": ["label", *labels],
        "once": [],
    }
    return frame


def _profile(study: Opened, programme: str) -> tuple[Told, Coded, dict[str, str], _Held]:
    """Return the components with their labels, and by component, programme and side the places."""
    opened: Any = study
    with study.store.read() as connection:
        told = read_told(study, connection)
        coded = read_coded(study, connection, _BOOK, sources=told.sources_of(programme))
        codes = known_codes(opened, connection)
    names = {
        each.key: each.label or each.key
        for each in codes.by_id.values()
        if each.codebook == _BOOK and each.parent is None and each.status != "retired"
    }
    held: _Held = defaultdict(dict)
    for span in coded.spans:
        source = told.sources[span.source]
        side = _SIDE.get(source.said["kind"])
        if side and span.above[-1] in names:
            held[span.above[-1], source.programme, side][span.place] = None
    for contrast in told.written.contrasts.values():
        if not contrast.component:
            continue
        component = _top(codes, contrast.component)
        names.setdefault(component, component)
        key = told.programmes.get(contrast.where.programme or "", "")
        for each in told.written.citations.get(contrast.id, ()):
            # places of a text that was edited since are places of another text
            place = (each.source, each.start, each.end)
            held[component, key, each.side][place] = None
    return told, coded, names, held


def _top(codes: Codes, component: str) -> str:
    """Return the component a word means: the code at the top, where it is the key of a code."""
    key = component.removeprefix(f"{_BOOK}:")
    for each in codes.by_id.values():
        if each.codebook == _BOOK and component in {each.id, each.key, f"{_BOOK}:{each.key}"}:
            above = codes.above(each.id)
            return codes.by_id[above[-1]].key if above else each.key
    return key


def _worked(told: Told, coded: Coded) -> set[tuple[str, str]]:
    """Return of which programmes and sides a source was worked through with the codebook.

    A source that was worked through before there was the codebook says nothing of it: something
    of the programme has to be coded with it.
    """
    used = {told.sources[each.source].programme for each in coded.spans}
    return {
        (source.programme, _SIDE.get(source.said["kind"], ""))
        for name in coded.worked
        if (source := told.sources.get(name)) and source.programme in used
    }


def _number(places: dict[_Place, None] | None, worked: bool) -> int | None:
    return len(places) if places else 0 if worked else None


def _state(planned: int | None, practised: int | None) -> str:
    if planned and practised:
        return "planned and practised"
    if planned:
        return "planned only" if practised == 0 else "planned"
    if practised:
        return "practised only" if planned == 0 else "practised"
    return "neither" if planned == practised == 0 else ""


def _places(told: Told, places: Iterable[_Place]) -> str:
    keys = {name: each.key for name, each in told.sources.items()}
    return "; ".join(
        keys.get(source, "a removed source") + (f":{start}-{end}" if start is not None else "")
        for source, start, end in sorted(
            places, key=lambda each: (keys.get(each[0], ""), each[1] or 0)
        )
    )


def _sizes(told: Told, coded: Coded, programmes: list[str]) -> dict[str, int]:
    some = [told.sources[name] for name in coded.worked if name in told.sources]
    mine = [each.said["kind"] for each in some if each.programme in programmes]
    return {
        "programmes": len(programmes),
        "documents worked through": mine.count("document"),
        "interviews worked through": mine.count("interview"),
    }
