"""Coded segments: the stretches of text that can be quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

__all__ = ["Segment", "count_moved", "read_segments", "trim_segment"]

#: a stop with its closing marks, before white space or the end
_STOP = re.compile(r"[.!?…。！？؟।]+[\"'”’»)\]]*(?=\s|$)")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Segment:
    """A stretch of text with all codes given to exactly this stretch.

    Attributes
    ----------
    source : str
        Key of the source.
    start, end : int
        What is printed: half-open range in code points over the stored text.
    text : str
        ``text[start:end]`` of the source.
    interviewee : str
        ``A;B`` where several speak; the source's key where nobody is named.
    codes : tuple of str
        In the order of the codebook where that was given.
    codings : tuple of str
        Ids of the codings behind it.
    cut_before, cut_after : bool
        Whether words of the coded stretch were left out.
    """

    source: str
    start: int
    end: int
    text: str
    interviewee: str
    codes: tuple[str, ...]
    codings: tuple[str, ...]
    cut_before: bool = False
    cut_after: bool = False

    @property
    def words(self) -> int:
        """How many words it has, split at white space."""
        return len(self.text.split())


def read_segments(
    codings: pd.DataFrame, text: Callable[[str], str], *, order: Sequence[str] = ()
) -> tuple[Segment, ...]:
    """Gather codings of one and the same stretch into segments.

    A coding whose words are not what stands at its place in the source is passed over, see
    `count_moved`.

    Parameters
    ----------
    codings : DataFrame
        Columns ``id``, ``source``, ``interviewee``, ``start``, ``end``, ``code``, ``quote``.
    text : callable
        Gives the stored text of a source.
    order : sequence of str
        Code keys in the order of the codebook.

    Returns
    -------
    tuple of Segment
        By source and position; white space at the ends is not part of a segment.

    Examples
    --------
    >>> import pandas as pd
    >>> row = dict(id="1", source="s", interviewee="s", start=0, end=5, code="c", quote="Well.")
    >>> [s.text for s in read_segments(pd.DataFrame([row]), {"s": "Well. Yes."}.get)]
    ['Well.']
    """
    place = {code: i for i, code in enumerate(order)}
    rows: dict[tuple[str, int, int], list[tuple[int, str, str]]] = {}
    who: dict[tuple[str, int, int], str] = {}
    for row in codings.to_dict("records"):
        source, start, end = str(row["source"]), int(row["start"]), int(row["end"])
        if text(source)[start:end] != row["quote"]:
            continue
        # whoever speaks here: in a group interview each passage has its own speaker
        who[source, start, end] = _known(row["interviewee"]) or source
        code = str(row["code"])
        ranked = (place.get(code, len(place)), code, str(row["id"]))
        rows.setdefault((source, start, end), []).append(ranked)
    found = []
    for (source, start, end), given in sorted(rows.items()):
        whole = text(source)[start:end]
        words = whole.strip()
        first = start + len(whole) - len(whole.lstrip())
        codes = tuple(dict.fromkeys(code for _, code, _ in sorted(given)))
        ids = tuple(sorted(id_ for _, _, id_ in given))
        if words:
            last = first + len(words)
            speaker = who[source, start, end]
            found.append(Segment(source, first, last, words, speaker, codes, ids))
    return tuple(found)


def count_moved(codings: pd.DataFrame, text: Callable[[str], str]) -> dict[str, int]:
    """Count by source the codings whose words do not stand at their place in it.

    Parameters
    ----------
    codings : DataFrame
        Columns ``source``, ``start``, ``end``, ``quote``.
    text : callable
        Gives the stored text of a source.

    Returns
    -------
    dict of str to int
        Sources by key; those of which all codings hold are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> row = dict(source="s", start=0, end=5, quote="Well.")
    >>> count_moved(pd.DataFrame([row]), {"s": "Oh, yes."}.get)
    {'s': 1}
    """
    columns = (codings[name] for name in ("source", "start", "end", "quote"))
    rows = zip(*columns, strict=True)
    return dict(Counter(key for key, start, end, quote in rows if text(key)[start:end] != quote))


def trim_segment(
    segment: Segment, *, max_words: int = 120, stops: Sequence[int] | None = None
) -> Segment:
    """Cut a segment to at most `max_words`, at the end of a sentence where there is one.

    Parameters
    ----------
    segment : Segment
        What is to be printed.
    max_words : int
        How many words are printed at most.
    stops : sequence of int or None
        Ends of the sentences of the whole source, in order; found by their stops if None.

    Returns
    -------
    Segment
        The same one where it is short enough; else with its `end` moved and `cut_after` set.

    Examples
    --------
    >>> long = Segment("s", 0, 27, "We meet. We talk and leave.", "IP01_1", ("c",), ("1",))
    >>> trim_segment(long, max_words=4).text
    'We meet.'
    """
    words = list(_WORD.finditer(segment.text))
    if len(words) <= max_words:
        return segment
    room = segment.start + words[max_words - 1].end()
    if stops is None:
        stops = [segment.start + stop.end() for stop in _STOP.finditer(segment.text)]
    index = bisect_right(stops, room)
    end = stops[index - 1] if index and stops[index - 1] > segment.start else room
    text = segment.text[: end - segment.start].rstrip()
    return replace(segment, end=segment.start + len(text), text=text, cut_after=True)


def _known(value: object) -> str:
    return value if isinstance(value, str) else ""
