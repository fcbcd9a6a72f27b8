"""The body of an OpenDocument text: paragraphs, tables, notes and boxes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.sources.draft import Block, Grid
from p3c_qual.sources.word import heading_level

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["OFFICE", "STYLE", "XSL", "OdtBody", "OdtStyles"]

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{{{_NAMES}text:1.0}}"
_TABLE = f"{{{_NAMES}table:1.0}}"
OFFICE = f"{{{_NAMES}office:1.0}}"
STYLE = f"{{{_NAMES}style:1.0}}"
_DRAW = f"{{{_NAMES}drawing:1.0}}"
XSL = f"{{{_NAMES}xsl-fo-compatible:1.0}}"

#: what holds no running text of its own
_SKIPPED = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}sequence-decls",
    f"{_TEXT}variable-decls",
    f"{_TEXT}user-field-decls",
    f"{_TEXT}ruby-text",
    f"{OFFICE}forms",
    f"{OFFICE}annotation-end",
    f"{OFFICE}binary-data",
    f"{_DRAW}object",
}
_NOTE_TITLES = {"footnote": "Footnotes", "endnote": "Endnotes"}


class OdtStyles:
    """Which styles are headings and which hide their text.

    Parameters
    ----------
    roots : list of element
        The parts that define styles.
    """

    def __init__(self, roots: list[_Element]) -> None:
        self.parents: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.hidden: set[str] = set()
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                name = style.get(f"{STYLE}name", "")
                self.parents[name] = style.get(f"{STYLE}parent-style-name", "")
                self.shown[name] = style.get(f"{STYLE}display-name", name)
                properties = style.find(f"{STYLE}text-properties")
                if properties is not None and properties.get(f"{_TEXT}display") == "none":
                    self.hidden.add(name)

    def level(self, name: str) -> int:
        """Return the heading level of a style, 0 where it is none."""
        for _ in range(20):
            level = heading_level(self.shown.get(name, name).replace("_20_", " "))
            if level or name not in self.parents:
                return level
            name = self.parents[name]
        return 0


class OdtBody:
    """Reads the body; notes are collected, what was met is counted in `seen`.

    Parameters
    ----------
    styles : OdtStyles
        Which styles are headings and which hide their text.
    """

    def __init__(self, styles: OdtStyles) -> None:
        self.styles = styles
        self.seen: Counter[str] = Counter()
        self.endings: dict[str, list[str]] = {kind: [] for kind in _NOTE_TITLES}
        self.boxes: list[_Element] = []

    def blocks(self, container: _Element) -> list[Block | Grid]:
        """Return the paragraphs and tables of a body, a cell, a box or a note."""
        found: list[Block | Grid] = []
        self._collect(container, found)
        return found

    def appendix(self) -> list[Block]:
        """Return the notes, numbered as their marks in the text are."""
        found: list[Block] = []
        for kind, title in _NOTE_TITLES.items():
            if self.endings[kind]:
                found.append(Block(title, 1))
                found += [Block(text) for text in self.endings[kind]]
        return found

    def count_changes(self, text: _Element) -> None:
        """Count the tracked changes, which the format keeps apart from the text."""
        for what in ("insertion", "deletion"):
            regions = text.findall(f".//{_TEXT}changed-region/{_TEXT}{what}")
            self.seen[what] += len(regions)

    def _collect(self, container: _Element, found: list[Block | Grid]) -> None:
        for child in container:
            tag = child.tag
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(child, found)
            elif tag == f"{_TABLE}table":
                found.append(self._table(child))
            elif tag == f"{_TEXT}list":
                before = len(found)
                self._collect(child, found)
                # a list inside a list is counted by the outer one
                if container.tag != f"{_TEXT}list-item":
                    new = [block for block in found[before:] if isinstance(block, Block)]
                    self.seen["paragraph"] += sum(bool(b.text.strip()) and not b.level for b in new)
            elif tag == f"{_DRAW}text-box":
                self.seen["text box"] += 1
                self._collect(child, found)
            elif tag == f"{OFFICE}annotation":
                self.seen["comment"] += 1
            elif tag == f"{_TEXT}section" and child.get(f"{_TEXT}display") == "none":
                self.seen["hidden passage"] += 1
            elif tag not in _SKIPPED and isinstance(tag, str):
                self._collect(child, found)

    def _paragraph(self, paragraph: _Element, found: list[Block | Grid]) -> None:
        pieces: list[str] = []
        outer, self.boxes = self.boxes, []
        self._inline(paragraph, pieces)
        boxes, self.boxes = self.boxes, outer
        if paragraph.tag == f"{_TEXT}h":
            given = paragraph.get(f"{_TEXT}outline-level", "1")
            level = int(given) if given.isdecimal() else 1
        else:
            level = self.styles.level(paragraph.get(f"{_TEXT}style-name", ""))
        text = "".join(pieces).rstrip(" ")
        found.append(Block(text.strip("\n") if level else text, level))
        for box in boxes:
            self.seen["text box"] += 1
            found += [b for b in self.blocks(box) if isinstance(b, Grid) or b.text.strip()]

    def _table(self, table: _Element) -> Grid:
        rows: list[tuple[str, ...]] = []
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table")) is not table:
                continue
            cells = [
                self._plain(cell)
                for cell in row
                if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
            ]
            rows.append(tuple(cells))
        return Grid(tuple(rows))

    def _plain(self, container: _Element) -> str:
        lines: list[str] = []
        for block in self.blocks(container):
            if isinstance(block, Block):
                lines.append(block.text)
            else:
                lines += ["\t".join(row) for row in block.rows]
        return "\n".join(lines)

    def _note(self, note: _Element) -> str:
        kind = "endnote" if note.get(f"{_TEXT}note-class") == "endnote" else "footnote"
        self.seen["note"] += 1
        mark = f"[{self.seen['note']}]"
        content = note.find(f"{_TEXT}note-body")
        text = "" if content is None else self._plain(content).strip()
        self.endings[kind].append(f"{mark} {text}")
        return mark

    def _write(self, text: str | None, pieces: list[str]) -> None:
        """Append character data with white space as the format defines it: runs are one space."""
        if not text:
            return
        for blank in "\t\r\n":
            text = text.replace(blank, " ")
        while "  " in text:
            text = text.replace("  ", " ")
        if not pieces or pieces[-1].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            pieces.append(text)

    def _inline(self, element: _Element, pieces: list[str]) -> None:
        self._write(element.text, pieces)
        for child in element:
            tag = child.tag
            if tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                pieces.append(" " * (min(int(count), 1000) if count.isdecimal() else 1))
            elif tag == f"{_TEXT}tab":
                pieces.append("\t")
            elif tag == f"{_TEXT}line-break":
                pieces.append("\n")
            elif tag == f"{_TEXT}note":
                pieces.append(self._note(child))
            elif tag == f"{OFFICE}annotation":
                self.seen["comment"] += 1
            elif tag == f"{_DRAW}text-box":
                self.boxes.append(child)
            elif tag == f"{_TEXT}span" and child.get(f"{_TEXT}style-name") in self.styles.hidden:
                self.seen["hidden passage"] += 1
            elif tag not in _SKIPPED and isinstance(tag, str):
                self._inline(child, pieces)
            self._write(child.tail, pieces)
