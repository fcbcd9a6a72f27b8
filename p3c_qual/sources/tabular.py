"""Tables (.csv, .xlsx) that hold one source a row, such as answers to an open question."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.recognise import check_content, read_data
from p3c_qual.sources.remarks import counted
from p3c_qual.sources.table_rows import csv_rows, xlsx_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TEXT_COLUMNS", "TableRow", "read_table"]

#: a column of one of these names holds the text, the first of them that there is
TEXT_COLUMNS = ("text", "transcript", "answer")
_ID = "id"


@dataclass(frozen=True)
class TableRow:
    """A source that is one row of a table.

    Attributes
    ----------
    key : str
        From the column ``id``, else the file's name and the row.
    text : str
        The raw text of the source.
    variables : dict of str to str
        The other columns by their header.
    row : int
        Number of the row as a spreadsheet shows it; the header is row 1.
    notes : tuple of str
        What was taken from the table, one sentence each; the same for all rows.
    """

    key: str
    text: str
    variables: dict[str, str]
    row: int
    notes: tuple[str, ...] = ()


def read_table(path: Path, *, text_column: str | None = None) -> list[TableRow]:
    """Read a table whose rows are sources.

    Parameters
    ----------
    path : Path
        A .csv (comma, semicolon, tab or bar) or .xlsx file with a header in its first row.
    text_column : str, optional
        The column that holds the text; else ``text``, ``transcript`` or ``answer``.

    Returns
    -------
    list of TableRow
        In the order of the file; rows without text are left out and named in the notes.

    Raises
    ------
    P3CError
        There is no column of texts; an id is missing or used twice; a row has more cells than
        the header; the file is empty, damaged or no table.
    """
    path = Path(path)
    where = str(path)
    ending = path.suffix.lower().lstrip(".")
    if ending not in {"csv", "tsv", "xlsx"}:
        raise P3CError(
            Problem(
                f"A file that ends in '.{ending}' is not read as a table",
                where=where,
                valid=(".csv", ".tsv", ".xlsx"),
                nearest=nearest(f".{ending}", (".csv", ".tsv", ".xlsx")),
            )
        )
    data = read_data(path)
    check_content(data, ending, where)
    rows, notes = xlsx_rows(data, where) if ending == "xlsx" else csv_rows(data, where)
    if not rows:
        raise P3CError(Problem("The table is empty", where=where, do="Add a header and rows."))
    return _sources(rows, notes, path.stem, where, text_column)


def _sources(
    rows: Sequence[Sequence[str]],
    notes: Sequence[str],
    stem: str,
    where: str,
    text_column: str | None,
) -> list[TableRow]:
    header = [name.strip() for name in rows[0]]
    folded = [name.casefold() for name in header]
    problems = _header_problems(header, where)
    at = _text_at(header, folded, where, text_column)
    id_at = folded.index(_ID) if _ID in folded else None
    others = [n for n, name in enumerate(header) if name and n not in (at, id_at)]
    found: list[TableRow] = []
    empty: list[int] = []
    used: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        place = f"{where}, row {number}"
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            problems.append(
                Problem(
                    f"The row has {len(row)} cells, the header {len(header)}",
                    where=place,
                    do="Put a cell that holds the delimiter into quotation marks.",
                )
            )
            continue
        cells = [*row, *[""] * (len(header) - len(row))]
        if not cells[at].strip():
            empty.append(number)
            continue
        key = f"{stem}_{number}" if id_at is None else cells[id_at].strip()
        if not key:
            problems.append(Problem("The row has no id", where=place, do="Fill the column 'id'."))
        elif key in used:
            problems.append(
                Problem(
                    f"The id {key!r} is used twice, first in row {used[key]}",
                    where=place,
                    do="Give each row an id of its own.",
                )
            )
        used.setdefault(key, number)
        found.append(TableRow(key, cells[at], {header[n]: cells[n] for n in others}, number))
    if problems:
        raise P3CError(problems)
    if not found:
        raise P3CError(Problem(f"No row has a text in the column {header[at]!r}", where=where))
    key = "the column 'id'" if id_at is not None else "the file's name and the row"
    told = (
        f"{counted(len(found), 'source')} from the rows of a table: text from the column "
        f"{header[at]!r}, key from {key}, {counted(len(others), 'other column')} as variables."
    )
    said = [*notes, told]
    if empty:
        shown = ", ".join(map(str, empty[:20])) + (", ..." if len(empty) > 20 else "")
        said.append(f"{counted(len(empty), 'row')} without text left out: {shown}.")
    return [TableRow(row.key, row.text, row.variables, row.row, tuple(said)) for row in found]


def _header_problems(header: Sequence[str], where: str) -> list[Problem]:
    twice = [name for name, count in Counter(header).items() if name and count > 1]
    return [
        Problem(
            f"The column {name!r} occurs twice",
            where=f"{where}, row 1",
            do="Give each column a name of its own.",
        )
        for name in twice
    ]


def _text_at(
    header: Sequence[str], folded: Sequence[str], where: str, text_column: str | None
) -> int:
    if text_column is not None:
        if text_column.strip().casefold() in folded:
            return folded.index(text_column.strip().casefold())
        what = f"There is no column {text_column!r}"
        guess = nearest(text_column, header)
    else:
        for name in TEXT_COLUMNS:
            if name in folded:
                return folded.index(name)
        what = f"No column is called {', '.join(TEXT_COLUMNS[:-1])} or {TEXT_COLUMNS[-1]}"
        guess = None
    raise P3CError(
        Problem(
            what,
            where=f"{where}, row 1",
            valid=tuple(name for name in header if name),
            nearest=guess,
            do="Name the column that holds the text.",
        )
    )
