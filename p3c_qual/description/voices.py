"""Who speaks in a quote, and whether they agreed to be quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.context import turns_of
from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource, Person
    from p3c_qual.opened import Opened
    from p3c_qual.sources.parts import PartList

__all__ = ["Voices"]

_REFUSED = ("withdrawn", "no")
_RUN = 200


class Voices:
    """Tells whose words stretches of some sources are.

    In a group interview each turn is of its speaker; where a turn does not say whose it is, it may
    be anybody's of those present.

    Parameters
    ----------
    study : Study
    connection : Connection
    sources : iterable of str
        Row ids.

    Attributes
    ----------
    sources : dict of str to KnownSource
        All of the study, by row id.
    """

    def __init__(self, study: Opened, connection: Connection, sources: Iterable[str]) -> None:
        # the study as a whole is not asked for more than its store here
        opened: Any = study
        self.sources: dict[str, KnownSource] = known_sources(opened, connection)
        wanted = [self.sources[name] for name in set(sources) if name in self.sources]
        groups = sorted((each for each in wanted if len(each.people) > 1), key=lambda each: each.id)
        self._turns: dict[str, PartList] = {}
        for run in payloads.chunks(groups, _RUN):
            packed = payloads.get_many(connection, [each.parts for each in run if each.parts])
            for each in run:
                body = packed.get(each.parts or "")
                parts = unpack_parts(body) if isinstance(body, bytes) else {}
                if turns := parts.get("turn"):
                    self._turns[each.id] = turns

    def who(self, source: str, start: int, end: int) -> tuple[Person, ...]:
        """Return who speaks in a stretch, the first one first; none in a document.

        Of a stretch of a group interview in which a speaker is not known: nobody.
        """
        people = self.sources[source].people if source in self.sources else ()
        if len(people) <= 1:
            return people
        spoken = self._spoken(source, start, end)
        return tuple({each.id: each for each in spoken if each}.values()) if all(spoken) else ()

    def consent(self, source: str, start: int, end: int) -> str:
        """Return the answer that holds for quoting a stretch.

        ``withdrawn``, ``no``, ``unknown`` or ``yes``, of several people in this order; ``yes``
        also where nobody was interviewed.
        """
        people = self.sources[source].people if source in self.sources else ()
        named = self.who(source, start, end) or people
        given = [each.consent.get("quoted") or "unknown" for each in named]
        return next((a for a in (*_REFUSED, "unknown") if a in given), "yes")

    def refused(self, source: str, start: int, end: int) -> str:
        """Return how somebody refused to be quoted there, ``withdrawn`` or ``no``; or nothing."""
        answer = self.consent(source, start, end)
        return answer if answer in _REFUSED else ""

    def _spoken(self, source: str, start: int, end: int) -> list[Person | None]:
        """Return the speaker of each turn that is not the interviewer's; None where not known."""
        turns = self._turns.get(source)
        if turns is None:
            return [None]
        people = {each.speaker or each.key: each for each in self.sources[source].people}
        asked = turns.role or [""] * len(turns)
        labels = turns.speaker or [""] * len(turns)
        within = [
            number for number in turns_of(turns, start, end) if asked[number] != "interviewer"
        ]
        return [people.get(labels[number]) for number in within] or [None]
