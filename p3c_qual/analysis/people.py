"""Who speaks in a coded segment."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource, Person
    from p3c_qual.sources.parts import PartList
    from p3c_qual.study import Study

__all__ = ["Speakers", "speakers"]

#: sources whose turns are read at once
_RUN = 200


class Speakers:
    """Tells whose words a span is: the one interviewee's, or the one whose turn it is in.

    In a group interview a segment belongs to the person in whose turn it starts, where that
    person's code is the speaker's label; otherwise to nobody.

    Parameters
    ----------
    sources : dict of str to KnownSource
        By row id.

    Attributes
    ----------
    groups : set of str
        Sources in which several people speak.
    """

    def __init__(self, sources: Mapping[str, KnownSource]) -> None:
        self._sources = sources
        self._turns: dict[str, PartList | None] = {}
        self.groups = {name for name, each in sources.items() if len(each.people) > 1}

    def prepare(self, connection: Connection, sources: Iterable[str]) -> None:
        """Read the turns of those of the sources in which several people speak."""
        new = sorted(self.groups.intersection(sources) - self._turns.keys())
        for run in payloads.chunks(new, _RUN):
            names = {name: self._sources[name].parts for name in run}
            packed = payloads.get_many(connection, [part for part in names.values() if part])
            for name, part in names.items():
                body = packed.get(part or "")
                parts = unpack_parts(body) if isinstance(body, bytes) else {}
                self._turns[name] = parts.get("turn")

    def of(self, source: str, start: int) -> Person | None:
        """Return who speaks at `start` of a source (row id), which must have been prepared."""
        people = self._sources[source].people
        if len(people) <= 1:
            return people[0] if people else None
        turns = self._turns[source]
        if turns is None:
            return None
        at = bisect_right(turns.start, start) - 1
        label = turns.speaker[at] if at >= 0 and turns.speaker else ""
        # who was named only after the import has no label noted: there the code itself is looked for
        return next((p for p in people if label and (p.speaker or p.key) == label), None)


def speakers(study: Study, connection: Connection) -> Speakers:
    """Return who speaks where in a study."""
    sources = known_sources(study, connection)
    found: Speakers = kept(study, connection, "speakers", lambda: Speakers(sources))
    return found
