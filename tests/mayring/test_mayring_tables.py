"""Mayring's table, the funnel, the category system and the back-check as data frames."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from summary_kit import LENGTH
from worked_kit import work

import p3c_qual as p3c
from p3c_qual.analysis.asked_table import make_table
from p3c_qual.analysis.kinds import KINDS

if TYPE_CHECKING:
    import pandas as pd


def row(frame: pd.DataFrame, **wanted: object) -> dict[str, object]:
    """Return the one row with these values."""
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    (found,) = frame.to_dict("records")
    return found


def test_the_table_tells_what_became_of_each_unit_and_by_which_rule(either: p3c.Study) -> None:
    work(either)
    table = p3c.mayring.table_summary(either, "helps")
    assert list(table["no"]) == [1, 2, 3, 4, 5, 6, 7]
    meet = row(table, no=1)
    assert meet["case"] == "A1"
    assert meet["place"] == f"A1, line 1, 0–{LENGTH - 1}"
    assert meet["quote"] == "Sentence 00 of A1 says a thing."
    assert (meet["paraphrase"], meet["z1"]) == ("=meet in short", "Z1.1 Z1.3")
    assert meet["reduction_1"] == "kept (Z3.3)"
    assert meet["reduction_2"] == "Meeting (Z4.1) → People (Z4.4): the theory has both"
    assert (meet["main_category"], meet["main_z4"]) == ("People", "Z4.4")
    assert row(table, no=2)["reduction_1"] == "deleted (Z3.1), same as no. 1"
    assert row(table, no=3)["state"] == "dropped (Z1.1): an image, and no content"
    assert row(table, no=4)["reduction_2"] == "left over: stands alone"
    assert row(table, no=6)["reduction_1"] == "deleted (Z3.2): beside the point"
    assert row(table, no=7)["reduction_2"] == "Money (Z4.3)"


def test_a_table_says_its_units_its_denominators_who_and_when(told: p3c.Study) -> None:
    work(told)
    for kind in ("summary", "funnel", "categories", "back-check"):
        attrs = make_table(told, kind, question="helps").attrs
        assert attrs["recording_unit"] == "source", kind
        assert attrs["abstraction"] == "general statements on the programme"
        assert attrs["who"] == ["anna"]
        assert attrs["denominators"]
        assert attrs["unit"]
        assert attrs["caption"].endswith("What helps?")
        assert len(attrs["last_act"]) == len("2024-05-01 10:30")


def test_a_unit_of_a_programme_is_shown_under_its_source(told: p3c.Study) -> None:
    p3c.mayring.edit_question(told, "helps", recording_unit="programme")
    work(told, last="paraphrase")
    assert list(p3c.mayring.table_summary(told, "helps")["case"].unique()) == ["A1", "A2", "A3"]


def test_an_edited_source_is_named_at_its_units(told: p3c.Study) -> None:
    from p3c_qual.store.schema import ROWS

    work(told, last="paraphrase")
    with told.act("another text") as act:
        text, src = ROWS["text"], ROWS["source"]
        found = act.connection.execute(text.select().join(src, src.c.text == text.c.id)).mappings()
        old = next(iter(found))
        (new,) = act.insert("text", [{k: v for k, v in old.items() if k != "id"}])
        act.update("source", {old["source"]: {"text": new}})
    states = p3c.mayring.table_summary(told, "helps")["state"]
    assert states.str.endswith("its source was edited since").sum() in {1, 2, 4}


def test_nothing_is_lost_between_two_stages(told: p3c.Study) -> None:
    work(told)
    table = p3c.mayring.table_funnel(told, "helps")
    assert table.attrs["conserved"]
    assert table.attrs["conservation"] == (
        "7 units = 3 in categories + 1 dropped (Z1.1) + 1 deleted (Z3.1) + 1 deleted (Z3.2) "
        "+ 1 left over"
    )
    units = table[table["counted"] == "units"]
    stages = list(units[units["kind"] == "stage"]["stage"])
    reach = dict(zip(stages, units[units["kind"] == "stage"]["n"], strict=True))
    assert reach == {"units": 7, "paraphrased": 6, "generalised": 6, "kept": 4, "bundled": 3}
    for stage, after in pairwise(stages):
        here = units[(units["stage"] == stage) & (units["kind"] != "stage")]["n"].sum()
        assert reach[stage] == reach[after] + here, stage
    assert row(table, stage="categories")["n"] == 3
    assert row(table, stage="main")["n"] == 1


@pytest.mark.parametrize("last", ["paraphrase", "reduce"])
def test_what_is_still_open_counts_too(told: p3c.Study, last: str) -> None:
    ids = work(told, last=last)
    table = p3c.mayring.table_funnel(told, "helps")
    assert table.attrs["conserved"]
    open_ = table[table["kind"] == "open"]["n"].sum()
    assert open_ == (len(ids) - 1 if last == "paraphrase" else 4)


def test_a_question_without_units_has_tables_without_rows(told: p3c.Study) -> None:
    assert p3c.mayring.table_summary(told, "helps").empty
    assert p3c.mayring.table_categories(told, "helps").empty
    assert p3c.mayring.table_back_check(told, "helps").empty
    funnel = p3c.mayring.table_funnel(told, "helps")
    assert funnel["n"].sum() == 0
    assert funnel.attrs["conservation"] == "0 units = 0 in categories"


def test_each_category_leads_to_its_units(told: p3c.Study) -> None:
    work(told)
    table = p3c.mayring.table_categories(told, "helps")
    assert list(table["category"]) == ["People", "Meeting", "Trust", "Money"]
    people = row(table, category="People")
    assert (people["units"], people["own"], people["repeated"], people["cases"]) == (2, 0, 1, 2)
    assert people["numbers"] == "1, 5"
    meeting = row(table, category="Meeting")
    assert (meeting["main_category"], meeting["depth"]) == ("People", 2)
    assert (meeting["rule"], meeting["rules"]) == ("Z4.4", "Z4.1")
    assert meeting["first_place"] == f"A1 0-{LENGTH - 1}"
    assert [each["no"] for each in table.attrs["left_over"]] == [4]
    assert table.attrs["denominators"]["units in categories"] == 3


def test_a_category_that_became_a_code_names_it(told: p3c.Study) -> None:
    work(told)
    p3c.mayring.make_codes(told, "helps", "selfie")
    codes = set(p3c.mayring.table_categories(told, "helps")["code"])
    assert codes == {
        "selfie:people",
        "selfie:people.meeting",
        "selfie:people.trust",
        "selfie:money",
    }


def test_the_back_check_shows_sample_verdicts_and_counts(told: p3c.Study) -> None:
    work(told)
    table = p3c.mayring.table_back_check(told, "helps")
    assert list(table["position"]) == [1, 2, 3, 4]
    assert list(table["verdict"]) == ["yes", "partly", "no", "yes"]
    assert table.attrs["samples"] == [
        {"seed": 7, "drawn": 4, "of": 6, "yes": 2, "partly": 1, "no": 1, "open": 0}
    ]
    by_no = dict(zip(table["no"], table["category"], strict=True))
    shown = {
        1: "People › Meeting",
        2: "deleted (Z3.1), same as no. 1: People › Meeting",
        4: "left over: stands alone",
        5: "People › Trust",
        6: "deleted (Z3.2): beside the point",
        7: "Money",
    }
    assert by_no == {no: shown[no] for no in by_no}


def test_a_sample_that_is_not_judged_says_so(told: p3c.Study) -> None:
    work(told)
    p3c.mayring.return_to(told, "helps", "check", reason="another sample")
    p3c.mayring.draw_sample(told, "helps", size=2, seed=8)
    notes = p3c.mayring.table_back_check(told, "helps").attrs["notes"]
    assert notes[1].endswith("yes 0, partly 0, no 0, not judged 2.")


def test_a_unit_is_judged_by_its_number(told: p3c.Study) -> None:
    from p3c_qual.mayring.summarising.back_check_table import judge_number

    work(told)
    p3c.mayring.return_to(told, "helps", "check", reason="another sample")
    drawn = p3c.mayring.table_back_check(told, "helps")
    no = int(drawn["no"][1])
    assert judge_number(told, "helps", no, "yes")
    assert p3c.mayring.table_back_check(told, "helps")["verdict"][1] == "yes"
    with pytest.raises(p3c.P3CError, match="was not drawn"):
        judge_number(told, "helps", 3, "yes")
    p3c.mayring.draw_sample(told, "helps", size=6, seed=8)
    with pytest.raises(p3c.P3CError, match="stands in several samples"):
        judge_number(told, "helps", no, "yes")
    assert judge_number(told, "helps", no, "yes", seed=8)


def test_a_table_of_summarising_is_refused_of_another_technique(told: p3c.Study) -> None:
    p3c.mayring.ask_question(told, "Which levels?", "type", key="types")
    with pytest.raises(p3c.P3CError, match="not by summarising"):
        p3c.mayring.table_summary(told, "types")
    with pytest.raises(p3c.P3CError, match="no table of type-building"):
        make_table(told, "summary", question="types")


def test_a_table_is_made_of_the_only_question_that_fits(told: p3c.Study) -> None:
    assert make_table(told, "funnel").attrs["question"] == "helps"


def test_what_a_table_is_of_has_to_be_clear(told: p3c.Study) -> None:
    p3c.mayring.ask_question(told, "What hinders?", "summarising", key="hinders")
    with pytest.raises(p3c.P3CError, match=r"Valid: helps, hinders\. Name it"):
        make_table(told, "funnel")
    with pytest.raises(p3c.P3CError, match="Ask one of inductive category formation first"):
        make_table(told, "emergence")
    with pytest.raises(p3c.P3CError, match="Did you mean 'summary'"):
        make_table(told, "sumary")
    with pytest.raises(p3c.P3CError, match="Name it with --source"):
        make_table(told, "outline")
    with pytest.raises(p3c.P3CError, match=r"no parameter 'bas'.*Did you mean 'base'"):
        make_table(told, "saturation", codebook="selfie", bas=3)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_table_has_its_function(kind: str) -> None:
    import importlib

    made = KINDS[kind]
    assert callable(getattr(importlib.import_module(f"p3c_qual.{made.home}"), made.function))
