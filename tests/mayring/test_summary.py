"""Summarising by the rules Z1 to Z4: in their order, nothing destroyed, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from summary_kit import LENGTH, step_of, units_of

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.mayring import asking, question, steps
from p3c_qual.mayring.summarising import back_check, bundling, codes, reduction, state, units
from p3c_qual.store.act import begin_act

if TYPE_CHECKING:
    from pathlib import Path


def unit(study: p3c.Study, source: str, number: int, upto: str = "generalised") -> str:
    """Make a unit of one sentence, and bring it on."""
    start = number * LENGTH
    made = units.paraphrase(study, "helps", source, start, start + LENGTH - 1, f"short {number}")
    if upto == "paraphrased":
        return made
    units.generalise(study, made, f"general {number}")
    if upto == "kept":
        reduction.decide(study, [made], keep=True, rule="Z3.3")
    return made


def states(study: p3c.Study) -> list[str]:
    return [each.state for each in units_of(study)]


def refusal(call: object, *args: object, **options: object) -> P3CError:
    with pytest.raises(P3CError) as refused:
        call(*args, **options)  # type: ignore[operator]
    return refused.value


# Z1


def test_a_unit_is_one_row_from_its_span_to_its_paraphrase(either: p3c.Study) -> None:
    made = units.paraphrase(
        either, "helps", "A1", 0, LENGTH - 1, "says one", rules=["Z1.3", "Z1.1"]
    )
    (row,) = units_of(either)
    assert (row.id, row.no, row.source_key, row.state) == (made, 1, "A1", "paraphrased")
    assert row.quote == either.text("A1")[: LENGTH - 1]
    assert row.z1 == ("Z1.1", "Z1.3")
    assert row.coder == "anna"
    # the first unit begins the step, since the units were declared
    assert step_of(either) == "paraphrase"
    # what was selected was worked through, under this question
    assert either.readings()[["source", "question", "characters"]].values.tolist() == [
        ["A1", "helps", LENGTH - 1]
    ]


def test_the_same_span_is_the_same_unit_and_another_one_may_not_overlap(told: p3c.Study) -> None:
    made = units.paraphrase(told, "helps", "A1", 0, 20)
    assert units.paraphrase(told, "helps", "A1", 0, 20, "short") == made
    error = refusal(units.paraphrase, told, "helps", "A1", 10, 30, "other")
    assert error.problems[0].code == "overlap"
    assert "0-20" in str(error)
    assert len(units_of(told)) == 1


@pytest.mark.parametrize(
    ("source", "start", "end", "said"),
    [
        ("A1", 5, 5, "not within"),
        ("A1", -1, 5, "not within"),
        ("A1", 0, 100_000, "not within"),
        ("B1", 0, 5, "not of the material"),
        ("A9", 0, 5, "unknown source"),
    ],
)
def test_a_span_that_is_none_is_refused(
    told: p3c.Study, source: str, start: int, end: int, said: str
) -> None:
    assert said in str(refusal(units.paraphrase, told, "helps", source, start, end, "x"))
    assert units_of(told) == []


def test_units_are_numbered_in_the_order_of_the_material(told: p3c.Study) -> None:
    asking.edit_question(told, "helps", material=["A3", "A1", "A2"])
    for source, number in (("A1", 3), ("A2", 0), ("A3", 5), ("A1", 1)):
        unit(told, source, number, "paraphrased")
    assert [(each.no, each.source_key, each.start // LENGTH) for each in units_of(told)] == [
        (1, "A3", 5),
        (2, "A1", 1),
        (3, "A1", 3),
        (4, "A2", 0),
    ]


def test_a_unit_that_holds_nothing_is_dropped_with_its_reason(told: p3c.Study) -> None:
    made = units.paraphrase(told, "helps", "A1", 0, 20)
    units.drop(told, made, "a greeting")
    (row,) = units_of(told)
    assert (row.state, row.dropped) == ("dropped", "a greeting")
    assert "no paraphrase" in str(refusal(units.generalise, told, made, "x"))
    # written on, it is taken up again
    units.rewrite(told, made, "after all")
    assert states(told) == ["paraphrased"]


def test_only_a_unit_without_words_is_removed(told: p3c.Study) -> None:
    bare = units.paraphrase(told, "helps", "A1", 0, 20)
    written = unit(told, "A1", 2, "paraphrased")
    units.remove_unit(told, bare)
    assert "nothing that was written is destroyed" in str(refusal(units.remove_unit, told, written))
    assert [each.id for each in units_of(told)] == [written]


def test_a_rule_of_another_stage_is_none_here(told: p3c.Study) -> None:
    error = refusal(units.paraphrase, told, "helps", "A1", 0, 20, "x", rules=["Z2.1"])
    assert "Z1.1" in str(error)
    assert units_of(told) == []


# Z2


def test_the_paraphrase_itself_as_generalisation_is_rule_z23(told: p3c.Study) -> None:
    made = unit(told, "A1", 0, "paraphrased")
    units.generalise(told, made, "short 0")
    assert units_of(told)[0].z2 == ("Z2.3",)


def test_what_a_later_stage_rests_on_is_not_taken_back(told: p3c.Study) -> None:
    made = unit(told, "A1", 0, "kept")
    assert "(Z2)" in str(refusal(units.rewrite, told, made, ""))
    assert "(Z3)" in str(refusal(units.generalise, told, made, " "))
    assert states(told) == ["kept"]


# Z3


def test_z3_waits_for_the_generalisation(told: p3c.Study) -> None:
    made = unit(told, "A1", 0, "paraphrased")
    error = refusal(reduction.decide, told, [made], keep=True, rule="Z3.3")
    assert "Z3" in str(error)
    assert "no. 1" in str(error)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"keep": False, "rule": "Z3.2"}, "Z3.2 needs a reason"),
        ({"keep": True, "rule": "Z3.4"}, "Z3.4 needs a reason"),
        ({"keep": False, "rule": "Z3.3", "reason": "x"}, "Z3.3 keeps"),
        ({"keep": True, "rule": "Z3.1"}, "Z3.1 deletes"),
        ({"keep": False, "rule": "Z3.1"}, "Z3.1 needs the unit"),
        ({"keep": True, "rule": "Z4.1"}, "no rule of Z3"),
    ],
)
def test_a_decision_names_the_rule_it_breaks(
    told: p3c.Study, options: dict[str, object], said: str
) -> None:
    made = unit(told, "A1", 0)
    assert said in str(refusal(reduction.decide, told, [made], **options))
    assert states(told) == ["generalised"]


def test_z31_across_recording_units_is_refused(told: p3c.Study) -> None:
    kept = unit(told, "A1", 0, "kept")
    near, far = unit(told, "A1", 1), unit(told, "A2", 0)
    error = refusal(reduction.decide, told, [near, far], keep=False, rule="Z3.1", same_as=kept)
    assert "Z3.1 joins only what means the same within one recording unit" in str(error)
    assert "Z4.1" in str(error)
    assert "A2" in str(error)
    # all or nothing
    assert states(told) == ["kept", "generalised", "generalised"]
    reduction.decide(told, [near], keep=False, rule="Z3.1", same_as=kept)
    assert states(told) == ["kept", "deleted", "generalised"]


def test_where_the_programme_is_the_recording_unit_z31_joins_its_interviews(
    tmp_path: Path, told: p3c.Study
) -> None:
    asking.edit_question(told, "helps", recording_unit="programme")
    kept, other = unit(told, "A1", 0, "kept"), unit(told, "A2", 0)
    assert reduction.decide(told, [other], keep=False, rule="Z3.1", same_as=kept) == 1


def test_what_was_joined_is_held_against_the_recording_unit_that_is_declared_later(
    tmp_path: Path, told: p3c.Study
) -> None:
    asking.edit_question(told, "helps", recording_unit="programme")
    kept, other = unit(told, "A1", 0, "kept"), unit(told, "A2", 0)
    unit(told, "A3", 0, "kept")
    reduction.decide(told, [other], keep=False, rule="Z3.1", same_as=kept)
    for step in ("paraphrase", "generalise", "reduce"):
        steps.close_step(told, "helps", step)
    steps.return_to(told, "helps", "define", reason="Each interview stands for itself.")
    asking.edit_question(told, "helps", recording_unit="source")
    for step in ("define", "paraphrase", "generalise"):
        steps.close_step(told, "helps", step)
    error = refusal(steps.close_step, told, "helps", "reduce")
    assert "1 unit was deleted as saying the same as a unit of another recording unit" in str(error)
    reduction.decide(told, [other], keep=True, rule="Z3.3")
    assert steps.close_step(told, "helps", "reduce") == "bundle"


def test_the_twin_has_to_be_kept_and_stays_while_others_rest_on_it(told: p3c.Study) -> None:
    one, two, three = (unit(told, "A1", number) for number in range(3))
    assert "is not kept" in str(
        refusal(reduction.decide, told, [two], keep=False, rule="Z3.1", same_as=one)
    )
    reduction.decide(told, [one], keep=True, rule="Z3.3")
    reduction.decide(told, [two, three], keep=False, rule="Z3.1", same_as=one)
    for call in (
        lambda: reduction.undecide(told, [one]),
        lambda: reduction.decide(told, [one], keep=False, rule="Z3.2", reason="x"),
    ):
        error = refusal(call)
        assert error.problems[0].code == "twins"
        assert "2 units" in str(error)
    # all three together are free
    assert reduction.undecide(told, [one, two, three]) == 3
    assert set(states(told)) == {"generalised"}


def test_a_deleted_unit_keeps_its_words_its_rule_and_its_reason(told: p3c.Study) -> None:
    made = unit(told, "A1", 0)
    reduction.decide(told, [made], keep=False, rule="Z3.2", reason="too small")
    (row,) = units_of(told)
    assert (row.paraphrase, row.generalisation) == ("short 0", "general 0")
    assert (row.state, row.z3, row.reason) == ("deleted", "Z3.2", "too small")


# Z4


def test_z4_without_a_z3_decision_is_refused_and_names_each_row(told: p3c.Study) -> None:
    open_, kept = unit(told, "A1", 0), unit(told, "A1", 1, "kept")
    gone = unit(told, "A1", 2)
    reduction.decide(told, [gone], keep=False, rule="Z3.2", reason="small")
    error = refusal(bundling.bundle, told, [open_, kept, gone], label="All", rule="Z4.1")
    assert "no. 1 has no decision of the first reduction (Z3)" in str(error)
    assert "no. 3 was deleted" in str(error)
    assert states(told) == ["generalised", "kept", "deleted"]


def test_units_are_bundled_left_over_and_taken_out_again(told: p3c.Study) -> None:
    one, two, three = (unit(told, "A1", number, "kept") for number in range(3))
    into = bundling.bundle(told, [one, two], label="  Meeting   often ", rule="Z4.1")
    assert bundling.bundle(told, [three], label="meeting often", rule="Z4.2") == into
    assert [each.z4 for each in units_of(told)] == ["Z4.1", "Z4.1", "Z4.2"]
    assert "needs a reason" in str(refusal(bundling.leave_over, told, [three], " "))
    bundling.leave_over(told, [three], "stands alone")
    assert states(told) == ["bundled", "bundled", "left_over"]
    bundling.unbundle(told, [two, three])
    assert states(told) == ["bundled", "kept", "kept"]


def test_deleting_a_bundled_unit_takes_it_out_of_its_category(told: p3c.Study) -> None:
    made = unit(told, "A1", 0, "kept")
    bundling.bundle(told, [made], label="One", rule="Z4.1")
    reduction.decide(told, [made], keep=False, rule="Z3.2", reason="small")
    (row,) = units_of(told)
    assert (row.state, row.reduction, row.z4) == ("deleted", None, "")


def test_a_category_never_stands_above_itself(told: p3c.Study) -> None:
    low = bundling.bundle(told, [unit(told, "A1", 0, "kept")], label="Low", rule="Z4.1")
    middle = bundling.lift(told, [low], label="Middle", rule="Z4.2")
    top = bundling.lift(told, [middle], label="Top", rule="Z4.2")
    for into in (low, middle, top):
        assert refusal(bundling.lift, told, [top], into, rule="Z4.1").problems[0].code == "cycle"
    assert refusal(bundling.merge_reductions, told, [top], low, rule="Z4.1")
    assert "Z4.4 needs a reason" in str(refusal(bundling.lift, told, [top], label="X", rule="Z4.4"))
    bundling.lift(told, [low])
    assert bundling.lift(told, [top], low, rule="Z4.1") == low


def test_merged_categories_bring_their_units_along(told: p3c.Study) -> None:
    one, two = unit(told, "A1", 0, "kept"), unit(told, "A2", 0, "kept")
    first = bundling.bundle(told, [one], label="First", rule="Z4.1")
    second = bundling.bundle(told, [two], label="Second", rule="Z4.1")
    assert "still holds 1 unit" in str(refusal(bundling.remove_reduction, told, second))
    assert bundling.merge_reductions(told, [second], first, rule="Z4.2") == 1
    assert {each.reduction for each in units_of(told)} == {first}
    told.undo()
    assert [each.reduction for each in units_of(told)] == [first, second]


# steps


def test_a_step_is_closed_only_without_an_orphan(told: p3c.Study) -> None:
    made = [unit(told, source, 0) for source in ("A1", "A2", "A3")]
    steps.close_step(told, "helps", "paraphrase")
    steps.close_step(told, "helps", "generalise")
    assert "3 units have no decision" in str(refusal(steps.close_step, told, "helps", "reduce"))
    reduction.decide(told, made, keep=True, rule="Z3.3")
    steps.close_step(told, "helps", "reduce")
    first = bundling.bundle(told, made[:1], label="First", rule="Z4.1")
    bundling.bundle(told, made[1:2], label="Second", rule="Z4.1")
    bundling.bundle(told, made[1:2], first, rule="Z4.1")
    said = str(refusal(steps.close_step, told, "helps", "bundle"))
    assert "1 unit is neither in a category nor left over" in said
    assert "no unit is in 'Second'" in said
    bundling.leave_over(told, made[2:], "stands alone")
    bundling.bundle(told, made[1:2], label="Second", rule="Z4.1")
    assert steps.close_step(told, "helps", "bundle") == "check"


def test_a_source_in_which_nothing_was_selected_is_named(told: p3c.Study) -> None:
    unit(told, "A1", 0)
    said = str(refusal(steps.close_step, told, "helps", "paraphrase"))
    assert "nothing was selected in A2, A3" in said
    told.mark_read("A2", question="helps")
    told.mark_read("A3", question="helps")
    assert steps.close_step(told, "helps", "paraphrase") == "generalise"


def test_a_closed_step_takes_no_more_work_until_one_returns(told: p3c.Study) -> None:
    made = [unit(told, source, 0) for source in ("A1", "A2", "A3")]
    steps.close_step(told, "helps", "paraphrase")
    for call in (
        lambda: unit(told, "A1", 5),
        lambda: units.rewrite(told, made[0], "other"),
        lambda: units.drop(told, made[0], "nothing"),
    ):
        error = refusal(call)
        assert error.problems[0].code == "closed"
        assert "Paraphrase (Z1)" in str(error)
    steps.return_to(told, "helps", "paraphrase", reason="one was missed")
    assert units.rewrite(told, made[0], "other")


def test_what_an_undo_breaks_of_a_closed_step_is_said_and_stands_in_the_way(
    told: p3c.Study,
) -> None:
    made = [unit(told, source, 0) for source in ("A1", "A2", "A3")]
    steps.close_step(told, "helps", "paraphrase")
    steps.close_step(told, "helps", "generalise")
    acts = told.log()
    last = acts[acts["verb"].str.startswith("write the generalisation of no. 3")].iloc[0]
    told.undo(group=last["group"], reason="tried")
    assert states(told)[2] == "paraphrased"
    with told.store.read() as connection:
        asked = question.read_question(connection, "helps")
        (found,) = steps.broken(connection, asked)
    assert "1 unit has no generalisation" in str(found)
    reduction.decide(told, made[:2], keep=True, rule="Z3.3")
    assert "generalisation" in str(refusal(steps.close_step, told, "helps", "reduce"))


# back-check


def finished(study: p3c.Study) -> None:
    made = [unit(study, source, n, "kept") for source in ("A1", "A2", "A3") for n in range(4)]
    bundling.bundle(study, made, label="All of it", rule="Z4.1")
    for step in ("paraphrase", "generalise", "reduce", "bundle"):
        steps.close_step(study, "helps", step)


def test_the_back_check_waits_for_the_finished_categories(told: p3c.Study) -> None:
    unit(told, "A1", 0)
    error = refusal(back_check.draw_sample, told, "helps", size=3, seed=1)
    assert error.problems[0].code == "order"
    assert "Second reduction (Z4)" in str(error)


def test_the_same_seed_draws_the_same_units_in_every_copy(told: p3c.Study, tmp_path: Path) -> None:
    finished(told)
    told.export_lines(tmp_path / "told.jsonl")
    first = back_check.draw_sample(told, "helps", size=5, seed=11)
    assert back_check.draw_sample(told, "helps", size=5, seed=11) == first
    with p3c.new_study(tmp_path / "copy", title="Copy", coder="ben") as copy:
        copy.import_lines(tmp_path / "told.jsonl")
        back_check.draw_sample(copy, "helps", size=5, seed=11)
        assert drawn(copy) == drawn(told)
        assert len(drawn(copy)) == 5


def test_a_sample_that_two_copies_have_drawn_is_named(told: p3c.Study, tmp_path: Path) -> None:
    finished(told)
    told.export_lines(tmp_path / "told.jsonl")
    back_check.draw_sample(told, "helps", size=2, seed=11)
    with p3c.new_study(tmp_path / "copy", title="Copy", coder="ben") as copy:
        copy.import_lines(tmp_path / "told.jsonl")
        back_check.draw_sample(copy, "helps", size=2, seed=11)
        copy.export_lines(tmp_path / "copy.jsonl")
    assert told.conflicts().empty
    told.import_lines(tmp_path / "copy.jsonl")
    assert told.conflicts()["case"].tolist() == ["one sample twice"] * 2


def drawn(study: p3c.Study) -> list[str]:
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    check = ROWS["back_check"]
    with study.store.read() as connection:
        return list(connection.scalars(select(check.c.paraphrase).order_by(check.c.position)))


def test_the_check_is_closed_when_every_unit_of_the_sample_was_judged(told: p3c.Study) -> None:
    finished(told)
    assert "no sample" in str(refusal(steps.close_step, told, "helps", "check"))
    first, second = back_check.draw_sample(told, "helps", size=2, seed=3)
    back_check.judge(told, first, "yes")
    assert "1 of 2" in str(refusal(steps.close_step, told, "helps", "check"))
    assert "Did you mean 'partly'" in str(refusal(back_check.judge, told, second, "partley"))
    back_check.judge(told, second, "partly", remark="half of it")
    assert steps.close_step(told, "helps", "check") == "done"


@pytest.mark.parametrize(("size", "seed"), [(0, 1), (-2, 1), (3, -1)])
def test_a_sample_that_cannot_be_drawn_is_refused(told: p3c.Study, size: int, seed: int) -> None:
    finished(told)
    assert refusal(back_check.draw_sample, told, "helps", size=size, seed=seed)
    assert drawn(told) == []


# what else happens to units


def test_a_stale_write_is_refused_and_says_who_was_first(told: p3c.Study) -> None:
    made = unit(told, "A1", 0)
    units.rewrite(told, made, "hers")
    for call in (
        lambda: units.rewrite(told, made, "mine", was="short 0"),
        lambda: units.generalise(told, made, "mine", was="an older one"),
        lambda: reduction.decide(told, [made], keep=True, rule="Z3.3", was=["paraphrased"]),
    ):
        error = refusal(call)
        assert error.problems[0].code == "stale"
        assert "anna" in str(error)
    assert units_of(told)[0].paraphrase == "hers"
    assert units.rewrite(told, made, "mine", was="hers")


def test_a_stale_bundle_is_refused(told: p3c.Study) -> None:
    made = unit(told, "A1", 0, "kept")
    bundling.bundle(told, [made], label="Hers", rule="Z4.1")
    error = refusal(bundling.bundle, told, [made], label="Mine", rule="Z4.1", was=[""])
    assert error.problems[0].code == "stale"


def test_a_unit_whose_source_was_edited_is_flagged(told: p3c.Study) -> None:
    unit(told, "A1", 0)
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    text, src = ROWS["text"], ROWS["source"]
    with told.act("edit") as act:
        row = (
            act.connection.execute(
                select(text).join(src, src.c.text == text.c.id).where(src.c.key == "A1")
            )
            .mappings()
            .one()
        )
        new = act.insert("text", [{k: v for k, v in row.items() if k != "id"}])[0]
        act.update("source", {row["source"]: {"text": new}})
    assert [each.edited for each in units_of(told)] == [True]


def test_undo_takes_back_what_was_done_last_and_nothing_else(told: p3c.Study) -> None:
    one, two = unit(told, "A1", 0, "kept"), unit(told, "A1", 1, "kept")
    bundling.bundle(told, [one, two], label="Both", rule="Z4.1")
    told.undo()
    assert states(told) == ["kept", "kept"]
    told.undo()
    assert states(told) == ["kept", "generalised"]
    told.redo()
    assert states(told) == ["kept", "kept"]


def test_an_act_sent_twice_is_done_once(told: p3c.Study) -> None:
    name = "018f3c5e-7b1d-7c3a-9f10-2a5b6c7d8e9f"
    units.paraphrase(told, "helps", "A1", 0, 20, "x", id=name)
    assert refusal(units.paraphrase, told, "helps", "A1", 0, 20, "x", id=name).problems[0].code == (
        "done"
    )
    assert len(units_of(told)) == 1


def test_codes_are_made_of_categories_with_their_units_and_twins(told: p3c.Study) -> None:
    kept, twin = unit(told, "A1", 0, "kept"), unit(told, "A1", 1)
    reduction.decide(told, [twin], keep=False, rule="Z3.1", same_as=kept)
    low = bundling.bundle(told, [kept], label="Meeting often", rule="Z4.1")
    bundling.lift(told, [low], label="Meeting", rule="Z4.2")
    made = codes.make_codes(told, "helps", "p3c")
    assert (made.codes, made.codings) == (2, 2)
    found = told.codings("codebook == 'p3c'")
    assert found["code"].tolist() == ["meeting.meeting_often", "meeting.meeting_often"]
    assert set(found["question"]) == {"helps"}
    again = codes.make_codes(told, "helps", "p3c")
    assert (again.codes, again.codings) == (0, 0)


def test_two_copies_keep_both_wordings_and_one_state(told: p3c.Study, tmp_path: Path) -> None:
    one, two = unit(told, "A1", 0, "kept"), unit(told, "A1", 1)
    reduction.decide(told, [two], keep=False, rule="Z3.1", same_as=one)
    told.export_lines(tmp_path / "told.jsonl")
    with p3c.new_study(tmp_path / "copy", title="Copy", coder="ben") as copy:
        copy.import_lines(tmp_path / "told.jsonl")
        units.rewrite(copy, one, "his")
        bundling.bundle(copy, [one], label="Cat", rule="Z4.1")
        units.rewrite(told, one, "hers")
        bundling.leave_over(told, [one], "alone")
        copy.export_lines(tmp_path / "copy.jsonl")
        told.import_lines(tmp_path / "copy.jsonl")
        told.export_lines(tmp_path / "told.jsonl")
        copy.import_lines(tmp_path / "told.jsonl")
        assert [e.state for e in units_of(copy)] == states(told) == ["bundled", "deleted"]
        assert units_of(copy) == units_of(told)
    cases = told.conflicts()["case"].tolist()
    assert {"two texts", "two states"} <= set(cases)
    with told.store.read() as connection:
        counts = state.count_states(connection, question.read_question(connection, "helps"))
    assert sum(counts.values()) == 2


def test_a_unit_whose_twin_falls_in_another_copy_is_open_again(
    told: p3c.Study, tmp_path: Path
) -> None:
    one, two = unit(told, "A1", 0, "kept"), unit(told, "A1", 1)
    told.export_lines(tmp_path / "told.jsonl")
    with p3c.new_study(tmp_path / "copy", title="Copy", coder="ben") as copy:
        copy.import_lines(tmp_path / "told.jsonl")
        reduction.decide(copy, [two], keep=False, rule="Z3.1", same_as=one)
        copy.export_lines(tmp_path / "copy.jsonl")
    reduction.undecide(told, [one])
    told.import_lines(tmp_path / "copy.jsonl")
    assert states(told) == ["generalised", "generalised"]
    assert "a twin that fell" in told.conflicts()["case"].tolist()


def test_a_withdrawn_person_takes_the_paraphrases_along(told: p3c.Study) -> None:
    secret = "quixotropic"
    made = units.paraphrase(told, "helps", "A1", 0, 20, secret)
    units.generalise(told, made, f"{secret} again")
    other = unit(told, "A2", 0)
    told.withdraw("A1", reason="asked for it")
    assert [each.id for each in units_of(told)] == [other]
    assert told.check(replay=True).query("kind == 'fault'").empty
    data = b"".join(path.read_bytes() for path in told.path.glob("study.sqlite*"))
    assert secret.encode() not in data


def test_a_category_of_a_withdrawn_persons_words_alone_is_named(told: p3c.Study) -> None:
    bundling.bundle(told, [unit(told, "A1", 0, "kept")], label="Hers alone", rule="Z4.1")
    both = [unit(told, "A1", 1, "kept"), unit(told, "A2", 0, "kept")]
    bundling.bundle(told, both, label="Of both", rule="Z4.1")
    said = " ".join(told.withdraw("A1", reason="asked for it"))
    assert "'Hers alone'" in said
    assert "'Of both'" not in said


def test_dropped_units_are_named_as_such_where_a_decision_takes_them_along(
    told: p3c.Study,
) -> None:
    ready, gone = unit(told, "A1", 0), unit(told, "A1", 1, "paraphrased")
    units.drop(told, gone, "a greeting")
    error = refusal(reduction.decide, told, [ready, gone], keep=True, rule="Z3.3")
    assert "no. 2 was dropped already (Z1.1)" in str(error)
    assert "generalisation" not in str(error)


def test_a_quote_that_was_tampered_with_is_found(told: p3c.Study) -> None:
    unit(told, "A1", 0)
    with begin_act(told.store, actor="x", verb="tamper") as act:
        from sqlalchemy import update

        from p3c_qual.store.schema import ROWS

        act.connection.execute(update(ROWS["paraphrase"]).values(quote="something else"))
    found = told.check()
    assert "the quote of unit" in found["what"].tolist()[0]


def test_another_programme_has_a_question_of_its_own(told: p3c.Study) -> None:
    asking.ask_question(
        told, "Other?", "summarising", key="other", material=["B1"],
        criterion="c", abstraction="a", coding_unit="turn", context_unit="source",
        recording_unit="programme",
    )  # fmt: skip
    one = unit(told, "A1", 0, "kept")
    two = units.paraphrase(told, "other", "B1", 0, 20, "x")
    error = refusal(bundling.bundle, told, [one, two], label="L", rule="Z4.1")
    assert "several research questions" in str(error)
