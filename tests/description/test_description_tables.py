"""The tables of a thick description: what was written, what is missing, and how much there is."""

from __future__ import annotations

import pytest
from description_kit import TEXTS, span

import p3c_qual as p3c
from p3c_qual.description import (
    choose_fact,
    cite,
    give_answer,
    list_focus,
    note_fact,
    source_of_feedback,
    table_components,
    table_evaluation_plan,
    table_facts,
    table_feedback,
    table_focus,
    table_formal_description,
    table_literature,
    table_plan_practice,
    table_sampling,
    table_service_models,
    table_tasks,
    table_taxonomy,
    write_contrast,
)
from p3c_qual.errors import P3CError
from p3c_qual.shipped import shipped_path

KINDS = (
    *("formal-description", "facts", "plan-practice", "components", "taxonomy", "service-models"),
    *("evaluation-plan", "linked-evaluations", "feedback", "literature", "sampling", "focus"),
    *("focus-counts", "tasks", "coreq", "srqr", "rameses-checklist"),
)


def cited(study, about, target, source, words, **more):
    key, start, end = span(source, words)
    return cite(study, about, target, key, start, end, **more)


def test_every_table_is_made_and_written_also_where_nothing_was_filled_in(written, tmp_path):
    for kind in KINDS:
        table = p3c.make_table(written, kind)
        assert table.attrs["caption"]
        assert set(table.attrs["shown"]) <= set(table.columns)
        for ending in ("csv", "xlsx", "html"):
            assert p3c.write_table(table, tmp_path / f"{kind}.{ending}").stat().st_size
        with pytest.raises(P3CError, match="no programme 'nort'"):
            p3c.make_table(written, kind, programme="nort")


# formal description


def test_the_formal_description_of_no_programme_counts_none(tmp_path):
    study = p3c.new_study(tmp_path / "empty", title="Empty", coder="anna")
    counts = table_formal_description(study).attrs["denominators"]
    assert counts == {"fields": 14, "programmes": 0}


def test_the_formal_description_says_of_each_field_on_what_it_rests(written):
    made = give_answer(
        *(written, "formal_description", "aim", "Fewer admissions."),
        programme="north",
        status="documented",
    )
    cited(written, "answer", made, "plan", "Admissions fall.")
    give_answer(
        *(written, "formal_description", "self_management", ""),
        programme="north",
        status="not_found",
    )
    give_answer(written, "formal_description", "name", "South Hill", programme="south")
    one = table_formal_description(written, programme="north").set_index("item")
    start = TEXTS["plan"].index("Admissions fall.")
    place = f"plan:{start}-{start + 16}"
    assert one.loc["aim"].tolist() == ["Aim", "Fewer admissions.", "Documented", place]
    assert one.loc["self_management", "status"] == "Not found"
    assert one.loc["contact", "status"] == ""
    every = table_formal_description(written).set_index("item")
    assert every.loc["aim", ["north", "south"]].tolist() == [f"Documented ({place})", ""]
    assert every.loc["name", "south"] == "filled in, not said on what it rests"
    assert table_formal_description(written).attrs["denominators"] == {
        "fields": 14,
        "programmes": 2,
        "filled in": {"north": 2, "south": 1},
    }


# facts and contrasts


def test_the_ledger_shows_each_conflict_at_all_of_its_facts(written):
    one = note_fact(written, "Practices", "18 of 19", programme="north", source="plan")
    note_fact(written, "practices", "18 of 20", programme="north", source="N1", start=3, end=16)
    note_fact(written, "Beds", "4", programme="south")
    table = table_facts(written)
    assert table["conflict"].tolist() == [
        *["it is 18 of 19 in one place and 18 of 20 in another"] * 2,
        "",
    ]
    assert table["sources"].tolist() == ["plan", "N1:3-16", ""]
    assert table.attrs["denominators"] == {"values": 3, "conflicts": 1, "undecided": 1}
    choose_fact(written, one, decision="The contract names them.")
    table = table_facts(written, programme="north")
    assert table["goes_by"].tolist() == ["yes", ""]
    assert table.attrs["denominators"] == {"values": 2, "conflicts": 1, "undecided": 0}


