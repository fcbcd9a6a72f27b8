"""Research questions: declared before coding, bound to a codebook, worked on step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from summary_kit import DECLARED, LENGTH, step_of

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.mayring import asking, question, question_form, steps

if TYPE_CHECKING:
    from pathlib import Path

MINE = "format: 1\nkey: mine\nlabel: Mine\ncodes:\n  - id: team\n    label: Team\n"


def load(study: p3c.Study, tmp_path: Path, text: str = MINE) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(text, encoding="utf-8")
    study.load_codebook(file)


def test_a_study_holds_several_questions_with_a_technique_each(told: p3c.Study) -> None:
    asking.ask_question(told, "Which types are there?", "type", criterion="how they began")
    found = question.list_questions(told)
    assert found["question"].tolist() == ["helps", "which_types_are_there"]
    assert found["technique"].tolist() == ["summarising", "type"]
    assert found["sources"].tolist() == [3, 4]


def test_every_fault_of_a_question_is_said_at_once(told: p3c.Study) -> None:
    with pytest.raises(P3CError) as refused:
        asking.ask_question(
            told, " ", "sumarising", key="a b", coding_unit="sentense", material=["A9"]
        )
    said = str(refused.value)
    for part in ("'summarising'", "'sentence'", "'A9'", "needs its question", "a key holds no"):
        assert part in said
    assert len(question.list_questions(told)) == 1


def test_an_unknown_question_names_the_nearest(told: p3c.Study) -> None:
    with told.store.read() as connection, pytest.raises(P3CError, match="Did you mean 'helps'"):
        question.read_question(connection, "help")


def test_the_technique_of_a_question_stays(told: p3c.Study) -> None:
    with told.act("change") as act, pytest.raises(P3CError, match="technique"):
        asking.put_question(act, "helps", {"technique": "theme"})


def test_a_step_says_what_it_lacks_and_is_not_closed_before(tmp_path: Path) -> None:
    with p3c.new_study(tmp_path / "bare", title="Bare", coder="anna") as study:
        asking.ask_question(study, "What?", "summarising", key="q")
        with pytest.raises(P3CError) as refused:
            steps.close_step(study, "q", "define")
        said = str(refused.value)
        for name in ("selection criterion", "level of abstraction", "recording unit", "no source"):
            assert name in said
        assert step_of(study, "q") == "define"


def test_going_back_needs_a_reason_and_stands_in_the_journal(told: p3c.Study) -> None:
    assert steps.close_step(told, "helps", "define") == "paraphrase"
    with pytest.raises(P3CError, match="reason"):
        steps.return_to(told, "helps", "define", reason=" ")
    with pytest.raises(P3CError, match="no step before"):
        steps.return_to(told, "helps", "bundle", reason="why not")
    steps.return_to(told, "helps", "define", reason="the level was too low")
    assert step_of(told) == "define"
    assert told.log(limit=1)["reason"].tolist() == ["the level was too low"]


def test_a_step_that_somebody_closed_meanwhile_is_not_closed_again(told: p3c.Study) -> None:
    steps.close_step(told, "helps", "define")
    with pytest.raises(P3CError) as refused:
        steps.close_step(told, "helps", "define")
    assert refused.value.problems[0].code == "stale"
    assert "anna" in str(refused.value)


def test_what_is_fixed_before_coding_changes_only_after_going_back(told: p3c.Study) -> None:
    steps.close_step(told, "helps", "define")
    with pytest.raises(P3CError) as refused:
        asking.edit_question(told, "helps", abstraction="higher")
    assert refused.value.problems[0].code == "closed"
    # what is no declaration may be worded anew at any time
    assert asking.edit_question(told, "helps", label="What helps them?")
    steps.return_to(told, "helps", "define", reason="too low")
    assert asking.edit_question(told, "helps", abstraction="higher")


def test_a_stale_edit_says_who_was_first(told: p3c.Study) -> None:
    asking.edit_question(told, "helps", criterion="another one")
    with pytest.raises(P3CError) as refused:
        asking.edit_question(
            told, "helps", criterion="mine", was={"criterion": DECLARED["criterion"]}
        )
    assert refused.value.problems[0].code == "stale"
    assert "anna" in str(refused.value)


def test_sources_with_units_stay_in_the_material(told: p3c.Study) -> None:
    from p3c_qual.mayring.summarising import units

    units.paraphrase(told, "helps", "A2", 0, LENGTH, "short")
    with pytest.raises(P3CError, match="A2"):
        asking.edit_question(told, "helps", material=["A1"])
    assert asking.edit_question(told, "helps", material=["A2", "A1"])


def test_coding_under_an_inductive_question_waits_for_criterion_and_level(
    told: p3c.Study, tmp_path: Path
) -> None:
    load(told, tmp_path)
    asking.ask_question(told, "Which?", "inductive", key="which", codebook="mine")
    with pytest.raises(
        P3CError, match="selection criterion, the level of abstraction, the coding unit"
    ):
        told.code("A1", 20, 29, "mine:team")
    # free coding never waits
    told.code("A1", 20, 29, "workforce")
    asking.edit_question(told, "which", **DECLARED)
    told.code("A1", 20, 29, "mine:team")
    assert set(told.codings(code="mine:team")["question"]) == {"which"}
    assert set(told.codings(code="workforce")["question"]) == {""}


def test_codings_come_under_a_question_that_is_written_and_not_before(
    told: p3c.Study, tmp_path: Path
) -> None:
    load(told, tmp_path)
    told.code("A1", 0, 9, "mine:team")
    with pytest.raises(P3CError, match="1 codings of this codebook would come under"):
        asking.ask_question(told, "Which?", "inductive", key="which", codebook="mine")
    assert told.codings()["code"].tolist() == ["team"]
    asking.ask_question(told, "Which?", "inductive", key="which", codebook="mine", **DECLARED)
    assert told.codings()["question"].tolist() == ["which"]


def test_codes_formed_under_a_question_are_given_under_no_other(
    told: p3c.Study, tmp_path: Path
) -> None:
    load(told, tmp_path)
    asking.ask_question(told, "Which?", "inductive", key="which", codebook="mine", **DECLARED)
    with pytest.raises(P3CError, match="are given under the research question 'which'"):
        told.code("A1", 0, 9, "mine:team", question="helps")
    with pytest.raises(P3CError, match="Did you mean 'helps'"):
        told.code("A1", 0, 9, "workforce", question="help")
    told.code("A1", 0, 9, "workforce", question="helps")
    assert told.codings()["question"].tolist() == ["helps"]


def test_main_categories_are_built_over_frozen_categories_without_proposals(
    told: p3c.Study, tmp_path: Path
) -> None:
    load(told, tmp_path)
    asking.ask_question(told, "Which?", "inductive", key="which", codebook="mine", **DECLARED)
    with told.act("freeze") as act:
        row = question.read_question(act.connection, "which")
        act.update("codebook", {str(row.codebook): {"status": "final"}})
    with pytest.raises(P3CError, match="reason"):
        told.create_code("mine", "People")
    with told.act("go on") as act:
        act.update("question", {row.id: {"step": "main"}})
    main = told.create_code("mine", "People")
    assert told.move_code("mine:team", parent=main) is None
    # what a category means stays fixed
    with pytest.raises(P3CError, match="reason"):
        told.edit_code("mine:team", definition="another")
    codes = told.codes("mine").set_index("code")
    assert codes["status"].tolist() == ["active", "active"]


def test_the_material_is_fixed_with_the_pilot(told: p3c.Study, tmp_path: Path) -> None:
    load(told, tmp_path)
    asking.ask_question(
        told, "Which?", "inductive", key="which", codebook="mine", material=["A1"], **DECLARED
    )
    with told.act("go on") as act:
        row = question.read_question(act.connection, "which")
        act.update("question", {row.id: {"step": "final"}})
    with pytest.raises(P3CError, match="material is fixed") as refused:
        asking.edit_question(told, "which", material=[])
    assert refused.value.problems[0].code == "closed"
    assert asking.edit_question(told, "which", material=["A1"]) is False


def test_a_codebook_is_made_without_a_file(told: p3c.Study) -> None:
    told.create_codebook("  What  helps ")
    told.create_codebook("What helps")
    keys = told.codebooks()["codebook"].tolist()
    assert {"what_helps", "what_helps_2"} <= set(keys)
    for label, key in ((" ", ""), ("X", "A B"), ("X", "selfie")):
        with pytest.raises(P3CError):
            told.create_codebook(label, key=key)
    assert told.codebook("what_helps").status == "draft"


def test_recoding_takes_a_coding_to_the_question_of_its_new_code(
    told: p3c.Study, tmp_path: Path
) -> None:
    load(told, tmp_path)
    asking.ask_question(told, "Which?", "inductive", key="which", codebook="mine", **DECLARED)
    made = told.code("A1", 0, 9, "workforce")
    told.recode([made.id], "mine:team")
    assert told.codings()["question"].tolist() == ["which"]
    told.recode([made.id], "workforce")
    assert told.codings()["question"].tolist() == [""]


def test_two_questions_do_not_form_categories_in_one_codebook(
    told: p3c.Study, tmp_path: Path
) -> None:
    load(told, tmp_path)
    asking.ask_question(told, "Which?", "inductive", key="which", codebook="mine")
    with pytest.raises(P3CError, match="'which' forms its categories"):
        asking.ask_question(told, "Other?", "inductive", key="other", codebook="mine")
    with pytest.raises(P3CError, match="without a codebook"):
        asking.edit_question(told, "helps", codebook="mine")


def test_questions_written_as_yaml_come_in_again_and_change_nothing(
    told: p3c.Study, tmp_path: Path
) -> None:
    file = tmp_path / "questions.yml"
    file.write_text(question_form.write_questions(told), encoding="utf-8")
    assert question_form.load_questions(told, file) == []
    file.write_text(file.read_text("utf-8").replace("What helps?", "What helped?"), "utf-8")
    assert question_form.load_questions(told, file) == ["helps"]
    told.undo()
    assert question.list_questions(told)["label"].tolist() == ["What helps?"]


def test_a_file_of_questions_says_all_its_faults_with_their_lines(
    told: p3c.Study, tmp_path: Path
) -> None:
    file = tmp_path / "questions.yml"
    file.write_text(
        "format: 1\nquestions:\n  - key: a\n    technique: them\n    coding_unit: para\n"
        "  - key: a\n    label: L\n    technique: theme\n    levl: x\n",
        encoding="utf-8",
    )
    with pytest.raises(P3CError) as refused:
        question_form.load_questions(told, file)
    said = str(refused.value)
    for part in ("'theme'", "has no label", "stands twice", "'levl'", "line 4", "coding_unit"):
        assert part in said
    assert question.list_questions(told)["question"].tolist() == ["helps"]


def test_a_question_asked_twice_under_one_key_in_two_copies_keeps_both(
    told: p3c.Study, tmp_path: Path
) -> None:
    told.export_lines(tmp_path / "told.jsonl")
    with p3c.new_study(tmp_path / "copy", title="Copy", coder="ben") as copy:
        copy.import_lines(tmp_path / "told.jsonl")
        ask_other(copy)
        ask_other(told)
        copy.export_lines(tmp_path / "copy.jsonl")
    told.import_lines(tmp_path / "copy.jsonl")
    keys = question.list_questions(told)["question"].tolist()
    assert len(keys) == 3
    assert sum(key.startswith("other") for key in keys) == 2
    assert "one key twice" in told.conflicts()["case"].tolist()


def ask_other(study: p3c.Study) -> None:
    asking.ask_question(study, "Other?", "type", key="other", criterion="size")


def test_units_need_their_declaration_first(tmp_path: Path, told: p3c.Study) -> None:
    from p3c_qual.mayring.summarising import units

    asking.ask_question(told, "Later?", "summarising", key="later", material=["A1"])
    with pytest.raises(P3CError, match="no unit is selected before") as refused:
        units.paraphrase(told, "later", "A1", 0, LENGTH, "short")
    assert refused.value.problems[0].code == "undefined"


def test_characters_that_no_text_can_hold_are_left_out_of_a_question(either: p3c.Study) -> None:
    asking.edit_question(either, "helps", theory="what\x00 is \ud800known")
    with either.store.read() as connection:
        theory = question.read_question(connection, "helps").theory
    assert "\x00" not in theory
    assert theory.encode()
