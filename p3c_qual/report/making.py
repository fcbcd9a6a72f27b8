"""What a report is made of, gathered once: material, texts, and what was printed so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from p3c_qual.report.gather import read_evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from p3c_qual.description.model import SectionText, Where
    from p3c_qual.description.order import Entry
    from p3c_qual.description.read import Description
    from p3c_qual.realist.model import Configuration
    from p3c_qual.report.evidence import Evidence
    from p3c_qual.report.named import Named
    from p3c_qual.report.sites import Site
    from p3c_qual.study import Study

__all__ = ["Making", "Rules", "gather_making"]


@dataclass(frozen=True)
class Rules:
    """How a report is printed.

    Attributes
    ----------
    language : str
        Of the report.
    max_words : int
        A longer quote that the program chooses is cut.
    limit : int
        Quotes that it chooses for a chapter at most.
    cmo, instruments : bool
        Whether configurations and measures are printed.
    """

    language: str
    max_words: int
    limit: int
    cmo: bool = True
    instruments: bool = True


@dataclass
class Making:
    """What a report on one programme is made of.

    Attributes
    ----------
    evidence : Evidence
        Of the codebook whose codes make the chapters.
    description : Description
    names : Named
    where : Where
        The programme.
    rules : Rules
    coder, round : str or None
        Whose codings are taken in place of the reading set.
    entries : tuple of Entry
        The sections as the author arranged them.
    sites : tuple of Site
        Of the programme, where something is written on one.
    quoted : list of (str, int, int)
        Source, start and end of what was quoted so far, in the order of the report.
    """

    evidence: Evidence
    description: Description
    names: Named
    where: Where
    rules: Rules
    coder: str | None = None
    round: str | None = None
    entries: tuple[Entry, ...] = ()
    sites: tuple[Site, ...] = ()
    quoted: list[tuple[str, int, int]] = field(default_factory=list)
    _others: dict[str, Evidence | None] = field(default_factory=dict)

    @property
    def study(self) -> Study:
        """The study."""
        return self.evidence.study

    @property
    def programme(self) -> str:
        """Key of the programme."""
        return self.evidence.programme["programme"]

    @cached_property
    def set_in(self) -> Mapping[str, list[tuple[int, int]]]:
        """The spans that the author's sections set in, by source; nothing prints them again."""
        from p3c_qual.description.tokens import read_tokens

        printed = [each for each in self.entries if each.printed or each.merged_into]
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for each in printed:
            for token in read_tokens(each.text):
                quote = self.description.by_key.get(token.name) if token.kind == "quote" else None
                if token.set_in and quote is not None and quote.source in self.names.sources:
                    found[self.names.sources[quote.source]].append((quote.start, quote.end))
        return found

    @property
    def keys(self) -> set[str]:
        """The keys of the author's outline."""
        return {each.key for each in self.entries}

    @cached_property
    def texts(self) -> Mapping[str, SectionText]:
        """What the author wrote or arranged, by key of the section."""
        return self.description.sections_of(self.where)

    @cached_property
    def types(self) -> pd.DataFrame | None:
        """Who spoke of each code by stakeholder type."""
        from p3c_qual.report.context import by_type

        return by_type(self.evidence)

    def of(self, codebook: str) -> Evidence | None:
        """Return the evidence in the codes of a codebook, None where the study has no such."""
        if codebook == self.evidence.key:
            return self.evidence
        if codebook not in self._others:
            books = set(self.study.codebooks()["codebook"])
            self._others[codebook] = (
                read_evidence(
                    self.study,
                    self.programme,
                    codebook=codebook,
                    coder=self.coder,
                    round=self.round,
                    like=self.evidence,
                )
                if codebook in books
                else None
            )
        return self._others[codebook]

    def configurations(self, code: str) -> list[Configuration]:
        """Return the configurations of the programme with an element of a code or below it."""
        here = set(self.evidence.below(code))
        held, codes = self._realist
        return [
            each
            for each in held
            if any(codes.get(part.code or "") in here for part in each.elements)
        ]

    @cached_property
    def _realist(self) -> tuple[list[Configuration], dict[str, str]]:
        """The configurations of the programme, and keys of the codebook's codes by row id."""
        from sqlalchemy import select

        from p3c_qual.realist.outputs.held import read_held
        from p3c_qual.store.schema import ROWS

        code, book = ROWS["code"], ROWS["codebook"]
        wanted = select(code.c.id, code.c.key).join(book, book.c.id == code.c.codebook)
        with self.study.store.read() as connection:
            chosen = read_held(self.study, connection).pick(programme=self.programme)
            rows = connection.execute(wanted.where(book.c.key == self.evidence.key))
            return chosen, {row.id: row.key for row in rows}


def gather_making(
    evidence: Evidence, rules: Rules, *, coder: str | None = None, round: str | None = None
) -> Making:
    """Gather what a report is made of, around the evidence of its codebook.

    Parameters
    ----------
    evidence : Evidence
    rules : Rules
    coder, round : str or None
        As the evidence was read with.
    """
    from p3c_qual.coding.names import ids_by_key
    from p3c_qual.description.naming import name_where
    from p3c_qual.description.outline import outline_of
    from p3c_qual.description.read import read_description
    from p3c_qual.description.voices import Voices
    from p3c_qual.report.named import Named
    from p3c_qual.report.sites import read_sites, with_sites

    study = evidence.study
    with study.store.read() as connection:
        description = read_description(connection)
        where = name_where(connection, programme=evidence.programme["programme"])
        sources = {row: key for key, row in ids_by_key(connection, "source").items()}
        named = {each.source for each in description.quotes.values()}
        named |= {each.source for some in description.citations.values() for each in some}
        voices = Voices(study, connection, named)
        entries = outline_of(connection, where, description=description, codebook=evidence.key)
        sites = read_sites(connection, where.programme, description)
    entries = with_sites(entries, sites)
    names = Named(evidence, description, voices, sources, rules.language)
    return Making(evidence, description, names, where, rules, coder, round, entries, sites)
