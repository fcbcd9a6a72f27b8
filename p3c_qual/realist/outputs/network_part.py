"""Configurations of a network that hang together: their layers, and the lines between these.

Chains run from top to bottom in layers. A line that passes a layer has a lane of its own beside
the cards, so that no line crosses a card. A long chain goes on in a second column.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from p3c_qual.realist.outputs.network import Tie

__all__ = ["NEAR", "STEP", "WIDE", "Part", "Point"]

#: inches: a card, the white between two beside each other, between a card and a lane for lines,
#: a lane, the white between layers
WIDE, BESIDE, NEAR, LANE, GAP = 2.4, 0.28, 0.04, 0.2, 0.4
#: from one column of cards to the next, so that a line fits between
STEP = WIDE + BESIDE
#: cards beside each other in a layer at least; layers one below the other
ACROSS, DOWN = 4, 5


@dataclass(frozen=True, slots=True)
class Point:
    """A point a line goes through, and whether it goes down there (1) or up (-1)."""

    x: float
    y: float
    down: int


class Part:
    """Cards that hang together, in layers."""

    def __init__(
        self, keys: Sequence[str], ties: Sequence[Tie], heights: Mapping[str, float], columns: int
    ) -> None:
        self.columns = columns
        mine = set(keys)
        self.keys = list(keys)
        self.ties = [tie for tie in ties if tie.start in mine]
        self.heights = heights
        self.layer = _layers(self.keys, self.ties, max(ACROSS, columns))
        self.rows, self.paths = self._rows()
        self.places: dict[str, tuple[float, float]] = {}
        self.routes: list[tuple[Tie, list[Point]]] = []
        self._place()

    def _rows(self) -> tuple[list[list[str]], dict[Tie, list[str]]]:
        """Return what stands in each layer, lanes included, and the lanes of each line."""
        rows: list[list[str]] = [[] for _ in range(max(self.layer.values()) + 1)]
        chained = {tie.end for tie in self.ties if tie.kind == "chain"}
        parts = {tie.end for tie in self.ties} - chained
        # lines to parts leave on the right
        for key in sorted(self.keys, key=lambda each: each in parts):
            rows[self.layer[key]].append(key)
        paths: dict[Tie, list[str]] = {}
        for number, tie in enumerate(self.ties):
            one, other = self.layer[tie.start], self.layer[tie.end]
            passed = range(one + 1, other) if other > one else range(one, other - 1, -1)
            paths[tie] = [f"\0{number}.{row}" for row in passed]
            for row, lane in zip(passed, paths[tie], strict=True):
                rows[row].append(lane)
        return _ordered(rows, self._neighbours(paths)), paths

    def _neighbours(self, paths: Mapping[Tie, list[str]]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for tie, lanes in paths.items():
            whole = [tie.start, *lanes, tie.end]
            for one, other in pairwise(whole):
                found[one].append(other)
                found[other].append(one)
        return found

    def _place(self) -> None:
        lefts = _lefts(self.rows)
        across = max(left + _wide(row) for row, left in zip(self.rows, lefts, strict=True))
        # how many columns a long chain is broken into
        fits = int((self.columns * STEP + BESIDE) // (across + 2 * BESIDE))
        bands = max(1, min(fits, -(-len(self.rows) // DOWN)))
        size = -(-len(self.rows) // bands)
        edges: dict[str, tuple[float, float, float]] = {}
        floors: list[float] = []
        self.height, self.width = 0.0, 0.0
        lanes = self._crossing(size)
        left = 0.0
        for band, begin in enumerate(range(0, len(self.rows), size)):
            y = GAP if bands > 1 or self._turns() else 0.0
            left += (LANE * lanes[band - 1] + 2 * BESIDE) if band else 0.0
            for row in range(begin, min(begin + size, len(self.rows))):
                x = left + lefts[row]
                high = max([0.0, *(self.heights.get(each, 0.0) for each in self.rows[row])])
                for number, each in enumerate(self.rows[row]):
                    x += _white(self.rows[row], number)
                    here = LANE if each.startswith("\0") else WIDE
                    if here is WIDE:
                        self.places[each] = (x, y)
                        high_here = self.heights[each]
                    else:
                        high_here = high
                    edges[each] = (x + here / 2, y, y + high_here)
                    x += here
                floors.append(y + high)
                y += high + GAP
            self.height = max(self.height, y - (0.0 if bands > 1 or self._turns() else GAP))
            left += across
        self.width = left
        self._route(edges, floors, size, across, lanes)

    def areas(self) -> list[tuple[float, float, float, float]]:
        """Return what the cards and the lines take: left, upper, right and lower edges."""
        found = [(x, y, x + WIDE, y + self.heights[key]) for key, (x, y) in self.places.items()]
        for _, points in self.routes:
            for one, other in pairwise(points):
                (left, right), (upper, lower) = sorted((one.x, other.x)), sorted((one.y, other.y))
                # a line that turns back goes on a little before it does
                turn = 0.0 if one.down == other.down else 0.3
                found.append((left - NEAR, upper - turn, right + NEAR, lower + turn))
        return found

    def _turns(self) -> bool:
        return any(self.layer[tie.end] <= self.layer[tie.start] for tie in self.ties)

    def _crossing(self, size: int) -> dict[int, int]:
        """Return how many lines go from each column to the next one."""
        found: dict[int, int] = defaultdict(int)
        for tie in self.ties:
            one, other = sorted((self.layer[tie.start] // size, self.layer[tie.end] // size))
            for band in range(one, other):
                found[band] += 1
        return found

    def _route(
        self,
        edges: Mapping[str, tuple[float, float, float]],
        floors: Sequence[float],
        size: int,
        across: float,
        lanes: Mapping[int, int],
    ) -> None:
        used: dict[int, int] = defaultdict(int)
        starts, at = [], 0.0
        for band in range(-(-len(self.rows) // size)):
            at += (LANE * lanes[band - 1] + 2 * BESIDE) if band else 0.0
            starts.append(at)
            at += across

        def over(band: int, *, back: bool) -> list[Point]:
            """Go beside a column, from its end to the head of the next one or the other way."""
            x = starts[band] + across + BESIDE + LANE * (used[band] + 0.5)
            used[band] += 1
            end = max(floors[band * size : (band + 1) * size])
            points = [Point(x, end, -1), Point(x, GAP, -1)]
            return [Point(p.x, p.y, 1) for p in reversed(points)] if back else points

        for tie in self.ties:
            back = self.layer[tie.end] <= self.layer[tie.start]
            shift = 0.0 if tie.kind == "chain" else WIDE * 0.32
            x, _, bottom = edges[tie.start]
            points = [Point(x + shift, bottom, 1)]
            row = self.layer[tie.start]
            if floors[row] > bottom:
                # past the taller cards beside it before it turns
                points.append(Point(x + shift, floors[row], 1))
            for lane in self.paths[tie]:
                now = int(lane.rpartition(".")[2])
                if now // size != row // size:
                    points += over(min(now, row) // size, back=back)
                x, top, bottom = edges[lane]
                points += (
                    [Point(x, bottom, -1), Point(x, top, -1)]
                    if back
                    else [Point(x, top, 1), Point(x, bottom, 1)]
                )
                row = now
            x, top, _ = edges[tie.end]
            if self.layer[tie.end] // size != row // size:
                points += over(min(self.layer[tie.end], row) // size, back=back)
            points.append(Point(x + shift, top, 1))
            self.routes.append((tie, points))


def _wide(row: Sequence[str]) -> float:
    cards = sum(LANE if each.startswith("\0") else WIDE for each in row)
    return cards + sum(_white(row, number) for number in range(len(row)))


def _white(row: Sequence[str], number: int) -> float:
    """Return the white before a card or a lane."""
    if number == 0:
        return 0.0
    lanes = [each.startswith("\0") for each in row[number - 1 : number + 1]]
    return 0.0 if all(lanes) else NEAR if any(lanes) else BESIDE


def _lefts(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return where each layer begins: in the middle, its cards in columns with those of others."""
    middles, heads = [], []
    for row in rows:
        cards, x = [], 0.0
        for number, each in enumerate(row):
            x += _white(row, number)
            lane = each.startswith("\0")
            if not lane:
                cards.append(x)
            x += LANE if lane else WIDE
        # whatever lanes stand beside its cards
        middles.append((cards[0] + cards[-1] + WIDE) / 2)
        heads.append(cards[0])
    middle = max(middles)
    first = max(heads)
    found = []
    for one, head in zip(middles, heads, strict=True):
        columns = int((middle - one + head - first) / STEP + 1e-6)
        found.append(max(columns, 0) * STEP + first - head)
    least = min(found)
    return [left - least for left in found]


