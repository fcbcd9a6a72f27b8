"""What is wrong with a realist file is said at once, with its line, and nothing is taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from p3c_qual.errors import P3CError
from p3c_qual.realist.building.links import chain, nest
from p3c_qual.realist.form.form import load_realist, write_realist
from p3c_qual.realist.read import read_realist
from p3c_qual.store.schema import act

if TYPE_CHECKING:
    import p3c_qual as p3c

THREE = """
format: 1
theories:
  - {key: t, label: T, if: a, then: b, because: c}
configurations:
  - key: one
    elements:
      - {role: context, text: a hill}
      - {role: outcome, text: a walk}
  - key: two
    elements:
      - {role: context, text: a walk}
      - {role: outcome, text: a fall}
  - key: three
    elements:
      - {role: context, text: a fall}
"""
PLACED = """
format: 1
configurations:
  - key: one
    elements:
      - role: context
        text: a hill
        evidence:
          - {%s}
"""
LINKED = THREE + "links:\n  - {%s}\n"


def refused(study: p3c.Study, text: str | bytes) -> str:
    """Return what is said of a file that is refused; nothing was changed by it."""
    path = study.path / "theirs.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with study.store.read() as connection:
        before = connection.scalar(select(func.count()).select_from(act))
    with pytest.raises(P3CError) as error:
        load_realist(study, path)
    with study.store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(act)) == before
    return str(error.value)


def taken(study: p3c.Study, text: str) -> None:
    path = study.path / "ours.yml"
    path.write_text(text, encoding="utf-8")
    load_realist(study, path)


def test_all_faults_are_said_at_once_by_line(told: p3c.Study) -> None:
    said = refused(
        told,
        """format: 1
theories:
  - {key: t, label: T, if: a, then: b, level: program}
configurations:
  - key: one
    theory: tt
    programme: nort
    activation: strongly
    elements:
      - role: contexts
      - {role: outcome, text: a walk, layer: individual}
      - {role: context, text: a hill, code: workforse}
    evidence:
      - {source: N9, quote: x}
links:
  - {relation: part_of, configuration: one, other: one}
