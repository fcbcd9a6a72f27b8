"""Use of services and cost, for groups of people and never for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.description.naming import where_row
from p3c_qual.errors import Problem, nearest
from p3c_qual.instruments.pseudonyms import names_people
from p3c_qual.instruments.responses import find_places
from p3c_qual.instruments.table_file import read_table_file
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.instruments.table_file import TableFile
    from p3c_qual.opened import Opened

__all__ = ["AGGREGATE_COLUMNS", "FEWEST", "load_aggregates"]

AGGREGATE_COLUMNS = (
    *("measure", "setting", "programme", "site", "country", "wave"),
    *("n", "value", "unit", "origin"),
)
#: a figure on fewer people is not printed; a threshold of our own
FEWEST = 5
_PLACE = ("programme", "site", "country")
_NAMES = (*_PLACE, "measure", "setting", "wave")


def load_aggregates(
    study: Opened, data: bytes | str | Path, *, name: str = "", id: str | None = None
) -> dict[str, int]:
    """Take figures of groups in, all or nothing.

    Parameters
    ----------
    study : Study
    data : bytes, str or Path
        A table (.csv, .xlsx), one row a figure: ``measure``, ``value``, ``unit`` and ``origin``
        (where it comes from); if known ``setting``, ``programme``, ``site`` or ``country``,
        ``wave`` and ``n``, the number of people it is about.
    name : str
        Of the file.
    id : str, optional
        Of the act.

    Returns
    -------
    dict of str to int
        How many are ``new``, the ``same`` as before, and about fewer people than are printed
        (``small``).

    Raises
    ------
    P3CError
        With every fault and its row; a figure on one person is one, and so is a figure that was
        another one before.
    """
    table = read_table_file(data, name)
    with study.act(f"take in figures from {table.name}", id=id) as act:
        _check_columns(table)
        where = find_places(act.connection, table)
        rows = []
        for at, cells in table.rows:
            place = where[tuple(cells.get(each, "") for each in _PLACE)]
            rows.append((at, {**where_row(place), **_row(table, cells, at)}))
        table.refuse()
        stored = {_name(dict(each)): dict(each) for each in _stored(act.connection)}
        new: dict[tuple[str, ...], dict[str, Any]] = {}
        same = 0
        for at, row in rows:
            before = stored.get(_name(row)) or new.get(_name(row))
            if before is None:
                new[_name(row)] = row
            elif all((before[k] or None) == (v or None) for k, v in row.items()):
                same += 1
            else:
                what = f"{row['measure']!r} is {before['value']:g} {before['unit']} there already"
                do = "Undo the act that took it in, or name a measure, setting or wave of its own."
                table.problems.append(Problem(what, at, do=do, code="repeat"))
        table.refuse()
        ids = ids_for(act, "aggregate", list(new))
        act.insert(
            "aggregate", [{"id": i, **row} for i, row in zip(ids, new.values(), strict=True)]
        )
        small = sum(row["n"] is not None and row["n"] < FEWEST for _, row in rows)
        return {"new": len(new), "same": same, "small": small}


def _check_columns(table: TableFile) -> None:
    table.needs("measure", "value", "unit", "origin")
    for each in table.columns:
        if each in AGGREGATE_COLUMNS:
            continue
        if each == "respondent" or names_people(each):
            what = f"the column {each!r} is of single people; figures are taken in for groups"
            table.problems.append(Problem(what, table.name, do="Add them up first."))
            continue
        close = nearest(each, AGGREGATE_COLUMNS)
        what = f"unknown column {each!r}"
        table.problems.append(Problem(what, table.name, AGGREGATE_COLUMNS, close))


def _row(table: TableFile, cells: dict[str, str], at: str) -> dict[str, Any]:
    words = ("measure", "setting", "wave", "unit", "origin")
    row: dict[str, Any] = {each: clean(cells.get(each, "")) or None for each in words}
    for each in ("measure", "unit", "origin"):
        if each in table.columns and not row[each]:
            do = "Say where the figure comes from." if each == "origin" else ""
            table.problems.append(Problem(f"the figure has no {each}", at, do=do))
    said = len(table.problems)
    row["value"] = table.number(cells.get("value", ""), "value", at)
    if row["value"] is None and said == len(table.problems) and "value" in table.columns:
        table.problems.append(Problem("the figure has no value", at, do="Leave the row out."))
    n = table.number(cells.get("n", ""), "n", at)
    if n is not None and (n < 2 or n != int(n)):
        what = f"n is {n:g}; a figure is of a group, of two people at least"
        table.problems.append(Problem(what, at))
    row["n"] = None if n is None else int(n)
    return row


def _name(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[each] or "") for each in _NAMES)


def _stored(connection: Any) -> Any:
    return connection.execute(select(ROWS["aggregate"])).mappings().all()
