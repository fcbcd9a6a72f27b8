"""A text cut into passages: what one person says in one go, or one paragraph, never too long."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from p3c_qual.sources.parts import PartList

__all__ = ["LONG", "SHORT", "cut_passages"]

#: words of the longest passage, and of the shortest that is one
LONG = 120
SHORT = 12

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def cut_passages(body: str, parts: Mapping[str, PartList]) -> list[tuple[int, int]]:
    r"""Cut a text into passages: the turns of who was asked, or else paragraphs.

    What is longer than `LONG` words is cut between sentences, what has fewer than `SHORT` words is
    left out: a heading, or an answer of a word or two.

    Parameters
    ----------
    body : str
        The stored text.
    parts : mapping of str to PartList
        Its parts, as they were cut at import.

    Returns
    -------
    list of (int, int)
        Half-open ranges in code points, in the order of the text, none over another.

    Examples
    --------
    >>> from p3c_qual.sources.parts import PartList
    >>> body = "I: Why?\nR: Since she had the time, I told her what was the matter, and it was."
    >>> turns = PartList([0, 8], [7, len(body)], ["", ""], ["I", "R"], ["interviewer", ""], [])
    >>> cut_passages(body, {"turn": turns, "sentence": PartList([3, 11], [7, len(body)])})
    [(8, 78)]
    """
    sentences = parts.get("sentence")
    bounds = list(zip(sentences.start, sentences.end, strict=True)) if sentences else []
    firsts = [start for start, _ in bounds]
    found = []
    for start, end in _wholes(parts):
        some = bounds[bisect_left(firsts, start) : bisect_left(firsts, end)]
        found += [
            (begin, stop)
            for begin, stop in _windows(body, start, end, some)
            if _count(body, begin, stop) >= SHORT
        ]
    return found


def _wholes(parts: Mapping[str, PartList]) -> Iterator[tuple[int, int]]:
    turns = parts.get("turn")
    if turns is not None and len(turns):
        roles = turns.role or [""] * len(turns)
        for start, end, role in zip(turns.start, turns.end, roles, strict=True):
            if role != "interviewer":
                yield start, end
        return
    paragraphs = parts.get("paragraph")
    if paragraphs is not None:
        yield from zip(paragraphs.start, paragraphs.end, strict=True)


def _windows(
    body: str, start: int, end: int, sentences: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield a whole, or as few runs of its sentences as hold no more than `LONG` words."""
    words = _count(body, start, end)
    if words <= LONG or len(sentences) < 2:
        yield start, end
        return
    # runs of about the same length: a last one of three words says nothing by itself
    share = words / -(-words // LONG)
    begin, held = start, 0
    for (first, stop), following in zip(sentences, [*sentences[1:], (end, end)], strict=True):
        held += _count(body, max(first, begin), stop)
        coming = _count(body, *following)
        if following[0] >= end:
            break
        if held >= share or held + coming > LONG:
            yield begin, stop
            begin, held = following[0], 0
    yield begin, end


def _count(body: str, start: int, end: int) -> int:
    return sum(1 for _ in _WORD.finditer(body, start, end))
