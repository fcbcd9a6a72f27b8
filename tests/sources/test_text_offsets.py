from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.errors import P3CError
from p3c_qual.sources.fix import fix_text
from p3c_qual.sources.offsets import (
    OffsetMap,
    codepoints_to_utf16,
    utf8_to_codepoints,
    utf16_to_codepoints,
)

SHARED = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "offsets.json").read_text(encoding="utf-8")
)
# every piece is fixed on its own, since it begins with a character nothing before joins
PIECES = st.sampled_from(
    [
        *("a", "é", "e\u0301", "o\u0323\u0302", "\r\n", "\r", "\n", "\x00", "\u212b", "שלום"),
        *(
            "\u1112\u1161\u11ab",
            "\uac00\u11a8",
            "👩\u200d👩\u200d👧",
            "🇳🇱",
            "1\ufe0f\u20e3",
            "\u0958",
        ),
    ]
)


@given(
    st.lists(PIECES, max_size=20).filter(
        lambda pieces: all(one != "\r" or two != "\n" for one, two in pairwise(pieces))
    ),
    st.data(),
)
def test_a_span_of_whole_pieces_maps_to_the_same_pieces_fixed(
    pieces: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(pieces)))
    last = data.draw(st.integers(first, len(pieces)))
    start, end = len("".join(pieces[:first])), len("".join(pieces[:last]))
    fixed = fix_text("".join(pieces))
    new_start, new_end, widened = fixed.offsets.to_stored(start, end)
    assert not widened
    assert fixed.text[new_start:new_end] == "".join(
        fix_text(piece).text for piece in pieces[first:last]
    )


@given(
    st.text(st.sampled_from("ae\u0301\u0323\r\n\u1112\u1161\u11ab \x00👩"), max_size=30), st.data()
)
def test_any_span_maps_into_the_text_and_holds_what_it_held(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    fixed = fix_text(raw)
    new_start, new_end, widened = fixed.offsets.to_stored(start, end)
    assert 0 <= new_start <= new_end <= len(fixed.text)
    inside = fix_text(raw[start:end]).text
    if not widened:
        assert fixed.text[new_start:new_end] == inside
    else:
        assert new_end > new_start
        held = unicodedata.normalize("NFD", fixed.text[new_start:new_end])
        assert set(unicodedata.normalize("NFD", inside)) <= set(held)


def test_marks_after_a_windows_line_end_keep_to_themselves() -> None:
    fixed = fix_text("a\r\n\u0301\u0323b")
    assert fixed.text == "a\n\u0323\u0301b"
    assert fixed.offsets.to_stored(1, 3) == (1, 2, False)
    assert fixed.offsets.to_stored(4, 6) == (2, 5, True)


def test_the_whole_maps_to_the_whole() -> None:
    raw = "e\u0301\r\n" * 50
    fixed = fix_text(raw)
    assert fixed.offsets.to_stored(0, len(raw)) == (0, 100, False)


def test_a_boundary_inside_a_windows_line_end_widens() -> None:
    assert fix_text("a\r\nb").offsets.to_stored(2, 4) == (1, 3, True)


def test_a_boundary_inside_a_composed_character_widens_on_both_sides() -> None:
    assert fix_text("xe\u0301y").offsets.to_stored(2, 2) == (1, 2, True)


def test_marks_that_only_changed_their_order_widen_too() -> None:
    assert fix_text("q\u0307\u0323!").offsets.to_stored(2, 4) == (0, 4, True)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 5), (3, 2)])
def test_a_span_outside_the_original_is_refused(start: int, end: int) -> None:
    with pytest.raises(P3CError, match="outside the text, which has 4 characters"):
        OffsetMap(4).to_stored(start, end)


@pytest.mark.parametrize("case", SHARED, ids=lambda case: case["name"])
def test_the_shared_cases_hold_in_both_units(case: dict) -> None:
    text = case["text"]
    assert fix_text(text).text == text
    units = text.encode("utf-16-le")
    for span in case["spans"]:
        start, end = span["start"], span["end"]
        assert text[start:end] == span["quote"]
        assert (
            units[2 * span["start_utf16"] : 2 * span["end_utf16"]].decode("utf-16-le")
            == span["quote"]
        )
        assert codepoints_to_utf16(text, start) == span["start_utf16"]
        assert codepoints_to_utf16(text, end) == span["end_utf16"]
        assert utf16_to_codepoints(text, span["start_utf16"]) == start
        assert utf16_to_codepoints(text, span["end_utf16"], end=True) == end


def test_the_shared_cases_cover_what_goes_wrong_between_the_units() -> None:
    texts = "".join(case["text"] for case in SHARED)
    assert "\u200d" in texts
    assert any(unicodedata.combining(c) for c in texts)
    assert any(unicodedata.bidirectional(c) in {"R", "AL"} for c in texts)
    assert any(ord(c) > 0xFFFF for c in texts)
    assert "\r" not in texts


@given(st.text(max_size=40), st.data())
def test_utf16_and_utf8_positions_come_back(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert utf16_to_codepoints(text, codepoints_to_utf16(text, at)) == at
    assert utf8_to_codepoints(text, len(text[:at].encode())) == at


def test_a_position_inside_a_character_goes_to_its_start_or_its_end() -> None:
    assert utf16_to_codepoints("a😀b", 2) == 1
    assert utf16_to_codepoints("a😀b", 2, end=True) == 2
    assert [utf8_to_codepoints("a😀b", at) for at in (1, 2, 3, 4, 5)] == [1, 1, 1, 1, 2]
    assert utf8_to_codepoints("a😀b", 2, end=True) == 2


@pytest.mark.parametrize("convert", [utf16_to_codepoints, codepoints_to_utf16, utf8_to_codepoints])
@pytest.mark.parametrize("text", ["abc", "äbc"])
def test_a_position_outside_the_text_is_refused(convert, text: str) -> None:
    with pytest.raises(P3CError, match="outside the text"):
        convert(text, 9)
    with pytest.raises(P3CError, match="outside the text"):
        convert(text, -1)
