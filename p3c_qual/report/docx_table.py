"""Tables in Word's own XML: of a report, of terms, and the frame of a box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.report.docx_words import Marks, attribute, paragraph, run, words

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["box_xml", "counts_xml", "terms_xml"]

_TWIPS = 56.693
_LINE, _QUIET, _TINT, _BLUE = "D5D9DE", "5B626B", "F3F4F5", "1F5A86"
#: characters of a row that is not parted by the end of a page
_WHOLE = 400
_TERM = 40.0


def counts_xml(marks: Marks, table: dict[str, Any]) -> str:
    """Return a printed table; its heading comes again on every page."""
    sizes = [round(width * _TWIPS) for width in table["widths"]]
    small = "ReportCellSmall" if table["size"] < 8 else "ReportCell"
    kinds = table["kinds"]
    heads = [
        _cell(
            size,
            paragraph(run(head, strong=True), small, keep=True, more=_side(kind)),
            under="" if table["of"] else _QUIET,
            bottom=True,
        )
        for size, head, kind in zip(sizes, table["heads"], kinds, strict=True)
    ]
    made = [_opening(sum(sizes), sizes, table["caption"]), _row("".join(heads), head=True)]
    if table["of"]:
        cells = zip(sizes, table["of"], kinds, strict=True)
        made.append(
            _row(
                "".join(
                    _cell(
                        size,
                        paragraph(run(n, "ReportQuiet"), small, keep=True, more=_side(kind)),
                        under=_QUIET,
                    )
                    for size, n, kind in cells
                ),
                head=True,
            )
        )
    for row in table["rows"]:
        short = max(len(cell["text"]) for cell in row) < _WHOLE
        inner = (_value(marks, *each, small) for each in zip(sizes, row, kinds, strict=True))
        made.append(_row("".join(inner), whole=short))
    return "".join([*made, "</w:tbl>"])


def terms_xml(marks: Marks, entries: Sequence[dict[str, Any]], wide: float) -> str:
    """Return terms with what is said of each, in two columns."""
    sizes = [round(_TERM * _TWIPS), round((wide - _TERM) * _TWIPS)]
    made = [_opening(sum(sizes), sizes, "")]
    for each in entries:
        look = "ReportMarked" if each["role"] == "marker" else ""
        said = paragraph(words(marks, each["runs"], look), "ReportCell", rtl=each["rtl"])
        term = paragraph(run(each["term"], "ReportQuiet"), "ReportCell")
        made.append(_row(_cell(sizes[0], term) + _cell(sizes[1], said)))
    return "".join([*made, "</w:tbl>"])


def box_xml(inner: str, look: str, title: str, wide: float) -> str:
    """Return blocks in a frame, or on a tint for a story."""
    size = round(wide * _TWIPS)
    line = f'w:val="single" w:sz="6" w:space="0" w:color="{_LINE}"'
    strong = f'w:val="single" w:sz="18" w:space="0" w:color="{_BLUE}"'
    left = strong if look == "distinctive" else line
    frame = f"<w:top {line}/><w:left {left}/><w:bottom {line}/><w:right {line}/>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}"/>' if look == "story" else ""
    borders = "" if look == "story" else f"<w:tcBorders>{frame}</w:tcBorders>"
    margin = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", 120), ("left", 220), ("bottom", 60), ("right", 220))
    )
    return (
        _opening(size, [size], title)
        + f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{borders}{shade}'
        + f"<w:tcMar>{margin}</w:tcMar></w:tcPr>{inner}</w:tc></w:tr></w:tbl>"
    )


def _opening(wide: int, sizes: Sequence[int], says: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    alt = f"<w:tblCaption w:val={attribute(says)}/>" if says else ""
    margin = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", 30), ("left", 74), ("bottom", 30), ("right", 74))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{wide}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margin}</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>{alt}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _row(cells: str, *, head: bool = False, whole: bool = True) -> str:
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if head else "")
    properties = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{properties}{cells}</w:tr>"


def _cell(
    size: int, inner: str, *, under: str = _LINE, fill: str = "", bottom: bool = False
) -> str:
    border = f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{under}"/>' if under else ""
    border = f"<w:tcBorders>{border}</w:tcBorders>" if border else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    low = '<w:vAlign w:val="bottom"/>' if bottom else ""
    properties = f'<w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{border}{shade}{low}</w:tcPr>'
    return f"<w:tc>{properties}{inner}</w:tc>"


def _value(marks: Marks, size: int, cell: dict[str, Any], kind: str, style: str) -> str:
    look = "ReportQuiet" if cell["zero"] else ""
    inner = marks.link(cell["to"], run(cell["text"], look, rtl=cell["rtl"]))
    indent = f'<w:ind w:left="{170 * min(cell["depth"], 4)}"/>' if cell["depth"] else ""
    made = paragraph(
        marks.around(cell["id"], inner), style, rtl=cell["rtl"], more=indent + _side(kind)
    )
    return _cell(size, made, fill=_TINT if cell["blank"] and kind == "number" else "")


def _side(kind: str) -> str:
    return '<w:jc w:val="right"/>' if kind == "number" else ""
