from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from p3c_qual.sources.fix import fix_text

# texts rich in what fixing has to do with
PIECES = st.sampled_from(
    [
        *("a", "b", "é", "e\u0301", "e\u0323\u0302", "q\u0307\u0323", "\u0301", "\u212b", "\u2126"),
        *("\r\n", "\r", "\n", "\t", "\x0b", "\x0c", "\x85", "\x00", "\x1b", "\x9f", "\ud83d"),
        *("\u1100", "\u1161", "\u11a8", "\uac00", "\u0958", "\u09c7", "\u09be", "\u0344"),
        *("👩\u200d👩\u200d👧", "🇳🇱", "1\ufe0f\u20e3", "\U0001d15e", "שלום", " ", "\ufeff"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60))


@given(TEXTS)
def test_fixing_twice_changes_nothing_more(raw: str) -> None:
    once = fix_text(raw)
    again = fix_text(once.text)
    assert again.text == once.text
    assert again.offsets.identical
    assert again.notes == ()


@given(TEXTS)
def test_a_fixed_text_is_composed_and_holds_no_control_character(raw: str) -> None:
    text = fix_text(raw).text
    assert unicodedata.is_normalized("NFC", text)
    assert {c for c in text if unicodedata.category(c) in {"Cc", "Cs"}} <= {"\n", "\t"}


@given(TEXTS)
@example("e\r\n\u0301")
def test_the_pieces_of_a_text_are_fixed_as_the_whole_is(raw: str) -> None:
    plain = raw.replace("\r\n", "\n").replace("\r", "\n")
    expected = "".join(
        "\n"
        if c in "\x0b\x0c\x85"
        else c
        if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}
        else "\ufffd"
        for c in plain
    )
    assert fix_text(raw).text == unicodedata.normalize("NFC", expected)


def test_a_clean_text_is_the_very_same_object() -> None:
    raw = "I: naïve?\nR: “Yes” 👍.\n"
    fixed = fix_text(raw)
    assert fixed.text is raw
    assert fixed.offsets.identical


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x0bb\x0cc\x85d", "a\nb\nc\nd"),
        ("a\x00b\x9fc", "a\ufffdb\ufffdc"),
    ],
)
def test_line_ends_and_control_characters(raw: str, text: str) -> None:
    assert fix_text(raw).text == text


def test_what_was_changed_is_said_with_its_number_and_first_line() -> None:
    notes = fix_text("one\r\ntwo\x00\x01\r\nthree\x0c\r\n\ud800 e\u0301").notes
    assert notes == (
        "2 control characters became U+FFFD, the first in line 2.",
        "1 half of a character became U+FFFD, the first in line 4.",
        "1 page or line break became a new line, the first in line 3.",
        "1 character was composed (Unicode form NFC).",
    )
