"""What coders gave to units, added up: all that a coefficient of agreement is worked out from.

Sums over units can be added and weighed, so that the same formula serves a study, one source, and
a thousand samples of sources at once: every array may have further axes in front.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["MISSING", "Tally", "over", "tally_units"]

#: of a unit that a coder has not seen, which is not the same as seen and left uncoded
MISSING = -1


@dataclass(frozen=True)
class Tally:
    """Sums over units; a unit counts by its weight, such as the characters it stands for.

    Attributes
    ----------
    coders : int
    values : ndarray (..., categories)
        How often each category was given in units that several coders saw.
    coincidences : ndarray (..., categories, categories)
        Krippendorff's: each pair of values within a unit, in both orders, divided by the unit's
        number of values less one.
    agreed, pairable : ndarray (...)
        The share of a unit's pairs of values that agree, summed; the units with several values.
    shares, seen : ndarray (..., categories), (...)
        The share of a unit's values that a category has, summed; the units with any value.
    table : ndarray (..., categories, categories) or None
        Of two coders: what the first gave by what the second gave.
    """

    coders: int
    values: Floats
    coincidences: Floats
    agreed: Floats
    pairable: Floats
    shares: Floats
    seen: Floats
    table: Floats | None

    def weigh(self, weights: Floats) -> Tally:
        """Return the sums of samples from the tallies of single groups.

        Parameters
        ----------
        weights : ndarray (samples, groups)
            How often a group is in a sample.
        """

        def each(sums: Floats) -> Floats:
            flat = weights @ sums.reshape(len(sums), -1)
            return flat.reshape(len(weights), *sums.shape[1:])

        return self._map(each)

    def total(self) -> Tally:
        """Return the sums over all groups."""
        return self._map(lambda sums: sums.sum(axis=0))

    def _map(self, do: Callable[[Floats], Floats]) -> Tally:
        return Tally(
            self.coders,
            do(self.values),
            do(self.coincidences),
            do(self.agreed),
            do(self.pairable),
            do(self.shares),
            do(self.seen),
            None if self.table is None else do(self.table),
        )


def tally_units(
    given: NDArray[np.integer],
    categories: int,
    *,
    weights: Floats | None = None,
    groups: NDArray[np.integer] | None = None,
) -> Tally:
    """Add up what coders gave to units.

    Parameters
    ----------
    given : ndarray of int (coders, units)
        The number of a category, or `MISSING`.
    categories : int
        How many there are.
    weights : ndarray of float (units,), optional
        What a unit counts; by default 1.
    groups : ndarray of int (units,), optional
        The group of each unit, such as its source, from 0 on; by default there is one group.

    Returns
    -------
    Tally
        With an axis of groups in front.

    Examples
    --------
    >>> found = tally_units(np.array([[0, 1, 1], [0, 1, 0]]), 2).total()
    >>> found.agreed.item(), found.pairable.item(), found.values.tolist()
    (2.0, 3.0, [3.0, 3.0])
    """
    coders, units = given.shape
    many = 1 if groups is None else int(groups.max(initial=-1)) + 1
    place = np.zeros(units, np.intp) if groups is None else groups.astype(np.intp)
    weight: Floats = np.ones(units) if weights is None else weights
    present = given != MISSING
    each = present.sum(axis=0)
    several = each > 1
    # a unit with one value says nothing of agreement; dividing by it is avoided, not hidden
    of_pair = np.divide(weight, each - 1.0, out=np.zeros(units), where=several)

    def sums(at: NDArray[np.intp], by: Floats, size: int) -> Floats:
        return np.bincount(at, by, many * size).reshape(many, size).astype(float)

    values, shares = np.zeros((many, categories)), np.zeros((many, categories))
    for row, there in zip(given, present, strict=True):
        at = place[there] * categories + row[there]
        shares += sums(at, weight[there] / each[there], categories)
        pairable = there & several
        values += sums(place[pairable] * categories + row[pairable], weight[pairable], categories)
    square = categories * categories
    pairs = np.zeros((many, square))
    agreed = np.zeros(many)
    table: Floats | None = None
    for one, other in combinations(range(coders), 2):
        both = present[one] & present[other]
        first, second, here = given[one][both], given[other][both], place[both]
        at = (here * categories + first) * categories + second
        pairs += sums(at, of_pair[both], square)
        same = first == second
        agreed += np.bincount(
            here[same], weights=(2 * of_pair[both] / each[both])[same], minlength=many
        )
        if coders == 2:
            table = sums(at, weight[both], square).reshape(many, categories, categories)
    coincidences = pairs.reshape(many, categories, categories)
    return Tally(
        coders,
        values,
        coincidences + coincidences.swapaxes(-1, -2),
        agreed,
        sums(place, weight * several, 1)[:, 0],
        shares,
        sums(place, weight * (each > 0), 1)[:, 0],
        table,
    )


def over(part: Floats, whole: Floats) -> Floats:
    """Return a share; nan where there is nothing of which it could be one.

    Examples
    --------
    >>> over(np.array([1.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [0.5, nan]
    """
    part, whole = np.broadcast_arrays(part, whole)
    share: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 1e-9)
    return share
