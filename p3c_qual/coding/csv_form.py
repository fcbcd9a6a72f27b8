"""Codings as a CSV file: source, start, end, code[, coder, round, question, memo, quote]."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from p3c_qual.coding.intake import MAIN, Wanted
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["COLUMNS", "read_codings", "read_rows"]

NEEDED = ("source", "start", "end", "code")
COLUMNS = (*NEEDED, "coder", "round", "question", "memo", "quote")


def read_rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Read a table of any usual encoding and separator.

    Returns
    -------
    (columns, rows)
        Column names in lower case; each row with its line number in the file.

    Raises
    ------
    P3CError
        If the file is missing, empty, or its head names a column twice.
    """
    from p3c_qual.sources.decode import decode

    try:
        data = path.read_bytes()
    except OSError as error:
        raise P3CError(Problem(f"the file cannot be read ({error.strerror})", str(path))) from error
    text = decode(data, where=str(path)).text
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    csv.field_size_limit(100_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    columns = [name.strip().lower() for name in next(reader)]
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise P3CError(
            [Problem(f"the column {name!r} stands there twice", f"{path}:1") for name in twice]
        )
    rows, problems = [], []
    line = reader.line_num
    try:
        for cells in reader:
            first, line = line + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(columns):
                problems.append(
                    Problem(
                        f"the row has {len(cells)} cells, the head {len(columns)}",
                        f"{path}:{first}",
                        do="Put quotation marks around cells that hold a comma.",
                    )
                )
            rows.append((first, dict(zip(columns, cells, strict=False))))
    except csv.Error as error:
        problems.append(Problem(f"the table cannot be read ({error})", f"{path}:{line}"))
    if problems:
        raise P3CError(problems)
    return columns, rows


def read_codings(path: Path, *, coder: str | None = None) -> tuple[list[Wanted], list[str]]:
    """Read a file of codings.

    Parameters
    ----------
    path : Path
    coder : str, optional
        Whose codings those rows are that name nobody.

    Returns
    -------
    (list of Wanted, list of str)
        The codings asked for, and the columns that were not used.

    Raises
    ------
    P3CError
        If a needed column is missing or a place is no number; every row at once.
    """
    columns, rows = read_rows(path)
    problems = [
        Problem(
            f"the column {name!r} is missing",
            f"{path}:1",
            tuple(columns),
            nearest(name, columns),
            f"Needed: {', '.join(NEEDED)}.",
        )
        for name in NEEDED
        if name not in columns
    ]
    if problems:
        raise P3CError(problems)
    wanted = []
    for line, row in rows:
        where = f"{path}:{line}"
        places = []
        for name in ("start", "end"):
            cell = (row.get(name) or "").strip()
            if cell.isascii() and cell.isdigit():
                places.append(int(cell))
            else:
                problems.append(Problem(f"{name} must be a whole number, not {cell!r}", where))
        if len(places) < 2:
            continue
        wanted.append(
            Wanted(
                (row["source"] or "").strip(),
                places[0],
                places[1],
                (row["code"] or "").strip(),
                (row.get("coder") or "").strip() or coder or "",
                (row.get("round") or "").strip() or MAIN,
                (row.get("question") or "").strip(),
                row.get("memo") or "",
                row.get("quote") or None,
                where,
            )
        )
    if problems:
        raise P3CError(problems)
    return wanted, [name for name in columns if name not in COLUMNS]
