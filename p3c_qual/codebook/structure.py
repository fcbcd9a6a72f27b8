"""What must hold between the codes of one codebook: keys, parents, scales, mergers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.codebook.code import Code
    from p3c_qual.codebook.reader import Draft
    from p3c_qual.findings import Faults

__all__ = ["check_structure"]


def check_structure(draft: Draft) -> None:
    """Add every fault between the codes of a draft to its faults."""
    faults = draft.faults
    codes: dict[str, Code] = {}
    lines: dict[str, int] = {}
    for code, line in draft.codes:
        if code.key in codes:
            what = f"the key {code.key!r} stands twice, first in line {lines[code.key]}"
            faults.add(line, what, do="Give one of them another id.")
        else:
            codes[code.key], lines[code.key] = code, line
    named = [key for key in codes if not key.startswith("?")]
    for code, line in draft.codes:
        if code.parent is not None and code.parent not in codes:
            faults.add(line, f"unknown parent {code.parent!r}", valid=named, given=code.parent)
        _check_scale(code, line, faults)
        _check_merger(code, line, codes, faults)
    for circle in _circles({key: code.parent for key, code in codes.items()}):
        what = f"the codes are each other's parents: {' -> '.join((*circle, circle[0]))}"
        faults.add(lines[circle[0]], what, do="Take 'parent:' from one of them.")
    for circle in _circles({key: code.merged_into for key, code in codes.items()}):
        if len(circle) > 1:
            what = f"the codes are merged in a circle: {' -> '.join((*circle, circle[0]))}"
            faults.add(lines[circle[0]], what, do="Take 'merged_into:' from one of them.")


def _check_scale(code: Code, line: int, faults: Faults) -> None:
    if code.kind != "ordinal":
        if code.levels or code.not_ratable:
            what = f"the nominal code {code.key!r} has the levels of a scale"
            faults.add(line, what, do="Write 'kind: ordinal', or remove them.")
        return
    values = [level.value for level in code.levels if level.value is not None]
    if len(code.levels) < 2:
        what = f"the ordinal code {code.key!r} has {len(code.levels)} levels and needs at least two"
        faults.add(line, what, do="Add them under 'levels:', each with value and label.")
    twice = sorted({value for value in values if values.count(value) > 1})
    for value in twice:
        faults.add(line, f"the level {value} of {code.key!r} stands twice")
    if not twice and values != sorted(values):
        shown = ", ".join(str(value) for value in values)
        what = f"the levels of {code.key!r} are out of order: {shown}"
        faults.add(line, what, do="Write the lowest value first.")
    labels = [level.label.casefold() for level in code.levels]
    for label in sorted({label for label in labels if label and labels.count(label) > 1}):
        faults.add(line, f"two levels of {code.key!r} are called {label!r}")


def _check_merger(code: Code, line: int, codes: Mapping[str, Code], faults: Faults) -> None:
    target = code.merged_into
    if target is None:
        return
    if target == code.key:
        faults.add(line, f"the code {code.key!r} is merged into itself")
    elif target not in codes:
        others = [key for key in codes if key != code.key and not key.startswith("?")]
        what = f"{code.key!r} is merged into the unknown code {target!r}"
        faults.add(line, what, valid=others, closest=nearest(target, others))
    if code.status != "retired":
        what = f"{code.key!r} is merged into another code and not retired"
        faults.add(line, what, do="Write 'status: retired', or remove 'merged_into:'.")


def _circles(above: Mapping[str, str | None]) -> list[list[str]]:
    """Return every circle once, beginning with its first key in the order given."""
    found: list[list[str]] = []
    done: set[str] = set()
    for key in above:
        trail: list[str] = []
        here: str | None = key
        while here is not None and here in above and here not in done and here not in trail:
            trail.append(here)
            here = above[here]
        if here in trail:
            found.append(trail[trail.index(here) :])
        done.update(trail)
    return found
