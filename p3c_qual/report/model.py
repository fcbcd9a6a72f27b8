"""The report as plain data: what HTML, DOCX and PDF are written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from p3c_qual.report.blocks import Block, Box, Figure, Origin, Quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["Passage", "Report", "Section", "Turn", "blocks_in", "quotes_in"]


@dataclass(frozen=True)
class Section:
    """A section and what is below it.

    Attributes
    ----------
    key : str
        Unique in the report, usable as an anchor.
    number : str
        ``1.2``; empty for an unnumbered one.
    title : str
        Heading.
    level : int
        1 for the parts of the report, up to 4 below them.
    blocks : tuple of Block
        In reading order, before the sections below.
    sections : tuple of Section
        Below this one.
    state : {"generated", "material", "description", "empty"}
        Only records; quotes without a sentence of the author's; written; nothing found.
    layer : {"", "formal", "substructure"}
        What it tells: the surface, or how and why; empty where neither is meant.
    tasks : tuple of str
        Which of the tasks 1 to 8 and TS it serves.
    why : str
        Why it is not yet a description.
    """

    key: str
    number: str
    title: str
    level: int
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    state: Literal["generated", "material", "description", "empty"] = "generated"
    layer: str = ""
    tasks: tuple[str, ...] = ()
    why: str = ""

    @property
    def serves(self) -> str:
        """What it tells and which tasks it serves, as it is shown below the heading."""
        layers = {"formal": "Formal description", "substructure": "Substructure"}
        served = ", ".join(self.tasks)
        tasks = f"task{'' if len(self.tasks) == 1 else 's'} {served}" if served else ""
        return "; ".join(filter(None, (layers.get(self.layer, ""), tasks)))

    def walk(self) -> Iterator[Section]:
        """Give this section and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True)
class Turn:
    """A piece of the source around a quote.

    Attributes
    ----------
    text : str
        Its words; the stretch ``[mark_start, mark_end)`` of them is quoted.
    mark_start, mark_end : int
        Code points over `text`; equal where nothing of it is quoted.
    role : str
        ``interviewer``, ``interviewee`` or empty.
    cut_before, cut_after : bool
        Whether the turn goes on beyond what is shown.
    """

    text: str
    mark_start: int = 0
    mark_end: int = 0
    role: str = ""
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True)
class Passage:
    """A quoted span at its place in the source, so that it can be read offline.

    Attributes
    ----------
    origin : Origin
        The span.
    title : str
        The source, as a reader knows it.
    turns : tuple of Turn
        The turn before and the quoted ones.
    language : str
        Language of the text.
    note : str
        Why there is less around it than usual, for example in a source of excerpts.
    """

    origin: Origin
    title: str
    turns: tuple[Turn, ...]
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class Report:
    """A report on one programme.

    Attributes
    ----------
    title, subtitle : str
        As on its first page.
    programme : str
        Key of the programme.
    language : str
        Language the quotes are printed in.
    sections : tuple of Section
        Its parts in order.
    passages : tuple of Passage
        Every quoted span at its place, by source and position.
    notices : tuple of str
        What has to be known before reading: undecided consent, sections not written.
    draft : bool
        Whether it is marked as a draft.
    generated_at : datetime or None
        Printed on the first page; the only thing that differs between two renders.
    meta : tuple of (str, str)
        What was asked for and with what it was made.
    cover : tuple of (str, str)
        The title block: country, sites, study and so on, with what is said of each.

    Examples
    --------
    >>> part = Section("workforce", "1.4", "Workforce", 1)
    >>> report = Report("A programme", "", "p", "en", (part,))
    >>> [section.number for section in report.walk()]
    ['1.4']
    """

    title: str
    subtitle: str
    programme: str
    language: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...] = ()
    notices: tuple[str, ...] = ()
    draft: bool = True
    generated_at: datetime | None = None
    meta: tuple[tuple[str, str], ...] = ()
    cover: tuple[tuple[str, str], ...] = ()

    def walk(self) -> Iterator[Section]:
        """Give every section in reading order."""
        for section in self.sections:
            yield from section.walk()

    def figures(self) -> tuple[Figure, ...]:
        """Give every figure in reading order."""
        return tuple(b for s in self.sections for b in blocks_in(s) if isinstance(b, Figure))

    def quotes(self) -> tuple[Quote, ...]:
        """Give every quote in reading order."""
        return tuple(quote for section in self.sections for quote in quotes_in(section))


def blocks_in(section: Section) -> Iterator[Block]:
    """Give every block of a section and of those below it, in reading order; boxes opened."""
    for each in section.walk():
        for block in each.blocks:
            yield block
            if isinstance(block, Box):
                yield from block.blocks


def quotes_in(section: Section) -> tuple[Quote, ...]:
    """Give every quote of a section and of those below it, in reading order."""
    return tuple(b for b in blocks_in(section) if isinstance(b, Quote))