def test_plan_and_practice_say_which_side_is_missing(written):
    made = write_contrast(written, "A shared list", verdict="not_done", programme="south")
    assert "document" in table_plan_practice(written).loc[0, "missing"]
    cited(written, "contrast", made, "plan", "they agree sooner", side="plan")
    cited(written, "contrast", made, "S1", "We stopped filling it in.", side="practice")
    row = table_plan_practice(written, programme="south").loc[0]
    assert row["missing"] == ""
    assert row["verdict"] == "Not done"
    assert row["plan_places"].startswith("plan:")
    assert row["practice_places"].startswith("S1:")
    assert table_plan_practice(written, programme="north").empty


def test_a_place_whose_text_was_edited_since_says_so(written):
    made = note_fact(written, "Beds", "4", source="N1", start=3, end=16)
    with written.act("edit") as act:
        act.insert("text", [{"id": "other", "hash": "x"}])
        from sqlalchemy import select

        from p3c_qual.store.schema import ROWS

        rows = ROWS["source"]
        name = act.connection.scalar(select(rows.c.id).where(rows.c.key == "N1"))
        act.update("source", {name: {"text": "other"}})
    row = table_facts(written).set_index("id").loc[made]
    assert row["sources"] == "N1:3-16 (its text has changed since)"


def test_what_somebody_said_who_withdrew_contradicts_nothing(written):
    key, start, end = span("N2", "We have no bus.")
    where = {"programme": "north", "source": key, "start": start, "end": end}
    note_fact(written, "Buses", "We have no bus.", **where)
    note_fact(written, "Buses", "two a day", programme="north")
    assert table_facts(written)["conflict"].all()
    written.withdraw("N2", reason="asked to")
    table = table_facts(written)
    assert table["conflict"].tolist() == ["", ""]
    assert set(table["value"]) == {"(the words are not held any more)", "two a day"}


# components


def test_components_are_planned_in_documents_and_practised_in_interviews(written):
    for source, words, code in (
        ("plan", "they agree sooner", "p3c:coordinated_care"),
        ("N1", "The nurse had time for a talk.", "p3c:person_centred_care"),
        ("N2", "She came each week with time.", "p3c:person_centred_care.goals_outcomes"),
    ):
        key, start, end = span(source, words)
        written.code(key, start, end, code)
    made = write_contrast(written, "Talks", component="p3c:person_centred_care", programme="north")
    cited(written, "contrast", made, "plan", "Admissions fall.", side="plan")
    cited(written, "contrast", made, "N1", "The nurse had time for a talk.", side="practice")
    table = table_components(written).set_index(["component", "programme"])
    both = table.loc["person_centred_care", "north"]
    assert both[["planned", "practised", "state"]].tolist() == [1, 2, "planned and practised"]
    only = table.loc["coordinated_care", "north"]
    assert only[["planned", "practised", "state"]].tolist() == [1, 0, "planned only"]
    # nothing of the south was coded with the components: that is not the same as zero
    assert table.loc["coordinated_care", "south"][["planned", "practised"]].isna().all()
    taxonomy = table_taxonomy(written).set_index("programme")
    assert taxonomy.loc["north", "capabilities_resources"] == "neither"
    assert taxonomy.loc["south", "capabilities_resources"] == ""


# forms of several lines


