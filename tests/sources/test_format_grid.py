from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources.compose import compose
from p3c_qual.sources.draft import Block, Grid
from p3c_qual.sources.grid import Columns, read_stamp, transcript_columns

TALK = (("I", "How was the first week?"), ("R", "Long. Nobody came."), ("I", "And then?"))


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("00:12:03", 723000),
        ("12:03", 723000),
        ("#00:12:03-4#", 723400),
        ("[00:12:03.250]", 723250),
        ("(0:05)", 5000),
        ("00:01:10 --> 00:01:12", 70000),
        ("", None),
        ("12", None),
        ("at 12:03", None),
        ("2023-05-04", None),
    ],
)
def test_a_stamp_is_read_only_where_it_fills_the_cell(cell, time):
    assert read_stamp(cell) == time


def test_the_order_of_the_columns_does_not_matter():
    rows = tuple((words, f"00:0{n}", who) for n, (who, words) in enumerate(TALK))
    assert transcript_columns([rows]) == [Columns(text=0, speaker=2, time=1)]


def test_running_numbers_are_no_speakers_and_no_words():
    rows = tuple((str(n), *row) for n, row in enumerate(TALK, 1))
    assert transcript_columns([rows]) == [Columns(text=2, speaker=1)]


@pytest.mark.parametrize("header", [("Speaker", "Text"), ("Person", "Transkript"), ("Who", "What")])
def test_a_header_is_no_turn(header):
    assert transcript_columns([(header, *TALK)]) == [Columns(text=1, speaker=0, header=1)]


def test_a_short_table_of_the_same_speakers_goes_on_with_the_transcript():
    assert transcript_columns([TALK, (("R", "That is all."),)])[1] == Columns(text=1, speaker=0)


@pytest.mark.parametrize(
    "rows",
    [
        (("Interviewee", "IP02"), ("Date", "4 May 2023"), ("Place", "[village]")),
        (
            ("North", "The beds are full there"),
            ("North", "No"),
            ("Quay", "It works"),
            ("Quay", "Ok"),
        ),
        (("North", "Quay"), ("12", "7"), ("9", "8")),
        (("a",), ("b",)),
        ((), ()),
    ],
    ids=["particulars", "grouped", "figures", "one column", "empty"],
)
def test_other_tables_are_no_transcripts(rows):
    assert transcript_columns([rows]) == [None]


def test_particulars_above_a_transcript_stay_text():
    draft = compose([Grid((("Interviewee", "IP02"), ("Date", "May"))), Grid(TALK)])
    assert draft.text.startswith("Interviewee\tIP02\nDate\tMay\nI\tHow was")
    assert [turn.speaker for turn in draft.turns] == ["I", "R", "I"]


def test_rows_without_content_leave_no_line():
    draft = compose([Grid((*TALK, ("", ""), ("R", "Yes."))), Block(""), Block(" ")])
    assert draft.text.endswith("And then?\nR\tYes.")


CELL = st.text("IRab :0\n", max_size=6)


@given(st.lists(st.lists(st.tuples(CELL, CELL, CELL), max_size=5), max_size=3))
def test_marks_lie_inside_the_text_and_every_word_is_in_it(tables):
    draft = compose([Grid(tuple(rows)) for rows in tables])
    ends = [0]
    for turn in draft.turns:
        assert ends[-1] <= turn.start <= turn.body <= turn.end <= len(draft.text)
        ends.append(turn.end)
    for mark in draft.paragraphs:
        assert draft.text[mark.start : mark.end].strip() == draft.text[mark.start : mark.end] != ""
    cells = "".join(cell for rows in tables for row in rows for cell in row)
    assert sorted("".join(draft.text.split())) == sorted("".join(cells.split()))
