"""How far the asking coder is in each source."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.coding.reading import joined
from p3c_qual.coding.wanted import MAIN
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.study import Study
    from p3c_qual.workbench.sight import Sight

__all__ = ["all_progress", "progress_of"]

#: sources read at once
_RUN = 100
#: texts whose interviewer's turns are kept; what a hash names never changes
_MOST = 5_000
_ASKED: OrderedDict[str, array[int]] = OrderedDict()


def all_progress(study: Study, connection: Connection, sight: Sight) -> list[wire.Progress]:
    """Return how far the asking coder is in every source, in the order of the row ids."""
    src = ROWS["source"]
    found: list[wire.Progress] = kept(
        study,
        connection,
        f"workbench progress {sight.me}",
        lambda: progress_of(connection, sight, sorted(connection.scalars(select(src.c.id)))),
    )
    return found


def progress_of(
    connection: Connection, sight: Sight, sources: Sequence[str]
) -> list[wire.Progress]:
    """Return how far the asking coder is in some sources (row ids), in the main round.

    What was worked through is what was marked as read and what was coded; both shares are over
    the text without the interviewer's turns.
    """
    made: list[wire.Progress] = []
    for run in payloads.chunks(sources, _RUN):
        made += _run(connection, sight, run)
    return made


def _run(connection: Connection, sight: Sight, run: Sequence[str]) -> list[wire.Progress]:
    src, text, coding, reading = (ROWS[name] for name in ("source", "text", "coding", "reading"))
    wanted = select(src.c.id, text.c.length, text.c.parts).join(
        text, text.c.id == src.c.text, isouter=True
    )
    texts = connection.execute(wanted.where(src.c.id.in_(run)).order_by(src.c.id)).all()
    coded: dict[str, list[tuple[int, int]]] = {}
    spans = select(coding.c.source, coding.c.start, coding.c.end).where(
        coding.c.source.in_(run), coding.c.coder == sight.mine, coding.c.round == MAIN
    )
    for source, start, end in connection.execute(spans):
        coded.setdefault(source, []).append((start, end))
    read: dict[str, list[Sequence[int]]] = {}
    done = set()
    marks = select(reading.c.source, reading.c.done, reading.c.ranges).where(
        reading.c.source.in_(run), reading.c.coder == sight.mine, reading.c.round == MAIN
    )
    for source, finished, ranges in connection.execute(marks):
        read.setdefault(source, []).extend(ranges or ())
        if finished:
            done.add(source)
    asked = _asked(connection, [row.parts for row in texts if row.parts])
    return [
        _one(row, asked.get(row.parts), coded.get(row.id, []), read.get(row.id, []), row.id in done)
        for row in texts
    ]


def _one(
    row: Any,
    asked: array[int] | None,
    coded: list[tuple[int, int]],
    read: list[Sequence[int]],
    done: bool,
) -> wire.Progress:
    apart = _Apart(row.length or 0, asked or array("q"))
    if not apart.of:
        return wire.Progress(row.id, None, None, done)
    worked = apart.of if done else apart.covered([*read, *coded])
    return wire.Progress(row.id, worked / apart.of, apart.covered(coded) / apart.of, done)


class _Apart:
    """A text without its interviewer's turns: tells how much of ranges lies in it."""

    def __init__(self, length: int, asked: array[int]) -> None:
        self._starts, self._ends = asked[0::2], asked[1::2]
        # characters of interviewer's turns before each of them
        self._before = [0]
        for start, end in zip(self._starts, self._ends, strict=True):
            self._before.append(self._before[-1] + end - start)
        self.of = length - self._before[-1]

    def covered(self, ranges: Sequence[Sequence[int]]) -> int:
        """Return how many characters outside the interviewer's turns the ranges cover."""
        whole = [place for run in joined(ranges) for place in run]
        up_to = [self._upto(place) for place in whole]
        return sum(end - start for start, end in list(pairwise(up_to))[::2])

    def _upto(self, place: int) -> int:
        at = bisect_right(self._starts, place)
        inside = max(0, self._ends[at - 1] - place) if at else 0
        return place - (self._before[at] - inside)


def _asked(connection: Connection, names: Sequence[str]) -> dict[str, array[int]]:
    """Return the interviewer's turns by the hash of the parts: start, end, start, end."""
    found = {name: _ASKED[name] for name in names if name in _ASKED}
    missing = payloads.get_many(connection, [name for name in names if name not in found])
    for name, packed in missing.items():
        turns = unpack_parts(packed).get("turn") if isinstance(packed, bytes) else None
        flat = array("q")
        if turns is not None and turns.role:
            for start, end, role in zip(turns.start, turns.end, turns.role, strict=True):
                if role == "interviewer":
                    flat.extend((start, end))
        found[name] = _ASKED[name] = flat
    while len(_ASKED) > _MOST:
        _ASKED.popitem(last=False)
    return found
