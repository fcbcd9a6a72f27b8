"""Word documents (.docx): opened, their headings, notes and properties read."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.archive import open_archive, parse_xml
from p3c_qual.sources.compose import compose
from p3c_qual.sources.draft import Block
from p3c_qual.sources.remarks import remarks
from p3c_qual.sources.word_body import W, WordBody

if TYPE_CHECKING:
    from lxml.etree import _Element

    from p3c_qual.sources.archive import Archive
    from p3c_qual.sources.draft import Draft

__all__ = ["heading_level", "read_word"]

_MAIN = "word/document.xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
#: what the heading styles are called in the languages of the teams
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|encabezado|kop|overskrift|rubrik|címsor"
    r"|naslov|titolo|nagłówek|otsikko)\s*([1-9])",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:title|titel|titre|título|titulo|tittel|cím|naslov|titolo)", re.IGNORECASE)
_ENCLOSED = {"footnotes": "Footnotes", "endnotes": "Endnotes"}


def heading_level(style_name: str) -> int:
    """Return the level of a heading style by its name, 0 for other styles.

    Examples
    --------
    >>> heading_level("Heading 2"), heading_level("Überschrift 1"), heading_level("Title")
    (2, 1, 1)
    >>> heading_level("Text body")
    0
    """
    name = style_name.strip()
    numbered = _HEADING.fullmatch(name)
    if numbered:
        return int(numbered.group(1))
    return int(_TITLE.fullmatch(name) is not None)


def read_word(data: bytes, where: str) -> Draft:
    """Read a Word document as its reader would see it with all changes accepted.

    Parameters
    ----------
    data : bytes
        The .docx file.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        The file is damaged, protected, no Word document, or made to swell.
    """
    archive = open_archive(data, where)
    document = _open(archive)
    related = _related(document)
    styles = _styles(document)
    outlines = _Styles(styles)
    body = WordBody(outlines.level, outlines.is_listed)
    blocks = body.blocks(document.element.body)
    appendix = _notes_at_end(body, related, where)
    notes = remarks(body.seen)
    if any(
        _has_text(related[kind], where) for kind in related if kind.startswith(("head", "foot:"))
    ):
        notes.append("Page headers and footers are not part of the text.")
    return compose(blocks, appendix=appendix, notes=notes, meta=_meta(document, styles))


def _open(archive: Archive) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    if "[Content_Types].xml" not in archive.names:
        raise P3CError(_no_document(archive.where))
    if _STRICT in archive.read("_rels/.rels"):
        raise P3CError(
            Problem(
                "The file is saved as Strict Open XML, which is not read",
                where=archive.where,
                do='Save it in Word as "Word Document (.docx)" and add that file.',
            )
        )
    try:
        document = docx.Document(io.BytesIO(archive.data))
    except (
        KeyError,
        ValueError,
        TypeError,
        OpcError,
        LxmlError,
        zipfile.BadZipFile,
        AttributeError,
    ):
        # the library names no reason that would help: the parts are looked at instead
        if _MAIN not in archive.names:
            raise P3CError(_no_document(archive.where)) from None
        parse_xml(archive.read(_MAIN), archive.where)
        raise P3CError(
            Problem(
                "The file is a Word file of another kind (a template or one with macros) or damaged",
                where=archive.where,
                do='Save it in Word as "Word Document (.docx)" and add that file.',
            )
        ) from None
    if document.element.body is None:
        raise P3CError(_no_document(archive.where))
    return document


def _no_document(where: str) -> Problem:
    return Problem(
        f"The file is a zip container but no Word document: it holds no {_MAIN}",
        where=where,
        do="Open it in the program that wrote it and save it as .docx.",
    )


def _related(document: Any) -> dict[str, bytes]:
    """Find the parts beside the main one that hold text, by kind."""
    parts: dict[str, bytes] = {}
    for number, relation in enumerate(document.part.rels.values()):
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external:
            continue
        if kind in _ENCLOSED:
            parts[kind] = relation.target_part.blob
        elif kind in {"header", "footer"}:
            parts[f"{kind[:4]}:{number}"] = relation.target_part.blob
    return parts


def _has_text(blob: bytes, where: str) -> bool:
    return any((text.text or "").strip() for text in parse_xml(blob, where).iter(f"{W}t"))


def _notes_at_end(body: WordBody, related: dict[str, bytes], where: str) -> list[Block]:
    """List footnotes and endnotes, numbered as their marks in the text are."""
    appendix: list[Block] = []
    for kind, title in _ENCLOSED.items():
        wanted = {key: at for (of, key), at in body.references.items() if of == kind}
        if not wanted:
            continue
        texts: dict[str, str] = {}
        if kind in related:
            for note in parse_xml(related[kind], where):
                texts[note.get(f"{W}id", "")] = body.plain(note).strip()
        appendix.append(Block(title, 1))
        appendix += [Block(f"[{at}] {texts.get(key, '')}") for key, at in wanted.items()]
    return appendix


def _styles(document: Any) -> list[_Element]:
    try:
        return list(document.styles.element)
    except (AttributeError, KeyError, ValueError, TypeError):
        # without styles there are no headings, but there is a text
        return []


def _meta(document: Any, styles: list[_Element]) -> dict[str, str]:
    from docx.opc.constants import RELATIONSHIP_TYPE

    meta: dict[str, str] = {}
    relations = document.part.package.rels.values()
    # without this part the library invents a title and an author
    if any(relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for relation in relations):
        # the properties are an extra: a text without them is read all the same
        with suppress(ValueError, AttributeError, TypeError):
            core = document.core_properties
            meta = {"title": core.title, "author": core.author, "language": core.language}
            meta["date"] = core.created.date().isoformat() if core.created else ""
    if not meta.get("language"):
        languages = (found for style in styles for found in style.iter(f"{W}lang"))
        first = next(languages, None)
        meta["language"] = "" if first is None else first.get(f"{W}val", "")
    return meta


class _Styles:
    """What the document's paragraph styles say: headings and automatic lists."""

    def __init__(self, styles: list[_Element]) -> None:
        self.styles: dict[str, _Element] = {
            style.get(f"{W}styleId", ""): style for style in styles if style.tag == f"{W}style"
        }

    def _chain(self, style_id: str) -> list[_Element]:
        chain: list[_Element] = []
        while style_id in self.styles and len(chain) < 20:
            style = self.styles[style_id]
            chain.append(style)
            parent = style.find(f"{W}basedOn")
            style_id = "" if parent is None else parent.get(f"{W}val", "")
        return chain

    def level(self, style_id: str) -> int:
        for style in self._chain(style_id):
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                level = outline.get(f"{W}val", "9")
                return int(level) + 1 if level in set("012345678") else 0
            name = style.find(f"{W}name")
            level = heading_level("" if name is None else name.get(f"{W}val", ""))
            if level:
                return level
        return 0 if style_id in self.styles else heading_level(style_id.replace("_", " "))

    def is_listed(self, style_id: str) -> bool:
        for style in self._chain(style_id):
            number = style.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                return bool(number.get(f"{W}val") != "0")
        return False
