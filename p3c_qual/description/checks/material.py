"""What the checks look at, read at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.description.checks.coded import count_moved, count_owed
from p3c_qual.description.order import arrange, number_entries
from p3c_qual.description.places import known_sections, places_of, read_chapters
from p3c_qual.description.printed import printed
from p3c_qual.description.read import Description, read_description
from p3c_qual.description.tokens import read_tokens
from p3c_qual.description.voices import Voices
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import Person
    from p3c_qual.description.model import Quote, SectionText, Where
    from p3c_qual.description.order import Entry
    from p3c_qual.description.places import Chapters
    from p3c_qual.description.tokens import Token
    from p3c_qual.opened import Opened

__all__ = ["Material", "Use", "read_material"]


@dataclass(frozen=True, slots=True)
class Use:
    """A place in a section that names something."""

    section: SectionText
    token: Token


@dataclass(frozen=True)
class Material:
    """What is written on a programme, or in the whole study, and what it rests on.

    Attributes
    ----------
    description : Description
        Of the whole study.
    voices : Voices
    programmes : dict of str to str
        Key by row id.
    chosen : str
        Row id of the programme; empty for all.
    bodies : dict of str to str
        The words of the texts (row ids) from which quotes were chosen.
    configurations, searched : frozenset of str
        Keys of the configurations that stand, and of those of which negative cases were searched.
    chapters : dict
        As `p3c_qual.description.places.read_chapters` gives them.
    moved : dict of str to int
        Codings whose words are not in the present text of their source (row id).
    owed : dict of str to Counter of str
        Codings whose code was changed since, by codebook and source (keys).
    code_pattern : str
        How interviewees' codes are written, as the study's settings say.
    labels : dict of str to str
        What people call programmes and configurations, by key.
    """

    description: Description
    voices: Voices
    programmes: dict[str, str]
    chosen: str
    bodies: dict[str, str]
    configurations: frozenset[str]
    searched: frozenset[str]
    chapters: Chapters
    moved: dict[str, int] = field(default_factory=dict)
    owed: dict[str, Counter[str]] = field(default_factory=dict)
    code_pattern: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    _printed: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def sections(self) -> list[SectionText]:
        """The sections that are printed, in their order: not those left out."""
        found = []
        for where, entries in self.outlines.items():
            texts = self.description.sections_of(where)
            left = {each.key for each in entries if each.left_out}
            found += [
                texts[each.key]
                for each in entries
                if each.key in texts and (each.merged_into or each.key) not in left
            ]
        return found

    @cached_property
    def outlines(self) -> dict[Where, list[Entry]]:
        """The sections of each report in which something is written, numbered within it."""
        held = self.description.sections.values()
        wheres = dict.fromkeys(each.where for each in held if self.about(each.where))
        found = {}
        for where in sorted(wheres, key=lambda each: (self.key(each), each.site or "")):
            texts = self.description.sections_of(where)
            places = {each.key: each for each in places_of(self.chapters, where)}
            others = known_sections(self.chapters, where) if texts.keys() - places.keys() else {}
            places |= {key: others[key] for key in texts if key in others and key not in places}
            found[where] = number_entries(arrange(places, texts), "")
        return found

    @cached_property
    def titles(self) -> dict[tuple[str, str], str]:
        """What people call sections, by programme and section (keys)."""
        return {
            (self.key(where), each.key): each.title
            for where, entries in self.outlines.items()
            for each in entries
        }

    def title(self, section: SectionText) -> str:
        """Return what people call a section."""
        return self.titles.get((self.key(section.where), section.section), section.section)

    def called(self, key: str) -> str:
        """Return what people call a programme; a configuration with its key, to find it by."""
        label = self.labels.get(key) or key
        return f"“{label}” ({key})" if key in self.configurations and label != key else label

    def about(self, where: Where) -> bool:
        """Say whether something is about what is looked at."""
        return not self.chosen or where.programme == self.chosen

    def key(self, where: Where) -> str:
        """Return the key of the programme that something is about, or an empty text."""
        return self.programmes.get(where.programme or "", "")

    @cached_property
    def uses(self) -> list[Use]:
        """What the sections name, in their order."""
        return [Use(each, token) for each in self.sections for token in read_tokens(each.text)]

    @cached_property
    def used(self) -> dict[str, list[Use]]:
        """Where each quote (key) is named."""
        found: dict[str, list[Use]] = defaultdict(list)
        for use in self.uses:
            if use.token.kind == "quote" and not use.token.fault:
                found[use.token.name].append(use)
        return dict(found)

    @cached_property
    def quotes(self) -> list[Quote]:
        """The quotes of the programme, and those of others that its sections name."""
        return [
            each
            for each in self.description.quotes.values()
            if not self.chosen or self.programme_of(each) == self.of or each.key in self.used
        ]

    @property
    def of(self) -> str:
        """Key of the programme that is looked at; empty for all."""
        return self.programmes.get(self.chosen, "")

    def programme_of(self, quote: Quote) -> str:
        """Return the key of the programme that a quote is from."""
        source = self.voices.sources.get(quote.source)
        return source.programme if source else ""

    def printed(self, quote: Quote) -> str:
        """Return a quote as it is printed."""
        if quote.id not in self._printed:
            self._printed[quote.id] = printed(quote.quote, quote.start, quote.edits)
        return self._printed[quote.id]

    def people(self, quote: Quote) -> tuple[Person, ...]:
        """Return who speaks in a quote; of a group in which that is not known, nobody."""
        return self.voices.who(quote.source, quote.start, quote.end)

    def reports(self) -> Iterator[tuple[str, list[tuple[Quote, Use]]]]:
        """Yield for each programme (key) the quotes that its sections set in, in their order."""
        by_key = self.description.by_key
        found: dict[str, list[tuple[Quote, Use]]] = defaultdict(list)
        for use in self.uses:
            quote = by_key.get(use.token.name) if use.token.kind == "quote" else None
            if quote is not None and use.token.set_in:
                found[self.key(use.section.where)].append((quote, use))
        yield from sorted(found.items())


def read_material(study: Opened, connection: Connection, programme: str = "") -> Material:
    """Read what the checks look at.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
    programme : str
        Key or row id; empty for all.

    Raises
    ------
    P3CError
        If there is no such programme.
    """
    from p3c_qual.realist.read import read_realist
    from p3c_qual.realist.writing import found

    rows = ROWS["programme"]
    chosen = found(connection, "programme", programme)["id"] if programme else ""
    description, realist = read_description(connection), read_realist(connection)
    stored = connection.execute(select(rows.c.id, rows.c.key, rows.c.label)).all()
    sources = {each.source for each in description.quotes.values()}
    sources |= {each.source for some in description.citations.values() for each in some}
    searched = {each.configuration for each in realist.searches}
    return Material(
        description=description,
        voices=Voices(study, connection, sources),
        programmes={row.id: row.key for row in stored},
        chosen=chosen,
        bodies=_bodies(connection, {each.text for each in description.quotes.values()}),
        configurations=frozenset(each.key for each in realist.standing),
        searched=frozenset(each.key for each in realist.standing if each.id in searched),
        chapters=read_chapters(connection),
        moved=count_moved(connection),
        owed=count_owed(connection),
        code_pattern=study.settings.interviewee_code,
        labels={row.key: row.label or "" for row in stored}
        | {each.key: each.label for each in realist.standing},
    )


def _bodies(connection: Connection, texts: set[str]) -> dict[str, str]:
    text = ROWS["text"]
    hashes: dict[str, Any] = {}
    for run in payloads.chunks(sorted(texts), 500):
        wanted = select(text.c.id, text.c.hash).where(text.c.id.in_(run))
        hashes |= dict(connection.execute(wanted).all())
    bodies = payloads.get_many(connection, [name for name in hashes.values() if name])
    held = {name: bodies.get(hashed or "") for name, hashed in hashes.items()}
    return {name: body for name, body in held.items() if isinstance(body, str)}