""",
    ).split("\n")

    assert len(said) == 10
    assert said == sorted(said, key=lambda line: int(line.split("line ")[1].split(":")[0]))
    for line, words in zip(
        said,
        (
            "line 3: unknown level 'program' of a theory. Did you mean 'programme'?",
            "line 3: 't' has no because",
            "line 6: there is no theory 'tt'. Did you mean 't'?",
            "line 7: there is no programme 'nort'. Did you mean 'north'?",
            "line 8: unknown activation 'strongly' of a configuration. Did you mean 'strong'?",
            "line 10: unknown role 'contexts' of an element. Did you mean 'context'?",
            "line 11: an outcome has no layer; only a context has one",
            "line 12: unknown code 'workforse'",
            "line 14: unknown source 'N9'. Valid: N1, N2",
            "line 16: 'one' cannot be part of itself",
        ),
        strict=True,
    ):
        assert words in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("format: 2\ntheories: []\n", "the file has format 2"),
        ("theories: []\n", "does not say its format"),
        ("format: 1\n", "the file holds nothing of the realist layer"),
        ("- a\n- b\n", "does not hold names and values"),
        ("format: 1\ntheorys: []\n", "line 2: unknown field 'theorys'"),
        ("format: 1\ntheories: many\n", "line 2: theories must be a list"),
        ("format: 1\ntheories:\n  - t\n", "line 3: a theory must be a block"),
        ("format: 1\ntheories:\n  - {key: [a]}\n", "line 3: key must be a text"),
        ("format: 1\ntheories:\n  - {label: T}\n", "line 3: a theory has no key"),
        ("format: 1\ntheories:\n  - {key: A b}\n", "'A b' cannot be a key. Did you mean 'a_b'?"),
        ("format: 1\ntheories: &a []\nlinks: *a\n", "the alias '*a' is not allowed"),
        ("format: 1\ntheories: !!python/object:os.system []\n", "is not allowed and was not run"),
        ("format: 1\nmechanisms:\n\t- {key: a}\n", "line 3: the line is indented with a tab"),
        ("format: 1\ntheories: {key: 'a\n", "the quotation mark is never closed"),
        ("format: 1\nlinks: " + "[" * 100 + "]" * 100, "nested more than 40 levels deep"),
        ("format: 1\nblocks:\n  - {key: a, label: '\x00'}\n", "control character U+0000"),
        ("format: 1\nmechanisms:\n  - {key: a}\n", "'a' has no label"),
        (
            "format: 1\nmechanisms:\n  - {key: a, label: A}\n  - {key: a, label: B}\n",
            "line 4: a mechanism 'a' stands twice, first in line 3",
        ),
        (
            "format: 1\nmechanisms:\n  - {key: a, label: Trust}\n  - {key: b, label: trust}\n",
            "line 4: the mechanism 'a' is called 'trust' already",
        ),
        ("format: 1\narrows:\n  - {from: a, to: b}\n", "there is no block 'a'"),
        (
            "format: 1\nblocks:\n  - {key: a, label: A}\narrows:\n  - {from: a, to: a}\n",
            "line 5: an arrow leads from one block to another",
        ),
        (
            "format: 1\ninferences:\n  - {kind: deduction, observed: x}\n",
            "unknown kind 'deduction'",
        ),
        ("format: 1\ninferences:\n  - {kind: abduction}\n", "a memo has no observed"),
        (
            "format: 1\nappraisals:\n  - {standard: rameses_quality, item: 9, grade: good}\n",
            "has items 1 to 8, and no 9",
        ),
        (
            "format: 1\nappraisals:\n  - {standard: rameses_quality, item: 8, grade: goood}\n",
            "Did you mean 'good'?",
        ),
        ("format: 1\nappraisals:\n  - {standard: rameses, item: 8}\n", "there is no standard"),
        (
            "format: 1\nregularities:\n  - {key: r, label: R, instances: [{configuration: c}]}\n",
            "there is no configuration 'c'",
        ),
    ],
)
def test_a_file_that_is_none_is_refused(told: p3c.Study, text: str, words: str) -> None:
    assert words in refused(told, text)


def test_a_file_that_is_too_large_or_not_there_is_refused(told: p3c.Study) -> None:
    assert "more than 8 MB" in refused(told, b"# " + b"x" * 8_000_001)
    assert "not UTF-8" in refused(told, b"format: 1\ntheories: \xff\n")
    with pytest.raises(P3CError, match="the file cannot be read"):
        load_realist(told, told.path / "none.yml")


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("source: N1", "does not say where it stands"),
        ("quote: The nurse", "evidence has no source"),
        ("source: N1, quote: ''", "does not say where it stands"),
        ("source: N1, start: 3", "evidence has start and end, or neither"),
        ("source: N1, start: a, end: 5", "start must be a whole number"),
        ("source: N1, start: 3, end: 3", "the span 3-3 is not within the text"),
        ("source: N1, start: 3, end: 99999", "which has 172 characters"),
        ("source: N1, start: 0, end: 5, quote: The nurse", "It stands at 57-66."),
        ("source: N1, start: 0, end: 5, quote: nobody", "Write the quote as it stands there"),
        ("source: N1, quote: everyone", "stand 2 times in 'N1'"),
        (
            "source: N1, quote: The nurse had time for a walk.",
            "Up to 'nurse had time for a' they do",
        ),
        ("source: N1, quote: Never said by her", "do not stand in 'N1'. Copy them"),
        ("source: N1, quote: The nurse, role: suports", "Did you mean 'supports'?"),
        ("source: N1, quote: The nurse, elicited: asked", "unknown elicited 'asked'"),
        ("source: N1, quote: The nurse, directness: direct", "unknown directness 'direct'"),
        ("source: N1, quote: The nurse, absent: perhaps", "absent must be true or false"),
        ("source: N1, quote: The nurse, resolution: so", "Write a remark instead."),
        ("source: N1, quot: The nurse", "Did you mean 'quote'?"),
    ],
)
def test_evidence_that_cannot_be_placed_is_refused(
    told: p3c.Study, passage: str, words: str
) -> None:
    assert words in refused(told, PLACED % passage)


def test_the_same_passage_twice_in_one_role_is_refused(told: p3c.Study) -> None:
    twice = (
        PLACED % "source: N1, quote: The nurse"
    ) + "          - {source: N1, start: 57, end: 66}\n"

    assert "the same passage stands there twice in this role" in refused(told, twice)

    taken(told, twice.replace("end: 66}", "end: 66, role: refines}"))


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("relation: part_of, configuration: one, other: four", "there is no configuration 'four'"),
        ("relation: partof, configuration: one, other: two", "Did you mean 'part_of'?"),
        ("relation: part_of, configuration: one, other: two, outcome: a walk", "has no outcome"),
        (
            "relation: outcome_becomes_context, configuration: one, other: one, outcome: a walk",
            "cannot lead into 'one' itself",
        ),
        (
            "relation: outcome_becomes_context, configuration: one, other: two",
            "it is not said which outcome of 'one' is meant",
        ),
        (
            "relation: outcome_becomes_context, configuration: one, other: two, outcome: a wolk",
            "'one' has no outcome 'a wolk'. Did you mean 'a walk'?",
        ),
        (
            "relation: outcome_becomes_context, configuration: one, other: two, outcome: '#1'",
            "element #1 of 'one' is no outcome",
        ),
        (
            "relation: outcome_becomes_context, configuration: one, other: two, outcome: '#9'",
            "element #9 of 'one' is no outcome",
        ),
        (
            "relation: outcome_becomes_context, configuration: one, other: three, outcome: a walk",
            "'three' has no context that says the same as the outcome",
        ),
    ],
)
def test_a_link_that_cannot_be_is_refused(told: p3c.Study, link: str, words: str) -> None:
    assert words in refused(told, LINKED % link)


def test_a_circle_of_nesting_is_refused_also_with_what_the_study_holds(told: p3c.Study) -> None:
    link = "relation: part_of, configuration: {}, other: {}"
    circle = LINKED % link.format("one", "two")
    circle += f"  - {{{link.format('two', 'three')}}}\n  - {{{link.format('three', 'one')}}}\n"
    assert "line 20: 'one' is part of 'three' already" in refused(told, circle)

    taken(told, THREE)
    nest(told, "one", "two")
    assert "'two' cannot be part of 'one'" in refused(told, LINKED % link.format("two", "one"))
    second = refused(told, LINKED % link.format("one", "three"))
    assert "'one' is part of 'two' already; it can be part of one at a time" in second


def test_a_circle_of_chains_is_taken(told: p3c.Study) -> None:
    text = THREE.replace("{role: context, text: a hill}", "{role: context, text: a fall}")
    relation = "relation: outcome_becomes_context"
    text += "links:\n"
    text += f"  - {{{relation}, configuration: one, other: two, outcome: a walk}}\n"
    text += f"  - {{{relation}, configuration: two, other: one, outcome: a fall}}\n"

    taken(told, text)

    with told.store.read() as connection:
        assert [each.counts for each in read_realist(connection).links] == [True, True]


@pytest.mark.parametrize(
    ("theories", "words"),
    [
        ("{key: t, supersedes: t, change: x}", "'t' would take its own place"),
        (
            """{key: t, supersedes: u, change: x}
  - {key: u, label: U, if: a, then: b, because: c, supersedes: t, change: y}""",
            "through those that it led to",
        ),
        ("{key: t, supersedes: v, change: x}", "there is no theory 'v'"),
        (
            "{key: u, label: U, if: a, then: b, because: c, supersedes: t}",
            "'u' has no change",
        ),
        ("{key: t, status: refined}", "'t' is called refined, and nobody has looked"),
        ("{key: t, because: ''}", "'t' has no because"),
    ],
)
def test_theories_that_cannot_follow_each_other_are_refused(
    told: p3c.Study, theories: str, words: str
) -> None:
    taken(told, THREE)

    assert words in refused(told, f"format: 1\ntheories:\n  - {theories}\n")


def test_a_search_needs_a_reason_for_what_follows(told: p3c.Study) -> None:
    search = "searches:\n  - {configuration: one, kind: context_without_outcome, decision: %s}\n"

    assert "line 18: to revise the theory needs a reason" in refused(
        told, THREE + search % "revise"
    )
    assert "Did you mean 'stands'?" in refused(told, THREE + search % "stand")

    taken(told, THREE + search % "stands")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("state: merged", "Write both 'state: merged' and 'merged_into:'"),
        ("merged_into: two", "Write both"),
        ("state: split", "'one' is standing in the study, and split in the file"),
        ("state: set_aside", "set aside in the file. Do that in the study itself"),
        ("split_from: one", "cannot come out of itself"),
        ("state: gone", "unknown state 'gone'"),
    ],
)
def test_a_configuration_is_not_split_or_merged_by_a_file(
    told: p3c.Study, fields: str, words: str
) -> None:
    taken(told, THREE)

    assert words in refused(told, f"format: 1\nconfigurations:\n  - {{key: one, {fields}}}\n")


def test_an_element_that_two_have_is_named_by_its_number(told: p3c.Study) -> None:
    text = THREE.replace(
        "      - {role: outcome, text: a walk}\n", "      - {role: outcome, text: a walk}\n" * 2
    )
    text += "links:\n  - {relation: outcome_becomes_context, configuration: one, other: two, outcome: %s}\n"

    assert "has 2 elements 'a walk' of the role outcome" in refused(told, text % "a walk")

    taken(told, text % "'#3'")
    with told.store.read() as connection:
        held = read_realist(connection)
    (one,) = (each for each in held.configurations.values() if each.key == "one")
    assert held.links[0].outcome == one.elements[2].id


def test_a_chain_made_in_the_workbench_is_written_so_that_it_comes_in_again(
    told: p3c.Study,
) -> None:
    taken(told, THREE)
    with told.store.read() as connection:
        held = {each.key: each for each in read_realist(connection).configurations.values()}
    chain(told, "one", "three", outcome=held["one"].of_role("outcome")[0].id)
    path = told.path / "export.yml"
    write_realist(told, path)

    assert not any(load_realist(told, path).values())
    with pytest.raises(P3CError, match="the file cannot be written"):
        write_realist(told, told.path / "no" / "such.yml")


def test_arrows_in_a_study_without_a_logic_model_say_how_to_get_one(told: p3c.Study) -> None:
    said = refused(told, "format: 1\narrows:\n  - {from: a, to: b}\n")
    assert "take in the one that comes with the workbench" in said
