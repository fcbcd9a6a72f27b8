"""How far apart sets of codes are, against NLTK and worked examples."""

from __future__ import annotations

import pytest
from agreement_kit import of_rows
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.distance import jaccard_distance, masi_distance

from p3c_qual.agreement import coefficients as c
from p3c_qual.agreement import distances

sets = st.frozensets(st.sampled_from("abcd"), min_size=1)


def of_sets(units: list[tuple[str, str]]) -> dict[str, float]:
    """Return alpha for units that two coders gave sets of one-letter codes."""
    tally, found = of_rows(*zip(*units, strict=True))
    held = [frozenset(each) for each in found]
    return {
        "masi": float(c.alpha(tally, distances.masi(held))),
        "jaccard": float(c.alpha(tally, distances.jaccard(held))),
        "nominal": float(c.alpha_nominal(tally)),
    }


@given(sets, sets)
def test_masi_and_jaccard_are_nltk_s(one: frozenset[str], other: frozenset[str]) -> None:
    both = [one, other]
    assert distances.masi(both)[0, 1] == pytest.approx(masi_distance(one, other), abs=1e-12)
    assert distances.jaccard(both)[0, 1] == pytest.approx(jaccard_distance(one, other), abs=1e-12)


def test_alpha_over_sets_is_what_nltk_gives() -> None:
    # worked with NLTK 3.10.4; a letter is a code
    units = [
        ("s", "s"), ("sw", "s"), ("f", "f"), ("fl", "f"),
        ("t", "it"), ("w", "s"), ("i", "i"), ("sw", "lw"),
    ]  # fmt: skip
    assert of_sets(units) == pytest.approx(
        {"masi": 0.433657, "jaccard": 0.522613, "nominal": 0.311927}, abs=1e-6
    )


def test_two_empty_sets_are_alike_and_an_empty_one_differs_from_any_other() -> None:
    none, some = frozenset[str](), frozenset("a")
    for distance in (distances.masi, distances.jaccard):
        apart = distance([none, none, some])
        assert apart[0, 1] == 0
        assert apart[0, 2] == 1
    units = [
        ("", ""), ("a", ""), ("a", "a"), ("a", "b"), ("ab", "a"),
        ("ab", "ac"), ("abc", "abc"), ("c", "ac"), ("c", "ac"),
    ]  # fmt: skip
    assert of_sets(units) == pytest.approx(
        {"masi": 0.27308, "jaccard": 0.31562, "nominal": 0.23881}, abs=1e-5
    )
