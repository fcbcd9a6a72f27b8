"""The report as a PDF, set by typst from data alone."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from p3c_qual.report.columns import UPRIGHT
from p3c_qual.report.pdf_set import FONTS, broken_all, set_pdf
from p3c_qual.report.printed import print_report
from p3c_qual.report.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from p3c_qual.report.blocks import Figure
    from p3c_qual.report.model import Report

__all__ = ["render_pdf", "write_pdf"]

#: millimetres a picture is at most wide and high, and wide in a box
_HIGH, _IN_BOX = 205.0, UPRIGHT - 10
#: where a key or an address is best broken; other long words after a few letters each
_SEAMS = re.compile(r"(?<=[_./;:,-])(?=\w)")
_STEP = 4
#: letters of a word that a language may have, and what may stand around it
_WORD, _ROUND = 24, "“”\"'(),.;:!?[]"


def write_pdf(report: Report, path: Path | str) -> Path:
    """Write a report as a PDF with links, bookmarks and tags.

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
    >>> write_pdf(report, tempfile.mkdtemp() + "/report.pdf").name
    'report.pdf'
    """
    return write_whole(path, render_pdf(report))


def render_pdf(report: Report) -> bytes:
    """Return a report as the bytes of a PDF; the same report gives the same bytes.

    Letters that no font of this computer has are named on the first page and in the log.

    Parameters
    ----------
    report : Report
        What is rendered.

    Returns
    -------
    bytes
    """
    data = print_report(report)
    pictures: dict[str, bytes] = {}
    for block, inside in _each(data["blocks"]):
        if block["kind"] == "table":
            _soften(block)
        elif block["kind"] == "figure":
            _picture(block, pictures, _IN_BOX if inside else UPRIGHT)
    data = broken_all(data)
    when = report.generated_at
    moment = [] if when is None else [*when.timetuple()[:6]]
    return set_pdf(
        "report.typ", {**data, "fonts": list(FONTS), "date": moment}, report.title, beside=pictures
    )


def _each(
    blocks: list[dict[str, Any]], *, inside: bool = False
) -> Iterator[tuple[dict[str, Any], bool]]:
    """Give every block, those within others too, and whether it stands in a box."""
    for block in blocks:
        yield block, inside
        yield from _each(block.get("blocks", []), inside=inside or block["kind"] == "box")


def _soften(table: dict[str, Any]) -> None:
    """Give words that are longer than their column places to break at."""
    for row in table["rows"]:
        for cell, room in zip(row, table["room"], strict=True):
            cell["text"] = _soft(cell["text"], room)
    heads = zip(table["heads"], table["room"], strict=True)
    table["heads"] = [_soft(head, room) for head, room in heads]


def _soft(text: str, room: int) -> str:
    def parted(found: re.Match[str]) -> str:
        word = found[0]
        # a word of the language is parted by its rules, and is found again as a whole
        if len(word) <= _WORD and word.strip(_ROUND).isalpha():
            return word
        return "\u200b".join(
            piece[at : at + _STEP] if len(piece) > room else piece
            for piece in _SEAMS.split(word)
            for at in range(0, len(piece), _STEP if len(piece) > room else len(piece))
        )

    return re.sub(rf"\S{{{room + 1},}}", parted, text)


def _picture(block: dict[str, Any], pictures: dict[str, bytes], wide: float) -> None:
    """Choose the form of a picture that can be drawn, lines before points."""
    figure: Figure = block.pop("figure")
    block["file"], block["wide"] = "", wide
    for form, data, size in (("svg", figure.svg, _svg_size), ("png", figure.png, _png_size)):
        if not data:
            continue
        found = size(data)
        if found is None:
            block["missing"] = "The picture of this figure cannot be read."
            continue
        name = f"figure-{len(pictures) + 1}.{form}"
        pictures[name] = data
        across, high = found
        # a small picture is not blown up, a high one stays on its page
        block["file"], block["wide"] = name, min(wide, across, across * _HIGH / high)
        return


def _svg_size(data: bytes) -> tuple[float, float] | None:
    """Return how wide and high a drawing is in millimetres, None where it is none."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError:
        return None
    if etree.QName(root).localname != "svg":
        return None
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        across, high = float(box[2]), float(box[3])
    except (IndexError, ValueError):
        return None
    return (across / 72 * 25.4, high / 72 * 25.4) if across > 0 and high > 0 else None


def _png_size(data: bytes) -> tuple[float, float] | None:
    """Return how wide and high a picture is in millimetres, None where it cannot be read."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            dots = float(image.info.get("dpi", (150.0, 150.0))[0]) or 150.0
            across, high = image.size
            form = image.format
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        return None
    return (across / dots * 25.4, high / dots * 25.4) if form == "PNG" else None
