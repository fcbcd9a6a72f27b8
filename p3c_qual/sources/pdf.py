"""PDF files: pages by number, lines put back together to paragraphs."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.draft import Draft, Mark, sections_of
from p3c_qual.sources.pdf_lines import Line, join_lines, repeated_lines
from p3c_qual.sources.remarks import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.sources.pdf_lines import Passage

__all__ = ["read_pdf"]

_WRONG_PASSWORD = 4
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def read_pdf(data: bytes, where: str) -> Draft:
    """Read the text of a PDF; its pages stay parts, so that a passage can be cited by page.

    Headings come from the file's bookmarks only: a PDF does not say which lines are headings.

    Parameters
    ----------
    data : bytes
        The PDF.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        It is damaged, asks for a password, or holds pictures of pages without text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise P3CError(_unopened(error, where)) from None
    try:
        pages = [_lines(document, number, where) for number in range(len(document))]
        labels: list[str] = []
        bookmarks: list[tuple[int, str]] = []
        about: dict[str, str] = {}
        # these are extras: a text is read all the same where they are written wrongly
        with suppress(UnicodeDecodeError, pypdfium2.PdfiumError):
            labels = [document.get_page_label(number).strip() for number in range(len(pages))]
            bookmarks = _bookmarks(document)
            about = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    empty = [number for number, lines in enumerate(pages) if not lines]
    if len(empty) == len(pages):
        raise P3CError(
            Problem(
                f"The PDF is scanned: its {counted(len(pages), 'page')} hold pictures and no text",
                where=where,
                do="Run text recognition (OCR) over it first and add the file that it writes.",
            )
        )
    if not all(labels) or len(set(labels)) < len(pages):
        labels = [str(number + 1) for number in range(len(pages))]
    repeated = repeated_lines(pages)
    passages = join_lines([[line for line in page if line.key not in repeated] for page in pages])
    notes = _notes([labels[number] for number in empty], pages, repeated, bookmarks)
    created = _DATE.match(about.get("CreationDate", ""))
    meta = {
        "title": about.get("Title", "").strip(),
        "author": about.get("Author", "").strip(),
        "date": "-".join(created.groups()) if created else "",
    }
    return _write(
        passages, labels, bookmarks, notes, {key: said for key, said in meta.items() if said}
    )


def _unopened(error: Any, where: str) -> Problem:
    if error.err_code == _WRONG_PASSWORD:
        return Problem(
            "The PDF is protected by a password",
            where=where,
            do="Open it with its password, print or save it to a PDF without one and add that.",
        )
    return Problem(
        "The file is damaged: it is no PDF that can be opened",
        where=where,
        do="Fetch it again, or open it in a PDF reader and save it anew.",
    )


def _lines(document: Any, number: int, where: str) -> list[Line]:
    """List the lines of a page with their places, in the order of the file."""
    import pypdfium2

    try:
        page = document[number]
        sheet = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise P3CError(
            Problem(
                f"The file is damaged: its page {number + 1} cannot be opened",
                where=where,
                do="Fetch it again, or open it in a PDF reader and save it anew.",
            )
        ) from None
    text = sheet.get_text_range()
    # places are counted in UTF-16 units
    wide = len(text) != len(text.encode("utf-16-le", "surrogatepass")) // 2
    at = 0
    lines: list[Line] = []
    for raw in text.split("\r\n"):
        words = raw.strip()
        start = at + len(raw) - len(raw.lstrip())
        length = len(words.encode("utf-16-le", "surrogatepass")) // 2 if wide else len(words)
        if words and length:
            first = words.split(maxsplit=1)[0]
            left, bottom, _, top = sheet.get_charbox(start, loose=True)
            right = sheet.get_charbox(start + length - 1, loose=True)[2]
            until = sheet.get_charbox(start + len(first) - 1, loose=True)[2]
            lines.append(Line(words, left, right, bottom, top, until - left))
        at += (len(raw.encode("utf-16-le", "surrogatepass")) // 2 if wide else len(raw)) + 2
    sheet.close()
    page.close()
    return lines


def _bookmarks(document: Any) -> list[tuple[int, str]]:
    """Page index and title of each bookmark that leads somewhere."""
    found: list[tuple[int, str]] = []
    for bookmark in document.get_toc():
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            found.append((page, " ".join(bookmark.get_title().split())))
    return found


def _notes(
    empty: Sequence[str],
    pages: Sequence[Sequence[Line]],
    repeated: frozenset[str],
    bookmarks: Sequence[tuple[int, str]],
) -> tuple[str, ...]:
    notes: list[str] = []
    if empty:
        notes.append(
            f"{counted(len(empty), 'page')} without text, probably scanned: {', '.join(empty)}."
        )
    if repeated:
        lines = sum(line.key in repeated for page in pages for line in page)
        notes.append(
            f"{counted(lines, 'line')} left out as page headers or footers: the same text stands "
            "at the edge of most pages."
        )
    notes.append("Lines were joined to paragraphs by their place on the page.")
    if not bookmarks:
        notes.append("The PDF has no bookmarks, so no headings were taken from it.")
    return tuple(notes)


def _write(
    passages: Sequence[Passage],
    labels: Sequence[str],
    bookmarks: Sequence[tuple[int, str]],
    notes: tuple[str, ...],
    meta: dict[str, str],
) -> Draft:
    pieces: list[str] = []
    paragraphs: list[Mark] = []
    starts: dict[int, int] = {}
    headings: list[Mark] = []
    wanted = {(page, _folded(title)): title for page, title in bookmarks}
    at = 0
    for passage in passages:
        for page, offset in passage.pages:
            starts.setdefault(page, at + offset)
        end = at + len(passage.text)
        paragraphs.append(Mark(at, end))
        title = wanted.pop((passage.pages[0][0], _folded(passage.text)), None)
        if title:
            headings.append(Mark(at, end, title))
        pieces.append(passage.text)
        at = end + 1
    text = "\n".join(pieces)
    ordered = sorted(starts.items())
    ends = [start for _, start in ordered[1:]] + [len(text)]
    pages = tuple(
        Mark(start, end, labels[page]) for (page, start), end in zip(ordered, ends, strict=True)
    )
    if bookmarks:
        of = counted(len(bookmarks), "bookmark")
        notes = (*notes, f"{len(headings)} of {of} found as headings in the text.")
    return Draft(
        text=text,
        paragraphs=tuple(paragraphs),
        pages=pages,
        sections=sections_of(headings, len(text)),
        notes=notes,
        meta=meta,
    )


def _folded(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())
