"""The names of places in a report on pages or on screen, and what leads to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.report.blocks import Listing, Quote, Table
from p3c_qual.report.leads import leads
from p3c_qual.report.model import blocks_in

if TYPE_CHECKING:
    from p3c_qual.report.blocks import Cell, Origin, Run
    from p3c_qual.report.model import Report

__all__ = ["Places"]


class Places:
    """Anchors of a report: where a quotation leads, what leads to a passage, table numbers.

    Parameters
    ----------
    report : Report
        Its blocks are known by identity, so ask about these and no copies.

    Examples
    --------
    >>> from p3c_qual.report.blocks import Origin
    >>> from p3c_qual.report.model import Passage, Report, Turn
    >>> span = Origin("span", "IP01_1", start=0, end=3)
    >>> report = Report("A", "", "a", "en", (), (Passage(span, "", (Turn("Yes"),)),))
    >>> Places(report).passage(span)
    'p1'
    """

    def __init__(self, report: Report) -> None:
        self._passages = {_spot(each.origin): f"p{i}" for i, each in enumerate(report.passages, 1)}
        #: anchors of what leads to a passage: quotations, words of a line, cells
        self._named: dict[int, str] = {}
        self._leading: dict[str, list[tuple[str, str]]] = {}
        self.tables: dict[str, int] = {}
        self.figures = {figure.key: n for n, figure in enumerate(report.figures(), 1)}
        made_by: dict[str, str] = {}
        counts = {"q": 0, "r": 0}
        for section in report.walk():
            label = f"{section.number} {section.title}".strip()
            for thing in leads(replace(section, sections=())):
                if isinstance(thing, Table):
                    self.tables.setdefault(thing.key, len(self.tables) + 1)
                    made_by.setdefault(thing.origin.source, thing.key)
                    made_by[thing.key] = thing.key
                    continue
                origins = [thing.origin]
                if isinstance(thing, Quote):
                    origins.append(thing.original_origin)
                found = [place for each in origins if (place := self.passage(each))]
                letter = "q" if isinstance(thing, Quote) else "r"
                if found or letter == "q":
                    counts[letter] += 1
                    self._named[id(thing)] = f"{letter}{counts[letter]}"
                for place in found:
                    self._leading.setdefault(place, []).append((self._named[id(thing)], label))
        made_by |= {
            run.origin.source: f"ref-{mark}"
            for section in report.sections
            for block in blocks_in(section)
            if isinstance(block, Listing) and block.kind == "references"
            for mark, text in block.entries
            for run in text.runs
            if run.origin and run.origin.source
        }
        made_by |= {f"section {section.key}": f"s-{section.key}" for section in report.walk()}
        self._made_by = made_by | {key: key for key in self.figures}

    def name(self, thing: Quote | Run | Cell) -> str:
        """Return the anchor of something that leads to a passage, else nothing."""
        return self._named.get(id(thing), "")

    def passage(self, origin: Origin | None) -> str:
        """Return the anchor of a quoted place, empty where it is not in the report."""
        return "" if origin is None else self._passages.get(_spot(origin), "")

    def made(self, origin: Origin | None) -> str:
        """Return the anchor of the table, section or reference that words are from."""
        if origin is None or origin.kind not in {"table", "study"} or not origin.source:
            return ""
        return self._made_by.get(origin.source, "")

    def back(self, origin: Origin) -> list[tuple[str, str]]:
        """Return what leads to a passage: anchor, and the section it stands in."""
        return self._leading.get(self.passage(origin), [])


def _spot(origin: Origin) -> tuple[str, int | None, int | None]:
    return origin.source, origin.start, origin.end
