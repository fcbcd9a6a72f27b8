"""Where the rows of a transcript begin, and which lane each bar beside them takes."""

from __future__ import annotations

import heapq
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["cut_lines", "is_rtl", "lay_spans"]

#: characters of a row; a longer line goes on in the next row, so that bars stay near the words
LONGEST = 900


def cut_lines(text: str, stops: Sequence[int] = (), *, longest: int = LONGEST) -> list[int]:
    r"""Return where the rows of a text begin: at every line, and within long ones.

    A long line is cut behind a sentence, else at white space, else between two characters that
    are not one to the eye.

    Parameters
    ----------
    text : str
    stops : sequence of int
        Ends of its sentences, in order.
    longest : int
        Characters of a row.

    Returns
    -------
    list of int

    Examples
    --------
    >>> cut_lines("One.\n\nTwo words", longest=5)
    [0, 5, 6, 10]
    """
    starts, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        starts.append(at)
        while end - at > longest:
            at = _cut(text, at, at + longest, stops)
            starts.append(at)
        at = end + 1
    return starts


def _cut(text: str, start: int, limit: int, stops: Sequence[int]) -> int:
    """Return where a row that begins at `start` ends, at `limit` or somewhat before."""
    half = start + (limit - start) // 2
    before = bisect_right(stops, limit) - 1
    if before >= 0 and stops[before] > half:
        cut = stops[before]
        while cut < limit and text[cut] == " ":
            cut += 1
        return cut
    space = text.rfind(" ", half, limit)
    if space >= 0:
        return space + 1
    import regex

    # whole characters to the eye: an accent is not parted from its letter
    whole = regex.match(r"\X+", text[start : limit + 1], timeout=5)
    seen = [start + each.end() for each in regex.finditer(r"\X", whole[0])] if whole else []
    cuts = [cut for cut in seen if half < cut <= limit]
    return cuts[-1] if cuts else limit


def lay_spans(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return a lane for each of some rows' runs, so that none covers another.

    Parameters
    ----------
    spans : sequence of (first, last)
        Rows, the last one included.

    Returns
    -------
    list of int
        From 0, as few as can be; the longer of those that begin together stands further left.

    Examples
    --------
    >>> lay_spans([(0, 5), (1, 2), (3, 4), (6, 6)])
    [0, 1, 1, 0]
    """
    lanes = [0] * len(spans)
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    for at in sorted(range(len(spans)), key=lambda each: (spans[each][0], -spans[each][1])):
        first, last = spans[at]
        while busy and busy[0][0] < first:
            heapq.heappush(free, heapq.heappop(busy)[1])
        lanes[at] = heapq.heappop(free) if free else len(busy)
        heapq.heappush(busy, (last, lanes[at]))
    return lanes


def is_rtl(text: str, start: int, end: int) -> bool:
    """Say whether a piece of a text is written from right to left: its first letter decides.

    Examples
    --------
    >>> is_rtl("R", 0, 1), is_rtl("(\u05e9\u05dc\u05d5\u05dd)", 0, 6)
    (False, True)
    """
    for at in range(start, end):
        kind = unicodedata.bidirectional(text[at])
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False
