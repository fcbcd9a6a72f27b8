"""What stands on the side of the words in a joint display: themes with counts, quotes, configurations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.counting import count_codings
from p3c_qual.analysis.people import speakers
from p3c_qual.analysis.segments import known_coders
from p3c_qual.errors import Problem
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.analysis.counting import Counted
    from p3c_qual.instruments.measured import Place
    from p3c_qual.study import Study

__all__ = ["Themes"]

_STATES = {"split": "split", "merged": "merged into another", "set_aside": "set aside"}


class Themes:
    """Reads what some joint displays name, with one query a table and one count a codebook.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    joints : iterable
        Their rows.

    Attributes
    ----------
    reading_set : str
        Whose codings are counted; empty where no theme is named.
    coders : dict of str to str
        Keys by row id.
    """

    def __init__(self, study: Study, connection: Connection, joints: Iterable[Any]) -> None:
        rows = list(joints)
        books = {name.partition(":")[0] for row in rows for name in row.themes or ()}
        there = set(connection.scalars(select(ROWS["codebook"].c.key)))
        self._counted = {
            book: count_codings(study, connection, codebook=book) for book in sorted(books & there)
        }
        said = {each.set.caption for each in self._counted.values()}
        self.reading_set = " ".join(sorted(said))
        self.coders = known_coders(study, connection)
        self._quotes = _quoted(study, connection, {key for row in rows for key in row.quotes or ()})
        claim = ROWS["configuration"]
        wanted = select(claim.c.key, claim.c.label, claim.c.state)
        self._claims = {row.key: row for row in connection.execute(wanted)}

    def theme(self, name: str, place: Place) -> str:
        """Return a theme with how often it was coded at a place, and by how many it was said."""
        counted = self._counted.get(name.partition(":")[0])
        code = counted.codes.find(name) if counted else None
        if counted is None or code is None or isinstance(code, Problem):
            return f"a code that is gone ({name.partition(':')[2]})"
        segments, people = _count(counted, code.id, place)
        coded = f"{segments:,} segment{'' if segments == 1 else 's'}"
        who = f"{people:,} interviewee{'' if people == 1 else 's'}"
        return f"{code.label or code.key} ({coded}, {who})"

    def quote(self, key: str) -> str:
        """Return the code that stands behind a quote."""
        return f"({self._quotes[key]})" if key in self._quotes else "(a quote that is gone)"

    def configuration(self, key: str) -> str:
        """Return a configuration by its key, and whether it does not stand any more."""
        row = self._claims.get(key)
        if row is None:
            return f"{key} (gone)"
        return f"{key} ({_STATES.get(row.state, row.state)})" if row.state else key


def _count(counted: Counted, code: str, place: Place) -> tuple[int, int]:
    """Return coded segments of a code and those below it at a place, and whose they are."""
    rows = [counted.rows[each] for each in counted.codes.below(code) if each in counted.rows]
    here = [
        number
        for number, slot in enumerate(counted.slots)
        if place.programme in {"", slot.source.programme}
        and place.site in {"", slot.source.site}
        and place.country in {"", slot.source.country}
    ]
    if not rows or not here:
        return 0, 0
    cells = counted.segments[rows][:, here].sum(axis=0)
    people = {
        person.id
        for number, count in zip(here, cells, strict=True)
        if count and (person := counted.slots[number].person)
    }
    return int(cells.sum()), len(people)


def _quoted(study: Study, connection: Connection, keys: set[str]) -> dict[str, str]:
    """Return who is quoted, by the key of the quote; of a document its key."""
    if not keys:
        return {}
    quote, source = ROWS["quote"], ROWS["source"]
    wanted = select(quote.c.key, quote.c.source, quote.c.start, source.c.key.label("document"))
    rows = [
        row
        for row in connection.execute(wanted.join(source, source.c.id == quote.c.source))
        if row.key in keys
    ]
    who = speakers(study, connection)
    who.prepare(connection, {row.source for row in rows})
    return {
        row.key: person.key if (person := who.of(row.source, row.start)) else row.document
        for row in rows
    }
