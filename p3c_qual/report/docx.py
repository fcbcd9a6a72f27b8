"""The report as a Word file: real headings, captions, quotations, links both ways."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from p3c_qual.report.columns import UPRIGHT
from p3c_qual.report.docx_blocks import Body
from p3c_qual.report.docx_styles import set_page, set_properties, set_styles
from p3c_qual.report.docx_table import terms_xml
from p3c_qual.report.docx_words import paragraph, run
from p3c_qual.report.printed import print_report
from p3c_qual.report.transcript_look import literal
from p3c_qual.report.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.report.model import Report

__all__ = ["render_docx", "write_docx"]

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: millimetres a picture is at most high
_HIGH = 200.0
_DRAFT = "Draft. For the study team; not for circulation."


def write_docx(report: Report, path: Path | str) -> Path:
    """Write a report as a Word file.

    Parameters
    ----------
    report : Report
        What is written.
    path : Path or str
        Where; its folder is made, an earlier file is replaced as a whole.

    Returns
    -------
    Path

    Raises
    ------
    P3CError
        If the file cannot be written; an earlier one is then left as it was.

    Examples
    --------
    >>> import tempfile
    >>> from p3c_qual.report.model import Report
    >>> report = Report("A programme", "Thick description", "a", "en", ())
    >>> write_docx(report, tempfile.mkdtemp() + "/report.docx").name
    'report.docx'
    """
    return write_whole(path, render_docx(report))


def render_docx(report: Report) -> bytes:
    """Return a report as the bytes of a Word file; the same report gives the same bytes.

    Parameters
    ----------
    report : Report
        What is rendered.

    Returns
    -------
    bytes
    """
    from docx import Document
    from lxml import etree

    data = print_report(report)
    document = Document()
    set_styles(document)
    set_page(document, data["title"], draft=data["draft"])
    set_properties(document, data, report.generated_at)
    pictures = _Pictures(document)
    body = Body(pictures.xml, _Numbering(document).restart, _Turning(document).end)
    # written as text: paragraph by paragraph it would take a minute for a long report
    main = body.blocks(data["blocks"])
    contents = body.contents(data["blocks"])
    # what is too short for contents is too short for a page of its title
    text = _first_page(body, data) + contents + (_BREAK if contents else _SPACE) + main
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    made = etree.fromstring(f'<w:body xmlns:w="{_NAMESPACE}">{text}</w:body>', parser)
    whole = document.element.body
    end = whole[-1]
    for each in list(made):
        end.addprevious(each)
    file = io.BytesIO()
    document.save(file)
    return _dateless(file.getvalue())


_BREAK = '<w:p><w:pPr><w:pStyle w:val="ReportGap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


_SPACE = '<w:p><w:pPr><w:pStyle w:val="ReportGap"/></w:pPr></w:p>'


def _first_page(body: Body, data: dict[str, Any]) -> str:
    made = []
    if data["subtitle"]:
        made.append(paragraph(run(data["subtitle"]), "Subtitle"))
    made.append(paragraph(run(data["title"]), "Title"))
    if data["draft"]:
        made.append(paragraph(run(_DRAFT), "ReportMarker"))
    entries = [(term, said) for term, said in data["cover"]]
    entries += [("Rendered", data["when"])] if data["when"] else []
    if entries:
        made.append(
            terms_xml(
                body.marks,
                [
                    {
                        "term": term, "role": "note", "rtl": False,
                        "runs": [{"text": said, "style": "", "id": "", "to": "", "quiet": True}],
                    }
                    for term, said in entries
                ],
                UPRIGHT,
            )
            + _SPACE
        )  # fmt: skip
    if data["notices"]:
        made.append(paragraph(run("Before reading"), "ReportBoxTitle"))
        made += [paragraph(run(notice), "ListBullet") for notice in data["notices"]]
    return "".join(made)


class _Pictures:
    """Pictures of a document, each with the words that stand for it."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._number = 0

    def xml(self, block: dict[str, Any], wide: float) -> str:
        from docx.image.exceptions import (
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )
        from docx.shared import Mm
        from lxml import etree

        figure = block["figure"]
        if not figure.png:
            return ""
        try:
            inline = self._document.part.new_pic_inline(io.BytesIO(figure.png))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            block["missing"] = "The picture of this figure cannot be read."
            return ""
        across, high = inline.extent.cx, inline.extent.cy
        scale = min(1.0, Mm(wide) / across, Mm(_HIGH) / high)
        size = (round(across * scale), round(high * scale))
        inner = inline.graphic.graphicData.pic.spPr
        for place in (inline.extent, inner.xfrm.ext if hasattr(inner.xfrm, "ext") else None):
            if place is not None:
                place.cx, place.cy = size
        inner.cx, inner.cy = size
        self._number += 1
        inline.docPr.id = self._number
        inline.docPr.name = f"Figure {block['number']}"
        inline.docPr.set("descr", " ".join(literal(block["alt"]).split()))
        picture = etree.tostring(inline, encoding="unicode")
        return f"<w:r><w:drawing>{picture}</w:drawing></w:r>"


class _Numbering:
    """Numbered lists, each of which begins at one."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def restart(self) -> int:
        """Return the number of a new list that looks as the template's does."""
        numbering = self._document.part.numbering_part.element
        style = self._document.styles["List Number"].element
        used = int(style.xpath("w:pPr/w:numPr/w:numId/@w:val")[0])
        kind = numbering.num_having_numId(used).abstractNumId.val
        made = numbering.add_num(kind)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)


class _Turning:
    """Ends of the parts of a document that stand upright or lie on their side."""

    def __init__(self, document: Any) -> None:
        self._section = document.sections[0]

    def end(self, turned: bool) -> str:
        """Return what ends a part: everything before it is turned, or not."""
        from copy import deepcopy

        from docx.enum.section import WD_ORIENT
        from docx.section import Section
        from docx.shared import Mm
        from lxml import etree

        element = deepcopy(self._section._sectPr)  # noqa: SLF001
        if turned:
            made = Section(element, self._section._document_part)  # noqa: SLF001
            made.orientation = WD_ORIENT.LANDSCAPE
            made.page_width, made.page_height = Mm(297), Mm(210)
            made.left_margin = made.right_margin = Mm(24)
            made.top_margin, made.bottom_margin = Mm(24), Mm(20)
        text = etree.tostring(element, encoding="unicode")
        return f'<w:p><w:pPr><w:pStyle w:val="ReportGap"/>{text}</w:pPr></w:p>'


def _dateless(data: bytes) -> bytes:
    """Return a Word file without the moment each of its parts was packed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as packed,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in packed.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            again.writestr(info, packed.read(name))
    return made.getvalue()
