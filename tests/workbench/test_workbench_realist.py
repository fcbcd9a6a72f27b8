"""What the server does and answers of theories, configurations and their evidence."""

from __future__ import annotations

import inspect
import uuid
from dataclasses import fields
from typing import Any

import pytest
from realist_kit import span, told
from sqlalchemy import select

import p3c_qual as p3c
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import on_realist, realist
from p3c_qual.workbench import wire_realist as wire
from p3c_qual.workbench.changes import changes_since
from p3c_qual.workbench.state import last_event
from p3c_qual.workbench.verbs import VERBS, run

__all__ = ["told"]

TRIAD = (
    ("context", "S2", "In town nobody knows anybody."),
    ("resource", "S2", "She sat down with me and had time."),
    ("reasoning", "S2", "I could say it at last."),
    ("outcome", "S2", "I sleep better now."),
)


def do(study: p3c.Study, verb: str, **args: Any) -> Any:
    return run(study, verb, str(uuid.uuid4()), args)


def refused(study: p3c.Study, verb: str, **args: Any) -> list[str]:
    with pytest.raises(p3c.P3CError) as caught:
        do(study, verb, **args)
    return [each.code for each in caught.value.problems]


def source_id(study: p3c.Study, key: str) -> str:
    table = ROWS["source"]
    with study.store.read() as connection:
        return str(connection.scalar(select(table.c.id).where(table.c.key == key)))


def spans(study: p3c.Study, *said: tuple[str, str, str], **more: Any) -> list[dict[str, Any]]:
    """Return spans as the front end sends them."""
    found = []
    for role, key, words in said:
        _, start, end = span(key, words)
        found.append({"role": role, "source": source_id(study, key), "start": start, "end": end})
    found[-1] |= more
    return found


def card(study: p3c.Study, name: str) -> wire.ConfigurationRow:
    (found,) = realist.configuration_rows(study, [name])
    return found


def cursor(study: p3c.Study) -> int:
    with study.store.read() as connection:
        return last_event(connection)


@pytest.fixture
def made(told: p3c.Study) -> str:
    """Link a triad, and return its id."""
    return str(do(told, "link_spans", spans=spans(told, *TRIAD, direction="improves")))


def test_every_verb_names_what_its_function_is_asked_with() -> None:
    for verb, (asked, _) in on_realist.DEEDS.items():
        function = getattr(p3c.realist, verb)
        known = inspect.signature(function).parameters
        assert {each.name for each in fields(asked)} <= known.keys(), verb
        assert "id" in known, verb
        assert VERBS[verb].args is asked


def test_spans_are_linked_in_one_act_and_undone_in_one(told: p3c.Study, made: str) -> None:
    row = card(told, made)
    assert (row.key, row.completeness, row.state) == ("c1", "triad", "")
    assert [(each.role, each.direction) for each in row.elements] == [
        ("context", ""),
        ("resource", ""),
        ("reasoning", ""),
        ("outcome", "improves"),
    ]
    assert [(each.key, each.who, each.types, each.kind) for each in row.evidence] == [
        ("S2", "S2", ["E"], "interview")
    ] * 4
    assert row.profile.interviewees == ["S2"]
    assert row.sentence == (
        "Where “In town nobody knows anybody”: “She sat down with me and had time”, so that "
        "“I could say it at last”, which leads to “I sleep better now” (improves)."
    )
    assert row.evidence[0].programme == row.programme != ""
    do(told, "undo")
    assert realist.configuration_rows(told, [made]) == []


def test_an_act_that_is_sent_again_is_answered_alike(told: p3c.Study) -> None:
    act, asked = str(uuid.uuid4()), {"spans": spans(told, *TRIAD)}
    first = run(told, "link_spans", act, asked)
    assert run(told, "link_spans", act, asked) == first
    assert len(realist.realist_state(told).configurations) == 1
    parts = [
        {"elements": [card(told, first).elements[0].id], "label": "one"},
        {"elements": [each.id for each in card(told, first).elements[1:]], "label": "other"},
    ]
    act, asked = str(uuid.uuid4()), {"configuration": first, "parts": parts}
    split = run(told, "split_configuration", act, asked)
    assert run(told, "split_configuration", act, asked) == split
    assert [card(told, each).split_from for each in split] == [first, first]
    assert card(told, first).state == "split"


