"""What the start page and what comes in send over the wire; see `wire`."""

from __future__ import annotations

from dataclasses import dataclass

# looked up when the front end's types are made
from p3c_qual.workbench.wire import CodingRow, Fault, Happening  # noqa: TC001

__all__ = [
    "Came",
    "Choice",
    "Deeds",
    "Recognised",
    "Speaker",
    "Start",
    "Stopped",
    "StudyEntry",
    "Terms",
    "Totals",
    "Undone",
    "Waiting",
]


@dataclass(frozen=True, slots=True)
class StudyEntry:
    """A study that lies below the server's folder."""

    path: str
    title: str
    modified: str
    sources: int | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks in a text, by the label that stands before the turns."""

    label: str
    role: str
    turns: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be chosen; a site is one of a programme."""

    key: str
    label: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be said of a source: the words there are, and the study's programmes and sites.

    Attributes
    ----------
    language : str
        Of sources that name none.
    """

    language: str
    kinds: list[str]
    stakeholders: list[Choice]
    programmes: list[Choice]
    sites: list[Choice]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is taken for before it comes in; nothing of it is kept.

    Attributes
    ----------
    sources : int
        One, but for a table, which holds one source a row.
    """

    name: str
    reader: str
    sources: int
    characters: int
    turns: int
    speakers: list[Speaker]
    notes: list[str]
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Came:
    """A source that came in, with what was recognised and who was met for the first time."""

    id: str
    key: str
    file: str
    characters: int
    notes: list[str]
    named: list[str]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, or done again."""

    act: str
    verb: str
    skipped: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """Where the asking coder stopped: the source, the place in it if known, and when."""

    source: str
    key: str
    title: str
    position: int | None
    at: str


@dataclass(frozen=True, slots=True)
class Deeds:
    """How many acts of a kind somebody did; the kind is the first word of the act."""

    actor: str
    kind: str
    acts: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the asking coder.

    Attributes
    ----------
    begun, untouched : list of str
        Ids of sources that are not done.
    unsure : list of CodingRow
        Codings flagged unsure, to be discussed; the first fifty of `unsure_total`.
    proposals, conflicts : int
        Open proposals, and what joining copies of the study left open.
    faults : list of Fault
        Of the study's texts, codings and originals.
    """

    begun: list[str]
    untouched: list[str]
    unsure: list[CodingRow]
    unsure_total: int
    proposals: int
    conflicts: int
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the study holds; codings and memos of the coders who are seen."""

    sources: int
    interviewees: int
    codes: int
    codings: int
    memos: int
    coders: int


@dataclass(frozen=True, slots=True)
class Start:
    """The start page.

    Attributes
    ----------
    since : str
        When the asking coder last did something; empty if never. What follows is later.
    deeds : list of Deeds
        Of the others.
    happenings : list of Happening
        The last twenty acts of the others.
    """

    me: str
    stopped: Stopped | None
    since: str
    deeds: list[Deeds]
    happenings: list[Happening]
    waiting: Waiting
    totals: Totals
