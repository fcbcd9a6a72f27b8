"""Passages: inside the text, one after the other, never the interviewer's, never too long."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.language.passages import LONG, SHORT, cut_passages
from p3c_qual.sources.parts import PartList
from p3c_qual.sources.splitter import sentences

WORDS = st.lists(
    st.sampled_from(["we", "trust", "her", "don't", "née", "𝒳"]), min_size=1, max_size=60
)
SENTENCE = WORDS.map(lambda words: " ".join(words).capitalize() + ".")
TURN = st.tuples(
    st.sampled_from(["interviewer", "interviewee", ""]),
    st.lists(SENTENCE, min_size=1, max_size=9).map(" ".join),
)
TURNS = st.lists(TURN, max_size=6)


def _assembled(turns: list[tuple[str, str]]) -> tuple[str, PartList, PartList]:
    starts, ends, body = [], [], ""
    for _, said in turns:
        starts.append(len(body))
        body += said
        ends.append(len(body))
        body += "\n"
    roles = [role for role, _ in turns]
    cut = sentences(body, "en")
    return body, PartList(starts, ends, role=roles), PartList(cut[0], cut[1])


def _words(text: str) -> int:
    return len(re.findall(r"\w+(?:['’]\w+)*", text))


@given(TURNS)
def test_passages_lie_in_the_text_in_order_and_none_over_another(
    turns: list[tuple[str, str]],
) -> None:
    body, turn, sentence = _assembled(turns)
    found = cut_passages(body, {"turn": turn, "sentence": sentence})
    places = [place for passage in found for place in passage]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(body) for start, end in found)


@given(TURNS)
def test_no_passage_touches_a_turn_of_the_interviewer(turns: list[tuple[str, str]]) -> None:
    body, turn, sentence = _assembled(turns)
    asked = [
        (start, end)
        for start, end, role in zip(turn.start, turn.end, turn.role, strict=True)
        if role == "interviewer"
    ]
    for start, end in cut_passages(body, {"turn": turn, "sentence": sentence}):
        assert not any(first < end and start < last for first, last in asked)


@given(TURNS)
def test_a_passage_has_neither_too_few_words_nor_too_many(turns: list[tuple[str, str]]) -> None:
    body, turn, sentence = _assembled(turns)
    for start, end in cut_passages(body, {"turn": turn, "sentence": sentence}):
        # no sentence here is longer than a passage may be
        assert SHORT <= _words(body[start:end]) <= LONG


def test_a_text_without_turns_is_cut_into_paragraphs() -> None:
    first = "The budget ends in spring and so nobody takes the desk for more than a year."
    second = "A heading"
    body = f"{first}\n\n{second}\n"
    paragraph = PartList([0, len(first) + 2], [len(first), len(first) + 2 + len(second)])
    assert cut_passages(body, {"paragraph": paragraph}) == [(0, len(first))]


def test_one_sentence_without_an_end_stays_whole() -> None:
    body = " ".join(["and"] * (3 * LONG))
    paragraph = PartList([0], [len(body)])
    parts = {"paragraph": paragraph, "sentence": PartList([0], [len(body)])}
    assert cut_passages(body, parts) == [(0, len(body))]


def test_a_text_without_parts_has_no_passages() -> None:
    assert cut_passages("", {}) == []
