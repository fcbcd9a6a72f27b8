"""The parts of a feedback brief, as many of each as there is room for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from p3c_qual.description.model import Where
from p3c_qual.report import records
from p3c_qual.report.blocks import Bullets, Listing, Origin, Paragraph, Quote, Run
from p3c_qual.report.brief_since import say_gained
from p3c_qual.report.chapters import written
from p3c_qual.report.markdown import author_blocks
from p3c_qual.report.model import Section
from p3c_qual.report.named import CONFIGURATIONS
from p3c_qual.report.records import plural, say

if TYPE_CHECKING:
    from p3c_qual.description.model import Quote as Chosen
    from p3c_qual.realist.model import Configuration
    from p3c_qual.report.blocks import Block
    from p3c_qual.report.making import Making

__all__ = ["Brief", "Room", "build_parts"]

#: how many quotations, configurations and occasions of feedback are put in
Room = tuple[int, int, int]
#: words of a quotation past which it is none for a brief
_WORDS = 45
_ASK = (
    "Where does this differ from what you see? What is missing? What should be looked into next, "
    "and what would be of use to you?"
)
CHANGED = "What came of earlier feedback"
_PARTS = ("context", "resource", "reasoning", "outcome")


@dataclass(frozen=True)
class Brief:
    """What a brief is made of.

    Attributes
    ----------
    making : Making
        Of the programme.
    section : str
        Key of the section that the author wrote for it.
    audience : str
        As people call them.
    segments : tuple of str
    since : str
        The day from which on it is told what is new; empty for the beginning.
    """

    making: Making
    section: str
    audience: str
    segments: tuple[str, ...]
    since: str = ""

    @cached_property
    def codes(self) -> list[str]:
        """The segments that the codebook has."""
        return [each for each in self.segments if each in self.making.evidence.codes]

    @property
    def title(self) -> str:
        """What the author's section is called."""
        titles = {each.key: each.title for each in self.making.entries}
        return f"“{titles.get(self.section, self.section)}”"

    @cached_property
    def gained(self) -> Paragraph:
        """What the material and the report gained since that day."""
        return say_gained(self.making, self.since)

    @cached_property
    def configurations(self) -> list[Configuration]:
        """Those with an element in a segment, the ones that most people speak of first."""
        found = {each.key: each for code in self.codes for each in self.making.configurations(code)}
        return sorted(found.values(), key=lambda each: (-len(each.evidence), each.key))

    @cached_property
    def quotes(self) -> list[Chosen]:
        """The author's quotes that stand in these segments, interviewees taking turns."""
        making = self.making
        keys = {
            token.name
            for key, text in making.texts.items()
            if key != self.section and self._here(key)
            for token in _quoted(text.text)
        }
        here = [
            quote
            for key in keys
            if (quote := making.names.chosen.get(key))
            and not making.names.refused(quote)
            and len(quote.quote.split()) <= _WORDS
        ]
        turns: Counter[str] = Counter()
        order = []
        for quote in sorted(here, key=lambda each: (each.source, each.start)):
            turns[quote.source] += 1
            order.append((turns[quote.source], not quote.chosen_as, quote.source, quote))
        return [quote for *_, quote in sorted(order, key=lambda each: each[:3])]

    def _here(self, key: str) -> bool:
        above = {each.key: each.under for each in self.making.entries}
        while key:
            if key in self.codes or key.partition(".")[2] in self.codes:
                return True
            key = above.get(key, "")
        return False


def _quoted(text: str) -> list[Any]:
    from p3c_qual.description.tokens import read_tokens

    return [each for each in read_tokens(text) if each.kind == "quote" and not each.fault]