def test_what_somebody_changed_since_is_not_written_over(told: p3c.Study, made: str) -> None:
    name = {"configuration": made}
    assert do(told, "edit_configuration", **name, fields={"rigour": "one account"}, was={})
    fields = {"rigour": "two accounts"}
    assert refused(told, "edit_configuration", **name, fields=fields, was={"rigour": ""}) == [
        "stale"
    ]
    assert do(told, "edit_configuration", **name, fields=fields, was={"rigour": "one account"})
    outcome = card(told, made).elements[-1]
    was = {"direction": "worsens"}
    said = {"element": outcome.id, "fields": {"direction": "mixed"}}
    assert refused(told, "edit_element", **said, was=was) == ["stale"]
    voice = card(told, made).evidence[0]
    said = {"evidence": voice.id, "fields": {"absent": "yes"}, "was": {"absent": ""}}
    assert do(told, "edit_evidence", **said)
    assert card(told, made).evidence[0].absent
    assert refused(told, "edit_evidence", **said | {"fields": {"absent": ""}}) == ["stale"]


def test_the_way_from_a_theory_over_a_search_to_its_next_version(
    told: p3c.Study, made: str
) -> None:
    theory = do(
        told, "write_theory", label="Time", if_="there is time", then_="they talk", because="trust"
    )
    named = do(told, "name_mechanism", label="Feeling heard")
    do(told, "edit_mechanism", mechanism=named, fields={"definition": "Somebody listens."})
    fields = {"theory": theory, "mechanism": named, "activation": "strong"}
    do(told, "edit_configuration", configuration=made, fields=fields)
    refine = {
        "theory": theory,
        "if_": "there is time and no bus",
        "then_": "they talk",
        "because": "trust",
        "change": "the bus",
        "status": "refined",
    }
    with pytest.raises(p3c.P3CError):
        do(told, "refine_theory", **refine)
    assert card(told, made).profile.contradicts == 0
    search = do(told, "search_negative", configuration=made, kind="context_without_outcome")
    found = realist.negative_state(told, search)
    assert (found.search.configuration, found.search.found, found.found) == (made, 0, [])
    do(told, "decide_search", search=search, decision="stands")
    newer = do(told, "refine_theory", **refine)
    state = realist.realist_state(told, cards=False)
    assert state.configurations == []
    assert {each.id: (each.version, each.supersedes) for each in state.theories} == {
        theory: (0, ""),
        newer: (1, theory),
    }
    assert [(each.id, each.decision) for each in state.searches] == [(search, "stands")]
    do(told, "supersede", theory=newer, other="")
    do(told, "edit_theory", theory=theory, fields={"origin": "policy"})
    do(told, "remove_theory", theory=newer)
    do(told, "remove_mechanism", mechanism=named)
    assert card(told, made).mechanism == ""


def test_a_negative_case_and_the_silent_are_told_apart(told: p3c.Study, made: str) -> None:
    context, outcome = (card(told, made).elements[at] for at in (0, -1))
    for words, element, more in (
        ("We have no bus.", context, {}),
        ("Nothing got better.", outcome, {"absent": True, "role": "contradicts"}),
    ):
        _, start, end = span("N2", words)
        place = {"source": source_id(told, "N2"), "start": start, "end": end}
        do(told, "add_evidence", **place, configuration=made, element=element.id, **more)
    _, start, end = span("N1", "On the hill everyone knows everyone.")
    place = {"source": source_id(told, "N1"), "start": start, "end": end}
    loose = do(told, "add_evidence", **place, configuration=made, element=context.id)
    search = do(told, "search_negative", configuration=made, kind="context_without_outcome")
    found = realist.negative_state(told, search)
    assert [(each.key, each.quote) for each in found.found] == [("N2", "Nothing got better.")]
    assert [(each.key, each.who, each.types) for each in found.silent] == [("N1", "N1", ["F"])]
    do(told, "remove_evidence", evidence=[loose])
    assert [each.key for each in realist.linked_state(told, "N2").spans] == ["c1", "c1"]
    assert realist.linked_state(told, "N1").spans == []


