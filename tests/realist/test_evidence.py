"""Evidence: passages with what they do to a claim, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claim_kit import THEORY, claim, codes_of, either, element, faults, link, read, refused
from realist_kit import TEXTS, span

from p3c_qual.realist.building.evidence import add_evidence, edit_evidence, remove_evidence
from p3c_qual.realist.building.linking import RoleSpan, link_spans
from p3c_qual.realist.building.theories import write_theory

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["either"]

FELL = span("N2", "I trusted her, and still I fell.")


def test_a_passage_speaks_for_a_configuration_an_element_or_a_theory(told: p3c.Study) -> None:
    made = link(told)
    theory = write_theory(told, "Trust", **THEORY)
    out = element(told, made, "outcome")
    whole = add_evidence(told, *FELL, configuration="c1", role="contradicts", directness="explicit")
    part = add_evidence(
        told,
        *FELL,
        configuration=made,
        element=out,
        role="contradicts",
        absent=True,
        elicited="probed",
        remark=" She fell. ",
    )
    loose = add_evidence(told, *FELL, theory="trust", role="rival")
    found = {each.id: each for each in claim(told, made).evidence}
    assert found[whole].quote == "I trusted her, and still I fell."
    assert (found[whole].element, found[part].element) == (None, out)
    assert (found[part].absent, found[part].elicited, found[part].remark) == (
        True,
        "probed",
        "She fell.",
    )
    (only,) = read(told).loose
    assert (only.id, only.theory, only.role, only.configuration) == (loose, theory, "rival", None)


def test_the_same_passage_in_the_same_role_is_there_once(told: p3c.Study) -> None:
    made = link(told)
    first = add_evidence(told, *FELL, configuration=made)
    count = len(claim(told, made).evidence)
    assert add_evidence(told, *FELL, configuration="c1") == first
    assert len(claim(told, made).evidence) == count
    other = add_evidence(told, *FELL, configuration=made, role="contradicts")
    assert other != first
    remove_evidence(told, [first])
    again = add_evidence(told, *FELL, configuration=made)
    assert again not in (first, other)


def test_what_is_wrong_with_evidence_is_said_at_once(told: p3c.Study) -> None:
    made, other = link(told), link(told, ("outcome", "S2", "I sleep better now.", {}))
    write_theory(told, "Trust", **THEORY)
    foreign = element(told, other, "outcome")
    said = refused(
        add_evidence, told, "N9", 0, 5, role="supprts", elicited="asked", directness="sure"
    )
    for part in (
        "unknown source 'N9'",
        "evidence belongs to a configuration or to a theory. Name one of the two",
        "Did you mean 'supports'?",
        "'asked' is no way in which a passage was elicited",
        "'sure' is no directness",
    ):
        assert part in said
    assert "not both" in refused(add_evidence, told, *FELL, configuration="c1", theory="trust")
    assert "the element belongs to another configuration than c1" in refused(
        add_evidence, told, *FELL, configuration=made, element=foreign
    )
    assert codes_of(add_evidence, told, *FELL, configuration="c1", element="none") == {"gone"}
    assert "a theory has no elements" in refused(
        add_evidence, told, *FELL, theory="trust", element=foreign
    )
    assert "not said which element was not there" in refused(
        add_evidence, told, *FELL, configuration="c1", absent=True
    )
    end = len(TEXTS["N2"])
    assert "is not within the text" in refused(
        add_evidence, told, "N2", 3, end + 1, configuration="c1"
    )
    assert len(claim(told, made).evidence) == 4


def test_what_is_said_of_a_passage_is_changed_as_it_was_seen(told: p3c.Study) -> None:
    made = link(told)
    out = element(told, made, "outcome")
    name = add_evidence(told, *FELL, configuration=made, role="contradicts")
    fields = {"element": out, "absent": "yes", "resolution": "True of falls alone."}
    assert edit_evidence(told, name, fields=fields, was={"absent": "", "element": ""})
    assert not edit_evidence(told, name, fields=fields, was={"absent": "yes", "element": out})
    assert codes_of(edit_evidence, told, name, fields=fields, was={"absent": ""}) == {"stale"}
    found = next(each for each in claim(told, made).evidence if each.id == name)
    assert (found.absent, found.element, found.resolution) == (True, out, "True of falls alone.")
    assert "which element was not there" in refused(
        edit_evidence, told, name, fields={"element": ""}
    )
    assert "needs a role" in refused(edit_evidence, told, name, fields={"role": ""})
    assert "it is said to be absent, or not" in refused(
        edit_evidence, told, name, fields={"absent": "perhaps"}
    )
    assert edit_evidence(told, name, fields={"element": "", "absent": ""})


def test_only_of_what_speaks_against_it_is_decided_what_becomes_of_it(told: p3c.Study) -> None:
    made = link(told)
    name = add_evidence(told, *FELL, configuration=made)
    said = refused(edit_evidence, told, name, fields={"resolution": "No matter."})
    assert "only of a passage that contradicts" in said
    assert edit_evidence(told, name, fields={"resolution": "No matter.", "role": "rival"})
    # with one that supports there is nothing left to decide
    assert edit_evidence(told, name, fields={"role": "supports"})
    assert _resolution(told, made, name) == ""
    told.undo()
    assert _resolution(told, made, name) == "No matter."
    assert edit_evidence(told, name, fields={"role": "contradicts"})
    assert _resolution(told, made, name) == "No matter."


def _resolution(study: p3c.Study, made: str, name: str) -> str:
    (found,) = (each for each in claim(study, made).evidence if each.id == name)
    return found.resolution


def test_evidence_that_would_be_there_twice_is_refused(told: p3c.Study) -> None:
    made = link(told)
    out = element(told, made, "outcome")
    add_evidence(told, *FELL, configuration=made)
    second = add_evidence(told, *FELL, configuration=made, element=out)
    assert codes_of(edit_evidence, told, second, fields={"element": ""}) == {"repeat"}


def test_evidence_is_taken_away_all_or_none(told: p3c.Study) -> None:
    made = link(told)
    ids = [each.id for each in claim(told, made).evidence]
    assert codes_of(remove_evidence, told, [ids[0], "none"]) == {"gone"}
    assert "no evidence is named" in refused(remove_evidence, told, [])
    assert remove_evidence(told, ids[:2]) == 2
    assert "this evidence is gone: anna took it away" in refused(remove_evidence, told, ids)
    assert [each.id for each in claim(told, made).evidence] == ids[2:]
    told.undo()
    assert [each.id for each in claim(told, made).evidence] == ids


def test_both_stores_replay_evidence(either: p3c.Study) -> None:
    made = link(either)
    name = add_evidence(
        either, *FELL, configuration=made, element=element(either, made, "outcome"), absent=True
    )
    edit_evidence(either, name, fields={"remark": "Ihr Sturz.", "role": "contradicts"})
    before = read(either)
    remove_evidence(either, [name])
    either.undo()
    assert read(either) == before
    for each in before.configurations[made].evidence:
        source = next(key for key, text in TEXTS.items() if each.quote in text)
        assert TEXTS[source][each.start : each.end] == each.quote
    assert faults(either) == []


def test_what_is_said_anew_of_a_passage_that_is_there_is_not_passed_over(told: p3c.Study) -> None:
    made = link(told)
    out = element(told, made, "outcome")
    name = add_evidence(told, *FELL, configuration=made, element=out, remark="She fell.")
    more: list[tuple[dict[str, Any], str]] = [
        ({"absent": True}, "whether it says that the element was absent"),
        ({"remark": "She fell twice."}, "another remark"),
        ({"directness": "explicit"}, "another directness"),
    ]
    for said, what in more:
        assert what in refused(add_evidence, told, *FELL, configuration=made, element=out, **said)
    again = RoleSpan("outcome", *FELL, element=out, absent=True)
    assert codes_of(link_spans, told, [again], configuration=made) == {"repeat"}
    # the same once more changes nothing
    assert add_evidence(told, *FELL, configuration=made, element=out) == name
    assert [each.remark for each in claim(told, made).evidence if each.id == name] == ["She fell."]
