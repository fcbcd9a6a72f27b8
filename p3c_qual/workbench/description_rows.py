"""Facts, contrasts, answers and the places they rest on, as rows that go over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.people import speakers
from p3c_qual.description.stale import stale_of
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import Person
    from p3c_qual.description.model import Answer, Citation, Contrast, Fact, Where
    from p3c_qual.description.read import Description
    from p3c_qual.study import Study

__all__ = ["Rows", "coder_keys"]


class Rows:
    """Makes rows of what authors wrote, with who wrote it and whose words it rests on.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    described : Description
    """

    def __init__(self, study: Study, connection: Connection, described: Description) -> None:
        programme, site = ROWS["programme"], ROWS["site"]
        self._connection, self._described = connection, described
        self.coders = coder_keys(connection)
        self.sources = known_sources(study, connection)
        self._speakers = speakers(study, connection)
        self._labels = {
            row.id: row.label or row.key
            for table in (programme, site)
            for row in connection.execute(select(table.c.id, table.c.key, table.c.label))
        }

    def coder(self, name: str | None) -> str:
        """Return the key of a coder (row id), empty where nobody is named."""
        return self.coders.get(name or "", "")

    def about(self, where: Where) -> str:
        """Return what something is about as people call it; empty: the study as a whole."""
        named = where.site or where.programme
        return self._labels.get(named, "") if named else where.country or ""

    def prepare(self, sources: Iterable[str]) -> None:
        """Read who speaks where in sources (row ids), all at once."""
        self._speakers.prepare(self._connection, self.sources.keys() & set(sources))

    def speaker(self, source: str, start: int | None) -> Person | None:
        """Return whose words stand at a place of a prepared source (row id)."""
        known = start is not None and source in self.sources
        return self._speakers.of(source, start or 0) if known else None

    def citations(self, target: str) -> list[wire_forms.CitationRow]:
        """Return the places that something (row id) rests on."""
        return [self._citation(each) for each in self._described.citations.get(target, ())]

    def _citation(self, one: Citation) -> wire_forms.CitationRow:
        source = self.sources.get(one.source)
        person = self.speaker(one.source, one.start)
        return wire_forms.CitationRow(
            one.id,
            one.side,
            one.source,
            source.key if source else "",
            one.start,
            one.end,
            one.quote,
            person.key if person else "",
            stale=bool(stale_of(self.sources, one)),
        )

    def answer(self, one: Answer) -> wire_forms.AnswerRow:
        """Return an item of a form as it was filled in."""
        return wire_forms.AnswerRow(
            one.id, one.item, one.value, one.status, self.coder(one.coder), self.citations(one.id)
        )

    def fact(self, one: Fact) -> wire_forms.FactRow:
        """Return a fact with who states it."""
        return wire_forms.FactRow(
            one.id,
            self.about(one.where),
            one.name,
            one.value,
            one.unit,
            one.date,
            one.remark,
            one.chosen,
            one.decision,
            one.before or "",
            one.after or "",
            self.coder(one.coder),
            self.citations(one.id),
        )

    def contrast(self, one: Contrast) -> wire_forms.ContrastRow:
        """Return a plan beside its practice."""
        return wire_forms.ContrastRow(
            one.id,
            self.about(one.where),
            one.label,
            one.component,
            one.claim,
            one.practice,
            one.verdict,
            one.remark,
            self.coder(one.coder),
            self.citations(one.id),
        )

    def cited(self, targets: Iterable[str]) -> list[str]:
        """Return the sources (row ids) that some things rest on."""
        found = self._described.citations
        return [each.source for target in targets for each in found.get(target, ())]


def coder_keys(connection: Connection) -> dict[str, str]:
    """Return the keys of all coders by row id."""
    coder = ROWS["coder"]
    return dict(connection.execute(select(coder.c.id, coder.c.key)).all())