def test_configurations_are_built_tied_merged_and_set_aside(told: p3c.Study, made: str) -> None:
    elements = [{"role": "context", "text": "a new desk"}, {"role": "outcome", "text": "quicker"}]
    other = do(told, "make_configuration", label="Desk", elements=elements)
    added = do(
        told, "add_element", configuration=other, element={"role": "actor", "text": "nurses"}
    )
    do(told, "edit_element", element=added, fields={"text": "two nurses"})
    do(told, "remove_element", element=added)
    outcome = card(told, made).elements[-1].id
    chained = do(told, "chain", configuration=made, other=other, outcome=outcome)
    nested = do(told, "nest", configuration=other, into=made)
    links = {each.id: each.relation for each in realist.realist_state(told).links}
    assert links == {chained: "outcome_becomes_context", nested: "part_of"}
    do(told, "unlink", link=nested)
    pattern = do(told, "state_regularity", label="Time", configurations=[made])
    against = do(told, "add_instance", regularity=pattern, configuration=other, role="contradicts")
    do(told, "edit_instance", instance=against, fields={"reason": "no time there"})
    do(told, "edit_regularity", regularity=pattern, fields={"statement": "Time, then talk."})
    (row,) = realist.realist_state(told).regularities
    assert {each.configuration: each.role for each in row.instances} == {
        made: "supports",
        other: "contradicts",
    }
    do(told, "remove_instance", instance=against)
    do(told, "remove_regularity", regularity=pattern)
    thought = do(told, "write_inference", kind="retroduction", observed="sleep", configuration=made)
    do(told, "edit_inference", inference=thought, fields={"rival": "the season"})
    assert [each.rival for each in realist.realist_state(told).inferences] == ["the season"]
    do(told, "remove_inference", inference=thought)
    do(told, "set_aside", configuration=other, reason="too thin")
    assert card(told, other).state == "set_aside"
    do(told, "take_up", configuration=other)
    do(told, "unlink", link=chained)
    do(told, "merge_configurations", into=made, configurations=[other])
    assert card(told, other).merged_into == made
    do(told, "remove_configuration", configuration=made)


def test_the_logic_model_and_the_standards(told: p3c.Study, made: str) -> None:
    one, other = (do(told, "make_block", label=label) for label in ("Talk", "Health"))
    arrow = do(told, "draw_arrow", block=one, other=other)
    do(told, "edit_arrow", arrow=arrow, fields={"label": "helps"})
    do(told, "edit_block", block=one, fields={"label": "Talks"})
    do(told, "carry", arrow=arrow, configuration=made)
    state = realist.logic_state(told)
    assert [each.label for each in state.blocks] == ["Talks", "Health"]
    assert [(each.label, each.configurations, each.supporting) for each in state.arrows] == [
        ("helps", [made], 4)
    ]
    # the same words in a second configuration of the arrow are one passage
    again = do(told, "link_spans", spans=spans(told, TRIAD[0]))
    do(told, "carry", arrow=arrow, configuration=again)
    assert [each.supporting for each in realist.logic_state(told).arrows] == [4]
    do(told, "uncarry", arrow=arrow, configuration=made)
    do(told, "remove_arrow", arrow=arrow)
    do(told, "remove_block", block=one)
    do(told, "take_logic_model")
    assert len(realist.logic_state(told).arrows) > 1
    judged = {"standard": "rameses_quality", "item": 3, "note": "as searched"}
    do(told, "appraise", **judged, grade="good")
    (item,) = (
        each
        for each in realist.standards_state(told).items
        if (each.standard, each.item) == ("rameses_quality", 3)
    )
    assert (item.grade, item.note) == ("good", "as searched")
    seen = {"grade": "", "place": "", "note": ""}
    assert refused(told, "appraise", **judged, grade="adequate", was=seen) == ["stale"]


def test_a_change_names_the_cards_that_are_different(told: p3c.Study, made: str) -> None:
    other = do(told, "make_configuration", label="Desk", elements=[{"role": "outcome"}])
    since = cursor(told)
    element = card(told, made).elements[0]
    do(told, "edit_element", element=element.id, fields={"layer": "interpersonal"})
    delta = changes_since(told, since, "", others=False)
    assert (delta.claims, delta.touched, delta.gone) == ([made], [], [])

    since = cursor(told)
    do(told, "merge_configurations", into=other, configurations=[made])
    assert set(changes_since(told, since, "", others=False).claims) == {made, other}
    since = cursor(told)
    do(told, "undo")
    assert set(changes_since(told, since, "", others=False).claims) == {made, other}

    since = cursor(told)
    do(told, "remove_configuration", configuration=made)
    delta = changes_since(told, since, "", others=False)
    # where its passages stood before is named too, which costs a look and misses nothing
    assert made in delta.claims
    assert delta.gone == [made]


