"""How sure a coefficient is: samples of the sources that were coded twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from p3c_qual.agreement.tally import Tally
    from p3c_qual.agreement.unitising import Lengths

    Floats = NDArray[np.float64]

__all__ = ["ROUNDS", "Interval", "draw", "interval_of"]

#: samples that are drawn
ROUNDS = 1_000
#: sources that were coded twice: with fewer, units within them are drawn; with fewer, nothing
SOURCES, FEWEST = 10, 4
#: the share of samples that lie within
LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """Where a coefficient lies in most samples.

    Attributes
    ----------
    low, high : float or None
        None where no interval is printed.
    of : str
        What was drawn anew: ``sources``, ``units`` or nothing.
    note : str
        What to know when reading it, or why there is none.
    """

    low: float | None
    high: float | None
    of: str
    note: str = ""


def draw(source: NDArray[np.integer], *, seed: int, rounds: int = ROUNDS) -> tuple[Floats, str]:
    """Draw samples: how often each unit is in each of them.

    What people say in one interview is alike, so that drawing sources is what tells how another
    ten sources would have come out. Characters are never drawn: there are so many, and so alike
    are neighbours, that the interval would come out far too narrow.

    Parameters
    ----------
    source : ndarray of int (units,)
        The number of each unit's source, from 0 on.
    seed : int
    rounds : int
        Samples.

    Returns
    -------
    ndarray of float (rounds, units), str
        And what was drawn: ``sources``, ``units``, or nothing where there are too few sources.

    Examples
    --------
    >>> weights, of = draw(np.arange(12), seed=1, rounds=3)
    >>> weights.shape, weights.sum(axis=1).tolist(), of
    ((3, 12), [12.0, 12.0, 12.0], 'sources')
    """
    sizes = np.bincount(source) if len(source) else np.zeros(0, int)
    many = int((sizes > 0).sum())
    rng = np.random.default_rng(seed)
    if many < FEWEST:
        return np.zeros((0, len(source))), ""
    if many >= SOURCES:
        present = np.flatnonzero(sizes)
        found = np.zeros((rounds, len(sizes)))
        found[:, present] = rng.multinomial(many, np.full(many, 1 / many), size=rounds)
        return found[:, source], "sources"
    made = np.zeros((rounds, len(source)))
    for number in np.flatnonzero(sizes):
        at, size = np.flatnonzero(source == number), int(sizes[number])
        made[:, at] = rng.multinomial(size, np.full(size, 1 / size), size=rounds)
    return made, "units"


def interval_of(
    sums: Tally | Lengths, coefficient: Callable[[Any], Floats], weights: Floats, of: str
) -> Interval:
    """Return where a coefficient lies in 95 of 100 samples.

    Parameters
    ----------
    sums : Tally or Lengths
        With an axis of units in front, as the samples were drawn.
    coefficient : callable
        Of `p3c_qual.agreement.coefficients` or `p3c_qual.agreement.unitising`.
    weights : ndarray (samples, units)
    of : str
        See `draw`.
    """
    if not of:
        few = f"no interval: fewer than {FEWEST} sources were worked through by all of them"
        return Interval(None, None, "", few)
    values = coefficient(sums.weigh(weights))
    defined = values[~np.isnan(values)]
    # a sample in which every unit has the same category has no coefficient
    if len(defined) < LEVEL * len(values):
        lost = len(values) - len(defined)
        note = f"no interval: it is undefined in {lost} of {len(values)} samples"
        return Interval(None, None, of, note)
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    notes = []
    if of == "units":
        notes.append(
            f"too narrow: with fewer than {SOURCES} sources units within them were drawn, and "
            "units of one source are alike"
        )
    if len(defined) < len(values):
        notes.append(f"undefined in {len(values) - len(defined)} of {len(values)} samples")
    return Interval(float(low), float(high), of, "; ".join(notes))
