"""Coefficients of agreement against published values, and against libraries on random designs."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from agreement_kit import of_counts, of_rows, of_table
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import cohen_kappa_score

from p3c_qual.agreement import coefficients as c
from p3c_qual.agreement import distances
from p3c_qual.agreement.tally import MISSING, tally_units

#: Krippendorff 2011, Computing Krippendorff's alpha-reliability, example C; also 2004, p. 230
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
#: Krippendorff 1980, p. 139: three coders, nine units
NINE = ["112412132", "122442232", "122442332"]


def near(value: object, published: float, digits: float = 5e-5) -> bool:
    return float(value) == pytest.approx(published, abs=digits)  # type: ignore[arg-type]


def test_alpha_of_four_coders_with_gaps_is_krippendorff_s() -> None:
    tally, values = of_rows(*FOUR)
    assert near(c.alpha_nominal(tally), 0.7434)
    assert near(c.alpha_ordinal(tally), 0.8154)
    assert near(c.alpha(tally, distances.interval(values)), 0.8491)
    assert near(c.alpha(tally, distances.ratio(values)), 0.7974)


def test_alpha_of_each_category_is_krippendorff_s() -> None:
    published = {1: 0.7204, 2: 0.6667, 3: 0.7400, 4: 0.7771, 5: 1.0}
    for category, value in published.items():
        rows = [[v if v is None else int(v == category) for v in row] for row in FOUR]
        assert near(c.alpha_nominal(of_rows(*rows)[0]), value)


def test_the_other_coefficients_of_four_coders_with_gaps_are_gwet_s() -> None:
    # Gwet 2014, Handbook of inter-rater reliability; and its package irrCAC
    tally, _ = of_rows(*FOUR)
    assert near(c.gwet_ac1(tally), 0.77544)
    assert near(c.brennan_prediger(tally), 0.77273)
    assert near(c.fleiss_kappa(tally), 0.76117)


def test_alpha_of_two_coders_is_krippendorff_s() -> None:
    # Krippendorff 1980, p. 133; 2011, examples A and B; 2004, p. 227
    tally, _ = of_rows("0100000010", "0110010100")
    assert near(c.alpha_nominal(tally), 0.0952)
    letters, _ = of_rows("aabbdcccedda", "babbbccceddd")
    assert near(c.alpha_nominal(letters), 0.6920)
    pairs, _ = of_rows("aabbbbbccccc", "abbbbbcccccc")
    assert near(c.percent(pairs), 0.8333)
    assert near(c.alpha_nominal(pairs), 0.734, 5e-4)


def test_alpha_of_three_coders_is_krippendorff_s() -> None:
    # Krippendorff 1980, p. 139
    tally, values = of_rows(*NINE)
    numbers = [int(value) for value in values]
    assert near(c.percent(tally), 0.740, 1e-3)
    assert near(c.alpha_nominal(tally), 0.642, 5e-4)
    assert near(c.alpha(tally, distances.interval(numbers)), 0.547, 5e-4)
    assert near(c.alpha(tally, distances.ratio(numbers)), 0.483, 5e-4)
    for category, published in {"1": 0.381, "2": 0.711, "3": 0.717, "4": 0.764}.items():
        rows = [[int(value == category) for value in row] for row in NINE]
        assert near(c.alpha_nominal(of_rows(*rows)[0]), published, 5e-4)


@pytest.mark.parametrize(
    ("table", "published"),
    [
        # Cohen 1960, p. 45, and p. 37; AC1 by the definition of Gwet 2008
        (
            [[88, 14, 18], [10, 40, 10], [2, 6, 12]],
            {"percent": 0.70, "cohen_kappa": 0.4915, "scott_pi": 0.4872, "brennan_prediger": 0.55,
             "gwet_ac1": 0.576, "alpha_nominal": 0.4885},
        ),
        (
            [[25, 12, 3], [13, 2, 15], [12, 16, 2]],
            {"percent": 0.29, "cohen_kappa": -0.0923, "gwet_ac1": -0.048},
        ),
        # Artstein & Poesio 2008, pp. 558 and 568
        (
            [[20, 10], [20, 50]],
            {"brennan_prediger": 0.40, "scott_pi": 0.341, "cohen_kappa": 0.348, "gwet_ac1": 0.4495,
             "alpha_nominal": 0.344},
        ),
        (
            [[46, 0, 0], [6, 32, 6], [0, 0, 10]],
            {"brennan_prediger": 0.820, "scott_pi": 0.7995, "cohen_kappa": 0.8013,
             "alpha_nominal": 0.8005},
        ),
        # Brennan & Prediger 1981, pp. 689 and 691
        (
            [[50, 0, 0], [10, 10, 10], [20, 0, 0]],
            {"percent": 0.60, "cohen_kappa": 0.27, "brennan_prediger": 0.40},
        ),
        ([[50, 0, 10], [0, 10, 10], [10, 10, 0]], {"cohen_kappa": 0.29, "brennan_prediger": 0.40}),
        # Gwet 2002, on the paradox of kappa
        (
            [[118, 5], [2, 0]],
            {"percent": 0.944, "cohen_kappa": -0.0234, "scott_pi": -0.0288,
             "brennan_prediger": 0.888, "gwet_ac1": 0.9408},
        ),
        # Feinstein & Cicchetti 1990
        (
            [[40, 9], [6, 45]],
            {"percent": 0.85, "cohen_kappa": 0.6995, "brennan_prediger": 0.70, "gwet_ac1": 0.7007},
        ),
        (
            [[80, 10], [5, 5]],
            {"percent": 0.85, "cohen_kappa": 0.3182, "brennan_prediger": 0.70, "gwet_ac1": 0.8080},
        ),
    ],
)  # fmt: skip
def test_coefficients_of_a_table_are_the_published_ones(
    table: list[list[int]], published: dict[str, float]
) -> None:
    tally = of_table(table)
    for name, value in published.items():
        digits = 10 ** -len(str(value).split(".")[1]) if value else 1e-3
        assert near(getattr(c, name)(tally), value, 0.51 * digits), name


def test_weighted_kappa_and_alpha_of_a_distance_are_artstein_and_poesio_s() -> None:
    # 2008, p. 568: half a difference for every pair with the third category
    apart = np.array([[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]])
    tally = of_table([[46, 0, 0], [6, 32, 6], [0, 0, 10]])
    assert near(c.alpha(tally, apart), 0.8156)
    assert near(c.weighted_kappa(tally, apart), 0.8163)


def test_fleiss_kappa_of_fourteen_raters_is_the_textbook_s() -> None:
    counts = [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]  # fmt: skip
    assert near(c.fleiss_kappa(of_counts(counts)), 0.2099)


def test_fleiss_and_free_marginal_kappa_are_randolph_s() -> None:
    # Randolph 2005, p. 17
    balanced, skewed = (
        of_counts([[3, 0], [2, 1], [1, 2], [0, 3]]),
        of_counts([[3, 0], [2, 1], [2, 1], [3, 0]]),
    )
    assert near(c.fleiss_kappa(balanced), 0.33, 5e-3)
    assert near(c.fleiss_kappa(skewed), -0.20, 5e-3)
    assert near(c.brennan_prediger(balanced), 0.33, 5e-3)
    assert near(c.brennan_prediger(skewed), 0.33, 5e-3)


@pytest.mark.parametrize("name", ["alpha_nominal", "cohen_kappa", "scott_pi", "fleiss_kappa"])
def test_one_category_only_is_undefined_and_says_so(name: str) -> None:
    tally = tally_units(np.zeros((2, 5), int), 2).total()
    assert np.isnan(getattr(c, name)(tally))
    assert "the same category" in c.why_undefined(tally, name)
    assert near(c.percent(tally), 1.0)


def test_no_unit_that_two_saw_is_undefined_and_says_so() -> None:
    tally, _ = of_rows([1, None, 2], [None, 1, None])
    for name in ("percent", "alpha_nominal", "gwet_ac1", "cohen_kappa"):
        assert np.isnan(getattr(c, name)(tally))
        assert c.why_undefined(tally, name) == "no unit was seen by two coders"


def test_cohen_s_kappa_of_three_coders_says_that_it_is_for_two() -> None:
    tally, _ = of_rows(*NINE)
    assert np.isnan(c.cohen_kappa(tally))
    assert "two coders, not for 3" in c.why_undefined(tally, "cohen_kappa")


def test_a_unit_that_was_not_seen_is_not_one_that_was_left_uncoded() -> None:
    # the last category is "not coded"
    unseen = tally_units(np.array([[0, 1, 0], [0, 1, MISSING]]), 2).total()
    left = tally_units(np.array([[0, 1, 0], [0, 1, 1]]), 2).total()
    assert near(c.percent(unseen), 1.0)
    assert near(c.percent(left), 2 / 3)


def test_two_who_code_nearly_everything_at_random_do_not_look_reliable() -> None:
    given = (np.random.default_rng(7).random((2, 20_000)) < 0.9).astype(int)
    tally = tally_units(given, 2).total()
    assert c.percent(tally) > 0.8
    assert abs(c.alpha_nominal(tally)) < 0.03
    assert abs(c.cohen_kappa(tally)) < 0.03


def designs(coders: int | None = None) -> st.SearchStrategy[np.ndarray]:
    rows = st.integers(2, 5) if coders is None else st.just(coders)
    low = MISSING if coders is None else 0
    return st.tuples(rows, st.integers(1, 30)).flatmap(
        lambda shape: arrays(np.int64, shape, elements=st.integers(low, 3))
    )


@settings(max_examples=500, deadline=None)
@given(designs())
def test_alpha_is_the_library_s_on_any_design(given_: np.ndarray) -> None:
    tally = tally_units(given_, 4).total()
    if (tally.values > 0).sum() < 2:
        assert np.isnan(c.alpha_nominal(tally))
        return
    seen = np.where(given_ == MISSING, np.nan, given_)
    values = [0.0, 1.0, 2.0, 3.0]
    ours = {
        "nominal": c.alpha_nominal(tally),
        "ordinal": c.alpha_ordinal(tally),
        "interval": c.alpha(tally, distances.interval(values)),
        "ratio": c.alpha(tally, distances.ratio(values)),
    }
    for level, value in ours.items():
        theirs = krippendorff.alpha(
            reliability_data=seen, value_domain=values, level_of_measurement=level
        )
        assert float(value) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=500, deadline=None)
@given(designs(2))
def test_kappa_is_the_library_s_on_any_design(given_: np.ndarray) -> None:
    tally = tally_units(given_, 4).total()
    if np.isnan(c.cohen_kappa(tally)):
        assert len({*given_.ravel()}) == 1
        return
    square = distances.interval(range(4))
    labels = [0, 1, 2, 3]
    for ours, weights in (
        (c.cohen_kappa(tally), None),
        (c.weighted_kappa(tally, square), "quadratic"),
        (c.weighted_kappa(tally, np.sqrt(square)), "linear"),
    ):
        theirs = cohen_kappa_score(*given_, labels=labels, weights=weights)
        assert float(ours) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(designs(), st.integers(1, 4))
def test_sums_of_sources_are_the_sums_of_the_whole(given_: np.ndarray, sources: int) -> None:
    source = np.arange(given_.shape[1]) % sources
    apart = tally_units(given_, 4, groups=source)
    whole = tally_units(given_, 4).total()
    twice = apart.weigh(np.full((1, len(apart.seen)), 2.0))
    assert c.alpha_nominal(apart.total()) == pytest.approx(c.alpha_nominal(whole), nan_ok=True)
    assert twice.values[0] == pytest.approx(2 * whole.values)


@settings(max_examples=100, deadline=None)
@given(designs(), st.integers(1, 5))
def test_a_unit_with_a_weight_is_as_many_units(given_: np.ndarray, weight: int) -> None:
    weighed = tally_units(given_, 4, weights=np.full(given_.shape[1], float(weight))).total()
    repeated = tally_units(np.repeat(given_, weight, axis=1), 4).total()
    for name in ("alpha_nominal", "alpha_ordinal", "gwet_ac1", "percent"):
        coefficient = getattr(c, name)
        assert float(coefficient(weighed)) == pytest.approx(
            float(coefficient(repeated)), nan_ok=True
        )
