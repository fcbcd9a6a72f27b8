"""The index of words proposes every text that holds a word, on both stores alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.store.words import candidates, fold_text, indexed, words_of


@given(st.text())
def test_folding_goes_character_by_character(text):
    assert fold_text(text) == "".join(fold_text(each) for each in text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_knows_neither_case_nor_accents(text):
    assert fold_text(unicodedata.normalize("NFD", text)) == fold_text(text)
    assert fold_text(fold_text(text)) == fold_text(text)


TEXTS = [
    "Self-management at the GP's, Café Müßig.",
    "naïve ﬁrst ½ 𝔘nit",
    "ΣΊΣΥΦΟΣ и Ёлка",
    "snake_case d'accord 3.5x",
    "…",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_of_a_text_leads_to_it(world, text):
    _, name = world.source("x", body=text)
    world.source("y", body="another")
    with world.store.read() as connection:
        assert indexed(connection, [name]) == {name}
        for word in words_of(text):
            assert candidates(connection, word) == {name}
            assert candidates(connection, word.upper()) == {name}
        assert name not in (candidates(connection, "absent") or ())


def test_several_words_lead_to_the_texts_that_hold_all(world):
    both = world.source("x", body="nurses and carers")[1]
    world.source("y", body="nurses alone")
    with world.store.read() as connection:
        assert candidates(connection, "Carers, NURSES") == {both}
        assert candidates(connection, "…") is None


def test_a_text_of_more_words_than_a_row_holds_is_found_by_each_and_taken_out_whole(
    world, monkeypatch
):
    monkeypatch.setattr("p3c_qual.store.words._ROW", 3)
    body = "one two three four five six seven"
    _, name = world.source("x", body=body)
    with world.store.read() as connection:
        assert {frozenset(candidates(connection, word)) for word in body.split()} == {
            frozenset([name])
        }
    with world.act() as act:
        act.erase([world.row("text", name)["hash"]])
    with world.store.read() as connection:
        assert [candidates(connection, word) for word in body.split()] == [set()] * 7
        assert indexed(connection, [name]) == set()


def test_a_word_too_long_for_an_index_is_no_word(world):
    _, name = world.source("x", body=f"short {'long' * 2000}")
    with world.store.read() as connection:
        assert candidates(connection, "short") == {name}
