"""What a reading set holds: its codings counted by code, and by reading and person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from p3c_qual.analysis.known import KnownSource, Person, known_sources
from p3c_qual.analysis.people import Speakers, speakers
from p3c_qual.analysis.reading_set import Reading, ReadingSet, choose_readings, each_coder
from p3c_qual.analysis.segments import known_coders, known_codes
from p3c_qual.store import payloads
from p3c_qual.store.bulk import uncollected
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from p3c_qual.coding.names import Codes
    from p3c_qual.study import Study

__all__ = ["Counted", "Slot", "count_codings"]

#: ids a statement may hold
_IDS = 500


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's words in one reading; nobody's where `person` is None.

    Attributes
    ----------
    reading : Reading
    source : KnownSource
    person : Person or None
    """

    reading: Reading
    source: KnownSource
    person: Person | None


@dataclass(frozen=True)
class Counted:
    """A reading set, counted.

    Attributes
    ----------
    set : ReadingSet
    sources : dict of str to KnownSource
        All of the study, by row id.
    codes : Codes
    coders : dict of str to str
        Keys by row id.
    slots : tuple of Slot
        Each reading with each of its persons; in a group interview, and where nobody was
        interviewed, also with nobody.
    rows : dict of str to int
        The row of each code (row id) in `segments`.
    segments : array of int
        Codings of each code in each slot, without those of codes below.
    together : array of int or None
        Where coders stand apart: segments of each code, a span that several coded alike once;
        the second column has only those that are somebody's words.
    """

    set: ReadingSet
    sources: Mapping[str, KnownSource]
    codes: Codes
    coders: dict[str, str]
    slots: tuple[Slot, ...]
    rows: dict[str, int]
    segments: NDArray[np.int64]
    together: NDArray[np.int64] | None = None


def count_codings(
    study: Study,
    connection: Connection,
    *,
    apart: bool = False,
    coder: str | None = None,
    round: str | None = None,
    codebook: str | None = None,
) -> Counted:
    """Count the codings of a reading set.

    Parameters
    ----------
    study : Study
    connection : Connection
    apart : bool
        Let each coder stand apart, instead of choosing one reading of each source.
    coder, round, codebook : str, optional
        See `choose_readings`.

    Raises
    ------
    P3CError
        If the coder or the round is unknown, or no reading can be chosen.
    """
    choose = each_coder if apart else choose_readings
    with uncollected():
        chosen = choose(connection, coder=coder, round=round, codebook=codebook)
        return _Count(study, connection, chosen).counted(apart=apart)


