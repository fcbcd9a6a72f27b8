"""Types along a dimension: their cases, prototypes, and what helps to find them."""

from __future__ import annotations

import pytest
from structuring_kit import ask, at, code, codes_of, make, refused

import p3c_qual as p3c
from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.rating import rate
from p3c_qual.mayring.structuring.typology import (
    assign,
    edit_type,
    lacks_prototypes,
    lacks_types,
    make_type,
    remove_type,
    unassign,
)
from p3c_qual.mayring.structuring.typology_table import NO_TYPE, table_cases, table_types
from p3c_qual.store import replay


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, tmp_path):
    """Give the study on each store."""
    store = request.getfixturevalue("new_database")() if request.param == "postgresql" else None
    with make(tmp_path, store) as study:
        ask(study, "type", criterion="how close they work")
        yield study


@pytest.fixture
def typed(tmp_path):
    """Give the study with two types."""
    with make(tmp_path) as study:
        ask(study, "type", criterion="how close they work")
        study.near = make_type(study, "type", "Near", found_by="extreme", description="Daily.")
        study.far = make_type(study, "type", "Far", found_by="theory", description="Rarely.")
        yield study


def lacking(study, check):
    with study.store.read() as connection:
        return [str(each) for each in check(connection, read_question(connection, "type"))]


def test_the_typology_lists_members_prototypes_and_cases_of_no_type(typed):
    assign(typed, typed.near, "IP01", prototype=True, reason="Meets each week.")
    assign(typed, typed.near, "plan")
    assign(typed, typed.far, "IP03", reason="Never meets.")
    table = table_types(typed, "type").set_index("type")
    assert table.loc["Near", ["cases", "members"]].tolist() == [2, "IP01;plan"]
    assert table.loc["Near", "prototypes"] == "IP01: Meets each week."
    assert table.loc["Far", ["found_by", "prototypes"]].tolist() == ["of interest to theory", ""]
    assert table.loc[NO_TYPE, "members"] == "IP02;group"
    assert table["cases"].sum() == 5
    assert table.attrs["dimension"] == "how close they work"


def test_a_case_is_of_one_type_at_most_and_may_be_moved(typed):
    assign(typed, typed.near, "IP01")
    assert codes_of(assign, typed, typed.far, "IP01") == {"elsewhere"}
    assert "IP01 is of the type 'Near' already" in refused(assign, typed, typed.far, "IP01")
    assign(typed, typed.far, "IP01", move=True)
    table = table_types(typed, "type").set_index("type")
    assert table["cases"].to_dict() == {"Near": 0, "Far": 1, NO_TYPE: 4}


def test_a_prototype_needs_a_reason(typed):
    assert codes_of(assign, typed, typed.near, "IP01", prototype=True, reason=" ") == {"reason"}
    said = refused(assign, typed, typed.near, "IP9", prototype=True)
    assert "unknown case 'IP9'" in said
    assert "a prototype needs a reason" in said


def test_types_are_told_apart_by_their_labels(typed):
    assert "there is a type 'near' already" in refused(
        make_type, typed, "type", "near", found_by="extreme"
    )
    said = refused(make_type, typed, "type", " ", found_by="extrem")
    assert "needs a label" in said
    assert "Did you mean 'extreme'?" in said
    assert "already" in refused(edit_type, typed, typed.far, label="NEAR")
    assert edit_type(typed, typed.far, label="far")


def test_a_type_that_somebody_changed_or_removed_meanwhile_is_not_written_over(typed):
    edit_type(typed, typed.near, label="Nearer", was={"label": "Near"})
    assert codes_of(edit_type, typed, typed.near, label="Close", was={"label": "Near"}) == {"stale"}
    assign(typed, typed.near, "IP01")
    assert remove_type(typed, typed.near) == 1
    assert codes_of(edit_type, typed, typed.near, label="Close") == {"gone"}
    assert codes_of(assign, typed, typed.near, "IP02") == {"gone"}
    assert table_types(typed, "type")["type"].tolist() == ["Far", NO_TYPE]
    typed.undo()
    assert table_types(typed, "type").set_index("type").loc["Nearer", "members"] == "IP01"


