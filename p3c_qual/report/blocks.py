"""What a section holds: paragraphs, quotes, tables, figures, each with its origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "Block",
    "Box",
    "Bullets",
    "Cell",
    "Column",
    "Figure",
    "Listing",
    "Origin",
    "Paragraph",
    "Quote",
    "Run",
    "Table",
]


@dataclass(frozen=True)
class Origin:
    """Where a sentence, a number or a quote comes from.

    Attributes
    ----------
    kind : {"span", "table", "study", "author"}
        A place in a text; a table of the library; the study's own records; the author's text.
    source : str
        Key of the source; for a table the call that makes it again.
    text_id : str
        Version of the text the span lies in, its SHA-256 where the study gives it.
    start, end : int or None
        Half-open range in code points over that text.
    codings : tuple of str
        The ids of the codings behind it.
    note : str
        What else a reader has to know to find it.

    Examples
    --------
    >>> Origin("span", source="IP02_1", start=120, end=310).place
    'IP02_1, 120–310'
    """

    kind: Literal["span", "table", "study", "author"]
    source: str = ""
    text_id: str = ""
    start: int | None = None
    end: int | None = None
    codings: tuple[str, ...] = ()
    note: str = ""

    @property
    def place(self) -> str:
        """The place as it is printed: source and range."""
        if self.start is None or self.end is None:
            return self.source
        return f"{self.source}, {self.start}–{self.end}"


@dataclass(frozen=True)
class Run:
    """Words of a paragraph that share one origin.

    Attributes
    ----------
    text : str
        The words.
    origin : Origin or None
        None where the words claim nothing.
    style : {"", "em", "strong"}
        How the author set them.
    """

    text: str
    origin: Origin | None = None
    style: Literal["", "em", "strong"] = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `role` says who is speaking.

    Attributes
    ----------
    runs : tuple of Run
        Its words in order.
    role : {"generated", "author", "note", "marker"}
        Made from the codings, written by the author, an editorial note, or the mark that a
        section is not finished.
    """

    runs: tuple[Run, ...]
    role: Literal["generated", "author", "note", "marker"] = "generated"

    @property
    def text(self) -> str:
        """The words without their origins."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Quote:
    """What somebody said or a document states, in its own words.

    Attributes
    ----------
    text : str
        The words, without quotation marks.
    reference : str
        What is printed after them: ``(IP02_1)`` or ``[8, p. 12]``.
    origin : Origin
        The span the words stand at.
    cut_before, cut_after : bool
        Whether we left words of the coded segment out; printed as ``...``.
    language : str
        Language of the words.
    codes : tuple of str
        Labels of the codes given to the segment.
    original : str
        The words in the language they were spoken in, where `text` is a translation.
    original_language : str
        Language of `original`.
    original_origin : Origin or None
        The span of `original`.
    chosen_as : str
        ``typical``, ``contrary``, ``telling`` or empty.
    why : str
        In the author's words.
    key : str
        Of the author's quote; empty where the program chose the passage.
    """

    text: str
    reference: str
    origin: Origin
    cut_before: bool = False
    cut_after: bool = False
    language: str = ""
    codes: tuple[str, ...] = ()
    original: str = ""
    original_language: str = ""
    original_origin: Origin | None = None
    chosen_as: str = ""
    why: str = ""
    key: str = ""

    @property
    def printed(self) -> str:
        """The words as they are printed, with marks where we cut."""
        before = "... " if self.cut_before else ""
        after = " ..." if self.cut_after else ""
        return f"{before}{self.text}{after}"


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading and how its cells are set; ``short`` is never broken."""

    label: str
    kind: Literal["text", "short", "number"] = "text"


@dataclass(frozen=True)
class Cell:
    """One value of a table; None is "not asked", which is not zero.

    Attributes
    ----------
    value : str, int, float or None
        What is printed.
    origin : Origin or None
        Its own origin where that differs from the table's.
    depth : int
        Indentation, for the codes below a code.
    """

    value: str | float | None
    origin: Origin | None = None
    depth: int = 0


