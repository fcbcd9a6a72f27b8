"""How far apart two categories are: the difference functions of Krippendorff's alpha."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["interval", "jaccard", "masi", "nominal", "ordinal", "ratio"]


def nominal(categories: int) -> Floats:
    """Return 1 for each two different categories.

    Examples
    --------
    >>> nominal(2).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    return 1.0 - np.eye(categories)


def ordinal(values: Floats) -> Floats:
    """Return the squared number of values that lie between two categories.

    Parameters
    ----------
    values : ndarray (..., categories)
        How often each category was given, in their order.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> ordinal(np.array([2.0, 4.0, 2.0])).tolist()
    [[0.0, 9.0, 36.0], [9.0, 0.0, 9.0], [36.0, 9.0, 0.0]]
    """
    rank = np.cumsum(values, axis=-1) - values / 2
    between: Floats = (rank[..., :, None] - rank[..., None, :]) ** 2
    return between


def interval(numbers: Sequence[float]) -> Floats:
    """Return the squared difference of two numbers.

    Examples
    --------
    >>> interval([1, 2, 4])[0].tolist()
    [0.0, 1.0, 9.0]
    """
    value = np.asarray(numbers, float)
    apart: Floats = (value[:, None] - value[None, :]) ** 2
    return apart


def ratio(numbers: Sequence[float]) -> Floats:
    """Return the squared difference of two numbers relative to their sum; 0 for two zeros.

    Examples
    --------
    >>> ratio([0, 1, 3])[1].round(2).tolist()
    [1.0, 0.0, 0.25]
    """
    value = np.asarray(numbers, float)
    total = value[:, None] + value[None, :]
    apart = value[:, None] - value[None, :]
    share = np.divide(apart, total, out=np.zeros(apart.shape), where=total != 0)
    squared: Floats = share**2
    return squared


def jaccard(sets: Sequence[frozenset[str]]) -> Floats:
    """Return one less the share that two sets of codes have in common.

    Two empty sets are alike, an empty one and another are as far apart as can be: leaving a unit
    uncoded is a judgement too.

    Examples
    --------
    >>> jaccard([frozenset("ab"), frozenset("a"), frozenset()]).tolist()[0]
    [0.0, 0.5, 1.0]
    """
    common, sizes = _common(sets)
    union = sizes[:, None] + sizes[None, :] - common
    apart: Floats = 1.0 - np.divide(common, union, out=np.ones(common.shape), where=union > 0)
    return apart


def masi(sets: Sequence[frozenset[str]]) -> Floats:
    """Return Jaccard's measure, made smaller where one set is not within the other.

    One less Jaccard's similarity times 1 for equal sets, two thirds where one holds the other, a
    third where they overlap, 0 where they do not.

    References
    ----------
    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and
    pragmatic annotation. LREC. In exact thirds, as in NLTK; two empty sets are alike.

    Examples
    --------
    >>> masi([frozenset("ab"), frozenset("a"), frozenset("bc")]).round(3).tolist()[0]
    [0.0, 0.667, 0.889]
    """
    common, sizes = _common(sets)
    union = sizes[:, None] + sizes[None, :] - common
    similar = np.divide(common, union, out=np.ones(common.shape), where=union > 0)
    smaller = np.minimum(sizes[:, None], sizes[None, :])
    within = np.where(common == smaller, 2 / 3, 1 / 3)
    monotonic = np.where(common == union, 1.0, np.where(common == 0, 0.0, within))
    apart: Floats = 1.0 - similar * monotonic
    return apart


def _common(sets: Sequence[frozenset[str]]) -> tuple[Floats, Floats]:
    """Return how many codes each two sets share, and how many each has."""
    codes = {code: at for at, code in enumerate(sorted(set().union(*sets)))}
    holds = np.zeros((len(sets), max(len(codes), 1)))
    for at, some in enumerate(sets):
        holds[at, [codes[code] for code in some]] = 1.0
    return holds @ holds.T, holds.sum(axis=1)
