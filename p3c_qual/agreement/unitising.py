"""Agreement where coders choose their own spans: Krippendorff's alpha for unitising.

The definitions are those of 2016. Those of 2004 compare squared differences of lengths and give
other numbers for the same data.

References
----------
Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability of unitizing
textual continua: further developments. Quality & Quantity 50, 2347-2364.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from p3c_qual.agreement.tally import over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = [
    "VERSION",
    "Lengths",
    "Spans",
    "alpha_binary",
    "alpha_cu",
    "alpha_ku",
    "alpha_u",
    "measure_spans",
]

#: which definition the figures follow
VERSION = "2016"


@dataclass(frozen=True)
class Spans:
    """What one coder marked, in all sources, none of it over another.

    Attributes
    ----------
    source : ndarray of int
        The number of the source, from 0 on.
    start, end : ndarray of int
        Half-open, in characters of the source.
    value : ndarray of int
        The number of the code, from 0 on.
    """

    source: Ints
    start: Ints
    end: Ints
    value: Ints


@dataclass(frozen=True)
class Lengths:
    """Sums of lengths, one for each source; they can be weighed and added like a `Tally`.

    Attributes
    ----------
    shared : ndarray (..., codes + 1, codes + 1)
        How long one coder gave a code where another gave a code, in both orders, divided by the
        number of coders less one. The first row and column are the gaps.
    alone : ndarray (..., codes + 1)
        A span's length squared, a gap's length: what a span would agree on with itself.
    met : ndarray (..., codes)
        The length of a span in which another coder marked anything, squared.
    """

    shared: Floats
    alone: Floats
    met: Floats

    def weigh(self, weights: Floats) -> Lengths:
        """Return the sums of samples, see `p3c_qual.agreement.tally.Tally.weigh`."""
        return self._map(
            lambda sums: (weights @ sums.reshape(len(sums), -1)).reshape(-1, *sums.shape[1:])
        )

    def total(self) -> Lengths:
        """Return the sums over all sources."""
        return self._map(lambda sums: sums.sum(axis=0))

    def _map(self, do: Callable[[Floats], Floats]) -> Lengths:
        return Lengths(do(self.shared), do(self.alone), do(self.met))


def measure_spans(coders: Sequence[Spans], codes: int, sizes: Sequence[int]) -> Lengths:
    """Add up how long coders marked the same, and something else.

    Parameters
    ----------
    coders : sequence of Spans
    codes : int
        How many there are.
    sizes : sequence of int
        Characters of each source.

    Returns
    -------
    Lengths
        With an axis of sources in front.

    Examples
    --------
    >>> whole = np.array([0]), np.array([0]), np.array([10]), np.array([0])
    >>> part = np.array([0]), np.array([0]), np.array([8]), np.array([0])
    >>> found = measure_spans([Spans(*whole), Spans(*part)], 1, [20]).total()
    >>> found.shared.tolist(), found.alone.tolist()
    ([[20.0, 2.0], [2.0, 16.0]], [22.0, 164.0])
    """
    size = np.asarray(sizes, np.int64)
    # all sources behind one another; no span goes beyond its own
    begins = np.concatenate([[0], np.cumsum(size)])
    places = [(begins[each.source] + each.start, begins[each.source] + each.end) for each in coders]
    cuts = np.unique(np.concatenate([begins, *(edge for pair in places for edge in pair)]))
    length = np.diff(cuts).astype(float)
    source = np.searchsorted(begins, cuts[:-1], side="right") - 1
    given = np.zeros((len(coders), len(length)), np.int64)
    for row, each, (start, end) in zip(given, coders, places, strict=True):
        change = np.zeros(len(cuts), np.int64)
        np.add.at(change, np.searchsorted(cuts, start), each.value + 1)
        np.add.at(change, np.searchsorted(cuts, end), -(each.value + 1))
        row[:] = np.cumsum(change)[:-1]
    many, wide = len(size), codes + 1
    shared = np.zeros((many, wide, wide))
    for one, other in combinations(given, 2):
        at = (source * wide + one) * wide + other
        pair = np.bincount(at, weights=length, minlength=many * wide * wide)
        shared += pair.reshape(many, wide, wide)
    shared = (shared + shared.swapaxes(1, 2)) / max(len(coders) - 1, 1)
    alone, met = np.zeros((many, wide)), np.zeros((many, codes))
    marked = (given > 0).sum(axis=0)
    for row, each, (start, end) in zip(given, coders, places, strict=True):
        gaps = np.bincount(source, weights=length * (row == 0), minlength=many)
        alone[:, 0] += gaps
        np.add.at(alone, (each.source, each.value + 1), (end - start).astype(float) ** 2)
        # how much of each span somebody else marked too
        together = np.concatenate([[0.0], np.cumsum(length * (marked - (row > 0) > 0))])
        inside = together[np.searchsorted(cuts, end)] - together[np.searchsorted(cuts, start)]
        np.add.at(met, (each.source, each.value), inside**2)
    return Lengths(shared, alone, met)


def alpha_u(lengths: Lengths) -> Floats:
    """Return the agreement on where spans are and on what they are called.

    Examples
    --------
    Two coders mark (0, 10) and (20, 30) of 40 characters and name the second span differently:

    >>> at = np.array([0, 0]), np.array([0, 20]), np.array([10, 30])
    >>> two = [Spans(*at, np.array([0, 1])), Spans(*at, np.array([0, 2]))]
    >>> found = measure_spans(two, 3, [40]).total()
    >>> [round(float(each(found)), 4) for each in (alpha_u, alpha_binary, alpha_cu)]
    [0.6452, 1.0, 0.4]
    """
    return _alpha(lengths.shared, lengths.alone)


def alpha_binary(lengths: Lengths) -> Floats:
    """Return the agreement on where spans are, whatever they are called."""
    shared, expected, _ = _expected(lengths.shared, lengths.alone)
    marked = slice(1, None)
    apart = shared[..., 0, marked].sum(axis=-1) + shared[..., marked, 0].sum(axis=-1)
    chance = expected[..., 0, marked].sum(axis=-1) + expected[..., marked, 0].sum(axis=-1)
    return 1.0 - over(apart, chance)


def alpha_cu(lengths: Lengths) -> Floats:
    """Return the agreement on what spans are called, where several coders marked something."""
    return _alpha(lengths.shared[..., 1:, 1:], lengths.met)


def alpha_ku(lengths: Lengths) -> Floats:
    """Return the agreement on each code, where several coders marked something.

    Returns
    -------
    ndarray (..., codes)
        nan for a code that nobody gave there, and where there is no other.
    """
    shared, expected, _ = _expected(lengths.shared[..., 1:, 1:], lengths.met)
    given, chance = shared.sum(axis=-1), expected.sum(axis=-1)
    apart = given - np.diagonal(shared, axis1=-2, axis2=-1)
    by_chance = chance - np.diagonal(expected, axis1=-2, axis2=-1)
    return 1.0 - over(over(apart, given), over(by_chance, chance))


def _alpha(shared: Floats, alone: Floats) -> Floats:
    shared, expected, whole = _expected(shared, alone)
    apart = whole - np.trace(shared, axis1=-2, axis2=-1)
    chance = expected.sum(axis=(-1, -2)) - np.trace(expected, axis1=-2, axis2=-1)
    return 1.0 - over(apart, chance)


def _expected(shared: Floats, alone: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the lengths that are shared, those that chance leads one to expect, and all in all."""
    whole = shared.sum(axis=(-1, -2))
    by_chance = shared.sum(axis=-1)[..., :, None] * shared.sum(axis=-2)[..., None, :]
    diagonal = np.eye(shared.shape[-1]) * alone[..., None, :]
    scale = whole - over(alone.sum(axis=-1), whole)
    return shared, over(by_chance - diagonal, scale[..., None, None]), whole
