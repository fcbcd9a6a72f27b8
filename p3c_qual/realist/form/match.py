"""Which element and which passage of a study is meant by one of a realist file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from p3c_qual.realist.form.places import Places
    from p3c_qual.realist.form.read import Given
    from p3c_qual.realist.model import Configuration, Element, Evidence

__all__ = ["folded", "match_elements", "match_evidence"]

Spans = set[tuple[str, int, int]]


def match_elements(
    held: Configuration, given: Sequence[Given], places: Places, texts: Mapping[int, str]
) -> list[Element | None]:
    """Return of each element of a file the one of the study that is meant, or None if it is new.

    The role always agrees. Elements of the same text are told apart by their passages; one whose
    text was changed is known by a passage it shares.

    Parameters
    ----------
    held : Configuration
    given : sequence of Given
    places : Places
    texts : mapping of int to str
        By number in `given`, the cleaned text.
    """
    free = list(held.elements)
    found: list[Element | None] = [None] * len(given)
    spans = [{places.of(one).at for one in each.parts["evidence"]} for each in given]
    theirs: dict[str, Spans] = {
        each.id: {(one.source, one.start, one.end) for one in held.voices(each.id)} for each in free
    }
    rules: tuple[Callable[[int, Element], bool], ...] = (
        lambda number, one: texts[number] == one.text and bool(spans[number] & theirs[one.id]),
        lambda number, one: (
            texts[number] == one.text and (bool(one.text) or not (spans[number] or theirs[one.id]))
        ),
        lambda number, one: bool(spans[number] & theirs[one.id]),
    )
    for rule in rules:
        for number, each in enumerate(given):
            if found[number] is None:
                fits = (one for one in free if one.role == each.get("role") and rule(number, one))
                if (meant := next(fits, None)) is not None:
                    found[number] = meant
                    free.remove(meant)
    return found


def match_evidence(
    held: Iterable[Evidence], given: Sequence[Given], places: Places
) -> list[Evidence | None]:
    """Return of each passage of a file the one of the study at its place, or None if it is new.

    Of several at one place it is that of the same role.
    """
    free = list(held)
    found: list[Evidence | None] = [None] * len(given)
    for same_role in (True, False):
        for number, each in enumerate(given):
            if found[number] is not None:
                continue
            at = places.of(each).at
            fits = (
                one
                for one in free
                if (one.source, one.start, one.end) == at
                and (not same_role or one.role == (each.get("role") or "supports"))
            )
            if (meant := next(fits, None)) is not None:
                found[number] = meant
                free.remove(meant)
    return found


def folded(words: str | None) -> str:
    """Return words as they are compared: without capitals, with single blanks."""
    return " ".join((words or "").casefold().split())
