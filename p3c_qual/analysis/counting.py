"""What a reading set holds: its codings counted by code, reading and person."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.analysis.people import Speakers
from p3c_qual.analysis.reading_set import Reading, ReadingSet, choose_readings, each_coder
from p3c_qual.coding.names import Codes, read_codes
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

__all__ = ["NOBODY", "Cell", "Counted", "count_codings"]

#: the column of sources that have no value of the variable
NOBODY = "(none)"

_FIXED = ("programme", "site", "country", "stakeholder_type", "source", "coder")
_PROPERTIES = (
    "kind",
    "completeness",
    "document_type",
    "date",
    "language",
    "wave",
    "mode",
    "interviewer",
    "duration_min",
    "secondary_use",
    "transcription_rules",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """So many codings of one code in one reading, in one person's words."""

    code: str
    reading: Reading
    person: str
    number: int


@dataclass(frozen=True)
class Counted:
    """A reading set, counted.

    Attributes
    ----------
    by : str
        What groups are made of.
    set : ReadingSet
    codes : Codes
    sources : dict of str to mapping
        What is known of each source, by row id; ``group`` is the one it belongs to.
    speakers : Speakers
    cells : list of Cell
    together : Counter or None
        Segments by code over the union of coders, where coders stand apart.
    """

    by: str
    set: ReadingSet
    codes: Codes
    sources: dict[str, dict[str, Any]]
    speakers: Speakers
    coders: dict[str, str]
    cells: list[Cell]
    together: Counter[str] | None

    def groups(self, reading: Reading, person: str) -> list[str]:
        """Return the groups in which a person's words in a reading are counted."""
        if self.by == "coder":
            return [self.coders.get(reading.coder or "", NOBODY)]
        if self.by != "stakeholder_type":
            return [self.sources[reading.source]["group"] or NOBODY]
        mine = self.speakers.people.get(reading.source, [])
        if person:
            mine = [each for each in mine if each["id"] == person]
        return list(dict.fromkeys(t for each in mine for t in each["types"])) or [NOBODY]

    def persons(self, reading: Reading) -> list[str]:
        """Return the row ids of those who speak in a source."""
        return [each["id"] for each in self.speakers.people.get(reading.source, [])]

    @cached_property
    def spoken(self) -> list[tuple[Reading, str]]:
        """Every reading with each of its persons; an empty one for a source without any."""
        return [
            (reading, person)
            for reading in self.set.readings
            for person in self.persons(reading) or [""]
        ]


def count_codings(
    connection: Connection,
    by: str,
    *,
    coder: str | None = None,
    round: str | None = None,
) -> Counted:
    """Count the codings of a reading set.

    Raises
    ------
    P3CError
        If sources cannot be grouped so, or the coder or round is unknown.
    """
    sources = _sources(connection, by)
    choose = each_coder if by == "coder" else choose_readings
    chosen = choose(connection, coder=coder, round=round)
    codes = read_codes(connection)
    speakers = Speakers(connection)
    coder_table = ROWS["coder"]
    coders = dict(connection.execute(select(coder_table.c.id, coder_table.c.key)).all())
    cells = list(_cells(connection, chosen, codes, speakers))
    together = _together(connection, chosen, codes) if by == "coder" else None
    return Counted(by, chosen, codes, sources, speakers, coders, cells, together)


def _sources(connection: Connection, by: str) -> dict[str, dict[str, Any]]:
    src, prog, site = ROWS["source"], ROWS["programme"], ROWS["site"]
    rows = (
        connection.execute(
            select(
                src.c.id,
                src.c.key,
                src.c.programme,
                src.c.kind,
                src.c.completeness,
                src.c.variables,
                *(src.c[name] for name in _PROPERTIES if name not in {"kind", "completeness"}),
                prog.c.key.label("prog"),
                prog.c.country,
                site.c.key.label("place"),
            )
            .join(prog, prog.c.id == src.c.programme, isouter=True)
            .join(site, site.c.id == src.c.site, isouter=True)
        )
        .mappings()
        .all()
    )
    variables = sorted({name for row in rows for name in row["variables"] or {}})
    valid = (*_FIXED, *_PROPERTIES, *variables)
    if by not in valid:
        raise P3CError(
            Problem(f"sources cannot be grouped by {by!r}", valid=valid, nearest=nearest(by, valid))
        )
    homes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        homes[row["place"] or ""].add(row["prog"] or "")

    def group(row: Any) -> str:
        if by == "site":
            # two programmes may each have a site "north"
            place = row["place"] or ""
            return f"{row['prog']}/{place}" if place and len(homes[place]) > 1 else place
        if by in _FIXED:
            return {"programme": row["prog"], "country": row["country"], "source": row["key"]}.get(
                by
            ) or ""
        value = row[by] if by in _PROPERTIES else (row["variables"] or {}).get(by)
        return str(value or "")

    return {
        row["id"]: {
            "group": group(row),
            "key": row["key"],
            "programme": row["programme"],
            "kind": row["kind"],
            "completeness": row["completeness"],
        }
        for row in rows
    }


def _cells(
    connection: Connection, chosen: ReadingSet, codes: Codes, speakers: Speakers
) -> Iterator[Cell]:
    coding = ROWS["coding"]
    place: dict[tuple[str, str], dict[str | None, Reading]] = defaultdict(dict)
    for reading in chosen.readings:
        place[reading.source, reading.round][reading.coder] = reading
    target = {code: codes.counts_for(code) for code in codes.by_id}
    only = {source: mine[0]["id"] if mine else "" for source, mine in speakers.people.items()}
    what = (coding.c.code, coding.c.source, coding.c.coder, coding.c.round)
    wanted = select(*what, func.count()).group_by(*what)
    for code, source, coder, round_, number in connection.execute(wanted):
        readings = place.get((source, round_))
        if readings is None or code not in target or source in speakers.groups:
            continue
        one = readings.get(coder) or readings.get(None)
        if one is not None:
            yield Cell(target[code], one, only.get(source, ""), number)
    # in a group interview each segment has to be put down to its speaker
    found: Counter[tuple[str, Reading, str]] = Counter()
    if speakers.groups:
        single = select(*what, coding.c.start).where(coding.c.source.in_(sorted(speakers.groups)))
        for code, source, coder, round_, start in connection.execute(single):
            readings = place.get((source, round_), {})
            one = readings.get(coder) or readings.get(None)
            if one is not None and code in target:
                people = speakers.of(source, start)
                found[target[code], one, people[0]["id"] if people else ""] += 1
    for (code, reading, person), number in found.items():
        yield Cell(code, reading, person, number)


def _together(connection: Connection, chosen: ReadingSet, codes: Codes) -> Counter[str]:
    """Count segments over the union of coders: a span several coded alike counts once."""
    coding = ROWS["coding"]
    counted = {(reading.source, reading.coder, reading.round) for reading in chosen.readings}
    wanted = select(
        coding.c.code, coding.c.source, coding.c.start, coding.c.end, coding.c.coder, coding.c.round
    )
    spans = {
        (codes.counts_for(row.code), row.source, row.start, row.end)
        for row in connection.execute(wanted)
        if (row.source, row.coder, row.round) in counted and row.code in codes.by_id
    }
    return Counter(code for code, *_ in spans)
