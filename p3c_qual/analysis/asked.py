"""Zero is not the same as not asked: which cells of a table stay empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from p3c_qual.analysis.counting import Slot

__all__ = ["Asking"]


class Asking:
    """What the interviews of a table asked about.

    Parameters
    ----------
    slots : sequence of Slot
        The readings a table counts, by person.
    asked : dict of str to frozenset of str or None
        Codes asked about by source (row id); None where that is unknown.
    """

    def __init__(self, slots: Sequence[Slot], asked: Mapping[str, frozenset[str] | None]) -> None:
        self._slots = slots
        self._asked = asked

    def about(self, members: Iterable[int]) -> frozenset[str] | None:
        """Return what some of the slots were asked about; nobody was asked about nothing.

        None where a zero is a zero: one of them is of a document, which holds what it holds, or
        of an interview of which it is unknown what it asked.
        """
        union: set[str] = set()
        for number in members:
            source = self._slots[number].source
            what = self._asked.get(source.id) if source.said["kind"] == "interview" else None
            if what is None:
                return None
            union |= what
        return frozenset(union)

    def unknown(self, members: Iterable[int]) -> int:
        """Return how many interviews there are of which it is unknown what they asked."""
        sources = (self._slots[number].source for number in members)
        return len(
            {
                source.id
                for source in sources
                if source.said["kind"] == "interview" and self._asked.get(source.id) is None
            }
        )
