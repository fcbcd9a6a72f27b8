"""Implementation over time: what was, is and is to be, programme by programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.description.tables.cases import programme_cases, said_empty, worked_through
from p3c_qual.description.tables.spans import read_coded
from p3c_qual.description.tables.told import read_told

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.opened import Opened

__all__ = ["BOOK", "KINDS", "TENSES", "table_time_ordered"]

#: the codebook whose codes say when something was and what it was
BOOK = "implementation"
TENSES = {"historical": "Historical", "present": "Present", "future": "Future"}
KINDS = {
    "barrier": "Barriers",
    "facilitator": "Facilitators",
    "event": "Events",
    "decision": "Decisions",
    "adaptation": "Adaptations",
}


def table_time_ordered(study: Opened, *, programme: str = "", country: str = "") -> pd.DataFrame:
    """Return what was told of the past, the present and the future of each programme.

    Parameters
    ----------
    study : Study
    programme, country : str
        Keys with commas between them, and name; only these programmes.

    Returns
    -------
    DataFrame
        ``programme``, ``label``, ``tense`` (str), ``segments``, ``interviewees``, ``barriers``,
        ``facilitators``, ``events``, ``decisions`` and ``adaptations`` (Int64; missing where
        nothing of the programme was coded with the codebook ``implementation``). A
        segment counts once in each column. ``attrs``: ``caption``, ``unit``, ``denominators``,
        ``reading_set``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme or country, or no reading can be chosen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_time_ordered(study).empty
    True
    """
    import pandas as pd

    with study.store.read() as connection:
        told = read_told(study, connection)
        cases = programme_cases(connection, told, programme=programme, country=country)
        sources = {name for case in cases for name in case.sources}
        coded = read_coded(study, connection, BOOK, sources=sources)
    worked = worked_through(coded, cases)
    rows: list[dict[str, Any]] = []
    for case in cases:
        mine = [each for each in coded.spans if each.source in case.sources]
        for tense, label in TENSES.items():
            spans = [each for each in mine if each.above[-1] == tense]
            row: dict[str, Any] = {
                "programme": case.key,
                "label": case.label,
                "tense": label,
                "segments": len({each.place for each in spans}),
                "interviewees": len({each.person for each in spans if each.person}),
            }
            for kind, name in KINDS.items():
                of_kind = {each.place for each in spans if f"{tense}.{kind}" in each.above}
                row[name.lower()] = len(of_kind)
            if case.key not in worked:
                row |= dict.fromkeys(list(row)[3:])
            rows.append(row)
    headings = {
        "label": "Programme",
        "tense": "Time",
        "segments": "Segments",
        "interviewees": "Interviewees",
        **{name.lower(): name for name in KINDS.values()},
    }
    frame = pd.DataFrame(rows, columns=["programme", *headings])
    frame = frame.astype(dict.fromkeys(list(headings)[2:], "Int64"))
    frame.attrs = {
        "caption": "Implementation over time, by programme",
        "unit": "coded segments; interviewees: persons with such a segment",
        "denominators": {
            "programmes": len(cases),
            "sources worked through": len(coded.worked) if worked else 0,
        },
        "reading_set": coded.caption,
        "headings": headings,
        "shown": list(headings),
        "once": ["label"],
        "notes": [
            "A segment that is coded with two kinds counts in both, and once among the segments.",
            "Empty: nothing of the programme was coded with the codebook.",
        ],
        "notices": said_empty(
            cases, "" if worked else f"Nothing was coded with the codebook {BOOK!r} yet."
        ),
    }
    return frame
