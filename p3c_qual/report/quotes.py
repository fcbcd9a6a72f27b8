"""Quotes: which coded segments are printed, and what stands after them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from p3c_qual.report.segments import Segment

__all__ = ["choose_segments", "reference"]


def choose_segments(
    segments: Collection[Segment],
    *,
    max_words: int = 120,
    limit: int = 40,
    group: Callable[[Segment], str] = lambda segment: segment.codes[0],
) -> tuple[Segment, ...]:
    """Choose which segments are printed, so that no voice and no code drowns the others.

    The interviewees take turns in the order of their codes. Each gives the segment whose
    group has been chosen from least so far; among these one that needs no trimming before one
    that does, the longer before the shorter, the earlier before the later. A segment that lies
    within one already chosen is passed over.

    Parameters
    ----------
    segments : collection of Segment
        What there is to choose from.
    max_words : int
        A longer segment counts as one that needs trimming.
    limit : int
        How many are chosen at most.
    group : callable
        What the segments are kept in balance over besides interviewees.

    Returns
    -------
    tuple of Segment
        In the order they were chosen.

    Raises
    ------
    P3CError
        If `max_words` or `limit` is below 1.

    Examples
    --------
    >>> from p3c_qual.report.segments import Segment
    >>> one = Segment("s", 0, 8, "We meet.", "IP01_1", ("workforce",), ("1",))
    >>> two = Segment("t", 0, 6, "We do.", "IP02_1", ("workforce",), ("2",))
    >>> [s.interviewee for s in choose_segments([two, one], limit=1)]
    ['IP01_1']
    """
    bad = {"max_quote_words": max_words, "max_quotes": limit}
    problems = [
        Problem(f"{value!r} is no number of them", f"{name}=", do="Give a whole number above 0.")
        for name, value in bad.items()
        if not isinstance(value, int) or value < 1
    ]
    if problems:
        raise P3CError(problems)
    left: dict[str, list[Segment]] = {}
    for segment in segments:
        left.setdefault(segment.interviewee, []).append(segment)
    used: Counter[str] = Counter()
    chosen: list[Segment] = []
    while left and len(chosen) < limit:
        for interviewee in sorted(left):
            rank = _Rank(used, max_words, group)
            best = min(left[interviewee], key=rank)
            left[interviewee].remove(best)
            if not left[interviewee]:
                del left[interviewee]
            if any(_within(best, other) for other in chosen):
                continue
            used[group(best)] += 1
            chosen.append(best)
            if len(chosen) == limit:
                break
    return tuple(chosen)


def reference(
    segment: Segment, *, documents: Mapping[str, int], page: Callable[[str, int], str]
) -> str:
    """Return what is printed after a quote: the interviewee, or the document and its page.

    Parameters
    ----------
    segment : Segment
        The quote.
    documents : mapping of str to int
        Numbers of the documents in the programme's list of references.
    page : callable
        Gives the page label at a position of a source, empty where it has no pages.

    Returns
    -------
    str

    Examples
    --------
    >>> from p3c_qual.report.segments import Segment
    >>> said = Segment("IP02_1", 0, 4, "Yes.", "IP02_1", ("workforce",), ("1",))
    >>> reference(said, documents={"plan": 8}, page=lambda source, at: "12")
    '(IP02_1)'
    """
    number = documents.get(segment.source)
    if number is None:
        return f"({segment.interviewee.replace(';', ', ')})"
    label = page(segment.source, segment.start)
    return f"[{number}, p. {label}]" if label else f"[{number}]"


@dataclass(frozen=True)
class _Rank:
    used: Counter[str]
    max_words: int
    group: Callable[[Segment], str]

    def __call__(self, segment: Segment) -> tuple[int, bool, int, str, int, int]:
        words = segment.words
        length = -words if words <= self.max_words else words
        fits = words <= self.max_words
        return (
            self.used[self.group(segment)],
            not fits,
            length,
            segment.source,
            segment.start,
            segment.end,
        )


def _within(one: Segment, other: Segment) -> bool:
    return one.source == other.source and other.start <= one.start and one.end <= other.end
