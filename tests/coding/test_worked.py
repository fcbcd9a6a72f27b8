"""What was worked through, also where nothing was coded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def read(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    for name in ("a", "b"):
        file = tmp_path / f"{name}.txt"
        file.write_text("I: Well?\nR: We meet each week.\n", encoding="utf-8")
        study.add([Incoming(file, site="north", programme="care", interviewee=name)])
    return study


def test_a_source_without_any_coding_counts_as_zero_once_worked_through(read: p3c.Study) -> None:
    read.code("a", 12, 19, "workforce")
    read.mark_read("a")
    before = p3c.table_frequencies(read, by="source")
    assert before["b"].isna().all()

    assert read.mark_read("b") is True

    after = p3c.table_frequencies(read, by="source").set_index("code")
    assert after.loc["workforce"].tolist() == [1, 0, 1]


def test_marking_twice_changes_nothing_and_undo_takes_it_back(read: p3c.Study) -> None:
    read.mark_read("b")
    acts = len(read.log())

    assert read.mark_read("b") is False
    assert len(read.log()) == acts
    read.undo()
    assert read.readings().empty


def test_readings_are_kept_apart_by_coder_round_and_question(read: p3c.Study) -> None:
    read.mark_read("a")
    read.mark_read("a", coder="ben", round="second")
    read.mark_read("a", question="Q1", done=False)

    rows = read.readings().drop(columns=["characters", "of"]).to_dict("records")
    assert rows == [
        {"source": "a", "coder": "anna", "round": "main", "question": "", "done": True},
        {"source": "a", "coder": "anna", "round": "main", "question": "Q1", "done": False},
        {"source": "a", "coder": "ben", "round": "second", "question": "", "done": True},
    ]


def test_how_far_somebody_came_is_counted_in_characters(read: p3c.Study) -> None:
    read.code("a", 0, 8, "workforce")
    read.code("a", 12, 19, "financing")

    (row,) = read.readings().to_dict("records")
    assert (row["done"], row["characters"], row["of"]) == (False, 15, 31)


@pytest.mark.parametrize(
    ("source", "coder", "told"),
    [("c", "ben", "unknown source 'c'"), ("a", "b c", "a key holds no white space")],
)
def test_nothing_is_marked_for_nobody_or_on_nothing(
    read: p3c.Study, source: str, coder: str, told: str
) -> None:
    with pytest.raises(p3c.P3CError, match=told):
        read.mark_read(source, coder=coder)
    assert read.readings().empty


def test_what_was_passed_over_counts_as_read_and_holds_no_coding(read: p3c.Study) -> None:
    assert read.pass_over("a", 9, 20) is True
    assert read.pass_over("a", 20, 25) is True
    assert read.pass_over("a", 10, 15) is False

    (row,) = read.readings().to_dict("records")
    assert [row[name] for name in ("done", "characters", "coder", "round")] == [
        *(False, 16, "anna", "main")
    ]
    assert read.codings().empty
    assert read.undo()["verb"] == "pass over a 20-25"
    assert read.readings()["characters"].tolist() == [11]


def test_another_round_and_coder_read_for_themselves(read: p3c.Study) -> None:
    read.pass_over("a", 0, 5)
    read.pass_over("a", 0, 7, coder="ben", round="second")
    rows = read.readings()[["coder", "round", "characters"]].values.tolist()
    assert rows == [["anna", "main", 5], ["ben", "second", 7]]


@pytest.mark.parametrize(
    ("source", "start", "end", "told"),
    [
        ("c", 0, 5, "unknown source 'c'"),
        ("a", 5, 5, "the span 5-5 is not within the text of 'a', which has 31 characters"),
        ("a", 0, 32, "the span 0-32"),
        ("a", -1, 3, "the span -1-3"),
    ],
)
def test_what_is_no_span_is_not_passed_over(
    read: p3c.Study, source: str, start: int, end: int, told: str
) -> None:
    with pytest.raises(p3c.P3CError, match=told):
        read.pass_over(source, start, end)
    assert read.readings().empty


def test_nobodys_work_is_refused_with_a_word_for_programs(
    read: p3c.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("P3C_CODER")
    for change in (lambda: read.pass_over("a", 0, 5), lambda: read.code("a", 0, 5, "workforce")):
        with pytest.raises(p3c.P3CError) as refused:
            change()
        assert [each.code for each in refused.value.problems] == ["nobody"]
