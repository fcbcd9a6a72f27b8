"""From a draft to a reading: the text fixed, its parts cut."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from p3c_qual.sources.parts import PartList, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from p3c_qual.sources.draft import Draft, Mark
    from p3c_qual.sources.fix import Fixed

__all__ = ["finish"]

Ranges = list[tuple[int, int]]


def finish(
    draft: Draft, reader: str, language: str, interviewer: str, people: Sequence[str] = ()
) -> Reading:
    """Fix a text, carry its marks over, and cut what the format has not cut itself.

    Parameters
    ----------
    draft : Draft
        What a format reader made of the file.
    reader : str
        Its name and version.
    language : str
        Decides how sentences are cut.
    interviewer : str
        Name or initials of who asked, where known.
    people : sequence of str
        The interviewees' codes, which may stand as labels.

    Returns
    -------
    Reading

    Examples
    --------
    >>> from p3c_qual.sources.draft import Draft
    >>> finish(Draft("One. Two."), "txt-1", "en", "").parts["sentence"].start
    [0, 5]
    """
    from p3c_qual.sources.fix import fix_text
    from p3c_qual.sources.splitter import paragraphs, sentences, splitter_for

    fixed = fix_text(draft.text)
    text = fixed.text
    parts: dict[str, PartList] = {}
    notes = [*draft.notes, *fixed.notes]
    if draft.turns:
        parts["turn"], said, note = _given_turns(draft, fixed, language, interviewer)
        notes.append(note)
    else:
        parts["turn"], said, more = _found_turns(draft, fixed, language, interviewer, people)
        notes += more
    if draft.paragraphs is None:
        starts, ends = paragraphs(text, breaks=parts["turn"].start)
    else:
        starts, ends = _stored(draft.paragraphs, fixed)
        said = _within(said, list(zip(starts, ends, strict=True)))
    parts["paragraph"] = PartList(start=starts, end=ends)
    starts, ends = sentences(text, language, within=said)
    parts["sentence"] = PartList(start=starts, end=ends)
    for kind, marks in (("page", draft.pages), ("section", draft.sections)):
        starts, ends = _stored(marks, fixed)
        parts[kind] = PartList(start=starts, end=ends, label=[mark.label for mark in marks])
    return Reading(
        text=text,
        parts={kind: part for kind, part in parts.items() if part},
        reader=reader,
        splitter=splitter_for(language),
        notes=tuple(notes),
        meta={key: fix_text(value).text for key, value in draft.meta.items() if value},
    )


def _stored(marks: Iterable[Mark], fixed: Fixed) -> tuple[list[int], list[int]]:
    """Ranges over the stored text; one that grew is cut where the one before it ends."""
    starts: list[int] = []
    ends: list[int] = []
    for mark in marks:
        start, end, _ = fixed.offsets.to_stored(mark.start, mark.end)
        start = max(start, ends[-1]) if ends else start
        starts.append(start)
        ends.append(max(start, end))
    return starts, ends


def _given_turns(
    draft: Draft, fixed: Fixed, language: str, interviewer: str
) -> tuple[PartList, Ranges, str]:
    """Take the turns that the format names, and the ranges to cut sentences in."""
    from p3c_qual.sources.draft import Mark
    from p3c_qual.sources.labels import label_key, roles_of

    starts, ends = _stored((Mark(turn.start, turn.end) for turn in draft.turns), fixed)
    bodies, _ = _stored((Mark(turn.body, turn.end) for turn in draft.turns), fixed)
    speakers = [_fixed(turn.speaker) for turn in draft.turns]
    keys = dict.fromkeys(label_key(speaker) for speaker in speakers if speaker)
    roles = roles_of(list(keys), interviewer=interviewer, language=language)
    part = PartList(
        start=starts,
        end=ends,
        label=[str(number) for number in range(1, len(starts) + 1)],
        speaker=speakers,
        role=[roles.get(label_key(speaker), "") for speaker in speakers],
        time=_times(draft, fixed.text, starts, ends),
    )
    said: Ranges = []
    done = 0
    for start, body, end in zip(starts, bodies, ends, strict=True):
        said += [(done, start), (body, end)]
        done = end
    said.append((done, len(fixed.text)))
    return part, [(start, end) for start, end in said if start < end], _census(part)


def _times(draft: Draft, text: str, starts: Sequence[int], ends: Sequence[int]) -> list[int | None]:
    """Take the times that the format gives; without any, the stamps in the text of the turns."""
    from p3c_qual.sources.stamps import find_stamps

    times = [turn.time for turn in draft.turns]
    if any(time is not None for time in times):
        return times
    stamps = find_stamps(text)
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        first = bisect_left(stamps.start, start)
        if first < len(stamps) and stamps.end[first] <= end:
            times[at] = stamps.time[first]
    return times


def _fixed(name: str) -> str:
    """Bring a speaker's name into the form of the stored text."""
    from p3c_qual.sources.fix import fix_text

    return fix_text(name).text


def _census(part: PartList) -> str:
    count = Counter(zip(part.speaker, part.role, strict=True))
    named = {pair: number for pair, number in count.items() if pair[0]}
    if not named:
        return f"{len(part)} turns; no speaker is named."
    who = ", ".join(
        f"{speaker} ({role}, {number})" if role else f"{speaker} ({number})"
        for (speaker, role), number in named.items()
    )
    stamps = sum(time is not None for time in part.time)
    times = f"; time stamps on {stamps}" if stamps else ""
    asked = "" if any(part.role) else " Who asks is not known."
    several = "speaker" if len(named) == 1 else "speakers"
    return f"{len(part)} turns of {len(named)} {several}: {who}{times}.{asked}"


def _found_turns(
    draft: Draft, fixed: Fixed, language: str, interviewer: str, people: Sequence[str]
) -> tuple[PartList, Ranges, Sequence[str]]:
    """Find the turns by their labels; nobody speaks in what was moved to the end."""
    from p3c_qual.sources.turns import find_turns

    text = fixed.text
    until = len(text)
    if draft.appendix is not None:
        until = fixed.offsets.to_stored(draft.appendix, draft.appendix)[0]
    turns = find_turns(
        text if until == len(text) else text[:until],
        interviewer=interviewer,
        language=language,
        people=people,
    )
    said = list(turns.said)
    if until < len(text):
        said.append((until, len(text)))
    return turns.parts, said, turns.notes


def _within(ranges: Ranges, limits: Ranges) -> Ranges:
    """Cut ranges at the limits of others; both are in order and do not overlap."""
    found: Ranges = []
    at = 0
    for start, end in ranges:
        while at < len(limits) and limits[at][1] <= start:
            at += 1
        ahead = at
        while ahead < len(limits) and limits[ahead][0] < end:
            cut = (max(start, limits[ahead][0]), min(end, limits[ahead][1]))
            if cut[0] < cut[1]:
                found.append(cut)
            ahead += 1
    return found
