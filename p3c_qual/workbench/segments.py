"""The segments of a code, and hits of a search, each with the unit it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.people import speakers
from p3c_qual.coding.names import find_key, ids_by_key, read_codes
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import rows, wire_segments
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.units import Place, units_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.study import Study
    from p3c_qual.workbench.wire import CodingRow

__all__ = ["code_segments", "search_segments"]

#: segments on a page at most
_PAGE = 500
#: hits of a search at most; who gets more has to ask more narrowly
_HITS = 2_000


def code_segments(
    study: Study,
    code: str,
    *,
    below: bool = False,
    others: bool = True,
    offset: int = 0,
    limit: int = 50,
    programme: str = "",
    site: str = "",
    coder: str = "",
) -> wire_segments.SegmentList:
    """Return a page of the segments of a code, ordered by source and place.

    Parameters
    ----------
    study : Study
    code : str
        Row id or key; empty for the segments of all codes.
    below : bool
        Whether segments of the codes below it are among them.
    others : bool
        Whether the work of other coders is wanted.
    offset, limit : int
    programme, site, coder : str
        Keys; empty for all.

    Raises
    ------
    P3CError
        With every name that is unknown.
    """
    coding, src = ROWS["coding"], ROWS["source"]
    with study.store.read() as connection:
        sight = sight_of(study, connection, others=others)
        where = [
            sight.codings(),
            *_wanted(connection, code, below=below),
            *_from(connection, programme, site, coder),
        ]
        joined = coding.join(src, src.c.id == coding.c.source)
        total = connection.scalar(select(func.count()).select_from(joined).where(*where)) or 0
        page = (
            select(coding.c.id)
            .select_from(joined)
            .where(*where)
            .order_by(src.c.key, coding.c.start, coding.c.end, coding.c.id)
            .offset(offset)
            .limit(min(max(limit, 1), _PAGE))
        )
        ids = list(connection.scalars(page))
        found = {
            each.id: each
            for some in rows.found_in(coding.c.id, ids)
            for each in rows.coding_rows(connection, sight, some)
        }
        listed = [found[name] for name in ids if name in found]
        made = _rows(
            study, connection, [(Place(each.source, each.start, each.end), each) for each in listed]
        )
    return wire_segments.SegmentList(total, made)


def search_segments(
    study: Study, query: str, *, regex: bool = False, source: str = "", limit: int = 200
) -> wire_segments.SegmentList:
    """Return the hits of a search, each with the unit it stands in.

    Parameters
    ----------
    study : Study
    query : str
        Words, or a pattern; see `p3c_qual.analysis.search.search`.
    regex : bool
    source : str
        Row id or key; empty for all.
    limit : int
        Hits that are returned; `total` counts those that were found, up to two thousand.

    Raises
    ------
    P3CError
        If the query is empty or no pattern, the time is over, or there is no such source.
    """
    from p3c_qual.analysis.search import search
    from p3c_qual.workbench.source import the_source

    mode = "regex" if regex else "word"
    with study.store.read() as connection:
        if source:
            row = the_source(connection, source)
            places = _hits_in(connection, row, query, mode)
        else:
            ids = ids_by_key(connection, "source")
            hits = search(study, query, mode=mode, context=0, limit=_HITS)
            columns = zip(hits["source"], hits["start"], hits["end"], strict=True)
            places = [Place(ids[key], int(start), int(end)) for key, start, end in columns]
        shown = places[: max(limit, 1)]
        return wire_segments.SegmentList(
            len(places), _rows(study, connection, [(each, None) for each in shown])
        )


def _hits_in(connection: Connection, row: Any, query: str, mode: str) -> list[Place]:
    import time

    from p3c_qual.analysis.queries import make_finder
    from p3c_qual.analysis.search import TIME_LIMIT
    from p3c_qual.store import payloads

    finder = make_finder(query, mode, time.monotonic() + TIME_LIMIT)
    body = payloads.get(connection, row.hash) if row.hash else None
    if not isinstance(body, str):
        return []
    return [Place(row.id, start, end) for start, end in finder.find(body)][:_HITS]


def _wanted(connection: Connection, code: str, *, below: bool) -> list[ColumnElement[bool]]:
    if not code:
        return []
    codes = read_codes(connection)
    found = codes.find(code)
    if isinstance(found, Problem):
        raise P3CError(found)
    names = codes.below(found.id) if below else [found.id]
    return [ROWS["coding"].c.code.in_(names)]


def _from(
    connection: Connection, programme: str, site: str, coder: str
) -> list[ColumnElement[bool]]:
    coding, src = ROWS["coding"], ROWS["source"]
    columns = {
        "programme": (programme, src.c.programme),
        "site": (site, src.c.site),
        "coder": (coder, coding.c.coder),
    }
    where: list[ColumnElement[bool]] = []
    problems: list[Problem] = []
    for table, (key, column) in columns.items():
        if not key:
            continue
        if problem := find_key(ids_by_key(connection, table), key, table):
            problems.append(problem)
        row = ROWS[table]
        # several programmes may have a site of one key
        where.append(column.in_(select(row.c.id).where(row.c.key == key)))
    if problems:
        raise P3CError(problems)
    return where


def _rows(
    study: Study,
    connection: Connection,
    places: Sequence[tuple[Place, CodingRow | None]],
) -> list[wire_segments.SegmentRow]:
    sources: dict[str, KnownSource] = known_sources(study, connection)
    who = speakers(study, connection)
    who.prepare(connection, {place.source for place, _ in places})
    around = units_around(sources, connection, [place for place, _ in places])
    made = []
    for place, coding in places:
        source, unit = sources[place.source], around[place]
        person = who.of(place.source, place.start)
        made.append(
            wire_segments.SegmentRow(
                coding=coding,
                source=place.source,
                key=source.key,
                title=source.said["title"] or source.key,
                start=place.start,
                end=place.end,
                quote=unit.quote,
                turn=unit.text,
                turn_start=unit.start,
                question=unit.question,
                interviewee=person.key if person else "",
                stakeholder_types=list(person.types) if person else [],
            )
        )
    return made
