"""Two people work on copies of one study: what does not go together is resolved, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claim_kit import THEORY, cases, claim, copies, element, join, link, read
from realist_kit import span

import p3c_qual as p3c
from p3c_qual.realist.building.configurations import remove_configuration, set_aside, take_up
from p3c_qual.realist.building.elements import NewElement, add_element, edit_element, remove_element
from p3c_qual.realist.building.evidence import add_evidence, edit_evidence, remove_evidence
from p3c_qual.realist.building.links import chain, nest
from p3c_qual.realist.building.regularities import add_instance, state_regularity
from p3c_qual.realist.building.splitting import SplitPart, merge_configurations, split_configuration
from p3c_qual.realist.building.theories import refine_theory, supersede, write_theory

if TYPE_CHECKING:
    from pathlib import Path


def halves(study: p3c.Study, name: str, at: int = 2) -> list[SplitPart]:
    """Return two parts of a configuration, the second with all from a place on."""
    ids = [each.id for each in claim(study, name).elements]
    return [SplitPart(ids[:at], label="one half"), SplitPart(ids[at:], label="other half")]


@pytest.mark.parametrize("first", ["one", "other"])
def test_two_people_split_the_same_configuration_and_all_parts_stand(
    told: p3c.Study, tmp_path: Path, first: str
) -> None:
    made = link(told)
    with copies(told, tmp_path) as (mine, theirs):
        split_configuration(mine, made, halves(mine, made, 1))
        split_configuration(theirs, made, halves(theirs, made, 3))
        join(mine, theirs, tmp_path, first=first)
        found = read(mine)
        assert found.configurations[made].state == "split"
        assert len(found.configurations[made].evidence) == 4
        standing = sorted(len(each.elements) for each in found.standing)
        assert standing == [1, 1, 3, 3]
        assert sorted(set(cases(mine))) == ["one key twice", "split twice"]
        # a person settles it: the parts of one of the two are set aside
        mine_first = [each.id for each in found.standing if "~" not in each.key]
        for name in mine_first:
            set_aside(mine, name, reason="Split otherwise.")
        assert "split twice" not in cases(mine)


def test_joining_splits_in_either_order_shows_the_same(told: p3c.Study, tmp_path: Path) -> None:
    made = link(told)
    with copies(told, tmp_path) as (mine, theirs):
        split_configuration(mine, made, halves(mine, made, 1))
        split_configuration(theirs, made, halves(theirs, made, 3))
        mine.export_lines(tmp_path / "mine.jsonl")
        theirs.export_lines(tmp_path / "theirs.jsonl")
    shown = []
    for number, order in enumerate((("mine", "theirs"), ("theirs", "mine"))):
        with p3c.new_study(tmp_path / f"third{number}", title="Third", coder="eve") as third:
            for name in order:
                third.import_lines(tmp_path / f"{name}.jsonl")
            shown.append((read(third), third.conflicts().values.tolist()))
    assert shown[0] == shown[1]


def test_a_cycle_of_nesting_is_opened_at_its_oldest(told: p3c.Study, tmp_path: Path) -> None:
    one, two = link(told), link(told)
    with copies(told, tmp_path) as (mine, theirs):
        nest(mine, one, two)
        nest(theirs, two, one)
        join(mine, theirs, tmp_path)
        assert {each.configuration: each.counts for each in read(mine).links} == {
            one: False,
            two: True,
        }
        assert cases(mine) == ["a cycle of nesting"]


def test_of_two_wholes_the_one_made_first_counts(told: p3c.Study, tmp_path: Path) -> None:
    one, two, other = link(told), link(told), link(told)
    with copies(told, tmp_path) as (mine, theirs):
        first = nest(theirs, one, other)
        nest(mine, one, two)
        join(mine, theirs, tmp_path)
        assert {each.id for each in read(mine).links if each.counts} == {first}
        assert len(read(mine).links) == 2
        assert cases(mine) == ["two wholes"]


def test_two_who_link_the_same_link_it_once(told: p3c.Study, tmp_path: Path) -> None:
    one, two = link(told), link(told, ("context", "S2", "In town nobody knows anybody.", {}))
    out = element(told, one, "outcome")
    pattern = state_regularity(told, "Trust")
    with copies(told, tmp_path) as (mine, theirs):
        for each in (mine, theirs):
            chain(each, one, two, outcome=out)
            nest(each, one, two)
            add_instance(each, pattern, one)
            add_evidence(each, *span("N2", "still I fell"), configuration=one, element=out)
        join(mine, theirs, tmp_path)
        found = read(mine)
        assert len(found.links) == 2
        assert len(found.configurations[two].elements) == 2
        assert len(found.configurations[one].evidence) == 5
        assert len(found.regularities[pattern].instances) == 1
        assert cases(mine) == []


def test_what_is_written_in_a_merged_configuration_counts_where_it_went(
    told: p3c.Study, tmp_path: Path
) -> None:
    one = link(told)
    two = link(told, ("outcome", "S2", "I sleep better now.", {"text": "sleep"}))
    out = element(told, two, "outcome")
    pattern = state_regularity(told, "Trust")
    with copies(told, tmp_path) as (mine, theirs):
        merge_configurations(mine, one, [two])
        edit_element(theirs, out, fields={"text": "better sleep", "domain": "patient"})
        add_element(theirs, two, NewElement("actor", "the nurse"))
        add_evidence(theirs, *span("N2", "Nothing got better."), configuration=two, element=out)
        add_evidence(theirs, *span("plan", "Admissions fall."), configuration=two)
        add_instance(theirs, pattern, two)
        join(mine, theirs, tmp_path)
        found = claim(mine, one)
        last = {each.role: each for each in found.elements}
        assert (last["outcome"].text, last["outcome"].domain) == ("better sleep", "patient")
        assert last["actor"].text == "the nurse"
        assert {"Nothing got better.", "Admissions fall."} <= {e.quote for e in found.evidence}
        assert len(found.voices(out)) == 2
        assert claim(mine, two).elements == claim(mine, two).evidence == ()
        assert read(mine).regularities[pattern].instances[0].configuration == one
        assert sorted(cases(mine)) == [
            "a merged configuration",
            "a merged configuration",
            "evidence that moved",
        ]
        # one that is read alone is what it is among all
        assert found == read(mine).configurations[one]


def test_two_who_merge_into_each_other_leave_the_older_standing_with_everything(
    told: p3c.Study, tmp_path: Path
) -> None:
    one = link(told)
    two = link(told, ("outcome", "S2", "I sleep better now.", {}))
    with copies(told, tmp_path) as (mine, theirs):
        merge_configurations(mine, one, [two])
        merge_configurations(theirs, two, [one])
        join(mine, theirs, tmp_path)
        (standing,) = read(mine).standing
        assert standing.id == one
        assert len(standing.elements) == 5
        assert len(standing.evidence) == 5
        assert "a cycle of mergers" in cases(mine)
        # whoever takes it up settles it
        assert not take_up(mine, one)
        set_aside(mine, one, reason="Looked at.")
        take_up(mine, one)
        assert "a cycle of mergers" not in cases(mine)
        assert len(claim(mine, one).elements) == 5


@pytest.mark.parametrize("aside_first", [True, False])
def test_merging_into_one_that_was_set_aside_meanwhile_is_said(
    told: p3c.Study, tmp_path: Path, *, aside_first: bool
) -> None:
    one = link(told)
    two = link(told, ("outcome", "S2", "I sleep better now.", {}))
    with copies(told, tmp_path) as (mine, theirs):
        if aside_first:
            set_aside(mine, one, reason="Too thin.")
        merge_configurations(theirs, one, [two])
        if not aside_first:
            set_aside(mine, one, reason="Too thin.")
        join(mine, theirs, tmp_path)
        assert mine.conflicts()[["case", "row"]].values.tolist() == [["set aside and merged", one]]
        assert len(claim(mine, one).evidence) == 5
        # whoever takes it up has seen it, and may set it aside again
        take_up(mine, one)
        assert cases(mine) == []
        set_aside(mine, one, reason="Too thin, with what came to it too.")
        assert cases(mine) == []


def test_what_is_merged_and_then_set_aside_is_no_conflict(told: p3c.Study) -> None:
    one = link(told)
    two = link(told, ("outcome", "S2", "I sleep better now.", {}))
    merge_configurations(told, one, [two])
    set_aside(told, one, reason="Too thin.")
    assert cases(told) == []


def test_merging_into_one_that_was_split_meanwhile_is_said(told: p3c.Study, tmp_path: Path) -> None:
    one = link(told)
    two = link(told, ("outcome", "S2", "I sleep better now.", {}))
    with copies(told, tmp_path) as (mine, theirs):
        merge_configurations(mine, one, [two])
        split_configuration(theirs, one, halves(theirs, one))
        join(mine, theirs, tmp_path)
        # the element that came with the merge, and its passage, are in none of the parts
        assert cases(mine) == ["a split configuration"] * 2
        assert len(claim(mine, one).evidence) == 5
        take_up(mine, one)
        assert cases(mine) == []


def test_what_is_written_in_one_that_was_split_meanwhile_is_said(
    told: p3c.Study, tmp_path: Path
) -> None:
    made = link(told)
    with copies(told, tmp_path) as (mine, theirs):
        split_configuration(mine, made, halves(mine, made))
        late = add_element(theirs, made, NewElement("actor", "the nurse"))
        join(mine, theirs, tmp_path)
        assert mine.conflicts()[["case", "row"]].values.tolist() == [
            ["a split configuration", late]
        ]
        assert claim(mine, made).of_role("actor")[0].text == "the nurse"
        remove_element(mine, late)
        assert cases(mine) == []


def test_what_is_merged_and_then_split_is_no_conflict(told: p3c.Study) -> None:
    one = link(told)
    two = link(told, ("outcome", "S2", "I sleep better now.", {}))
    merge_configurations(told, one, [two])
    split_configuration(told, one, halves(told, one))
    assert cases(told) == []


def test_one_that_is_split_here_and_merged_there_is_said(told: p3c.Study, tmp_path: Path) -> None:
    one = link(told)
    two = link(told, ("outcome", "S2", "I sleep better now.", {}))
    with copies(told, tmp_path) as (mine, theirs):
        split_configuration(mine, one, halves(mine, one))
        merge_configurations(theirs, two, [one])
        join(mine, theirs, tmp_path)
        assert "split twice" in cases(mine)
        assert len(claim(mine, two).elements) == 5
        assert len(read(mine).standing) == 3


def test_evidence_that_was_deleted_while_somebody_decided_about_it_stays_deleted(
    told: p3c.Study, tmp_path: Path
) -> None:
    made = link(told)
    name = add_evidence(
        told,
        *span("N2", "still I fell"),
        configuration=made,
        role="contradicts",
        remark="She fell.",
    )
    with copies(told, tmp_path) as (mine, theirs):
        remove_evidence(mine, [name])
        edit_evidence(theirs, name, fields={"resolution": "Of falls alone."})
        # linked elsewhere meanwhile, the passage is evidence of its own there
        other = link(theirs, ("outcome", "N2", "still I fell", {}))
        join(mine, theirs, tmp_path)
        assert name not in {each.id for each in claim(mine, made).evidence}
        assert [each.quote for each in claim(mine, other).evidence] == ["still I fell"]
        assert cases(mine) == ["a deleted text"]


def test_evidence_on_an_element_that_was_deleted_stays_on_the_configuration(
    told: p3c.Study, tmp_path: Path
) -> None:
    made = link(told)
    out = element(told, made, "outcome")
    with copies(told, tmp_path) as (mine, theirs):
        remove_element(mine, out)
        late = add_evidence(
            theirs, *span("N2", "still I fell"), configuration=made, element=out, role="rival"
        )
        join(mine, theirs, tmp_path)
        (found,) = (each for each in claim(mine, made).evidence if each.id == late)
        assert found.element is None
        assert cases(mine) == ["a missing row"]


def test_what_is_written_on_a_configuration_that_was_deleted_is_kept_and_not_counted(
    told: p3c.Study, tmp_path: Path
) -> None:
    made = link(told)
    with copies(told, tmp_path) as (mine, theirs):
        remove_configuration(mine, made)
        add_element(theirs, made, NewElement("actor", "the nurse"))
        add_evidence(theirs, *span("N2", "still I fell"), configuration=made)
        join(mine, theirs, tmp_path)
        assert not read(mine).configurations
        assert cases(mine) == ["a missing row"] * 2


def test_theories_that_two_put_in_each_others_place_begin_with_the_oldest(
    told: p3c.Study, tmp_path: Path
) -> None:
    first, second = (write_theory(told, name, **THEORY) for name in ("First", "Second"))
    with copies(told, tmp_path) as (mine, theirs):
        supersede(mine, first, second)
        supersede(theirs, second, first)
        join(mine, theirs, tmp_path)
        found = read(mine)
        assert [each.version for each in found.theories.values()] == [0, 1]
        assert [each.id for each in found.chain(second)] == [first, second]
        assert cases(mine) == ["a cycle of theories"]


def test_a_theory_that_two_refined_has_two_later_versions(told: p3c.Study, tmp_path: Path) -> None:
    first = write_theory(told, "First", **THEORY)
    with copies(told, tmp_path) as (mine, theirs):
        one = refine_theory(mine, first, **THEORY, change="Mine.")
        other = refine_theory(theirs, first, **THEORY, change="Theirs.")
        join(mine, theirs, tmp_path)
        found = read(mine)
        assert [found.theories[name].version for name in (one, other)] == [1, 1]
        assert [each.id for each in found.chain(one)] == [first, one]
        assert [each.id for each in found.chain(other)] == [first, other]
        assert sorted(cases(mine)) == ["one key twice", "refined twice"]


def test_two_texts_of_one_element_are_both_kept(told: p3c.Study, tmp_path: Path) -> None:
    name = element(told, link(told), "reasoning")
    with copies(told, tmp_path) as (mine, theirs):
        edit_element(mine, name, fields={"text": "being known"})
        edit_element(theirs, name, fields={"text": "being heard"})
        join(mine, theirs, tmp_path)
        assert cases(mine) == ["two texts"]
        texts = mine.versions("element", name, "text")
        assert sorted(texts.values()) == ["being heard", "being known"]


def test_an_element_reworded_here_while_it_was_split_there_is_named(
    told: p3c.Study, tmp_path: Path
) -> None:
    made = link(told)
    name = element(told, made, "reasoning")
    with copies(told, tmp_path) as (mine, theirs):
        ids = [each.id for each in claim(mine, made).elements]
        parts = split_configuration(mine, made, [SplitPart(ids[:3]), SplitPart(ids[2:])])
        edit_element(theirs, name, fields={"text": "being heard"})
        join(mine, theirs, tmp_path)
        assert cases(mine) == ["a split configuration"]
        edit_element(mine, element(mine, parts[0], "reasoning"), fields={"text": "being heard"})
        assert cases(mine) == []


def test_one_that_was_ended_in_two_ways_is_named_until_it_is_taken_up(
    told: p3c.Study, tmp_path: Path
) -> None:
    one, two, three = (
        link(told, ("outcome", "S2", "I sleep better now.", {}), label=name) for name in "abc"
    )
    with copies(told, tmp_path) as (mine, theirs):
        merge_configurations(mine, two, [one])
        merge_configurations(theirs, two, [three])
        set_aside(theirs, one, reason="Thin.")
        set_aside(mine, three, reason="Thin.")
        join(mine, theirs, tmp_path)
        assert cases(mine) == ["ended twice", "ended twice"]
        take_up(mine, one)
        assert cases(mine) == ["ended twice"]
