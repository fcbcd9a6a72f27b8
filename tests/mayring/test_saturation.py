"""Saturation as Guest, Namey and Chen tell it: base, run and threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pilot_kit import deductive, inductive, read

import p3c_qual as p3c
from p3c_qual.mayring.categories.pilot import close_pilot
from p3c_qual.mayring.categories.saturation import course_of, table_saturation

if TYPE_CHECKING:
    from pathlib import Path

interviews = st.lists(
    st.frozensets(st.sampled_from("abcdefgh"), max_size=5), min_size=1, max_size=14
)
sizes = st.integers(1, 4)


def known(*counts: int) -> list[frozenset[str]]:
    """Return interviews that each bring so many categories that were not there before."""
    made, last = [], 0
    for count in counts:
        made.append(frozenset(map(str, range(last + count))))
        last += count
    return made


def test_the_worked_figures_of_the_paper() -> None:
    # 37 in the base, then 4 and 3 more: 7 of 37 are 19 %
    course = course_of(known(20, 9, 5, 3, 4, 3, 1, 0))
    assert course.base == 37
    assert course.ratios[:5] == (None,) * 5
    assert round(course.ratios[5], 2) == 0.19
    assert course.ratios[6] == 4 / 37
    assert course.ratios[7] == 1 / 37
    # the run of interviews 7 and 8 follows six: 6+2
    assert course.met == 8


@given(interviews, sizes, sizes)
def test_categories_only_accumulate_and_the_base_is_what_is_unique_in_it(
    some: list[frozenset[str]], base: int, run: int
) -> None:
    course = course_of(some, base=base, run=run)
    assert list(course.cumulative) == sorted(course.cumulative)
    assert sum(course.new) == course.cumulative[-1] == len(frozenset().union(*some))
    if len(some) >= base:
        assert course.base == len(frozenset().union(*some[:base]))
    if len(some) < base + run:
        assert course.met is None
        assert set(course.ratios) == {None}


@given(interviews, st.randoms(use_true_random=False))
def test_the_end_does_not_depend_on_the_order(some: list[frozenset[str]], chance: object) -> None:
    other = list(some)
    chance.shuffle(other)
    assert course_of(some).cumulative[-1] == course_of(other).cumulative[-1]


@given(interviews, sizes, sizes, st.floats(0, 0.9), st.floats(0, 0.9))
def test_a_wider_threshold_is_met_no_later(
    some: list[frozenset[str]], base: int, run: int, one: float, two: float
) -> None:
    narrow, wide = sorted((one, two))
    strict = course_of(some, base=base, run=run, threshold=narrow).met
    loose = course_of(some, base=base, run=run, threshold=wide).met
    if strict is not None:
        assert loose is not None
        assert loose <= strict


@pytest.fixture
def eight(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give eight interviews in which 2, 1, 1, 0, 1, 0, 0 and 0 categories came up."""
    inductive(study, tmp_path, 8)
    names = [study.create_code("found", label) for label in ("A", "B", "C", "D", "E")]
    brought = [[0, 1], [2], [3], [], [4], [0], [1], [2]]
    for number, codes in enumerate(brought, 1):
        for place in codes:
            study.code(f"P{number:02}", 40 + place, 60, names[place])
    read(study, *range(1, 9))
    return study


def test_interviews_stand_by_date_and_the_run_slides(eight: p3c.Study) -> None:
    table = table_saturation(eight, "help")
    assert table["source"].tolist() == [f"P{number:02}" for number in range(1, 9)]
    assert table["new"].tolist() == [2, 1, 1, 0, 1, 0, 0, 0]
    assert table["cumulative"].tolist() == [2, 3, 4, 4, 5, 5, 5, 5]
    assert table["base"].tolist() == [4] * 8
    assert table["ratio"].fillna(-1).tolist() == [-1, -1, -1, -1, -1, 0.25, 0, 0]
    assert table["met"].tolist() == [0, 0, 0, 0, 0, 0, 1, 1]
    assert table.attrs["met"] == {"all": "5+2"}
    assert table.attrs["not_assessable"] == {}
    assert "meant for categories formed from the material" in table.attrs["caution"]


def test_without_a_date_an_interview_stands_last_and_that_is_said(eight: p3c.Study) -> None:
    eight.set_fields("source", "P01", {"date": ""})
    eight.set_fields("source", "P05", {"date": "2023"})
    table = table_saturation(eight, "help")
    assert table["source"].tolist()[0] == "P05"
    assert table["source"].tolist()[-1] == "P01"
    assert table.attrs["undated"] == ["P01"]
    assert "1 without a date stand last" in table.attrs["caption"]


