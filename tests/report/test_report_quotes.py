"""Which segments are quoted, how they are cut, and what stands after them."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.errors import P3CError
from p3c_qual.report.quotes import choose_segments, reference
from p3c_qual.report.segments import Segment, count_moved, read_segments, trim_segment


def segment(who: str, start: int, words: int = 3, code: str = "workforce") -> Segment:
    text = "word " * (words - 1) + "end."
    return Segment(who, start, start + len(text), text, who, (code,), (f"{who}/{start}",))


def coding(start: int, end: int, quote: str, code: str = "workforce", **more: object) -> dict:
    row = {"id": f"{start}-{end}-{code}", "source": "s", "interviewee": "IP01_1"}
    return {**row, "start": start, "end": end, "code": code, "quote": quote, **more}


def texts(source: str) -> str:
    return {"s": "I: Well? R: Yes, we meet. And we talk."}[source]


SEGMENTS = st.lists(
    st.builds(
        segment,
        st.sampled_from(["IP01_1", "IP02_1", "IP03_1"]),
        st.integers(0, 400),
        st.integers(1, 30),
        st.sampled_from(["financing", "workforce"]),
    ),
    max_size=25,
    unique_by=lambda s: (s.source, s.start),
)


@given(SEGMENTS, st.integers(1, 12), st.integers(1, 20), st.randoms())
def test_the_choice_does_not_depend_on_the_order_it_is_given_in(found, limit, most, chance) -> None:
    one = choose_segments(found, limit=limit, max_words=most)
    chance.shuffle(found)
    assert choose_segments(found, limit=limit, max_words=most) == one


@given(SEGMENTS, st.integers(1, 12))
def test_nobody_is_a_turn_ahead_of_who_still_has_something_to_say(found, limit) -> None:
    chosen = choose_segments(found, limit=limit)
    said = Counter(s.interviewee for s in chosen)
    for who in {s.interviewee for s in found}:
        mine = [s for s in found if s.interviewee == who and s not in chosen]
        covered = [
            s
            for s in mine
            if any(c.source == s.source and c.start <= s.start and s.end <= c.end for c in chosen)
        ]
        if len(chosen) == limit and len(mine) > len(covered) and not covered:
            assert max(said.values()) - said[who] <= 1


@given(SEGMENTS, st.integers(1, 12))
def test_no_quote_lies_within_another_chosen_before_it(found, limit) -> None:
    chosen = choose_segments(found, limit=limit)
    assert len(chosen) <= limit
    for i, later in enumerate(chosen):
        for earlier in chosen[:i]:
            inside = earlier.start <= later.start and later.end <= earlier.end
            assert not (inside and earlier.source == later.source)


def test_interviewees_take_turns() -> None:
    found = [segment("IP01_1", n * 100) for n in range(5)] + [segment("IP02_1", 0)]
    chosen = choose_segments(found, limit=3)
    assert [s.interviewee for s in chosen] == ["IP01_1", "IP02_1", "IP01_1"]


def test_the_code_quoted_least_comes_first_then_the_longest_that_fits() -> None:
    short, long = segment("IP01_1", 0, 4), segment("IP01_1", 100, 9)
    too_long, other = segment("IP01_1", 200, 50), segment("IP01_1", 600, 2, "financing")
    chosen = choose_segments([short, too_long, other, long], max_words=10)
    assert chosen == (long, other, short, too_long)


def test_both_bad_numbers_are_named_at_once() -> None:
    with pytest.raises(P3CError) as caught:
        choose_segments([], max_words=0, limit=0)
    assert len(caught.value.problems) == 2


def test_codings_of_one_stretch_are_one_segment_with_all_its_codes() -> None:
    rows = [coding(12, 25, "Yes, we meet."), coding(12, 25, "Yes, we meet.", "financing")]
    (found,) = read_segments(pd.DataFrame(rows), texts, order=["financing", "workforce"])
    assert found.codes == ("financing", "workforce")
    assert found.codings == ("12-25-financing", "12-25-workforce")


def test_white_space_at_the_ends_is_no_part_of_a_quote() -> None:
    (found,) = read_segments(pd.DataFrame([coding(11, 26, " Yes, we meet. ")]), texts)
    assert (found.start, found.end, found.text) == (12, 25, "Yes, we meet.")


def test_codings_that_differ_from_their_source_are_counted_and_no_segments() -> None:
    rows = [coding(12, 25, "Yes, we met!!"), coding(26, 38, "And we talk."), coding(0, 2, "R:")]
    assert [s.text for s in read_segments(pd.DataFrame(rows), texts)] == ["And we talk."]
    assert count_moved(pd.DataFrame(rows), texts) == {"s": 2}


def test_each_segment_of_a_group_interview_is_of_who_speaks_there() -> None:
    rows = [
        coding(12, 24, "Yes, we meet", interviewee="IP01_1"),
        coding(26, 38, "And we talk.", interviewee="IP02_1"),
    ]
    for order in (rows, rows[::-1]):
        found = read_segments(pd.DataFrame(order), texts)
        assert [s.interviewee for s in found] == ["IP01_1", "IP02_1"]


def test_a_segment_nobody_is_named_for_counts_as_its_sources() -> None:
    (found,) = read_segments(pd.DataFrame([coding(12, 25, "Yes, we meet.", interviewee="")]), texts)
    assert found.interviewee == "s"


@given(st.text(st.sampled_from("ab .?!”"), max_size=80), st.integers(1, 12))
def test_a_trimmed_quote_is_the_beginning_of_it_and_short_enough(text, most) -> None:
    text = f"a{text}".strip()
    whole = Segment("s", 7, 7 + len(text), text, "IP01_1", ("c",), ())
    cut = trim_segment(whole, max_words=most)
    assert text.startswith(cut.text)
    assert cut.text
    assert cut.end - cut.start == len(cut.text)
    assert cut.words <= most
    assert cut.cut_after == (cut.text != text)


def test_a_quote_is_cut_where_the_study_says_a_sentence_ends() -> None:
    text = "We saw Dr. Hill today there and she left"
    whole = Segment("s", 100, 100 + len(text), text, "IP01_1", ("c",), ())
    assert trim_segment(whole, max_words=6).text == "We saw Dr."
    assert trim_segment(whole, max_words=6, stops=[115]).text == "We saw Dr. Hill"
    assert trim_segment(whole, max_words=6, stops=[300]).text == "We saw Dr. Hill today there"


def test_the_reference_is_the_interviewee_or_the_document_with_its_page() -> None:
    said, read = segment("IP01_1;IP02_1", 0), segment("plan", 5)
    documents = {"plan": 8}

    def page(source: str, at: int) -> str:
        return {"plan": "12"}.get(source, "") if at else ""

    assert reference(said, documents=documents, page=page) == "(IP01_1, IP02_1)"
    assert reference(read, documents=documents, page=page) == "[8, p. 12]"
    assert reference(segment("plan", 0), documents=documents, page=page) == "[8]"
