"""The parts of a report on a country, in the order its author gave them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from p3c_qual.report.across import across_sections
from p3c_qual.report.appendices import APPENDICES
from p3c_qual.report.blocks import Listing, Origin, Paragraph, Run, Table
from p3c_qual.report.chapters import marker, written
from p3c_qual.report.country_programmes import moved
from p3c_qual.report.frames import frame_block
from p3c_qual.report.macro import macro_parts
from p3c_qual.report.model import Section, blocks_in
from p3c_qual.report.named import FACTS
from p3c_qual.report.overview import overview
from p3c_qual.report.pictures import wheels
from p3c_qual.report.records import references, say
from p3c_qual.report.stories import STORIES, story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.description.order import Entry
    from p3c_qual.report.blocks import Block
    from p3c_qual.report.country_programmes import Chapter, Failed
    from p3c_qual.report.making import Making
    from p3c_qual.report.parts import State

__all__ = ["Around", "build_parts", "left_open"]

_NOBODY = (
    "The study holds no interview of this programme: what is told of it rests on documents, and "
    "what its people would say is not known."
)
_UNWRITTEN = Paragraph((Run("Not written yet."),), "marker")
#: appendices with a section for each programme, and those of the country as a whole
_EACH = ("interview_partners", "quotations", "facts", "configurations")
_WHOLE = ("originals", "agreement", "audit", "checklists")
_TITLES = {
    "interview_partners": "Interview partners",
    "originals": "Quotations in their original language",
    "quotations": "Quotations, and what was done to them",
    "facts": "Facts and what contradicts them",
    "configurations": "Configurations of context, mechanism and outcome",
    "agreement": "Agreement between coders",
    "audit": "Audit trail",
    "checklists": "Reporting checklists",
}


@dataclass(frozen=True)
class Around:
    """A country with its programmes.

    Attributes
    ----------
    making : Making
        The country itself.
    chapters : sequence of Chapter
    entries : tuple of Entry
        Its sections as they are arranged, the programmes among them.
    failed : sequence of Failed
        Programmes whose chapters could not be built.
    """

    making: Making
    chapters: Sequence[Chapter]
    entries: tuple[Entry, ...]
    failed: Sequence[Failed] = ()


def build_parts(around: Around) -> tuple[Section, ...]:
    """Build the sections of the report, and the appendices that tell of them."""
    made = [_section(around, each, 1) for each in _below(around, "")]
    made += _references(around, made)
    for number, key in enumerate(_TITLES):
        made.append(_appendix(around, key, "ABCDEFGH"[number], made))
    return tuple(made)


def left_open(around: Around, sections: Sequence[Section]) -> tuple[str, ...]:
    """Say which sections on the country itself hold no word of an author's, or no description."""
    keys = {each.key for each in around.entries}
    here = [each for one in sections for each in one.walk() if each.key in keys]
    blank = [each.title for each in here if _UNWRITTEN in each.blocks]
    begun = [each.title for each in here if each.state == "material"]
    said = []
    if blank:
        said.append(f"Not written yet on the country itself: {', '.join(blank)}.")
    if begun:
        said.append(f"Material, not yet description, on the country itself: {', '.join(begun)}.")
    return tuple(said)


def _below(around: Around, key: str) -> list[Entry]:
    return [each for each in around.entries if each.under == key and each.printed]


def _section(around: Around, entry: Entry, level: int) -> Section:
    """Build a section with all that is part of it."""
    kind, _, name = entry.key.partition(":")
    if entry.kind == "programme" and kind == "programme":
        return _programme(around, entry, name)
    making = around.making
    merged = [each for each in around.entries if each.key in entry.merged and not each.left_out]
    text = tuple(
        block for each in (entry, *merged) for block in written(making, each.key, entry.title)
    )
    if entry.kind in STORIES and entry.text:
        text = (story(entry.text, making.names, key=entry.key, kind=entry.kind),)
    elif text and entry.state == "material":
        text = (marker(entry.why), *text)
    blocks, inner = _generated(around, entry)
    below = [_section(around, each, level + 1) for each in _below(around, entry.key)]
    bare = not text and not blocks and not below
    state = entry.state if text else "generated" if blocks or inner else "empty"
    if not text and entry.kind == "summary":
        text, state = (_UNWRITTEN,), "empty"
    sections = tuple(
        replace(each, number=f"{entry.number}.{n}") if entry.number and not each.number else each
        for n, each in enumerate((*inner, *below), 1)
    )
    body = (_UNWRITTEN,) if bare and not inner else (*text, *blocks)
    return Section(
        entry.key, entry.number, entry.title, level, body, sections, cast("State", state)
    )