def test_a_case_leaves_its_type(typed):
    name = assign(typed, typed.near, "IP01")
    unassign(typed, name)
    assert codes_of(unassign, typed, name) == {"gone"}
    assert table_types(typed, "type").set_index("type")["cases"].to_dict() == {
        "Near": 0,
        "Far": 0,
        NO_TYPE: 5,
    }


def test_steps_say_what_is_missing(typed):
    assert lacking(typed, lacks_types) == [
        "the type 'Near' has no case. Assign one, or remove the type.",
        "the type 'Far' has no case. Assign one, or remove the type.",
    ]
    assign(typed, typed.near, "IP01", prototype=True, reason="So.")
    assign(typed, typed.far, "IP02")
    assert lacking(typed, lacks_types) == []
    (said,) = lacking(typed, lacks_prototypes)
    assert "'Far' has no prototype" in said
    remove_type(typed, typed.far)
    assert "only one type" in lacking(typed, lacks_types)[0]


def test_codings_of_cases_help_to_find_types(typed):
    ask(typed, "theme")
    code(typed, "IP01", "We meet each week.", "meeting.weekly")
    code(typed, "IP01", "It helps us a lot.", "meeting")
    code(typed, "IP02", "We telephone.", "meeting.phone")
    assign(typed, typed.near, "IP01")
    table = table_cases(typed, "type").set_index("case")
    assert table["meeting"].to_dict() == {"IP01": 2, "IP02": 1, "IP03": 0, "group": 0, "plan": 0}
    assert table.loc["IP01", "type"] == "Near"
    assert table.attrs["unit"] == "coded segments"
    assert "'thme'" in refused(table_cases, typed, "type", of="thme")


def test_ratings_of_cases_help_to_find_types_and_what_is_not_ratable_is_missing(typed):
    ask(typed, "scaling")
    source, start, end = at(typed, "IP02", "We telephone.")
    rate(typed, "scaling", "valence", source=source, start=start, end=end, level=1)
    rate(typed, "scaling", "valence", case="IP01", level=3)
    rate(typed, "scaling", "valence", case="IP03", level="not_ratable")
    table = table_cases(typed, "type").set_index("case")
    assert table.loc["IP01", "valence"] == 3
    assert table.loc["IP02", "valence"] == 1
    assert table["valence"].isna().tolist() == [False, False, True, True, True]


def test_a_study_without_codings_has_only_its_cases(typed):
    assert table_cases(typed, "type").columns.tolist() == [
        "case",
        "label",
        "programme",
        "stakeholder_types",
        "type",
    ]


def test_types_belong_to_type_building_with_a_dimension(typed):
    ask(typed, "theme")
    assert "one of theme structuring" in refused(make_type, typed, "theme", "A", found_by="extreme")
    ask_question(typed, "Which?", "type", key="bare")
    assert codes_of(make_type, typed, "bare", "A", found_by="extreme") == {"unready"}


def test_both_stores_replay_types_and_members(either):
    near = make_type(either, "type", "Near", found_by="frequent", description="هنا")
    far = make_type(either, "type", "Far", found_by="theory")
    assign(either, near, "IP01", prototype=True, reason="So.")
    assign(either, far, "IP01", move=True)
    remove_type(either, near)
    either.undo()
    table = table_types(either, "type")
    assert table[["type", "cases"]].values.tolist() == [["Near", 0], ["Far", 1], [NO_TYPE, 4]]
    with either.store.read() as connection:
        assert replay.compare(connection) == []


def test_a_case_that_two_copies_put_into_types_is_of_one_type_afterwards(typed, tmp_path):
    typed.export_lines(tmp_path / "copy.jsonl")
    with p3c.new_study(tmp_path / "other", title="O", coder="ben") as other:
        other.import_lines(tmp_path / "copy.jsonl")
        assign(typed, typed.near, "IP01")
        assign(other, typed.far, "IP01")
        other.export_lines(tmp_path / "back.jsonl")
    typed.import_lines(tmp_path / "back.jsonl")
    table = table_types(typed, "type").set_index("type")["cases"]
    assert table[["Near", "Far"]].sum() == 1
    assert table.sum() == 5
