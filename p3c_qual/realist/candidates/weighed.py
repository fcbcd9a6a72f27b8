"""The passages of sources, weighed; kept by text, so that a second look takes no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.language.passages import cut_passages
from p3c_qual.language.pipeline import parse, pipeline_of
from p3c_qual.realist.candidates.weighing import Weighed, weigh
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource

__all__ = ["weighed_passages"]

#: sources that are read at once, and those whose passages are kept at most
_RUN = 20
_MOST = 2000
#: of a passage in which no sentence ends for so long, the rest is not read
_LONGEST = 10_000

# by text, its parts and the pipeline; numbers and places alone, so that no word outlives its text
_KEPT: dict[tuple[str, str, str], list[tuple[int, int, Weighed | None]]] = {}


def weighed_passages(
    connection: Connection, sources: Sequence[KnownSource], code: str
) -> Iterator[tuple[KnownSource, str, list[tuple[int, int, Weighed | None]]]]:
    """Yield sources with their text and its passages: start, end and what their cues come to.

    What was not read before in this process is parsed, twenty sources at once; of what was, the
    numbers are kept, and none of the words.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    sources : sequence of KnownSource
        Those whose text was erased are passed over.
    code : str
        Their language, one that has cue words.
    """
    for run in payloads.chunks(sources, _RUN):
        bodies = payloads.get_many(connection, [str(each.hash) for each in run])
        there = [each for each in run if isinstance(bodies.get(str(each.hash)), str)]
        weighed = _weigh(connection, there, bodies, code)
        for each in there:
            yield each, str(bodies[str(each.hash)]), weighed[each.id]


def _weigh(
    connection: Connection, run: Sequence[KnownSource], bodies: dict[str, str | bytes], code: str
) -> dict[str, list[tuple[int, int, Weighed | None]]]:
    pipeline = pipeline_of(code)
    by = f"{code} {pipeline.name} {pipeline.version}"
    names = {each.id: (str(each.hash), str(each.parts), by) for each in run}
    found = {name: _KEPT[name] for name in names.values() if name in _KEPT}
    new = sorted(set(names.values()) - found.keys())
    packed = payloads.get_many(connection, [parts for _, parts, _ in new])
    places = {}
    for name in new:
        parts = packed.get(name[1])
        known = unpack_parts(parts) if isinstance(parts, bytes) else {}
        places[name] = cut_passages(str(bodies[name[0]]), known)
    docs = parse(
        pipeline,
        (
            str(bodies[name[0]])[start : min(end, start + _LONGEST)]
            for name, some in places.items()
            for start, end in some
        ),
    )
    for name, some in places.items():
        found[name] = [
            (start, end, weigh(next(docs), code, parsed=pipeline.parses)) for start, end in some
        ]
        while len(_KEPT) >= _MOST:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[name] = found[name]
    return {source: found[name] for source, name in names.items()}
