"""The coded segments that filters and conditions leave, in the order of the texts."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.filters import read_filters
from p3c_qual.analysis.known import PROPERTIES, KnownSource, known_sources
from p3c_qual.analysis.people import speakers
from p3c_qual.analysis.where import MARKS, read_condition
from p3c_qual.coding.names import Codes, read_codes
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Select

    from p3c_qual.analysis.known import Person
    from p3c_qual.study import Study

__all__ = ["COLUMNS", "Segments", "known_coders", "known_codes"]

COLUMNS = (
    "id",
    "source",
    "programme",
    "site",
    "interviewee",
    "start",
    "end",
    "code",
    "coder",
    "round",
    "quote",
)
#: columns of the table of codings that no listing shows
_STORED = (*MARKS, "origin")
#: what a condition may ask of a source, and of a coding
_OF_SOURCE = (
    "source",
    "programme",
    "site",
    "country",
    "translation_of",
    "main_coder",
    "protocol",
    *PROPERTIES,
)
_OF_CODING = (
    "id",
    "interviewee",
    "stakeholder_type",
    "role",
    "start",
    "end",
    "code",
    "codebook",
    "level",
    "coder",
    "round",
    "question",
    "quote",
    *_STORED,
)
#: sources asked for at once: few first, since often only the first page is wanted
_FIRST, _MORE = 20, 200
#: codes a statement may hold
_CODES = 500


def known_codes(study: Study, connection: Connection) -> Codes:
    """Return the codes of a study."""
    found: Codes = kept(study, connection, "codes", lambda: read_codes(connection))
    return found


def known_coders(study: Study, connection: Connection) -> dict[str, str]:
    """Return the coders' keys by row id."""
    coder = ROWS["coder"]
    wanted = select(coder.c.id, coder.c.key)
    found: dict[str, str] = kept(
        study, connection, "coders", lambda: dict(connection.execute(wanted).all())
    )
    return found


class Segments:
    """Coded segments, read source by source as far as somebody wants them.

    Iterating gives tuples of the `COLUMNS` and the research question.

    Parameters
    ----------
    study : Study
    connection : Connection
    where : str or None
    filters : dict
        See `retrieval.list_codings`.

    Raises
    ------
    P3CError
        With every filter and value that is unknown.
    """

    def __init__(
        self, study: Study, connection: Connection, where: str | None, filters: Mapping[str, Any]
    ) -> None:
        self._connection = connection
        self._sources = known_sources(study, connection)
        self._codes = known_codes(study, connection)
        self._coders = known_coders(study, connection)
        self._speakers = speakers(study, connection)
        self._filters = read_filters(
            connection,
            filters,
            sources=self._sources,
            codes=self._codes,
            coders=self._coders,
        )
        self._wanted: Sequence[KnownSource] = self._filters.sources
        self._conditions = []
        if where:
            variables = {name for each in self._sources.values() for name in each.variables}
            for each in read_condition(where, {*_OF_SOURCE, *_OF_CODING, *variables}):
                if each.names.isdisjoint(_OF_CODING):
                    # what asks only for properties of sources is asked once a source
                    self._wanted = [s for s in self._wanted if each.holds(_said(s))]
                else:
                    self._conditions.append(each)
        self._levels = self._read_levels() if self._conditions else {}
        asked = {name for each in self._conditions for name in each.names}
        # read only where somebody asks for them
        self._stored = [name for name in _STORED if name in asked]

    def _read_levels(self) -> dict[str, str]:
        code = ROWS["code"]
        rows = self._connection.execute(select(code.c.id, code.c.level))
        return {name: level or "" for name, level in rows}

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        made = 0
        for run in self._runs():
            self._speakers.prepare(self._connection, [each.id for each in run])
            for row in self._read(run):
                yield row
                made += 1
                if made == self._filters.limit:
                    return

    def _runs(self) -> Iterator[Sequence[KnownSource]]:
        size = _FIRST if self._filters.limit else _MORE
        if not self._filters.limit and self._filters.codes:
            # all segments of a code: one walk over its part of the index
            size = max(len(self._wanted), 1)
        at = 0
        while at < len(self._wanted):
            yield self._wanted[at : at + size]
            at, size = at + size, max(size, _MORE)

    def _select(self, run: Sequence[KnownSource]) -> Select[Any]:
        coding = ROWS["coding"]
        wanted = select(
            coding.c.source,
            coding.c.start,
            coding.c.end,
            coding.c.code,
            coding.c.id,
            coding.c.coder,
            coding.c.round,
            coding.c.quote,
            coding.c.question,
            *(coding.c[name] for name in self._stored),
        )
        if len(run) <= _MORE:
            wanted = wanted.where(coding.c.source.in_([each.id for each in run]))
        if self._filters.codes and len(self._filters.codes) <= _CODES:
            wanted = wanted.where(coding.c.code.in_(self._filters.codes))
        for name, values in self._filters.columns.items():
            wanted = wanted.where(coding.c[name].in_(values))
        return wanted

    def _read(self, run: Sequence[KnownSource]) -> Iterator[tuple[Any, ...]]:
        codes, only = self._codes.by_id, set(self._filters.codes)
        # a coding of a code that was deleted is listed by `check`, and counts nowhere
        names = {name: (each.key, self._codes.name(name)) for name, each in codes.items()}
        by_source: dict[str, list[tuple[Any, ...]]] = {each.id: [] for each in run}
        for source, start, end, code, *rest in self._connection.execute(self._select(run)):
            rows = by_source.get(source)
            if rows is not None and code in names and (not only or code in only):
                key, name = names[code]
                rows.append((start, end, key, rest[0], name, code, rest))
        order = itemgetter(0, 1, 2, 3)
        people = self._filters.people
        for each in run:
            group = each.id in self._speakers.groups
            who = each.people[0] if each.people else None
            rows = by_source[each.id]
            rows.sort(key=order)
            for start, end, _, row_id, name, code, rest in rows:
                _, coder, round_, quote, question, *stored = rest
                if group:
                    who = self._speakers.of(each.id, start)
                person = who.key if who else ""
                if people and person not in people:
                    continue
                by = self._coders.get(coder, "")
                made = (
                    *(row_id, each.key, each.programme, each.site, person, start, end, name, by),
                    *(round_, quote, question or ""),
                )
                if self._conditions and not self._holds(each, who, code, made, stored):
                    continue
                yield made

    def _holds(
        self,
        source: KnownSource,
        who: Person | None,
        code: str,
        made: tuple[Any, ...],
        stored: Sequence[Any],
    ) -> bool:
        row = {
            **_said(source),
            **dict(zip((*COLUMNS, "question"), made, strict=True)),
            **dict(zip(self._stored, stored, strict=True)),
            "stakeholder_type": ";".join(who.types) if who else "",
            "role": who.role if who else "",
            "codebook": self._codes.by_id[code].codebook,
            "level": self._levels.get(code, ""),
        }
        return all(condition.holds(row) for condition in self._conditions)


def _said(source: KnownSource) -> dict[str, Any]:
    return {
        **source.variables,
        **source.said,
        "source": source.key,
        "programme": source.programme,
        "site": source.site,
        "country": source.country,
        "translation_of": source.translation_of,
        "main_coder": source.main_coder,
        "protocol": source.protocol,
    }
