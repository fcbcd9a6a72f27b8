"""How sure a coefficient is."""

from __future__ import annotations

import numpy as np
import pytest

from p3c_qual.agreement.coefficients import alpha_nominal
from p3c_qual.agreement.sureness import draw, interval_of
from p3c_qual.agreement.tally import tally_units


def alike(sources: int, units: int, *, seed: int = 3) -> np.ndarray:
    """Return two coders who agree in some sources far better than in others."""
    rng = np.random.default_rng(seed)
    first = rng.integers(0, 3, (sources, units))
    quality = rng.uniform(0.2, 1.0, (sources, 1))
    other = rng.integers(0, 3, (sources, units))
    second = np.where(rng.random((sources, units)) < quality, first, other)
    return np.stack([first.ravel(), second.ravel()])


def test_sources_are_drawn_whole() -> None:
    source = np.repeat(np.arange(12), 5)
    weights, of = draw(source, seed=1, rounds=20)
    assert of == "sources"
    assert all(len({*row[source == 3]}) == 1 for row in weights)
    assert weights.sum(axis=1) == pytest.approx(np.full(20, 60))


def test_below_ten_sources_units_are_drawn_within_them_and_the_interval_says_so() -> None:
    source = np.repeat(np.arange(6), 50)
    weights, of = draw(source, seed=1)
    within = [weights[:, source == number].sum(axis=1) for number in range(6)]
    assert all((each == 50).all() for each in within)
    tally = tally_units(alike(6, 50), 3, groups=np.arange(300))
    found = interval_of(tally, alpha_nominal, weights, of)
    assert found.low is not None
    assert "too narrow" in found.note


def test_below_four_sources_there_is_no_interval() -> None:
    weights, of = draw(np.repeat(np.arange(3), 50), seed=1)
    tally = tally_units(alike(3, 50), 3, groups=np.arange(150))
    found = interval_of(tally, alpha_nominal, weights, of)
    assert (found.low, found.high) == (None, None)
    assert "fewer than 4 sources" in found.note


def test_drawing_sources_gives_a_wider_interval_than_drawing_units() -> None:
    given, source = alike(20, 100), np.repeat(np.arange(20), 100)
    weights, of = draw(source, seed=1)
    # drawn within their sources, whatever their number
    parts = [draw(np.repeat(np.arange(5), 100), seed=n)[0] for n in range(4)]
    units = tally_units(given, 3, groups=np.arange(2_000))
    wide = interval_of(units, alpha_nominal, weights, of)
    narrow = interval_of(units, alpha_nominal, np.concatenate(parts, axis=1), "units")
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)  # type: ignore[operator]


def test_the_interval_of_twenty_sources_holds_the_coefficient_of_thousands() -> None:
    truth = float(alpha_nominal(tally_units(alike(3_000, 30, seed=99), 3).total()))
    source, held = np.repeat(np.arange(20), 30), 0
    weights, of = draw(source, seed=1)
    for seed in range(60):
        tally = tally_units(alike(20, 30, seed=seed), 3, groups=np.arange(600))
        found = interval_of(tally, alpha_nominal, weights, of)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= truth <= found.high
    # 95 of 100 are meant; intervals of this kind come out somewhat short of it
    assert held >= 50


def test_the_same_seed_draws_the_same() -> None:
    source = np.repeat(np.arange(12), 5)
    assert (draw(source, seed=4)[0] == draw(source, seed=4)[0]).all()
    assert (draw(source, seed=4)[0] != draw(source, seed=5)[0]).any()


def test_a_coefficient_that_most_samples_lack_has_no_interval_and_says_so() -> None:
    given = np.zeros((2, 60), int)
    given[0, 0] = 1
    weights, of = draw(np.repeat(np.arange(12), 5), seed=1)
    found = interval_of(tally_units(given, 2, groups=np.arange(60)), alpha_nominal, weights, of)
    assert found.low is None
    assert "undefined in" in found.note
