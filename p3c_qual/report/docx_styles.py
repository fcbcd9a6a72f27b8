"""The look of a report in Word: page, styles, running head, properties."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from p3c_qual.report.docx_words import field, run
from p3c_qual.report.transcript_look import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["set_page", "set_properties", "set_styles"]

INK, QUIET, BLUE, AMBER = "22262B", "5B626B", "1F5A86", "7A4B00"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SERIF = "Cambria"
#: where no moment is known
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_LEFT = '<w:pBdr><w:left w:val="single" w:sz="12" w:space="10" w:color="D5D9DE"/></w:pBdr>'
_TINT = '<w:shd w:val="clear" w:color="auto" w:fill="FDF4DF"/>'

#: name, size, colour, points before and after, XML between the two, whether it stays with the next
_PARAGRAPHS: tuple[tuple[str, str, float, str, float, float, str, bool], ...] = (
    ("Generated", "Body Text", 9.5, QUIET, 4, 4, "", False),
    ("Note", "Body Text", 8.5, QUIET, 2, 3, "", False),
    ("Marker", "Body Text", 9, AMBER, 4, 6, _TINT, False),
    ("Original", "Quote", 9.5, QUIET, 0, 2, "", True),
    ("Source", "Quote", 8, QUIET, 0, 10, "", False),
    ("Place", "Normal", 8.5, QUIET, 8, 2, "", True),
    ("Turn", "Normal", 9.5, QUIET, 0, 3, "", False),
    ("Cell", "Normal", 8.5, INK, 0, 0, "", False),
    ("Cell Small", "Normal", 7.5, INK, 0, 0, "", False),
    ("Reference", "Normal", 9.5, INK, 0, 4, "", False),
    ("Picture", "Normal", 10, INK, 8, 3, "", True),
    ("Box Title", "Normal", 10, INK, 0, 4, "", True),
    ("Gap", "Normal", 4, INK, 0, 4, "", False),
)
_HEADINGS = ((16, 22, 6), (13, 14, 4), (11.5, 12, 3), (10.5, 10, 2), (10.5, 8, 2), (10.5, 8, 2))


def set_styles(document: Any) -> None:
    """Give a document the styles of a report, built on Word's own."""
    styles = document.styles
    _set_text(styles)
    _set_quotes(styles)
    _set_report(styles)
    _set_contents(styles)
    for each in styles.element.xpath("w:docDefaults//w:lang"):
        each.set(_w("val"), "en-GB")


def _set_text(styles: Any) -> None:
    for name in ("Normal", "Title", "Subtitle", "Body Text", "Quote", "Caption", "Strong"):
        _plain(styles[name])
    # the theme's fonts go before those of a style
    for name in ("Normal", "Title", "Subtitle", *(f"Heading {n}" for n in range(1, 7))):
        _named_font(styles[name])
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, size, colour, before, after in (
        ("Normal", 10.5, INK, 0, 0),
        ("Body Text", 10.5, INK, 0, 7),
        ("Title", 25, INK, 0, 10),
        ("Subtitle", 12, QUIET, 60, 4),
        ("Caption", 9, QUIET, 8, 4),
    ):
        _font(styles[name], size, colour, bold=name == "Title")
        _spaced(styles[name], before, after)
    for level, (size, before, after) in enumerate(_HEADINGS, 1):
        style = styles[f"Heading {level}"]
        _plain(style)
        _font(style, size, INK, bold=True)
        _spaced(style, before, after)
        style.paragraph_format.keep_with_next = True


def _set_quotes(styles: Any) -> None:
    from docx.shared import Mm

    quote = styles["Quote"]
    _font(quote, 10.5, INK)
    _spaced(quote, 6, 2)
    quote.paragraph_format.left_indent = Mm(7)
    quote.element.get_or_add_pPr().insert_element_before(_xml(_LEFT), *_AFTER_BORDER)