@dataclass(frozen=True)
class Table:
    """A table with what a number needs: unit, denominators, reading set.

    Attributes
    ----------
    key : str
        Unique in the report, usable as an anchor.
    caption : str
        What the table shows.
    columns : tuple of Column
        Headings; the first column names the row.
    rows : tuple of tuple of Cell
        As long as `columns`.
    origin : Origin
        What makes the table again.
    unit : str
        What is counted; empty for a table without numbers.
    denominators : tuple of (str, int)
        How many there are in each group.
    reading_set : str
        Whose codings are counted.
    notes : tuple of str
        Printed below.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    origin: Origin
    unit: str = ""
    denominators: tuple[tuple[str, int], ...] = ()
    reading_set: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A picture in two forms, with the words that stand for it.

    Attributes
    ----------
    key : str
        Unique in the report, usable as an anchor and a file name.
    caption : str
        What the figure shows, with unit, denominators and reading set.
    alt : str
        What it shows, for somebody who does not see it.
    png, svg : bytes
        The same picture for print and for screens.
    origin : Origin
        What makes the figure again.
    """

    key: str
    caption: str
    alt: str
    png: bytes = field(repr=False)
    svg: bytes = field(repr=False)
    origin: Origin


@dataclass(frozen=True)
class Listing:
    """A list of entries: numbered references, or terms with what is known of them.

    Attributes
    ----------
    entries : tuple of (str, Paragraph)
        Mark or term, and its text.
    kind : {"references", "terms"}
        How it is set.
    """

    entries: tuple[tuple[str, Paragraph], ...]
    kind: Literal["references", "terms"] = "terms"


#: an item of a list, and those of the list within it
Item = tuple[Paragraph, tuple["Item", ...]]


def _tree(flat: tuple[tuple[Paragraph, int], ...], depth: int) -> tuple[Item, ...]:
    found: list[Item] = []
    at = 0
    while at < len(flat):
        end = at + 1
        while end < len(flat) and flat[end][1] > depth:
            end += 1
        found.append((flat[at][0], _tree(flat[at + 1 : end], depth + 1)))
        at = end
    return tuple(found)


@dataclass(frozen=True)
class Bullets:
    """A list as the author wrote it, its items in order.

    Attributes
    ----------
    items : tuple of Paragraph
        Those of a list within it follow the item they belong to.
    ordered : bool
        Whether they are numbered; those of a list within it are not.
    depths : tuple of int
        How deep each item stands, 0 for the list itself; empty where all do.
    """

    items: tuple[Paragraph, ...]
    ordered: bool = False
    depths: tuple[int, ...] = ()

    @property
    def tree(self) -> tuple[Item, ...]:
        """The items with those below each.

        Examples
        --------
        >>> made = Bullets(tuple(Paragraph((Run(each),)) for each in "abc"), depths=(0, 1, 0))
        >>> [(item.text, len(below)) for item, below in made.tree]
        [('a', 1), ('c', 0)]
        """
        depths = self.depths or (0,) * len(self.items)
        return _tree(tuple(zip(self.items, depths, strict=True)), 0)


@dataclass(frozen=True)
class Box:
    """Blocks set apart from the text around them.

    Attributes
    ----------
    key : str
        Unique in the report, usable as an anchor.
    title : str
    blocks : tuple of Block
        No box among them.
    kind : {"evidence", "distinctive", "facts", "story"}
        What a segment rests on, what is distinctive here, a country's facts, a vignette.
    """

    key: str
    title: str
    blocks: tuple[Paragraph | Quote | Table | Figure | Listing | Bullets, ...]
    kind: Literal["evidence", "distinctive", "facts", "story"] = "evidence"


Block = Paragraph | Quote | Table | Figure | Listing | Bullets | Box
