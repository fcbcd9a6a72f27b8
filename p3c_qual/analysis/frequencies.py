"""How often codes were given, in one of three counting units that are never mixed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.counting import NOBODY, Counted, count_codings
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.analysis.reading_set import Reading
    from p3c_qual.study import Study

__all__ = ["COUNTS", "table_frequencies"]

COUNTS = ("segments", "interviewees", "programmes")

_UNITS = {
    "segments": "coded segments (denominator: sources in the reading set)",
    "interviewees": "interviewees with at least one coded segment "
    "(denominator: interviewees in the reading set)",
    "programmes": "programmes with at least one coded segment "
    "(denominator: programmes in the reading set)",
    "rate": "coded segments per 1,000 words of the interviewees (denominator: their words)",
}


def table_frequencies(
    study: Study,
    *,
    by: str = "site",
    count: str = "segments",
    codebook: str = "selfie",
    coder: str | None = None,
    round: str | None = None,
    rate: str | None = None,
) -> pd.DataFrame:
    """Count codes by groups of sources.

    A code counts its own codings and those of everything below it, each once. All codes are
    listed, those never given with zero; a cell is missing (not zero) where no interview of the
    group asked for the code. One reading of each source is counted, see `choose_readings`.

    Parameters
    ----------
    study : Study
    by : str
        ``programme``, ``site``, ``country``, ``stakeholder_type``, ``source``, ``coder``, a
        property of sources (``kind``, ``wave``, ...) or any variable of the study.
    count : str
        ``segments`` (codings), ``interviewees`` or ``programmes`` with at least one coding.
    codebook : str
    coder, round : str, optional
        Count this coder's codings, or this round's.
    rate : str, optional
        ``words``: segments per 1,000 words of the interviewees.

    Returns
    -------
    DataFrame
        ``code`` (str), one column a group and ``total`` (Int64; Float64 with `rate`; missing
        where not asked). ``attrs``: ``unit``, ``reading_set``, ``caption`` (str),
        ``denominators`` (dict by group: sources, interviewees, programmes or words in the
        reading set), ``labels`` and ``depth`` (dicts by code).

    Raises
    ------
    P3CError
        If an argument is unknown, or a rate is asked of excerpts.

    Notes
    -----
    Frequencies are given with their counting unit (Mayring 2014, Qualitative content analysis).
    `total` is counted over the union of the groups; where groups overlap it is not their sum,
    and the caption says so.
    """
    problems = []
    if count not in COUNTS:
        problems.append(
            Problem(
                f"unknown counting unit {count!r}", valid=COUNTS, nearest=nearest(count, COUNTS)
            )
        )
    if rate not in {None, "words"}:
        problems.append(Problem(f"unknown rate {rate!r}", valid=("words",)))
    elif rate and count != "segments":
        problems.append(Problem("a rate per words is one of segments", do="Leave out --count."))
    if problems:
        raise P3CError(problems)
    with study.store.read() as connection:
        counted = study.cached(
            f"counted/{by}/{coder}/{round}",
            lambda: count_codings(connection, by, coder=coder, round=round),
        )
        book = study.cached(f"book/{codebook}", lambda: _read_book(study, connection, codebook))
        asked = study.cached("asked", lambda: _asked(connection, counted))
        table = _Table(counted, "rate" if rate else count, book, asked)
        if rate:
            table.per_words(connection)
    return table.frame()


def _read_book(study: Study, connection: Connection, codebook: str) -> list[tuple[str, str, str]]:
    """Return id, key and label of a codebook's codes in its order."""
    study.codebook(codebook)  # says what there is, if there is no such codebook
    code, book = ROWS["code"], ROWS["codebook"]
    rows = connection.execute(
        select(code.c.id, code.c.key, code.c.label)
        .join(book, book.c.id == code.c.codebook)
        .where(book.c.key == codebook)
        .order_by(code.c.position, code.c.key)
    )
    return [(row.id, row.key, row.label or "") for row in rows]