def _set_report(styles: Any) -> None:
    """Add what Word has no style for."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm

    for name, base, size, colour, before, after, more, stays in _PARAGRAPHS:
        style = styles.add_style(f"Report {name}", WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(_w("styleId"), f"Report{name.replace(' ', '')}")
        style.base_style = styles[base]
        _font(style, size, colour, bold=name == "Box Title" or None)
        _spaced(style, before, after)
        style.paragraph_format.keep_with_next = stays
        if more:
            style.element.get_or_add_pPr().insert_element_before(_xml(more), *_AFTER_SHADE)
    hanging = styles["Report Reference"].paragraph_format
    hanging.left_indent, hanging.first_line_indent = Mm(10), Mm(-10)
    hanging.tab_stops.add_tab_stop(Mm(10))
    for name, colour in (("Quiet", QUIET), ("Number", QUIET), ("Marked", AMBER)):
        _character(styles, f"Report {name}", colour)
    _character(styles, "Hyperlink", BLUE)
    quoted = _character(styles, "Report Quoted", INK)
    quoted.element.get_or_add_rPr().append(
        _xml('<w:shd w:val="clear" w:color="auto" w:fill="FBEEC2"/>')
    )


def _set_contents(styles: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm

    for level, left in ((1, 0), (2, 12)):
        style = styles.add_style(f"TOC {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(_w("styleId"), f"TOC{level}")
        style.base_style = styles["Normal"]
        _spaced(style, 3 if level == 1 else 0, 1)
        style.paragraph_format.left_indent = Mm(left)
        style.paragraph_format.tab_stops.add_tab_stop(Mm(left + 12))
        _right_tab(style)
    contents = styles["TOC Heading"]
    _plain(contents)
    _named_font(contents)
    _font(contents, 16, INK, bold=True)
    _spaced(contents, 0, 8)
    contents.paragraph_format.page_break_before = True


#: what comes behind a border, and behind a shade, among a paragraph's properties
_AFTER_SHADE = (
    "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
_AFTER_BORDER = ("w:shd", *_AFTER_SHADE)


def set_page(document: Any, title: str, *, draft: bool) -> None:
    """Set the page, its running head with title and chapter, and its number at the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(27)
    section.top_margin, section.bottom_margin = Mm(27), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)
    look = "ReportQuiet"
    to_right = '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>'
    name = " ".join(literal(title).split())
    short = name if len(name) <= 60 else f"{name[:59].rstrip()}…"
    head = run(f"{short} · ", look) + field('STYLEREF "Heading 1"', "", look)
    if draft:
        head += to_right + run("DRAFT", "ReportMarked", strong=True)
    foot = field("PAGE", "1", look) + run(" / ", look) + field("NUMPAGES", "1", look)
    for part, inner in ((section.header, head), (section.footer, foot)):
        line = part.paragraphs[0]
        line.style.font.size = document.styles["Report Source"].font.size
        for each in _xml(f"<w:p>{inner}</w:p>"):
            line._p.append(each)  # noqa: SLF001
    section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def set_properties(document: Any, report: Mapping[str, Any], when: datetime | None) -> None:
    """Set what the file says of itself: its title, and no person and no moment but the report's."""
    held = document.core_properties
    held.title = literal(report["title"])[:255]
    held.subject = literal(report["subtitle"])[:255]
    held.author = held.last_modified_by = held.comments = held.keywords = ""
    held.language = "en-GB"
    held.revision = 1
    held.created = held.modified = when or _SOME_DAY
    # the template comes with a picture of itself
    related = document.part.package.rels
    for name in [n for n, each in related.items() if each.reltype.endswith("/thumbnail")]:
        del related[name]


def _font(style: Any, size: float, colour: str, *, bold: bool | None = False) -> None:
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour)
    style.font.italic = False
    if bold is not None:
        style.font.bold = bold


def _spaced(style: Any, before: float, after: float) -> None:
    from docx.shared import Pt

    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)


def _plain(style: Any) -> None:
    """Take lines, slant and spacing of letters out of a style of the template, and its twin."""
    found = "./w:link | .//w:pBdr | .//w:rPr/w:spacing | .//w:rPr/w:kern | .//w:rPr/w:iCs"
    for each in style.element.xpath(found):
        each.getparent().remove(each)


def _named_font(style: Any) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_w(kind), _SERIF)


def _character(styles: Any, name: str, colour: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.element.set(_w("styleId"), name.replace(" ", ""))
    style.font.color.rgb = RGBColor.from_string(colour)
    if name == "Report Number":
        style.font.bold = False
    return style


def _right_tab(style: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    stops = style.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _xml(text: str) -> Any:
    from docx.oxml import parse_xml

    name, rest = text[1:].split(">", 1)
    tag = name.rstrip("/")
    closing = "/>" if name.endswith("/") else ">"
    return parse_xml(f"<{tag} {_NAMESPACE}{closing}{rest}")


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")
