"""The rows of a table file (.csv, .xlsx) as text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.archive import open_archive
from p3c_qual.sources.decode import decode

__all__ = ["csv_rows", "xlsx_rows"]

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
#: a cell may be a whole transcript; the library's own limit is 131,072 characters
_CELL = 100_000_000
#: what the library raises at a workbook whose parts are broken
_LIBRARY = (LookupError, ValueError, TypeError, AttributeError, OSError, SyntaxError)


def csv_rows(data: bytes, where: str) -> tuple[list[list[str]], list[str]]:
    r"""Read delimited text; the delimiter is the likeliest of comma, semicolon, tab and bar.

    Parameters
    ----------
    data : bytes
        The file.
    where : str
        Its name, for messages.

    Returns
    -------
    tuple of list and list
        The rows, the header first, and what there is to say.

    Raises
    ------
    P3CError
        It is no text, or a quotation mark is not closed.

    Examples
    --------
    >>> csv_rows(b"id;text\nA1;So, well\n", "a.csv")
    ([['id', 'text'], ['A1', 'So, well']], [])
    """
    decoded = decode(data, where=where)
    text = decoded.text
    head = _QUOTED.sub("", text[:10_000]).split("\n", 1)[0]
    # a header without any delimiter is a table of one column
    delimiter = max(_DELIMITERS, key=head.count)
    limit = csv.field_size_limit(_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise P3CError(
            Problem(
                f"The table cannot be read to its end ({error})",
                where=where,
                do="Look for a quotation mark that is opened and not closed.",
            )
        ) from None
    finally:
        csv.field_size_limit(limit)
    return rows, list(decoded.notes)


def xlsx_rows(data: bytes, where: str) -> tuple[list[list[str]], list[str]]:
    """Read the first visible sheet that holds anything.

    Parameters
    ----------
    data : bytes
        The file.
    where : str
        Its name, for messages.

    Returns
    -------
    tuple of list and list
        The rows, the header first, and what there is to say.

    Raises
    ------
    P3CError
        It is no workbook, damaged, protected, or made to swell.
    """
    archive = open_archive(data, where)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(archive.data), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        chosen, rows = None, list[list[str]]()
        for sheet in sheets:
            # a sheet may claim more cells than it has: only those written down are read
            sheet.reset_dimensions()
            rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
            if any(any(row) for row in rows):
                chosen = sheet.title
                break
        book.close()
    except (*_LIBRARY, zipfile.BadZipFile):
        raise P3CError(
            Problem(
                "The file is damaged: it is no workbook that can be opened",
                where=where,
                do="Open it in a spreadsheet program, save it as .xlsx and add that file.",
            )
        ) from None
    if chosen is None:
        return [], []
    notes: list[str] = []
    if len(sheets) > 1:
        notes.append(f"Read the sheet {chosen!r}, the first with content of {len(sheets)}.")
    return rows, notes


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    from openpyxl.utils.escape import unescape

    # a carriage return inside a cell is written as _x000D_
    return str(unescape(value)) if isinstance(value, str) and "_x" in value else str(value)
