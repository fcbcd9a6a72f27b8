"""Lines, pieces of long lines, and lanes in which no bar hides another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from p3c_qual.report.transcript import Mark
from p3c_qual.report.transcript_lines import cut_lines, lay_spans
from p3c_qual.report.transcript_rows import lay_rows
from p3c_qual.sources.parts import PartList
from p3c_qual.sources.turns import find_turns

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=40,
)
TEXTS = st.text(st.sampled_from("ab \n\u0301\u05d0🙂."), max_size=80)


def marks_on(text: str, *spans: tuple[int, int]) -> list[Mark]:
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    return [Mark(n, start, end, "c", "Code", 0) for n, (start, end) in enumerate(ordered, 1)]


@given(SPANS)
def test_no_bar_hides_another_and_no_lane_is_wasted(spans) -> None:
    lanes = lay_spans(spans)

    for one, (first, last) in enumerate(spans):
        for other in range(one):
            if first <= spans[other][1] and spans[other][0] <= last:
                assert lanes[one] != lanes[other]
    deepest = max(
        (sum(first <= row <= last for first, last in spans) for row in range(91)), default=0
    )
    assert len(set(lanes)) == deepest
    assert set(lanes) == set(range(deepest))


@settings(max_examples=200)
@given(TEXTS, st.data())
def test_the_rows_hold_the_text_and_the_numbers_stand_where_codings_begin_and_end(
    text, data
) -> None:
    places = st.integers(0, max(len(text) - 1, 0))
    spans = data.draw(st.lists(st.tuples(places, places), max_size=6)) if text else []
    marks = marks_on(text, *[(min(s), max(s) + 1) for s in spans])

    rows, lanes = lay_rows(text, marks, PartList())

    again = "".join(
        ("\n" if row.opens_line and at else "") + row.text for at, row in enumerate(rows)
    )
    # behind a last line break there is no row
    assert again in {text, text.removesuffix("\n")}
    assert [row.number for row in rows if row.opens_line] == list(
        range(1, sum(row.opens_line for row in rows) + 1)
    )
    for mark in marks:
        covered = "".join(
            run.text for row in rows for run in row.runs if _covers(row, run, mark, text)
        )
        assert covered == text[mark.start : mark.end].replace("\n", "")
        bars = [bar for row in rows for bar in row.bars if bar.number == mark.number]
        assert len({bar.lane for bar in bars}) == 1
        assert [bar.first for bar in bars] == [True] + [False] * (len(bars) - 1)
        assert [bar.last for bar in bars] == [False] * (len(bars) - 1) + [True]
        seen = bool(text[mark.start : mark.end].strip("\n"))
        runs = [run for row in rows for run in row.runs]
        assert sum(mark.number in run.opens for run in runs) == seen
        assert sum(mark.number in run.closes for run in runs) == seen
    for row in rows:
        assert len({bar.lane for bar in row.bars}) == len(row.bars)
        assert all(0 <= bar.top <= bar.bottom <= 1 for bar in row.bars if row.runs)
        assert all(bar.lane < lanes for bar in row.bars)


def _covers(row, run, mark, text) -> bool:
    at = row.start
    for each in row.runs:
        if each is run:
            break
        at += len(each.text)
    return mark.start <= at and at + len(run.text) <= mark.end


def test_lines_are_numbered_as_they_are_stored_and_empty_ones_count() -> None:
    rows, _ = lay_rows("One.\n\n\nFour.\n", [], PartList())

    assert [(row.number, row.text) for row in rows] == [(1, "One."), (2, ""), (3, ""), (4, "Four.")]


def test_a_long_line_goes_on_in_rows_that_end_with_a_sentence() -> None:
    text = "We meet on Tuesdays. " * 100
    stops = [at + 20 for at in range(0, len(text), 21)]

    rows, _ = lay_rows(text, [], PartList(), stops)

    assert len(rows) == 3
    assert [row.number for row in rows] == [1, 1, 1]
    assert [row.opens_line for row in rows] == [True, False, False]
    assert all(row.text.endswith("Tuesdays. ") for row in rows)


def test_a_word_without_an_end_is_cut_but_never_between_letter_and_accent() -> None:
    text = "e\u0301" * 1000

    starts = cut_lines(text, longest=901)

    assert len(starts) > 1
    assert all(text[start] == "e" for start in starts)


def test_turns_are_told_apart_and_who_asked_is_known() -> None:
    text = "I: How is it?\nR: Good.\nAnd more.\n"
    turns = find_turns(text).parts

    rows, _ = lay_rows(text, [], turns)

    assert [row.role for row in rows] == ["interviewer", "interviewee", "interviewee"]
    assert [row.opens_turn for row in rows] == [True, True, False]
    assert [[run.text for run in row.runs if run.speaker] for row in rows] == [["I:"], ["R:"], []]


def test_a_line_from_right_to_left_is_known_by_its_first_letter() -> None:
    rows, _ = lay_rows("12 مرحبا\nabc\n(שלום)\n", [], PartList())

    assert [row.rtl for row in rows] == [True, False, True]


def test_thirty_codings_on_one_line_have_thirty_lanes() -> None:
    text = "We meet every week and talk."
    marks = marks_on(text, *[(0, 28 - n % 20) if n < 20 else (n - 19, 28) for n in range(30)])

    (row,), lanes = lay_rows(text, marks, PartList())

    assert lanes == 30
    assert {bar.lane for bar in row.bars} == set(range(30))
    assert row.begins == tuple(range(1, 31))
    assert max(run.depth for run in row.runs) == 28
