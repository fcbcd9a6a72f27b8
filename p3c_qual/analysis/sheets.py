"""A table as a workbook: one sheet to read, one that says what it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.said import plain_value, said_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LONGEST", "xlsx_bytes"]

#: what a cell of a workbook may hold
LONGEST = 32_767
#: characters a column is wide at least and at most, and one that holds many lines
_NARROW, _WIDE, _WIDEST = 8, 46, 100
#: what a spreadsheet takes for the beginning of a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def xlsx_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as a workbook.

    Parameters
    ----------
    frame : DataFrame
        As `p3c_qual.write_table` takes it.

    Returns
    -------
    bytes
        A sheet ``Table`` with the columns people read, its first row frozen and its words
        wrapped; a sheet ``About`` with caption, unit and denominators, and what was cut.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    said = said_of(frame)
    book = Workbook()
    sheet, about = book.active, book.create_sheet("About")
    sheet.title = "Table"
    shown = [*said.shown, *said.beneath.values(), *said.under]
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    shade = PatternFill("solid", fgColor="EEF1F4")
    for x, name in enumerate(shown, 1):
        cell = sheet.cell(1, x)
        _write(cell, said.heading(name))
        cell.font, cell.fill, cell.alignment = bold, shade, top
        values = [str(value) for value in frame[name].head(500)]
        wide = _WIDEST if name in said.under else _width(said.heading(name), values)
        sheet.column_dimensions[get_column_letter(x)].width = wide
    cut = []
    for y, row in enumerate(frame[shown].itertuples(index=False, name=None), 2):
        for x, value in enumerate(row, 1):
            cell = sheet.cell(y, x)
            if _write(cell, value):
                cut.append(f"{get_column_letter(x)}{y}")
            cell.alignment = top
    sheet.freeze_panes = "B2" if len(shown) > 3 else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(shown), 1))}{len(frame) + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    lines = [*(("Notice", each) for each in said.notices), *said.lines]
    lines += [("Note", note) for note in said.notes]
    if cut:
        lines.append(("Cut", f"longer than a cell may be: {', '.join(cut[:20])}; see the CSV"))
    for y, (name, value) in enumerate(lines, 1):
        _write(about.cell(y, 1), name)
        _write(about.cell(y, 2), value)
        about.cell(y, 1).font = bold
        about.cell(y, 1).alignment = about.cell(y, 2).alignment = top
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 26, 110
    book.properties.creator = "p3c_qual"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Any, value: Any) -> bool:
    """Write a value, words always as words; returns whether they had to be cut."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    held = plain_value(value)
    if not isinstance(held, str) or not held:
        cell.value = None if held == "" else held
        return False
    words = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", held)
    cut = len(words) > LONGEST
    cell.value = words[: LONGEST - 1] + "…" if cut else words
    # told apart by its type; the mark keeps it words also after somebody has edited the cell
    cell.data_type = "s"
    cell.quotePrefix = words.startswith(_FORMULA)
    return cut


def _width(heading: str, values: list[str]) -> float:
    lengths = sorted(len(value) for value in values)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    return min(max(len(heading) + 3, usual + 2, _NARROW), _WIDE)
