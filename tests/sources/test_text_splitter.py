from __future__ import annotations

import time
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources.abbreviations import ABBREVIATIONS, BEFORE_NUMBERS, LANGUAGES
from p3c_qual.sources.splitter import paragraphs, sentences, splitter_for, words

PIECES = st.sampled_from(
    [
        *(
            "Dr. ",
            "word ",
            "Word ",
            "e.g. ",
            "3. ",
            "3.5 ",
            "... ",
            "…",
            "?! ",
            ". ",
            ".",
            "”",
            '"',
        ),
        *(
            "\n",
            "\n\n",
            " \n \n",
            "\t",
            "- ",
            "。",
            "؟ ",
            "।",
            "I: ",
            "A. ",
            "»",
            "(",
            ") ",
            "\xa0",
        ),
        *(
            "e\u0301",
            "👩\u200d👩\u200d👧",
            "🇳🇱",
            "1\ufe0f\u20e3",
            "हिन्दी",
            "你好",
            "it’s",
            "a-b",
            "\u0600",
            "©",
        ),
        *("\u200d", "\u1112\u1161\u11ab", "שלום", "x\u00ady", "\u3099", "か", "\u0e33"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60))
LANGUAGE = st.sampled_from([*LANGUAGES, "und"])


def cut(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in zip(*sentences(text, language), strict=True)]


def word_list(text: str) -> list[str]:
    return [text[start:end] for start, end in zip(*words(text), strict=True)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Dr. Hill and Mrs. Poe came.", "They did e.g. this."]),
        ("en", ["We met at 3.30 p.m. on Monday."]),
        ("en", ["He left at 3 p.m.", "Then I went."]),
        ("en", ["No.", "See No. 5 on p. 7, etc.", "And so on."]),
        ("en", ["J. R. Hill wrote it in 2014.", "Then Mrs X.", "She and I.", "Yes."]),
        ("en", ["Well... you know... it was there...or not?!", "Yes…", "I see."]),
        ("en", ["“I was there.”", "“Really?” she said.", "(He left.)", "'No!'"]),
        ("en", ["Really?", "and then?", "[name] went.", "😀 Good."]),
        ("de", ["Am 3. März kam z.B. Dr. Maier, z. B. mit Frau K. am 21. Mai."]),
        ("de", ["Das war 2014.", "„Nein!“, sagte er, bzw. Frau Maier.", "„Ja.“", "Gut."]),
        ("nl", ["Mevr. Jansen en drs. De Haan waren er.", "Dat is o.a. nr. 3.", "Ja."]),
        ("es", ["¿Qué dijo el Sr. López?", "¡Nada!", "Bueno."]),
        ("no", ["Vi har bl.a. møter den 3. mai.", "Ca. 30 kom.", "Ja."]),
        ("hu", ["Dr. Kiss 2014. május 3. napján jött.", "Id. Nagy is.", "Igen."]),
        ("hr", ["Npr. Dr. Horvat je bio 3. svibnja.", "Da."]),
        ("fr", ["Vraiment ?", "Oui !", "« Bien sûr. »", "M. Petit est là."]),
        ("it", ["Il dott. Rossi e la sig.ra Bianchi.", "Davvero?", "Sì."]),
    ],
)
def test_sentences_are_cut_by_the_rules_of_the_language(language: str, expected: list[str]) -> None:
    assert cut(" ".join(expected), language) == expected


def test_stops_of_other_scripts_end_a_sentence() -> None:
    assert cut("你好。「我很好！」真的吗？") == ["你好。", "「我很好！」", "真的吗？"]
    assert cut("كيف حالك؟ أنا بخير.") == ["كيف حالك؟", "أنا بخير."]
    assert cut("यह एक है। वह दो है।") == ["यह एक है।", "वह दो है।"]


def test_a_wrapped_line_is_no_end_but_a_blank_line_and_a_bullet_are() -> None:
    text = "A heading\n\nOne line\nwraps here. Two\n- an item\n2. another\n\n1. First."
    assert cut(text) == [
        "A heading",
        "One line\nwraps here.",
        "Two",
        "- an item",
        "2. another",
        "1. First.",
    ]


def test_without_any_blank_line_every_line_ends_a_sentence() -> None:
    assert cut("one  \ntwo.\n three") == ["one", "two.", "three"]


def test_no_sentence_leaves_the_ranges_it_is_cut_in() -> None:
    text = "I: How was R: it? Fine. Good"
    assert sentences(text, "en", [(3, 11), (13, 24)]) == ([3, 14, 18], [10, 17, 23])
    assert sentences(text, "en", []) == ([], [])


@given(TEXTS, LANGUAGE)
def test_every_visible_character_lies_in_exactly_one_sentence(text: str, language: str) -> None:
    starts, ends = sentences(text, language)
    check_order(text, starts, ends)
    inside = {at for start, end in zip(starts, ends, strict=True) for at in range(start, end)}
    assert {at for at, char in enumerate(text) if not char.isspace()} <= inside


