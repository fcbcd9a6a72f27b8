"""Words in context: the same on both stores, and placed to the character."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import p3c_qual as p3c
from p3c_qual.analysis.queries import make_finder
from p3c_qual.analysis.search import COLUMNS
from p3c_qual.store.words import fold_text

if TYPE_CHECKING:
    from conftest import Small


def hits(body: str, query: str, mode: str = "word") -> list[str]:
    """Return what a query finds in a text."""
    found = make_finder(query, mode, time.monotonic() + 20).find(body)
    return [body[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("body", "query", "expected"),
    [
        ("A nurse, nurses, NURSE.", "nurse", ["nurse", "NURSE"]),
        ("self-management; self\nmanagement", "Self management", ["self-management", "self\nmanagement"]),
        ("don't don\u2019t dont", "don't", ["don't", "don\u2019t"]),
        ("caf\u00e9 cafe\u0301 CAFE cafeteria", "cafe", ["caf\u00e9", "cafe\u0301", "CAFE"]),
        ("caf\u00e9 cafe", "caf\u00e9", ["caf\u00e9", "cafe"]),
        ("Stra\u00dfe STRASSE stra\u1e9ee", "strasse", ["Stra\u00dfe", "STRASSE", "stra\u1e9ee"]),
        ("\u0130zmir izmir IZMIR", "izmir", ["\u0130zmir", "izmir", "IZMIR"]),
        ("k\u0131z kiz", "k\u0131z", ["k\u0131z"]),
        ("\u1f48\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2 \u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3", "\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c3", ["\u1f48\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2", "\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3"]),
        ("the \ufb01nance o\ufb00ice", "finance", ["\ufb01nance"]),
        ("\U0001f642money\U0001f642 money_ (money)", "money", ["money", "money", "money"]),
        ("x2 2x 2", "2", ["2"]),
        ("\u6211\u4eec\u8d22\u653f\u95ee\u9898", "\u8d22\u653f", ["\u8d22\u653f"]),
        ("\u8d22\u653f money", "\u8d22\u653f money", ["\u8d22\u653f money"]),
        ("one two three two", "two three", ["two three"]),
        ("aa aa aa", "aa aa", ["aa aa"]),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else None,
)  # fmt: skip
def test_words_are_found_whole_without_case_and_accents(
    body: str, query: str, expected: list[str]
) -> None:
    assert hits(body, query) == expected


@pytest.mark.parametrize(
    ("body", "query", "expected"),
    [
        ("Management", "manage", ["Manage"]),
        ("Gro\u00dfe gross", "ss", ["\u00df", "ss"]),
        ("Gro\u00dfe", "s", ["\u00df"]),
        ("o\ufb03ce", "f", ["\ufb03"]),
        ("o\ufb03ce", "ffi", ["\ufb03"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("50 % of it", "50 %", ["50 %"]),
        ("a...b", "..", [".."]),
        ("e\u0301\u0327!", "e", ["e\u0301\u0327"]),
        ("\u6211\u4eec\u8d22\u653f", "\u4eec\u8d22", ["\u4eec\u8d22"]),
        ("\U0001f642\U0001f642", "\U0001f642", ["\U0001f642", "\U0001f642"]),
    ],
)  # fmt: skip
def test_parts_are_found_within_words_and_never_half_a_character(
    body: str, query: str, expected: list[str]
) -> None:
    assert hits(body, query, "substring") == expected


def test_a_pattern_is_taken_as_it_is_and_finds_nothing_empty() -> None:
    assert hits("Money, MONEY and moneys", r"\bmoney\b", "regex") == ["Money", "MONEY"]
    assert hits("abc", "x*", "regex") == []
    assert hits("aab", "a*", "regex") == ["aa"]
    assert hits("caf\u00e9", r"\w+", "regex") == ["caf\u00e9"]


@pytest.mark.parametrize(
    ("query", "mode", "said"),
    [
        ("", "word", "nothing to search for"),
        ("  \n", "substring", "nothing to search for"),
        ("", "regex", "nothing to search for"),
        ("?!", "word", "--substring or --regex"),
        ("_", "word", "there is no word"),
        ("\u0301", "substring", "only accents"),
        ("(", "regex", "backslash"),
        ("[a", "regex", "is no pattern"),
        ("a{2,1}", "regex", "is no pattern"),
    ],
)
def test_what_cannot_be_searched_for_is_said(query: str, mode: str, said: str) -> None:
    with pytest.raises(p3c.P3CError, match=re.escape(said)):
        make_finder(query, mode, time.monotonic() + 1)


@pytest.mark.parametrize("query", [r"(a+)+$", r"(a|aa)+$", r"(?:a?){30}a{30}b"])
def test_a_pattern_without_end_is_stopped_with_a_sentence(query: str) -> None:
    began = time.monotonic()
    finder = make_finder(query, "regex", began + 0.3)
    with pytest.raises(p3c.P3CError, match="takes too long"):
        list(finder.find("a" * 40_000 + "!" + "a" * 40_000 + "!"))
    assert time.monotonic() - began < 10


def test_the_time_is_over_for_a_whole_study_too(small: Small) -> None:
    small.add("one", "We meet.")
    with pytest.raises(p3c.P3CError, match="takes too long"):
        small.study.search("meet", mode="substring", seconds=-1)


def test_a_text_of_fifty_million_characters_is_searched_to_its_end() -> None:
    body = "Wir gehen in die Stra\u00dfe. " * 2_000_000 + "Caf\u00e9!"
    assert len(body) > 49_000_000
    ((start, end),) = make_finder("cafe", "word", time.monotonic() + 60).find(body)
    assert (start, end) == (len(body) - 5, len(body) - 1)


def test_half_a_character_is_searched_for_in_vain() -> None:
    for mode in ("word", "substring", "regex"):
        assert hits("a nurse", "a \udcff nurse", mode) == (["a nurse"] if mode == "word" else [])


texts = st.lists(
    st.sampled_from(["Stra\u00dfe", "e\u0301", "\u00e9", "\ufb01", "\u0130", "\u03a3", "\u03c2", "i", "s", "ss", "a", "A", " ", ", ", "\n", "\U0001f642", "\u8d22\u653f", "\u00bd", "_"]),
    max_size=14,
).map("".join)  # fmt: skip


def by_hand(body: str, needle: str, *, whole: bool) -> list[tuple[int, int]]:
    """Find a folded part in a text, trying every place."""
    found: list[tuple[int, int]] = []
    pairs = [(fold, at) for at, char in enumerate(body) for fold in fold_text(char)]
    folded = "".join(fold for fold, _ in pairs)
    at = 0
    while at + len(needle) <= len(folded):
        end = at + len(needle)
        beside = folded[at - 1 : at] + folded[end : end + 1]
        if folded[at:end] != needle or (whole and any(char.isalnum() for char in beside)):
            at += 1
            continue
        first, last = pairs[at][1], pairs[end - 1][1] + 1
        while last < len(body) and fold_text(body[last]) == "":
            last += 1
        if not found or first >= found[-1][1]:
            found.append((first, last))
        at = end
    return found


@given(
    texts, st.sampled_from(["s", "ss", "strasse", "e", "fi", "i", "a", "as", "\u03c3", "\u8d22"])
)
@example("Stra\u00dfe\u0301s", "s")
def test_parts_are_where_a_search_of_every_place_finds_them(body: str, query: str) -> None:
    found = make_finder(query, "substring", time.monotonic() + 20).find(body)
    assert list(found) == by_hand(body, fold_text(query), whole=False)


@given(texts, st.sampled_from(["s", "ss", "strasse", "e", "fi", "i", "a", "as", "\u03c3"]))
@example("a\u0301 a", "a")
def test_words_are_where_a_search_of_every_place_finds_them(body: str, query: str) -> None:
    found = make_finder(query, "word", time.monotonic() + 20).find(body)
    assert list(found) == by_hand(body, fold_text(query), whole=True)


TEXTS = {
    "b": "R: The caf\u00e9 on the Stra\u00dfe; the CAFE\u0301.\n",
    "B": "R: cafeteria, \U0001f642 cafe\n",
    "\u00e4": "\u6211\u4eec\u8d22\u653f. \u039f\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2 o\ufb03ce\n",
    "a": "Nothing here.\n",
}


@pytest.mark.parametrize(
    ("query", "mode", "expected"),
    [
        ("cafe", "word", [("B", "cafe"), ("b", "caf\u00e9"), ("b", "CAF\u00c9")]),
        ("CAF\u00c9", "word", [("B", "cafe"), ("b", "caf\u00e9"), ("b", "CAF\u00c9")]),
        ("the cafe", "word", [("b", "The caf\u00e9"), ("b", "the CAF\u00c9")]),
        ("strasse", "word", [("b", "Stra\u00dfe")]),
        ("\u8d22\u653f", "word", [("\u00e4", "\u8d22\u653f")]),
        ("\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c3", "word", [("\u00e4", "\u039f\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2")]),
        ("office", "word", [("\u00e4", "o\ufb03ce")]),
        ("afe", "substring", [("B", "afe"), ("B", "afe"), ("b", "af\u00e9"), ("b", "AF\u00c9")]),
        ("caf.(?=t)", "regex", [("B", "cafe")]),
        ("nowhere", "word", []),
        ("'; drop table source; --", "word", []),
        ('"caf*', "word", []),
    ],
)  # fmt: skip
def test_both_stores_find_the_same_in_the_same_order(
    both: Small, query: str, mode: str, expected: list[tuple[str, str]]
) -> None:
    for key, text in TEXTS.items():
        both.add(key, text, programme="alpha", site="north")
    frame = both.study.search(query, mode=mode)
    assert list(frame[["source", "match"]].itertuples(index=False, name=None)) == expected
    assert tuple(frame.columns) == COLUMNS
    for row in frame.itertuples():
        text = both.texts[row.source]
        assert text[row.start : row.end] == row.match
        assert row.before + row.match + row.after in text


def test_the_context_ends_where_the_text_does(small: Small) -> None:
    small.add("one", "nurse and nurse")
    rows: list[dict[str, Any]] = small.study.search("nurse", context=5).to_dict("records")
    assert [(row["before"], row["after"]) for row in rows] == [("", " and "), (" and ", "")]
    assert small.study.search("nurse", context=0)["after"].tolist() == ["", ""]


def test_a_limit_gives_the_first_hits(small: Small) -> None:
    for number in range(30):
        small.add(f"s{number:02}", "nurse, nurse")
    whole = small.study.search("nurse")
    assert len(whole) == 60
    for limit in (1, 2, 3, 59, 60, 61):
        assert small.study.search("nurse", limit=limit).equals(whole.head(limit))


def test_unknown_ways_and_numbers_are_refused_at_once(study: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError) as caught:
        study.search("x", mode="words", context=-1, limit=0)
    assert len(caught.value.problems) == 3
    assert "Did you mean 'word'?" in str(caught.value)


def test_a_search_that_finds_nothing_has_its_columns(study: p3c.Study) -> None:
    frame = study.search("x")
    assert (tuple(frame.columns), len(frame)) == (COLUMNS, 0)
