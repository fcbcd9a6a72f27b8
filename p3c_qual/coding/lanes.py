"""One code of one coder never covers a character twice within a round."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Laid", "lay"]

#: start, end, and the id of a coding that is there
Old = tuple[int, int, str]
#: start, end, and the place of a new coding among those asked for
New = tuple[int, int, int]


@dataclass
class Laid:
    """What becomes of new codings of one code, coder, round and question.

    Attributes
    ----------
    kept : dict of int to (start, end)
        By place, those to be written, with the span each gets.
    widened : dict of str to (start, end)
        By id, those that are there and get a wider span.
    into : dict of int to (int or str)
        By place, those that are not written: the place or the id of the coding that holds them.
    overlapping : list of (int, start, end)
        Places of those refused, each with the span it overlaps.
    repeated : int
        Exact repeats.
    """

    kept: dict[int, tuple[int, int]] = field(default_factory=dict)
    widened: dict[str, tuple[int, int]] = field(default_factory=dict)
    into: dict[int, int | str] = field(default_factory=dict)
    overlapping: list[tuple[int, int, int]] = field(default_factory=list)
    repeated: int = 0


def lay(there: Sequence[Old], new: Sequence[New], *, extend: bool) -> Laid:
    """Lay new spans beside those that are there.

    Touching spans stay two. An exact repeat is held by what it repeats. An overlapping one is
    refused, or with `extend` made one with all it overlaps; two that are there already are never
    made one.

    Examples
    --------
    >>> laid = lay([(0, 10, "a")], [(10, 20, 0), (0, 10, 1), (5, 8, 2)], extend=False)
    >>> laid.kept, laid.into, laid.overlapping
    ({0: (10, 20)}, {1: 'a'}, [(2, 0, 10)])
    >>> lay([(0, 10, "a")], [(5, 12, 0)], extend=True).widened
    {'a': (0, 12)}
    """
    laid = Laid()
    if len(new) == 1 and not there:
        start, end, place = new[0]
        laid.kept[place] = (start, end)
        return laid
    spans: dict[tuple[int, int], int | str] = {(start, end): name for start, end, name in there}
    fresh: list[New] = []
    for start, end, place in new:
        if (start, end) in spans:
            laid.into[place] = spans[start, end]
            laid.repeated += 1
        else:
            spans[start, end] = place
            fresh.append((start, end, place))
    run: list[tuple[int, int, int | str]] = []
    reach = -1
    for item in sorted(
        list[tuple[int, int, int | str]]([*there, *fresh]), key=lambda each: each[:2]
    ):
        if run and item[0] >= reach:
            _settle(laid, run, extend=extend)
            run = []
        run.append(item)
        reach = max(reach, item[1])
    if run:
        _settle(laid, run, extend=extend)
    return laid


def _settle(laid: Laid, run: list[tuple[int, int, int | str]], *, extend: bool) -> None:
    """Decide on spans that hang together; those with a number are new."""
    new = [(start, end, name) for start, end, name in run if isinstance(name, int)]
    old = [(start, end, name) for start, end, name in run if isinstance(name, str)]
    if len(run) == 1:
        laid.kept.update({name: (start, end) for start, end, name in new})
        return
    if extend and new and len(old) <= 1:
        span = run[0][0], max(end for _, end, _ in run)
        if old:
            holder: int | str = old[0][2]
            # within what is there nothing is to be done
            if span != old[0][:2]:
                laid.widened[old[0][2]] = span
        else:
            holder = min(name for _, _, name in new)
            laid.kept[holder] = span
        laid.into.update({name: holder for _, _, name in new if name != holder})
        return
    before: list[tuple[int, int]] = [(start, end) for start, end, _ in old]
    for start, end, name in sorted(new, key=lambda item: item[2]):
        other = next((each for each in before if each[0] < end and start < each[1]), None)
        if other is None:
            laid.kept[name] = (start, end)
        else:
            laid.overlapping.append((name, *other))
        before.append((start, end))
