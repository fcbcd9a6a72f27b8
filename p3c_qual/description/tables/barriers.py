"""Barriers and facilitators by segment of the framework and level: passages with both codes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from p3c_qual.description.places import REPORT, read_chapters
from p3c_qual.description.tables.cases import programme_cases, said_empty
from p3c_qual.description.tables.spans import read_coded
from p3c_qual.description.tables.tenses import BOOK
from p3c_qual.description.tables.told import read_told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd

    from p3c_qual.description.tables.spans import CodedSpan
    from p3c_qual.opened import Opened

__all__ = ["LEVELS", "table_barriers"]

LEVELS = ("micro", "meso", "macro")
_UNSAID = "not said"
_NOWHERE = "In no segment"
_SIDES = {"barrier": "Barriers", "facilitator": "Facilitators"}


def table_barriers(study: Opened, *, programme: str = "", country: str = "") -> pd.DataFrame:
    """Return where barriers and facilitators lie: by segment of the framework and level.

    A passage that the codebook ``implementation`` codes as a barrier or a facilitator lies in the
    segments and at the levels of the ``selfie`` codes that are given to a passage it overlaps.

    Parameters
    ----------
    study : Study
    programme, country : str
        Keys with commas between them, and name; only these programmes.

    Returns
    -------
    DataFrame
        ``segment``, ``label``, ``level`` (``micro``, ``meso``, ``macro``, or ``not said`` where
        only the segment itself is coded; str), ``barriers``, ``barrier_people``,
        ``facilitators``, ``facilitator_people``, ``programmes`` (Int64) and ``places`` (str).
        Cells without either are left out; the last row holds what lies in no segment. ``attrs``:
        ``caption``, ``unit``, ``denominators``, ``reading_set``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme or country, or no reading can be chosen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_barriers(study).empty
    True
    """
    import pandas as pd

    with study.store.read() as connection:
        told = read_told(study, connection)
        cases = programme_cases(connection, told, programme=programme, country=country)
        home = {name: case.key for case in cases for name in case.sources}
        said = read_coded(study, connection, BOOK, sources=set(home))
        framed = read_coded(study, connection, REPORT, sources=set(home))
        labels = dict(read_chapters(connection).get(REPORT, ()))
    spans = [(each, side) for each in said.spans if (side := _side(each))]
    found: dict[tuple[str, str], list[tuple[CodedSpan, str]]] = defaultdict(list)
    within = _by_source(framed.spans)
    for span, side in spans:
        for cell in set(_cells(span, within.get(span.source, ()))) or {(_NOWHERE, "")}:
            found[cell].append((span, side))
    rows: list[dict[str, Any]] = []
    order = [(code, level) for code in labels for level in (*LEVELS, _UNSAID)]
    for cell in [*order, (_NOWHERE, "")]:
        here = found.get(cell)
        if not here:
            continue
        row: dict[str, Any] = {
            "segment": cell[0] if cell[1] else "",
            "label": labels.get(cell[0], cell[0]),
            "level": cell[1],
        }
        for side, name in _SIDES.items():
            of_side = [span for span, each in here if each == side]
            row[name.lower()] = len({each.place for each in of_side})
            row[f"{side}_people"] = len({each.person for each in of_side if each.person})
        row["programmes"] = len({home[span.source] for span, _ in here})
        places = sorted({span.place for span, _ in here}, key=lambda p: (told.sources[p[0]].key, p))
        row["places"] = "; ".join(f"{told.sources[p[0]].key}:{p[1]}-{p[2]}" for p in places)
        rows.append(row)
    headings = {
        "label": "Segment",
        "level": "Level",
        "barriers": "Barriers",
        "barrier_people": "told by",
        "facilitators": "Facilitators",
        "facilitator_people": "told by ",
        "programmes": "Programmes",
        "places": "Places",
    }
    frame = pd.DataFrame(rows, columns=["segment", *headings])
    frame = frame.astype(dict.fromkeys(list(headings)[2:7], "Int64"))
    frame.attrs = {
        "caption": "Barriers and facilitators by segment and level",
        "unit": "coded passages; told by: interviewees",
        "denominators": {
            _SIDES[side].lower(): len({span.place for span, each in spans if each == side})
            for side in _SIDES
        }
        | {"programmes": len(cases), "sources worked through": len(said.worked)},
        "reading_set": said.caption,
        "headings": headings,
        "shown": list(headings),
        "once": ["label"],
        "notes": [
            "A passage lies in a segment where it overlaps a passage coded with it.",
            "It may lie in several of them: the rows do not add up.",
            "Level not said: only the segment itself is coded there.",
        ],
        "notices": said_empty(
            cases, "" if rows else "No passage is coded as a barrier or a facilitator yet."
        ),
    }
    return frame


def _side(span: CodedSpan) -> str:
    return next((side for side in _SIDES if span.code.endswith(f".{side}")), "")


def _by_source(spans: Collection[CodedSpan]) -> dict[str, list[CodedSpan]]:
    found: dict[str, list[CodedSpan]] = defaultdict(list)
    for each in spans:
        found[each.source].append(each)
    return found


def _cells(span: CodedSpan, others: Collection[CodedSpan]) -> Iterator[tuple[str, str]]:
    """Give segment and level of what is coded where a passage lies."""
    for other in others:
        if other.start < span.end and span.start < other.end:
            parts = other.code.split(".")
            level = parts[1] if len(parts) > 1 and parts[1] in LEVELS else _UNSAID
            yield other.above[-1], level
