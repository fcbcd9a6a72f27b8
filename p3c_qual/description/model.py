"""What the author of a report writes and what it rests on, as it is read from a study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Answer", "Citation", "Contrast", "Edit", "Fact", "Quote", "SectionText", "Where"]


@dataclass(frozen=True, slots=True)
class Where:
    """What something is about; all empty: the study as a whole.

    Attributes
    ----------
    programme, site : str or None
        Row ids.
    country : str or None
        As the programmes name it.
    """

    programme: str | None = None
    site: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as the author has it: its text, and what is different from the skeleton.

    Attributes
    ----------
    section : str
        Key in the skeleton, or of the author's own.
    text : str
        Markdown; see `p3c_qual.description.tokens` for what it names.
    title, under, after, merged_into : str
        Empty: as the skeleton has it.
    left_out : bool
    kind : str
        Empty for a part of the skeleton; ``chapter``, ``vignette``, ``composite`` or ``brief``.
    status : str
        Empty or ``checked``.
    coder : str or None
        Row id.
    """

    id: str
    where: Where
    section: str
    text: str
    title: str
    under: str
    after: str
    left_out: bool
    merged_into: str
    kind: str
    status: str
    coder: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """A tracked operation on a quote; positions are code points of the stored text.

    Attributes
    ----------
    kind : str
        ``omit`` (printed as dots), ``insert`` (printed in square brackets; `start` equals `end`),
        ``mask`` (another word in square brackets, or X, in place of a name), ``trim`` (left out
        at the beginning or the end).
    start, end : int
    text : str
        What is put in.
    """

    kind: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A span that is printed, and what was done to its words.

    Attributes
    ----------
    key : str
        By which texts name it.
    source, text : str
        Row ids of the source and of the text version.
    start, end : int
        Half-open range in code points over that text.
    quote : str
        The stored words.
    edits : tuple of Edit
        In the order they were made.
    chosen_as : str
        ``typical``, ``contrary``, ``telling`` or empty.
    """

    id: str
    key: str
    source: str
    text: str
    start: int
    end: int
    quote: str
    edits: tuple[Edit, ...]
    chosen_as: str
    why: str
    translation: str
    translator: str
    translated: str
    back_check: str
    coder: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An item of a form; `record` names the line where a form has several."""

    id: str
    where: Where
    form: str
    record: str
    item: str
    value: str
    status: str
    coder: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that something rests on; without start and end the source as a whole.

    Attributes
    ----------
    about, target : str
        Table and row id of what rests on it.
    side : str
        Of a contrast: ``plan`` or ``practice``.
    """

    id: str
    about: str
    target: str
    side: str
    source: str
    text: str | None
    start: int | None
    end: int | None
    quote: str
    coder: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that somebody states; the same name with another value is a conflict."""

    id: str
    where: Where
    name: str
    value: str
    unit: str
    date: str
    remark: str
    chosen: bool
    decision: str
    before: str | None
    after: str | None
    coder: str | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """Plan against practice.

    Attributes
    ----------
    verdict : str
        ``as_planned``, ``adapted``, ``not_done``, ``beyond`` or empty.
    """

    id: str
    where: Where
    label: str
    component: str
    claim: str
    practice: str
    verdict: str
    remark: str
    coder: str | None


def read_edits(given: Any) -> tuple[Edit, ...]:
    """Return the operations as a row keeps them."""
    return tuple(
        Edit(each["kind"], each["start"], each["end"], each.get("text", "")) for each in given or ()
    )
