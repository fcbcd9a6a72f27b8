"""Linked coding: spans with their roles become one configuration in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim_kit import (
    THEORY,
    TRIAD,
    claim,
    codes_of,
    either,
    element,
    faults,
    link,
    read,
    refused,
    spans,
)
from realist_kit import span

from p3c_qual.coding.names import ids_by_key
from p3c_qual.realist.building.configurations import set_aside
from p3c_qual.realist.building.linking import RoleSpan, link_spans
from p3c_qual.realist.building.mechanisms import name_mechanism
from p3c_qual.realist.building.theories import write_theory

if TYPE_CHECKING:
    import p3c_qual as p3c

__all__ = ["either"]


def test_four_spans_form_a_configuration_in_one_act(told: p3c.Study) -> None:
    before = len(told.log(limit=100))
    made = link(told)
    assert len(told.log(limit=100)) == before + 1
    found = claim(told, made)
    assert [(each.role, each.text) for each in found.elements] == [
        ("context", ""),
        ("resource", ""),
        ("reasoning", "trust"),
        ("outcome", ""),
    ]
    assert [each.quote for each in found.evidence] == [words for _, _, words, _ in TRIAD]
    assert found.label == "I have not been in hospital"
    assert found.elements[3].direction == "improves"
    with told.store.read() as connection:
        assert found.programme == ids_by_key(connection, "programme")["north"]
        assert found.coder == ids_by_key(connection, "coder")["anna"]
    told.undo()
    assert not read(told).configurations
    told.redo()
    assert claim(told, made) == found


def test_a_label_is_made_of_whole_words_of_the_outcome_or_of_the_first_span(
    told: p3c.Study,
) -> None:
    long = "She came each week with time. I trusted her, and still I fell. Nothing got better."
    first = link(told, ("resource", "N2", long, {}))
    assert claim(told, first).label == "She came each week with time. I trusted her, and still I"
    both = link(
        told,
        ("resource", "S2", "She sat down with me", {}),
        ("outcome", "S2", "I sleep better now.", {"text": "better sleep"}),
    )
    assert claim(told, both).label == "better sleep"
    named = link(told, label="Known", programme="south", theory="", mechanism="")
    assert claim(told, named).label == "Known"
    with told.store.read() as connection:
        assert claim(told, named).programme == ids_by_key(connection, "programme")["south"]


def test_a_second_voice_of_an_element_makes_no_second_element(told: p3c.Study) -> None:
    made = link(
        told,
        ("resource", "N2", "She came each week with time.", {"text": "time"}),
        ("resource", "S2", "She sat down with me and had time.", {"element": "#1"}),
        ("outcome", "S2", "I sleep better now.", {}),
        ("outcome", "N2", "Nothing got better.", {"element": "#3", "evidence_role": "contradicts"}),
    )
    found = claim(told, made)
    assert [each.role for each in found.elements] == ["resource", "outcome"]
    assert len(found.voices(found.elements[0].id)) == 2
    assert [each.role for each in found.voices(found.elements[1].id)] == ["contradicts", "supports"]
    two = link(
        told,
        ("context", "N1", "On the hill", {}),
        ("context", "N1", "everyone knows everyone", {}),
    )
    assert len(claim(told, two).elements) == 2


def test_spans_are_added_to_a_configuration_and_its_elements(told: p3c.Study) -> None:
    made = link(told)
    time = element(told, made, "resource")
    said = spans(
        ("resource", "S2", "She sat down with me and had time.", {"element": time}),
        ("context", "S2", "In town nobody knows anybody.", {"element": "", "absent": True}),
        ("resource", "N2", "She came each week with time.", {"element": "#1"}),
    )
    assert link_spans(told, said, configuration="c1") == made
    found = claim(told, made)
    assert len(found.elements) == 5
    assert len(found.voices(time)) == 3
    assert len(read(told).configurations) == 1
    # the same passages once more change nothing
    assert link_spans(told, said, configuration=made) == made
    assert claim(told, made) == found


def test_a_span_may_serve_several_configurations(told: p3c.Study) -> None:
    one, two = link(told), link(told)
    assert claim(told, one).key != claim(told, two).key
    assert len(claim(told, two).evidence) == 4


def test_all_that_is_wrong_is_said_with_the_number_of_the_span(told: p3c.Study) -> None:
    assert "no span is selected" in refused(link_spans, told, [])
    other = link(told)
    foreign = element(told, other, "outcome")
    said = refused(
        link_spans,
        told,
        [
            RoleSpan("outcom", *span("N1", "On the hill")),
            RoleSpan("context", "N9", 0, 3),
            RoleSpan("context", "N1", 5, 5),
            RoleSpan("context", *span("N1", "On the hill"), direction="improves"),
            RoleSpan("context", *span("N2", "We have no bus."), element="#19"),
            RoleSpan("context", *span("N2", "We have"), element="#6"),
            RoleSpan("resource", *span("N2", "with time"), element="#4"),
            RoleSpan("outcome", *span("N2", "still I fell"), element=foreign),
            RoleSpan("outcome", *span("N2", "I fell"), element="none"),
            RoleSpan("context", *span("N1", "On the hill"), text="a hill", evidence_role="for"),
            RoleSpan("actor", *span("N2", "She"), elicited="x", directness="y"),
            RoleSpan("actor", *span("N2", "She")),
        ],
        theory="nil",
    )
    for part in (
        "span 1: 'outcom' is no role of an element. Did you mean 'outcome'?",
        "span 2: unknown source 'N9'",
        "span 3: the span 5-5 is not within the text",
        "span 4: a context has no direction",
        "span 5: there is no span 19",
        "span 6: span 6 has no element of its own",
        "span 7: its element is a context, not a resource",
        "span 8: the element belongs to another configuration",
        "span 9: there is no such element",
        "span 10: 'for' is no role of evidence",
        "span 11: 'x' is no way in which",
        "span 11: 'y' is no directness",
        "span 12: it is the same passage in the same role as span 11",
        "there is no theory 'nil'",
    ):
        assert part in said, part
    assert len(read(told).configurations) == 1


def test_the_words_of_an_element_are_not_changed_by_linking(told: p3c.Study) -> None:
    made = link(told)
    voice = spans(
        (
            "reasoning",
            "N2",
            "I trusted her",
            {"element": element(told, made, "reasoning"), "text": "faith"},
        )
    )
    assert "span 1: its element has another text" in refused(
        link_spans, told, voice, configuration=made
    )


def test_what_a_configuration_says_already_is_not_written_over(told: p3c.Study) -> None:
    write_theory(told, "Trust", **THEORY)
    write_theory(told, "Time", **THEORY)
    name_mechanism(told, "Being heard")
    made = link(told, label="Known")
    more = spans(("actor", "N1", "The nurse", {}))
    link_spans(told, more, configuration=made, theory="trust", mechanism="being_heard")
    assert claim(told, made).theory is not None
    said = refused(link_spans, told, more, configuration=made, theory="time", label="Other")
    assert "c1 has another theory already" in said
    assert "c1 has another label already" in said
    assert link_spans(told, more, configuration=made, theory="trust", label="Known") == made


def test_nothing_is_linked_to_what_does_not_stand_or_is_gone(told: p3c.Study) -> None:
    made = link(told)
    set_aside(told, made, reason="Thin.")
    assert codes_of(link_spans, told, spans(*TRIAD), configuration=made) == {"closed"}
    assert codes_of(link_spans, told, spans(*TRIAD), configuration="c9") == {"gone"}


def test_an_act_that_comes_twice_is_done_once(told: p3c.Study) -> None:
    name = "018f3c5e-7b1d-7c3a-9f10-2a5b6c7d8e9f"
    link(told, id=name)
    assert codes_of(link_spans, told, spans(*TRIAD), id=name) == {"done"}
    assert len(read(told).configurations) == 1


def test_both_stores_replay_linked_coding(either: p3c.Study) -> None:
    made = link(either)
    before = read(either)
    either.undo()
    assert not read(either).configurations
    either.redo()
    assert read(either) == before
    assert list(before.configurations) == [made]
    assert faults(either) == []
