"""The pilot: its window, its review, and what beginning anew means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pilot_kit import deductive, fill, inductive, load, read, step_of, versions
from sqlalchemy import select

import p3c_qual as p3c
from p3c_qual.codebook.editions import list_editions, read_edition
from p3c_qual.mayring.asking import ask_question, edit_question
from p3c_qual.mayring.categories.pilot import close_pilot, lacks_pilot, pilot_state, table_reviews
from p3c_qual.mayring.categories.progress import lacks_final, table_progress
from p3c_qual.mayring.categories.staleness import confirm_codings, stale_codings
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.steps import close_step, return_to
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def stale(study: p3c.Study, question: str = "help") -> list[str]:
    with study.store.read() as connection:
        return stale_codings(connection, read_question(connection, question))


def together(study: p3c.Study, question: str = "help") -> pd.Series:
    return table_progress(study, question).iloc[0]


def test_progress_is_told_by_units_and_by_characters_without_the_interviewers_turns(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    read(study, 1, 2)
    start = study.text("P03").index("R:")
    study.pass_over("P03", 0, start + 49, question="help", coder="ben")
    table = table_progress(study, "help")
    assert table[
        ["coder", "units", "units_of", "characters", "characters_of"]
    ].to_numpy().tolist() == [
        ["", 2, 10, 250, 1000],
        ["anna", 2, 10, 200, 1000],
        ["ben", 0, 10, 50, 1000],
    ]
    assert table.iloc[0]["units_share"] == 0.2
    assert table.iloc[0]["characters_share"] == 0.25
    assert table.iloc[0]["open"].startswith("P03, P04")


def test_a_text_read_from_end_to_end_by_two_coders_is_worked_through(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path, 2)
    half = len(study.text("P01")) // 2 + 20
    study.pass_over("P01", 0, half, question="help", coder="anna")
    assert together(study)["units"] == 0
    study.pass_over("P01", half, len(study.text("P01")), question="help", coder="ben")
    assert together(study)["units"] == 1
    # neither has read it all
    assert table_progress(study, "help")["units"].tolist() == [1, 0, 0]


def test_what_was_read_for_another_question_counts_for_deductive_ones_alone(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    load(study, tmp_path, "format: 1\nkey: b\nlabel: B\ncodes: [{id: c, label: C}]\n", "b")
    ask_question(study, "What?", "theme", key="what", codebook="b")
    study.mark_read("P01", done=True)
    assert together(study)["units"] == 0
    assert together(study, "what")["units"] == 1


def test_recording_units_are_whole_only_with_all_their_sources(
    study: p3c.Study, tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    fill(study, tmp_path / "more", 3, programme="north")
    load(study, tmp_path, "format: 1\nkey: b\nlabel: B\ncodes: [{id: c, label: C}]\n", "b")
    ask_question(study, "What?", "inductive", key="help", codebook="b", recording_unit="programme")
    read(study, 1, 2)
    assert together(study)[["units", "units_of", "characters"]].tolist() == [0, 1, 200]
    read(study, 3)
    assert together(study)[["units", "units_of", "characters"]].tolist() == [1, 1, 300]


def test_closing_the_pilot_too_early_names_the_rule_and_both_shares(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    start = study.text("P01").index("R:")
    study.pass_over("P01", start, start + 30, question="help")
    with pytest.raises(p3c.P3CError) as refused:
        close_pilot(study, "help", "unchanged")
    (problem,) = refused.value.problems
    assert "10 to 50 % of the material" in problem.what
    assert "Mayring" in problem.what
    assert "0 of 10 (0 %) recording units and 30 of 1,000 (3 %) characters" in problem.what
    assert problem.do == "Read on until both are 10 % at least."
    assert step_of(study) == "pilot"
    assert table_reviews(study, "help").empty


def test_enough_characters_without_a_whole_unit_are_not_enough(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    for number in range(1, 6):
        start = study.text(f"P{number:02}").index("R:")
        study.pass_over(f"P{number:02}", start, start + 60, question="help")
    with pytest.raises(p3c.P3CError, match="Finish a recording unit"):
        close_pilot(study, "help", "unchanged")


def test_a_single_recording_unit_leaves_the_characters_to_decide(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path, recording_unit="study")
    read(study, 1)
    close_pilot(study, "help", "unchanged")
    assert step_of(study) == "final"


@pytest.mark.parametrize(("count", "late"), [(1, False), (5, False), (6, True)])
def test_a_late_review_is_not_refused_but_recorded_as_late(
    study: p3c.Study, tmp_path: Path, count: int, late: bool
) -> None:
    inductive(study, tmp_path)
    read(study, *range(1, count + 1))
    close_pilot(study, "help", "unchanged")
    (row,) = table_reviews(study, "help").to_dict("records")
    assert row["late"] is late
    assert (row["units"], row["units_of"]) == (count, 10)
    assert (row["characters"], row["characters_of"]) == (100 * count, 1000)


def test_unchanged_freezes_the_codebook_and_leads_to_the_final_coding(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    study.code("P01", 40, 60, "found:trust")
    read(study, 1)
    book = study.codebook("found")
    close_pilot(study, "help", "unchanged", reason="They hold.")
    assert step_of(study) == "final"
    assert study.codebook("found").status == "final"
    edition = read_edition(study, "found", "1")
    assert edition.codes == book.codes
    assert edition.status == "final"
    (row,) = table_reviews(study, "help").to_dict("records")
    assert (row["decision"], row["version_before"], row["version_after"]) == ("unchanged", "1", "1")
    assert (row["reason"], row["coder"]) == ("They hold.", "anna")
    assert (row["categories"], row["codings"]) == (1, 1)
    assert stale(study) == []
    assert study.log().iloc[0]["verb"] == "close the pilot of help and freeze found 1"
    assert study.check(replay=True).empty


def test_undo_takes_the_whole_review_back(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path)
    study.code("P01", 40, 60, "found:trust")
    read(study, 1)
    before = study.codebook("found")
    for decision, version in (("unchanged", None), ("changed", "2")):
        close_pilot(study, "help", decision, reason="So.", version=version)
        study.undo()
        assert step_of(study) == "pilot"
        assert study.codebook("found") == before
        assert list_editions(study, "found").empty
        assert table_reviews(study, "help").empty
        assert together(study)["units"] == 1
        assert stale(study) == []
        assert study.check(replay=True).empty


def test_changed_begins_anew_and_marks_the_earlier_codings_stale(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    study.code("P01", 40, 60, "found:trust")
    study.code("P02", 40, 60, "found:trust")
    read(study, 1, 2)
    study.edit_code("found:trust", definition="Somebody relies on a nurse.")
    close_pilot(study, "help", "changed", reason="It was too wide.")

    book = study.codebook("found")
    assert (book.version, book.status) == ("2", "pilot")
    assert read_edition(study, "found", "1").version == "1"
    assert step_of(study) == "pilot"
    assert len(stale(study)) == 2
    assert together(study)[["units", "characters"]].tolist() == [0, 0]
    (row,) = table_reviews(study, "help").to_dict("records")
    assert (row["version_before"], row["version_after"]) == ("1", "2")
    assert row["edited"] == "found:trust".partition(":")[2]

    # what is coded now counts, and is not stale
    study.code("P03", 40, 60, "found:trust")
    assert len(stale(study)) == 2
    assert versions(study) == ["1", "1", "2"]
    assert study.check(replay=True).empty


def test_a_stale_coding_counts_again_when_it_is_confirmed_recoded_or_resized(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    other = study.create_code("found", "Money")
    for number in (1, 2, 3, 4):
        study.code(f"P{number:02}", 40, 60, "found:trust")
    read(study, 1, 2, 3, 4)
    close_pilot(study, "help", "changed", reason="So.", version="2")
    one, two, three, four = stale(study)

    study.recode([one], other)
    assert stale(study) == [two, three, four]
    study.resize(two, 41, 60)
    assert stale(study) == [three, four]
    assert confirm_codings(study, [three]) == 1
    assert confirm_codings(study, [three]) == 0
    assert stale(study) == [four]
    assert study.log().iloc[0]["verb"] == "confirm 1 coding"
    # the spans that were looked at again are worked through again
    assert together(study)["characters"] == 19 + 20 + 20
    study.undo()
    assert stale(study) == [three, four]


def test_changed_needs_a_reason_and_something_behind_it(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path)
    read(study, 1)
    with pytest.raises(p3c.P3CError) as refused:
        close_pilot(study, "help", "changed")
    assert [each.code for each in refused.value.problems] == ["reason", "unchanged"]
    # a category that came up meanwhile is what the pilot is for
    study.create_code("found", "Money")
    with pytest.raises(p3c.P3CError, match="no category or rule was edited"):
        close_pilot(study, "help", "changed", reason="So.")
    study.edit_code("found:trust", rule="Not where it is only hoped for.")
    close_pilot(study, "help", "changed", reason="So.")
    # what was edited before the review is no change after it
    read(study, 1)
    with pytest.raises(p3c.P3CError, match="no category or rule was edited"):
        close_pilot(study, "help", "changed", reason="So.")
    assert table_reviews(study, "help")["version_after"].tolist() == ["2"]


def test_a_new_criterion_is_a_change_too(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path)
    read(study, 1)
    edit_question(study, "help", criterion="What makes it hard.")
    close_pilot(study, "help", "changed", reason="So.")
    assert table_reviews(study, "help")["edited"].tolist() == ["help"]


def test_a_pilot_is_not_closed_while_its_criterion_is_not_written(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    read(study, 1)
    edit_question(study, "help", criterion="")
    for decision in ("unchanged", "changed"):
        with pytest.raises(p3c.P3CError, match="selection criterion is not written"):
            close_pilot(study, "help", decision, reason="So.", version="2")
    assert step_of(study) == "pilot"


@pytest.mark.parametrize("back", [False, True])
def test_what_was_coded_before_the_criterion_changed_does_not_stay_unchanged(
    study: p3c.Study, tmp_path: Path, back: bool
) -> None:
    inductive(study, tmp_path)
    read(study, 1)
    study.code("P01", code="trust", start=35, end=60)
    if back:
        close_pilot(study, "help", "unchanged")
        return_to(study, "help", "define", reason="The question was put anew.")
    edit_question(study, "help", criterion="What makes it hard.")
    if back:
        close_step(study, "help", "define")
    with pytest.raises(p3c.P3CError, match="changed after 1 coding was made"):
        close_pilot(study, "help", "unchanged")
    close_pilot(study, "help", "changed", reason="So.")
    assert table_reviews(study, "help")["edited"].tolist()[-1] == "help"
    # begun anew, nothing stands that was coded by the old one
    read(study, 1)
    close_pilot(study, "help", "unchanged")


@pytest.mark.parametrize(
    ("version", "after"), [("1", "2"), ("0.1", "0.2"), ("after Leeds", "after Leeds (2)")]
)
def test_the_version_rises(study: p3c.Study, tmp_path: Path, version: str, after: str) -> None:
    inductive(study, tmp_path)
    with study.act("call it so") as act:
        book = ROWS["codebook"]
        name = act.connection.scalar(select(book.c.id).where(book.c.key == "found"))
        act.update("codebook", {name: {"version": version}})
    study.edit_code("found:trust", rule="So.")
    read(study, 1)
    close_pilot(study, "help", "changed", reason="So.")
    assert study.codebook("found").version == after


def test_a_second_restart_keeps_both_versions_apart(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path)
    study.code("P01", 40, 60, "found:trust")
    for version in ("2", "3"):
        read(study, 1)
        close_pilot(study, "help", "changed", reason="So.", version=version)
        study.code(f"P0{version}", 40, 60, "found:trust")
    assert versions(study) == ["1", "2", "3"]
    assert len(stale(study)) == 2
    assert list_editions(study, "found")["version"].tolist() == ["1", "2"]
    read(study, 1)
    close_pilot(study, "help", "unchanged")
    assert list_editions(study, "found")["version"].tolist() == ["1", "2", "3"]
    with study.store.read() as connection:
        lacks = [str(each) for each in lacks_final(connection, read_question(connection, "help"))]
    assert lacks == [
        (
            "help: 1 of 10 recording units are worked through; open: P02, P03, P04, P05, P06 and 4 "
            "more. Read on, or mark as done what holds nothing to code."
        ),
        (
            "help: 2 codings were made under an earlier version of the codebook. Look at each again: "
            "code it anew, or confirm it."
        ),
    ]


def test_a_deductive_question_that_begins_anew_is_read_anew_under_its_own_name(
    study: p3c.Study, tmp_path: Path
) -> None:
    deductive(study, tmp_path)
    study.code("P01", 40, 60, "themes:money")
    read(study, 1, question="")
    assert together(study, "themes")["units"] == 1
    study.edit_code("themes:money", rule="Only sums.")
    close_pilot(study, "themes", "changed", reason="So.")
    assert together(study, "themes")[["units", "characters"]].tolist() == [0, 0]
    # the reading for all questions stays what it was
    assert study.readings()["done"].tolist() == [True]
    assert len(stale(study, "themes")) == 1
    confirm_codings(study, stale(study, "themes"))
    assert together(study, "themes")["characters"] == 20
    read(study, 1, question="themes")
    assert together(study, "themes")["units"] == 1
    study.undo()
    study.undo()
    study.undo()
    assert together(study, "themes")["units"] == 1


def test_confused_categories_without_a_rule_stand_in_the_way_of_freezing(
    study: p3c.Study, tmp_path: Path
) -> None:
    deductive(study, tmp_path)
    study.code("P01", 40, 60, "themes:money")
    study.code("P01", 50, 70, "themes:staff", coder="ben")
    read(study, 1, question="")
    with pytest.raises(p3c.P3CError, match="coders gave 'money' and 'staff'") as refused:
        close_pilot(study, "themes", "unchanged")
    assert "Write a rule that tells the two apart." in str(refused.value)
    study.edit_code("themes:money", rule="Sums alone.")
    with pytest.raises(p3c.P3CError, match="'staff' has no coding rule"):
        close_pilot(study, "themes", "unchanged")
    study.edit_code("themes:staff", rule="People alone.")
    close_pilot(study, "themes", "unchanged")
    assert study.codebook("themes").status == "final"


def test_after_a_return_the_pilot_wants_another_review(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path)
    read(study, 1)

    def lacks() -> list[str]:
        with study.store.read() as connection:
            found = lacks_pilot(connection, read_question(connection, "help"))
        return [each.what for each in found]

    assert lacks() == ["the pilot ends with its review"]
    close_pilot(study, "help", "unchanged")
    assert lacks() == []
    return_to(study, "help", "pilot", reason="A second look.")
    assert lacks() == ["the pilot ends with its review"]
    close_pilot(study, "help", "unchanged")
    assert step_of(study) == "final"
    assert list_editions(study, "found")["version"].tolist() == ["1"]


def test_what_has_no_pilot_or_is_not_in_it_cannot_close_one(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    ask_question(study, "What?", "summarising", key="sum")
    read(study, 1)
    with pytest.raises(p3c.P3CError, match="summarising has no pilot"):
        close_pilot(study, "sum", "unchanged")
    with pytest.raises(p3c.P3CError, match="Did you mean 'unchanged'"):
        close_pilot(study, "help", "unchangd")
    close_pilot(study, "help", "unchanged")
    with pytest.raises(p3c.P3CError, match="not in its pilot but in the step 'Final coding'"):
        close_pilot(study, "help", "unchanged")
    with pytest.raises(p3c.P3CError, match="Did you mean 'help'"):
        close_pilot(study, "halp", "unchanged")


def test_a_version_that_was_frozen_is_not_given_twice(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path)
    read(study, 1)
    close_pilot(study, "help", "changed", reason="So.", version="2")
    read(study, 1)
    with pytest.raises(p3c.P3CError, match="there is a version '1' of 'found' already"):
        close_pilot(study, "help", "changed", reason="So.", version="1")
    assert study.codebook("found").version == "2"


def test_the_phase_follows_both_shares(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path)
    for number, phase in ((0, "early"), (1, "open"), (5, "open"), (6, "late")):
        read(study, *range(1, number + 1))
        with study.store.read() as connection:
            assert pilot_state(connection, read_question(connection, "help")).phase == phase


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_restart_is_the_same_on_both_stores(
    request: pytest.FixtureRequest, tmp_path: Path, store: str
) -> None:
    address = request.getfixturevalue("new_database")() if store == "postgresql" else None
    with p3c.new_study(tmp_path / "either", title="Either", store=address) as study:
        inductive(study, tmp_path)
        study.code("P01", 40, 60, "found:trust")
        read(study, 1)
        study.edit_code("found:trust", rule="So.")
        close_pilot(study, "help", "changed", reason="So.")
        assert len(stale(study)) == 1
        read(study, 2)
        close_pilot(study, "help", "unchanged")
        assert table_reviews(study, "help")["units"].tolist() == [1, 1]
        assert study.check(replay=True).empty


def test_a_version_that_two_copies_have_frozen_in_different_words_is_named(
    study: p3c.Study, tmp_path: Path
) -> None:
    inductive(study, tmp_path)
    read(study, 1)
    study.export_lines(tmp_path / "here.jsonl")
    with p3c.new_study(tmp_path / "copy", title="Copy", coder="ben") as copy:
        copy.import_lines(tmp_path / "here.jsonl")
        copy.edit_code("found:trust", definition="Somebody hopes for somebody.")
        close_pilot(copy, "help", "unchanged")
        copy.export_lines(tmp_path / "copy.jsonl")
    close_pilot(study, "help", "unchanged")
    assert study.conflicts().empty
    study.import_lines(tmp_path / "copy.jsonl")
    assert study.conflicts()["case"].tolist() == ["one version twice"]
