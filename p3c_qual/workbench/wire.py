"""What goes over the wire; the front end's types are generated from these classes.

Positions are code points over the stored text, half-open. Rows are named by their ids, codes
too; people read labels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# the types on the wire are read when the front end's are generated
from p3c_qual.workbench.wire_mayring import (  # noqa: TC001
    BackCheckRow,
    QuestionRow,
    ReductionRow,
    UnitRow,
)

__all__ = [
    "AnchorRow",
    "Answer",
    "Ask",
    "Banner",
    "CodeRow",
    "CodebookRow",
    "CodingRow",
    "Delta",
    "Fault",
    "Happening",
    "MemoRow",
    "Progress",
    "ProposalRow",
    "ReadingRow",
    "Refusal",
    "SourceRow",
    "SourceText",
    "StudyState",
    "Turns",
    "Units",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in the words of the person who has to mend it."""

    code: str
    what: str
    where: str = ""
    valid: list[str] = field(default_factory=list)
    nearest: str = ""
    do: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The body of every answer that is an error: the first fault, and all of them."""

    error: Fault
    all: list[Fault]


@dataclass(frozen=True, slots=True)
class Banner:
    """Something to know of the whole study or of a source; reading works all the same."""

    kind: str
    what: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """An anchor example of a code."""

    quote: str
    source: str
    start: int | None
    end: int | None
    prototype: bool
    invented: bool


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """A codebook; one that is frozen takes proposals instead of changes."""

    id: str
    key: str
    label: str
    version: str
    status: str
    frozen: bool


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code, in the codebook's reading order."""

    id: str
    codebook: str
    key: str
    label: str
    parent: str | None
    level: str
    status: str
    kind: str
    definition: str
    rule: str
    merged_into: str | None
    anchors: list[AnchorRow]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A change that somebody asks for in the next version of a frozen codebook."""

    id: str
    codebook: str
    code: str | None
    change: str
    args: dict[str, Any]
    reason: str
    coder: str
    status: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source without its text."""

    id: str
    key: str
    title: str
    kind: str
    programme: str
    country: str
    site: str
    stakeholder_types: list[str]
    interviewees: list[str]
    date: str
    language: str
    length: int | None
    translation_of: str
    codings: int
    mine: int
    done: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the asking coder is in a source; shares of the characters that can be coded.

    Both are over the text without the interviewer's turns, so they compare; None where there is
    nothing to code.
    """

    source: str
    worked: float | None
    coded: float | None
    done: bool


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A code given to a span."""

    id: str
    source: str
    start: int
    end: int
    code: str
    coder: str
    round: str
    question: str
    important: bool
    unsure: bool
    origin: str
    memos: int


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A memo; `target` is a row id, None for the study."""

    id: str
    about: str
    target: str | None
    start: int | None
    end: int | None
    kind: str
    coder: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What a coder worked through in a source."""

    source: str
    coder: str
    round: str
    done: bool
    ranges: list[list[int]]
    question: str = ""


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a source, as columns."""

    start: list[int]
    end: list[int]
    speaker: list[str]
    role: list[str]
    time: list[int | None]


@dataclass(frozen=True, slots=True)
class Units:
    """Sentences or words, as columns."""

    start: list[int]
    end: list[int]


@dataclass(frozen=True, slots=True)
class StudyState:
    """What the front end needs of a study when it opens it.

    Attributes
    ----------
    cursor : int
        Number of the journal's last event that is in here.
    me : str
        The coder who works here; empty where nobody was named yet.
    counts : dict of str to int
        Codings by code id, of the coders who are seen.
    desk : dict
        What the coder left lying: positions, pinned codes, text size.
    """

    path: str
    title: str
    cursor: int
    me: str
    writable: bool
    banners: list[Banner]
    codebooks: list[CodebookRow]
    codes: list[CodeRow]
    proposals: list[ProposalRow]
    questions: list[QuestionRow]
    sources: list[SourceRow]
    coders: list[str]
    counts: dict[str, int]
    desk: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source with its text and all that lies on it.

    Attributes
    ----------
    fault : Fault or None
        The text is not what its hash says: shown, and nothing may be coded in it.
    """

    id: str
    key: str
    title: str
    language: str
    text: str
    fault: Fault | None
    turns: Turns
    sentences: Units
    pages: Units
    codings: list[CodingRow]
    memos: list[MemoRow]
    readings: list[ReadingRow]
    recording: bool
    cursor: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One act that somebody did, for the line that says so."""

    id: str
    actor: str
    verb: str
    kind: str
    at: str


@dataclass(frozen=True, slots=True)
class Delta:
    """What is different since a cursor.

    Attributes
    ----------
    reset : bool
        Too much happened: load everything anew.
    codings, memos, readings : list
        Rows that are new or changed, of the source that is open; memos also those of the study,
        of codes and of the source itself.
    gone : list of str
        Ids of codings and memos that are there no more, or are not to be seen.
    codes, codebooks, proposals, sources, counts, progress
        The whole of it where something in it changed, else None; `progress` only of the sources
        that were touched.
    coders : list of str or None
        All whose work is seen, where somebody worked here for the first time.
    questions : list or None
        All research questions, where any of them or how far it is may be different.
    asked : list
        Only these research questions are different, by what was done to their units.
    units, reductions, checks : list
        Rows of any summarising that are new or changed; those that are gone stand in `gone`.
    claims : list of str
        Ids of configurations whose cards are different; those that are gone stand in `gone` too.
    touched : list of str
        Names of the other tables of Mayring's steps and of the realist layer in which something
        is different, and of those that say who spoke and what was read.
    """

    cursor: int
    reset: bool = False
    codings: list[CodingRow] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    memos: list[MemoRow] = field(default_factory=list)
    readings: list[ReadingRow] = field(default_factory=list)
    codes: list[CodeRow] | None = None
    codebooks: list[CodebookRow] | None = None
    proposals: list[ProposalRow] | None = None
    sources: list[SourceRow] | None = None
    counts: dict[str, int] | None = None
    progress: list[Progress] | None = None
    coders: list[str] | None = None
    questions: list[QuestionRow] | None = None
    asked: list[QuestionRow] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    reductions: list[ReductionRow] = field(default_factory=list)
    checks: list[BackCheckRow] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    acts: list[Happening] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is sent to have something done.

    Attributes
    ----------
    study : str
        Path of its folder; empty for what is asked before there is one.
    act_id : str
        A UUID made once for this act, however often it is sent.
    verb : str
    args : dict
    seen : int
        The cursor of what the sender holds.
    source : str
        Id of the source that is open, or empty.
    others : bool
        Whether the work of other coders is wanted.
    """

    study: str
    act_id: str
    verb: str
    args: dict[str, Any]
    seen: int = 0
    source: str = ""
    others: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an act: what it gave, and what is different since `seen`."""

    ok: bool
    cursor: int
    result: Any
    rows: Delta
