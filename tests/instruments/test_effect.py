"""The size of an effect and the limit for several tests, held against published values."""

from __future__ import annotations

import math

import pytest

from p3c_qual.errors import P3CError
from p3c_qual.instruments import bonferroni, effect_size


@pytest.mark.parametrize("r", [0.42, 0.19, 0.25, 0.61, 0.13, 0.36, 0.30])
def test_published_effect_sizes_of_36_practices_are_z_by_the_root_of_pairs(r: float) -> None:
    # bmjopen, table 2: the z behind each r is r times the root of 36, which is 6
    assert effect_size(6 * r, 36) == pytest.approx(r)


def test_the_published_limit_for_six_tests() -> None:
    assert round(bonferroni(0.05, 6), 4) == 0.0083


@pytest.mark.parametrize(("z", "pairs"), [(1.0, 0), (math.nan, 4), (math.inf, 4)])
def test_what_has_no_size_says_why(z: float, pairs: int) -> None:
    with pytest.raises(P3CError, match=r"has no size|has to be a number"):
        effect_size(z, pairs)


@pytest.mark.parametrize(("alpha", "tests"), [(0.05, 0), (0.0, 3), (1.5, 3)])
def test_a_limit_needs_a_test_and_a_probability(alpha: float, tests: int) -> None:
    with pytest.raises(P3CError):
        bonferroni(alpha, tests)
