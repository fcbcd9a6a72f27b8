"""Advice, challenges and highlights across sites, with the quotations that authors chose of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.description.places import MATRIX, read_chapters
from p3c_qual.description.tables.cases import said_empty, site_cases, worked_through
from p3c_qual.description.tables.spans import read_coded
from p3c_qual.description.tables.told import read_told

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from p3c_qual.description.tables.spans import CodedSpan
    from p3c_qual.description.tables.told import Told
    from p3c_qual.opened import Opened

__all__ = ["table_lessons"]

_CODES = ("highlights", "most_exciting", "most_challenging", "next_year", "advice")


def table_lessons(study: Opened, *, programme: str = "", country: str = "") -> pd.DataFrame:
    """Return what sites tell of highlights and challenges, and what they advise.

    Parameters
    ----------
    study : Study
    programme, country : str
        Keys with commas between them, and name; only sites of these programmes.

    Returns
    -------
    DataFrame
        ``code``, ``question``, ``site``, ``label`` (str), ``segments``, ``interviewees`` (Int64;
        missing where nothing of its programme was coded with the codebook ``pioneers``),
        ``quotes`` (keys of the quotations chosen there) and ``places`` (str). ``attrs``:
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
    >>> table_lessons(study).empty
    True
    """
    import pandas as pd

    with study.store.read() as connection:
        told = read_told(study, connection)
        cases = site_cases(connection, told, programme=programme, country=country)
        sources = {name for case in cases for name in case.sources}
        coded = read_coded(study, connection, MATRIX, sources=sources)
        labels = dict(read_chapters(connection).get(MATRIX, ()))
    worked = worked_through(coded, cases)
    rows: list[dict[str, Any]] = []
    for code in (each for each in _CODES if each in labels):
        for case in cases:
            spans = [s for s in coded.spans if s.above[-1] == code and s.source in case.sources]
            known = case.key in worked
            places = sorted({each.place for each in spans})
            rows.append(
                {
                    "code": code,
                    "question": labels[code],
                    "site": case.key,
                    "label": case.label,
                    "segments": len(places) if known else None,
                    "interviewees": len({each.person for each in spans if each.person})
                    if known
                    else None,
                    "quotes": _quotes(told, spans),
                    "places": "; ".join(f"{told.sources[p[0]].key}:{p[1]}-{p[2]}" for p in places),
                }
            )
    headings = {
        "question": "Question",
        "label": "Site",
        "segments": "Segments",
        "interviewees": "Interviewees",
        "quotes": "Quotations",
        "places": "Places",
    }
    frame = pd.DataFrame(rows, columns=["code", "question", "site", *list(headings)[1:]])
    frame = frame.astype({"segments": "Int64", "interviewees": "Int64"})
    frame.attrs = {
        "caption": "Highlights, challenges and advice, by site",
        "unit": "coded segments; interviewees: persons with such a segment",
        "denominators": {
            "sites": len(cases),
            "sources worked through": len(coded.worked) if worked else 0,
        },
        "reading_set": coded.caption,
        "headings": headings,
        "shown": list(headings),
        "once": ["question"],
        "notes": ["Empty: nothing of the programme was coded with the codebook."],
        "notices": said_empty(
            cases,
            "" if worked else f"Nothing was coded with the codebook {MATRIX!r} yet.",
            sites=True,
        ),
    }
    return frame


def _quotes(told: Told, spans: Collection[CodedSpan]) -> str:
    """Return the quotations that were chosen from some passages."""
    found = [
        f"{each.key} ({told.sources[each.source].key})"
        for each in told.written.quotes.values()
        if any(
            each.source == span.source and each.start < span.end and span.start < each.end
            for span in spans
        )
    ]
    return "; ".join(found)
