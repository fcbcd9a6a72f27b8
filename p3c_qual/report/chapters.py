"""The chapters of a report: what an author wrote, or what was coded as long as nobody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.report.blocks import Origin, Paragraph, Run
from p3c_qual.report.markdown import author_blocks
from p3c_qual.report.model import Section
from p3c_qual.report.passages import quote_segment
from p3c_qual.report.quotes import choose_segments
from p3c_qual.report.records import plural

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from p3c_qual.report.blocks import Block
    from p3c_qual.report.evidence import Evidence
    from p3c_qual.report.making import Making
    from p3c_qual.report.segments import Segment

__all__ = ["extent", "marker", "material", "not_printed", "written"]

MATERIAL = "Material, not yet description"


def marker(why: str = "") -> Paragraph:
    """Return the mark of a section that is not finished, with the reason."""
    said = why or "quotations without a sentence of the author’s"
    return Paragraph((Run(f"{MATERIAL}: {said.rstrip('.')}."),), "marker")


def written(making: Making, key: str, title: str) -> tuple[Block, ...]:
    """Return what an author wrote in a section; nothing where nobody has."""
    text = making.texts[key].text if key in making.texts else ""
    return author_blocks(text, making.names, key=key, title=title) if text.strip() else ()


def material(
    making: Making, evidence: Evidence, code: str, members: Sequence[str], level: int
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return quotations for a section that is not written, chosen from its codings.

    Parameters
    ----------
    making : Making
        What was quoted in an earlier section, or is set in by the author in any, is only referred
        to; takes what is quoted here.
    evidence : Evidence
        In the codes of the section's codebook.
    code : str
        Key of the section's code.
    members : sequence of str
        That code and those below it, without those that have a section of their own.
    level : int
        Of the section.

    Returns
    -------
    tuple of Block and tuple of Section
        The section's own quotations, and a section below it for each code below its code.
    """
    place = {member: i for i, member in enumerate(members)}
    rules = making.rules

    def main(segment: Segment) -> str:
        return next(given for given in segment.codes if given in place)

    here = [s for s in evidence.quotable[0] if any(given in place for given in s.codes)]
    if not here:
        return (), ()
    again = [segment for segment in here if _among(segment, making)]
    fresh = [segment for segment in here if segment not in again]
    chosen = choose_segments(fresh, max_words=rules.max_words, limit=rules.limit, group=main)
    making.quoted += [(each.source, each.start, each.end) for each in chosen]
    blocks: list[Block] = [_again(evidence, again)] if again else []
    if len(fresh) > len(chosen):
        text = f"{plural(len(fresh) - len(chosen), 'further passage')} coded here, not quoted."
        blocks.append(Paragraph((Run(text, Origin("study")),), "note"))
    if chosen:
        blocks.append(marker())
    below = []
    for member in members:
        quotes = tuple(
            quote_segment(evidence, s, language=rules.language, max_words=rules.max_words)
            for s in chosen
            if main(s) == member
        )
        if member == code:
            blocks += quotes
        elif quotes:
            inside: tuple[Block, ...] = (extent(evidence, member, "that of the chapter"), *quotes)
            book = "" if evidence.key == making.evidence.key else f"{evidence.key}-"
            key, title = f"{book}{member.replace('.', '-')}", evidence.label(member)
            below.append(Section(key, "", title, level + 1, inside, (), "material"))
    return tuple(blocks), tuple(below)


def not_printed(
    evidence: Evidence, members: Collection[str], printed: Collection[Origin]
) -> Paragraph | None:
    """Say how much more was coded than an author's section prints; None where nothing was.

    Parameters
    ----------
    evidence : Evidence
    members : collection of str
        Codes of the section.
    printed : collection of Origin
        Places that the section quotes or refers to.
    """
    spots = [each for each in printed if each.start is not None]
    mine = set(members)
    left = [
        segment
        for segment in (*evidence.quotable[0], *evidence.quotable[1])
        if mine.intersection(segment.codes) and not any(_meets(segment, spot) for spot in spots)
    ]
    if not left:
        return None
    people = {
        p for s in left if s.source not in evidence.documents for p in s.interviewee.split(";")
    }
    documents = {s.source for s in left if s.source in evidence.documents}
    of = [f"{len(people)} of {plural(len(evidence.interviewees), 'interviewee')}"] if people else []
    of += [plural(len(documents), "document")] if documents else []
    text = (
        f"Not printed: {plural(len(left), 'further coded passage')} of {' and '.join(of)}. "
        f"Unit: coded passage; reading set: {evidence.reading_set}."
    )
    return Paragraph((Run(text, Origin("study", note="codings of the section's codes")),))


def extent(evidence: Evidence, code: str, reading_set: str = "") -> Paragraph:
    """Say how much was coded, in what, by whom: never a number without its unit."""
    reading_set = reading_set or evidence.reading_set
    segments, people, of = evidence.count(code)
    origin = Origin("table", source=f"table_frequencies(by='programme'), {code}")
    in_documents = evidence.in_documents(code)
    documents = sum(key in evidence.read for key in evidence.documents)
    looked = [plural(of, "interviewee")] if of else []
    if documents:
        looked.append(plural(documents, "document"))
    where = " and ".join(looked)
    if not evidence.read:
        text = "No coding, as no source was worked through."
    elif segments is None:
        text = f"Not asked in {where}."
    elif not segments:
        text = f"No coding. Looked for in {where}; reading set: {reading_set}."
    else:
        text = f"{plural(segments, 'coded segment')}; {people or 0} of {plural(of, 'interviewee')} "
        text += "spoke of it"
        if in_documents:
            text += f"; {plural(in_documents, 'segment')} in documents"
        text += f". Reading set: {reading_set}."
    return Paragraph((Run(text, origin),))


def _again(evidence: Evidence, segments: list[Segment]) -> Paragraph:
    runs = [Run("Coded here and quoted in another section: ")]
    for i, segment in enumerate(segments):
        quote = quote_segment(evidence, segment, language="", max_words=10**9)
        runs += [Run("; " if i else ""), Run(quote.origin.place, quote.origin)]
    return Paragraph((*runs, Run(".")), "note")


def _among(segment: Segment, making: Making) -> bool:
    """Say whether a segment is printed elsewhere, by the program or by the author."""
    start, end = segment.start, segment.end
    if (segment.source, start, end) in making.quoted:
        return True
    spots = making.set_in.get(segment.source, ())
    return any(first < end and start < last for first, last in spots)


def _meets(segment: Segment, origin: Origin) -> bool:
    start, end = origin.start or 0, origin.end or 0
    return segment.source == origin.source and segment.start < end and start < segment.end
