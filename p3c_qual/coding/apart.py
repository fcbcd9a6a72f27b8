"""A text without its interviewer's turns: how much of it some ranges cover."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from itertools import pairwise
from typing import TYPE_CHECKING

import orjson

from p3c_qual.coding.reading import joined
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

__all__ = ["Apart", "interviewer_turns"]

#: texts whose interviewer's turns are kept; what a hash names never changes
_MOST = 5_000
_ASKED: OrderedDict[str, array[int]] = OrderedDict()


class Apart:
    """A text without its interviewer's turns.

    Parameters
    ----------
    length : int
        Code points of the whole text.
    asked : sequence of int
        The interviewer's turns: start, end, start, end, in their order.

    Attributes
    ----------
    of : int
        Code points outside these turns.

    Examples
    --------
    >>> apart = Apart(100, [0, 10, 50, 70])
    >>> apart.of, apart.covered([(5, 60)])
    (70, 40)
    """

    def __init__(self, length: int, asked: Sequence[int] = ()) -> None:
        self._starts, self._ends = asked[0::2], asked[1::2]
        # characters of interviewer's turns before each of them
        self._before = [0]
        for start, end in zip(self._starts, self._ends, strict=True):
            self._before.append(self._before[-1] + end - start)
        self.of = length - self._before[-1]

    def covered(self, ranges: Iterable[Sequence[int]]) -> int:
        """Return how many characters outside the interviewer's turns the ranges cover."""
        whole = [place for run in joined(ranges) for place in run]
        up_to = [self._upto(place) for place in whole]
        return sum(end - start for start, end in list(pairwise(up_to))[::2])

    def _upto(self, place: int) -> int:
        at = bisect_right(self._starts, place)
        inside = max(0, self._ends[at - 1] - place) if at else 0
        return place - (self._before[at] - inside)


def interviewer_turns(connection: Connection, names: Iterable[str]) -> dict[str, array[int]]:
    """Return the interviewer's turns by the hash of the parts: start, end, start, end.

    Parameters
    ----------
    connection : Connection
    names : iterable of str
        Hashes of parts, as rows of texts name them.
    """
    wanted = list(dict.fromkeys(names))
    found = {name: _ASKED[name] for name in wanted if name in _ASKED}
    missing = payloads.get_many(connection, [name for name in wanted if name not in found])
    for name, packed in missing.items():
        turns = orjson.loads(packed).get("turn", {}) if isinstance(packed, bytes) else {}
        flat = array("q")
        columns = (turns.get("start", ()), turns.get("end", ()), turns.get("role", ()))
        if columns[2]:
            for start, end, role in zip(*columns, strict=True):
                if role == "interviewer":
                    flat.extend((start, end))
        found[name] = _ASKED[name] = flat
    while len(_ASKED) > _MOST:
        _ASKED.popitem(last=False)
    return found