def test_a_change_names_the_tables_beside_the_cards(told: p3c.Study, made: str) -> None:
    since = cursor(told)
    theory = do(told, "write_theory", label="T", if_="a", then_="b", because="c")
    do(told, "name_mechanism", label="Trust")
    do(told, "state_regularity", label="Time", configurations=[made])
    do(told, "search_negative", configuration=made, kind="mechanism_with_opposite")
    do(told, "make_block", label="Talk")
    do(told, "appraise", standard="rameses_quality", item=1, grade="good")
    delta = changes_since(told, since, "", others=False)
    named = {"theory", "mechanism", "regularity", "instance", "negative_search", "block"}
    assert set(delta.touched) == named | {"appraisal"}
    # the passage that speaks of a theory as a whole stands on no card
    since = cursor(told)
    _, start, end = span("N1", "The nurse had time for a talk.")
    place = {"source": source_id(told, "N1"), "start": start, "end": end}
    do(told, "add_evidence", **place, theory=theory)
    delta = changes_since(told, since, "", others=False)
    assert (delta.claims, delta.touched) == ([], ["theory"])
    (row,) = realist.realist_state(told, cards=False).theories
    assert [each.quote for each in row.evidence] == ["The nurse had time for a talk."]


def test_some_cards_are_read_alone_and_say_what_they_say_among_all(
    told: p3c.Study, made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = do(told, "make_configuration", elements=[{"role": "outcome", "text": "sleep"}])
    bare = do(told, "make_configuration", elements=[{"role": "outcome", "text": "sleep"}])
    do(told, "write_inference", kind="retroduction", observed="sleep", configuration=other)
    rows = {each.id: each for each in realist.realist_state(told).configurations}
    codes = {name: {each.code for each in rows[name].faults} for name in (other, bare)}
    assert codes[bare] - codes[other] == {"incomplete"}
    read: list[object] = []
    real = realist.read_realist
    monkeypatch.setattr(
        realist, "read_realist", lambda *a, **k: read.append(real(*a, **k)) or read[-1]
    )
    assert realist.configuration_rows(told, [other, made]) == [rows[other], rows[made]]
    assert [set(each.configurations) for each in read] == [{other, made}]  # type: ignore[attr-defined]


def test_whoever_speaks_otherwise_is_told_of(told: p3c.Study, made: str) -> None:
    since = cursor(told)
    people = ROWS["interviewee"]
    with told.store.read() as connection:
        person = connection.scalar(select(people.c.id).where(people.c.key == "S2"))
    with told.act("another type") as act:
        act.update("interviewee", {person: {"stakeholder_types": ["F"]}})
    delta = changes_since(told, since, "", others=False)
    assert "interviewee" in delta.touched
    assert card(told, made).profile.stakeholder_types == ["F"]


def test_every_list_that_a_card_needs_is_sent(told: p3c.Study) -> None:
    lists = realist.realist_state(told).terms
    assert {"roles", "levels", "completeness", "searches", "decisions"} <= lists.keys()
    assert [each.label for each in lists["theory_statuses"]][:2] == ["Initial", "Being tested"]
    assert all(term.label for terms in lists.values() for term in terms)
    assert all(lists.values())


def test_candidates_and_the_network_are_sent(told: p3c.Study, made: str) -> None:
    found = realist.candidate_list(told, top=3, source="S2", programme="")
    assert [each.key for each in found.candidates] == ["S2"]
    assert found.candidates[0].used == ["c1"]
    body = told.text("S2")
    assert found.candidates[0].cues
    for cue in found.candidates[0].cues:
        assert body[cue.start : cue.end].strip()
    drawn = realist.network_figure(told, programme="", theory="")
    assert "<svg" in drawn.svg
    assert 'id="cmo-c1"' in drawn.svg
    assert drawn.caption.startswith("Network of 1 configuration")
