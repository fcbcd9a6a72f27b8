"""The context unit of a place: its turns and the question before, or its paragraph."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from p3c_qual.analysis.context import turns_of
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.sources.parts import PartList
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource

__all__ = ["Place", "Unit", "units_around"]

#: sources whose texts are open at once
_RUN = 20
#: characters before and after a place at most; some people speak for an hour
_MOST = 1_500


class Place(NamedTuple):
    """A span of a source (row id)."""

    source: str
    start: int
    end: int


class Unit(NamedTuple):
    """What stands around a place.

    Attributes
    ----------
    quote : str
        The words of the place itself.
    text : str
        The turns, or the paragraphs, it touches.
    start : int
        Where `text` begins in the source.
    question : str
        The interviewer's turn before; empty where there is none.
    """

    quote: str
    text: str
    start: int
    question: str


def units_around(
    sources: Mapping[str, KnownSource], connection: Connection, places: Iterable[Place]
) -> dict[Place, Unit]:
    """Return the context unit of each place.

    Parameters
    ----------
    sources : dict of str to KnownSource
        By row id.
    connection : Connection
    places : iterable of Place
    """
    by_source: dict[str, set[Place]] = defaultdict(set)
    for place in places:
        by_source[place.source].add(place)
    found: dict[Place, Unit] = {}
    for run in payloads.chunks(sorted(by_source), _RUN):
        names = {each: (sources[each].hash or "", sources[each].parts or "") for each in run}
        bodies = payloads.get_many(connection, {name for pair in names.values() for name in pair})
        for each, (text, packed) in names.items():
            body, parts = bodies.get(text, ""), bodies.get(packed)
            known = unpack_parts(parts) if isinstance(parts, bytes) else {}
            for place in by_source[each]:
                found[place] = _around(str(body), known, place)
    return found


def _around(body: str, parts: Mapping[str, PartList], place: Place) -> Unit:
    turns = parts.get("turn", PartList())
    start, end, question = place.start, place.end, ""
    if within := turns_of(turns, start, end):
        start, end = min(turns.start[within[0]], start), max(turns.end[within[-1]], end)
        question = _asked_before(body, turns, within[0])
    else:
        paragraphs = parts.get("paragraph", PartList())
        if inside := turns_of(paragraphs, start, end):
            start = min(paragraphs.start[inside[0]], start)
            end = max(paragraphs.end[inside[-1]], end)
    start, end = max(start, place.start - _MOST), min(end, place.end + _MOST)
    return Unit(body[place.start : place.end], body[start:end], start, question)


def _asked_before(body: str, turns: PartList, first: int) -> str:
    for number in range(first - 1, -1, -1):
        if turns.role and turns.role[number] == "interviewer":
            return body[turns.start[number] : turns.end[number]][-_MOST:]
    return ""
