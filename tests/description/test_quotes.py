"""Quotes: chosen once, changed by tracked operations, and refused where somebody did not consent."""

from __future__ import annotations

import pytest
from description_kit import span

from p3c_qual.description import (
    change_quote,
    edit_quote,
    make_quote,
    remove_quote,
    take_back_edit,
)
from p3c_qual.description.printed import printed
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError

SAID = "They gave us a shared list. I saw no use in it, it was one more form."


def quote_of(study, name):
    with study.store.read() as connection:
        return read_description(connection).quotes[name]


def said(study, name):
    quote = quote_of(study, name)
    return printed(quote.quote, quote.start, quote.edits)


def place(words):
    return span("S1", words)[1:]


@pytest.fixture
def chosen(told):
    return make_quote(told, *span("S1", SAID), chosen_as="contrary")


def test_a_quote_keeps_its_span_and_has_a_key_that_every_copy_gives_it(told, chosen):
    quote = quote_of(told, chosen)
    assert (quote.quote, quote.key) == (SAID, chosen[:8])
    other = make_quote(told, *span("S1", "The budget ends in spring."))
    assert quote_of(told, other).key != quote.key


def test_the_same_span_is_one_quote_whose_reason_is_added_and_not_overwritten(told, chosen):
    source, start, end = span("S1", SAID)
    assert make_quote(told, source, start, end + 1, why="Against the plan.") == chosen
    assert quote_of(told, chosen).why == "Against the plan."
    with pytest.raises(P3CError, match="another reason"):
        make_quote(told, source, start, end, chosen_as="typical")
    remove_quote(told, chosen[:8])
    assert make_quote(told, source, start, end) != chosen


def test_a_quote_of_nothing_of_no_source_and_for_no_reason_is_refused_at_once(told):
    with pytest.raises(P3CError) as error:
        make_quote(told, "S9", 0, 5, chosen_as="typcial")
    assert "unknown source 'S9'" in str(error.value)
    assert "Did you mean 'typical'" in str(error.value)
    blank = span("N1", " ")
    with pytest.raises(P3CError, match="needs words"):
        make_quote(told, *blank)


def test_words_of_somebody_who_does_not_consent_are_no_quote(told):
    told.set_fields("source", "S1", {"consent_quoted": "withdrawn"})
    with pytest.raises(P3CError, match="S1 has withdrawn the consent to be quoted"):
        make_quote(told, *span("S1", SAID))


def test_in_a_group_each_turn_is_of_its_speaker_and_an_unknown_one_of_anybody(told):
    told.set_fields("source", "S3", {"consent_quoted": "yes;no"})
    with pytest.raises(P3CError, match="S3b did not consent"):
        make_quote(told, *span("S3", "We knew each other before."))


def test_operations_are_printed_and_taken_back_one_by_one(told, chosen):
    change_quote(told, chosen, "omit", *place("it, it was "))
    change_quote(told, chosen, "mask", *place("a shared list"), "name of a system")
    change_quote(told, chosen, "trim", *place("They gave us "))
    assert said(told, chosen) == "... [name of a system]. I saw no use in ... one more form."
    change_quote(told, chosen, "insert", *[place("one more form")[0]] * 2, "[for them]")
    assert said(told, chosen).endswith("in ... [for them] one more form.")
    assert not change_quote(told, chosen, "omit", *place("it, it was "))
    for _ in range(4):
        take_back_edit(told, chosen, 0)
    assert said(told, chosen) == SAID
    with pytest.raises(P3CError, match="no such change"):
        take_back_edit(told, chosen, 0)


@pytest.mark.parametrize(
    ("kind", "words", "text", "fault"),
    [
        (
            "omit",
            "I saw no use",
            "",
            "the omission of “I saw no use” overlaps the mask of “no use”",
        ),
        ("insert", "o use", "", "it is not said what is inserted"),
        ("omit", "They gave", "", "Trim them"),
        ("trim", "one more", "", "Omit them"),
        ("mask", "shared list", "our shared list", "repeats the words"),
        ("trim", SAID, "", "nothing of the quote would be left"),
        ("delete", "one more", "", "nothing that can be done in a quote"),
        ("omit", "We stopped", "", "is not within the quote"),
    ],
)
def test_an_operation_that_cannot_be_is_refused_and_says_why(
    told, chosen, kind, words, text, fault
):
    if "overlaps" in fault:
        change_quote(told, chosen, "mask", *place("no use"))
    with pytest.raises(P3CError, match=fault):
        change_quote(told, chosen, kind, *place(words), text)


def test_a_translation_is_kept_with_who_made_it_and_goes_with_it(told, chosen):
    with pytest.raises(P3CError) as error:
        edit_quote(told, chosen, {"translator": "Ben", "translated": "May", "wyh": "x"})
    for part in ("no translation of which", "'May' is no date", "no field 'wyh'"):
        assert part in str(error.value)
    given = {"translation": "Die Liste ...", "translator": "Ben", "translated": "2024-05"}
    assert edit_quote(told, chosen, given, was={"translation": ""})
    with pytest.raises(P3CError, match="nothing was written over"):
        edit_quote(told, chosen, {"translation": "x"}, was={"translation": ""})
    edit_quote(told, chosen, {"translation": ""})
    assert quote_of(told, chosen).translator == ""


def test_a_quote_that_is_gone_says_who_took_it_away(told, chosen):
    remove_quote(told, chosen)
    with pytest.raises(P3CError, match="anna took it away"):
        change_quote(told, chosen, "mask", *place("no use"))
