"""Tables that say what sources there are: a manifest, or a table whose rows are the sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.checking import check_incoming
from p3c_qual.sources.incoming import COLUMNS, Incoming, key_of

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.sources.tabular import TableRow

__all__ = ["COLUMNS", "Incoming", "check_incoming", "read_manifest", "spread_tables"]


def read_manifest(path: Path) -> tuple[list[Incoming], list[str]]:
    """Read a manifest: one row a file, columns as in `Incoming`; others become variables.

    Returns
    -------
    (list of Incoming, list of str)
        The sources, and the columns taken as variables.

    Raises
    ------
    P3CError
        Every missing file, twofold id and invalid value at once, each with its line.
    """
    from p3c_qual.coding.csv_form import read_rows

    columns, rows = read_rows(path)
    if "file" not in columns:
        raise P3CError(
            Problem(
                "the column 'file' is missing",
                f"{path}:1",
                tuple(columns),
                nearest("file", columns),
                "It names each source's file.",
            )
        )
    others = [name for name in columns if name and name not in COLUMNS]
    found, problems = [], []
    if not rows:
        problems.append(Problem("the table has a head and no rows", str(path)))
    for line, row in rows:
        where = f"{path}:{line}"
        known: dict[str, Any] = {name: (row.get(name) or "").strip() for name in COLUMNS}
        # a table made on Windows names folders with a backslash
        name = known.pop("file").replace("\\", "/")
        if not name:
            problems.append(Problem("no file is named", where, do="Fill the column 'file'."))
            continue
        variables = {n: v for n in others if (v := (row.get(n) or "").strip())}
        found.append(Incoming(path.parent / name, **known, variables=variables, where=where))
    problems += check_incoming(found)
    if problems:
        raise P3CError(problems)
    return found, others


def spread_tables(sources: list[Incoming], *, text_column: str | None = None) -> list[Incoming]:
    """Put each table (csv, tsv, xlsx) apart into the sources that are its rows.

    A column named as one of the manifest's says the same as there, unless it is said of the whole
    table; others become variables.

    Raises
    ------
    P3CError
        If a table cannot be read.
    """
    from p3c_qual.sources.reader import TABLES
    from p3c_qual.sources.tabular import read_table

    found: list[Incoming] = []
    for each in sources:
        if each.file.suffix.lower().lstrip(".") not in TABLES or not each.file.is_file():
            found.append(each)
            continue
        rows = read_table(each.file, text_column=text_column)
        people = Counter(_named(row).get("interviewee", "") for row in rows)
        for row in rows:
            named = _named(row)
            said: dict[str, Any] = {
                name: named[name]
                for name in COLUMNS
                if name not in {"file", "id"} and named.get(name) and not getattr(each, name)
            }
            others = {n: v for n, v in row.variables.items() if n.strip().lower() not in COLUMNS}
            person = said.get("interviewee", "")
            alone = (
                people[person] == 1
                and ";" not in person
                and row.key == f"{each.file.stem}_{row.row}"
            )
            found.append(
                replace(
                    each,
                    **said,
                    id=person if alone and person else key_of(row.key),
                    variables={**each.variables, **{n: v for n, v in others.items() if v}},
                    row=row,
                    where=f"{each.file}:{row.row}",
                )
            )
    return found


def _named(row: TableRow) -> dict[str, str]:
    return {name.strip().lower(): value.strip() for name, value in row.variables.items()}