def build_parts(brief: Brief, room: Room) -> tuple[Section, ...]:
    """Build the sections of a brief, with as much as there is room for.

    Parameters
    ----------
    brief : Brief
    room : (int, int, int)
        Quotations (those in the author's own text among them), configurations and occasions of
        feedback at most.
    """
    quotes, claims, occasions = room
    own = written(brief.making, brief.section, brief.audience)
    printed = sum(isinstance(block, Quote) for block in own)
    said, left_quotes = _quotes(brief, max(quotes - printed, 0))
    configurations, left_claims = _claims(brief, claims)
    changed, left_changes = _changed(brief, occasions)
    left = [
        plural(count, what)
        for count, what in (
            (left_quotes, "quotation"),
            (left_claims, "configuration"),
        )
        if count
    ]
    if left_changes:
        left.append(plural(left_changes, "occasion of feedback", "occasions of feedback"))
    wanted = f"a section of the kind “brief” with “{brief.audience.lower()}” in its title"
    unwritten = Paragraph((Run(f"Not written yet: {wanted}."),), "marker")
    parts: list[tuple[str, str, tuple[Block, ...]]] = [
        ("own", f"For you: {brief.audience.lower()}", own or (unwritten,)),
        ("done", "What was done", (_done(brief),)),
        ("found", "What was found", (_found(brief),)),
        ("claims", "What brings it about", configurations),
        ("words", "In their words", said),
        ("changed", f"What is new since {brief.since}" if brief.since else CHANGED, changed),
        ("next", "What is open, and what we ask you", _next(brief)),
    ]
    made = [
        # no heading of the second level is listed: a brief needs no page of contents
        Section(f"brief-{key}", "", title, 2, blocks)
        for key, title, blocks in parts
        if blocks
    ]
    if left:
        note = (
            f"Left out for want of room: {', '.join(left)}. The report on the programme has them."
        )
        last = made[-1]
        body = (*last.blocks, Paragraph((Run(note, Origin("study")),), "note"))
        made[-1] = Section(last.key, "", last.title, 2, body)
    return tuple(made)


def _done(brief: Brief) -> Paragraph:
    held = {term: text.text for term, text in records.held(brief.making.evidence).entries}
    evidence = brief.making.evidence
    said = [f"{held['Sources']} were read" if evidence.sources else "No source was taken in yet"]
    if evidence.interviewees:
        said.append(f"interviewees: {held['Interviewees']}, {held['Interviewed']}")
    said.append(f"coded with {evidence.codebook}; reading set: {evidence.reading_set}")
    return say("; ".join(said) + ".")


def _found(brief: Brief) -> Listing:
    """Return what the author sums up of each segment, and how much it rests on."""
    making, evidence = brief.making, brief.making.evidence
    entries = []
    for code in brief.codes:
        text = making.texts.get(f"summary.{code}")
        runs: list[Run] = []
        for block in author_blocks(text.text, making.names, key=code) if text else ():
            if isinstance(block, Paragraph):
                runs += [Run(" ")] if runs else []
                runs += block.runs
        segments, people, of = evidence.count(code)
        origin = Origin("table", source=f"table_frequencies(by='programme'), {code}")
        count = "not asked" if segments is None else plural(segments, "coded segment")
        rests = f"({count}, {people or 0} of {plural(of, 'interviewee')})"
        runs = [*(runs or [Run("Not summed up yet.")]), Run(" "), Run(rests, origin)]
        entries.append((evidence.label(code), Paragraph(tuple(runs))))
    entries += _barriers(brief)
    return Listing(tuple(entries))


def _barriers(brief: Brief) -> list[tuple[str, Paragraph]]:
    """Return how many barriers and facilitators were told of in these segments."""
    from p3c_qual.description.tables.barriers import table_barriers

    frame = table_barriers(brief.making.study, programme=brief.making.programme)
    here = frame[frame["segment"].isin(brief.codes)]
    if here.empty:
        return []
    by_segment = here.groupby("label", sort=False)[["barriers", "facilitators"]].sum()
    said = "; ".join(
        f"{name}: {row['barriers']} and {row['facilitators']}"
        for name, row in by_segment.iterrows()
    )
    origin = Origin("table", source=f"table_barriers(programme={brief.making.programme!r})")
    text = f"{said} (coded passages, at each level once)"
    return [("Barriers and facilitators", Paragraph((Run(text, origin),)))]


