"""Configurations: made, changed, set aside, taken up and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim_kit import (
    THEORY,
    cases,
    claim,
    codes_of,
    either,
    element,
    faults,
    link,
    read,
    refused,
)

from p3c_qual.realist.building.configurations import (
    edit_configuration,
    make_configuration,
    remove_configuration,
    set_aside,
    take_up,
)
from p3c_qual.realist.building.elements import NewElement, add_element
from p3c_qual.realist.building.inferences import write_inference
from p3c_qual.realist.building.links import chain, nest
from p3c_qual.realist.building.regularities import state_regularity
from p3c_qual.realist.building.theories import write_theory

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["either"]


def test_configurations_are_numbered_and_hold_their_elements_in_order(told: p3c.Study) -> None:
    write_theory(told, "Trust", **THEORY)
    elements = [
        NewElement("outcome", "fewer falls", direction="improves", timing="distal"),
        NewElement("context", "a village", layer="interpersonal", level="micro"),
    ]
    first = make_configuration(
        told,
        label="Who is known",
        programme="north",
        theory="trust",
        activation="strong",
        elements=elements,
    )
    second = make_configuration(told)
    found = read(told).configurations
    assert [each.key for each in found.values()] == ["c1", "c2"]
    assert [(each.role, each.text) for each in found[first].elements] == [
        ("outcome", "fewer falls"),
        ("context", "a village"),
    ]
    assert (found[first].activation, found[first].state) == ("strong", "")
    assert found[second].elements == ()
    remove_configuration(told, "c1")
    make_configuration(told)
    assert [each.key for each in read(told).configurations.values()] == ["c2", "c3"]


def test_what_is_wrong_with_a_configuration_is_said_at_once(told: p3c.Study) -> None:
    said = refused(
        make_configuration,
        told,
        programme="nort",
        theory="none",
        mechanism="none",
        activation="high",
        key="C 1",
        elements=[NewElement("contxt"), NewElement("context", direction="improves")],
    )
    for part in (
        "there is no programme 'nort'",
        "there is no theory 'none'",
        "there is no mechanism 'none'",
        "'high' is no activation of a mechanism",
        "'C 1' cannot be a key",
        "element 1: 'contxt' is no role of an element. Did you mean 'context'?",
        "element 2: a context has no direction; only an outcome has one",
    ):
        assert part in said
    assert not read(told).configurations


def test_a_configuration_is_changed_only_as_it_was_seen(told: p3c.Study) -> None:
    name = link(told)
    fields = {"label": "Known on the hill", "rigour": "One voice, and it hesitates.", "key": "hill"}
    assert edit_configuration(told, name, fields=fields)
    assert not edit_configuration(told, "hill", fields=fields)
    found = claim(told, "hill")
    assert (found.label, found.rigour) == (fields["label"], fields["rigour"])
    old = {"label": "Before"}
    assert codes_of(edit_configuration, told, name, fields={"label": "x"}, was=old) == {"stale"}
    assert "needs a key" in refused(edit_configuration, told, name, fields={"key": ""})
    assert "no field 'state'" in refused(edit_configuration, told, name, fields={"state": "x"})
    assert edit_configuration(told, name, fields={"programme": ""})
    assert claim(told, name).programme is None


def test_a_configuration_is_set_aside_with_a_reason_and_taken_up_again(told: p3c.Study) -> None:
    name = link(told)
    assert codes_of(set_aside, told, name, reason=" ") == {"reason"}
    assert set_aside(told, name, reason="One voice only.")
    assert not set_aside(told, name, reason="Once more.")
    assert read(told).standing == []
    assert told.log(limit=1)["reason"].tolist() == ["One voice only."]
    assert codes_of(add_element, told, name, NewElement("context", "x")) == {"closed"}
    assert "c1 was set aside" in refused(add_element, told, name, NewElement("context", "x"))
    assert take_up(told, name)
    assert not take_up(told, name)
    assert [each.id for each in read(told).standing] == [name]


def test_a_configuration_goes_with_what_hangs_on_it_and_comes_back_whole(told: p3c.Study) -> None:
    one, two = link(told), link(told, ("context", "S2", "In town nobody knows anybody.", {}))
    nest(told, two, one)
    chain(told, one, two, outcome=element(told, one, "outcome"))
    state_regularity(told, "Trust", configurations=[one, two])
    write_inference(told, "retroduction", observed="No hospital.", configuration=one)
    before = read(told)
    assert remove_configuration(told, one) == {
        "links": 2,
        "evidence": 4,
        "elements": 4,
        "instances": 1,
        "arrows": 0,
        "searches": 0,
    }
    found = read(told)
    assert list(found.configurations) == [two]
    assert found.links == ()
    assert found.inferences[0].configuration is None
    assert cases(told) == []
    assert codes_of(remove_configuration, told, one) == {"gone"}
    told.undo()
    assert read(told) == before
    assert faults(told) == []


def test_both_stores_replay_configurations(either: p3c.Study) -> None:
    name = link(either)
    edit_configuration(either, name, fields={"richness": "Reich, ja.", "activation": "weak"})
    set_aside(either, name, reason="So.")
    take_up(either, name)
    before = read(either)
    remove_configuration(either, name)
    either.undo()
    assert read(either) == before
    either.redo()
    assert not read(either).configurations
    assert faults(either) == []
