"""The body of a Word document: paragraphs, tables, changes, notes and boxes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.sources.draft import Block, Grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

__all__ = ["W", "WordBody"]

#: the namespace of WordprocessingML, ready to put before a tag
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_OFF = {"0", "false", "off"}
_KEPT = {f"{W}ins": "insertion", f"{W}moveTo": "passage moved here"}
_DROPPED = {f"{W}del": "deletion", f"{W}moveFrom": "passage moved away"}
_NOTE_MARKS = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_TABS = {f"{W}tab", f"{W}ptab"}
#: properties and phonetic guides hold no running text
_SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}tblPr", f"{W}sdtPr", f"{W}instrText", f"{W}rt"}


class WordBody:
    """Reads WordprocessingML; what it met is counted in `seen`.

    Parameters
    ----------
    level : callable
        The heading level of a style id.
    is_listed : callable
        Whether a style id numbers its paragraphs.

    Attributes
    ----------
    references : dict
        (kind, id) of each footnote and endnote in order of the text, with its number.
    """

    def __init__(self, level: Callable[[str], int], is_listed: Callable[[str], bool]) -> None:
        self._level = level
        self._is_listed = is_listed
        self._boxes: list[_Element] = []
        # text of a paragraph whose mark is deleted: it runs on into the next one
        self._carried = ""
        self.seen: Counter[str] = Counter()
        self.references: dict[tuple[str, str], int] = {}

    def blocks(self, container: _Element) -> list[Block | Grid]:
        """Return the paragraphs and tables of a body, a cell, a box or a note."""
        found: list[Block | Grid] = []
        self._collect(container, found)
        if self._carried:
            found.append(Block(self._carried))
            self._carried = ""
        return found

    def plain(self, container: _Element) -> str:
        """Return the text of a container, a line for each paragraph."""
        lines: list[str] = []
        for block in self.blocks(container):
            if isinstance(block, Block):
                lines.append(block.text)
            else:
                lines += ["\t".join(row) for row in block.rows]
        return "\n".join(lines)

    def _collect(self, container: _Element, found: list[Block | Grid]) -> None:
        for child in container:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, found)
            elif tag == f"{W}tbl":
                found.append(self._table(child))
            elif tag == f"{W}altChunk":
                self.seen["embedded document"] += 1
            elif tag in _DROPPED:
                self._count_change(child, _DROPPED[tag])
            elif tag not in _SKIPPED and isinstance(tag, str):
                if tag in _KEPT:
                    self._count_change(child, _KEPT[tag])
                self._collect(child, found)

    def _paragraph(self, paragraph: _Element, found: list[Block | Grid]) -> None:
        pieces: list[str] = []
        outer, self._boxes = self._boxes, []
        self._inline(paragraph, pieces)
        boxes, self._boxes = self._boxes, outer
        text = self._carried + "".join(pieces)
        self._carried = ""
        runs_on = False
        properties = paragraph.find(f"{W}pPr")
        level = 0
        if properties is not None:
            level = self._heading(properties)
            if not level and text.strip() and self._is_in_list(properties):
                self.seen["paragraph"] += 1
            mark = properties.find(f"{W}rPr")
            if mark is not None and any(mark.find(tag) is not None for tag in _DROPPED):
                self._carried = text
                runs_on = True
        if not runs_on:
            found.append(Block(text.strip("\n") if level else text, level))
        for box in boxes:
            self.seen["text box"] += 1
            inside = [b for b in self._inside(box) if isinstance(b, Grid) or b.text.strip()]
            found += inside

    def _inside(self, container: _Element) -> list[Block | Grid]:
        carried, self._carried = self._carried, ""
        inside = self.blocks(container)
        self._carried = carried
        return inside

    def _table(self, table: _Element) -> Grid:
        rows: list[tuple[str, ...]] = []
        for row in _children(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.seen["deletion"] += 1
                continue
            rows.append(tuple(self._cell(cell) for cell in _children(row, f"{W}tc")))
        return Grid(tuple(rows))

    def _cell(self, cell: _Element) -> str:
        carried, self._carried = self._carried, ""
        text = self.plain(cell)
        self._carried = carried
        return text

    def _heading(self, properties: _Element) -> int:
        outline = properties.find(f"{W}outlineLvl")
        if outline is not None:
            level = outline.get(f"{W}val", "9")
            return int(level) + 1 if level in set("012345678") else 0
        style = properties.find(f"{W}pStyle")
        return 0 if style is None else self._level(style.get(f"{W}val", ""))

    def _is_in_list(self, properties: _Element) -> bool:
        number = properties.find(f"{W}numPr/{W}numId")
        if number is not None:
            return bool(number.get(f"{W}val") != "0")
        style = properties.find(f"{W}pStyle")
        return style is not None and self._is_listed(style.get(f"{W}val", ""))

    def _count_change(self, element: _Element, what: str) -> None:
        # one change is written as several elements where its formatting differs
        before = element.getprevious()
        author, date = f"{W}author", f"{W}date"
        if before is None or (before.tag, before.get(author), before.get(date)) != (
            element.tag,
            element.get(author),
            element.get(date),
        ):
            self.seen[what] += 1

    def _inline(self, element: _Element, pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag in (f"{W}t", f"{_M}t"):
                pieces.append(child.text or "")
            elif tag in _TABS:
                pieces.append("\t")
            elif tag in (f"{W}br", f"{W}cr"):
                # a page break ahead of the first word breaks no line
                if pieces or child.get(f"{W}type") not in ("page", "column"):
                    pieces.append("\n")
            elif tag == f"{W}noBreakHyphen":
                pieces.append("\u2011")
            elif tag == f"{W}sym":
                self.seen["symbol"] += 1
                pieces.append("\ufffd")
            elif tag in _NOTE_MARKS:
                self.seen["note"] += 1
                key = (_NOTE_MARKS[tag], child.get(f"{W}id", ""))
                number = self.references.setdefault(key, len(self.references) + 1)
                pieces.append(f"[{number}]")
            elif tag == f"{W}commentReference":
                self.seen["comment"] += 1
            elif tag == f"{W}txbxContent":
                self._boxes.append(child)
            elif tag == f"{_MC}AlternateContent":
                # the same content twice, for newer and for older programs
                chosen = child.find(f"{_MC}Choice")
                self._inline(child if chosen is None else chosen, pieces)
            elif tag in _DROPPED:
                self._count_change(child, _DROPPED[tag])
            elif tag == f"{W}r" and _is_hidden(child):
                self.seen["hidden passage"] += 1
            elif tag not in _SKIPPED and isinstance(tag, str):
                if tag in _KEPT:
                    self._count_change(child, _KEPT[tag])
                self._inline(child, pieces)


def _children(element: _Element, tag: str) -> list[_Element]:
    """Rows or cells, also inside content controls and tracked insertions."""
    found: list[_Element] = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            found += _children(child, tag)
    return found


def _is_hidden(run: _Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val") not in _OFF