def _layers(keys: Sequence[str], ties: Sequence[Tie], across: int) -> dict[str, int]:
    """Return the layer of each card: below all that lead to it, at most `across` in one.

    A line that closes a circle does not count: it goes back up.
    """
    after: dict[str, list[str]] = {key: [] for key in keys}
    for tie in ties:
        after[tie.start].append(tie.end)
    before: dict[str, set[str]] = {key: set() for key in keys}
    order: list[str] = []
    state: dict[str, int] = {}
    # those that nothing leads to come first, so that a circle is cut where it is entered
    led_to = {tie.end for tie in ties}
    for root in sorted(keys, key=lambda key: key in led_to):
        waiting: list[tuple[str, int]] = [(root, 0)] if root not in state else []
        while waiting:
            key, number = waiting.pop()
            state[key] = 1
            if number == len(after[key]):
                state[key] = 2
                order.append(key)
                continue
            waiting.append((key, number + 1))
            later = after[key][number]
            if state.get(later) != 1:
                before[later].add(key)
            if later not in state:
                waiting.append((later, 0))
    layer: dict[str, int] = {}
    taken: dict[int, int] = defaultdict(int)
    for key in reversed(order):
        at = max((layer[each] + 1 for each in before[key]), default=0)
        while taken[at] >= across:
            at += 1
        layer[key] = at
        taken[at] += 1
    return layer


def _ordered(rows: list[list[str]], neighbours: Mapping[str, list[str]]) -> list[list[str]]:
    """Order each layer by where its neighbours stand, down and up again, to cross few lines."""
    at = {each: place for row in rows for place, each in enumerate(row)}
    where = {each: number for number, row in enumerate(rows) for each in row}
    for sweep in range(8):
        step = -1 if sweep % 2 == 0 else 1
        for number in range(len(rows)) if step < 0 else reversed(range(len(rows))):
            middle = {}
            for each in rows[number]:
                there = [at[one] for one in neighbours[each] if where[one] == number + step]
                middle[each] = sum(there) / len(there) if there else at[each]
            rows[number].sort(key=middle.__getitem__)
            at.update((each, place) for place, each in enumerate(rows[number]))
    return rows
