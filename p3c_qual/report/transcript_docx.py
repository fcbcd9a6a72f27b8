"""The coded transcript as a Word file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from p3c_qual.report.transcript_docx_table import BARS, table_xml
from p3c_qual.report.transcript_look import colour, counted, literal, opening_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.report.transcript import Transcript

__all__ = ["render_transcript_docx"]

_QUIET = "5B626B"
#: name, size in points, grey, space after in points
_STYLES = (
    ("Text", 10.0, False, 1.0),
    ("Line", 7.5, True, 0.0),
    ("Head", 8.0, True, 1.0),
    ("Code", 8.0, False, 1.0),
    ("Bar", 1.0, False, 0.0),
    ("Small", 8.5, False, 0.0),
    ("How", 8.5, True, 6.0),
)


def render_transcript_docx(transcript: Transcript) -> bytes:
    """Return a coded transcript as the bytes of a Word file.

    Parameters
    ----------
    transcript : Transcript

    Returns
    -------
    bytes

    Examples
    --------
    >>> from p3c_qual.report.transcript import Transcript
    >>> render_transcript_docx(Transcript("a", "", "en", (), (), (), 0, (), (), ()))[:2]
    b'PK'
    """
    from docx import Document
    from lxml import etree

    document = Document()
    _page(document, transcript)
    _styles(document)
    document.add_heading(literal(transcript.source), 0)
    if transcript.title:
        document.add_paragraph(literal(transcript.title), style="Subtitle")
    for notice in transcript.notices:
        document.add_paragraph(style="Transcript How").add_run(literal(notice)).bold = True
    _table(document, transcript.about, (2100, 8100))
    how = opening_words(transcript)
    if transcript.lanes > BARS:
        how += f" More than {BARS} codings lie on one another here: from there on the numbers alone"
        how += " say where one begins and ends."
    document.add_paragraph(how, style="Transcript How").paragraph_format.space_before = 100_000
    # the table is written as text: cell by cell it would take a minute for a long interview
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    table = etree.fromstring(table_xml(transcript), parser)
    document.element.body.insert(len(document.element.body) - 1, table)
    _notes(document, transcript)
    _codes(document, transcript)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _page(document: Any, transcript: Transcript) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(16), Mm(14)
    section.top_margin = section.bottom_margin = Mm(18)
    section.header_distance = section.footer_distance = Mm(9)
    properties = document.core_properties
    properties.title = literal(transcript.source)[:255]
    # the template is signed by its makers
    properties.author, properties.comments = "", ""
    foot = section.footer.paragraphs[0]
    foot.style.font.size = document.styles["Normal"].font.size
    foot.style.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(180), WD_TAB_ALIGNMENT.RIGHT)
    parts = (f"{literal(transcript.source)} · working copy, not for publication\t", "PAGE")
    for text, field in (parts, (" of ", "NUMPAGES")):
        _small(foot.add_run(text))
        _field(foot, field)


def _field(paragraph: Any, name: str) -> None:
    """Add a field that the word processor fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        _small(run)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = name
        run._r.append(element)  # noqa: SLF001


def _small(run: Any) -> None:
    from docx.shared import Pt, RGBColor

    run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(_QUIET)


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.shared import Pt, RGBColor

    ink = RGBColor.from_string("22262B")
    for name, size in (("Title", 20.0), ("Subtitle", 12.0), ("Heading 1", 13.0)):
        style = document.styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), ink, False
        for border in style.element.xpath(".//w:pBdr"):
            border.getparent().remove(border)
    for name, size, quiet, after in _STYLES:
        style = document.styles.add_style(f"Transcript {name}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.element.set(_w("styleId"), f"Transcript{name}")
        style.font.size = Pt(size)
        if quiet:
            style.font.color.rgb = RGBColor.from_string(_QUIET)
        # spoken words are no spelling mistakes
        style.element.get_or_add_rPr().append(OxmlElement("w:noProof"))
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(0), Pt(after)
        form.line_spacing = 1.1
        if name == "Line":
            form.alignment, form.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(7)
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(12.5)
        elif name == "Text":
            form.right_indent = Pt(7)
        elif name == "Code":
            form.left_indent, form.first_line_indent = Pt(19), Pt(-19)
            form.tab_stops.add_tab_stop(Pt(19))
        elif name == "Bar":
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _table(
    document: Any,
    rows: Sequence[tuple[str, ...]],
    widths: Sequence[int],
    *,
    head: Sequence[str] = (),
    inks: Sequence[str] = (),
) -> None:
    """Add a plain table, its first column quiet, or in the colour given for each row."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt, RGBColor, Twips

    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    for at, cells in enumerate([*([head] if head else []), *rows]):
        line = table.add_row()
        first = bool(head) and at == 0
        for name in ("w:cantSplit", *(("w:tblHeader",) if first else ())):
            line._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001
        for column, (cell, text, width) in enumerate(zip(line.cells, cells, widths, strict=True)):
            cell.width = Twips(width)
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles["Transcript Small"]
            paragraph.paragraph_format.space_after = Pt(2)
            over, _, under = literal(text).partition("\n") if inks else (literal(text), "", "")
            run = paragraph.add_run(over)
            run.bold = first or bool(inks and not column)
            if inks and not column and not first:
                run.font.color.rgb = RGBColor.from_string(inks[at - bool(head)])
            elif first or not column:
                run.font.color.rgb = RGBColor.from_string(_QUIET)
            if under:
                run.add_break()
                _small(paragraph.add_run(under))


def _notes(document: Any, transcript: Transcript) -> None:
    if not transcript.notes:
        return
    document.add_heading("Memos", 1)
    rows = [
        (str(note.number), f"On {note.about}{f', by {note.by}' if note.by else ''}", note.text)
        for note in transcript.notes
    ]
    _table(document, rows, (500, 2500, 7200), head=("", "On", "Memo"))


def _codes(document: Any, transcript: Transcript) -> None:
    if not transcript.codes:
        return
    document.add_heading("Codes used", 1)
    rows = [
        (
            # the key below the label, whatever either holds
            f"{' '.join(code.label.split())}\n{code.key}",
            counted(code),
            ", ".join(map(str, code.numbers)),
            " ".join(code.definition.split()),
        )
        for code in transcript.codes
    ]
    inks = [colour(code.family)[1:] for code in transcript.codes]
    head = ("Code", "Codings", "Which", "Definition")
    _table(document, rows, (3300, 1500, 1700, 3700), head=head, inks=inks)
