"""What is searched for, and how it is found in one text."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.analysis.folding import Folded
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.words import fold_text, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Hits = Iterator[tuple[int, int]]

__all__ = ["MODES", "Finder", "make_finder", "too_long"]

MODES = ("word", "substring", "regex")
#: words that are longer are not in the index
_LONGEST = 500
#: scripts that put no space between words: Thai and Lao, Burmese, Khmer, Japanese and Chinese
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
#: hits between two looks at the clock
_LOOK = 1_000


@dataclass(frozen=True)
class Finder:
    """How something is found.

    Attributes
    ----------
    find : callable
        Yields the (start, end) of each hit in a text, in order and apart from one another.
    indexed : str
        The words that the index knows; empty where every text has to be looked at.
    """

    find: Callable[[str], Hits]
    indexed: str = ""


def make_finder(query: str, mode: str, until: float) -> Finder:
    """Return what finds a query.

    Parameters
    ----------
    query, mode : str
        See `search.search`.
    until : float
        When the time is over, by `time.monotonic`.

    Raises
    ------
    P3CError
        If there is nothing to search for, or it is no pattern.

    Examples
    --------
    >>> finder = make_finder("cafe", "word", time.monotonic() + 1)
    >>> list(finder.find("A café, no cafeteria"))
    [(2, 6)]
    """
    # a terminal may hand over half a character; no text holds one
    query = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in query)
    if not query.strip():
        raise P3CError(Problem("there is nothing to search for"))
    if mode == "regex":
        return Finder(_by_pattern(query, until))
    if mode == "substring":
        return Finder(_by_part(query))
    return _by_words(query)


def too_long(query: str) -> P3CError:
    """Return what is said when the time is over."""
    shown = query if len(query) <= 100 else query[:99] + "…"
    return P3CError(
        Problem(
            f"searching for {shown!r} takes too long",
            do="Search for a simpler pattern, or for words.",
        )
    )


def _by_part(query: str) -> Callable[[str], Hits]:
    needle = fold_text(query)
    if not needle:
        raise P3CError(Problem(f"{query!r} holds only accents", do="Search for it with --regex."))
    raw, letters = needle.encode(), frozenset(needle)

    def find(body: str) -> Hits:
        folded = Folded(body, letters)
        if raw not in folded:
            return
        text, at, last = folded.text, 0, 0
        while (at := text.find(needle, at)) >= 0:
            start, end = folded.place(at, at + len(needle))
            at += len(needle)
            # two hits may lie in one ligature
            if start >= last:
                yield start, end
                last = end

    return find


def _by_words(query: str) -> Finder:
    words = words_of(query)
    if not words:
        raise P3CError(
            Problem(
                f"there is no word in {query!r}",
                do="Search for signs with --substring or --regex.",
            )
        )
    before = "" if _is_unspaced(words[0][0]) else r"(?<![^\W_])"
    after = "" if _is_unspaced(words[-1][-1]) else r"(?![^\W_])"
    pattern = re.compile(before + r"[\W_]+".join(map(re.escape, words)) + after)
    first = words[0]
    needles = [word.encode() for word in words]

    def find(body: str) -> Hits:
        folded = Folded(body)
        if any(needle not in folded for needle in needles):
            return
        text, at, last = folded.text, 0, 0
        # to look for the first word and then for the rest is quicker than the pattern alone
        while (at := text.find(first, at)) >= 0:
            hit = pattern.match(text, at)
            at = hit.end() if hit else at + 1
            if hit:
                start, end = folded.place(hit.start(), hit.end())
                if start >= last:
                    yield start, end
                    last = end

    known = [word for word in words if len(word) <= _LONGEST and not any(map(_is_unspaced, word))]
    return Finder(find, " ".join(known))


def _is_unspaced(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _UNSPACED)


def _by_pattern(query: str, until: float) -> Callable[[str], Hits]:
    import regex

    try:
        pattern = regex.compile(query, regex.IGNORECASE)
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        raise P3CError(
            Problem(
                f"{query!r} is no pattern ({error})",
                do="Put a backslash before signs that are meant as they are.",
            )
        ) from error

    def find(body: str) -> Hits:
        left = max(until - time.monotonic(), 0.001)
        try:
            for number, hit in enumerate(pattern.finditer(body, timeout=left)):
                if number % _LOOK == 0 and time.monotonic() > until:
                    raise too_long(query)
                # a pattern may match nothing at all, which is no hit
                if hit.end() > hit.start():
                    yield hit.start(), hit.end()
        except TimeoutError as error:
            raise too_long(query) from error

    return find
