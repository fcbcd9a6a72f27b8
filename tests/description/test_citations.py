"""Places that something rests on: a span, or a source as a whole."""

from __future__ import annotations

import pytest
from description_kit import span

import p3c_qual as p3c
from p3c_qual import description
from p3c_qual.description.read import read_description


def test_the_same_place_twice_is_one_and_keeps_its_words(written: p3c.Study) -> None:
    aim = description.give_answer(written, "formal_description", "aim", "Time.", programme="north")
    place = span("plan", "Admissions fall.")
    one = description.cite(written, "answer", aim, *place)
    assert description.cite(written, "answer", aim, *place) == one
    whole = description.cite(written, "answer", aim, "plan")
    assert whole != one
    with written.store.read() as connection:
        cited = read_description(connection).citations[aim]
    assert {(each.start, each.quote) for each in cited} == {
        (None, ""),
        (place[1], "Admissions fall."),
    }
    assert description.uncite(written, one)
    with pytest.raises(p3c.P3CError, match="this cited place is gone: anna took it away"):
        description.uncite(written, one)


def test_what_cannot_be_cited_is_said_all_at_once(written: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError) as refused:
        description.cite(written, "answer", "nothing", "plann", 0, 5)
    said = [problem.what for problem in refused.value.problems]
    assert said == ["there is no such answer", "unknown source 'plann'"]
    with pytest.raises(p3c.P3CError, match="does not rest on places"):
        description.cite(written, "quote", "nothing", "plan")
    aim = description.give_answer(written, "formal_description", "aim", "Time.", programme="north")
    with pytest.raises(p3c.P3CError, match="not within the text of 'plan'"):
        description.cite(written, "answer", aim, "plan", 0, 5000)


def test_a_contrast_says_which_side_rests_on_a_place(written: p3c.Study) -> None:
    teams = description.write_contrast(written, "Teams", programme="north")
    with pytest.raises(p3c.P3CError, match="which side"):
        description.cite(written, "contrast", teams, "plan")
    assert description.cite(written, "contrast", teams, "plan", side="plan")
    fact = description.note_fact(written, "Practices", "18", programme="north")
    with pytest.raises(p3c.P3CError, match="a fact has no sides"):
        description.cite(written, "fact", fact, "plan", side="plan")
