"""What can be done to a quote, and what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.description.printed import BARE, pieces
from p3c_qual.errors import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.description.model import Edit

__all__ = ["KINDS", "check_edit"]

#: the operations, as people call them
KINDS = {"omit": "omission", "insert": "insertion", "mask": "mask", "trim": "cut"}
_SHOWN = 40


def check_edit(quote: Mapping[str, Any], made: Edit, before: tuple[Edit, ...]) -> list[Problem]:
    """Return what stands against an operation."""
    if made.kind not in KINDS:
        what = f"{made.kind[:_SHOWN]!r} is nothing that can be done in a quote"
        return [Problem(what, "", tuple(KINDS), nearest(made.kind, KINDS))]
    start, end, words = quote["start"], quote["end"], quote["quote"] or ""
    if not start <= made.start <= made.end <= end:
        what = f"{made.start}-{made.end} is not within the quote, which is {start}-{end}"
        return [Problem(what)]
    problems = []
    if made.kind == "insert":
        if made.start != made.end:
            problems.append(Problem("words are inserted at a place, not over others", do="Mask the others instead."))  # fmt: skip
        if not made.text:
            problems.append(Problem("it is not said what is inserted"))
    elif made.start == made.end:
        problems.append(Problem(f"no words are chosen for the {KINDS[made.kind]}"))
    at_end = made.start == start or made.end == end
    if made.kind == "omit" and at_end:
        problems.append(Problem("words are omitted inside a quote", do="Trim them: they stand at its end."))  # fmt: skip
    if made.kind == "trim" and not at_end:
        problems.append(Problem("words are trimmed at either end of a quote", do="Omit them: they stand inside it."))  # fmt: skip
    if made.text and made.kind in {"omit", "trim"}:
        problems.append(Problem(f"nothing stands for an {KINDS['omit']}", do="Mask the words, or insert some beside it."))  # fmt: skip
    if made.kind == "mask" and made.text and not BARE.fullmatch(made.text):
        stays = words[made.start - start : made.end - start].casefold().strip()
        if stays and stays in made.text.casefold():
            problems.append(Problem("the mask repeats the words that it is to hide"))
    problems += [_overlap(made, each, start, words) for each in before if _meet(made, each)]
    if not problems:
        left = [piece for piece in pieces(words, start, (*before, made)) if piece.kind == "plain"]
        if not "".join(piece.text for piece in left).strip():
            problems.append(Problem("nothing of the quote would be left", do="Remove the quote."))
    return problems


def _meet(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        same = (one.start, one.end) == (other.start, other.end)
        return same or one.start < other.start < one.end or other.start < one.start < other.end
    return one.start < other.end and other.start < one.end


def _overlap(made: Edit, there: Edit, start: int, words: str) -> Problem:
    def said(edit: Edit) -> str:
        stretch = edit.text if edit.kind == "insert" else words[edit.start - start : edit.end - start]  # fmt: skip
        short = " ".join(stretch.split())
        short = short if len(short) <= _SHOWN else f"{short[:_SHOWN].rstrip()} ..."
        return f"the {KINDS[edit.kind]} of “{short}”"

    what = f"{said(made)} overlaps {said(there)}"
    return Problem(what, do="Take that one back first.", code="overlap")
