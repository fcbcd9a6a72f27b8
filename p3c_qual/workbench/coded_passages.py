"""Reading the passages of a section: codings of its code, and what is counted of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.reading_set import choose_readings
from p3c_qual.analysis.segments import known_codes
from p3c_qual.description.voices import Voices
from p3c_qual.errors import P3CError
from p3c_qual.report.records import plural
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench.passages import Passage, Passages
from p3c_qual.workbench.rows import found_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.analysis.reading_set import ReadingSet
    from p3c_qual.coding.names import Codes
    from p3c_qual.description.model import Quote, Where
    from p3c_qual.study import Study

__all__ = ["quoted_passages", "read_passages", "sources_of"]


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


def quoted_passages(study: Study, connection: Connection, quotes: Sequence[Quote]) -> Passages:
    """Return the passages that are quotes already, for a section that has no code.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    quotes : sequence of Quote
    """
    voices = Voices(study, connection, {each.source for each in quotes})
    found = {}
    for each in quotes:
        spot = (each.source, each.start, each.end)
        if each.source in voices.sources:
            free = not voices.refused(*spot)
            found[spot] = Passage(*spot, each.quote, voices.who(*spot), (), free, important=False)
    return Passages(tuple(found[spot] for spot in sorted(found)))


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
