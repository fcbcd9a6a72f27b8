"""The order of the sections of a report, and their numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from p3c_qual.description.arranging import TOP, parent_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from p3c_qual.description.model import SectionText
    from p3c_qual.description.skeleton import Place

__all__ = ["Entry", "arrange", "number_entries"]

#: before which section of the skeleton an author's own comes where it is not said
_BEFORE = ("discussion", "acknowledgements")


@dataclass(frozen=True, slots=True)
class Entry:
    """A section of a report, in order.

    Attributes
    ----------
    key, title, under, level, code, kind, prompt : str
        As of a `Place`, with what the author changed.
    tasks : tuple of str
    number : str
        As it is printed; empty where none is.
    depth : int
        0 at the top.
    own : bool
        Whether it is the author's own.
    left_out : bool
        Also where it is part of one that is left out.
    merged_into : str
        The section in which its text and material stand.
    merged : tuple of str
        The sections whose texts follow its own, in order.
    text, status : str
    state, why : str
        One of `STATES`, and why it is not yet a description.
    words, quotes : int
        Of its own text.
    material : int
        Passages coded for it.
    """

    key: str
    title: str
    under: str
    level: str = ""
    code: str = ""
    kind: str = "chapter"
    prompt: str = ""
    tasks: tuple[str, ...] = ()
    number: str = ""
    depth: int = 0
    own: bool = False
    left_out: bool = False
    merged_into: str = ""
    merged: tuple[str, ...] = ()
    text: str = ""
    status: str = ""
    state: str = "empty"
    why: str = ""
    words: int = 0
    quotes: int = 0
    material: int = 0

    @property
    def printed(self) -> bool:
        """Whether it stands in the report under its own heading."""
        return not self.left_out and not self.merged_into


def arrange(places: Mapping[str, Place], texts: Mapping[str, SectionText]) -> list[Entry]:
    """Return the entries in order, each before those that are part of it."""
    rows = {key: {"under": each.under, "after": each.after} for key, each in texts.items()}
    own = [key for key, each in texts.items() if key not in places]
    parents = {key: parent_of(key, rows, places) for key in (*places, *own)}
    for key in (*places, *own):
        # what copies joined to a circle, or stands below what is gone, comes to the top
        if _lost(key, parents):
            parents[key] = ""
    order = [key for key in places if key not in own]
    at = next((order.index(key) for key in _BEFORE if key in order), len(order))
    order[at:at] = [key for key in own if texts[key].kind != "brief"]
    order += [key for key in own if texts[key].kind == "brief"]
    below: dict[str, list[str]] = defaultdict(list)
    for key in order:
        below[parents[key]].append(key)
    into = {key: texts[key].merged_into if key in texts else "" for key in parents}
    into = {key: "" if _lost(key, into) else value for key, value in into.items()}
    merged: dict[str, list[str]] = defaultdict(list)
    made: list[Entry] = []

    def put(parent: str, depth: int, left: bool) -> None:
        for key in _in_turn(below[parent], {each: rows.get(each, {}).get("after", "") for each in below[parent]}):  # fmt: skip
            entry = _entry(key, parent, places.get(key), texts.get(key))
            entry = replace(entry, depth=depth, left_out=left or entry.left_out)
            entry = replace(entry, merged_into=_last(into[key], into))
            if entry.merged_into:
                merged[entry.merged_into].append(key)
            made.append(entry)
            put(key, depth + 1, entry.left_out)

    put("", 0, left=False)
    return [replace(each, merged=tuple(merged.get(each.key, ()))) for each in made]


def _lost(key: str, steps: Mapping[str, str]) -> bool:
    """Say whether the way from a section leads in a circle, or to what is not there."""
    seen, here = {key}, steps[key]
    while here in steps and here not in seen:
        seen.add(here)
        here = steps[here]
    return bool(here)


def _last(key: str, steps: Mapping[str, str]) -> str:
    """Return where the way from a section ends."""
    while steps.get(key):
        key = steps[key]
    return key


def _in_turn(keys: list[str], after: Mapping[str, str]) -> Iterator[str]:
    """Give sections in their order, each followed by those that were put after it."""
    follow: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        follow[after[key] if after[key] == TOP or after[key] in keys else ""].append(key)
    given: set[str] = set()

    def give(key: str) -> Iterator[str]:
        if key not in given:
            given.add(key)
            yield key
            for each in follow[key]:
                yield from give(each)

    # at last those that follow each other in a circle
    for key in (*follow[TOP], *follow[""], *keys):
        yield from give(key)


def _entry(key: str, under: str, place: Place | None, text: SectionText | None) -> Entry:
    base = Entry(key, key, under, own=True)
    if place is not None:
        base = Entry(
            key,
            place.title,
            under,
            place.level,
            place.code,
            place.kind,
            place.prompt,
            place.tasks,
        )
    if text is None:
        return base
    return replace(
        base,
        title=text.title or base.title,
        kind=text.kind or base.kind,
        left_out=text.left_out,
        merged_into=text.merged_into,
        text=text.text,
        status=text.status,
    )


def number_entries(entries: list[Entry], first: str) -> list[Entry]:
    """Give numbers to what is printed, and letters to the appendices."""
    numbers: dict[str, str] = {}
    counts: dict[str, int] = defaultdict(int)
    for each in entries:
        inside = numbers.get(each.under, "")
        if not each.printed or each.kind in {"summary", "brief"} or (each.under and not inside):
            continue
        appendix = not each.under and each.kind == "appendix"
        run = "appendix" if appendix else f"/{each.under}"
        counts[run] += 1
        number = counts[run]
        if appendix:
            numbers[each.key] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(number - 1) % 26]
        else:
            numbers[each.key] = f"{inside}.{number}" if inside else f"{first}{number}"
    return [replace(each, number=numbers.get(each.key, "")) for each in entries]
