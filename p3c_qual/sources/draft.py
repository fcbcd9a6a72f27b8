"""What a format reader hands on: a raw text and marks over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Block", "Draft", "Grid", "Mark", "TurnMark", "sections_of"]


@dataclass(frozen=True)
class Mark:
    """A half-open range of the raw text, in code points, with its label."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class TurnMark:
    """A turn that the format itself names; `body` is where the spoken words begin."""

    start: int
    end: int
    body: int
    speaker: str
    time: int | None = None


@dataclass(frozen=True)
class Block:
    """One paragraph; `level` is 1 to 9 for a heading and 0 for running text."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Grid:
    """A table as rows of cells; paragraphs inside a cell are lines."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Draft:
    """A text before it is fixed, with what the format says about its parts.

    Attributes
    ----------
    text : str
        The raw text, in any newline and normal form.
    paragraphs : tuple of Mark or None
        None where the format has no paragraphs of its own and the splitter decides.
    pages, sections : tuple of Mark
        Pages by number, sections by heading.
    turns : tuple of TurnMark
        Empty where the format names no speakers.
    appendix : int or None
        Where text begins that the reader moved to the end (footnotes); nobody speaks there.
    notes : tuple of str
        What was recognised and done, one sentence each.
    meta : dict of str to str
        Title, author, language, date.
    """

    text: str
    paragraphs: tuple[Mark, ...] | None = None
    pages: tuple[Mark, ...] = ()
    sections: tuple[Mark, ...] = ()
    turns: tuple[TurnMark, ...] = ()
    appendix: int | None = None
    notes: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)


def sections_of(headings: Sequence[Mark], length: int) -> tuple[Mark, ...]:
    """Stretch each heading to where the next one begins.

    Examples
    --------
    >>> sections_of([Mark(0, 4, "Aims"), Mark(9, 13, "Ways")], 20)
    (Mark(start=0, end=9, label='Aims'), Mark(start=9, end=20, label='Ways'))
    """
    ends = [mark.start for mark in headings[1:]] + [length]
    return tuple(
        Mark(mark.start, end, mark.label) for mark, end in zip(headings, ends, strict=False)
    )
