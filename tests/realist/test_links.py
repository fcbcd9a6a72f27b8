"""Configurations are nested in others, and outcomes become contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim_kit import claim, codes_of, either, element, faults, link, read, refused

from p3c_qual.realist.building.configurations import make_configuration, set_aside, take_up
from p3c_qual.realist.building.elements import NewElement, edit_element
from p3c_qual.realist.building.links import chain, nest, unlink, wholes

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["either"]


def three(study: p3c.Study) -> list[str]:
    return [link(study) for _ in range(3)]


def test_a_configuration_is_part_of_one_whole(told: p3c.Study) -> None:
    one, two, other = three(told)
    name = nest(told, "c1", "c2", reason="Micro within meso.")
    assert nest(told, one, two) == name
    (found,) = read(told).links
    assert (found.relation, found.configuration, found.other) == ("part_of", one, two)
    assert (found.reason, found.counts) == ("Micro within meso.", True)
    assert codes_of(nest, told, one, other) == {"second"}
    assert "c1 is part of c2 already" in refused(nest, told, one, other)
    unlink(told, name)
    assert nest(told, one, other) != name
    with told.store.read() as connection:
        assert wholes(connection) == {one: other}


def test_a_cycle_of_nesting_is_refused(told: p3c.Study) -> None:
    one, two, other = three(told)
    assert codes_of(nest, told, one, one) == {"itself"}
    nest(told, one, two)
    nest(told, two, other)
    assert codes_of(nest, told, other, one) == {"cycle"}
    assert "c1 is part of c3 already, so that c3 cannot be part of c1" in refused(
        nest, told, other, one
    )
    assert codes_of(nest, told, "c8", "c9") == {"gone"}
    assert len(read(told).links) == 2


def test_an_outcome_becomes_a_context_that_is_made_where_there_is_none(told: p3c.Study) -> None:
    one, two, _ = three(told)
    out = element(told, one, "outcome")
    name = chain(told, one, two, outcome=out, reason="So she came back.")
    found = claim(told, two)
    made = found.of_role("context")[-1]
    assert made.text == "I have not been in hospital"
    (tie,) = read(told).links
    assert (tie.outcome, tie.context) == (out, made.id)
    # a second time it is there, with its context
    assert chain(told, one, two, outcome=out) == name
    assert claim(told, two) == found
    unlink(told, name)
    assert claim(told, two) == found
    assert chain(told, one, two, outcome=out) != name
    assert claim(told, two) == found


def test_a_context_that_is_there_is_taken(told: p3c.Study) -> None:
    one, two, _ = three(told)
    there = element(told, two, "context")
    edit_element(told, element(told, one, "outcome"), fields={"text": "At  Home"})
    edit_element(told, there, fields={"text": "at home"})
    chain(told, one, two, outcome=element(told, one, "outcome"))
    chain(
        told, two, one, outcome=element(told, two, "outcome"), context=element(told, one, "context")
    )
    assert {each.context for each in read(told).links} == {there, element(told, one, "context")}
    # a circle of chains is a feedback loop, and counts
    assert [each.counts for each in read(told).links] == [True, True]


def test_an_outcome_that_leads_to_itself_is_refused(told: p3c.Study) -> None:
    one, two, _ = three(told)
    out = element(told, one, "outcome")
    assert codes_of(chain, told, one, one, outcome=out) == {"itself"}
    said = refused(chain, told, one, one, outcome=out)
    assert "an outcome of c1 cannot lead into c1 itself" in said
    assert "itself" in codes_of(chain, told, one, two, outcome=out, context=out)
    foreign = element(told, two, "outcome")
    assert "the outcome belongs to another configuration than c1" in refused(
        chain, told, one, two, outcome=foreign
    )
    assert "is no outcome" in refused(chain, told, one, two, outcome=element(told, one, "context"))
    assert "is no context" in refused(chain, told, one, two, outcome=out, context=foreign)
    assert "not said which outcome of c1" in refused(chain, told, one, two, outcome="")
    assert codes_of(chain, told, one, two, outcome="none") == {"gone"}
    assert read(told).links == ()


def test_an_outcome_without_words_makes_no_context(told: p3c.Study) -> None:
    one = make_configuration(told, elements=[NewElement("outcome")])
    two = link(told)
    out = element(told, one, "outcome")
    assert "has no words yet" in refused(chain, told, one, two, outcome=out)
    assert len(claim(told, two).elements) == 4
    assert chain(told, one, two, outcome=out, context=element(told, two, "context"))


def test_links_count_while_both_ends_stand(told: p3c.Study) -> None:
    one, two, other = three(told)
    nest(told, one, two)
    set_aside(told, two, reason="Thin.")
    assert [each.counts for each in read(told).links] == [False]
    assert codes_of(nest, told, one, two) == {"closed"}
    nest(told, one, other)
    take_up(told, two)
    # the older nesting counts again
    assert {each.other: each.counts for each in read(told).links} == {two: True, other: False}
    assert told.conflicts()["case"].tolist() == ["two wholes"]


def test_a_link_that_is_gone_is_said_with_who_took_it(told: p3c.Study) -> None:
    one, two, _ = three(told)
    name = nest(told, one, two)
    unlink(told, name)
    assert "this link is gone: anna took it away" in refused(unlink, told, name)
    told.undo()
    assert len(read(told).links) == 1


def test_both_stores_replay_links(either: p3c.Study) -> None:
    one, two, other = three(either)
    nest(either, one, other)
    name = chain(either, one, two, outcome=element(either, one, "outcome"), reason="Weil.")
    before = read(either)
    unlink(either, name)
    either.undo()
    assert read(either) == before
    either.undo()
    assert len(claim(either, two).elements) == 4
    assert faults(either) == []
