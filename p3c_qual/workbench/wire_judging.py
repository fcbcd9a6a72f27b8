"""What goes over the wire of negative cases, logic model, standards, candidates and the network."""

from __future__ import annotations

from dataclasses import dataclass

# the types are read while it runs
from p3c_qual.workbench.wire_realist import EvidenceRow, SearchRow  # noqa: TC001

__all__ = [
    "AppraisalRow",
    "ArrowRow",
    "BlockRow",
    "CandidateList",
    "CueRow",
    "LogicState",
    "NegativeCases",
    "NetworkFigure",
    "PassageCandidate",
    "SilentRow",
    "StandardsState",
]


@dataclass(frozen=True, slots=True)
class SilentRow:
    """A source in which nothing was said of it.

    Attributes
    ----------
    asked : str
        ``asked``, ``not asked`` or ``unknown``.
    """

    source: str
    key: str
    who: str
    types: list[str]
    programme: str
    asked: str


@dataclass(frozen=True, slots=True)
class NegativeCases:
    """What a search found."""

    search: SearchRow
    found: list[EvidenceRow]
    silent: list[SilentRow]


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block of the logic model."""

    id: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ArrowRow:
    """An arrow of the logic model, and what it rests on: configurations and passages."""

    id: str
    block: str
    other: str
    label: str
    configurations: list[str]
    supporting: int
    contradicting: int


@dataclass(frozen=True, slots=True)
class LogicState:
    """The logic model."""

    blocks: list[BlockRow]
    arrows: list[ArrowRow]
    cursor: int


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """An item of a standard.

    Attributes
    ----------
    standard : str
        ``rameses_reporting`` or ``rameses_quality``.
    grades : list of str
        What can be said of it.
    held : str
        What the study holds for it, as it was found; empty where it holds nothing.
    found_at : str
        Where that is: a table, a view, a section.
    grade, place, note : str
        What the team says.
    """

    standard: str
    item: int
    section: str
    label: str
    grades: list[str]
    held: str
    found_at: str
    grade: str
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class StandardsState:
    """The standards, item by item."""

    items: list[AppraisalRow]
    cursor: int


@dataclass(frozen=True, slots=True)
class CueRow:
    """What led to a candidate: a place in its text, and what it was taken for."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class PassageCandidate:
    """A passage in which a configuration may stand; places are over the whole source.

    Attributes
    ----------
    used : list of str
        Keys of configurations that have evidence in it already.
    """

    source: str
    key: str
    start: int
    end: int
    text: str
    score: float
    why: str
    cues: list[CueRow]
    who: str
    used: list[str]


@dataclass(frozen=True, slots=True)
class CandidateList:
    """Candidates, the likeliest first.

    Attributes
    ----------
    pipeline : str
        Which language pipeline read the texts, in words.
    looked_at : int
        Passages.
    """

    candidates: list[PassageCandidate]
    pipeline: str
    looked_at: int
    cursor: int


@dataclass(frozen=True, slots=True)
class NetworkFigure:
    """The network of chains as a picture: SVG, what it shows, and where to press on it."""

    svg: str
    caption: str
    cursor: int
