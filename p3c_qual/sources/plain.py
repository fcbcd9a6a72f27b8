"""Plain text and Markdown: kept exactly as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from p3c_qual.sources.decode import decode
from p3c_qual.sources.draft import Draft, Mark, sections_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_markdown", "read_plain"]

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")


def read_plain(data: bytes, where: str) -> Draft:
    r"""Read a plain text; form feeds, as text made from a PDF has them, separate pages.

    Parameters
    ----------
    data : bytes
        The .txt file.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        The file is empty or no text.

    Examples
    --------
    >>> read_plain(b"One\x0cTwo", "a.txt").pages
    (Mark(start=0, end=4, label='1'), Mark(start=4, end=7, label='2'))
    """
    decoded = decode(data, where=where)
    text = decoded.text
    notes = list(decoded.notes)
    pages: tuple[Mark, ...] = ()
    if "\f" in text:
        pages = _pages(text)
        notes.append(f"Form feeds separate {len(pages)} pages.")
    if text.startswith("WEBVTT"):
        notes.append("This looks like subtitles: named .vtt, its speakers and times are read.")
    return Draft(text=text, pages=pages, notes=tuple(notes))


def read_markdown(data: bytes, where: str) -> Draft:
    r"""Read Markdown; its headings begin sections.

    Parameters
    ----------
    data : bytes
        The .md file.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        The file is empty or no text.

    Examples
    --------
    >>> read_markdown(b"# Aims\nTo be heard.\n", "a.md").sections
    (Mark(start=0, end=20, label='Aims'),)
    """
    draft = read_plain(data, where)
    headings = list(_headings(draft.text))
    return Draft(
        text=draft.text,
        pages=draft.pages,
        sections=sections_of(headings, len(draft.text)),
        notes=draft.notes,
    )


def _pages(text: str) -> tuple[Mark, ...]:
    # the last form feed ends a page and begins none
    starts = [0] + [at + 1 for at, char in enumerate(text) if char == "\f"]
    ends = [*starts[1:], len(text)]
    return tuple(
        Mark(start, end, str(number))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        if text[start:end].strip()
    )


def _headings(text: str) -> Iterator[Mark]:
    fence = ""
    above = ""
    at = above_at = 0
    front = text.startswith("---") and "\n" in text and not text.split("\n", 1)[0].strip("- \r")
    for number, raw in enumerate(text.split("\n")):
        line = raw.removesuffix("\r")
        start, at = at, at + len(raw) + 1
        if front:
            # the properties at the top of a file stand between two lines of hyphens
            front = number == 0 or line.rstrip() not in ("---", "...")
            continue
        mark = _FENCE.match(line)
        if fence:
            if mark and mark.group(1).startswith(fence) and not line.strip("`~ \t"):
                fence = ""
            above = ""
            continue
        if mark:
            fence = mark.group(1)
            above = ""
        elif heading := _HEADING.match(line):
            title = line[heading.end() :].strip()
            bare = title.rstrip("#")
            # closing hashes count only after a space
            title = bare.rstrip() if not bare or bare[-1:] in " \t" else title
            if title:
                yield Mark(start, start + len(line), title)
            above = ""
        elif above and _UNDERLINE.match(line):
            yield Mark(above_at, start + len(line), above)
            above = ""
        else:
            # only a line that stands by itself can be a heading by what is under it
            above = line.strip() if not above and _can_be_heading(line) else ""
            above_at = start


def _can_be_heading(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(("    ", "\t", ">", "- ", "* ", "+ ", "|"))
