"""Programme theories: written, refined, put in one another's place, and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claim_kit import THEORY, cases, claim, codes_of, either, faults, link, read, refused
from realist_kit import span

from p3c_qual.realist.building.configurations import (
    edit_configuration,
    make_configuration,
    set_aside,
)
from p3c_qual.realist.building.evidence import add_evidence
from p3c_qual.realist.building.inferences import write_inference
from p3c_qual.realist.building.mechanisms import edit_mechanism, name_mechanism, remove_mechanism
from p3c_qual.realist.building.theories import (
    edit_theory,
    refine_theory,
    remove_theory,
    supersede,
    write_theory,
)

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["either"]


def log_search(study: p3c.Study, configuration: str) -> None:
    """Log a search for negative cases that found none, as the library writes it."""
    with study.act("look for negative cases") as act:
        act.insert(
            "negative_search",
            [{"configuration": configuration, "kind": "context_without_outcome"}],
        )


@pytest.fixture
def theory(told: p3c.Study) -> str:
    """Return a theory of the north."""
    return write_theory(told, "Time builds trust", **THEORY, programme="north", origin="policy")


def test_a_theory_has_a_key_of_its_label_and_begins_as_initial(told: p3c.Study) -> None:
    first = write_theory(told, " Time builds trust ", **THEORY, programme="north")
    second = write_theory(told, "Time builds trust", **THEORY)
    found = read(told).theories
    assert [found[name].key for name in (first, second)] == [
        "time_builds_trust",
        "time_builds_trust_2",
    ]
    one = found[first]
    assert (one.label, one.status, one.version) == ("Time builds trust", "initial", 0)
    assert (one.if_, one.then_, one.because) == tuple(THEORY.values())


def test_a_theory_of_another_script_has_a_key_all_the_same(told: p3c.Study) -> None:
    name = write_theory(told, "الثقة", if_="ا", then_="ب", because="ج")
    assert read(told).theories[name].key == "theory"


def test_what_a_theory_lacks_is_said_at_once(told: p3c.Study) -> None:
    said = refused(
        write_theory, told, " ", if_="", then_="", because=" ", level="high", programme="nort"
    )
    for part in ("a label", "its if", "its then", "its because"):
        assert f"a theory needs {part}" in said
    assert "'high' is no level of a theory" in said
    assert "there is no programme 'nort'" in said
    assert "'north'" in said
    assert not read(told).theories
    assert "cannot be a key" in refused(write_theory, told, "T", **THEORY, key="Big One")
    write_theory(told, "T", **THEORY, key="one")
    assert "there is a theory 'one' already" in refused(
        write_theory, told, "T", **THEORY, key="one"
    )


def test_a_theory_is_refined_and_the_one_before_stays_as_it_was(
    told: p3c.Study, theory: str
) -> None:
    new = {**THEORY, "if_": "a nurse has time and is known"}
    second = refine_theory(told, theory, **new, change="Only where she is known.")
    third = refine_theory(told, "time_builds_trust_1", **new, change="Again.", label="Being known")
    found = read(told)
    assert [each.id for each in found.chain(second)] == [theory, second, third]
    assert [each.version for each in found.chain(theory)] == [0, 1, 2]
    assert [each.key for each in found.chain(third)] == [
        "time_builds_trust",
        "time_builds_trust_1",
        "time_builds_trust_2",
    ]
    assert found.theories[second].label == "Time builds trust"
    assert found.theories[second].programme == found.theories[theory].programme
    assert found.theories[theory].if_ == THEORY["if_"]
    assert found.theories[second].change == "Only where she is known."


def test_a_refinement_says_what_changed_and_is_of_the_latest(told: p3c.Study, theory: str) -> None:
    assert "needs its change" in refused(refine_theory, told, theory, **THEORY, change=" ")
    refine_theory(told, theory, **THEORY, change="So.", label="Later")
    said = refused(refine_theory, told, theory, **THEORY, change="Or so.")
    assert "'Later' has taken the place of 'Time builds trust' already" in said
    assert codes_of(refine_theory, told, theory, **THEORY, change="Or so.") == {"superseded"}


def test_a_theory_does_not_take_its_own_place_or_that_of_one_it_led_to(
    told: p3c.Study, theory: str
) -> None:
    # said once, also of one whose place another has taken
    assert codes_of(supersede, told, theory, theory) == {"itself"}
    assert "has taken the place" not in refused(supersede, told, theory, theory)
    second = refine_theory(told, theory, **THEORY, change="So.", label="Second")
    third = refine_theory(told, second, **THEORY, change="So.", label="Third")
    assert "cycle" in codes_of(supersede, told, theory, third)
    said = refused(supersede, told, theory, third)
    assert "'Time builds trust' cannot take the place of 'Third', which it led to" in said
    other = write_theory(told, "Other", **THEORY)
    assert codes_of(supersede, told, other, second) == {"superseded"}
    assert supersede(told, other, third, change="Simpler.")
    assert read(told).theories[other].version == 3
    assert not supersede(told, other, third)
    assert supersede(told, other, "")
    assert read(told).theories[other].version == 0
    assert read(told).theories[other].change == ""


def test_a_theory_is_refined_once_negative_cases_were_looked_for(
    told: p3c.Study, theory: str
) -> None:
    second = refine_theory(told, theory, **THEORY, change="So.")
    claimed = make_configuration(told, theory=theory)
    for name in (theory, second):
        assert codes_of(edit_theory, told, name, fields={"status": "refined"}) == {"unsearched"}
    assert codes_of(refine_theory, told, second, **THEORY, change="x", status="refined") == {
        "unsearched"
    }
    log_search(told, claimed)
    set_aside(told, claimed, reason="Too thin.")
    assert codes_of(edit_theory, told, second, fields={"status": "refined"}) == {"unsearched"}
    told.undo()
    # a search on a version before counts
    assert edit_theory(told, second, fields={"status": "refined"})
    assert edit_theory(told, theory, fields={"status": "refined"})
    third = refine_theory(told, second, **THEORY, change="More.", status="refined")
    assert read(told).theories[third].status == "refined"


def test_a_later_search_does_not_make_an_earlier_version_refined(
    told: p3c.Study, theory: str
) -> None:
    second = refine_theory(told, theory, **THEORY, change="So.")
    log_search(told, make_configuration(told, theory=second))
    assert codes_of(edit_theory, told, theory, fields={"status": "refined"}) == {"unsearched"}
    assert edit_theory(told, second, fields={"status": "refined"})


def test_a_theory_that_somebody_changed_meanwhile_is_not_written_over(
    told: p3c.Study, theory: str
) -> None:
    assert edit_theory(
        told, theory, fields={"label": "Trust", "key": "trust", "level": "middle_range"}
    )
    assert not edit_theory(told, "trust", fields={"label": "Trust"})
    was = {"label": "Time builds trust"}
    assert codes_of(edit_theory, told, theory, fields={"label": "T"}, was=was) == {"stale"}
    said = refused(edit_theory, told, theory, fields={"because": "", "colour": "red", "key": ""})
    assert "needs its because" in said
    assert "no field 'colour'" in said
    assert "needs a key" in said


def test_a_theory_is_taken_away_and_what_it_held_stays_or_is_counted(
    told: p3c.Study, theory: str
) -> None:
    second = refine_theory(told, theory, **THEORY, change="So.")
    third = refine_theory(told, second, **THEORY, change="So.")
    tested = link(told, theory=second)
    add_evidence(told, *span("plan", "Admissions fall."), theory=second)
    write_inference(told, "abduction", observed="A surprise.", theory=second)
    before = read(told)
    assert remove_theory(told, second) == {"evidence": 1, "configurations": 1}
    found = read(told)
    assert [each.id for each in found.chain(third)] == [theory, third]
    assert claim(told, tested).theory is None
    assert found.loose == ()
    assert found.inferences[0].theory is None
    assert cases(told) == []
    assert codes_of(remove_theory, told, second) == {"gone"}
    assert "this theory is gone: anna took it away" in refused(remove_theory, told, second)
    told.undo()
    assert read(told) == before


def test_a_mechanism_is_named_once_and_its_configurations_outlive_it(told: p3c.Study) -> None:
    name = name_mechanism(told, "Trust", definition="To rely on her.")
    assert "there is a mechanism 'trust' already" in refused(name_mechanism, told, "trust")
    assert "needs a label" in refused(name_mechanism, told, "")
    made = link(told, mechanism="trust")
    assert edit_mechanism(told, "trust", fields={"label": "Being trusted"}, was={"label": "Trust"})
    stale = {"label": "Trust"}
    assert codes_of(edit_mechanism, told, name, fields={"label": "T"}, was=stale) == {"stale"}
    assert remove_mechanism(told, name) == 1
    assert claim(told, made).mechanism is None
    assert codes_of(remove_mechanism, told, name) == {"gone"}
    told.undo()
    assert claim(told, made).mechanism == name


def test_both_stores_replay_theories_and_their_undoing(either: p3c.Study) -> None:
    first = write_theory(either, "Zeit schafft Vertrauen", if_="ا", then_="b", because="c")
    second = refine_theory(either, first, **THEORY, change="So.")
    edit_theory(either, second, fields={"programme": "south", "status": "set_aside"})
    edit_configuration(either, make_configuration(either, theory=second), fields={"theory": first})
    before = read(either)
    supersede(either, second, "")
    remove_theory(either, first)
    either.undo()
    either.undo()
    assert read(either) == before
    either.redo()
    assert read(either).theories[second].version == 0
    assert faults(either) == []
