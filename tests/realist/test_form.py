"""The realist layer as a YAML file: taken in, written, and taken in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.realist.building.configurations import make_configuration, set_aside
from p3c_qual.realist.building.evidence import add_evidence
from p3c_qual.realist.building.regularities import add_instance, state_regularity
from p3c_qual.realist.building.splitting import merge_configurations
from p3c_qual.realist.building.theories import edit_theory
from p3c_qual.realist.form.form import load_realist, write_realist
from p3c_qual.realist.form.write import realist_yaml
from p3c_qual.realist.judging.completeness import completeness_of
from p3c_qual.realist.logic.logic_model import take_logic_model
from p3c_qual.realist.read import Realist, read_realist
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.schema import ROWS, act

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
format: 1
theories:
  - key: time
    label: Time
    if: a nurse has time
    then: people stay at home
    because: they tell her
    programme: north
    evidence:
      - source: plan
        quote: Admissions fall.
        directness: document_claim
  - key: time_known
    label: Time, where people are known
    if: a nurse has time and is known
    then: people stay at home
    because: they tell her
    level: middle_range
    status: refined
    supersedes: time
    change: Somebody trusted her and fell all the same.
mechanisms:
  - key: trust
    label: Trust in one who has time
    definition: What nobody else is told is told to her.
configurations:
  - key: told_her
    label: Told her
    programme: north
    theory: time
    mechanism: trust
    activation: strong
    relevance: The case itself.
    elements:
      - role: context
        text: everyone knows everyone
        layer: interpersonal
        level: micro
        evidence:
          - source: N1
            quote: On the hill everyone knows everyone.
            elicited: probed
            directness: inferred
      - role: resource
        text: a nurse with time
        evidence:
          - {source: N1, quote: The nurse had time for a talk.}
      - role: reasoning
        text: she can be told
        evidence:
          - {source: N1, quote: So I told her what I never tell the doctor.}
      - role: outcome
        text: no stay in hospital
        direction: improves
        timing: distal
        intended: intended
        domain: patient
        evidence:
          - {source: N1, quote: Since then I have not been in hospital.}
          - source: plan
            quote: Admissions fall.
  - key: fell
    label: Fell
    programme: north
    theory: time
    mechanism: trust
    elements:
      - role: context
        text: no bus
        evidence:
          - {source: N2, quote: We have no bus.}
      - role: reasoning
        evidence:
          - {source: N2, quote: I trusted her}
      - role: outcome
        text: a fall
        direction: worsens
        domain: patient
        evidence:
          - source: N2
            quote: Nothing got better.
            role: contradicts
            resolution: She lives alone.
    evidence:
      - source: S3
        quote: It goes quicker.
        role: rival
  - key: slept
    programme: south
    elements:
      - role: context
        text: no stay in hospital
      - role: outcome
        text: sleep
        direction: improves
links:
  - relation: part_of
    configuration: slept
    other: told_her
    reason: One night of it.
  - relation: outcome_becomes_context
    configuration: told_her
    other: slept
    outcome: no stay in hospital
regularities:
  - key: time_helps
    label: Time helps
    statement: Wherever somebody has time.
    mechanism: trust
    instances:
      - configuration: told_her
      - configuration: fell
        role: contradicts
        reason: She fell.
inferences:
  - kind: retroduction
    theory: time
    configuration: fell
    observed: She fell though she trusted.
    candidates: no bus
    decision: bound
searches:
  - configuration: told_her
    kind: mechanism_with_opposite
    decision: revise
    reason: She fell.
blocks:
  - key: staff
    label: Staff
  - key: people
    label: People
arrows:
  - from: staff
    to: people
    label: care
    configurations: [told_her]
"""


def put(study: p3c.Study, text: str = WHOLE) -> dict[str, int]:
    path = study.path / "realist.yml"
    path.write_text(text, encoding="utf-8")
    return load_realist(study, path)


def layer(study: p3c.Study) -> Realist:
    with study.store.read() as connection:
        return read_realist(connection)


def acts(study: p3c.Study) -> int:
    with study.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(act)) or 0


def rows(study: p3c.Study) -> dict[str, int]:
    with study.store.read() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in ROWS.items()
        }


