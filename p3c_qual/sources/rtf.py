"""Rich text (.rtf): made ready for the converter, which knows neither tables nor changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.compose import compose
from p3c_qual.sources.draft import Block, Grid
from p3c_qual.sources.remarks import remarks
from p3c_qual.sources.rtf_groups import CELL, CELL_LINE, HEADING, NOTE, PARAGRAPH, ROW, prepare

if TYPE_CHECKING:
    from p3c_qual.sources.draft import Draft

__all__ = ["read_rtf"]

_MARK = re.compile(f"([{PARAGRAPH}{CELL_LINE}{CELL}{ROW}{NOTE}])")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def read_rtf(data: bytes, where: str) -> Draft:
    r"""Read rich text as its reader would see it with all changes accepted.

    Parameters
    ----------
    data : bytes
        The .rtf file.
    where : str
        Its name, for messages.

    Returns
    -------
    Draft

    Raises
    ------
    P3CError
        The file is no rich text or is damaged.

    Examples
    --------
    >>> draft = read_rtf(rb"{\rtf1\ansi Caf\'e9\par Open.}", "a.rtf")
    >>> draft.text
    'Café\nOpen.'
    """
    source = data.decode("latin-1")
    prepared = prepare(source)
    text = _convert(prepared.source, where)
    main, *endings = text.split(NOTE)
    blocks = _blocks(main)
    appendix: list[Block] = []
    for kind, title in (("footnote", "Footnotes"), ("endnote", "Endnotes")):
        of_kind = [
            Block(f"[{at}] {_flat(ending)}")
            for at, (ending, is_kind) in enumerate(zip(endings, prepared.endings, strict=False), 1)
            if is_kind == kind
        ]
        if of_kind:
            appendix += [Block(title, 1), *of_kind]
    return compose(
        blocks, appendix=appendix, notes=remarks(prepared.seen), meta=_meta(source, where)
    )


def _convert(source: str, where: str) -> str:
    from striprtf.striprtf import rtf_to_text

    try:
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, IndexError, OverflowError, LookupError):
        raise P3CError(
            Problem(
                "The file is damaged: its rich text cannot be followed to the end",
                where=where,
                do="Open it in a word processor, save it anew and add that file.",
            )
        ) from None
    # characters beyond U+FFFF are written as two halves
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _blocks(text: str) -> list[Block | Grid]:
    """Put paragraphs, cells and rows together from the marks between them."""
    found: list[Block | Grid] = []
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    lines: list[str] = []
    pieces = _MARK.split(text)
    for content, mark in zip(pieces[::2], [*pieces[1::2], PARAGRAPH], strict=True):
        if mark == CELL_LINE:
            lines.append(_plain(content))
        elif mark == CELL:
            cells.append("\n".join([*lines, _plain(content)]))
            lines = []
        elif mark == ROW:
            rows.append(tuple(cells))
            cells = []
        else:
            if rows:
                found.append(Grid(tuple(rows)))
                rows = []
            # cells or lines without the end of their row belong to a damaged table
            found += [Block(left) for left in (*cells, *lines)]
            cells, lines = [], []
            words, _, level = content.partition(HEADING)
            found.append(Block(words, int(level[:1]) if level[:1].isdecimal() else 0))
    return found


def _plain(content: str) -> str:
    return content.partition(HEADING)[0]


def _flat(ending: str) -> str:
    return " ".join(_MARK.sub("\n", ending).partition(HEADING)[0].split())


def _meta(source: str, where: str) -> dict[str, str]:
    head = source[:200_000]
    meta: dict[str, str] = {}
    for key in ("title", "author"):
        found = re.search(rf"\{{\\{key} ([^{{}}]*)\}}", head)
        if found:
            page = re.search(r"\\ansicpg\d+", head)
            lead = r"{\rtf1\ansi" + (page.group() if page else "") + " "
            meta[key] = _convert(prepare(lead + found.group(1) + "}").source, where).strip()
    created = _CREATED.search(head)
    if created:
        year, month, day = created.groups()
        meta["date"] = f"{year}-{int(month):02}-{int(day):02}"
    return meta
