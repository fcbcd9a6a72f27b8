"""Coded segments, by any condition."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from p3c_qual.analysis.order import by_code_point
from p3c_qual.analysis.people import Speakers
from p3c_qual.analysis.where import condition
from p3c_qual.coding.names import find_key, ids_by_key, read_codes
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["COLUMNS", "list_codings", "write_codings"]

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
FILTERS = (
    "code",
    "source",
    "programme",
    "site",
    "interviewee",
    "coder",
    "round",
    "question",
    "limit",
)


def list_codings(study: Study, where: str | None = None, **filters: Any) -> pd.DataFrame:
    """List coded segments, ordered by source, place and code.

    Parameters
    ----------
    study : Study
    where : str, optional
        A condition on any column of the codings, their sources or the study's variables, such as
        ``"site == 'north' and round in ['main', 'second']"``.
    **filters
        ``code`` (with everything below it), ``source``, ``programme``, ``site``,
        ``interviewee``, ``coder``, ``round``, ``question``: a value or a list; ``limit``.

    Returns
    -------
    DataFrame
        ``id``, ``source``, ``programme``, ``site``, ``interviewee`` (whose words they are),
        ``start``, ``end`` (int, code points), ``code``, ``coder``, ``round``, ``quote``.

    Raises
    ------
    P3CError
        If a filter or a value in it is unknown.
    """
    import pandas as pd

    with study.store.read() as connection:
        rows = list(_rows(connection, where, filters))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def write_codings(study: Study, path: Path, where: str | None = None, **filters: Any) -> int:
    """Write coded segments as CSV that `code --csv` takes back; returns how many.

    Parameters and errors as for `list_codings`.
    """
    part = path.with_name(path.name + ".part")
    try:
        with study.store.read() as connection, part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            count = 0
            for count, row in enumerate(_rows(connection, where, filters), 1):  # noqa: B007
                writer.writerow(row)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise P3CError(
            Problem(f"the file cannot be written ({error.strerror})", str(path))
        ) from error
    except P3CError:
        part.unlink(missing_ok=True)
        raise
    return count


def _rows(
    connection: Connection, where: str | None, filters: dict[str, Any]
) -> Iterator[tuple[Any, ...]]:
    unknown = [name for name in filters if name not in FILTERS]
    if unknown:
        raise P3CError(
            [
                Problem(f"unknown filter {n!r}", valid=FILTERS, nearest=nearest(n, FILTERS))
                for n in unknown
            ]
        )
    codes = read_codes(connection)
    speakers = Speakers(connection)
    wanted = _select(connection, codes, where, filters)
    people = set(_listed(filters.get("interviewee")))
    limit = filters.get("limit")
    names = {code: codes.name(code) for code in codes.by_id}
    one = {
        source: mine[0]["key"] if mine else ""
        for source, mine in speakers.people.items()
        if source not in speakers.groups
    }
    made = 0
    for row in connection.execution_options(yield_per=2_000).execute(wanted):
        (name, source_id, source, programme, site, start, end, code, coder, round_, quote) = row
        if source_id in speakers.groups:
            who = ";".join(person["key"] for person in speakers.of(source_id, start))
        else:
            who = one.get(source_id, "")
        if people and who not in people:
            continue
        yield (
            name,
            source,
            programme or "",
            site or "",
            who,
            start,
            end,
            names[code],
            coder,
            round_,
            quote,
        )
        made += 1
        if limit and made >= limit:
            return


def _select(
    connection: Connection, codes: Any, where: str | None, filters: dict[str, Any]
) -> Select[Any]:
    coding, src, prog, site, coder, code, book = (
        ROWS[t] for t in ("coding", "source", "programme", "site", "coder", "code", "codebook")
    )
    wanted = (
        select(
            coding.c.id,
            src.c.id,
            src.c.key,
            prog.c.key,
            site.c.key,
            coding.c.start,
            coding.c.end,
            coding.c.code,
            coder.c.key,
            coding.c.round,
            coding.c.quote,
        )
        .select_from(src)
        .join(coding, coding.c.source == src.c.id)
        .join(coder, coder.c.id == coding.c.coder)
        .join(code, code.c.id == coding.c.code)
        .join(prog, prog.c.id == src.c.programme, isouter=True)
        .join(site, site.c.id == src.c.site, isouter=True)
        .order_by(
            by_code_point(connection, src.c.key),
            coding.c.start,
            coding.c.end,
            by_code_point(connection, code.c.key),
            coding.c.id,
        )
    )
    problems: list[Problem] = []
    tables = {"source": src, "programme": prog, "site": site, "coder": coder}
    for name, table in tables.items():
        given = _listed(filters.get(name))
        if not given:
            continue
        known = ids_by_key(connection, name)
        problems += [p for key in given if (p := find_key(known, key, name))]
        wanted = wanted.where(table.c.key.in_(given))
    if given := _listed(filters.get("interviewee")):
        known = ids_by_key(connection, "interviewee")
        problems += [p for key in given if (p := find_key(known, key, "interviewee"))]
    for name in ("round", "question"):
        if given := _listed(filters.get(name)):
            wanted = wanted.where(coding.c[name].in_(given))
    below: list[str] = []
    for given_code in _listed(filters.get("code")):
        found = codes.find(given_code)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            below += codes.below(found.id)
    if problems:
        raise P3CError(problems)
    if below:
        wanted = wanted.where(coding.c.code.in_(below))
    if where:
        wanted = wanted.join(book, book.c.id == code.c.codebook)
        columns = {
            "id": coding.c.id,
            "source": src.c.key,
            "programme": prog.c.key,
            "site": site.c.key,
            "country": prog.c.country,
            "start": coding.c.start,
            "end": coding.c.end,
            "code": code.c.key,
            "codebook": book.c.key,
            "level": code.c.level,
            "coder": coder.c.key,
            "round": coding.c.round,
            "question": coding.c.question,
            "quote": coding.c.quote,
            **{
                name: src.c[name]
                for name in (
                    "title",
                    "kind",
                    "completeness",
                    "document_type",
                    "date",
                    "language",
                    "wave",
                    "mode",
                    "interviewer",
                )
            },
        }
        known_variables = {
            name for row in connection.scalars(select(src.c.variables)) for name in row or {}
        }
        wanted = wanted.where(condition(where, columns, src.c.variables, known_variables))
    return wanted


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
