"""The passages a section can quote: codings of its code, and what is counted of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.reading_set import choose_readings
from p3c_qual.analysis.segments import known_codes
from p3c_qual.description.voices import Voices
from p3c_qual.errors import P3CError
from p3c_qual.report.quotes import choose_segments
from p3c_qual.report.records import plural
from p3c_qual.report.segments import Segment
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench.rows import found_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource, Person
    from p3c_qual.analysis.reading_set import ReadingSet
    from p3c_qual.coding.names import Codes
    from p3c_qual.description.model import Where
    from p3c_qual.study import Study

__all__ = ["Passage", "Passages", "read_passages", "sources_of"]

#: words of a quotation at most, before one that is longer comes behind
_WORDS = 120


@dataclass(frozen=True)
class Passage:
    """A stretch of a source with the codes it was given.

    Attributes
    ----------
    source : str
        Row id.
    start, end : int
        Without white space at the ends.
    people : tuple of Person
        Who speaks.
    codes : tuple of str
        Row ids, those of the section first.
    free : bool
        Whether nobody who speaks refused to be quoted.
    important : bool
        Whether a coder marked it so.
    """

    source: str
    start: int
    end: int
    quote: str
    people: tuple[Person, ...]
    codes: tuple[str, ...]
    free: bool
    important: bool

    def within(self, other: Passage) -> bool:
        """Say whether it is a part of another one."""
        inside = other.start <= self.start and self.end <= other.end
        return self.source == other.source and inside


@dataclass(frozen=True)
class Passages:
    """The passages of a code in the reading set.

    Attributes
    ----------
    every : tuple of Passage
        By source and place.
    said : str
        How many there are, of how much, by whose reading.
    """

    every: tuple[Passage, ...] = ()
    said: str = ""

    def chosen(self, sources: dict[str, KnownSource], limit: int) -> tuple[list[Passage], int]:
        """Return the first to look at, no voice and no code before the others, and what is left.

        Those that nobody may quote come last.
        """
        by_place = {(each.source, each.start, each.end): each for each in self.every}
        found: list[Passage] = []
        for free in (True, False):
            segments = [
                Segment(
                    each.source,
                    each.start,
                    each.end,
                    each.quote,
                    ";".join(one.key for one in each.people) or sources[each.source].key,
                    each.codes,
                    (),
                )
                for each in self.every
                if each.free == free
            ]
            if segments and len(found) < limit:
                first = choose_segments(segments, max_words=_WORDS, limit=limit - len(found))
                found += [by_place[each.source, each.start, each.end] for each in first]
        shown: dict[str, list[Passage]] = defaultdict(list)
        for each in found:
            shown[each.source].append(each)
        left = sum(
            not any(each.within(other) for other in shown[each.source]) for each in self.every
        )
        return found, left


def sources_of(connection: Connection, where: Where) -> list[str]:
    """Return the sources (row ids) of a programme, a site, a country, or the study."""
    src, programme = ROWS["source"], ROWS["programme"]
    wanted = select(src.c.id).order_by(src.c.key)
    if where.site:
        wanted = wanted.where(src.c.site == where.site)
    elif where.programme:
        wanted = wanted.where(src.c.programme == where.programme)
    elif where.country:
        there = select(programme.c.id).where(programme.c.country == where.country)
        wanted = wanted.where(src.c.programme.in_(there))
    return list(connection.scalars(wanted))


def read_passages(
    study: Study, connection: Connection, code: str, sources: Iterable[str]
) -> Passages:
    """Read the passages of a code, and of those below it, in some sources.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    code : str
        Key with its codebook; without passages where the study has no such code.
    sources : iterable of str
        Row ids.
    """
    codes = known_codes(study, connection)
    there = codes.by_name.get(code, ())
    if not there:
        return Passages()
    book = codes.by_id[there[0]].codebook
    try:
        chosen = choose_readings(connection, sources=set(sources), codebook=book)
    except P3CError as error:
        # whose coding counts is to be settled first; what is written can be read all the same
        return Passages((), str(error))
    readings = {each.source: each for each in chosen.readings}
    below = {name: place for place, name in enumerate(codes.below(there[0]))}
    marks = _Marks(codes, below)
    coding = ROWS["coding"]
    columns = (coding.c.source, coding.c.start, coding.c.code, coding.c.coder)
    wanted = select(*columns, coding.c.round, coding.c.quote, coding.c.important)
    for some in found_in(coding.c.code, marks.names):
        for row in connection.execute(wanted.where(some)):
            reading = readings.get(row.source)
            if reading and row.round == reading.round and reading.coder in {None, row.coder}:
                marks.add(row)
    voices = Voices(study, connection, {source for source, _, _ in marks.places})
    every = tuple(
        Passage(
            *spot,
            marks.quotes[spot],
            voices.who(*spot),
            tuple(dict.fromkeys(name for _, name in sorted(given))),
            not voices.refused(*spot),
            spot in marks.important,
        )
        for spot, given in sorted(marks.places.items())
    )
    known = known_sources(study, connection)
    return Passages(every, _said(every, [known[name] for name in readings], chosen))


class _Marks:
    """Codings of a code and of those below it, by the stretch of text they are on.

    A retired code counts for the one it was merged into.
    """

    def __init__(self, codes: Codes, below: Mapping[str, int]) -> None:
        into = {name: codes.counts_for(name) for name in codes.by_id}
        self._into = {name: counts for name, counts in into.items() if counts in below}
        self._below = below
        self.names = list(self._into)
        self.places: dict[tuple[str, int, int], list[tuple[int, str]]] = defaultdict(list)
        self.quotes: dict[tuple[str, int, int], str] = {}
        self.important: set[tuple[str, int, int]] = set()

    def add(self, row: Any) -> None:
        """Add a coding; white space at its ends is not part of a passage."""
        whole, name = row.quote or "", self._into[row.code]
        if words := whole.strip():
            start = row.start + len(whole) - len(whole.lstrip())
            spot = (row.source, start, start + len(words))
            self.places[spot].append((self._below[name], name))
            self.quotes[spot] = words
            if row.important:
                self.important.add(spot)


def _said(every: Iterable[Passage], read: list[KnownSource], chosen: ReadingSet) -> str:
    """Say how much was coded, in what: never a number without its unit."""
    passages = list(every)
    people = {each.id for source in read for each in source.people}
    documents = {source.id for source in read if not source.people}
    looked = [plural(len(people), "interviewee")] if people else []
    if documents:
        looked.append(plural(len(documents), "document"))
    if not looked:
        return "No coding, as no source was worked through."
    where = " and ".join(looked)
    if not passages:
        return f"No coding; looked for in {where}. {chosen.caption}"
    segments = sum(len(each.codes) for each in passages)
    spoke = {one.id for each in passages for one in each.people} & people
    text = f"{plural(segments, 'coded segment')}; "
    text += f"{len(spoke)} of {plural(len(people), 'interviewee')} spoke of it"
    inside = sum(len(each.codes) for each in passages if each.source in documents)
    if inside:
        text += f"; {plural(inside, 'segment')} in {plural(len(documents), 'document')}"
    return f"{text}. {chosen.caption}"