@given(TEXTS, LANGUAGE)
def test_no_sentence_crosses_a_paragraph(text: str, language: str) -> None:
    edges = set(paragraphs(text)[0])
    starts, ends = sentences(text, language)
    assert edges <= set(starts)
    assert not any(
        start < edge < end for start, end in zip(starts, ends, strict=True) for edge in edges
    )


@given(TEXTS, st.data())
def test_sentences_of_ranges_stay_inside_them_and_cover_them(
    text: str, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    starts, ends = sentences(text, "en", ranges)
    check_order(text, starts, ends)
    covered = {at for start, end in zip(starts, ends, strict=True) for at in range(start, end)}
    allowed = {at for start, end in ranges for at in range(start, end)}
    assert covered <= allowed
    assert {at for at in allowed if not text[at].isspace()} <= covered


def test_paragraphs_are_blocks_or_lines() -> None:
    assert paragraphs("a\nb\n \t\n\n c \n") == ([0, 9], [3, 10])
    assert paragraphs("a\n b \nc") == ([0, 3, 6], [1, 4, 7])
    assert paragraphs(" \n ") == ([], [])


def test_a_turn_starts_a_paragraph_when_asked() -> None:
    text = "Notes\n\nI: one\nR: two"
    assert paragraphs(text) == ([0, 7], [5, 20])
    assert paragraphs(text, breaks=[7, 14]) == ([0, 7, 14], [5, 13, 20])


@given(TEXTS)
def test_every_visible_character_lies_in_exactly_one_paragraph(text: str) -> None:
    starts, ends = paragraphs(text)
    check_order(text, starts, ends)
    inside = {at for start, end in zip(starts, ends, strict=True) for at in range(start, end)}
    assert {at for at, char in enumerate(text) if not char.isspace()} <= inside


def test_words_keep_their_apostrophes_hyphens_and_numbers() -> None:
    text = "Don't l’homme self-management—IP02_1 1,200 3.5 10:30 naïve Ver\u00adwaltung €5"
    assert word_list(text) == [
        *("Don't", "l’homme", "self-management", "IP02_1", "1,200", "3.5", "10", "30"),
        *("naïve", "Ver\u00adwaltung", "5"),
    ]


def test_marks_emoji_and_scripts_without_spaces_are_words_too() -> None:
    text = "q\u0307 👩\u200d👩\u200d👧 🇳🇱🇦🇹 1\ufe0f\u20e3 हिन्दी 你好 カタカナ © x"
    assert word_list(text) == [
        *(
            "q\u0307",
            "👩\u200d👩\u200d👧",
            "🇳🇱",
            "🇦🇹",
            "1\ufe0f\u20e3",
            "हिन्दी",
            "你",
            "好",
            "カタカナ",
            "x",
        ),
    ]


@given(TEXTS)
def test_no_word_begins_or_ends_inside_a_character_as_seen(text: str) -> None:
    starts, ends = words(text)
    check_order(text, starts, ends)
    edges = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    assert {*starts, *ends} <= edges


@given(TEXTS)
def test_every_letter_lies_in_a_word(text: str) -> None:
    starts, ends = words(text)
    inside = {at for start, end in zip(starts, ends, strict=True) for at in range(start, end)}
    letters = {at for at, char in enumerate(text) if unicodedata.category(char) in {"Lu", "Ll"}}
    assert letters <= inside


@given(st.text(st.sampled_from("ab é'’-.,1 \n"), max_size=40))
def test_a_text_is_cut_into_the_same_words_beside_an_emoji(text: str) -> None:
    assert word_list(text + " 😀")[:-1] == word_list(text)


def test_a_splitter_is_named_by_language_and_version() -> None:
    assert [splitter_for(name) for name in ("en", "DE-at", "Norsk", "nb", "xx", "")] == [
        *("en-1", "de-1", "no-1", "no-1", "und-1", "und-1"),
    ]
    assert set(ABBREVIATIONS) == set(BEFORE_NUMBERS) == {*LANGUAGES, "und"}


@pytest.mark.parametrize(
    "text",
    [
        "." * 300_000,
        ". " * 150_000,
        ".)" * 150_000,
        "?!" * 150_000,
        "a. " + '"' * 300_000,
        "a." + " " * 300_000 + "b",
        ("\n" + " " * 500) * 600,
        "x" * 300_000,
        "A " * 150_000,
        "a-" * 150_000,
        "Dr. " * 75_000,
        "。" * 300_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_texts_are_cut_in_linear_time(text: str) -> None:
    # going back over the text would take minutes
    began = time.process_time()
    sentences(text, "de")
    paragraphs(text)
    words(text)
    assert time.process_time() - began < 3


def check_order(text: str, starts: list[int], ends: list[int]) -> None:
    assert len(starts) == len(ends)
    edges = [edge for pair in zip(starts, ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert not any(text[start].isspace() for start in starts)
    assert not any(text[end - 1].isspace() for end in ends)
