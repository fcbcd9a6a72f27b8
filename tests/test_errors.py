"""How faults are said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.errors import P3CError, Problem, nearest


def test_a_problem_says_place_fault_nearest_valid_values_and_what_to_do() -> None:
    problem = Problem("unknown level 'mikro'", "a.yml:3", ("micro", "meso"), "micro", "Mend it.")

    assert str(problem) == (
        "a.yml:3: unknown level 'mikro'. Did you mean 'micro'? Valid: micro, meso. Mend it."
    )


def test_many_valid_values_are_counted_beyond_the_twelfth() -> None:
    assert str(Problem("no", valid=tuple("abcdefghijklmno"))).endswith("k, l and 3 more.")


def test_the_same_fault_in_several_places_is_said_once() -> None:
    error = P3CError([Problem("no such code", f"a.csv:{line}") for line in (2, 3, 9)])

    assert str(error) == "a.csv:2, 3, 9: no such code."
    assert len(error.problems) == 3


def test_different_faults_are_said_each_on_a_line() -> None:
    assert str(P3CError([Problem("one"), Problem("two")])) == "one.\ntwo."


@pytest.mark.parametrize(
    ("given_", "valid", "found"),
    [
        ("workforse", ["workforce", "financing"], "workforce"),
        ("WORKFORCE", ["workforce"], "workforce"),
        ("xyz", ["workforce"], None),
        ("a", [], None),
        ("IP1_1", ["IP13_1", "IP01_1", "IP10_1"], "IP01_1"),
    ],
)
def test_the_nearest_spelling_is_found(given_: str, valid: list[str], found: str | None) -> None:
    assert nearest(given_, valid) == found


def test_how_near_is_near_enough_can_be_said() -> None:
    assert nearest("mood", ["mode"]) == "mode"
    assert nearest("mood", ["mode"], cutoff=0.8) is None


@given(st.text(max_size=20), st.lists(st.text(min_size=1, max_size=20), max_size=12))
def test_the_nearest_is_a_valid_one_whatever_their_order(value: str, valid: list[str]) -> None:
    found = nearest(value, sorted(valid))

    assert found is None or found in valid
    alike = [word for word in valid if word.casefold() == value.casefold()]
    if alike:
        assert found is not None
        assert found.casefold() == value.casefold()


def test_the_word_for_programs_is_not_shown_to_people() -> None:
    plain, coded = Problem("it overlaps", "IP01"), Problem("it overlaps", "IP01", code="overlap")
    assert str(plain) == str(coded) == "IP01: it overlaps."
    assert str(P3CError([coded, replace(coded, where="IP02")])) == "IP01, IP02: it overlaps."
