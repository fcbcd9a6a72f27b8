"""The label of what a configuration rests on, and the rubric that is printed with it."""

from __future__ import annotations

import pytest

from p3c_qual.errors import P3CError
from p3c_qual.realist.judging.profile import Profile
from p3c_qual.realist.judging.strength import Rubric, strength_of


def heard(people, types, **more):
    names = tuple(f"P{n}" for n in range(people))
    return Profile(names, tuple("ABCDEFG"[:types]), **more)


@pytest.mark.parametrize(
    ("profile", "completeness", "label"),
    [
        (heard(3, 2), "triad", "strong"),
        (heard(9, 4), "triad", "strong"),
        (heard(2, 2), "triad", "moderate"),
        (heard(3, 1), "triad", "moderate"),
        (heard(3, 2), "triad_resource", "moderate"),
        (heard(3, 2), "dyad_co", "moderate"),
        (heard(1, 1, source_types=("document", "interview")), "triad", "moderate"),
        (heard(1, 1, source_types=("interview",)), "triad", "tentative"),
        (heard(0, 0, source_types=("document",)), "triad", "tentative"),
        (heard(0, 0), "empty", "tentative"),
        (heard(3, 2, open=1), "triad", "contested"),
        (heard(3, 2, contradicts=2), "triad", "strong"),
    ],
)
def test_the_label_follows_the_rubric(profile, completeness, label):
    found, why = strength_of(profile, completeness)
    assert found == label
    assert why


def test_why_names_what_is_lacking():
    _, why = strength_of(heard(2, 1), "dyad_mo")
    assert why == (
        "2 interviewees; strong needs 3 interviewees and 2 stakeholder types and a full triad"
    )
    _, why = strength_of(heard(3, 2, open=2), "triad")
    assert why == "2 passages speak against it, and nothing was decided about that"


def test_a_team_may_set_its_own_thresholds_and_they_are_printed():
    rule = Rubric(strong_interviewees=5, strong_types=3)
    assert strength_of(heard(4, 3), "triad", rule)[0] == "moderate"
    assert strength_of(heard(5, 3), "triad", rule)[0] == "strong"
    assert "5 interviewees of at least 3 stakeholder types" in rule.said
    assert "this team's own" in rule.said
    assert "3 interviewees of at least 2 stakeholder types" in Rubric().said


def test_thresholds_that_make_no_sense_are_refused_all_at_once():
    with pytest.raises(P3CError) as caught:
        Rubric(strong_interviewees=0, strong_types=-1)
    assert len(caught.value.problems) == 2
    with pytest.raises(P3CError, match="cannot need fewer"):
        Rubric(moderate_interviewees=4)