def test_a_file_becomes_the_layer_in_one_act(told: p3c.Study) -> None:
    before = acts(told)

    counts = put(told)

    assert acts(told) == before + 1
    assert {name: count for name, count in counts.items() if count} == {
        "theories": 2,
        "mechanisms": 1,
        "configurations": 3,
        "elements": 9,
        "evidence": 10,
        "links": 2,
        "regularities": 1,
        "instances": 2,
        "inferences": 1,
        "searches": 1,
        "blocks": 2,
        "arrows": 1,
        "carries": 1,
    }
    held = {each.key: each for each in layer(told).configurations.values()}
    assert {key: completeness_of(each) for key, each in held.items()} == {
        "told_her": "triad",
        "fell": "triad_reasoning",
        "slept": "dyad_co",
    }
    outcome = held["told_her"].of_role("outcome")[0]
    assert (outcome.direction, outcome.timing, outcome.intended, outcome.domain) == (
        "improves",
        "distal",
        "intended",
        "patient",
    )
    assert [each.quote for each in held["told_her"].voices(outcome.id)] == [
        "Since then I have not been in hospital.",
        "Admissions fall.",
    ]
    whole = [each for each in held["fell"].evidence if not each.element]
    assert [(each.quote, each.role) for each in whole] == [("It goes quicker.", "rival")]


def test_what_ties_configurations_together_comes_in_with_it(told: p3c.Study) -> None:
    put(told)

    held = layer(told)
    key = {each.id: each.key for each in held.configurations.values()}
    first = next(each for each in held.configurations.values() if each.key == "told_her")
    second = next(each for each in held.configurations.values() if each.key == "slept")
    said = {each.relation: each for each in held.links}
    assert (key[said["part_of"].configuration], key[said["part_of"].other]) == ("slept", "told_her")
    chained = said["outcome_becomes_context"]
    assert (chained.outcome, chained.context) == (
        first.of_role("outcome")[0].id,
        second.of_role("context")[0].id,
    )
    (pattern,) = held.regularities.values()
    assert {key[each.configuration]: each.role for each in pattern.instances} == {
        "told_her": "supports",
        "fell": "contradicts",
    }
    (memo,) = held.inferences
    assert (memo.kind, key[str(memo.configuration)], memo.decision) == (
        "retroduction",
        "fell",
        "bound",
    )
    (arrow,) = held.arrows.values()
    assert [key[each] for each in arrow.carries] == ["told_her"]
    (search,) = held.searches
    assert search.figures["configurations"] == 2
    assert search.decision == "revise"


def test_a_theory_counts_as_refined_with_the_search_of_the_same_file(told: p3c.Study) -> None:
    put(told)

    held = layer(told)
    refined = next(each for each in held.theories.values() if each.key == "time_known")
    assert (refined.status, refined.version, refined.level) == ("refined", 1, "middle_range")


def test_a_theory_is_not_refined_without_a_search(told: p3c.Study) -> None:
    before = rows(told)

    with pytest.raises(P3CError, match="'time_known' is called refined, and nobody has looked"):
        put(told, WHOLE[: WHOLE.index("searches:")])

    assert rows(told) == before


def test_what_is_written_changes_nothing_when_it_is_taken_in(
    told: p3c.Study, tmp_path: Path
) -> None:
    put(told)
    path = tmp_path / "export.yml"
    write_realist(told, path)
    before = acts(told)

    counts = load_realist(told, path)

    assert not any(counts.values())
    assert acts(told) == before
    assert not any(put(told).values())


def test_another_study_comes_to_hold_the_same(told: p3c.Study, tmp_path: Path) -> None:
    put(told)
    path = tmp_path / "export.yml"
    write_realist(told, path)
    empty = p3c.new_study(tmp_path / "other", title="Other", coder="ben")
    empty.import_lines(_lines_without_layer(told, tmp_path))

    load_realist(empty, path)

    assert realist_yaml(empty) == realist_yaml(told)


def _lines_without_layer(study: p3c.Study, tmp_path: Path) -> Path:
    """Export the study as it was before the layer came in."""
    study.undo()
    lines = tmp_path / "before.jsonl"
    study.export_lines(lines)
    study.redo()
    return lines


def test_one_undo_takes_all_of_it_back(told: p3c.Study) -> None:
    before = rows(told)
    put(told)

    told.undo()

    assert rows(told) == before


def test_what_the_file_does_not_name_stays_and_is_counted(told: p3c.Study) -> None:
    put(told)

    counts = put(
        told,
        """
format: 1
configurations:
  - key: told_her
    label: She told her
    elements:
      - {role: context, text: everyone knows everyone}
""",
    )

    held = {each.key: each for each in layer(told).configurations.values()}
    assert held["told_her"].label == "She told her"
    assert (held["told_her"].activation, held["told_her"].relevance) == (
        "strong",
        "The case itself.",
    )
    assert len(held["told_her"].elements) == 4
    assert (counts["configurations"], counts["elements"]) == (1, 0)
    # two configurations, a passage of the context, three elements with four passages
    assert counts["left"] == 2 + 1 + 3 + 4


def test_what_was_decided_of_a_passage_goes_when_the_file_lets_it_support(told: p3c.Study) -> None:
    put(told)
    held = "            role: contradicts\n            resolution: She lives alone.\n"
    assert held in WHOLE
    put(told, WHOLE.replace(held, "            role: supports\n"))

    (found,) = (
        item
        for each in layer(told).configurations.values()
        for item in each.evidence
        if item.quote == "Nothing got better."
    )
    assert (found.role, found.resolution) == ("supports", "")


