"""The parts of a report on a programme, section by section, as its author arranged them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, cast

from p3c_qual.description.progress import progress_of
from p3c_qual.description.skeleton import SUBSTRUCTURE
from p3c_qual.report import records
from p3c_qual.report.appendices import APPENDICES, DISTINCTIVE
from p3c_qual.report.blocks import Box, Paragraph, Run
from p3c_qual.report.chapters import extent, marker, material, not_printed, written
from p3c_qual.report.context import evidence_box, spread
from p3c_qual.report.formal import form_listing
from p3c_qual.report.leads import origins_of
from p3c_qual.report.model import Section
from p3c_qual.report.pictures import timeline, wheel
from p3c_qual.report.sites import SITES, site_sections
from p3c_qual.report.stories import STORIES, story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.description.order import Entry
    from p3c_qual.report.appendices import Made
    from p3c_qual.report.blocks import Block
    from p3c_qual.report.making import Making

__all__ = ["build_sections"]

State = Literal["generated", "material", "description", "empty"]
IN_CONTEXT, REFERENCES = "in_context", "references"
_UNWRITTEN = Paragraph((Run("Not written yet."),), "marker")


def build_sections(making: Making, entries: Sequence[Entry]) -> tuple[Section, ...]:
    """Build the sections of a report, in their order and with those that are part of them.

    Parameters
    ----------
    making : Making
    entries : sequence of Entry
        As the author arranged them; what is left out is not built, what is merged stands in the
        section that it is merged into.

    Returns
    -------
    tuple of Section
    """
    builder = _Builder(making, entries)
    top = builder.below[""]
    # references and appendices tell of what was printed before them
    late = [each for each in top if each.kind == "appendix" or each.key == REFERENCES]
    made: dict[str, Section] = {}
    for entry in [*(each for each in top if each not in late), *late]:
        made[entry.key] = builder.section(entry, 1)
        builder.made.append(made[entry.key])
    return tuple(made[entry.key] for entry in top)


class _Builder:
    def __init__(self, making: Making, entries: Sequence[Entry]) -> None:
        self.making = making
        self.entries = {each.key: each for each in entries}
        self.below: dict[str, list[Entry]] = defaultdict(list)
        self.made: list[Section] = []
        for each in entries:
            if each.printed:
                self.below[self.home(each.under)].append(each)

    def home(self, key: str) -> str:
        """Return the section in which what is part of another one stands."""
        above = self.entries.get(key)
        if above is None:
            return ""
        return self.home(above.merged_into) if above.merged_into else key

    def section(self, entry: Entry, level: int) -> Section:
        """Build a section with all that is part of it."""
        text = tuple(
            block
            for each in self.own(entry)
            for block in written(self.making, each.key, entry.title)
        )
        blocks, inner, state = self.filled(entry, text, level)
        below: list[Section] = []
        for each in self.below[entry.key]:
            if each.key == DISTINCTIVE:
                blocks += (self.distinctive(each),)
            elif not (each.kind == "summary" and not each.text):
                below.append(self.section(each, level + 1))
        if unwritten := [
            each.title for each in self.below[entry.key] if each.kind == "summary" and not each.text
        ]:
            said = f"Not written yet: {', '.join(unwritten)}."
            blocks += (Paragraph((Run(said),), "marker"),)
        parts = [each.state for each in below]
        parts += [_state(each) for each in self.below[entry.key] if each.key == DISTINCTIVE]
        if unwritten and not text:
            state = _state(entry)
        elif state in {"empty", "material"} and not text and parts:
            state = self.of_parts(parts, own=state == "material")
        return Section(
            entry.key,
            entry.number,
            entry.title,
            level,
            blocks,
            (*below, *inner),
            state,
            layer=entry.level,
            tasks=entry.tasks,
            why=entry.why if state == "material" else "",
        )

    def own(self, entry: Entry) -> list[Entry]:
        """Return a section and those that are merged into it."""
        merged = [self.entries[key] for key in entry.merged if key in self.entries]
        return [entry, *(each for each in merged if not each.left_out)]

    def filled(
        self, entry: Entry, text: tuple[Block, ...], level: int
    ) -> tuple[tuple[Block, ...], tuple[Section, ...], State]:
        """Return what stands in a section itself."""
        if entry.kind in STORIES:
            box = story(entry.text, self.making.names, key=entry.key, kind=entry.kind)
            return (box,) if entry.text else (_UNWRITTEN,), (), _state(entry)
        if entry.kind in {"record", "appendix"} and not entry.own:
            blocks, inner = self.records(entry, level)
            return (*text, *blocks), inner, "generated"
        if entry.key == SITES:
            said, inner = site_sections(self.making.sites, self.making.names, level)
            return (said,), inner, self.of_parts([each.state for each in inner])
        if entry.key == IN_CONTEXT:
            blocks = (*wheel(self.making), *spread(self.making.evidence, self.making.types))
            return (*text, *blocks), (), _state(entry) if text else "empty"
        if entry.key.startswith(f"{IN_CONTEXT}."):
            return self.segment(entry, text)
        if any(each.code and each.level == SUBSTRUCTURE for each in self.own(entry)):
            return self.chapter(entry, text, level)
        if text:
            return (*self.unfinished(entry), *text), (), _state(entry)
        parts = self.below[entry.key]
        return (() if parts else (_UNWRITTEN,)), (), "empty"

    def chapter(
        self, entry: Entry, text: tuple[Block, ...], level: int
    ) -> tuple[tuple[Block, ...], tuple[Section, ...], State]:
        """Return a section on a code: the author's text, or quotations from its codings."""
        blocks: list[Block] = [*self.unfinished(entry), *text] if text else []
        inner: list[Section] = []
        printed = Section("", "", "", 1, text)
        found = False
        for each in self.own(entry):
            book, _, code = each.code.partition(":")
            evidence = self.making.of(book) if code else None
            if code and evidence is None:
                said = f"The study has no codebook {book!r}, so nothing is coded for this section."
                blocks.append(records.say(said))
            if evidence is None:
                continue
            if code not in evidence.codes:
                blocks.append(records.say(f"The codebook {book!r} has no code {code!r}."))
                continue
            members = self.members(each, evidence.below(code))
            mine = set(members)
            if text:
                more = not_printed(evidence, members, list(origins_of(printed)))
                blocks += [more] if more else []
                continue
            blocks.append(extent(evidence, code))
            quotes, sections = material(self.making, evidence, code, members, level)
            # what may not be quoted is material all the same
            coded = (*evidence.quotable[0], *evidence.quotable[1])
            found = found or any(not mine.isdisjoint(one.codes) for one in coded)
            blocks += quotes
            inner += sections
        if text:
            self.making.quoted += [
                (each.source, each.start or 0, each.end or 0)
                for each in origins_of(printed)
                if each.kind == "span" and each.start is not None
            ]
            return tuple(blocks), (), _state(entry)
        return tuple(blocks), tuple(inner), "material" if found else "empty"

    def members(self, entry: Entry, codes: list[str]) -> list[str]:
        """Return the codes of a section without those that have a section of their own."""
        book, _, code = entry.code.partition(":")
        mine = set(codes)
        for each in self.entries.values():
            other_book, _, other = each.code.partition(":")
            apart = each.printed and each.level == SUBSTRUCTURE and each.key != entry.key
            if not apart or other_book != book or other not in mine or each.key in entry.merged:
                continue
            if other != code or self.home(each.under) == entry.key:
                evidence = self.making.of(book)
                mine -= set(evidence.below(other)) if evidence else set()
        return [each for each in codes if each in mine]

    def unfinished(self, entry: Entry) -> list[Block]:
        """Return the mark of a section that has a text and is not yet a description."""
        return [marker(entry.why)] if entry.state == "material" else []

    def segment(
        self, entry: Entry, text: tuple[Block, ...]
    ) -> tuple[tuple[Block, ...], tuple[Section, ...], State]:
        """Return a segment in the discussion: the author's paragraph, and what it rests on."""
        code = entry.code.partition(":")[2]
        evidence = self.making.evidence
        body = (*self.unfinished(entry), *text) if text else (_UNWRITTEN,)
        if code in evidence.codes:
            claims = self.making.configurations(code) if self.making.rules.cmo else None
            body = (*body, evidence_box(evidence, code, self.making.types, claims))
        return body, (), _state(entry)

    def distinctive(self, entry: Entry) -> Box:
        """Return the box on what is distinctive here."""
        text = written(self.making, entry.key, entry.title)
        inside = tuple(block for block in text if not isinstance(block, Box))
        return Box(f"box_{entry.key}", entry.title, inside or (_UNWRITTEN,), "distinctive")

    def records(self, entry: Entry, level: int) -> Made:
        """Return what is made of the records alone."""
        making = self.making
        if entry.key in APPENDICES:
            return APPENDICES[entry.key](making, self.made)
        if entry.key == REFERENCES:
            return records.references(making.evidence, making.names.numbers).blocks, ()
        listing = form_listing(making.names, "formal_description", making.where)
        answered = making.description.answers_of("formal_description", making.where)
        fields: Block = listing if answered else _NO_FIELD
        held = records.held(making.evidence)
        return (), (
            Section("formal_description", "", "The fourteen fields", level + 1, (fields,)),
            Section("study_records", "", "What the study holds", level + 1, (held,)),
            Section("timeline", "", "Over time", level + 1, timeline(making)),
        )

    def of_parts(self, parts: Sequence[str], *, own: bool = False) -> State:
        """Return how far a section is that consists of others, as the outline tells it."""
        return cast("State", progress_of(parts, int(own))[0])


_NO_FIELD = Paragraph((Run("None of the fourteen fields is filled in yet."),), "marker")


def _state(entry: Entry) -> State:
    return cast("State", entry.state)
