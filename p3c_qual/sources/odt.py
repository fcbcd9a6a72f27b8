"""OpenDocument texts (.odt)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.archive import open_archive, parse_xml
from p3c_qual.sources.compose import compose
from p3c_qual.sources.odt_body import OFFICE, STYLE, XSL, OdtBody, OdtStyles
from p3c_qual.sources.remarks import remarks

if TYPE_CHECKING:
    from lxml.etree import _Element

    from p3c_qual.sources.archive import Archive
    from p3c_qual.sources.draft import Draft

__all__ = ["read_odt"]


def read_odt(data: bytes, where: str) -> Draft:
    """Read an OpenDocument text as it stands, deletions left out.

    Parameters
    ----------
    data : bytes
        The .odt file.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        The file is damaged, protected, no text document, or made to swell.
    """
    archive = open_archive(data, where)
    _refuse_foreign(archive)
    from odfdo import Document
    from odfdo.security import SecurityError

    try:
        document = Document(io.BytesIO(archive.data))
        meta_part = document.meta
        created = meta_part.creation_date
        meta = {
            "title": meta_part.title or "",
            "author": meta_part.initial_creator or meta_part.creator or "",
            "language": meta_part.language or "",
            "date": created.date().isoformat() if created else "",
        }
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError, SecurityError):
        # the properties are an extra: a text without them is read all the same
        meta = {}
    root = parse_xml(archive.read("content.xml"), where)
    styles = [root]
    if "styles.xml" in archive.names:
        styles.append(parse_xml(archive.read("styles.xml"), where))
    text = root.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise P3CError(_no_text(where))
    body = OdtBody(OdtStyles(styles))
    body.count_changes(text)
    blocks = body.blocks(text)
    if not meta.get("language"):
        meta["language"] = _default_language(styles)
    return compose(blocks, appendix=body.appendix(), notes=remarks(body.seen), meta=meta)


def _refuse_foreign(archive: Archive) -> None:
    if "content.xml" not in archive.names:
        raise P3CError(_no_text(archive.where))
    if "META-INF/manifest.xml" in archive.names:
        manifest = archive.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise P3CError(
                Problem(
                    "The file is protected by a password",
                    where=archive.where,
                    do="Open it with its password, save it without one and add that file.",
                )
            )


def _no_text(where: str) -> Problem:
    return Problem(
        "The file is a zip container but no OpenDocument text",
        where=where,
        do="Open it in the program that wrote it and save it as .odt.",
    )


def _default_language(roots: list[_Element]) -> str:
    for root in roots:
        for properties in root.iterfind(f".//{STYLE}default-style/{STYLE}text-properties"):
            language = properties.get(f"{XSL}language")
            if language and language != "none":
                country = properties.get(f"{XSL}country")
                return f"{language}-{country}" if country and country != "none" else language
    return ""
