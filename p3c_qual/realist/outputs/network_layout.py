"""Where the cards of a network stand, in inches, and which way the lines between them go.

What hangs together stands together; the rest fills the columns beside and below it.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from heapq import merge
from itertools import pairwise
from typing import TYPE_CHECKING

from p3c_qual.realist.outputs.network_part import NEAR, STEP, WIDE, Part, Point

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from p3c_qual.realist.outputs.network import Tie

__all__ = ["WIDE", "Layout", "Point", "curve_of", "lay_out"]

#: columns at most; inches of white below a card
COLUMNS, BELOW = 7, 0.17
#: inches of a sheet of A3, and of the keys and the caption on it
SHEET, FOOT = (16.54, 11.69), 1.2


def curve_of(points: Sequence[Point]) -> list[tuple[float, float]]:
    """Return a line through its points as control points of cubic curves.

    At each point it runs straight up or down; between two it stays in the white between layers.
    """
    curve = [(points[0].x, points[0].y)]
    for one, other in pairwise(points):
        # a turn needs little room, a way on what there is between the two
        on = one.down == other.down and (other.y - one.y) * one.down > 0
        bend = abs(other.y - one.y) * 0.5 if on else 0.34
        curve += [(one.x, one.y + bend * one.down), (other.x, other.y - bend * other.down)]
        curve.append((other.x, other.y))
    return curve


@dataclass
class Layout:
    """Where everything stands.

    Attributes
    ----------
    places : dict of str to (float, float)
        Upper left corner of each card, by key.
    routes : list of (Tie, list of Point)
    width, height : float
    """

    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    routes: list[tuple[Tie, list[Point]]] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0


def lay_out(keys: Sequence[str], ties: Sequence[Tie], heights: Mapping[str, float]) -> Layout:
    """Place cards and lines, in as many columns as a sheet of A3 keeps largest.

    Parameters
    ----------
    keys : sequence of str
        Of the cards, in the order in which they are named.
    ties : sequence of Tie
    heights : mapping of str to float
        Inches of each card.

    Examples
    --------
    >>> from p3c_qual.realist.outputs.network import Tie
    >>> made = lay_out(["c1", "c2"], [Tie("chain", "c1", "c2")], {"c1": 1.0, "c2": 1.0})
    >>> made.places["c1"][1] < made.places["c2"][1], len(made.routes)
    (True, 1)
    """
    groups = _components(keys, ties)
    tried = [
        _packed([Part(some, ties, heights, columns) for some in groups], columns)
        for columns in range(1, min(COLUMNS, max(len(keys), 1)) + 1)
    ]
    return min(tried, key=_unlike_page)


def _unlike_page(made: Layout) -> float:
    """Return how much smaller it gets on a sheet of A3, and a little for a sheet that is upright."""
    wide, high = made.width + 0.4, made.height + FOOT
    long, short = SHEET
    kept = max(min(long / wide, short / high), min(short / wide, long / high))
    return 1 - min(kept, 1.0) + 0.15 * abs(math.log(wide / high * short / long))


def _packed(parts: Sequence[Part], columns: int) -> Layout:
    """Put each part where there is room for it highest up, the large ones first."""
    made = Layout()
    columns = max([columns, *map(_across, parts)])
    # from where to where each column is taken, from top to bottom
    taken: list[list[tuple[float, float]]] = [[] for _ in range(columns)]
    linked = sorted((each for each in parts if each.ties), key=lambda each: -each.height)
    for part in (*linked, *(each for each in parts if not each.ties)):
        across = _across(part)
        tops = [
            _room(taken[first : first + across], part.height)
            for first in range(columns - across + 1)
        ]
        top = min(tops)
        left = tops.index(top) * STEP
        for key, (x, y) in part.places.items():
            made.places[key] = (left + x, top + y)
        for tie, points in part.routes:
            moved = [Point(left + each.x, top + each.y, each.down) for each in points]
            made.routes.append((tie, moved))
        for one, upper, other, lower in part.areas():
            for number, column in enumerate(taken):
                if left + one < number * STEP + WIDE and number * STEP < left + other:
                    insort(column, (top + upper, top + lower))
        made.width = max(made.width, left + part.width)
        made.height = max(made.height, top + part.height)
    return made


def _across(part: Part) -> int:
    """Return how many columns a part needs; a line has room in the white beside the last one."""
    return math.ceil((part.width - NEAR) / STEP)


def _room(columns: Sequence[Sequence[tuple[float, float]]], height: float) -> float:
    """Return how far down the first place is that is free in all these columns."""
    top = 0.0
    for upper, lower in merge(*columns):
        if upper >= top + height + BELOW - 1e-9:
            break
        top = max(top, lower + BELOW)
    return top


def _components(keys: Sequence[str], ties: Sequence[Tie]) -> list[list[str]]:
    """Return the cards that hang together, each group in the order of the keys."""
    beside: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        beside[tie.start].add(tie.end)
        beside[tie.end].add(tie.start)
    seen: set[str] = set()
    found = []
    for key in keys:
        if key in seen:
            continue
        waiting, some = [key], {key}
        while waiting:
            new = beside[waiting.pop()] - some
            some |= new
            waiting += new
        seen |= some
        found.append([each for each in keys if each in some])
    return found
