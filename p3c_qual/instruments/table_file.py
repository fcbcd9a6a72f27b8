"""A table that a team brings: one row a record, read with the number of each row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from p3c_qual.errors import P3CError, Problem, nearest

__all__ = ["TableFile", "number_of", "read_table_file"]

ENDINGS = (".csv", ".tsv", ".xlsx")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,10})?")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_NONE = {"", "na", "n/a"}


@dataclass(frozen=True)
class TableFile:
    """The rows of a file, by the columns of its header.

    Attributes
    ----------
    name : str
    columns : tuple of str
    rows : tuple of (str, dict)
        Where each row stands, for messages, and its cells.
    problems : list of Problem
        What is wrong with the table so far.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, dict[str, str]], ...]
    problems: list[Problem] = field(default_factory=list)

    def needs(self, *columns: str) -> None:
        """Note which of these columns are not there."""
        for each in columns:
            if each not in self.columns:
                what = f"there is no column {each!r}"
                close = nearest(each, self.columns)
                self.problems.append(Problem(what, self.name, self.columns, close))

    def number(self, cell: str, column: str, where: str) -> float | None:
        """Return the number of a cell, None where it is empty; what is none is noted."""
        try:
            return number_of(cell)
        except ValueError:
            self.problems.append(Problem(f"{column} is {cell[:40]!r}, and no number", where))
            return None

    def date(self, cell: str, where: str) -> str:
        """Return a date; what is none is noted."""
        if cell and not _DATE.fullmatch(cell):
            do = "Write it as 2026-03-31, 2026-03 or 2026."
            self.problems.append(Problem(f"{cell[:40]!r} is no date", where, do=do))
        return cell

    def refuse(self) -> None:
        """Raise what is wrong, all of it."""
        if self.problems:
            raise P3CError(self.problems)


def number_of(cell: str) -> float | None:
    """Return the number a cell holds, None for an empty one or ``NA``.

    Raises
    ------
    ValueError
        If it is no number.

    Examples
    --------
    >>> number_of("47,1"), number_of("NA"), number_of(" 3 ")
    (47.1, None, 3.0)
    """
    text = cell.strip()
    if text.casefold() in _NONE:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def read_table_file(data: bytes | str | Path, name: str = "") -> TableFile:
    """Read a table from .csv, .tsv or .xlsx.

    Parameters
    ----------
    data : bytes, str or Path
        The file, or where it is.
    name : str
        Of the file; by its ending it is known what it is.

    Raises
    ------
    P3CError
        If it is no table.
    """
    from p3c_qual.sources.recognise import check_content, read_data
    from p3c_qual.sources.table_rows import csv_rows, xlsx_rows

    if not isinstance(data, bytes):
        path = Path(data)
        name, data = name or path.name, read_data(path)
    name = name or "the table"
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        what = f"a file that ends in {ending or 'nothing'!r} is not read as a table"
        raise P3CError(Problem(what, name, ENDINGS, nearest(ending, ENDINGS)))
    check_content(data, ending.lstrip("."), name)
    rows, _ = xlsx_rows(data, name) if ending == ".xlsx" else csv_rows(data, name)
    if not any(any(cell.strip() for cell in row) for row in rows[1:]):
        raise P3CError(Problem("the table has no rows", name, do="Add a header and rows."))
    header = [cell.strip() for cell in rows[0]]
    columns = tuple(cell.lower() for cell in header if cell)
    found = TableFile(name, columns, tuple(_rows(rows, header, name)))
    found.problems.extend(
        Problem(f"the column {each!r} stands there {count} times", name)
        for each, count in Counter(columns).items()
        if count > 1
    )
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row[len(header) :]):
            do = "Put a cell that holds the delimiter into quotation marks."
            what = f"the row has {len(row)} cells, the header {len(header)}"
            found.problems.append(Problem(what, f"{name}, row {number}", do=do))
    return found


def _rows(rows: list[list[str]], header: list[str], name: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (
            f"{name}, row {number}",
            {
                column.lower(): row[at].strip() if at < len(row) else ""
                for at, column in enumerate(header)
                if column
            },
        )
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
