"""What goes over the wire of coded segments and of hits."""

from __future__ import annotations

from dataclasses import dataclass

# the types on the wire are read when the front end's are generated
from p3c_qual.workbench.wire import CodingRow  # noqa: TC001

__all__ = ["SegmentList", "SegmentRow"]


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A coded segment with its context unit, for the list of a code's segments or of hits.

    Attributes
    ----------
    turn, question : str
        The turn or turns it stands in, and the interviewer's turn before; in a text without
        turns the paragraph, and nothing.
    """

    coding: CodingRow | None
    source: str
    key: str
    title: str
    start: int
    end: int
    quote: str
    turn: str
    turn_start: int
    question: str
    interviewee: str
    stakeholder_types: list[str]


@dataclass(frozen=True, slots=True)
class SegmentList:
    """Some segments of all there are."""

    total: int
    rows: list[SegmentRow]
