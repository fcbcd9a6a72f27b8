"""A text without case and accents, and the way back to the places in the text itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from p3c_qual.store.words import fold_text

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["Folded"]

_ASCII = bytes(range(128))
#: with more characters to fold than this, one pass over the text is quicker than one for each
_MANY = 16


class Folded:
    """A folded text.

    Parameters
    ----------
    body : str
    letters : set of str, optional
        Fold only what becomes one of these: enough to find something made of them.

    Examples
    --------
    >>> folded = Folded("Die Straße")
    >>> at = folded.text.index("asse")
    >>> folded.place(at, at + 4)
    (7, 10)
    """

    def __init__(self, body: str, letters: AbstractSet[str] | None = None) -> None:
        self._body = body
        raw = body.encode()
        self._changed: dict[str, str] = {}
        if len(raw) > len(body):
            # what is not ASCII is rare in most texts: find it, then replace it
            for char in set(raw.translate(None, _ASCII).decode()):
                fold = fold_text(char)
                if fold != char and (letters is None or not fold or not letters.isdisjoint(fold)):
                    self._changed[char] = fold
        made = set().union(*self._changed.values())
        if len(self._changed) > _MANY or not made.isdisjoint(self._changed):
            self._changed = {char: fold_text(char) for char in set(body) if not char.isascii()}
            raw = fold_text(body).encode()
        else:
            if self._changed:
                # in a str a single character is found much sooner than in UTF-8
                for char, fold in self._changed.items():
                    body = body.replace(char, fold)
                raw = body.encode()
            raw = raw.lower()
        self._raw = raw

    def __contains__(self, needle: bytes) -> bool:
        """Say whether the folded text holds a part, which is folded itself and in UTF-8."""
        return needle in self._raw

    @cached_property
    def text(self) -> str:
        """The folded text."""
        return self._raw.decode()

    @cached_property
    def _uneven(self) -> tuple[list[int], list[int], list[int]]:
        """Characters that do not fold to one: their places, and where they start and end folded."""
        uneven = [char for char, fold in self._changed.items() if len(fold) != 1]
        places: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        if uneven:
            shift = 0
            for hit in re.finditer("|".join(map(re.escape, uneven)), self._body):
                length = len(self._changed[hit[0]])
                places.append(hit.start())
                starts.append(hit.start() + shift)
                ends.append(hit.start() + shift + length)
                shift += length - 1
        return places, starts, ends

    def _original(self, at: int) -> int:
        places, starts, ends = self._uneven
        number = bisect_right(ends, at)
        if number < len(places) and starts[number] <= at:
            return places[number]
        return at + places[number - 1] + 1 - ends[number - 1] if number else at

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the folded text, not empty, stands in the text.

        A character that folds to several is taken whole; accents that are characters of their
        own belong to the letter before them.
        """
        if not self._uneven[0]:
            return start, end
        first, last = self._original(start), self._original(end - 1) + 1
        while last < len(self._body) and self._changed.get(self._body[last]) == "":
            last += 1
        return first, last
