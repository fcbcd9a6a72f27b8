"""The elements of configurations: what each role has, and what goes with an element."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claim_kit import cases, claim, codes_of, either, element, faults, link, read, refused
from realist_kit import span

from p3c_qual.realist.building.elements import NewElement, add_element, edit_element, remove_element
from p3c_qual.realist.building.evidence import add_evidence, edit_evidence
from p3c_qual.realist.building.links import chain

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["either"]


@pytest.mark.parametrize(
    ("role", "name", "value"),
    [
        ("resource", "layer", "individual"),
        ("outcome", "layer", "individual"),
        ("context", "direction", "improves"),
        ("reasoning", "timing", "distal"),
        ("actor", "intended", "intended"),
        ("intervention", "domain", "patient"),
    ],
)
def test_a_property_of_another_role_is_refused(
    told: p3c.Study, role: str, name: str, value: str
) -> None:
    made = link(told)
    said = refused(add_element, told, made, NewElement(role, "x", **{name: value}))
    owner = "a context" if name == "layer" else "an outcome"
    article = "an" if role[0] in "aio" else "a"
    assert f"{article} {role} has no {name}; only {owner} has one" in said
    wrong = refused(add_element, told, made, NewElement("outcome", "x", direction="imporves"))
    assert "Did you mean 'improves'?" in wrong


def test_an_element_belongs_to_a_code_by_any_of_its_names(told: p3c.Study) -> None:
    made = link(told)
    full = "selfie:workforce"
    names = [full, "workforce"]
    ids = [add_element(told, made, NewElement("context", name, code=name)) for name in names]
    found = {each.id: each.code for each in claim(told, made).elements}
    assert found[ids[0]] == found[ids[1]] is not None
    third = add_element(told, made, NewElement("context", "x", code=str(found[ids[0]])))
    assert {e.id: e.code for e in claim(told, made).elements}[third] == found[ids[0]]
    assert "unknown code" in refused(add_element, told, made, NewElement("context", code="nil"))


def test_an_element_that_takes_another_role_loses_what_only_the_old_one_had(
    told: p3c.Study,
) -> None:
    made = link(told)
    out = element(told, made, "outcome")
    assert edit_element(told, out, fields={"domain": "patient", "text": "stays at home"})
    assert edit_element(told, out, fields={"role": "context", "layer": "individual"})
    found = next(each for each in claim(told, made).elements if each.id == out)
    assert (found.role, found.layer, found.direction, found.domain) == (
        "context",
        "individual",
        "",
        "",
    )
    assert found.text == "stays at home"
    said = refused(edit_element, told, out, fields={"direction": "improves", "size": "1"})
    assert "a context has no direction" in said
    assert "no field 'size'" in said
    assert "'outcom' is no role" in refused(edit_element, told, out, fields={"role": "outcom"})


def test_an_element_that_ties_a_chain_keeps_its_role(told: p3c.Study) -> None:
    one, two = link(told), link(told, ("context", "S2", "In town nobody knows anybody.", {}))
    out = element(told, one, "outcome")
    chain(told, one, two, outcome=out)
    assert codes_of(edit_element, told, out, fields={"role": "context"}) == {"tied"}
    assert edit_element(told, out, fields={"text": "at home"})


def test_an_element_that_somebody_changed_meanwhile_is_not_written_over(told: p3c.Study) -> None:
    name = element(told, link(told), "reasoning")
    assert edit_element(told, name, fields={"text": "being known"}, was={"text": "trust"})
    stale = {"text": "trust"}
    assert codes_of(edit_element, told, name, fields={"text": "x"}, was=stale) == {"stale"}
    remove_element(told, name)
    assert codes_of(edit_element, told, name, fields={"text": "x"}) == {"gone"}
    assert "this element is gone: anna took it away" in refused(remove_element, told, name)


def test_an_element_goes_and_its_evidence_stays_on_the_configuration(told: p3c.Study) -> None:
    one, two = link(told), link(told, ("context", "S2", "In town nobody knows anybody.", {}))
    out = element(told, one, "outcome")
    add_evidence(told, *span("N2", "still I fell"), configuration=one, element=out, absent=True)
    chain(told, one, two, outcome=out)
    before = read(told)
    assert remove_element(told, out) == {"evidence": 2, "links": 1}
    found = claim(told, one)
    assert [each.role for each in found.elements] == ["context", "resource", "reasoning"]
    assert len(found.evidence) == 5
    (absent,) = (each for each in found.evidence if each.absent)
    assert absent.element is None
    assert read(told).links == ()
    # what it said was absent is gone; a remark may be written all the same
    assert edit_evidence(told, absent.id, fields={"remark": "Of the outcome."})
    assert cases(told) == []
    told.undo()
    told.undo()
    assert read(told) == before


def test_both_stores_replay_elements(either: p3c.Study) -> None:
    made = link(either)
    name = add_element(either, made, NewElement("actor", "die Pflegerin", level="meso"))
    edit_element(either, name, fields={"role": "outcome", "timing": "proximal"})
    before = read(either)
    remove_element(either, name)
    either.undo()
    assert read(either) == before
    assert [each.role for each in before.configurations[made].elements][-1] == "outcome"
    assert faults(either) == []
