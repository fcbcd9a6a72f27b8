"""The cases a claim is held against: sources, who worked them through, and what they were asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.names import read_codes
from p3c_qual.realist.judging.profile import Voices
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.realist.model import Element, Evidence

__all__ = ["Cases", "Silent"]


@dataclass(frozen=True, slots=True)
class Silent:
    """A source in which nothing was said of it.

    Attributes
    ----------
    source, key : str
        Row id and key.
    interviewees, types : tuple of str
        Keys of who speaks in it, and their stakeholder types.
    programme_id, programme : str
        Row id and key.
    asked : str
        ``asked``, ``not asked``, or ``unknown``: the element has no code, the source no protocol,
        or it is no interview.
    """

    source: str
    key: str
    interviewees: tuple[str, ...]
    types: tuple[str, ...]
    programme_id: str
    programme: str
    asked: str


class Cases:
    """The cases of a study: sources folded with their translations, and who worked them through."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.voices = Voices(connection)
        self._case: dict[str, str] = {}
        for each in self.voices.sources.values():
            self._case[each.id] = self.voices.original(each).id
        withdrawn = {
            self._case[each.id]
            for each in self.voices.sources.values()
            if each.people and all(p.consent["recorded"] == "withdrawn" for p in each.people)
        }
        self.all = set(self._case.values()) - withdrawn
        reading = ROWS["reading"]
        done = connection.scalars(select(reading.c.source).where(reading.c.done.is_(True)))
        self.worked = {self._case[name] for name in done if name in self._case} & self.all

    def by_case(self, heard: dict[str, list[Evidence]]) -> dict[str, list[Evidence]]:
        """Put evidence by source together by case; what was withdrawn is left out."""
        made: dict[str, list[Evidence]] = defaultdict(list)
        for source, items in heard.items():
            if (case := self._case.get(source, "")) in self.all:
                made[case] += items
        return made

    def silent(self, cases: Iterable[str], elements: Iterable[Element]) -> tuple[Silent, ...]:
        """Return cases (row ids) with who speaks in them and whether they were asked."""
        there = sorted(
            (self.voices.sources[name] for name in set(cases) & self.voices.sources.keys()),
            key=lambda each: each.key,
        )
        asked = self._asked({each.code for each in elements if each.code}) if there else {}
        return tuple(
            Silent(
                each.id,
                each.key,
                tuple(person.key for person in each.people),
                tuple(dict.fromkeys(kind for person in each.people for kind in person.types)),
                self.voices.programme_ids.get(each.programme, ""),
                each.programme,
                asked.get(each.id, "unknown") if each.said["kind"] == "interview" else "unknown",
            )
            for each in there
        )

    def _asked(self, codes: set[str]) -> dict[str, str]:
        """Say by source whether one of the codes (row ids) was asked about."""
        from p3c_qual.codebook.stored import stored_codebook
        from p3c_qual.sources.protocols_stored import asked_by_source

        names = read_codes(self._connection)
        books: dict[str, set[str]] = defaultdict(set)
        for code in codes & names.by_id.keys():
            books[names.by_id[code].codebook].add(names.by_id[code].key)
        said: dict[str, str] = {}
        for book, keys in sorted(books.items()):
            per_source = asked_by_source(self._connection, stored_codebook(self._connection, book))
            for source, what in per_source.items():
                if what is not None and said.get(source) != "asked":
                    said[source] = "not asked" if keys.isdisjoint(what) else "asked"
        return said
