"""The framework matrix: cases by the chapters of a codebook, in the words of their authors."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from p3c_qual.description.places import MATRIX, REPORT, read_chapters
from p3c_qual.description.tables.cases import (
    programme_cases,
    said_empty,
    site_cases,
    worked_through,
)
from p3c_qual.description.tables.cells import STATES, Reader
from p3c_qual.description.tables.spans import read_coded
from p3c_qual.description.tables.told import read_told
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.description.model import SectionText, Where
    from p3c_qual.description.tables.cases import Case
    from p3c_qual.description.tables.spans import Coded
    from p3c_qual.opened import Opened

__all__ = ["list_framework_cells", "table_framework_matrix"]

_NOTE = (
    "A cell holds what its author wrote: of a site its section, of a programme the section of its "
    "executive summary, or else the first paragraph of its chapter. Nothing is filled in from the "
    "codings; of an empty cell it is said how many passages are coded for it."
)


def table_framework_matrix(
    study: Opened, *, programme: str = "", country: str = "", codebook: str = ""
) -> pd.DataFrame:
    """Return programmes by segments, or sites by questions: what was written in each cell.

    Parameters
    ----------
    study : Study
    programme, country : str
        Keys with commas between them, and name; only these cases.
    codebook : str
        Whose codes at the top make the columns: ``selfie`` by default, with programmes as cases;
        with ``pioneers`` the cases are sites.

    Returns
    -------
    DataFrame
        ``case``, ``label`` and one column a code (str): the author's words with references, or
        ``empty`` with the number of coded passages. ``attrs``: ``caption``, ``unit``,
        ``denominators``, ``reading_set``, ``headings``, ``notes``.

    Raises
    ------
    P3CError
        If there is no such programme, country or codebook, or no reading can be chosen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_framework_matrix(study).columns.tolist()[:3]
    ['case', 'label', 'service_delivery']
    """
    import pandas as pd

    cells = list_framework_cells(study, programme=programme, country=country, codebook=codebook)
    chapters: dict[str, str] = cells.attrs["chapters"]
    rows: dict[str, dict[str, str]] = {
        key: {"case": key, "label": label} for key, label in cells.attrs["cases"].items()
    }
    for each in cells.to_dict("records"):
        rows[each["case"]][each["code"]] = _cell(each)
    frame = pd.DataFrame(list(rows.values()), columns=["case", "label", *chapters]).astype("str")
    frame.attrs = {
        **cells.attrs,
        "headings": {"label": cells.attrs["headings"]["label"], **chapters},
        "shown": ["label", *chapters],
        "once": [],
    }
    return frame


def list_framework_cells(
    study: Opened, *, programme: str = "", country: str = "", codebook: str = ""
) -> pd.DataFrame:
    """Return the cells of `table_framework_matrix`, one a row, those of a code side by side.

    Parameters
    ----------
    study : Study
    programme, country : str
        Keys with commas between them, and name; only these cases.
    codebook : str
        Whose codes at the top make the columns, as of `table_framework_matrix`.

    Returns
    -------
    DataFrame
        ``code``, ``chapter``, ``case``, ``section`` (whose words they are), ``label``, ``text``,
        ``state`` (``written``, ``stale`` or ``empty``; str) and ``coded`` (Int64, passages; empty
        where nothing was worked through). ``attrs`` as those of `table_framework_matrix`.

    Raises
    ------
    P3CError
        As `table_framework_matrix`.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> list_framework_cells(study).attrs["notices"]
    ['The study has no programme yet.']
    """
    import pandas as pd

    with study.store.read() as connection:
        told = read_told(study, connection)
        books = read_chapters(connection)
        book = codebook or REPORT
        if book not in books:
            valid = tuple(books)
            what = f"there is no codebook {book[:60]!r}"
            raise P3CError(Problem(what, "codebook=", valid, nearest(book, valid)))
        choose = site_cases if book == MATRIX else programme_cases
        cases = choose(connection, told, programme=programme, country=country)
        sources = {name for case in cases for name in case.sources}
        coded = read_coded(study, connection, book, sources=sources)
        reader = Reader(study, connection, told)
    texts: dict[Where, dict[str, SectionText]] = {case.where: {} for case in cases}
    for each in told.written.sections.values():
        if each.where in texts:
            texts[each.where][each.section] = each
    counts, worked = _counts(coded, cases), worked_through(coded, cases)
    rows = []
    for code, label in books[book]:
        for case in cases:
            section = _section(texts[case.where], code)
            written = texts[case.where][section].text if section else ""
            # what stands in a chapter is too long for a cell; that of a site is one
            cell = reader.cell(written, whole=section != code or bool(case.where.site))
            rows.append(
                {
                    "code": code,
                    "chapter": label,
                    "case": case.key,
                    "label": case.label,
                    "section": section,
                    "text": f"{cell.text} […]" if cell.cut else cell.text,
                    "state": cell.state,
                    "coded": counts[case.key, code] if case.key in worked else None,
                }
            )
    what = "Site" if book == MATRIX else "Programme"
    headings = {
        "chapter": "Question" if book == MATRIX else "Segment",
        "label": what,
        "text": "In the author’s words",
        "state": "State",
        "coded": "Coded",
    }
    frame = pd.DataFrame(rows, columns=["code", "chapter", "case", "section", *list(headings)[1:]])
    frame = frame.astype({"coded": "Int64"})
    states = Counter(row["state"] for row in rows)
    across = "Sites by questions" if book == MATRIX else "Programmes by segments"
    frame.attrs = {
        "caption": f"{across}: {states['written'] + states['stale']} of {len(rows)} cells written",
        "unit": "cells; coded: passages",
        "denominators": {
            "cells": len(rows),
            **{state: states[state] for state in STATES},
        },
        "reading_set": coded.caption,
        "headings": headings,
        "shown": list(headings),
        "once": ["chapter"],
        "chapters": dict(books[book]),
        "cases": {case.key: case.label for case in cases},
        "homes": {case.key: told.programmes[case.where.programme or ""] for case in cases},
        "notes": [_NOTE],
        "notices": said_empty(
            cases,
            "" if len(rows) > states["empty"] else "Nothing is written in any cell yet.",
            sites=book == MATRIX,
        ),
    }
    return frame


def _counts(coded: Coded, cases: list[Case]) -> Counter[tuple[str, str]]:
    """Return the coded passages by case and code at the top."""
    home = {name: case.key for case in cases for name in case.sources}
    places = {(home[each.source], each.above[-1], each.place) for each in coded.spans}
    return Counter((case, code) for case, code, _ in places)


def _section(texts: Mapping[str, SectionText], code: str) -> str:
    """Return the key of the section whose words stand in a cell."""
    keys = (f"summary.{code}", code)
    return next((key for key in keys if key in texts and texts[key].text.strip()), "")


def _cell(row: Mapping[Any, Any]) -> str:
    import pandas as pd

    if row["state"] == "stale":
        return f"{row['text']} (stale: a place it rests on has changed since)"
    if row["state"] == "written":
        return str(row["text"])
    count = row["coded"]
    return "empty" if pd.isna(count) else f"empty ({count} coded)"