def _asked(connection: Connection, counted: Counted) -> dict[str, frozenset[str] | None]:
    """Return by source (row id) the codes its interview asked for; None where that is unknown.

    Asking for an element asks for what it belongs to, and for everything below it.
    """
    from p3c_qual.sources.protocols_stored import asked_by_source

    codes = counted.codes.by_id.values()
    near: dict[str, set[str]] = {}
    made: dict[str, frozenset[str] | None] = {}
    for source, names in asked_by_source(connection).items():
        if names is None:
            made[source] = None
            continue
        for name in names - near.keys():
            book, _, key = name.rpartition(":")
            hits = [
                c.id
                for c in codes
                if book in {"", c.codebook} and (c.key == key or c.key.startswith(key + "."))
            ]
            near[name] = {
                each
                for hit in hits
                for each in (*counted.codes.below(hit), *counted.codes.above(hit))
            }
        made[source] = frozenset().union(*(near[name] for name in names))
    return made


class _Table:
    """The counts of one codebook in one unit, rolled up and set out by group."""

    def __init__(
        self,
        counted: Counted,
        count: str,
        book: list[tuple[str, str, str]],
        asked: dict[str, frozenset[str] | None],
    ) -> None:
        self._counted = counted
        self._count = count
        self._book = book
        self._up = {code: [code, *counted.codes.above(code)] for code, *_ in book}
        self._spoken = counted.spoken
        if count == "rate":
            # words are spoken by interviewees; a document has none
            self._spoken = [(reading, person) for reading, person in self._spoken if person]
        self._groups, self._denominators = self._members()
        self._nobody = 0
        self._cells, self._total = self._sums() if count in {"segments", "rate"} else self._sets()
        self._unknown, self._blanks = self._blank_not_asked(asked)

    def _unit(self, reading: Reading, person: str) -> str:
        """Return what is counted where a coding is met."""
        if self._count == "interviewees":
            return person
        if self._count == "programmes":
            return self._counted.sources[reading.source]["programme"] or ""
        return reading.source

    def _members(self) -> tuple[list[str], dict[str, float]]:
        members: dict[str, set[str]] = defaultdict(set)
        for reading, person in self._spoken:
            for group in self._counted.groups(reading, person):
                members[group] |= {self._unit(reading, person)} - {""}
        names = sorted(members, key=lambda name: (name == NOBODY, name))
        counts: dict[str, float] = {name: len(members[name]) for name in names}
        return names, {**counts, "total": len(set().union(*members.values()))}

    def _sums(self) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
        sums: dict[str, Counter[str]] = {code: Counter() for code in self._up}
        total: Counter[str] = Counter()
        grouped: Counter[tuple[str, str]] = Counter()
        for cell in self._counted.cells:
            if cell.code not in self._up:
                continue
            if self._count == "rate" and not cell.person:
                self._nobody += cell.number
                continue
            total[cell.code] += cell.number
            for group in self._counted.groups(cell.reading, cell.person):
                grouped[cell.code, group] += cell.number
        for (code, group), number in grouped.items():
            for up in self._up[code]:
                sums[up][group] += number
        if self._counted.together is not None:
            total = self._counted.together
        rolled: Counter[str] = Counter()
        for code, number in total.items():
            for up in self._up.get(code, ()):
                rolled[up] += number
        return (
            {code: {group: sums[code][group] for group in self._groups} for code in self._up},
            {code: rolled[code] for code in self._up},
        )

    def _sets(self) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
        seen: dict[str, dict[str, set[str]]] = {code: defaultdict(set) for code in self._up}
        over: dict[str, set[str]] = {code: set() for code in self._up}
        for cell in self._counted.cells:
            if cell.code not in self._up:
                continue
            unit = self._unit(cell.reading, cell.person)
            if not unit:
                self._nobody += cell.number
                continue
            groups = self._counted.groups(cell.reading, cell.person)
            for up in self._up[cell.code]:
                over[up].add(unit)
                for group in groups:
                    seen[up][group].add(unit)
        return (
            {code: {g: len(seen[code][g]) for g in self._groups} for code in self._up},
            {code: len(over[code]) for code in self._up},
        )

    def _blank_not_asked(self, asked: dict[str, frozenset[str] | None]) -> tuple[int, int]:
        """Empty the zeros of groups whose interviews were all held without asking."""
        sources = self._counted.sources
        here: dict[str, list[frozenset[str] | None]] = defaultdict(list)
        unknown = set()
        for reading, person in self._spoken:
            interview = sources[reading.source]["kind"] == "interview"
            what = asked.get(reading.source) if interview else None
            if interview and what is None:
                unknown.add(reading.source)
            for group in self._counted.groups(reading, person):
                here[group].append(what)
        blanks = 0
        for group in self._groups:
            known = [what for what in here[group] if what is not None]
            if len(known) < len(here[group]):
                continue
            union = frozenset().union(*known)
            for code in self._up:
                if not self._cells[code][group] and code not in union:
                    self._cells[code][group] = None
                    blanks += 1
        for code, cells in self._cells.items():
            if cells and all(cell is None for cell in cells.values()):
                self._total[code] = None
        return len(unknown), blanks

    def per_words(self, connection: Connection) -> None:
        """Turn segments into segments per 1,000 words of the interviewees."""
        from p3c_qual.analysis.rates import spoken_words

        sources = self._counted.sources
        partial = sorted(
            {
                sources[reading.source]["key"]
                for reading, _ in self._spoken
                if sources[reading.source]["completeness"] != "full"
            }
        )
        if partial:
            raise P3CError(
                Problem(
                    f"a rate per words cannot be given: {len(partial)} sources are excerpts or notes, "
                    "whose words are not all there",
                    ", ".join(partial[:5]),
                    do="Count segments, or leave these sources out.",
                )
            )
        by_speaker = spoken_words(connection, {reading.source for reading, _ in self._spoken})
        words: Counter[str] = Counter()
        for reading, person in self._spoken:
            people = self._counted.speakers.people[reading.source]
            said = by_speaker.get(reading.source, Counter())
            label = next(each["speaker"] for each in people if each["id"] == person)
            number = said.total() if len(people) == 1 else said[label]
            words["total"] += number
            for group in self._counted.groups(reading, person):
                words[group] += number
        for code, cells in self._cells.items():
            for group, cell in cells.items():
                if cell is not None:
                    cells[group] = 1_000 * cell / words[group] if words[group] else None
            if self._total[code] is not None:
                self._total[code] = (
                    1_000 * self._total[code] / words["total"] if words["total"] else None
                )
        self._denominators = {name: words[name] for name in self._denominators}

    def frame(self) -> pd.DataFrame:
        """Return the table, with what it counts in `attrs`."""
        import pandas as pd

        kind: Any = "Float64" if self._count == "rate" else "Int64"
        columns: dict[str, Any] = {"code": [key for _, key, _ in self._book]}
        for group in self._groups:
            columns[group] = pd.array([self._cells[code][group] for code in self._up], dtype=kind)
        columns["total"] = pd.array([self._total[code] for code in self._up], dtype=kind)
        frame = pd.DataFrame(columns)
        frame.attrs = {
            "unit": _UNITS[self._count],
            "reading_set": self._counted.set.caption,
            "denominators": self._denominators,
            "caption": self._caption(),
            "labels": {key: label for _, key, label in self._book},
            "depth": {key: len(self._up[code]) for code, key, _ in self._book},
        }
        return frame

    def _caption(self) -> str:
        said = [
            (f"Counted: {_UNITS[self._count]}. A code counts its own codings and those below "
            "it, each once."),
            self._counted.set.caption,
        ]
        sources = self._counted.sources
        if self._count in {"interviewees", "rate"}:
            without = {r.source for r in self._counted.set.readings if not self._counted.persons(r)}
            if without:
                said.append(f"{len(without)} sources without an interviewee are left out.")
        if self._nobody:
            said.append(f"{self._nobody} segments are nobody's words and are left out.")
        if self._counted.by == "stakeholder_type":
            said.append(
                "An interviewee may be of several types: the total is not the sum of the columns."
            )
        elif self._counted.by == "coder":
            said.append(
                "Coders read the same sources: the total counts a span that several coded "
                "alike once, and is not the sum of the columns."
            )
        elif self._count in {"interviewees", "programmes"}:
            said.append("One may stand in several columns: the total is not their sum.")
        if self._unknown:
            said.append(
                f"Of {self._unknown} interviews it is unknown what was asked; their zero "
                "may mean not asked."
            )
        if self._blanks:
            said.append("Empty cells: not asked.")
        partial = {
            r.source
            for r in self._counted.set.readings
            if sources[r.source]["completeness"] != "full"
        }
        if partial:
            said.append(
                f"{len(partial)} sources are excerpts or notes: zero means no segment in "
                "them, not that it was not mentioned."
            )
        return " ".join(said)
