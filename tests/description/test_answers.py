"""Forms are data, and their answers are checked against what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual import description
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import read_description

if TYPE_CHECKING:
    from p3c_qual.description.model import Answer
    from p3c_qual.study import Study


def answers(study: Study, form: str) -> dict[str, dict[str, Answer]]:
    with study.store.read() as connection:
        where = name_where(connection, programme="north")
        return read_description(connection).answers_of(form, where)


def test_every_form_says_what_it_is_about_and_what_it_asks() -> None:
    forms = description.read_forms()
    assert len(forms["formal_description"].items) == 14
    assert len(forms["country_prompts"].items) == 15
    lines = [each.id for each in forms["sampling"].records_of]
    assert lines == ["A", "B", "C", "D1", "D2", "E", "F", "G"]
    for form in forms.values():
        assert form.about, form.key
        assert all(item.label and item.hint for item in form.items), form.key
        assert len({item.id for item in form.items}) == len(form.items)


def test_an_answer_says_on_what_it_rests_and_not_found_needs_no_words(written: p3c.Study) -> None:
    put = {"programme": "north"}
    one = description.give_answer(
        written, "formal_description", "aim", "Time.", status="documented", **put
    )
    again = description.give_answer(
        written, "formal_description", "aim", "Time.", status="documented", **put
    )
    assert one == again
    assert description.give_answer(
        written, "formal_description", "multi_morbidity", "", status="not_found", **put
    )
    line = answers(written, "formal_description")[""]
    assert {item: (each.value, each.status) for item, each in line.items()} == {
        "aim": ("Time.", "documented"),
        "multi_morbidity": ("", "not_found"),
    }
    with pytest.raises(p3c.P3CError, match="documented needs words"):
        description.give_answer(
            written, "formal_description", "name", "", status="documented", **put
        )


@pytest.mark.parametrize(
    ("form", "item", "value", "record", "status", "why"),
    [
        ("formal", "aim", "x", "", "", "there is no form 'formal'"),
        ("formal_description", "aims", "x", "", "", "Did you mean 'aim'"),
        ("formal_description", "aim", "x", "", "heard", "no status 'heard'"),
        ("country_facts", "beds", "x", "", "", "is filled in for a country"),
        ("sampling", "minimum", "two", "A", "", "takes a whole number"),
        ("sampling", "minimum", "2", "H", "", "has no line 'H'"),
        ("feedback", "date", "31.3.2016", "1", "", "is no date"),
        ("feedback", "shown", "x", "", "", "which line"),
        ("literature", "bearing", "suports", "1", "", "Did you mean 'supports'"),
        ("formal_description", "aim", "x", "one", "", "has one line"),
        ("evaluation_plan", "how", "x", "1", "documented", "does not ask on what it rests"),
    ],
)
def test_what_a_form_does_not_ask_is_refused(
    written: p3c.Study, form: str, item: str, value: str, record: str, status: str, why: str
) -> None:
    with pytest.raises(p3c.P3CError, match=why):
        description.give_answer(
            written, form, item, value, record=record, status=status, programme="north"
        )


def test_an_empty_answer_goes_but_not_with_the_places_it_rests_on(written: p3c.Study) -> None:
    put = {"programme": "north"}
    form = "formal_description"
    cited = description.give_answer(written, form, "aim", "Time.", **put)
    description.give_answer(written, form, "name", "North.", **put)
    description.cite(written, "answer", cited, "plan")
    assert description.give_answer(written, form, "name", "", **put) == ""
    assert description.give_answer(written, form, "aim", "", **put) == cited
    assert list(answers(written, form)[""]) == ["aim"]
    assert description.remove_record(written, form, "", **put)
    assert answers(written, form) == {}
    with written.store.read() as connection:
        assert read_description(connection).citations == {}
    assert not description.remove_record(written, form, "", **put)


def test_an_answer_somebody_else_changed_is_not_written_over(written: p3c.Study) -> None:
    put = {"programme": "north"}
    seen = {"value": "Time.", "status": ""}
    description.give_answer(written, "formal_description", "aim", "Time.", **put)
    description.give_answer(written, "formal_description", "aim", "More.", **put, was=seen)
    with pytest.raises(p3c.P3CError, match="nothing was written over"):
        description.give_answer(written, "formal_description", "aim", "Less.", **put, was=seen)
