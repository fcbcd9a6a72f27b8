"""Coefficients of agreement, each from the sums over units.

Every function takes a `Tally` and gives an array of the shape that stands in front of its sums:
one number for a study, a thousand for a thousand samples. Where a coefficient is not defined it is
nan; `why_undefined` says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from p3c_qual.agreement import distances
from p3c_qual.agreement.tally import over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from p3c_qual.agreement.tally import Tally

    Floats = NDArray[np.float64]

__all__ = [
    "alpha",
    "alpha_nominal",
    "alpha_ordinal",
    "brennan_prediger",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "percent",
    "scott_pi",
    "weighted_kappa",
    "why_undefined",
]


def percent(tally: Tally) -> Floats:
    """Return the share of pairs of values that agree, as the mean over units.

    Examples
    --------
    >>> from p3c_qual.agreement.tally import tally_units
    >>> float(percent(tally_units(np.array([[0, 1, 1, 0], [0, 1, 0, 0]]), 2).total()))
    0.75
    """
    return over(tally.agreed, tally.pairable)


def alpha(tally: Tally, apart: Floats) -> Floats:
    """Return Krippendorff's alpha for differences of one's own.

    Parameters
    ----------
    tally : Tally
    apart : ndarray (..., categories, categories)
        How far apart two categories are, see `p3c_qual.agreement.distances`.

    References
    ----------
    Krippendorff, K. (2019). Content analysis, 4th ed., ch. 12.
    """
    many = tally.values.sum(axis=-1)
    observed = over((tally.coincidences * apart).sum(axis=(-1, -2)), many)
    pairs = np.einsum("...i,...ij,...j->...", tally.values, apart, tally.values)
    return _beyond(observed, over(pairs, many * (many - 1)))


def alpha_nominal(tally: Tally) -> Floats:
    """Return Krippendorff's alpha of categories without order.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
    """
    return alpha(tally, distances.nominal(tally.values.shape[-1]))


def alpha_ordinal(tally: Tally) -> Floats:
    """Return Krippendorff's alpha of categories in order.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
    """
    return alpha(tally, distances.ordinal(tally.values))


def cohen_kappa(tally: Tally) -> Floats:
    """Return Cohen's kappa of two coders.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20(1), 37-46.
    """
    return weighted_kappa(tally, distances.nominal(tally.values.shape[-1]))


def weighted_kappa(tally: Tally, apart: Floats) -> Floats:
    """Return the kappa of two coders for differences of one's own.

    References
    ----------
    Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70(4), 213-220.
    """
    if tally.table is None:
        return np.full(tally.agreed.shape, np.nan)
    many = tally.table.sum(axis=(-1, -2))
    one, other = tally.table.sum(axis=-1), tally.table.sum(axis=-2)
    observed = over((tally.table * apart).sum(axis=(-1, -2)), many)
    return _beyond(observed, over(np.einsum("...i,ij,...j->...", one, apart, other), many**2))


def scott_pi(tally: Tally) -> Floats:
    """Return Scott's pi of two coders.

    References
    ----------
    Scott, W. A. (1955). Reliability of content analysis. Public Opinion Quarterly 19(3), 321-325.
    """
    if tally.table is None:
        return np.full(tally.agreed.shape, np.nan)
    share = over(tally.values, tally.values.sum(axis=-1, keepdims=True))
    return _chance(percent(tally), (share**2).sum(axis=-1))


def fleiss_kappa(tally: Tally) -> Floats:
    """Return Fleiss' kappa, for any number of coders.

    Where coders have not seen some of the units a unit's shares are of those who saw it, as in
    Gwet.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological
    Bulletin 76(5), 378-382. Gwet, K. L. (2014). Handbook of inter-rater reliability, 4th ed.
    """
    return _chance(percent(tally), (_prevalence(tally) ** 2).sum(axis=-1))


def brennan_prediger(tally: Tally) -> Floats:
    """Return Brennan and Prediger's kappa: by chance every category is as likely as any other.

    References
    ----------
    Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa: some uses, misuses, and
    alternatives. Educational and Psychological Measurement 41(3), 687-699.
    """
    many = tally.values.shape[-1]
    return _chance(percent(tally), np.full(tally.agreed.shape, 1.0 / many if many else np.nan))


def gwet_ac1(tally: Tally) -> Floats:
    """Return Gwet's AC1, which rare and common categories upset less.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. British Journal of Mathematical and Statistical Psychology 61(1), 29-48.
    """
    many, share = tally.values.shape[-1], _prevalence(tally)
    if many < 2:
        return np.full(tally.agreed.shape, np.nan)
    return _chance(percent(tally), (share * (1 - share)).sum(axis=-1) / (many - 1))


def why_undefined(tally: Tally, name: str) -> str:
    """Say why a coefficient is not defined, in a sentence; empty where it is.

    Parameters
    ----------
    tally : Tally
        Of a study, without axes in front.
    name : str
        Of the function.

    Examples
    --------
    >>> from p3c_qual.agreement.tally import tally_units
    >>> alike = tally_units(np.zeros((2, 3), int), 1).total()
    >>> why_undefined(alike, "alpha_nominal")
    'every unit got the same category, so that agreement by chance cannot be told from agreement'
    """
    if tally.pairable == 0:
        return "no unit was seen by two coders"
    if name in {"cohen_kappa", "weighted_kappa", "scott_pi"} and tally.table is None:
        return f"it is defined for two coders, not for {tally.coders}"
    if name != "percent" and (tally.values > 0).sum() < 2:
        return (
            "every unit got the same category, so that agreement by chance cannot be told from "
            "agreement"
        )
    return ""


def _prevalence(tally: Tally) -> Floats:
    return over(tally.shares, tally.seen[..., None])


def _chance(observed: Floats, expected: Floats) -> Floats:
    return _beyond(1.0 - observed, 1.0 - expected)


def _beyond(observed: Floats, expected: Floats) -> Floats:
    """Return one less what was disagreed on, relative to what chance leads one to expect."""
    return 1.0 - over(observed, np.asarray(np.where(expected > 1e-12, expected, 0.0)))