def test_random_orders_give_a_band_and_the_same_end(eight: p3c.Study) -> None:
    table = table_saturation(eight, "help", order="random", orders=40, seed=7)
    again = table_saturation(eight, "help", order="random", orders=40, seed=7)
    other = table_saturation(eight, "help", order="random", orders=40, seed=8)
    assert table.equals(again)
    assert not table.equals(other)
    last = table.iloc[-1]
    assert last[["cumulative", "low", "high"]].tolist() == [5, 5, 5]
    assert (table["low"] <= table["cumulative"]).all()
    assert (table["cumulative"] <= table["high"]).all()
    assert table["cumulative"].is_monotonic_increasing
    assert table["met"].is_monotonic_increasing


def test_types_with_too_few_interviews_are_not_assessable(eight: p3c.Study) -> None:
    for number in range(1, 9):
        kind = "A" if number < 7 else "E"
        eight.set_fields("interviewee", f"P{number:02}", {"stakeholder_type": kind})
    table = table_saturation(eight, "help", by="stakeholder_type")
    assert table["group"].value_counts().to_dict() == {"all": 8, "A": 6, "E": 2}
    assert table.attrs["not_assessable"] == {
        "E": "not assessable: 2 interviews, and base and run need 6"
    }
    assert table.attrs["met"] == {"all": "5+2", "A": "", "E": ""}


def test_a_base_without_categories_is_not_assessable(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path, 7)
    read(study, *range(1, 8))
    study.code("P06", 40, 60, "found:trust")
    table = table_saturation(study, "help")
    assert table.attrs["not_assessable"] == {
        "all": "not assessable: no category in the first 4 interviews"
    }
    assert table.attrs["met"] == {"all": ""}
    assert table["ratio"].isna().all()


def test_what_is_no_interview_or_was_not_read_is_left_out(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path, 4)
    read(study, 1, 2)
    study.set_fields("source", "P02", {"kind": "document"})
    study.code("P03", 40, 60, "found:trust")
    table = table_saturation(study, "help")
    assert table["source"].tolist() == ["P01", "P03"]
    assert table.attrs["left_out"] == ["P02", "P04"]


def test_a_depth_takes_the_category_above_for_those_below(eight: p3c.Study) -> None:
    for key in ("b", "c", "d", "e"):
        eight.move_code(f"found:{key}", parent="found:a")
    assert table_saturation(eight, "help", depth=1)["cumulative"].tolist() == [1] * 8
    assert table_saturation(eight, "help", depth=2)["cumulative"].tolist()[-1] == 5


def test_a_codebook_is_looked_at_as_a_question_is(study: p3c.Study, tmp_path: Path) -> None:
    deductive(study, tmp_path, 6)
    for number in range(1, 7):
        study.code(f"P{number:02}", 40, 60, "themes:money")
    assert table_saturation(study, "themes").attrs["met"] == {"all": "4+2"}
    # a key may be a question's and a codebook's; the question comes first
    study.code("P01", 40, 60, "workforce")
    assert table_saturation(study, "selfie")["cumulative"].tolist() == [1]


def test_what_a_pilot_has_overturned_does_not_count(eight: p3c.Study) -> None:
    close_pilot(eight, "help", "changed", reason="So.", version="2")
    table = table_saturation(eight, "help")
    assert table.empty
    assert table.attrs["not_assessable"] == {
        "all": "not assessable: 0 interviews, and base and run need 6"
    }


def test_numbers_out_of_their_range_are_refused_together(eight: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError) as refused:
        table_saturation(eight, "help", base=0, threshold=5, order="dat", by="typ", depth=0)
    assert [str(each) for each in refused.value.problems] == [
        "base must be a whole number from 1 on, not 0.",
        "depth must be a whole number from 1 on, not 0.",
        "the threshold is a share below 1, not 5. Write 0.05 for 5 %.",
        "unknown order 'dat'. Did you mean 'date'? Valid: date, random.",
        "unknown grouping 'typ'. Valid: stakeholder_type.",
    ]
    with pytest.raises(p3c.P3CError, match="neither a research question nor a codebook 'halp'"):
        table_saturation(eight, "halp")
