"""What stands under a table of frequencies, so that its numbers can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from p3c_qual.analysis.counting import Counted

__all__ = ["UNITS", "Said", "caption"]

#: what is counted, and out of how many
UNITS = {
    "segments": "coded segments (denominator: sources in the reading set)",
    "interviewees": "interviewees with at least one coded segment "
    "(denominator: interviewees in the reading set)",
    "programmes": "programmes with at least one coded segment "
    "(denominator: programmes in the reading set)",
    "rate": "coded segments per 1,000 words of the interviewees (denominator: their words)",
}


@dataclass(frozen=True)
class Said:
    """What a caption has to say of a table.

    Attributes
    ----------
    by, count : str
        What groups are made of, and a key of `UNITS`.
    nobodys : int
        Segments that count nowhere, since they are nobody's words.
    unknown : int
        Interviews of which it is unknown what they asked.
    blanks : bool
        Whether there are empty cells.
    overlap : bool
        Whether what is counted stands in several groups.
    """

    by: str
    count: str
    nobodys: int
    unknown: int
    blanks: bool
    overlap: bool


def caption(counted: Counted, said: Said) -> str:
    """Return the caption of a table."""
    sources = {slot.source.id: slot.source for slot in counted.slots}.values()
    found = [
        (
            f"Counted: {UNITS[said.count]}. A code counts its own codings and those below it, "
            "each once."
        ),
        counted.set.caption,
    ]
    if said.count in {"interviewees", "rate"} and (
        without := sum(not source.people for source in sources)
    ):
        found.append(f"{_many(without, 'source')} without an interviewee left out.")
    if said.count == "programmes" and (without := sum(not s.programme for s in sources)):
        found.append(f"{_many(without, 'source')} without a programme left out.")
    if said.nobodys:
        found.append(f"{_many(said.nobodys, 'segment')} in nobody's turn left out.")
    found += _overlap(counted, said)
    if said.unknown:
        whose = "its zeros" if said.unknown == 1 else "their zeros"
        found.append(
            f"Of {_many(said.unknown, 'interview')} it is unknown what was asked; {whose} "
            "may mean not asked."
        )
    if said.blanks:
        found.append("Empty cells: not asked, not worked through, or nobody there to be asked.")
    if partial := sum(source.said["completeness"] != "full" for source in sources):
        found.append(
            f"Excerpts or notes, in {_many(partial, 'source')}: there, zero means no segment, "
            "not that it was not mentioned."
        )
    both = {source.key for source in sources} & {source.translation_of for source in sources}
    if both and said.count in {"segments", "rate"}:
        found.append(f"{_many(len(both), 'source')} counted in the original and in translation.")
    return " ".join(found)


def _overlap(counted: Counted, said: Said) -> list[str]:
    if said.by == "coder":
        return [
            (
                "Coders read the same sources: the total counts a span that several coded alike "
                "once, and is not the sum of the columns."
            )
        ]
    if said.by == "stakeholder_type":
        several = {
            slot.person.id for slot in counted.slots if slot.person and len(slot.person.types) > 1
        }
        if not several:
            return []
        return [
            (
                f"{_many(len(several), 'interviewee')} of several types counted in the column of "
                "each: the total is not the sum of the columns."
            )
        ]
    if said.overlap and said.count in {"interviewees", "programmes"}:
        return [f"Some {said.count} stand in several columns: the total is not their sum."]
    return []


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")
