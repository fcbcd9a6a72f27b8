"""Configurations are split into several and merged into one; nothing is lost by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claim_kit import THEORY, claim, codes_of, either, element, faults, link, read, refused
from realist_kit import span

from p3c_qual.realist.building.configurations import edit_configuration, take_up
from p3c_qual.realist.building.elements import edit_element
from p3c_qual.realist.building.evidence import add_evidence, edit_evidence
from p3c_qual.realist.building.inferences import write_inference
from p3c_qual.realist.building.links import chain, nest
from p3c_qual.realist.building.mechanisms import name_mechanism
from p3c_qual.realist.building.regularities import add_instance, state_regularity
from p3c_qual.realist.building.splitting import SplitPart, merge_configurations, split_configuration
from p3c_qual.realist.building.theories import write_theory

if TYPE_CHECKING:
    import p3c_qual as p3c
    from p3c_qual.realist.model import Configuration

__all__ = ["either"]

HEARD = (
    ("context", "S2", "In town nobody knows anybody.", {"text": "strangers"}),
    ("reasoning", "S2", "I could say it at last.", {"text": "Trust"}),
    ("outcome", "S2", "I sleep better now.", {"direction": "improves"}),
)


def roles(configuration: Configuration) -> list[str]:
    return [each.role for each in configuration.elements]


def quotes(configuration: Configuration) -> list[str]:
    return [each.quote for each in configuration.evidence]


@pytest.fixture
def wide(told: p3c.Study) -> str:
    """Return a configuration with two outcomes, and a passage against it as a whole."""
    made = link(
        told,
        ("context", "N1", "everyone knows everyone", {"text": "a hill", "absent": False}),
        ("resource", "N2", "She came each week with time.", {}),
        ("outcome", "N1", "I have not been in hospital", {"text": "no hospital"}),
        ("outcome", "N2", "still I fell", {"text": "falls", "direction": "worsens"}),
        mechanism=name_mechanism(told, "Time"),
        theory=write_theory(told, "Trust", **THEORY),
    )
    edit_configuration(told, made, fields={"activation": "weak", "rigour": "Two voices."})
    add_evidence(told, *span("S1", "I saw no use in it"), configuration=made, role="contradicts")
    return made


def parts_of(study: p3c.Study, name: str) -> list[SplitPart]:
    """Return two parts: what leads to the hospital, and what leads to falls."""
    ids = [each.id for each in claim(study, name).elements]
    return [SplitPart(ids[:3]), SplitPart([ids[1], ids[3]], label="Falls all the same")]


def test_a_configuration_is_split_and_kept(told: p3c.Study, wide: str) -> None:
    old = claim(told, wide)
    first, second = split_configuration(told, wide, parts_of(told, wide), reason="Two claims.")
    one, two, kept = claim(told, first), claim(told, second), claim(told, wide)
    assert [one.key, two.key] == ["c2", "c3"]
    assert [one.label, two.label] == ["no hospital", "Falls all the same"]
    assert roles(one) == ["context", "resource", "outcome"]
    assert roles(two) == ["resource", "outcome"]
    assert two.elements[1].direction == "worsens"
    for part in (one, two):
        assert (part.theory, part.mechanism, part.activation) == (old.theory, old.mechanism, "weak")
        assert (part.programme, part.split_from, part.rigour) == (old.programme, wide, "")
        # what speaks against the whole claim speaks against each part
        assert ("contradicts", None) in {(each.role, each.element) for each in part.evidence}
    assert len(one.evidence) == 4
    assert len(two.evidence) == 3
    assert {each.element for each in one.evidence} == {None, *(e.id for e in one.elements)}
    assert (kept.state, kept.elements, kept.evidence) == ("split", old.elements, old.evidence)
    assert [each.key for each in read(told).standing] == ["c2", "c3"]
    assert told.log(limit=1)["reason"].tolist() == ["Two claims."]
    told.undo()
    assert [each.key for each in read(told).configurations.values()] == ["c1"]
    assert claim(told, wide) == old


def test_links_and_patterns_go_with_the_part_that_holds_the_element(
    told: p3c.Study, wide: str
) -> None:
    later, whole, inner = link(told, *HEARD), link(told), link(told)
    falls = claim(told, wide).of_role("outcome")[1].id
    chain(told, wide, later, outcome=falls)
    chain(told, later, wide, outcome=element(told, later, "outcome"))
    nest(told, wide, whole)
    nest(told, inner, wide)
    pattern = state_regularity(told, "Time", configurations=[wide])
    ids = [each.id for each in claim(told, wide).elements]
    # the context that the chain made has the number 4
    first, second = split_configuration(
        told, wide, [SplitPart([*ids[:3]]), SplitPart([ids[1], ids[3], ids[4]])]
    )
    found = read(told)
    counting = {(e.relation, e.configuration, e.other) for e in found.links if e.counts}
    assert counting == {
        ("outcome_becomes_context", second, later),
        ("outcome_becomes_context", later, second),
        ("part_of", first, whole),
        ("part_of", inner, first),
    }
    # the links of what was split are kept with it, and count no more
    assert sum(not each.counts for each in found.links) == 4
    instances = found.regularities[pattern].instances
    assert sorted(each.configuration for each in instances) == sorted([wide, first])
    two = found.configurations[second]
    tied = next(each for each in found.links if each.counts and each.configuration == second)
    assert tied.outcome == two.of_role("outcome")[0].id


def test_parts_that_lose_something_are_refused(told: p3c.Study, wide: str) -> None:
    ids = [each.id for each in claim(told, wide).elements]
    foreign = element(told, link(told), "outcome")
    said = refused(
        split_configuration,
        told,
        wide,
        [SplitPart(ids[:2]), SplitPart(ids[:2]), SplitPart([]), SplitPart([foreign])],
    )
    for part in (
        "part 2: it has the same elements as part 1",
        "part 3: it has no element",
        "part 4: an element named for it is none of c1",
        "the outcome 'no hospital' goes into no part",
        "the outcome 'falls' goes into no part",
    ):
        assert part in said
    assert "two parts at least" in refused(split_configuration, told, wide, [SplitPart(ids)])
    split_configuration(told, wide, parts_of(told, wide))
    assert codes_of(split_configuration, told, wide, parts_of(told, wide)) == {"closed"}
    assert "c1 was split" in refused(split_configuration, told, wide, parts_of(told, wide))
    assert take_up(told, wide)
    assert len(read(told).standing) == 4


def test_configurations_are_merged_and_what_says_the_same_is_one_element(told: p3c.Study) -> None:
    one, two = link(told), link(told, *HEARD)
    edit_element(told, element(told, two, "reasoning"), fields={"level": "micro"})
    edit_configuration(told, two, fields={"rigour": "One voice.", "activation": "strong"})
    write_inference(told, "abduction", observed="Sleep.", configuration=two)
    assert merge_configurations(told, one, [two], reason="One claim.") == one
    found, gone = claim(told, one), claim(told, two)
    assert roles(found) == ["context", "resource", "reasoning", "outcome", "context", "outcome"]
    (trust,) = found.of_role("reasoning")
    assert (trust.text, trust.level) == ("trust", "micro")
    assert len(found.voices(trust.id)) == 2
    assert len(found.evidence) == 7
    assert (found.rigour, found.activation) == ("One voice.", "strong")
    assert (gone.state, gone.merged_into, gone.elements, gone.evidence) == ("merged", one, (), ())
    assert read(told).inferences[0].configuration == one
    assert faults(told) == []
    told.undo()
    assert len(claim(told, two).elements) == 3


def test_elements_that_differ_in_anything_stay_two(told: p3c.Study) -> None:
    said = {"text": "sleep"}
    one = link(told, ("outcome", "S2", "I sleep better now.", {**said, "direction": "improves"}))
    two = link(told, ("outcome", "N2", "Nothing got better.", {**said, "direction": "worsens"}))
    third = link(told, ("outcome", "S2", "I sleep", {**said}))
    merge_configurations(told, one, [two, third])
    found = claim(told, one)
    assert [each.direction for each in found.elements] == ["improves", "worsens"]
    assert len(found.voices(found.elements[0].id)) == 2


def test_evidence_that_is_there_already_is_there_once_unless_it_says_more(told: p3c.Study) -> None:
    one, two, three = (link(told) for _ in range(3))
    remarked = claim(told, three).evidence[0]
    add_evidence(told, *span("plan", "Admissions fall."), configuration=three)
    edit = {"remark": "A second look."}
    edit_evidence(
        told, claim(told, three).voices(element(told, three, "reasoning"))[0].id, fields=edit
    )
    merge_configurations(told, one, [two, three])
    found = claim(told, one)
    (trust,) = found.of_role("reasoning")
    assert len(found.voices(trust.id)) == 2
    assert {each.remark for each in found.voices(trust.id)} == {"", "A second look."}
    assert remarked.quote in quotes(found)
    # elements without words of the analyst are not taken for the same
    assert len(found.of_role("context")) == 3


def test_links_move_with_a_merge_and_none_leads_back_into_itself(told: p3c.Study) -> None:
    one, two, whole, later = link(told), link(told, *HEARD), link(told), link(told)
    chain(told, one, two, outcome=element(told, one, "outcome"))
    chain(told, two, later, outcome=element(told, two, "outcome"))
    nest(told, two, whole)
    nest(told, one, whole)
    pattern = state_regularity(told, "Trust", configurations=[one, two])
    merge_configurations(told, one, [two])
    found = read(told)
    assert {(each.relation, each.configuration, each.other) for each in found.links} == {
        ("outcome_becomes_context", one, later),
        ("part_of", one, whole),
    }
    assert all(each.counts for each in found.links)
    assert [each.configuration for each in found.regularities[pattern].instances] == [one]


def test_an_instance_on_the_other_side_is_kept_by_a_merge(told: p3c.Study) -> None:
    one, two = link(told), link(told, *HEARD)
    pattern = state_regularity(told, "Trust", configurations=[one])
    add_instance(told, pattern, two, role="contradicts", reason="Strangers.")
    merge_configurations(told, one, [two])
    instances = read(told).regularities[pattern].instances
    assert {each.role for each in instances} == {"supports", "contradicts"}
    assert {each.configuration for each in instances} == {one}


def test_a_merge_that_would_break_the_nesting_is_refused(told: p3c.Study) -> None:
    one, two, first, second = (link(told) for _ in range(4))
    nest(told, one, first)
    nest(told, two, second)
    assert codes_of(merge_configurations, told, one, [two]) == {"second"}
    assert "part of c3 and of c4" in refused(merge_configurations, told, one, [two])
    told.undo()
    nest(told, first, two)
    # one is part of first, and first part of two
    assert "cycle" in codes_of(merge_configurations, told, one, [two])
    assert len(read(told).standing) == 4


def test_what_cannot_be_merged_is_said(told: p3c.Study) -> None:
    one, two = link(told), link(told)
    assert codes_of(merge_configurations, told, one, ["c1"]) == {"itself"}
    assert "no configuration is named" in refused(merge_configurations, told, one, [])
    assert codes_of(merge_configurations, told, one, ["c8", "c9"]) == {"gone"}
    merge_configurations(told, one, [two, "c2"])
    assert codes_of(merge_configurations, told, one, [two]) == {"closed"}
    assert "c2 was merged into another one" in refused(merge_configurations, told, two, [one])
    assert take_up(told, two)
    assert claim(told, two).elements == ()
    assert len(claim(told, one).elements) == 7


def test_both_stores_replay_splits_and_merges(either: p3c.Study) -> None:
    made = link(either)
    ids = [each.id for each in claim(either, made).elements]
    before = read(either)
    parts = split_configuration(either, made, [SplitPart(ids[:2]), SplitPart(ids[1:])])
    split = read(either)
    merge_configurations(either, parts[0], parts[1:])
    assert [len(each.elements) for each in read(either).standing] == [5]
    either.undo()
    assert read(either) == split
    either.undo()
    assert read(either) == before
    either.redo()
    either.redo()
    assert faults(either) == []
