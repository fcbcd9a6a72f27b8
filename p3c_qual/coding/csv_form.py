"""Codings as a CSV file: source, start, end, code[, coder, round, question, memo, quote]."""

from __future__ import annotations

import csv
import io
from operator import itemgetter
from typing import TYPE_CHECKING

from p3c_qual.coding.wanted import MAIN, Wanted
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.bulk import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["COLUMNS", "read_codings", "read_rows"]

NEEDED = ("source", "start", "end", "code")
COLUMNS = (*NEEDED, "coder", "round", "question", "memo", "quote")
#: characters of one cell; a memo may be long, a cell that never ends is a forgotten quotation mark
_CELL = 100_000_000


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
    problems: list[Problem] = []
    columns, rows = _open(path, problems)
    found = [(line, dict(zip(columns, cells, strict=False))) for line, cells in rows]
    if problems:
        raise P3CError(problems)
    return columns, found


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
    wanted, ignored, problems = scan_codings(path, coder=coder)
    if problems:
        raise P3CError(problems)
    return wanted, ignored


def scan_codings(
    path: Path, *, coder: str | None = None
) -> tuple[list[Wanted], list[str], list[Problem]]:
    """Read a file of codings and what is wrong with its rows, so that all can be said at once.

    Parameters and returns as `read_codings`, and the faults of the rows that were left out.

    Raises
    ------
    P3CError
        If a needed column is missing.
    """
    problems: list[Problem] = []
    columns, rows = _open(path, problems)
    missing = [
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
    if missing:
        raise P3CError(missing)
    with uncollected():
        wanted = _wanted(path, columns, rows, coder, problems)
    return wanted, [name for name in columns if name not in COLUMNS], problems


def _wanted(
    path: Path,
    columns: list[str],
    rows: Iterator[tuple[int, list[str]]],
    coder: str | None,
    problems: list[Problem],
) -> list[Wanted]:
    # a row may end early; the last cell stands for what is not there
    pick = itemgetter(*(columns.index(name) if name in columns else -1 for name in COLUMNS))
    blank = [""] * (len(columns) + 1)
    names = _Names()
    wanted = []
    for line, cells in rows:
        source, start, end, code, who, round_, question, memo, quote = pick(
            cells + blank[len(cells) :]
        )
        if not (_whole(start) and _whole(end)):
            problems += [
                Problem(f"{name} must be a whole number, not {cell.strip()!r}", f"{path}:{line}")
                for name, cell in (("start", start), ("end", end))
                if not _whole(cell)
            ]
            continue
        wanted.append(
            Wanted(
                names[source],
                int(start),
                int(end),
                names[code],
                names[who] or coder or "",
                names[round_] or MAIN,
                names[question],
                memo,
                quote or None,
                f"{path}:{line}",
            )
        )
    return wanted


class _Names(dict[str, str]):
    """The same few names again and again, each kept once and without blanks around it."""

    def __missing__(self, cell: str) -> str:
        self[cell] = cell.strip()
        return self[cell]


def _whole(cell: str) -> bool:
    if not cell.isdigit():
        cell = cell.strip()
    return cell.isdigit() and cell.isascii() and len(cell) < 16


def _open(path: Path, problems: list[Problem]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the columns and the rows of a table, which are read one by one."""
    from p3c_qual.sources.decode import decode

    try:
        data = path.read_bytes()
    except OSError as error:
        raise P3CError(Problem(f"the file cannot be read ({error.strerror})", str(path))) from error
    text = decode(data, where=str(path)).text
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    csv.field_size_limit(_CELL)
    # as bytes, since Python's own buffer of a text takes four bytes a character
    lines = io.TextIOWrapper(
        io.BytesIO(text.encode("utf-8", "surrogatepass")), "utf-8", "surrogatepass", newline=""
    )
    reader = csv.reader(lines, delimiter=separator)
    columns = [name.strip().lower() for name in next(reader, [])]
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise P3CError(
            [Problem(f"the column {name!r} stands there twice", f"{path}:1") for name in twice]
        )
    return columns, _rows(path, reader, len(columns), problems)


def _rows(
    path: Path, reader: Iterator[list[str]], width: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    line: int = reader.line_num  # type: ignore[attr-defined]
    try:
        for cells in reader:
            first, line = line + 1, reader.line_num  # type: ignore[attr-defined]
            if not any(cells) or not "".join(cells).strip():
                continue
            if len(cells) > width:
                problems.append(
                    Problem(
                        f"the row has {len(cells)} cells, the head {width}",
                        f"{path}:{first}",
                        do="Put quotation marks around cells that hold a comma.",
                    )
                )
            yield first, cells
    except csv.Error as error:
        problems.append(Problem(f"the table cannot be read ({error})", f"{path}:{line}"))