def test_forms_of_several_lines_are_tables_across_programmes(written):
    for programme, model in (("south", "A hub"), ("north", "A team")):
        made = give_answer(
            *(written, "service_model", "model", model),
            record="one",
            programme=programme,
            status="documented",
        )
    cite(written, "answer", made, "plan")
    give_answer(
        *(written, "service_model", "links", ""),
        record="one",
        programme="north",
        status="not_found",
    )
    table = table_service_models(written)
    assert table[["about", "model", "links", "sources"]].values.tolist() == [
        ["north", "A team", "not found", "plan"],
        ["south", "A hub", "", ""],
    ]
    give_answer(written, "evaluation_plan", "question", "Does it last?", record="a")
    assert table_evaluation_plan(written)["about"].tolist() == ["the study"]
    assert table_evaluation_plan(written, programme="north").empty


def test_literature_that_the_study_does_not_hold_is_told(written):
    give_answer(written, "literature", "source", "Smith2010", record="a")
    give_answer(written, "literature", "bearing", "contradicts", record="a")
    table = table_literature(written)
    assert table.loc[0, "bearing"] == "Contradicts"
    assert "Not among the sources of the study: Smith2010." in table.attrs["notes"]


# feedback


def test_the_feedback_log_becomes_sources_and_a_changed_line_a_further_one(written):
    with pytest.raises(P3CError, match="there is no feedback in the feedback log of 'north'"):
        source_of_feedback(written, programme="north")
    for item, value in {"date": "2016-05-03", "answered": "It is longer than that."}.items():
        give_answer(written, "feedback", item, value, record="first", programme="north")
    assert source_of_feedback(written, programme="north") == ["feedback_north_2016-05-03"]
    text = written.text("feedback_north_2016-05-03")
    start = text.index("It is longer")
    written.code("feedback_north_2016-05-03", start, start + 12, "selfie:workforce")
    with pytest.raises(P3CError, match="every line is a source already"):
        source_of_feedback(written, programme="north")
    give_answer(*(written, "feedback", "changed", "The figure."), record="first", programme="north")
    give_answer(written, "feedback", "shown", "A draft.", record="other", programme="north")
    with pytest.raises(P3CError, match="the line 'other' of the feedback log has no date"):
        source_of_feedback(written, programme="north")
    give_answer(written, "feedback", "date", "2016-04", record="other", programme="north")
    assert source_of_feedback(written, programme="north") == [
        "feedback_north_2016-04",
        "feedback_north_2016-05-03_2",
    ]
    assert table_feedback(written)["date"].tolist() == ["2016-04", "2016-05-03"]


# sampling and coverage


def test_only_nobody_is_flagged_until_a_minimum_is_set_with_reason_and_approver(written):
    table = table_sampling(written, programme="north").set_index("stakeholder_type")
    assert table.loc["F", ["interviewed", "state"]].tolist() == [2, ""]
    assert table.loc["A", ["interviewed", "state", "flagged"]].tolist() == [0, "nobody", True]
    assert table["minimum"].isna().all()
    asked = {"record": "F", "programme": "north"}
    give_answer(written, "sampling", "minimum", "3", **asked)
    row = table_sampling(written, programme="north").set_index("stakeholder_type").loc["F"]
    assert not row["flagged"]
    assert row["state"] == "a minimum of 3 has no reason and approver yet and does not count"
    give_answer(written, "sampling", "reason", "They are the ones it is for.", **asked)
    give_answer(written, "sampling", "approver", "the steering group", **asked)
    row = table_sampling(written, programme="north").set_index("stakeholder_type").loc["F"]
    assert row[["minimum", "flagged", "state"]].tolist() == [3, True, "2 of at least 3"]


def test_what_is_set_for_the_study_holds_where_a_programme_sets_nothing(written):
    for item, value in {"minimum": "0", "reason": "none there", "approver": "board"}.items():
        give_answer(written, "sampling", item, value, record="C")
    table = table_sampling(written).set_index(["programme", "stakeholder_type"])
    assert not table.loc[("north", "C"), "flagged"]
    assert table.loc[("south", "C"), "state"] == "enough"
    assert table.loc[("south", "F"), "flagged"]


