"""The size of an effect and the limit for several tests, as P3C-OCT's authors work them out."""

from __future__ import annotations

import math

from p3c_qual.errors import P3CError, Problem

__all__ = ["bonferroni", "effect_size"]


def effect_size(z: float, pairs: int) -> float:
    """Return r = z / sqrt(n) of a Wilcoxon signed-rank test over pairs.

    The z comes from the test, made elsewhere: no test is made here.

    Parameters
    ----------
    z : float
    pairs : int
        How many had both points in time.

    Raises
    ------
    P3CError
        If there are no pairs, or z is no number: then the size is not defined.

    Examples
    --------
    36 practices with both points in time:

    >>> round(effect_size(2.52, 36), 2)
    0.42
    """
    problems = []
    if pairs < 1:
        what = f"an effect over {pairs} pairs has no size"
        problems.append(Problem(what, do="It needs one pair at least."))
    if not math.isfinite(z):
        problems.append(Problem(f"z has to be a number, not {z}"))
    if problems:
        raise P3CError(problems)
    return z / math.sqrt(pairs)


def bonferroni(alpha: float, tests: int) -> float:
    """Return the limit that each of several tests has to keep, alpha / tests.

    Parameters
    ----------
    alpha : float
        Above 0, at most 1.
    tests : int

    Raises
    ------
    P3CError
        If there is no test, or alpha is no probability.

    Examples
    --------
    >>> round(bonferroni(0.05, 6), 4)
    0.0083
    """
    problems = []
    if tests < 1:
        problems.append(Problem(f"there is no limit for {tests} tests"))
    if not 0 < alpha <= 1:
        problems.append(Problem(f"alpha is a probability, not {alpha}"))
    if problems:
        raise P3CError(problems)
    return alpha / tests
