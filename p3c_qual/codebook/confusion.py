"""Categories that coders confused: one code by one of them, another by another, at one place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from p3c_qual.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Confused", "Given", "confusions", "unruled"]

#: places that are shown of a pair
_EXAMPLES = 5


class Given(NamedTuple):
    """A code that a coder gave to a span, in one round."""

    source: str
    round: str
    start: int
    end: int
    code: str
    coder: str


@dataclass(frozen=True)
class Confused:
    """Two codes that coders gave where the other one gave the other.

    Attributes
    ----------
    codes : tuple of str
        In the order of their names.
    pairs : int
        Pairs of overlapping segments.
    characters : int
        Code points in which they overlap, each once.
    examples : tuple of (source, start, end, coder, coder)
        The first places; the coders in the order of the codes.
    """

    codes: tuple[str, str]
    pairs: int
    characters: int
    examples: tuple[tuple[str, int, int, str, str], ...]


def confusions(given: Iterable[Given]) -> list[Confused]:
    """Find the pairs of codes that coders confused, the most frequent first.

    Two codes are confused where different coders gave them to overlapping spans of one source in
    one round, and neither of the two gave the other's code there as well.

    Parameters
    ----------
    given : iterable of Given
        All of one codebook.

    Examples
    --------
    >>> made = [Given("P1", "main", 0, 9, "a", "anna"), Given("P1", "main", 5, 12, "b", "ben")]
    >>> [(each.codes, each.pairs, each.characters) for each in confusions(made)]
    [(('a', 'b'), 1, 4)]
    """
    texts: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for each in given:
        texts[each.source, each.round].append(each)
    count: dict[tuple[str, str], int] = defaultdict(int)
    places: dict[tuple[str, str], dict[str, list[tuple[int, int]]]] = {}
    examples: dict[tuple[str, str], list[tuple[str, int, int, str, str]]] = defaultdict(list)
    for (source, _), rows in sorted(texts.items()):
        lanes: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for each in rows:
            lanes[each.coder, each.code].append((each.start, each.end))
        waiting: list[Given] = []
        for each in sorted(rows, key=lambda one: (one.start, one.end, one.code, one.coder)):
            waiting = [other for other in waiting if other.end > each.start]
            for other in waiting:
                if other.coder == each.coder or other.code == each.code:
                    continue
                start, end = each.start, min(each.end, other.end)
                if _lies(lanes.get((each.coder, other.code)), start, end) or _lies(
                    lanes.get((other.coder, each.code)), start, end
                ):
                    continue
                first, second = sorted((each, other), key=lambda one: one.code)
                pair = (first.code, second.code)
                count[pair] += 1
                places.setdefault(pair, defaultdict(list))[source].append((start, end))
                examples[pair].append((source, start, end, first.coder, second.coder))
            waiting.append(each)
    found = [
        Confused(
            pair,
            number,
            sum(_length(some) for some in places[pair].values()),
            tuple(examples[pair][:_EXAMPLES]),
        )
        for pair, number in count.items()
    ]
    return sorted(found, key=lambda each: (-each.pairs, -each.characters, each.codes))


def _length(spans: Sequence[tuple[int, int]]) -> int:
    """Return how many characters spans cover, each once."""
    covered, last = 0, 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, last))
        last = max(last, end)
    return covered


def _lies(spans: list[tuple[int, int]] | None, start: int, end: int) -> bool:
    return any(left < end and start < right for left, right in spans or ())


def unruled(found: Iterable[Confused], rules: Mapping[str, str], where: str) -> list[Problem]:
    """Say which confused pairs have a code without a coding rule.

    Parameters
    ----------
    found : iterable of Confused
    rules : mapping of str to str
        The coding rule by code.
    where : str
        For the message.
    """
    problems = []
    for each in found:
        bare = [repr(code) for code in each.codes if not rules.get(code, "").strip()]
        if bare:
            first, second = each.codes
            place = "passage" if each.pairs == 1 else f"{each.pairs} passages"
            have = "has" if len(bare) == 1 else "have"
            what = (
                f"coders gave {first!r} and {second!r} to the same {place}, and "
                f"{' and '.join(bare)} {have} no coding rule"
            )
            do = "Write a rule that tells the two apart."
            problems.append(Problem(what, where, do=do, code="confused"))
    return problems