def _programme(around: Around, entry: Entry, key: str) -> Section:
    """Return the chapter on a programme, or why there is none."""
    name = f"programme-{key}"
    chapter = next((each for each in around.chapters if each.key == key), None)
    if chapter is None:
        said = next(each.said for each in around.failed if each.key == key)
        blocks: tuple[Block, ...] = (Paragraph((Run(said),), "marker"),)
        return Section(name, entry.number, entry.title, 1, blocks, (), "empty")
    blocks = () if chapter.making.evidence.interviewees else (say(_NOBODY),)
    return Section(name, entry.number, entry.title, 1, blocks, chapter.sections)


def _generated(around: Around, entry: Entry) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return what is made of the records for a section of the skeleton."""
    making = around.making
    if entry.own:
        return (), ()
    if entry.key == "summary":
        return (), tuple(_summary(each) for each in around.chapters if each.summary)
    if entry.key == "method":
        return overview(making.study, [each.making for each in around.chapters]), ()
    if entry.key == "macro":
        return macro_parts(making.names, making.where)
    if entry.key == "across":
        drawn = wheels([each.making for each in around.chapters])
        return drawn, across_sections(making.study, [each.key for each in around.chapters])
    return (), ()


def _summary(chapter: Chapter) -> Section:
    """Return what is summed up of a programme, below its name."""
    assert chapter.summary is not None
    return replace(chapter.summary, title=chapter.label, number="", level=2)


def _references(around: Around, sections: Sequence[Section]) -> list[Section]:
    """Return the documents that only the chapters on the country name, where there are any."""
    listed = {
        int(mark)
        for section in sections
        for block in blocks_in(section)
        if isinstance(block, Listing) and block.kind == "references"
        for mark, _ in block.entries
    }
    numbers = around.making.names.numbers
    left = {key: number for key, number in numbers.items() if number not in listed}
    if not left:
        return []
    made = references(around.making.evidence, left)
    return [replace(made, title="References of the chapters on the country")]


def _appendix(around: Around, key: str, letter: str, before: Sequence[Section]) -> Section:
    if key in _EACH:
        inner = [_of_programme(each, key) for each in around.chapters]
        blocks: tuple[Block, ...] = ()
        if key == "facts":
            blocks = _facts(around)
    else:
        blocks, parts = APPENDICES[key](around.making, before)
        inner = list(parts)
        blocks = tuple(_of_country(each) for each in blocks)
    return Section(key, letter, _TITLES[key], 1, blocks, tuple(inner))


def _of_programme(chapter: Chapter, key: str) -> Section:
    blocks, inner = APPENDICES[key](chapter.making, ())
    made = Section(key, "", chapter.label, 1, blocks, inner)
    return moved(made, chapter.key, 1)


def _of_country(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    return replace(block, caption=block.caption.replace("of the programme,", "of the programmes,"))


def _facts(around: Around) -> tuple[Block, ...]:
    """Return the facts on the country itself and on the study."""
    from p3c_qual.description.tables.facts import table_facts
    from p3c_qual.description.tables.told import STUDY

    frame = table_facts(around.making.study)
    mine = frame[frame["about"].isin([around.making.where.country, STUDY])]
    if mine.empty:
        return (say("Of the country itself no fact is recorded.", Origin("study")),)
    mine.attrs = {**frame.attrs, "denominators": {"values": len(mine)}}
    return (frame_block(mine, key="table_facts", source=FACTS.format("")),)
