"""Facts that contradict each other, and changes in per cent that do not come out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from p3c_qual.description.stated import read_value
from p3c_qual.store.words import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from p3c_qual.description.model import Fact, Where
    from p3c_qual.opened import Opened

__all__ = ["Conflict", "find_conflicts", "list_conflicts", "may_contradict"]

MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts of one name that do not agree, or a stated change that does not come out.

    Attributes
    ----------
    name : str
    where : Where
        What they are about.
    what : str
        What does not agree, in a sentence.
    facts : tuple of str
        Row ids; of a change, those of the change, of what was before and of what was after.
    decided : bool
        Whether it is said by which of them the report goes.
    """

    name: str
    where: Where
    what: str
    facts: tuple[str, ...]
    decided: bool


def list_conflicts(study: Opened, *, programme: str = "") -> list[Conflict]:
    """Return what does not agree in the ledger of facts.

    Parameters
    ----------
    study : Study
    programme : str
        Key or row id; only what is about it or one of its sites.

    Raises
    ------
    P3CError
        If there is no such programme.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.description.facts import note_fact
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> _ = note_fact(study, "Practices that take part", "18 of 19")
    >>> _ = note_fact(study, "practices that take part", "18 of 20")
    >>> list_conflicts(study)[0].what
    'it is 18 of 19 in one place and 18 of 20 in another'
    """
    from p3c_qual.description.read import read_description
    from p3c_qual.realist.writing import found

    with study.store.read() as connection:
        name = found(connection, "programme", programme)["id"] if programme else None
        facts = read_description(connection).facts.values()
    # what a change is worked out from may be about something else
    conflicts = find_conflicts(facts)
    return [each for each in conflicts if not name or each.where.programme == name]


def find_conflicts(facts: Iterable[Fact]) -> list[Conflict]:
    """Return what does not agree among some facts, in the order of their names.

    One whose value went with the words of somebody who withdrew contradicts nothing.
    """
    every = [each for each in facts if each.value]
    named: dict[tuple[Where, str], list[Fact]] = defaultdict(list)
    for each in every:
        named[each.where, _fold(each.name)].append(each)
    by_id = {each.id: each for each in every}
    found = [
        conflict
        for (_, _), some in sorted(named.items(), key=lambda item: item[0][1])
        for conflict in _differing(some)
    ]
    changes = (_change(each, by_id) for each in sorted(every, key=lambda each: _fold(each.name)))
    return found + [each for each in changes if each]


def may_contradict(one: Fact, other: Fact) -> bool:
    """Say whether two facts are of one name and place, and not for different dates."""
    same = one.where == other.where and _fold(one.name) == _fold(other.name)
    return same and (one.date == other.date or not one.date or not other.date)


def _differing(facts: list[Fact]) -> list[Conflict]:
    """Return the conflicts among facts of one name and place.

    One without a date contradicts those with a date only where it agrees with none of them: it
    may be of any of their dates.
    """
    dates: dict[str, list[Fact]] = defaultdict(list)
    for each in facts:
        dates[each.date].append(each)
    undated = dates.pop("", [])
    found = [some for some in dates.values() if len(_values(some)) > 1]
    dated = [each for some in dates.values() for each in some]
    stray = [each for each in undated if dated and not any(_agree(each, one) for one in dated)]
    if stray:
        found.append(dated + undated)
    elif len(_values(undated)) > 1:
        found.append(undated)
    return [_conflict(some) for some in found]


def _conflict(facts: list[Fact]) -> Conflict:
    first = facts[0]
    several = len({each.date for each in facts}) > 1
    said = [_said(some[0], dated=several) for some in _values(facts)]
    if len(said) == 2:
        what = f"it is {said[0]} in one place and {said[1]} in another"
    else:
        what = f"it is {', '.join(said[:-1])} and {said[-1]}"
    if first.date and not several:
        what += f", all for {first.date}" if len(said) > 2 else f", both for {first.date}"
    ids = tuple(each.id for each in facts)
    return Conflict(first.name, first.where, what, ids, sum(each.chosen for each in facts) == 1)


def _values(facts: list[Fact]) -> list[list[Fact]]:
    """Group facts by what they say."""
    groups: list[list[Fact]] = []
    for each in facts:
        same = next((some for some in groups if all(_agree(each, one) for one in some)), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    return groups


def _agree(one: Fact, other: Fact) -> bool:
    return read_value(one.value, one.unit).agrees(read_value(other.value, other.unit))


def _said(fact: Fact, *, dated: bool = False) -> str:
    unit = f" {fact.unit}" if fact.unit and fact.unit not in fact.value else ""
    date = f" ({fact.date or 'no date'})" if dated else ""
    return f"{fact.value}{unit}{date}"


def _change(fact: Fact, facts: dict[str, Fact]) -> Conflict | None:
    """Return what is wrong with a stated change in per cent; None where it comes out."""
    before, after = facts.get(fact.before or ""), facts.get(fact.after or "")
    if before is None or after is None:
        return None
    what = _wrong(fact, before, after)
    if not what:
        return None
    return Conflict(fact.name, fact.where, what, (fact.id, before.id, after.id), fact.chosen)


def _wrong(fact: Fact, before: Fact, after: Fact) -> str:
    stated = read_value(fact.value, fact.unit or "%")
    first, last = (read_value(each.value, each.unit) for each in (before, after))
    for each, read in ((fact, stated), (before, first), (after, last)):
        if len(read.numbers) != 1:
            return f"the change cannot be worked out, since “{each.value}” is not one number"
    if not stated.percent:
        return f"the change is stated in {fact.unit}, and is worked out in per cent only"
    if not first.numbers[0]:
        return (
            f"from {before.value} to {after.value} is no change in per cent, since it begins at 0"
        )
    said = stated.numbers[0]
    # where the value does not say which way, its name may: a decrease of 3 % is −3 %
    way = read_value(fact.name).direction
    if not stated.direction and way and said > 0:
        said *= way
    out = (last.numbers[0] - first.numbers[0]) / first.numbers[0] * 100
    # as it is rounded: half of the last place that is stated
    if abs(out - said) <= Decimal(5).scaleb(-stated.decimals - 1):
        return ""
    shown = Decimal(f"{out:.{max(stated.decimals, 2)}f}")
    way_wrong = (
        f"; it {'rose' if out > 0 else 'fell'}, and it is said that it {'rose' if said > 0 else 'fell'}"
        if out * said < 0
        else ""
    )
    return (
        f"from {before.value} to {after.value} is {_percent(shown)}, and {_percent(said)} is "
        f"stated{way_wrong}"
    )


def _percent(number: Decimal) -> str:
    sign = MINUS if number < 0 else "+" if number > 0 else ""
    return f"{sign}{abs(number).normalize():f} %"


def _fold(name: str) -> str:
    return " ".join(fold_text(name).split())
