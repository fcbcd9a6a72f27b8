"""The cases that are put beside each other: the programmes of a study or a country, or their sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.names import find_key
from p3c_qual.description.model import Where
from p3c_qual.errors import P3CError
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from p3c_qual.description.tables.spans import Coded
    from p3c_qual.description.tables.told import Told

__all__ = ["Case", "programme_cases", "said_empty", "site_cases", "worked_through"]


@dataclass(frozen=True, slots=True)
class Case:
    """A programme, or a site of one.

    Attributes
    ----------
    key, label : str
    where : Where
    sources : frozenset of str
        Row ids.
    """

    key: str
    label: str
    where: Where
    sources: frozenset[str]


def programme_cases(
    connection: Connection, told: Told, *, programme: str = "", country: str = ""
) -> list[Case]:
    """Return the programmes that are asked for, in the order of their keys.

    Several are asked for with commas between their keys, and come in that order.

    Raises
    ------
    P3CError
        If there is no such programme or country.
    """
    table = ROWS["programme"]
    countries = dict(connection.execute(select(table.c.id, table.c.country)).all())
    known = dict.fromkeys(each for each in countries.values() if each)
    if country and (problem := find_key(known, country, "country")):
        raise P3CError(problem)
    names = [each.strip() for each in programme.split(",") if each.strip()]
    chosen = dict.fromkeys(row for name in names or [""] for row in told.chosen(name))
    return [
        Case(
            told.programmes[row],
            told.labels[row],
            Where(programme=row),
            frozenset(
                name
                for name, each in told.sources.items()
                if each.programme == told.programmes[row]
            ),
        )
        for row in chosen
        if not country or countries[row] == country
    ]


def site_cases(
    connection: Connection, told: Told, *, programme: str = "", country: str = ""
) -> list[Case]:
    """Return the sites of these programmes, those of one programme side by side."""
    site = ROWS["site"]
    rows = connection.execute(select(site).order_by(site.c.key)).all()
    return [
        Case(
            row.key,
            row.label or row.key,
            Where(programme=home.where.programme, site=row.id),
            frozenset(name for name in home.sources if told.sources[name].site == row.key),
        )
        for home in programme_cases(connection, told, programme=programme, country=country)
        for row in rows
        if row.programme == home.where.programme
    ]


def said_empty(cases: Collection[Case], nothing: str = "", *, sites: bool = False) -> list[str]:
    """Return what has to be known of a table in which nothing stands; empty for one with rows.

    Parameters
    ----------
    cases : collection of Case
    nothing : str
        What to say where there are cases; empty where something stands in the table.
    sites : bool
        Whether the cases are sites.

    Examples
    --------
    >>> said_empty([])
    ['The study has no programme yet.']
    """
    if not cases:
        what = "No programme of the study has a site" if sites else "The study has no programme"
        return [f"{what} yet."]
    return [nothing] if nothing else []


def worked_through(coded: Coded, cases: Iterable[Case]) -> set[str]:
    """Return the cases (keys) of which it is known how much was coded.

    A source that was worked through before there was the codebook says nothing of it: something
    of the programme has to be coded with it.
    """
    some = list(cases)
    spoken = {each.source for each in coded.spans}
    used = {case.where.programme for case in some if spoken & case.sources}
    return {
        case.key for case in some if case.where.programme in used and case.sources & coded.worked
    }
