"""Who speaks when: the turns of a transcript, found by their labels."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from p3c_qual.sources.heads import find_heads
from p3c_qual.sources.labels import roles_of
from p3c_qual.sources.parts import PartList
from p3c_qual.sources.stamps import find_stamps, milliseconds, stamp_scheme

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from p3c_qual.sources.heads import Head
    from p3c_qual.sources.stamps import Stamps

__all__ = ["Turns", "find_turns"]

_SHOWN = 8  # speakers named in a note


@dataclass(frozen=True)
class Turns:
    """The turns of a text and how they were recognised.

    Attributes
    ----------
    parts : PartList
        A turn reaches from its label or stamp to the last character before the next; `label` is
        its running number, `time` the stamp it carries, at its start or else at its end.
    scheme : str
        How speakers are marked: ``colon``, ``bracket``, ``voice``, ``timed`` (a name beside a
        stamp), ``bare`` or, without speakers, ``none``.
    notes : tuple of str
        What was recognised, one plain sentence each.
    said : list of tuple of (int, int)
        Ranges of speech without labels and stamps, in the order of the text, what stands before
        the first turn included; for cutting sentences.
    """

    parts: PartList = field(default_factory=PartList)
    scheme: str = "none"
    notes: tuple[str, ...] = ()
    said: list[tuple[int, int]] = field(default_factory=list)


def find_turns(
    text: str, *, interviewer: str = "", language: str = "", people: Collection[str] = ()
) -> Turns:
    r"""Find the turns of a transcript by the labels at the start of lines.

    Recognised are ``I:``, ``Anna Smith:``, ``[Anna]``, ``<v Anna>``, a name beside a stamp, and
    ``R`` without a colon where the text is marked so elsewhere or throughout; in Markdown bold or
    italic too. A label counts when it is a usual one (I, R, Interviewer, P1) or occurs twice.
    Lines and paragraphs without a label belong to the turn before. The text is not changed.

    Parameters
    ----------
    text : str
        The stored text.
    interviewer : str
        Name or initials of who asked, where known.
    language : str
        Of the text, such as ``de``; decides between letters that differ by language.
    people : collection of str
        Labels known to be speakers', such as the interviewees' codes.

    Returns
    -------
    Turns

    Examples
    --------
    >>> turns = find_turns("I: How was it?\nR: Good. #00:00:12-3#\nI: And then?\n")
    >>> turns.parts.speaker, turns.parts.role[0], turns.parts.time
    (['I', 'R', 'I'], 'interviewer', [None, 12300, None])
    >>> turns.notes[0]
    '3 turns of 2 speakers: I (interviewer, 2), R (interviewee, 1); time stamps f4 on 1 (at their ends).'
    """
    heads, asked, once = find_heads(text, interviewer=interviewer, people=people)
    stamps = find_stamps(text)
    if not heads:
        notes = ("No speakers were recognised.",)
        if stamps:
            notes = (f"No speakers were recognised; time stamps {stamps.scheme} on {len(stamps)}.",)
        return Turns(notes=notes, said=_without(text, [(0, len(text))], stamps))
    keys = dict.fromkeys(head.key for head in heads)
    roles = roles_of(keys, interviewer=f"{interviewer};{asked}", language=language)
    starts = [head.start for head in heads]
    ends = [_stripped(text, stop) for stop in [*starts[1:], len(text)]]
    parts = PartList(
        start=starts,
        end=ends,
        label=[str(number) for number in range(1, len(heads) + 1)],
        speaker=[head.label for head in heads],
        role=[roles[head.key] for head in heads],
        time=_times(heads, ends, stamps),
    )
    kinds = Counter("bracket" if head.kind == "box" else head.kind for head in heads)
    bodies = [(head.body, end) for head, end in zip(heads, ends, strict=True) if head.body < end]
    said = _without(text, [(0, starts[0]), *bodies], stamps)
    return Turns(parts, kinds.most_common(1)[0][0], _notes(heads, parts, roles, stamps, once), said)


def _stripped(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def _times(heads: list[Head], ends: list[int], stamps: Stamps) -> list[int | None]:
    """Return the stamp each turn carries: beside its label, else the first inside it."""
    times: list[int | None] = []
    for head, end in zip(heads, ends, strict=True):
        time = milliseconds(head.time) if head.time else None
        if time is None and stamps:
            at = bisect_left(stamps.start, head.body)
            if at < len(stamps) and stamps.start[at] < end:
                time = stamps.time[at]
        times.append(time)
    return times


def _without(text: str, ranges: Iterable[tuple[int, int]], stamps: Stamps) -> list[tuple[int, int]]:
    """Cut the stamps out of the ranges, and white space off their ends."""
    left, at = list[tuple[int, int]](), 0
    for begin, end in ranges:
        start = begin
        while at < len(stamps) and stamps.start[at] < end:
            if stamps.start[at] >= start:
                left.append((start, stamps.start[at]))
            start = max(start, stamps.end[at])
            at += 1
        left.append((start, end))
    trimmed = []
    for begin, end in left:
        start, stop = begin, end
        while start < stop and text[start].isspace():
            start += 1
        while start < stop and text[stop - 1].isspace():
            stop -= 1
        if start < stop:
            trimmed.append((start, stop))
    return trimmed


def _notes(
    heads: list[Head],
    parts: PartList,
    roles: dict[str, str],
    stamps: Stamps,
    once: tuple[str, ...],
) -> tuple[str, ...]:
    counts = Counter(head.key for head in heads)
    written = {head.key: head.label for head in reversed(heads)}
    speakers = [
        f"{written[key]} ({roles[key]}, {number:,})"
        if roles[key]
        else f"{written[key]} ({number:,})"
        for key, number in counts.items()
    ]
    if len(speakers) > _SHOWN:
        speakers[_SHOWN:] = [f"and {len(speakers) - _SHOWN} more"]
    note = (
        f"{len(heads):,} {'turn' if len(heads) == 1 else 'turns'} of {len(counts)} "
        f"{'speaker' if len(counts) == 1 else 'speakers'}: {', '.join(speakers)}"
    )
    timed = sum(time is not None for time in parts.time)
    if timed:
        schemes = Counter(stamp_scheme(head.time) for head in heads if head.time)
        scheme = schemes.most_common(1)[0][0] if schemes else stamps.scheme
        closing = sum(stamps.opens) * 2 < len(stamps) and not schemes
        note += f"; time stamps {scheme} on {timed:,}" + (" (at their ends)" if closing else "")
    notes = [note + "."]
    if not any(roles.values()):
        notes.append("Who asks is not known: name the interviewer, so that questions are context.")
    if once:
        named = ", ".join(once[:_SHOWN]) + (", ..." if len(once) > _SHOWN else "")
        notes.append(f"Read as text, since no speaker is known by it and it stands once: {named}.")
    return tuple(notes)