def test_whoever_has_several_roles_counts_in_each_and_is_named(written):
    written.set_fields("interviewee", "S1", {"stakeholder_type": "D1;A"})
    table = table_sampling(written, programme="south")
    by_type = table.set_index("stakeholder_type")["interviewed"]
    assert (by_type["D1"], by_type["A"]) == (1, 2)
    assert table.attrs["denominators"] == {"interviewees": {"south": 4}}
    assert any("S1 has several roles" in note for note in table.attrs["notes"])


def test_whoever_withdrew_is_not_in_the_sample(written):
    written.withdraw("N2", reason="asked to")
    table = table_sampling(written, programme="north").set_index("stakeholder_type")
    assert table.loc["F", "interviewed"] == 1


def protocols(study, tmp_path):
    file = tmp_path / "protocols.yml"
    file.write_text(
        """
format: 1
protocols:
  - key: client
    label: Clients
    stakeholder_types: [F]
    outline: [Introduction]
    focus:
      - {key: staff, label: Staff, question: Who comes?, codes: [workforce]}
      - {key: money, label: Money, question: Who pays?, codes: [financing.meso]}
""",
        encoding="utf-8",
    )
    study.load_protocols(file)


def test_not_asked_is_not_the_same_as_not_mentioned(written, tmp_path):
    protocols(written, tmp_path)
    for source, fields in {
        "N1": {"protocol": "client"},
        "N2": {"protocol": "client", "asked_dropped": "money"},
        "S1": {"protocol": "client", "asked_dropped": "money"},
    }.items():
        written.set_fields("source", source, fields)
    table = list_focus(written, programme="north").set_index("focus")
    counts = ["interviewees", "asked", "asked_mentioned", "not_asked", "unknown"]
    assert table.loc["staff", counts].tolist() == [2, 2, 1, 0, 0]
    assert table.loc["money", counts].tolist() == [2, 1, 0, 1, 0]
    words = table_focus(written).set_index(["programme", "focus"])
    assert words.loc[("north", "staff"), "F"] == "1 of 2 asked mentioned it"
    assert words.loc[("north", "money"), "F"] == "0 of 1 asked mentioned it; 1 not asked"
    assert words.loc[("south", "money"), "D1"] == "not asked, 1 mentioned it all the same"
    # S2 has no protocol, and S3 was not worked through
    assert words.loc[("south", "money"), ["A", "E"]].tolist() == ["1 not known", "1 not known"]


def test_tasks_are_counted_in_the_chapters_passages(written):
    empty = table_tasks(written, programme="north")
    assert empty["segments"].isna().all()
    assert set(empty["state"]) == {"not coded with the tasks"}
    for source, words, code in (
        ("N1", "The nurse had time", "task_7"),
        ("plan", "The teams bring nurse", "task_7"),
        ("N2", "We have no bus.", "task_7"),
        ("N2", "She came each week with time.", "task_7"),
    ):
        key, start, end = span(source, words)
        written.code(key, start, end, f"wp2_tasks:{code}")
    table = table_tasks(written, programme="north").set_index(["chapter", "task"])
    what = ["meant", "segments", "interviewees", "state"]
    assert table.loc[("workforce", "7"), what].tolist() == ["yes", 2, 1, "served"]
    assert table.loc[("service_delivery", "7"), what].tolist() == ["", 1, 1, "served besides"]
    assert table.loc[("financing", "TS"), what].tolist() == ["yes", 0, 0, "nothing yet"]
    assert table_tasks(written, programme="south")["segments"].isna().all()


def test_a_table_of_one_programme_reads_no_other_ones_codings(written):
    with pytest.raises(P3CError, match="no programme"):
        table_tasks(written, programme="east")
    written.load_codebook(shipped_path("codebooks/wp2_tasks.yml"))
    sources = table_tasks(written, programme="south").attrs["reading_set"]
    assert "3 sources" not in sources
    assert "2 sources" in sources
