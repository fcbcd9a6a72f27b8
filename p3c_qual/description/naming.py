"""What something of a report is about: a programme, a site, a country, or the study as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.description.model import Where
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["call_where", "find_where", "name_where", "names_of", "where_row"]


def find_where(
    connection: Connection,
    problems: list[Problem],
    *,
    programme: str = "",
    site: str = "",
    country: str = "",
    at: str = "",
) -> Where:
    """Return what is named, by keys or row ids; what there is not is noted.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    problems : list of Problem
        Takes what is wrong with the names.
    programme, site : str
        Keys or row ids. A site is named together with its programme, as ``PROGRAMME/SITE``, or
        alone where one programme has it.
    country : str
        As the programmes name it.
    at : str
        What the problems say of their place.
    """
    if country and (programme or site):
        what = "it is about a programme or about a country, not about both"
        problems.append(Problem(what, at, do="Leave one of the two out."))
        return Where()
    if country:
        return Where(country=_country(connection, country, problems, at))
    if site:
        return _site(connection, programme, site, problems, at)
    if programme:
        return Where(_programme(connection, programme, problems, at))
    return Where()


def name_where(
    connection: Connection, *, programme: str = "", site: str = "", country: str = ""
) -> Where:
    """Return what is named, as `find_where` does.

    Raises
    ------
    P3CError
        If there is no such programme, site or country.
    """
    problems: list[Problem] = []
    found = find_where(connection, problems, programme=programme, site=site, country=country)
    if problems:
        raise P3CError(problems)
    return found


def names_of(where: Where) -> tuple[str, str, str]:
    """Return what the id of a row about it is made of."""
    return where.programme or "", where.site or "", where.country or ""


def where_row(where: Where) -> dict[str, str | None]:
    """Return the columns of a row about it."""
    return {"programme": where.programme, "site": where.site, "country": where.country}


def call_where(connection: Connection, where: Where) -> str:
    """Return how people call it: a key, ``PROGRAMME/SITE``, a country, or empty for the study."""
    if where.country:
        return where.country
    programme, site = ROWS["programme"], ROWS["site"]
    key = connection.scalar(select(programme.c.key).where(programme.c.id == where.programme)) or ""
    if where.site:
        inside = connection.scalar(select(site.c.key).where(site.c.id == where.site)) or ""
        return f"{key}/{inside}"
    return key


def _programme(connection: Connection, name: str, problems: list[Problem], at: str) -> str | None:
    rows = ROWS["programme"]
    by_name = {row.key: row.id for row in connection.execute(select(rows.c.key, rows.c.id))}
    if name in by_name:
        return str(by_name[name])
    if name in by_name.values():
        return name
    valid = tuple(sorted(by_name))
    do = "" if valid else "Take sources of it in first."
    what = f"there is no programme {name[:60]!r}"
    problems.append(Problem(what, at, valid, nearest(name, valid), do, code="gone"))
    return None


def _site(
    connection: Connection, programme: str, site: str, problems: list[Problem], at: str
) -> Where:
    rows, above = ROWS["site"], ROWS["programme"]
    wanted = select(rows.c.id, rows.c.key, rows.c.programme, above.c.key.label("above"))
    stored: list[Any] = list(
        connection.execute(wanted.join(above, above.c.id == rows.c.programme)).all()
    )
    home, slash, inside = site.rpartition("/")
    named = programme or home
    found = [
        row
        for row in stored
        if (row.id == site or row.key == (inside if slash else site))
        and (not named or named in {row.above, row.programme})
    ]
    if len(found) == 1:
        return Where(found[0].programme, found[0].id)
    if found:
        valid = tuple(sorted(f"{row.above}/{row.key}" for row in found))
        do = "Name the programme too."
        problems.append(Problem(f"several programmes have a site {site!r}", at, valid, do=do))
        return Where()
    known = tuple(sorted(f"{row.above}/{row.key}" for row in stored))
    close = nearest(f"{named}/{inside or site}" if named else site, known)
    do = "" if known else "The study has no sites yet."
    what = f"there is no site {site[:60]!r}" + (f" of {named!r}" if named else "")
    problems.append(Problem(what, at, known, close, do, code="gone"))
    return Where()


def _country(connection: Connection, name: str, problems: list[Problem], at: str) -> str | None:
    rows = ROWS["programme"].c.country
    valid = tuple(sorted({each for each in connection.scalars(select(rows)) if each}))
    same = next((each for each in valid if each.casefold() == name.strip().casefold()), None)
    if same is None:
        do = "" if valid else "Say it of a programme first: p3c set programme KEY country=NAME."  # fmt: skip
        what = f"no programme is in {name[:60]!r}"
        problems.append(Problem(what, at, valid, nearest(name, valid), do, code="gone"))
    return same
