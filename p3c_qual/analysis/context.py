"""What stands around a segment: its turns, and the interviewer's question before them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.sources.parts import PartList
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["turns_around", "turns_of"]

_RUN = 20


def turns_of(turns: PartList, start: int, end: int) -> range:
    """Return the numbers of the turns that a span touches.

    Examples
    --------
    >>> turns = PartList(start=[0, 10, 20], end=[9, 19, 29])
    >>> turns_of(turns, 12, 21)
    range(1, 3)
    """
    first = max(bisect_right(turns.start, start) - 1, 0)
    last = bisect_right(turns.start, max(end - 1, start))
    if first < last and turns.end[first] <= start:
        first += 1
    return range(first, last)


def turns_around(
    study: Study, connection: Connection, places: Sequence[tuple[str, int, int]]
) -> list[tuple[str, str]]:
    """Return for each (source, start, end) its turns, and the interviewer's turn before them.

    Both are empty in a text without turns; the second also where the interviewer did not speak
    before.
    """
    sources = {each.key: each for each in known_sources(study, connection).values()}
    wanted = sorted({source for source, _, _ in places})
    found: dict[tuple[str, int, int], tuple[str, str]] = {}
    by_source: dict[str, list[tuple[str, int, int]]] = {}
    for place in places:
        by_source.setdefault(place[0], []).append(place)
    for run in payloads.chunks(wanted, _RUN):
        names = {key: (sources[key].hash or "", sources[key].parts or "") for key in run}
        bodies = payloads.get_many(connection, [name for pair in names.values() for name in pair])
        for key, (text, parts) in names.items():
            body, packed = bodies.get(text), bodies.get(parts)
            turns = unpack_parts(packed).get("turn") if isinstance(packed, bytes) else None
            for place in by_source[key]:
                found[place] = _around(str(body or ""), turns or PartList(), *place[1:])
    return [found[place] for place in places]


def _around(body: str, turns: PartList, start: int, end: int) -> tuple[str, str]:
    within = turns_of(turns, start, end)
    if not within:
        return "", ""
    asked = next(
        (
            number
            for number in range(within[0] - 1, -1, -1)
            if turns.role and turns.role[number] == "interviewer"
        ),
        None,
    )
    whole = body[turns.start[within[0]] : turns.end[within[-1]]]
    before = "" if asked is None else body[turns.start[asked] : turns.end[asked]]
    return whole, before
