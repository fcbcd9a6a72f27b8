"""The passages a section can quote, and which of them are looked at first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.report.quotes import choose_segments
from p3c_qual.report.segments import Segment

if TYPE_CHECKING:
    from p3c_qual.analysis.known import KnownSource, Person

__all__ = ["Passage", "Passages"]

#: words of a quotation at most, before one that is longer comes behind
_WORDS = 120


@dataclass(frozen=True)
class Passage:
    """A stretch of a source with the codes it was given.

    Attributes
    ----------
    source : str
        Row id.
    start, end : int
        Without white space at the ends.
    people : tuple of Person
        Who speaks.
    codes : tuple of str
        Row ids, those of the section first.
    free : bool
        Whether nobody who speaks refused to be quoted.
    important : bool
        Whether a coder marked it so.
    """

    source: str
    start: int
    end: int
    quote: str
    people: tuple[Person, ...]
    codes: tuple[str, ...]
    free: bool
    important: bool

    def within(self, other: Passage) -> bool:
        """Say whether it is a part of another one."""
        inside = other.start <= self.start and self.end <= other.end
        return self.source == other.source and inside


@dataclass(frozen=True)
class Passages:
    """The passages of a code in the reading set.

    Attributes
    ----------
    every : tuple of Passage
        By source and place.
    said : str
        How many there are, of how much, by whose reading.
    """

    every: tuple[Passage, ...] = ()
    said: str = ""

    def chosen(self, sources: dict[str, KnownSource], limit: int) -> tuple[list[Passage], int]:
        """Return the first to look at, no voice and no code before the others, and what is left.

        Those that nobody may quote come last.
        """
        by_place = {(each.source, each.start, each.end): each for each in self.every}
        found: list[Passage] = []
        for free in (True, False):
            segments = [
                Segment(
                    each.source,
                    each.start,
                    each.end,
                    each.quote,
                    ";".join(one.key for one in each.people) or sources[each.source].key,
                    each.codes,
                    (),
                )
                for each in self.every
                if each.free == free
            ]
            if segments and len(found) < limit:
                room = limit - len(found)
                first = choose_segments(segments, max_words=_WORDS, limit=room, group=_first)
                found += [by_place[each.source, each.start, each.end] for each in first]
        shown: dict[str, list[Passage]] = defaultdict(list)
        for each in found:
            shown[each.source].append(each)
        left = sum(
            not any(each.within(other) for other in shown[each.source]) for each in self.every
        )
        return found, left


def _first(segment: Segment) -> str:
    return segment.codes[0] if segment.codes else ""