class _Count:
    """One pass over the codings, with everything known of sources and codes at hand."""

    def __init__(self, study: Study, connection: Connection, chosen: ReadingSet) -> None:
        self._connection = connection
        self._chosen = chosen
        self._sources = known_sources(study, connection)
        self._codes = known_codes(study, connection)
        self._coders = known_coders(study, connection)
        self._speakers: Speakers = speakers(study, connection)
        self._rows = {code: number for number, code in enumerate(self._codes.by_id)}
        #: a retired code counts for the one it was merged into
        self._into = {code: self._codes.counts_for(code) for code in self._codes.by_id}
        self._slots: list[Slot] = []
        self._at: dict[tuple[str, str | None, str], dict[str, int]] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        for reading in self._chosen.readings:
            source = self._sources[reading.source]
            people: list[Person | None] = [*source.people]
            if len(people) != 1:
                people.append(None)
            at = self._at[reading.source, reading.coder, reading.round] = {}
            for person in people:
                at[person.id if person else ""] = len(self._slots)
                self._slots.append(Slot(reading, source, person))

    def counted(self, *, apart: bool) -> Counted:
        import numpy as np

        # a span counts once where a merged code, or several people's consensus, repeats it;
        # in a group interview each segment has to be put down to its speaker
        merged = [code for code, into in self._into.items() if code != into]
        merged += [self._into[code] for code in merged]
        joint = {reading.source for reading in self._chosen.readings if reading.coder is None}
        single = sorted(self._speakers.groups | joint)
        self._speakers.prepare(self._connection, single)
        segments = np.zeros((len(self._rows), len(self._slots)), dtype=np.int64)
        codes, slots, numbers = self._grouped(set(merged), set(single))
        segments[codes, slots] = numbers
        for (code, slot), number in self._one_by_one(merged, single).items():
            segments[code, slot] += number
        # nobody has a place in a group interview only where there is such a segment
        shown = [
            number
            for number, slot in enumerate(self._slots)
            if slot.person or not slot.source.people or segments[:, number].any()
        ]
        return Counted(
            self._chosen,
            self._sources,
            self._codes,
            self._coders,
            tuple(self._slots[number] for number in shown),
            self._rows,
            segments[:, shown],
            self._together() if apart else None,
        )

    def _grouped(
        self, merged: set[str], single: set[str]
    ) -> tuple[list[int], list[int], list[int]]:
        coding = ROWS["coding"]
        what = (coding.c.code, coding.c.source, coding.c.coder, coding.c.round)
        wanted = select(*what, func.count()).group_by(*what)
        at = {
            place: next(iter(people.values()))
            for place, people in self._at.items()
            if place[0] not in single
        }
        rows = {code: row for code, row in self._rows.items() if code not in merged}
        codes: list[int] = []
        slots: list[int] = []
        numbers: list[int] = []
        for code, source, coder, round_, number in _plain(self._connection, wanted):
            slot = at.get((source, coder, round_))
            if slot is not None and code in rows:
                codes.append(rows[code])
                slots.append(slot)
                numbers.append(number)
        return codes, slots, numbers

    def _one_by_one(self, merged: list[str], single: list[str]) -> Counter[tuple[int, int]]:
        coding = ROWS["coding"]
        codes, sources = set(merged), set(single)
        spans = set()
        for run in _runs(merged, single):
            wanted = or_(coding.c.code.in_(run[0]), coding.c.source.in_(run[1]))
            spans |= {
                place
                for code, source, *rest in self._spans(wanted)
                if (code in codes or source in sources)
                and (place := self._place(code, source, *rest))
            }
        return Counter((code, slot) for code, slot, _, _ in spans)

    def _spans(self, *wanted: Any) -> Iterator[tuple[Any, ...]]:
        coding = ROWS["coding"]
        columns = select(
            coding.c.code,
            coding.c.source,
            coding.c.coder,
            coding.c.round,
            coding.c.start,
            coding.c.end,
        ).where(*wanted)
        yield from _plain(self._connection, columns)

    def _place(
        self, code: str, source: str, coder: str, round_: str, start: int, end: int
    ) -> tuple[int, int, int, int] | None:
        row = self._rows.get(self._into.get(code, ""))
        people = self._at.get((source, coder, round_)) or self._at.get((source, None, round_))
        if people is None or row is None:
            return None
        who = self._speakers.of(source, start)
        return row, people[who.id if who else ""], start, end

    def _together(self) -> NDArray[np.int64]:
        import numpy as np

        self._speakers.prepare(self._connection, self._sources)
        found = np.zeros((len(self._rows), 2), dtype=np.int64)
        spans: dict[tuple[int, str, int, int], bool] = {}
        for code, source, *rest in self._spans():
            place = self._place(code, source, *rest)
            if place:
                row, slot, start, end = place
                spans[row, source, start, end] = self._slots[slot].person is not None
        for (row, *_), somebody in spans.items():
            found[row] += 1, somebody
        return found


def _plain(connection: Connection, wanted: Any) -> Iterable[tuple[Any, ...]]:
    """Return rows of numbers and short texts just as the driver gives them: there are many."""
    cursor = connection.execute(wanted).cursor
    return cursor.fetchall() if cursor else []


def _runs(codes: list[str], sources: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield both lists in runs that a statement can hold."""
    for run in payloads.chunks(codes, _IDS):
        yield list(run), []
    for run in payloads.chunks(sources, _IDS):
        yield [], list(run)
