"""Tables and figures that an author names: set in where they are named, referred to by number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.errors import Problem, nearest
from p3c_qual.report.blocks import Box, Bullets, Figure, Listing, Origin, Paragraph, Run
from p3c_qual.report.leads import runs_of
from p3c_qual.report.model import blocks_in
from p3c_qual.report.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.report.blocks import Block
    from p3c_qual.report.model import Report, Section

__all__ = ["awaited", "number_named", "place_of"]

#: what is named and not found yet: ``figure:code_by_site``
_KINDS = {"figure": "Figure", "table": "Table"}


def awaited(kind: str, name: str) -> Origin:
    """Return where a table or a figure of the report is, as long as that is not known."""
    return Origin("author", source=f"{kind}:{name}")


def place_of(name: str) -> Figure:
    """Return what stands where an author sets a figure of the report in."""
    return Figure(name, "", name, b"", b"", awaited("figure", name))


def number_named(report: Report) -> tuple[Report, list[Problem]]:
    """Set figures in where the author named them, and put numbers in place of names.

    A figure that is set in moves there; where it would have stood the report says so.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Report and list of Problem
        What is named and is not in the report.
    """
    found = [block for section in report.sections for block in blocks_in(section)]
    named = [each for each in found if isinstance(each, Figure) and _wanted(each.origin)]
    runs = [run for each in found for run in runs_of(each) if _wanted(run.origin)]
    if not named and not runs:
        return report, []
    setting = _Setting(
        {_short(each.key): each for each in found if isinstance(each, Figure) and each.png},
        {_short(each.key) for each in named},
    )
    moved = replace(report, sections=tuple(setting.section(each) for each in report.sections))
    places = Places(moved)
    numbering = _Numbering(places)
    made = replace(moved, sections=tuple(_each(each, numbering.block) for each in moved.sections))
    return made, [*setting.faults, *numbering.faults]


class _Setting:
    """Moves figures to where they are named."""

    def __init__(self, figures: dict[str, Figure], named: set[str]) -> None:
        self.figures, self.named = figures, named
        self.there: set[str] = set()
        self.faults: list[Problem] = []

    def section(self, section: Section) -> Section:
        return _each(section, self.block)

    def block(self, block: Block) -> Block:
        if not isinstance(block, Figure):
            return block
        name = _short(block.key)
        if not _wanted(block.origin):
            return _stands(block.key) if name in self.named else block
        if name not in self.figures:
            self.faults.append(_missing("figure", name, tuple(self.figures)))
            return _marker("figure", name)
        if name in self.there:
            return _stands(self.figures[name].key)
        self.there.add(name)
        return self.figures[name]


class _Numbering:
    """Puts numbers in place of the names of tables and figures."""

    def __init__(self, places: Places) -> None:
        self.keys = {"figure": tuple(places.figures), "table": tuple(places.tables)}
        self.numbers = {**places.figures, **places.tables}
        self.faults: list[Problem] = []

    def block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Bullets):
            return replace(block, items=tuple(self.paragraph(item) for item in block.items))
        if isinstance(block, Listing):
            entries = tuple((term, self.paragraph(text)) for term, text in block.entries)
            return replace(block, entries=entries)
        return block

    def paragraph(self, paragraph: Paragraph) -> Paragraph:
        if not any(_wanted(run.origin) for run in paragraph.runs):
            return paragraph
        return replace(paragraph, runs=tuple(self.run(run) for run in paragraph.runs))

    def run(self, run: Run) -> Run:
        if run.origin is None or not _wanted(run.origin):
            return run
        kind, _, name = run.origin.source.partition(":")
        short = _short(name.replace("/", "_").replace("-", "_"))
        keys = self.keys[kind]
        # a table of a research question is named with it or without, and in a report on several
        # programmes one of them all without any
        key = next(
            (
                each
                for same in (str.__eq__, lambda one, two: one.startswith(f"{two}_"), _ends)
                for each in keys
                if same(_short(each), short)
            ),
            "",
        )
        if not key:
            self.faults.append(_missing(kind, name, tuple(_short(each) for each in keys)))
            return Run(f"[{kind} “{name}”: not in this report]")
        return Run(f"{_KINDS[kind]} {self.numbers[key]}", Origin("table", source=key), run.style)


def _wanted(origin: Origin | None) -> bool:
    return (
        origin is not None
        and origin.kind == "author"
        and origin.source.partition(":")[0] in _KINDS
        and ":" in origin.source
    )


def _ends(key: str, name: str) -> bool:
    return name.endswith(f"_{key}")


def _short(key: str) -> str:
    return key.removeprefix("figure_").removeprefix("table_")


def _stands(key: str) -> Paragraph:
    """Return the reference that stands where a figure was moved away."""
    return Paragraph((Run("See "), Run("", awaited("figure", key)), Run(".")), "note")


def _marker(kind: str, name: str) -> Paragraph:
    return Paragraph((Run(f"There is no {kind} “{name}” in this report."),), "marker")


def _missing(kind: str, name: str, valid: tuple[str, ...]) -> Problem:
    what = f"the text names a {kind} {name!r} that is not in this report"
    return Problem(what, "", valid, nearest(name, valid), code=f"{kind}_missing")


def _each(section: Section, change: Callable[[Block], Block]) -> Section:
    return replace(
        section,
        blocks=tuple(_within(block, change) for block in section.blocks),
        sections=tuple(_each(below, change) for below in section.sections),
    )


def _within(block: Block, change: Callable[[Block], Block]) -> Block:
    if not isinstance(block, Box):
        return change(block)
    inner = tuple(change(each) for each in block.blocks)
    return replace(block, blocks=tuple(each for each in inner if not isinstance(each, Box)))
