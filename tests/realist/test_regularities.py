"""Demi-regularities over configurations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim_kit import cases, codes_of, either, faults, link, read, refused

from p3c_qual.realist.building.configurations import remove_configuration, set_aside
from p3c_qual.realist.building.mechanisms import name_mechanism, remove_mechanism
from p3c_qual.realist.building.regularities import (
    add_instance,
    edit_instance,
    edit_regularity,
    remove_instance,
    remove_regularity,
    state_regularity,
)

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["either"]


def test_a_pattern_is_stated_over_configurations(told: p3c.Study) -> None:
    one, two = link(told), link(told)
    mechanism = name_mechanism(told, "Trust")
    made = state_regularity(
        told,
        "Time builds trust",
        statement="Where a nurse has time, people say more.",
        mechanism="trust",
        configurations=[one, "c2", "c1"],
    )
    found = read(told).regularities[made]
    assert (found.key, found.mechanism) == ("time_builds_trust", mechanism)
    assert sorted(each.configuration for each in found.instances) == sorted([one, two])
    assert {each.role for each in found.instances} == {"supports"}
    remove_mechanism(told, mechanism)
    assert read(told).regularities[made].mechanism is None


def test_what_is_wrong_with_a_pattern_is_said_at_once(told: p3c.Study) -> None:
    said = refused(state_regularity, told, "", mechanism="x", key="A B", configurations=["c7"])
    for part in (
        "a demi-regularity needs a label",
        "there is no mechanism 'x'",
        "'A B' cannot be a key",
        "there is no configuration 'c7'",
    ):
        assert part in said
    assert not read(told).regularities


def test_a_configuration_is_under_a_pattern_once_for_it_or_against_it(told: p3c.Study) -> None:
    one = link(told)
    state_regularity(told, "Trust")
    name = add_instance(told, "trust", one, role="contradicts", reason=" She fell. ")
    assert add_instance(told, "trust", "c1", role="contradicts") == name
    assert codes_of(add_instance, told, "trust", one) == {"repeat"}
    assert edit_instance(told, name, fields={"role": "supports", "reason": ""})
    assert not edit_instance(told, name, fields={"role": "supports"})
    assert codes_of(
        edit_instance, told, name, fields={"reason": "x"}, was={"role": "contradicts"}
    ) == {"stale"}
    assert "'rival'" in refused(edit_instance, told, name, fields={"role": "rival"})
    remove_instance(told, name)
    assert codes_of(remove_instance, told, name) == {"gone"}
    assert add_instance(told, "trust", one) != name
    set_aside(told, one, reason="Thin.")
    remove_configuration(told, one)
    assert cases(told) == []
    said = refused(add_instance, told, "trst", "c1", role="rival")
    assert "Did you mean 'trust'?" in said
    assert "there is no configuration 'c1'" in said or "this configuration is gone" in said
    assert "not 'rival'" in said


def test_a_pattern_is_changed_and_taken_away_with_its_instances(told: p3c.Study) -> None:
    one = link(told)
    made = state_regularity(told, "Trust", configurations=[one])
    fields = {"label": "Being known", "key": "known", "statement": "Where they are known."}
    assert edit_regularity(told, made, fields=fields, was={"label": "Trust"})
    assert not edit_regularity(told, "known", fields=fields)
    said = refused(edit_regularity, told, made, fields={"label": "", "key": "", "size": "1"})
    for part in ("needs a label", "needs a key", "no field 'size'"):
        assert part in said
    stale = {"label": "Trust"}
    assert codes_of(edit_regularity, told, made, fields={"label": "x"}, was=stale) == {"stale"}
    before = read(told)
    assert remove_regularity(told, made) == 1
    assert codes_of(remove_regularity, told, made) == {"gone"}
    told.undo()
    assert read(told) == before


def test_both_stores_replay_patterns(either: p3c.Study) -> None:
    made = state_regularity(either, "Vertrauen", configurations=[link(either)])
    before = read(either)
    remove_regularity(either, made)
    either.undo()
    assert read(either) == before
    assert faults(either) == []
