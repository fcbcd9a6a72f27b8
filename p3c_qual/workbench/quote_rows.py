"""Quotes as rows that go over the wire: as they are printed, whose they are, where they are used."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.analysis.known import known_sources
from p3c_qual.analysis.segments import known_codes
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.description.naming import call_where
from p3c_qual.description.printed import pieces
from p3c_qual.description.stale import stale_of
from p3c_qual.description.tokens import read_tokens
from p3c_qual.description.voices import Voices
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_description as wire
from p3c_qual.workbench.rows import found_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource, Person
    from p3c_qual.description.model import Quote, SectionText, Where
    from p3c_qual.description.read import Description
    from p3c_qual.study import Study

__all__ = ["names_in", "quote_rows"]


def quote_rows(
    study: Study,
    connection: Connection,
    described: Description,
    quotes: Sequence[Quote],
    *,
    coders: Mapping[str, str],
    faults: Mapping[str, Sequence[wire.LintRow]],
) -> list[wire.QuoteRow]:
    """Return quotes as they are printed.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    described : Description
    quotes : sequence of Quote
    coders : mapping of str to str
        Keys by row id.
    faults : mapping of str to sequence of LintRow
        What the checks found, by the key of a quote.
    """
    sources = known_sources(study, connection)
    voices = Voices(study, connection, {each.source for each in quotes})
    used, codes = _used(connection, described), _codes(study, connection, quotes)
    references = _References(connection, sources, quotes)
    made = []
    for one in quotes:
        source = sources.get(one.source)
        place = (one.source, one.start, one.end)
        people = voices.who(*place)
        found = pieces(one.quote, one.start, one.edits)
        made.append(
            wire.QuoteRow(
                id=one.id,
                key=one.key,
                source=one.source,
                source_key=source.key if source else "",
                programme=source.programme if source else "",
                start=one.start,
                end=one.end,
                quote=one.quote,
                edits=[
                    wire.EditRow(each.kind, each.start, each.end, each.text) for each in one.edits
                ],
                pieces=[
                    wire.PieceRow(each.kind, each.text, each.start, each.end) for each in found
                ],
                printed="".join(each.text for each in found),
                reference=references.of(one, people),
                chosen_as=one.chosen_as,
                why=one.why,
                translation=one.translation,
                translator=one.translator,
                translated=one.translated,
                back_check=one.back_check,
                who=", ".join(each.key for each in people),
                types=list(dict.fromkeys(kind for each in people for kind in each.types)),
                language=source.said["language"] if source else "",
                free=not voices.refused(*place),
                stale=stale_of(sources, one),
                used_in=used.get(one.key, []),
                codes=codes[one.id],
                faults=list(faults.get(one.key, ())),
                coder=coders.get(one.coder or "", ""),
            )
        )
    return made


class _References:
    """What is printed after quotes: who speaks, or a document's number and page."""

    def __init__(
        self,
        connection: Connection,
        sources: Mapping[str, KnownSource],
        quotes: Sequence[Quote],
    ) -> None:
        self._sources = sources
        #: as `p3c_qual.report.evidence` numbers them
        self._numbers: dict[str, int] = {}
        counts: Counter[str] = Counter()
        for each in sources.values():
            if not each.people and not each.translation_of:
                counts[each.programme] += 1
                self._numbers[each.id] = counts[each.programme]
        documents = {each.source for each in quotes} & self._numbers.keys()
        parts = {name: sources[name].parts for name in documents}
        packed = payloads.get_many(connection, [each for each in parts.values() if each])
        bodies = {name: packed.get(part or "") for name, part in parts.items()}
        self._pages = {
            name: unpack_parts(body).get("page")
            for name, body in bodies.items()
            if isinstance(body, bytes)
        }

    def of(self, quote: Quote, people: Sequence[Person]) -> str:
        """Return what stands after a quote."""
        if quote.source not in self._numbers:
            source = self._sources.get(quote.source)
            said = ", ".join(each.key for each in people) or (source.key if source else "")
            return f"({said})" if said else ""
        number, pages = self._numbers[quote.source], self._pages.get(quote.source)
        at = bisect_right(pages.start, quote.start) - 1 if pages else -1
        page = pages.label[at] if pages and pages.label and at >= 0 else ""
        return f"[{number}, p. {page}]" if page else f"[{number}]"


def _used(connection: Connection, described: Description) -> dict[str, list[str]]:
    """Return by the key of a quote the sections that name it, each behind what it is about."""
    called: dict[Where, str] = {}
    found: dict[str, list[str]] = defaultdict(list)
    for section in described.sections.values():
        for key in dict.fromkeys(names_in(section)):
            if section.where not in called:
                called[section.where] = call_where(connection, section.where)
            found[key].append(f"{called[section.where]} {section.section}".strip())
    return found


def names_in(section: SectionText) -> Iterable[str]:
    """Return the keys of the quotes that a section names."""
    return (each.name for each in read_tokens(section.text) if each.kind == "quote")


def _codes(study: Study, connection: Connection, quotes: Sequence[Quote]) -> dict[str, list[str]]:
    """Return by quote (row id) the labels of the codes given to its words, or a part of them."""
    coding, codes = ROWS["coding"], known_codes(study, connection)
    wanted = select(coding.c.source, coding.c.start, coding.c.end, coding.c.code)
    by_source: dict[str, list[Quote]] = defaultdict(list)
    for each in quotes:
        by_source[each.source].append(each)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for some in found_in(coding.c.source, by_source):
        for source, start, end, code in connection.execute(wanted.where(some)):
            for each in by_source[source]:
                if start < each.end and each.start < end:
                    found[each.id][codes.label(code)] = None
    return {each.id: sorted(found[each.id]) for each in quotes}