def test_an_empty_text_clears_a_field(told: p3c.Study) -> None:
    put(told)

    put(told, "format: 1\nconfigurations:\n  - {key: told_her, relevance: '', theory: ''}\n")

    (one,) = (each for each in layer(told).configurations.values() if each.key == "told_her")
    assert (one.relevance, one.theory, one.activation) == ("", None, "strong")


def test_a_changed_text_of_an_element_is_known_by_its_passage(told: p3c.Study) -> None:
    put(told)
    before = {each.key: each for each in layer(told).configurations.values()}["told_her"]

    counts = put(
        told,
        """
format: 1
configurations:
  - key: told_her
    elements:
      - role: resource
        text: a nurse who sits down
        evidence:
          - {source: N1, quote: The nurse had time for a talk., remark: She says it twice.}
""",
    )

    now = {each.key: each for each in layer(told).configurations.values()}["told_her"]
    assert [each.id for each in now.elements] == [each.id for each in before.elements]
    assert now.of_role("resource")[0].text == "a nurse who sits down"
    assert now.voices(now.of_role("resource")[0].id)[0].remark == "She says it twice."
    assert (counts["elements"], counts["evidence"]) == (1, 1)


def test_elements_that_say_nothing_are_told_apart_by_their_passages(
    told: p3c.Study, tmp_path: Path
) -> None:
    put(
        told,
        """
format: 1
configurations:
  - key: two
    elements:
      - role: context
        evidence: [{source: N2, quote: We have no bus.}]
      - role: context
        evidence: [{source: S1, quote: The budget ends in spring.}]
""",
    )
    path = tmp_path / "export.yml"
    write_realist(told, path)
    text = path.read_text(encoding="utf-8")
    turned = text.replace("We have no bus.", "@").replace("The budget ends in spring.", "&")

    assert not any(load_realist(told, path).values())
    assert turned.index("@") < turned.index("&")
    put(
        told,
        """
format: 1
configurations:
  - key: two
    elements:
      - role: context
        level: macro
        evidence: [{source: S1, quote: The budget ends in spring.}]
""",
    )
    (held,) = layer(told).configurations.values()
    assert [each.level for each in held.elements] == ["", "macro"]


def test_a_chain_may_name_elements_by_their_numbers(told: p3c.Study) -> None:
    text = WHOLE.replace(
        "    outcome: no stay in hospital\n", "    outcome: '#4'\n    context: '#1'\n"
    )
    assert text != WHOLE

    put(told, text)

    held = layer(told)
    assert not any(put(told).values())
    assert [each.relation for each in held.links] == ["part_of", "outcome_becomes_context"] or [
        each.relation for each in held.links
    ] == ["outcome_becomes_context", "part_of"]


def test_a_search_that_is_logged_is_not_made_again(told: p3c.Study) -> None:
    put(told)
    (before,) = layer(told).searches

    counts = put(told, WHOLE.replace("decision: revise", "decision: bound"))

    (after,) = layer(told).searches
    assert (after.id, after.decision) == (before.id, "bound")
    assert counts["searches"] == 1


def test_theories_and_the_rest_are_written_apart(told: p3c.Study, tmp_path: Path) -> None:
    put(told)
    write_realist(told, tmp_path / "theories.yml", only="theories")
    write_realist(told, tmp_path / "rest.yml", only="configurations")

    theories = (tmp_path / "theories.yml").read_text(encoding="utf-8")
    rest = (tmp_path / "rest.yml").read_text(encoding="utf-8")

    assert "theories:" in theories
    assert "configurations:" not in theories
    assert "theories:" not in rest
    assert not any(load_realist(told, tmp_path / "theories.yml").values())
    assert not any(load_realist(told, tmp_path / "rest.yml").values())
    with pytest.raises(P3CError, match="Did you mean 'theories'"):
        write_realist(told, tmp_path / "no.yml", only="theorys")
    assert not (tmp_path / "no.yml").exists()


def test_a_quote_may_run_over_lines_and_is_stored_as_the_text_has_it(told: p3c.Study) -> None:
    put(
        told,
        """
format: 1
configurations:
  - key: one
    elements:
      - role: context
        evidence:
          - source: N1
            quote: "What changed? R: On the hill"
""",
    )

    (held,) = layer(told).configurations.values()
    assert held.evidence[0].quote == "What changed?\nR: On the hill"


