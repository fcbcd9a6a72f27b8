"""What an author's text names, found in the study: quotations, references, facts, documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from p3c_qual.description.printed import printed
from p3c_qual.report.blocks import Origin, Paragraph, Quote, Run
from p3c_qual.report.frames import frame_block, telling
from p3c_qual.report.markdown import Mention
from p3c_qual.report.numbered import awaited, place_of
from p3c_qual.report.passages import other_side
from p3c_qual.report.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.analysis.kinds import Kind
    from p3c_qual.description.model import Citation
    from p3c_qual.description.model import Quote as Chosen
    from p3c_qual.description.read import Description
    from p3c_qual.description.tokens import Token
    from p3c_qual.description.voices import Voices
    from p3c_qual.errors import Problem
    from p3c_qual.report.blocks import Block
    from p3c_qual.report.evidence import Evidence

__all__ = ["CONFIGURATIONS", "FACTS", "Named"]

#: what makes the tables that numbers and configurations are from
FACTS, CONFIGURATIONS = "table_facts(programme={!r})", "table_cmos(programme={!r})"
WITHHELD = "[not quoted: its speaker did not consent]"
_EDITED = "its source was edited since"


@dataclass
class Named:
    """Finds what texts on a programme name.

    Attributes
    ----------
    evidence : Evidence
    description : Description
    voices : Voices
        Who speaks in the sources of all quotes.
    sources : mapping of str to str
        Keys of sources by row id.
    language : str
        Of the report.
    numbers : dict of str to int
        Of documents in the list of references; one of elsewhere takes the next when it is named.
    used : dict of str to int
        How often each quote was printed, by key, in the order in which it came first.
    words : dict of (str, int, int) to str
        What is printed of the spans of quotes.
    faults : list of Problem
        Why tables that are set in could not be made.
    tables : int
        How many were.
    """

    evidence: Evidence
    description: Description
    voices: Voices
    sources: Mapping[str, str]
    language: str
    numbers: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    words: dict[tuple[str, int, int], str] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)
    tables: int = 0

    def __post_init__(self) -> None:
        self.numbers |= self.evidence.documents

    @cached_property
    def chosen(self) -> dict[str, Chosen]:
        """The quotes of the study by key."""
        return self.description.by_key

    @cached_property
    def configurations(self) -> dict[str, str]:
        """What configurations are called, by key."""
        from sqlalchemy import select

        from p3c_qual.store.schema import ROWS

        rows = ROWS["configuration"]
        with self.evidence.study.store.read() as connection:
            found = connection.execute(select(rows.c.key, rows.c.label))
            return {row.key: row.label or row.key for row in found}

    def quote(self, token: Token) -> Quote | None:
        """Return a quotation as it is printed, None where it is not there or may not be."""
        chosen = self.chosen.get(token.name)
        return self.printed(chosen) if chosen else None

    def printed(self, chosen: Chosen) -> Quote | None:
        """Return a quote as it is printed; None of somebody who refused it, or without a source."""
        if self.refused(chosen) or chosen.source not in self.sources or not chosen.quote:
            return None
        self.used[chosen.key] = self.used.get(chosen.key, 0) + 1
        words = printed(chosen.quote, chosen.start, chosen.edits)
        key = self.sources[chosen.source]
        language = self.evidence.source(key)["language"]
        made = Quote(
            text=words,
            reference=self.reference(chosen),
            origin=self.origin(chosen),
            language=language,
            chosen_as=chosen.chosen_as,
            why=chosen.why,
            key=chosen.key,
        )
        return self._both(chosen, made)

    def _both(self, chosen: Chosen, made: Quote) -> Quote:
        """Add the other language of a quote: its own translation, else the translated source."""
        from dataclasses import replace

        if chosen.translation:
            return replace(
                made,
                text=chosen.translation,
                language=self.language,
                original=made.text,
                original_language=made.language,
                original_origin=made.origin,
            )
        source = self.evidence.source(made.origin.source)
        foreign = bool(source["language"]) and source["language"] != self.language
        if made.origin.start is None or not (source["translation_of"] or foreign):
            return made
        segment = Segment(made.origin.source, chosen.start, chosen.end, chosen.quote, "", (), ())
        other = other_side(self.evidence, segment, self.language)
        if other is None:
            return made
        where = Origin(
            "span",
            source=other.source,
            text_id=self.evidence.source(other.source)["sha256"],
            start=other.start,
            end=other.end,
        )
        language = self.evidence.source(other.source)["language"]
        if source["translation_of"]:
            return replace(
                made, original=other.text, original_language=language, original_origin=where
            )
        if chosen.edits:
            # what was omitted or masked in the one language would stand in the other
            return made
        return replace(
            made,
            text=other.text,
            language=language,
            origin=where,
            original=made.text,
            original_language=made.language,
            original_origin=made.origin,
        )

    def refused(self, chosen: Chosen) -> bool:
        """Say whether somebody who speaks in a quote did not consent, or took it back."""
        return bool(self.voices.refused(chosen.source, chosen.start, chosen.end))

    def origin(self, chosen: Chosen) -> Origin:
        """Return the span of a quote; without a place where its words are there no more."""
        made = self._span(chosen.source, chosen.start, chosen.end, chosen.quote)
        if made.start is not None:
            spot = (made.source, chosen.start, chosen.end)
            self.words[spot] = printed(chosen.quote, chosen.start, chosen.edits)
        return made

    def _span(self, source: str, start: int, end: int, quote: str) -> Origin:
        key = self.sources[source]
        if not quote or self.evidence.text(key)[start:end] != quote:
            return Origin("span", source=key, note=_EDITED)
        return Origin("span", key, self.evidence.source(key)["sha256"], start, end)

    def reference(self, chosen: Chosen) -> str:
        """Return what stands after a quotation."""
        mention = self._mention(chosen)
        return f"({mention.text})" if mention.kind == "person" else f"[{mention.text}]"

    def mention(self, token: Token) -> Mention:
        """Return what is printed in a line for something that is named."""
        if token.kind == "quote":
            chosen = self.chosen.get(token.name)
            if chosen is None:
                return Mention(f"[{token.label or token.name}: not in the study]")
            if self.refused(chosen):
                return Mention(WITHHELD)
            if chosen.source not in self.sources:
                return Mention(f"[{token.label or token.name}: its source was removed]")
            return self._mention(chosen)
        if token.kind == "source":
            return self._source(token)
        if token.kind == "fact":
            return self._fact(token)
        programme = self.evidence.programme["programme"]
        if token.kind == "cmo":
            made = CONFIGURATIONS.format(programme)
            said = token.label or self.configurations.get(token.name, token.name)
            return Mention(said, Origin("table", made, note=token.name))
        return Mention(token.label or token.name, awaited(token.kind, token.name))

    def cited(self, citation: Citation) -> Mention:
        """Return how a place that something rests on is referred to."""
        key = self.sources.get(citation.source, "")
        if not key:
            return Mention("a source that was removed")
        page, origin = "", Origin("study", source=key)
        if citation.start is not None and citation.end is not None:
            origin = self._span(citation.source, citation.start, citation.end, citation.quote)
            page = self.evidence.page(key, citation.start)
            if self.voices.refused(citation.source, citation.start, citation.end):
                origin = Origin("study", source=key)
        if number := self._number(key):
            return Mention(f"{number}, p. {page}" if page else str(number), origin, "document")
        who = self.voices.who(citation.source, citation.start or 0, citation.end or 0)
        people = ", ".join(each.key for each in who)
        return Mention(people or self.evidence.source(key)["interviewee"] or key, origin, "person")

    def block(self, token: Token) -> Block | None:
        """Return the table or the figure that is set in, None where there is none."""
        if token.kind == "figure":
            return place_of(token.name)
        return self._table(token.name) if token.kind == "table" else None

    def _table(self, name: str) -> Block:
        """Return a table of the library by its kind; of a research question behind a stroke."""
        from p3c_qual.analysis.asked_table import make_table
        from p3c_qual.analysis.kinds import KINDS
        from p3c_qual.errors import P3CError

        kind, _, of = name.partition("/")
        options = {KINDS[kind].of.split()[0]: of} if of and kind in KINDS else {}
        if kind in KINDS and _asks_for_programme(KINDS[kind]):
            options["programme"] = self.evidence.programme["programme"]
        try:
            frame = make_table(self.evidence.study, kind, **options)
        except P3CError as error:
            self.faults += error.problems
            return Paragraph((Run(f"The table “{name}” cannot be made: {error}"),), "marker")
        self.tables += 1
        said = "".join(f", {option}={value!r}" for option, value in options.items())
        return frame_block(
            frame,
            key=f"table_{name.replace('-', '_').replace('/', '_')}_{self.tables}",
            source=f"make_table({kind!r}{said})",
            columns=telling(frame, options.get("programme", "")),
        )

    def _mention(self, chosen: Chosen) -> Mention:
        origin = self.origin(chosen)
        key = origin.source
        if number := self._number(key):
            page = self.evidence.page(key, chosen.start)
            text = f"{number}, p. {page}" if page else str(number)
            return Mention(text, origin, "document")
        who = self.voices.who(chosen.source, chosen.start, chosen.end)
        return Mention(", ".join(each.key for each in who) or key, origin, "person")

    def _number(self, key: str) -> int:
        """Return the number of a document, 0 of an interview."""
        source = self.evidence.source(key)
        if source["interviewee"]:
            return 0
        key = source["translation_of"] or key
        return self.numbers.setdefault(key, max(self.numbers.values(), default=0) + 1)

    def _source(self, token: Token) -> Mention:
        if token.name not in self.evidence.everywhere:
            return Mention(f"[{token.label or token.name}: not in the study]")
        origin = Origin("study", source=token.name)
        if number := self._number(token.name):
            return Mention(str(number), origin, "document")
        who = self.evidence.source(token.name)["interviewee"].replace(";", ", ")
        return Mention(who or token.name, origin, "person")

    def _fact(self, token: Token) -> Mention:
        facts = self.description.facts.values()
        fact = next((each for each in facts if each.id.startswith(token.name)), None)
        if fact is None:
            return Mention(f"[{token.label or token.name}: not in the study]")
        said = token.label or " ".join(filter(None, (fact.value, fact.unit)))
        made = FACTS.format(self.evidence.programme["programme"])
        return Mention(said, Origin("table", made, note=f"{fact.name}: {fact.value} {fact.unit}"))


def _asks_for_programme(kind: Kind) -> bool:
    """Say whether a table can be made of one programme."""
    import importlib
    import inspect

    make = getattr(importlib.import_module(f"p3c_qual.{kind.home}"), kind.function)
    return "programme" in inspect.signature(make).parameters
