"""Scoring: properties that hold for every instrument, and values that are published."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from instrument_kit import OWN

from p3c_qual.errors import P3CError
from p3c_qual.instruments import read_register, score
from p3c_qual.instruments.definition import Instrument, Item, Scale
from p3c_qual.instruments.form import read_form

SUMMED = [
    (each, scale.id)
    for each in (*read_register().values(), *read_form(OWN))
    for scale in each.scales
    if scale.how in {"sum", "mean", "share"}
]
IDS = [f"{each.key}-{scale}" for each, scale in SUMMED]


@st.composite
def instruments(draw: st.DrawFn) -> tuple[Instrument, dict[str, float]]:
    """Draw an instrument with a sum and a mean over its items, and full answers to it."""
    items = tuple(
        Item(f"q{n}", low, low + draw(st.integers(1, 10)), reversed=draw(st.booleans()))
        for n in range(draw(st.integers(1, 8)))
        for low in [draw(st.integers(-3, 3))]
    )
    of = tuple(each.id for each in items)
    scales = (Scale("sum", "Sum", of=of), Scale("mean", "Mean", how="mean", of=of))
    answers = {each.id: float(draw(st.integers(int(each.low), int(each.high)))) for each in items}
    return Instrument("drawn", "Drawn", "patient", items=items, scales=scales), answers


@pytest.mark.parametrize(("each", "scale"), SUMMED, ids=IDS)
def test_the_least_and_the_most_of_a_scale_are_reached(each: Instrument, scale: str) -> None:
    for end, turned in ((0, 1), (1, 0)):
        answers = {
            item.id: (item.low, item.high)[turned if item.reversed else end] for item in each.items
        }
        limits = each.limits(scale)
        assert limits is not None
        assert score(each, answers).values[scale] == pytest.approx(limits[end])


@given(instruments(), st.data())
def test_a_higher_answer_never_lowers_a_score_and_a_reversed_one_never_raises_it(
    drawn: tuple[Instrument, dict[str, float]], data: st.DataObject
) -> None:
    each, answers = drawn
    item = data.draw(st.sampled_from(each.items))
    more = {**answers, item.id: float(data.draw(st.integers(int(answers[item.id]), int(item.high))))}  # fmt: skip
    before, after = score(each, answers), score(each, more)
    for name in ("sum", "mean"):
        low, high = sorted((before.values[name], after.values[name]), key=lambda v: v or 0)
        first = high if item.reversed else low
        assert before.values[name] == first


@given(instruments())
def test_what_is_reversed_twice_is_as_it_was(drawn: tuple[Instrument, dict[str, float]]) -> None:
    each, answers = drawn
    turned = replace(each, items=tuple(replace(i, reversed=not i.reversed) for i in each.items))
    mirrored = {i.id: i.low + i.high - answers[i.id] for i in each.items}
    assert score(turned, mirrored).values == pytest.approx(score(each, answers).values)


@given(instruments(), st.data())
def test_a_missing_answer_makes_a_score_missing_unless_half_of_them_do(
    drawn: tuple[Instrument, dict[str, float]], data: st.DataObject
) -> None:
    each, answers = drawn
    lost = data.draw(st.sets(st.sampled_from([i.id for i in each.items]), min_size=1))
    left = {name: value for name, value in answers.items() if name not in lost}
    made = score(each, left)
    assert made.values["sum"] is None
    assert min(lost) in made.why["sum"] or len(lost) > 4
    halved = score(replace(each, missing="half", missing_source="owner"), left)
    assert (halved.values["mean"] is None) == (2 * len(left) < len(answers) or not left)
    if halved.values["mean"] is not None:
        assert halved.values["sum"] == pytest.approx(halved.values["mean"] * len(answers))


@pytest.mark.parametrize(
    ("value", "newer", "older"),
    [
        # published levels: up to 47.0, 47.1 to 55.1, 55.2 to 72.4 (older key 67.0), above
        (0, "Level 1", "Level 1"),
        (47.0, "Level 1", "Level 1"),
        (47.1, "Level 2", "Level 2"),
        (55.1, "Level 2", "Level 2"),
        (55.2, "Level 3", "Level 3"),
        (67.0, "Level 3", "Level 3"),
        (67.1, "Level 3", "Level 4"),
        (72.4, "Level 3", "Level 4"),
        (72.5, "Level 4", "Level 4"),
        (100, "Level 4", "Level 4"),
    ],
)
def test_pam_levels_are_those_of_the_named_key(value: float, newer: str, older: str) -> None:
    made = score(read_register()["pam"], {"score": value})
    assert made.bands == {"newer key": newer, "older key": older}


def test_a_value_between_two_levels_is_on_neither() -> None:
    assert score(read_register()["pam"], {"score": 47.05}).bands == {}


def test_a_short_scale_is_plausible_and_says_that_it_must_be_converted() -> None:
    # a report's "19/35 -> 29/35" has the range of the short form
    short = read_register()["swemwbs"]
    for raw, answers in ((19, [3] * 5 + [2] * 2), (29, [4] * 6 + [5])):
        made = score(short, {f"q{n}": value for n, value in enumerate(answers, 1)})
        assert made.values["raw"] == raw
        assert made.values["metric"] is None
        assert "raw scores must be converted before comparison" in made.why["metric"]


def test_a_question_shares_its_points_between_what_is_done_and_how_well_it_works() -> None:
    tool = read_register()["p3c_oct"]
    all_done = {f"q{n}_activity": 10 for n in range(1, 30)}
    made = score(tool, all_done | {f"q{n}_working": 0 for n in range(1, 30)})
    assert made.values["q1"] == made.values["total"] == 10
    own = read_form(OWN)[0]
    # each half counts the same, whatever its own range
    assert score(own, {"done": 6, "well": 1}).values["question"] == 10
    assert score(own, {"done": 3, "well": 2.0}).values["question"] == pytest.approx(5 + 10 / 3)
    assert score(own, {"done": 6, "well": 1}).values["mapped"] == 0.4


def test_sub_questions_can_make_up_an_item_in_a_file_of_ones_own() -> None:
    text = """\
format: 1
instruments:
  - key: p3ceq_plan
    label: With the plan's four questions
    domain: patient
    items:
      - {id: q5..q6, range: 0-3}
      - {id: q7a, range: 0-3, kind: dichotomous}
      - {id: q7b, range: 0-3}
      - {id: q8..q9, range: 0-3}
    scales:
      - {id: q7, how: mean, of: [q7a, q7b], step: true}
      - {id: coordination, of: [q5, q6, q7, q8, q9]}
"""
    each = read_form(text)[0]
    assert each.limits("coordination") == (0, 15)
    answers = {"q5": 1, "q6": 1, "q7a": 3, "q7b": 2, "q8": 1, "q9": 1}
    assert score(each, answers).values["coordination"] == 6.5
    assert [scale.id for scale in each.printed] == ["coordination"]


def test_everything_that_is_wrong_with_answers_is_said_at_once() -> None:
    own = read_form(OWN)[0]
    with pytest.raises(P3CError) as error:
        score(own, {"q1": 4, "q2": 1.5, "yes": 1, "q6": 1})
    said = str(error.value)
    assert "q1 is 4, and goes from 0 to 3" in said
    assert "q2 is 1.5, and takes whole numbers" in said
    assert "yes is 1, and can only be 0 or 3" in said
    assert "Own sheet has no item 'q6'" in said
    full = {f"q{n}": 3 for n in range(1, 15)}
    with pytest.raises(P3CError, match="raw is given as 40, and its answers make 42"):
        score(read_register()["wemwbs"], {**full, "raw": 40})
