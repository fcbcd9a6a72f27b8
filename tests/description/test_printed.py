"""How a quote is printed: what was done to its words is seen, and the rest is as it was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.description.model import Edit
from p3c_qual.description.printed import pieces, printed

WORDS = "I: And with you?\nR: We have no bus, as I said to Ann. She came each week with time."
AT = 100


def edit(kind, words, text=""):
    start = AT + WORDS.index(words)
    return Edit(kind, start, start + len(words) * (kind != "insert"), text)


@st.composite
def edited(draw):
    """Draw words with operations that do not overlap."""
    words = draw(st.text("ab ,.\nR:", min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(words)), max_size=8)))
    made = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        kind = draw(st.sampled_from(["omit", "mask", "insert"]))
        if kind == "omit" and (start == 0 or end == len(words)):
            kind = "trim"
        end = start if kind == "insert" else end  # noqa: PLW2901
        text = {"mask": "zz", "insert": "yy"}.get(kind, "")
        made.append(Edit(kind, AT + start, AT + end, text))
    return words, draw(st.permutations(made))


@given(edited())
def test_what_is_plain_stands_where_it_was_said_and_all_is_told_apart(drawn):
    words, edits = drawn
    found = pieces(words, AT, edits)
    assert [(p.start, p.end) for p in found] == sorted((p.start, p.end) for p in found)
    told = [range(p.start, p.end) for p in found]
    assert [place for each in told for place in each] == list(range(AT, AT + len(words)))
    for piece in found:
        if piece.kind == "plain":
            assert piece.text == words[piece.start - AT : piece.end - AT]
    assert printed(words, AT, edits) == "".join(piece.text for piece in found)


@given(edited())
def test_words_that_are_masked_or_left_out_print_nothing_of_themselves(drawn):
    words, edits = drawn
    for piece in pieces(words, AT, edits):
        if piece.kind == "masked":
            assert piece.text == "[zz]"
        if piece.kind in {"omitted", "trimmed"}:
            assert piece.text.strip() in {"", "..."}


@given(edited())
def test_without_operations_the_words_are_printed_as_they_were_said(drawn):
    assert printed(drawn[0], AT, ()) == drawn[0]


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([edit("omit", ", as I said to Ann")], "We have no bus .... She came"),
        ([edit("omit", "as I said to Ann. ")], "We have no bus, ... She came"),
        ([edit("omit", "as I said to Ann")], "We have no bus, .... She came"),
        ([edit("mask", "Ann", "name")], "said to [name]. She"),
        ([edit("mask", "Ann", "Mrs X")], "said to Mrs X. She"),
        ([edit("insert", " each week", "the nurse")], "She came [the nurse] each week"),
        ([edit("mask", "She", "The nurse"), edit("omit", "each ")], "[The nurse] came ... week"),
        ([edit("omit", "each "), edit("omit", "week ")], "She came ... with time."),
    ],
)
def test_spaces_and_marks_around_what_was_done_are_those_of_a_book(edits, said):
    assert said in printed(WORDS, AT, edits)


def test_a_cut_inside_a_sentence_leaves_dots_and_one_between_sentences_none():
    whole = [edit("trim", "I: And with you?\nR: "), edit("trim", " She came each week with time.")]
    assert printed(WORDS, AT, whole) == "We have no bus, as I said to Ann."
    inside = [edit("trim", "I: And with you?\nR: We have "), edit("trim", " with time.")]
    assert printed(WORDS, AT, inside) == "... no bus, as I said to Ann. She came each week ..."