def test_words_that_stand_twice_need_their_place(told: p3c.Study) -> None:
    source = told.path / "again.txt"
    source.write_text("R: The bus. And again: the bus. And The bus.\n", encoding="utf-8")
    told.add([Incoming(file=source, id="again", kind="document", document_type="plan")])
    text = "format: 1\ntheories:\n  - key: a\n    label: A\n    if: b\n    then: c\n    because: d\n    evidence:\n      - {source: again, quote: The bus%s}\n"

    with pytest.raises(P3CError, match=r"stand 2 times in 'again'.*3-10, 36-43"):
        put(told, text % "")

    put(told, text % ", start: 36, end: 43")
    assert [each.start for each in layer(told).loose] == [36]


def test_evidence_that_somebody_added_stays(told: p3c.Study) -> None:
    put(told)
    (one,) = (each for each in layer(told).configurations.values() if each.key == "slept")
    add_evidence(told, "S2", 0, 5, configuration="slept", element=one.elements[1].id)

    counts = put(told)

    assert counts["left"] == 1
    assert sum(counts.values()) == 1


def test_nothing_more_is_put_into_one_that_was_set_aside(told: p3c.Study) -> None:
    put(told)
    set_aside(told, "slept", reason="One voice only.")

    assert not any(put(told).values())
    more = WHOLE.replace("        text: sleep\n", "        text: sleeps\n")
    with pytest.raises(P3CError, match="'slept' is set aside in the study; nothing more"):
        put(told, more)


def test_a_refined_theory_of_the_study_stays_refined(told: p3c.Study) -> None:
    put(told)
    edit_theory(told, "time_known", fields={"label": "Time and being known"})

    counts = put(told, WHOLE[: WHOLE.index("searches:")])

    assert (counts["theories"], counts["searches"]) == (1, 0)


def test_a_file_may_carry_configurations_on_the_shipped_logic_model(told: p3c.Study) -> None:
    take_logic_model(told)
    text = WHOLE[: WHOLE.index("blocks:")]
    text += (
        "arrows:\n  - {from: organisation, to: practitioners, configurations: [fell, told_her]}\n"
    )

    counts = put(told, text)

    assert (counts["arrows"], counts["carries"]) == (0, 2)
    assert sum(len(each.carries) for each in layer(told).arrows.values()) == 2


def test_two_copies_that_take_in_the_same_file_hold_it_once(
    told: p3c.Study, tmp_path: Path
) -> None:
    lines = tmp_path / "told.jsonl"
    told.export_lines(lines)
    other = p3c.new_study(tmp_path / "copy", title="Told", coder="ben")
    other.import_lines(lines)
    put(told)
    put(other)
    other.export_lines(tmp_path / "other.jsonl")

    told.import_lines(tmp_path / "other.jsonl")

    held = layer(told)
    assert sorted(each.key for each in held.configurations.values()) == [
        "fell",
        "slept",
        "told_her",
    ]
    assert sum(len(each.elements) for each in held.configurations.values()) == 9
    assert sum(len(each.evidence) for each in held.configurations.values()) == 9
    assert len(held.links) == 2


def test_the_export_warns_of_words_that_may_not_be_quoted(told: p3c.Study) -> None:
    put(told)
    assert not realist_yaml(told).startswith("#")

    told.set_fields("interviewee", "N2", {"consent_quoted": "withdrawn"})

    assert realist_yaml(told).startswith("# Not for publication: somebody who speaks in N2")


def test_a_code_that_was_retired_stays_where_it_is(told: p3c.Study) -> None:
    book = told.path / "book.yml"
    text = "format: 1\nkey: book\nlabel: Book\ncodes:\n  - {id: a, label: A, definition: one}\n"
    book.write_text(text, encoding="utf-8")
    told.load_codebook(book)
    coded = "format: 1\nconfigurations:\n  - key: one\n    elements:\n      - {role: actor, text: x, code: a}\n"
    put(told, coded)
    with told.act("retire a code") as doing:
        (code,) = doing.connection.scalars(
            select(ROWS["code"].c.id).where(ROWS["code"].c.key == "a")
        ).all()
        doing.update("code", {code: {"status": "retired"}})

    assert not any(put(told, coded).values())
    with pytest.raises(P3CError, match="line 5: the code 'a' is retired"):
        put(told, coded.replace("key: one", "key: two"))


def test_one_that_stands_under_a_pattern_for_it_and_against_it_since_a_merge_is_taken_in(
    told: p3c.Study, tmp_path: Path
) -> None:
    one, two = (make_configuration(told, label=name) for name in ("One", "Two"))
    pattern = state_regularity(told, "Trust", configurations=[one])
    add_instance(told, pattern, two, role="contradicts", reason="Strangers.")
    merge_configurations(told, one, [two])
    written = realist_yaml(told)
    before = layer(told)
    assert not any(put(told, written).values())
    assert layer(told) == before
    with p3c.new_study(tmp_path / "new", title="New", coder="ben") as new:
        put(new, written)
        assert realist_yaml(new) == written
