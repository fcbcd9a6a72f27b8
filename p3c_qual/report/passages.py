"""Quotes at their place: the words in the source, around them, and in the other language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.report.blocks import Origin, Quote
from p3c_qual.report.model import Passage, Turn
from p3c_qual.report.quotes import reference
from p3c_qual.report.segments import Segment, trim_segment

if TYPE_CHECKING:
    from p3c_qual.report.evidence import Evidence

__all__ = ["other_side", "passage_at", "quote_segment"]

#: characters shown of a turn on either side of a quote; more is not needed to understand it
AROUND = 600


def quote_segment(evidence: Evidence, segment: Segment, *, language: str, max_words: int) -> Quote:
    """Make a quote of a segment, in the language of the report where there is a translation.

    Of a coded segment the exact words are printed. Its other side is known turn by turn only,
    so there the whole turn stands.

    Parameters
    ----------
    evidence : Evidence
        Where the segment comes from.
    segment : Segment
        What was coded.
    language : str
        Language of the report.
    max_words : int
        A longer quote is cut at the end of a sentence.

    Returns
    -------
    Quote
    """
    printed = _trim(evidence, segment, max_words)
    spoken = evidence.source(segment.source)
    other = other_side(evidence, segment, language)
    original: Segment | None = None
    if other is not None:
        if spoken["translation_of"]:
            original = other
        else:
            printed, original = _trim(evidence, other, max_words), segment
    shown = evidence.source(printed.source)
    named = original.source if original else segment.source
    return Quote(
        text=evidence.printed(printed.source, printed.start, printed.end),
        reference=reference(
            segment, documents=evidence.documents, page=lambda _, at: evidence.page(named, at)
        ),
        origin=_origin(evidence, printed, segment.codings),
        cut_after=printed.cut_after,
        language=shown["language"],
        codes=tuple(evidence.label(code) for code in segment.codes),
        original=evidence.printed(original.source, original.start, original.end)
        if original
        else "",
        original_language=evidence.source(original.source)["language"] if original else "",
        original_origin=_origin(evidence, original, segment.codings) if original else None,
    )


def passage_at(evidence: Evidence, origin: Origin, *, words: str | None = None) -> Passage:
    """Return a quoted span with the turns it stands in and the one before.

    Nothing more of a text leaves the study with a report. In a source of excerpts what stands
    before is not what was said before, so it is not shown; nor are the words of someone who
    refused to be quoted. What an author masked is masked here too.

    Parameters
    ----------
    evidence : Evidence
        Where the span comes from.
    origin : Origin
        Of kind ``span``.
    words : str, optional
        What is printed of the span. Nothing else is shown then: nobody looked for names in what
        stands around it.

    Returns
    -------
    Passage
    """
    source = evidence.source(origin.source)
    start, end = origin.start or 0, origin.end or 0
    if words is not None:
        turn = Turn(words, 0, len(words))
        return Passage(origin, source["title"], (turn,), source["language"])
    parts = evidence.parts(origin.source, "turn") or evidence.parts(origin.source, "paragraph")
    inside = [i for i, p in enumerate(parts) if p["start"] < end and start < p["end"]]
    excerpts = source["completeness"] == "excerpts"
    before = [inside[0] - 1] if inside and inside[0] and not excerpts else []
    refused = [
        i for i in before if not evidence.free(source["source"], parts[i]["start"], parts[i]["end"])
    ]
    turns = [_turn(evidence, origin, parts[i]) for i in [*before, *inside] if i not in refused]
    if not inside:
        turns = [_turn(evidence, origin, {"start": start, "end": end})]
    note = "A source of excerpts: what was said before is not kept." if excerpts else ""
    if refused:
        note = "What stands before is of a person who did not consent to be quoted."
    return Passage(
        origin=origin,
        title=source["title"],
        turns=tuple(turns),
        language=source["language"],
        note=note,
    )


def _turn(evidence: Evidence, origin: Origin, part: dict[str, Any]) -> Turn:
    key, start, end = origin.source, origin.start or 0, origin.end or 0
    first, last = int(part["start"]), int(part["end"])
    low, high = max(start, first), min(end, last)
    if low >= high:
        # the turn before: its end is what the quote answers
        low = high = last
    shown_first, shown_last = max(first, low - AROUND), min(last, high + AROUND)
    role = part.get("role")
    before, quoted = evidence.printed(key, shown_first, low), evidence.printed(key, low, high)
    return Turn(
        text=f"{before}{quoted}{evidence.printed(key, high, shown_last)}".rstrip(),
        mark_start=len(before),
        mark_end=len(before) + len(quoted),
        role=role if isinstance(role, str) else "",
        cut_before=shown_first > first,
        cut_after=shown_last < last,
    )


def _trim(evidence: Evidence, segment: Segment, max_words: int) -> Segment:
    if segment.words <= max_words:
        return segment
    sentences = evidence.parts(segment.source, "sentence")
    stops = [int(s["end"]) for s in sentences] if sentences else None
    return trim_segment(segment, max_words=max_words, stops=stops)


def other_side(evidence: Evidence, segment: Segment, language: str) -> Segment | None:
    """Return the turns that say the same in the original, or in the report's language."""
    here = evidence.source(segment.source)
    key = here["translation_of"]
    if not key and here["language"] != language:
        sides = [s for s in evidence.everywhere.values() if s["translation_of"] == here["source"]]
        key = next((s["source"] for s in sides if s["language"] == language), "")
    if key not in evidence.everywhere:
        return None
    ours, theirs = evidence.parts(segment.source, "turn"), evidence.parts(key, "turn")
    if not ours or len(ours) != len(theirs):
        return None
    at = [i for i, t in enumerate(ours) if t["start"] < segment.end and segment.start < t["end"]]
    if not at:
        return None
    text = evidence.text(key)
    start, end = _after_label(text, theirs[at[0]]), int(theirs[at[-1]]["end"])
    words = text[start:end].rstrip()
    whole = Segment(key, start, start + len(words), words, segment.interviewee, segment.codes, ())
    return whole if words else None


def _after_label(text: str, turn: dict[str, Any]) -> int:
    """Return where the words of a turn begin, behind its speaker's label."""
    start, end = int(turn["start"]), int(turn["end"])
    speaker = turn.get("speaker")
    if not isinstance(speaker, str) or not speaker:
        return start
    found = text.find(speaker, start, min(end, start + 40 + len(speaker)))
    if found < 0:
        return start
    behind = found + len(speaker)
    rest = text[behind:end]
    return behind + len(rest) - len(rest.lstrip(" \t\n:]*>"))


def _origin(evidence: Evidence, segment: Segment, codings: tuple[str, ...]) -> Origin:
    return Origin(
        kind="span",
        source=segment.source,
        text_id=evidence.source(segment.source)["sha256"],
        start=segment.start,
        end=segment.end,
        codings=codings,
    )
