"""What the tables of a description are made of: what was written, and the names of what it points to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.known import known_sources
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.description.model import Citation, Where
    from p3c_qual.opened import Opened

__all__ = ["STUDY", "Told", "read_told"]

#: what something is about that is about no programme, site or country
STUDY = "the study"


class Told:
    """A description as it is read, with the names of what its rows point to.

    Attributes
    ----------
    written : Description
    programmes, labels : dict of str to str
        Keys and labels of the programmes by row id, in the order of the keys.
    sites : dict of str to str
        Keys by row id.
    sources : dict of str to KnownSource
        By row id.
    """

    def __init__(self, study: Opened, connection: Connection) -> None:
        programme, site = ROWS["programme"], ROWS["site"]
        rows = connection.execute(select(programme).order_by(programme.c.key)).all()
        self.written = read_description(connection)
        self.programmes: dict[str, str] = {row.id: row.key for row in rows}
        self.labels: dict[str, str] = {row.id: row.label or row.key for row in rows}
        self.sites: dict[str, str] = dict(connection.execute(select(site.c.id, site.c.key)).all())
        # the study as a whole is not asked for more than its store here
        opened: Any = study
        self.sources: dict[str, KnownSource] = known_sources(opened, connection)

    def chosen(self, programme: str) -> list[str]:
        """Return the programmes (row ids) that are asked for; all where none is named.

        Raises
        ------
        P3CError
            If there is no such programme.
        """
        if not programme:
            return list(self.programmes)
        some = [row for row, key in self.programmes.items() if programme in {row, key}]
        if not some:
            valid = tuple(self.programmes.values())
            what = f"there is no programme {programme[:60]!r}"
            raise P3CError(Problem(what, "programme=", valid, nearest(programme, valid)))
        return some

    def sources_of(self, programme: str) -> set[str] | None:
        """Return the sources (row ids) of a programme; None for all where none is named."""
        if not programme:
            return None
        (row,) = self.chosen(programme)
        key = self.programmes[row]
        return {name for name, each in self.sources.items() if each.programme == key}

    def about(self, where: Where) -> str:
        """Return what something is about, as people call it."""
        if where.site:
            home = self.programmes.get(where.programme or "", "")
            return f"{home}/{self.sites.get(where.site, 'a removed site')}"
        if where.programme:
            return self.programmes.get(where.programme, "a removed programme")
        return where.country or STUDY

    def order(self, where: Where) -> tuple[str, str, str]:
        """Return what rows are ordered by: the study first, then countries, then programmes."""
        return (
            self.programmes.get(where.programme or "", ""),
            self.sites.get(where.site or "", ""),
            where.country or "",
        )

    def place(self, citation: Citation) -> str:
        """Return where something is said, as ``source:start-end``, or the source as a whole."""
        source = self.sources.get(citation.source)
        if source is None:
            return "a removed source"
        if citation.start is None:
            return source.key
        moved = " (its text has changed since)" if citation.text != source.text else ""
        return f"{source.key}:{citation.start}-{citation.end}{moved}"

    def places(self, citations: Iterable[Citation]) -> str:
        """Return several of them, with ``;`` between them."""
        return "; ".join(dict.fromkeys(map(self.place, citations)))

    def cited(self, target: str) -> str:
        """Return the places that something (row id) rests on."""
        return self.places(self.written.citations.get(target, ()))

    def kinds(self) -> dict[str, str]:
        """Return the kind of each source by row id."""
        return {name: each.said["kind"] for name, each in self.sources.items()}


def read_told(study: Opened, connection: Connection) -> Told:
    """Read it, once until somebody writes."""
    opened: Any = study
    found: Told = kept(opened, connection, "description", lambda: Told(study, connection))
    return found
