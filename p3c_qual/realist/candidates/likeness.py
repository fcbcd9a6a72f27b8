"""What the standing configurations say already: their words, and the places they rest on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from p3c_qual.realist.read import read_realist

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

__all__ = ["Earlier"]

#: letters of a word that tell it from others, so that "trusted" is like "trust"
_LETTERS = 5
#: words that have to be shared before anything is alike
_SHARED = 2

_WORD = re.compile(r"[^\W\d_]{4,}")


class Earlier:
    """The configurations that stand: words of their elements, and places of their evidence.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    """

    def __init__(self, connection: Connection) -> None:
        self._words: dict[str, set[str]] = {}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for each in read_realist(connection).standing:
            words = _words(" ".join(element.text for element in each.elements))
            self._words[each.key] = words
            for word in words:
                self._by_word[word].append(each.key)
            for one in each.evidence:
                self._places[one.text].append((one.start, one.end, each.key))

    def alike(self, text: str, common: Collection[str] = ()) -> tuple[float, str]:
        """Return which configuration a text shares most words with, and what share of its words.

        Parameters
        ----------
        text : str
        common : collection of str
            Words that say nothing, in small letters.

        Returns
        -------
        (float, str)
            The share, and the configuration's key; 0 and empty where fewer than two are shared.
        """
        if not self._by_word:
            return 0.0, ""
        left_out = {word[:_LETTERS] for word in common}
        shared = Counter(
            key for word in _words(text) - left_out for key in self._by_word.get(word, ())
        )
        shares = [
            (count / len(self._words[key] - left_out), key)
            for key, count in shared.items()
            if count >= _SHARED
        ]
        return max(shares, key=lambda each: (each[0], each[1]), default=(0.0, ""))

    def used(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """Return the keys of the configurations with evidence in a passage of a text (row id)."""
        return tuple(
            sorted(
                {
                    key
                    for first, last, key in self._places.get(text, ())
                    if first < end and start < last
                }
            )
        )


def _words(text: str) -> set[str]:
    return {word[:_LETTERS] for word in _WORD.findall(text.casefold())}
