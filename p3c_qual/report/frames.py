"""A table of the library as a table of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.said import plain_value, said_of, words
from p3c_qual.report.blocks import Cell, Column, Origin, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["frame_block", "telling"]

#: above this a column is set as running text
_SHORT = 14


def frame_block(
    frame: pd.DataFrame, *, key: str, source: str, columns: Sequence[str] | None = None
) -> Table:
    """Turn a table of the library into a table of the report.

    Parameters
    ----------
    frame : DataFrame
        With what it says of itself in its ``attrs``, as `p3c_qual.analysis.said` reads it.
    key : str
        Anchor in the report.
    source : str
        The call that makes it again.
    columns : sequence of str, optional
        Which columns are printed; those people read by default.

    Returns
    -------
    Table
        What belongs below a row or small below a cell stands in a column or a line of its own.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"site": ["north"], "people": [2]})
    >>> frame.attrs = {"caption": "People by site", "unit": "persons"}
    >>> table = frame_block(frame, key="t", source="table_people()")
    >>> [column.kind for column in table.columns], table.rows[0][1].value
    (['short', 'number'], 2)
    """
    said = said_of(frame)
    names = [n for n in columns if n in frame.columns] if columns else [*said.shown, *said.under]
    names = list(dict.fromkeys(names))
    depth = said.indent
    rows = []
    for record in frame.to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        cells = [_cell(row, name, said.beneath.get(name, "")) for name in names]
        if depth and names and names[0] == depth[0]:
            cells[0] = Cell(cells[0].value, depth=max(int(row[depth[1]]) - 1, 0))
        rows.append(tuple(cells))
    headings = [said.heading(name) for name in names]
    sizes = frame.attrs.get("denominators") or {}
    by_column = {h: sizes[n] for n, h in zip(names, headings, strict=True) if n in sizes}
    whole = all(isinstance(size, int) for size in by_column.values())
    fits = bool(by_column) and whole
    notes = [*said.notices, *said.notes]
    if sizes and not fits:
        notes.insert(0, f"n: {words(sizes)}.")
    return Table(
        key=key,
        caption=said.title.rstrip("."),
        columns=tuple(
            Column(heading, _kind(frame[name], [row[i] for row in rows]))
            for i, (name, heading) in enumerate(zip(names, headings, strict=True))
        ),
        rows=tuple(rows),
        origin=Origin("table", source=source),
        unit=str(frame.attrs.get("unit") or ""),
        denominators=tuple(by_column.items()) if fits else (),
        reading_set=str(frame.attrs.get("reading_set") or "")
        .removeprefix("Reading set: ")
        .rstrip("."),
        notes=tuple(notes),
    )


def telling(frame: pd.DataFrame, programme: str = "") -> list[str]:
    """Return the columns people read that say something.

    One that is empty, or says in each row that it is this programme, says nothing.
    """
    said = said_of(frame)
    nothing = {"", programme}
    return [
        each
        for each in (*said.shown, *said.under)
        if frame.empty or not set(frame[each].astype("str")) <= nothing
    ]


def _cell(row: dict[str, Any], name: str, below: str) -> Cell:
    value = plain_value(row[name])
    if isinstance(value, bool):
        value = "yes" if value else "no"
    small = plain_value(row[below]) if below else None
    if small:
        return Cell("\n".join(str(each) for each in (value, small) if each not in {None, ""}))
    return Cell("" if value is None and isinstance(row[name], str) else value)


def _kind(column: Any, cells: Sequence[Cell]) -> Any:
    if getattr(column.dtype, "kind", "O") in {"i", "u", "f"}:
        return "number"
    longest = max((len(str(cell.value or "")) for cell in cells), default=0)
    return "short" if longest <= _SHORT else "text"