def _claims(brief: Brief, limit: int) -> tuple[tuple[Block, ...], int]:
    """Return configurations in these segments, each with how complete it is."""
    from p3c_qual.realist.outputs.cmo_table import table_cmos

    wanted = [each.key for each in brief.configurations]
    if not wanted:
        return (), 0
    if not limit:
        return (), len(wanted)
    programme = brief.making.programme
    frame = table_cmos(brief.making.study, programme=programme)
    rows: dict[str, dict[Any, Any]] = {row["key"]: row for row in frame.to_dict("records")}
    origin = Origin("table", source=CONFIGURATIONS.format(programme))
    items = []
    for key in [each for each in wanted if each in rows][:limit]:
        row = rows[key]
        told = "; ".join(f"{part}: {row[part]}" for part in _PARTS if row[part])
        whole, _, part = str(row["completeness"]).partition(", ")
        part = part if whole == "triad" else f"not complete, {row['completeness']}"
        part = f"{part}; " if part else ""
        rests = f" ({part}from {plural(row['interviewees'], 'interviewee')})"
        label = row["label"] or key
        items.append(Paragraph((Run(f"{label}. ", None, "strong"), Run(told), Run(rests, origin))))
    return (Bullets(tuple(items)),), len(wanted) - len(items)


def _quotes(brief: Brief, limit: int) -> tuple[tuple[Block, ...], int]:
    mine = brief.making.texts.get(brief.section)
    there = {token.name for token in _quoted(mine.text)} if mine else set()
    found = [each for each in brief.quotes if each.key not in there]
    made = [
        quote for each in found[:limit] if (quote := brief.making.names.printed(each)) is not None
    ]
    return tuple(made), len(found) - len(made)


def _changed(brief: Brief, limit: int) -> tuple[tuple[Block, ...], int]:
    """Return what came of earlier feedback of this audience, the latest first."""
    making = brief.making
    lines = [
        answers
        for where in (making.where, Where())
        for answers in making.description.answers_of("feedback", where).values()
        if brief.audience.lower() in _said(answers, "audience").lower().replace("_", " ")
    ]
    lines.sort(key=lambda each: _said(each, "date"), reverse=True)
    new: tuple[Block, ...] = ()
    if brief.since:
        new = (brief.gained,)
        # of an occasion in a month or a year that is not over it is not known
        lines = [
            each for each in lines if _said(each, "date") >= brief.since[: len(_said(each, "date"))]
        ]
    if not lines:
        when = f" since {brief.since}" if brief.since else " yet"
        return (*new, say(f"No feedback of this audience is in the log{when}.")), 0
    items = []
    for each in lines[:limit]:
        words = [_said(each, "answered"), f"Changed: {_said(each, 'changed') or 'nothing yet'}"]
        text = f"{_said(each, 'date')}: {' '.join(filter(None, words))}"
        items.append(Paragraph((Run(text, Origin("study", source="feedback log")),)))
    return (*new, Bullets(tuple(items))) if items else new, len(lines) - len(items)


def _said(answers: Any, item: str) -> str:
    return str(answers[item].value) if item in answers else ""


def _next(brief: Brief) -> tuple[Block, ...]:
    """Return what the material leaves open, and the questions to whoever reads it."""
    held = {term: text.text for term, text in records.held(brief.making.evidence).entries}
    against = [
        each
        for claim in brief.configurations
        for each in claim.evidence
        if each.role == "contradicts" and not each.resolution
    ]
    said = []
    if nobody := held.get("No interviewee"):
        said.append(f"No interviewee {nobody}.")
    if against:
        speak = plural(len(against), "passage speaks", "passages speak")
        said.append(f"{speak} against a claim, undecided.")
    facts = brief.making.study
    from p3c_qual.description.conflicts import list_conflicts

    conflicts = list_conflicts(facts, programme=brief.making.programme)
    undecided = [each for each in conflicts if not each.decided]
    if undecided:
        said.append(f"{plural(len(undecided), 'fact')} stated in two ways, undecided.")
    open_ = (say(" ".join(said)),) if said else ()
    return (*open_, Paragraph((Run(_ASK),)))
