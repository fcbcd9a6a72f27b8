"""Names in what is printed: found by a model and a rule, and decided once for the study."""

from __future__ import annotations

import pytest

from p3c_qual.description import forget_name, keep_name
from p3c_qual.description.names import find_names, fold_name, looks_for
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError


def names(text, *others, language="en"):
    return {each.name: each.kind for each in find_names([text, *others], language)[text]}


def test_people_places_and_organisations_are_names_and_dates_and_masks_are_not():
    said = "I: Who?\nR: Sally Gordon drove to Manchester in March for the Red Cross. Dr X stayed."
    found = names(said)
    assert {*found} == {"Sally Gordon", "Manchester", "Red Cross"}
    assert (found["Sally Gordon"], found["Red Cross"]) == ("person", "organisation")
    assert names("We met [name] and X on Tuesday, and she came.") == {}


def test_a_name_found_once_is_found_wherever_it_stands():
    short = "Ordsall it was"
    assert names(short) == {}
    assert names(short, "I met Dr Ordsall there.") == {"Ordsall": "person"}


def test_without_a_model_only_what_stands_behind_a_title_is_found_and_that_is_told():
    assert not looks_for("hu")
    assert names("Dr Nagy és Szeged", language="hu") == {"Nagy": "person"}


def test_what_is_kept_is_kept_for_the_whole_study_until_it_is_taken_back(told):
    row = keep_name(told, "the Red Cross", "known to the public")
    assert keep_name(told, "red cross", "named in the contract") == row
    with told.store.read() as connection:
        assert read_description(connection).kept_names == {"the Red Cross": "named in the contract"}
    assert forget_name(told, "Red Cross")
    with pytest.raises(P3CError, match="not among the names that are kept"):
        forget_name(told, "Red Cross")


def test_a_name_needs_a_reason_to_be_printed(told):
    with pytest.raises(P3CError) as error:
        keep_name(told, " the ", " ")
    assert len(error.value.problems) == 1 + (fold_name(" the ") == "")
