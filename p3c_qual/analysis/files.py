"""Tables as files: CSV to load again, XLSX for a spreadsheet, HTML to read and to print."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.analysis.said import plain_value
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENDINGS", "place_file", "write_table"]

ENDINGS = (".csv", ".xlsx", ".html")


def write_table(frame: pd.DataFrame, path: Path | str) -> Path:
    r"""Write a table by the ending of its file; it appears whole or not at all.

    Parameters
    ----------
    frame : DataFrame
        Its ``attrs`` are used where they are there: ``caption``, ``unit``, ``denominators``,
        ``reading_set``, ``notes``, the units of the question, who and when; ``headings`` (by
        column), ``shown`` (the columns people read), ``beneath`` (a column set below another
        one), ``under`` (columns set below their row), ``once`` (columns not said again), ``anchor`` (the column that names a row's place).
    path : Path or str
        Ends in ``.csv`` (all columns and every value as it is, so that it can be loaded again),
        ``.xlsx`` (the columns people read as text that no program calculates, a second sheet
        says what the table is) or ``.html`` (one file that needs no network).

    Returns
    -------
    Path

    Raises
    ------
    P3CError
        If the ending is another one, or the file cannot be written; an earlier one is then left
        as it was.

    Notes
    -----
    A spreadsheet takes a value that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. XLSX
    marks every such cell as text. CSV has no such mark: putting a sign before the value would
    change what somebody said, so nothing is put there. Open the XLSX in a spreadsheet, and keep
    the CSV to load.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> table = pd.DataFrame({"case": ["IP01"], "quote": ["- we meet"]})
    >>> path = write_table(table, tempfile.mkdtemp() + "/table.csv")
    >>> path.read_text(encoding="utf-8")
    'case,quote\nIP01,- we meet\n'
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending == ".csv":
        data = csv_bytes(frame)
    elif ending == ".xlsx":
        from p3c_qual.analysis.sheets import xlsx_bytes

        data = xlsx_bytes(frame)
    elif ending in {".html", ".htm"}:
        from p3c_qual.report.table_html import render_table

        data = render_table(frame).encode("utf-8")
    else:
        what = f"a table is not written as {ending or 'no ending'!r}"
        raise P3CError(Problem(what, str(target), ENDINGS, nearest(ending, ENDINGS)))
    place_file(target, data)
    return target


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return all columns of a table as CSV in UTF-8, each value as it is."""
    import csv

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(
        ["" if (held := plain_value(value)) is None else held for value in row]
        for row in frame.itertuples(index=False, name=None)
    )
    return text.getvalue().encode("utf-8")


def place_file(path: Path, data: bytes) -> None:
    """Put a file where it belongs, whole or not at all.

    Raises
    ------
    P3CError
        If it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        what = f"the file cannot be written ({error.strerror or error})"
        raise P3CError(Problem(what, str(path), do="Choose another place or make room.")) from error
