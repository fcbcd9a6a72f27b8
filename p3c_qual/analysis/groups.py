"""By what a table groups: the names of the groups, and which words belong to which."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from p3c_qual.analysis.known import PROPERTIES
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from p3c_qual.analysis.counting import Counted, Slot
    from p3c_qual.analysis.known import KnownSource

__all__ = ["NOBODY", "check_grouping", "group_slots"]

#: the column of what has no value of the variable
NOBODY = "(none)"

_FIXED = ("programme", "site", "country", "stakeholder_type", "source", "coder")
#: what is said of sources and makes groups worth counting
_SAID = tuple(name for name in PROPERTIES if name != "title")
#: columns of every table, which no group may be called
_TAKEN = ("code", "total")


def check_grouping(by: str, sources: Collection[KnownSource]) -> None:
    """Refuse what sources cannot be grouped by.

    Raises
    ------
    P3CError
        With everything they can be grouped by, and the nearest spelling.
    """
    variables = sorted({name for each in sources for name in each.variables})
    valid = (*_FIXED, *_SAID, *(name for name in variables if name not in {*_FIXED, *_SAID}))
    if by not in valid:
        raise P3CError(
            Problem(f"sources cannot be grouped by {by!r}", valid=valid, nearest=nearest(by, valid))
        )


def group_slots(by: str, counted: Counted) -> dict[str, list[int]]:
    """Put each person's words in each reading into groups.

    Parameters
    ----------
    by : str
    counted : Counted

    Returns
    -------
    dict of str to list of int
        The numbers of the slots by group, in order of the names. A person of several
        stakeholder types is in several groups; words that are nobody's, and sources of which
        nothing is said, are in `NOBODY`, which stands last. A group of which nothing was read
        has no slots.
    """
    of = _grouper(by, counted)
    members: dict[str, list[int]] = defaultdict(list)

    def names(slot: Slot) -> list[str]:
        return [f"{by} {name}" if name in _TAKEN else name or NOBODY for name in of(slot)]

    for number, slot in enumerate(counted.slots):
        for name in names(slot):
            members[name].append(number)
    if by != "coder":
        # a group of which nothing was read has a column too, which stays empty
        for slot in _unread(counted):
            for name in names(slot):
                members.setdefault(name, [])
    return {name: members[name] for name in sorted(members, key=lambda n: (n == NOBODY, n))}


def _unread(counted: Counted) -> Iterator[Slot]:
    """Yield the words of sources that the reading set leaves out, as if they had been read."""
    from p3c_qual.analysis.counting import Slot
    from p3c_qual.analysis.reading_set import Reading

    read = {slot.source.id for slot in counted.slots}
    for name, source in counted.sources.items():
        if name not in read:
            for person in source.people or (None,):
                yield Slot(Reading(name, None, ""), source, person)


def _grouper(by: str, counted: Counted) -> Callable[[Slot], Sequence[str]]:
    if by == "coder":
        return lambda slot: [counted.coders.get(slot.reading.coder or "", "")]
    if by == "stakeholder_type":
        return lambda slot: (slot.person.types if slot.person else ()) or [""]
    if by == "site":
        homes: dict[str, set[str]] = defaultdict(set)
        for source in counted.sources.values():
            homes[source.site].add(source.programme)

        def site(slot: Slot) -> Sequence[str]:
            place, home = slot.source.site, slot.source.programme
            # two programmes may each have a site "north"
            return [f"{home}/{place}" if place and home and len(homes[place]) > 1 else place]

        return site
    if by == "source":
        return lambda slot: [slot.source.key]
    if by == "programme":
        return lambda slot: [slot.source.programme]
    if by == "country":
        return lambda slot: [slot.source.country]
    if by in _SAID:
        return lambda slot: [slot.source.said[by]]

    def variable(slot: Slot) -> Sequence[str]:
        value = slot.source.variables.get(by)
        return ["" if value is None else str(value)]

    return variable
