"""The checklists of a report: filled where the study knows, by the author, or missing."""

from __future__ import annotations

import pytest
from judging_kit import claim, says

import p3c_qual as p3c
from p3c_qual.coding.names import ids_by_key
from p3c_qual.description import give_answer, make_quote
from p3c_qual.description.forms import find_form
from p3c_qual.description.skeleton import country_skeleton, skeleton
from p3c_qual.errors import P3CError
from p3c_qual.standards import appraise, table_checklist
from p3c_qual.standards.items import standards

AUTOMATIC, AUTHOR, MISSING = "filled automatically", "filled by author", "missing"
MATERIAL = "material, to be judged"


def item(study, name, number, **more):
    return table_checklist(study, name, **more).set_index("item").loc[number]


def test_the_checklists_have_all_items_in_order():
    for name, number in (("coreq", 32), ("srqr", 21), ("rameses_reporting", 20)):
        assert [each.item for each in standards()[name]] == list(range(1, number + 1))


def test_every_item_names_a_section_and_answers_that_there_are():
    known = {each.key for each in (*skeleton(()), *country_skeleton())} | {"chapters"}
    asked = {each.id for each in find_form("methods").items}
    for name in ("coreq", "srqr", "rameses_reporting"):
        assert {each.report for each in standards()[name]} <= known
        assert {one for each in standards()[name] for one in each.answers} <= asked


def test_coreq_is_filled_where_the_study_knows_and_the_rest_is_missing(written):
    table = table_checklist(written, "coreq").set_index("item")
    filled = table.index[table["state"] == AUTOMATIC].tolist()
    assert filled == [12, 16, 18, 24, 25, 26, 27]
    assert table.index[table["state"] == MATERIAL].tolist() == [10]
    missing = ~table.index.isin([10, *filled])
    assert (table.loc[missing, "state"] == MISSING).all()
    assert (table.loc[missing, "place"] == "").all()
    assert table.loc[12, "held"].startswith("6 interviewees in 5 sources")
    assert table.loc[12, ["place", "key"]].tolist() == [
        "Interview partners",
        "interview_partners",
    ]
    assert table.loc[24, "held"] == "1 coder; 0 of 4 coded sources by more than one"


def test_quotations_protocols_durations_and_notes_fill_their_items(written):
    make_quote(written, "N1", 3, 16)
    written.set_fields("source", "N1", {"duration_min": "40", "mode": "telephone"})
    written.set_fields("source", "N2", {"duration_min": "25", "kind": "interview"})
    written.set_fields("source", "S1", {"kind": "observation"})
    assert item(written, "coreq", 29)["held"] == (
        "1 quotation of 1 of 6 interviewees, each with its code and its place"
    )
    assert item(written, "coreq", 21)["held"] == (
        "25 to 40 minutes, median 32.5; said of 2 of 4 interviews"
    )
    assert item(written, "coreq", 20)["held"] == "1 observation"
    assert item(written, "coreq", 19)["held"].endswith("mode of the interviews: telephone 1")


def test_the_author_fills_what_the_study_cannot_know(written):
    give_answer(written, "methods", "funding", "The council.")
    give_answer(written, "methods", "gender", "Two women.")
    assert item(written, "coreq", 4)[["state", "said", "place"]].tolist() == [
        AUTHOR,
        "Two women.",
        "Method note",
    ]
    # of two that are asked together one alone is half of it
    half = item(written, "rameses", 20)
    assert half[["state", "said"]].tolist() == [MISSING, "Funding: The council."]
    give_answer(written, "methods", "conflicts", "None.")
    assert item(written, "rameses", 20)["state"] == AUTHOR
    assert item(written, "srqr", 21)["state"] == AUTHOR


def test_an_empty_study_fills_nothing_by_its_title(tmp_path):
    study = p3c.new_study(tmp_path / "empty", title="Empty", coder="anna")
    table = table_checklist(study, "srqr")
    assert not table["state"].str.startswith("filled").any()
    assert table.attrs["caption"].endswith(
        "0 of 21 items are filled in; for 1 more there is material that has to be judged"
    )
    assert item(study, "rameses", 1)["state"] == MATERIAL
    named = p3c.new_study(tmp_path / "named", title="Trust: a realist evaluation", coder="anna")
    assert item(named, "rameses", 1)["state"] == AUTOMATIC
    assert item(named, "srqr", 1)["state"] == AUTOMATIC


def test_consent_is_no_approval_until_the_author_names_it(written):
    for name, number in (("srqr", 9), ("rameses", 6)):
        row = item(written, name, number)
        assert row["state"] == MATERIAL
        assert row["held"].endswith("the approval itself is not held here")
    give_answer(written, "methods", "ethics", "Approved by the board.")
    assert item(written, "rameses", 6)["state"] == AUTHOR
    appraise(written, "rameses_reporting", 6, "no")
    assert item(written, "rameses", 6)["state"] == MISSING


def test_material_that_somebody_judged_to_be_reported_is_filled_in(written):
    appraise(written, "coreq", 10, "unclear")
    assert item(written, "coreq", 10)["state"] == MATERIAL
    appraise(written, "coreq", 10, "yes")
    assert item(written, "coreq", 10)["state"] == AUTHOR


def test_the_claims_of_a_programme_are_counted_by_themselves(told):
    with told.store.read() as connection:
        south = ids_by_key(connection, "programme")["south"]
    triad = {
        "c": ("context", "far"),
        "s": ("resource", "time"),
        "r": ("reasoning", "trust"),
        "o": ("outcome", "stays"),
    }
    claim(told, "c1", triad)
    claim(told, "c2", triad, programme=south)
    claim(told, "c3", {"o": ("outcome", "stays")})
    says(told, "c1.r", "N1", "I told her")
    with told.act("theories") as act:
        act.insert("theory", [{"id": "a", "key": "near"}])
        act.insert("theory", [{"id": "b", "key": "far", "programme": south}])
    assert item(told, "rameses", 15)["held"].startswith("3 configurations")
    assert item(told, "rameses", 15, programme="north")["held"].startswith("1 configuration:")
    assert item(told, "rameses", 4, programme="north")["held"].endswith(": near")
    assert item(told, "rameses", 4, programme="south")["held"].endswith(": far, near")
    assert item(told, "rameses", 17, programme="north")["held"].startswith(
        "0 of 3 sources not worked through, 0 of 1 configurations no full triad"
    )
    assert "1 configuration made" in item(told, "rameses", 13, programme="south")["held"]


def test_a_judgement_with_a_place_fills_an_item_and_names_where_it_stands(written):
    appraise(written, "coreq", 31, "yes", place="Chapter 4", note="Six themes.")
    row = item(written, "coreq", 31)
    assert row[["state", "said", "place", "key"]].tolist() == [
        AUTHOR,
        "Six themes.",
        "Chapter 4",
        "",
    ]


def test_a_programme_is_counted_by_itself_and_its_own_answers_go_first(written):
    give_answer(written, "methods", "setting", "At home.")
    give_answer(written, "methods", "setting", "In the practice.", programme="north")
    assert item(written, "coreq", 12, programme="north")["held"].startswith(
        "2 interviewees in 2 sources"
    )
    assert item(written, "coreq", 14, programme="north")["said"] == "In the practice."
    assert item(written, "coreq", 14, programme="south")["said"] == "At home."


def test_an_unknown_checklist_is_named(written):
    with pytest.raises(P3CError, match="Did you mean 'coreq'"):
        table_checklist(written, "cored")
