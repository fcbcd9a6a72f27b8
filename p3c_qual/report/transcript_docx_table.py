"""The table of a coded transcript in Word: line, text, a narrow column for each bar, codes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from p3c_qual.report.transcript_look import TINTS, colour, literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from p3c_qual.report.transcript import Mark, Transcript
    from p3c_qual.report.transcript_rows import Bar, Row, Run

__all__ = ["BARS", "table_xml"]

#: bars that are drawn; Word has no table of more than 63 columns
BARS = 56
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: twentieths of a point: the page between its margins, and its columns
_PAGE, _LINE, _CODES, _GAP = 10200, 620, 2750, 160
_WIDE, _GUTTER = 150, 1900
#: characters of a row that is not parted by the end of a page
_WHOLE = 300
_QUIET = "5B626B"


def table_xml(transcript: Transcript) -> str:
    """Return the table as Word's XML.

    Parameters
    ----------
    transcript : Transcript

    Returns
    -------
    str
    """
    marks = {mark.number: mark for mark in transcript.marks}
    lanes = min(max(transcript.lanes, 1), BARS)
    pitch = min(_WIDE, _GUTTER // lanes)
    text = _PAGE - _LINE - _CODES - _GAP - lanes * pitch
    widths = [_LINE, text, *([pitch] * lanes), _GAP, _CODES]
    parts = [
        f'<w:tbl xmlns:w="{_NAMESPACE}"><w:tblPr>',
        f'<w:tblW w:w="{_PAGE}" w:type="dxa"/><w:tblLayout w:type="fixed"/>',
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>',
        "</w:tblCellMar></w:tblPr><w:tblGrid>",
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
        _head(widths),
    ]
    for at, row in enumerate(transcript.rows):
        parts += _row(row, marks, widths, spaced=row.opens_turn and at > 0)
    parts.append("</w:tbl>")
    return "".join(parts)


def _head(widths: list[int]) -> str:
    names = [(1, "Line"), (1, "Text"), (len(widths) - 3, ""), (1, "Codes")]
    cells, at = [], 0
    for span, name in names:
        style = "TranscriptLine" if name == "Line" else "TranscriptHead"
        body = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(name, "<w:b/>")}</w:p>'
        border = f'<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{_QUIET}"/>'
        cells.append(_cell(sum(widths[at : at + span]), body, span=span, borders=border))
        at += span
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(row: Row, marks: Mapping[int, Mark], widths: list[int], *, spaced: bool) -> Iterator[str]:
    # an empty line is a gap; Word would make it as high as its font
    height = "" if row.runs else '<w:trHeight w:val="100" w:hRule="exact"/>'
    # a short row stays together; a long one may go on over the page
    whole = "<w:cantSplit/>" if len(row.text) < _WHOLE else ""
    yield f"<w:tr><w:trPr>{whole}{height}</w:trPr>"
    before = '<w:spacing w:before="110"/>' if spaced else ""
    number = str(row.number) if row.opens_line and row.runs else ""
    small = "" if row.runs else "Bar"
    line = f'<w:p><w:pPr><w:pStyle w:val="Transcript{small or "Line"}"/>{before}</w:pPr>'
    yield _cell(widths[0], f"{line}{_run(number)}</w:p>")
    bidi = "<w:bidi/>" if row.rtl else ""
    words = f'<w:p><w:pPr><w:pStyle w:val="Transcript{small or "Text"}"/>{bidi}{before}</w:pPr>'
    runs = "".join(_words(row, run, marks) for run in row.runs)
    yield _cell(widths[1], f"{words}{runs}</w:p>")
    yield from _bars(row, widths)
    yield _cell(widths[-1], "".join(_codes(row, marks, before, small)))
    yield "</w:tr>"


def _bars(row: Row, widths: list[int]) -> Iterator[str]:
    """Yield the cells of the bars; what is free between them is one cell."""
    lanes = len(widths) - 4
    by_lane: dict[int, Bar] = {bar.lane: bar for bar in row.bars if bar.lane < lanes}
    blank = '<w:p><w:pPr><w:pStyle w:val="TranscriptBar"/></w:pPr></w:p>'
    # bars that meet are parted by white, in eighths of a point, a third of a bar's width
    white = f'w:val="single" w:sz="{max(widths[2] * 14 // 100, 2)}" w:space="0" w:color="FFFFFF"'
    # the last column is the space before the codes
    at = 2
    for bar, group in groupby(range(lanes + 1), key=by_lane.get):
        span = len(list(group))
        edges = ""
        if bar:
            edges = f"<w:top {white}/>" if bar.first else ""
            edges += f"<w:bottom {white}/>" if bar.last else ""
            edges += f"<w:right {white}/>"
        yield _cell(
            sum(widths[at : at + span]),
            blank,
            span=span,
            borders=edges,
            fill=colour(bar.family)[1:] if bar else "",
        )
        at += span


def _codes(row: Row, marks: Mapping[int, Mark], before: str, small: str) -> Iterator[str]:
    for at, number in enumerate(row.begins):
        mark = marks[number]
        said = f" ({', '.join(mark.said)})" if mark.said else ""
        yield (
            f'<w:p><w:pPr><w:pStyle w:val="TranscriptCode"/>{"" if at else before}</w:pPr>'
            f"{_run(str(number), _ink(mark, bold=True))}<w:r><w:tab/></w:r>{_run(mark.label)}"
            f"{_run(said, _grey())}</w:p>"
        )
    if row.goes_on and row.runs:
        word = "with" if row.begins else "still"
        still = f"{word} {', '.join(map(str, row.goes_on))}"
        yield f'<w:p><w:pPr><w:pStyle w:val="TranscriptCode"/></w:pPr>{_run(still, _grey())}</w:p>'
    elif not row.begins:
        style = small or "Code"
        yield f'<w:p><w:pPr><w:pStyle w:val="Transcript{style}"/></w:pPr></w:p>'


def _words(row: Row, run: Run, marks: Mapping[int, Mark]) -> str:
    form = ""
    if run.speaker:
        form += "<w:b/>"
    if row.role == "interviewer":
        form += _grey()
    if run.depth:
        tint = TINTS[min(run.depth, len(TINTS)) - 1][1:]
        form += f'<w:u w:val="single" w:color="8A929B"/><w:shd w:val="clear" w:fill="{tint}"/>'
    if row.rtl:
        form += "<w:rtl/>"
    opens = "".join(_at(f"{number}[", marks[number]) for number in run.opens)
    closes = "".join(_at(f"]{number}", marks[number]) for number in run.closes)
    return f"{opens}{_run(run.text, form)}{closes}"


def _at(text: str, mark: Mark) -> str:
    return _run(text, _ink(mark, bold=True) + '<w:vertAlign w:val="superscript"/>')


def _ink(mark: Mark, *, bold: bool) -> str:
    return f'{"<w:b/>" if bold else ""}<w:color w:val="{colour(mark.family)[1:]}"/>'


def _grey() -> str:
    return f'<w:color w:val="{_QUIET}"/>'


def _run(text: str, form: str = "") -> str:
    if not text:
        return ""
    words = escape(literal(text)).split("\t")
    body = "<w:tab/>".join(f'<w:t xml:space="preserve">{word}</w:t>' for word in words)
    return f"<w:r><w:rPr>{form}</w:rPr>{body}</w:r>"


def _cell(width: int, body: str, *, span: int = 1, borders: str = "", fill: str = "") -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    edge = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{edge}{shade}</w:tcPr>{body}</w:tc>'
