"""What is shown of a research question, as its technique has it."""

from __future__ import annotations

import pytest

import p3c_qual as p3c
from p3c_qual.mayring import asking, read_outputs, table_steps


def test_a_table_is_of_the_question_that_is_named_or_the_first_that_has_it(
    told: p3c.Study,
) -> None:
    asking.ask_question(told, "Once more?", "summarising", key="again")
    assert read_outputs(told).table("summary").attrs["question"] == "helps"
    assert read_outputs(told, "again").table("summary").attrs["question"] == "again"


def test_what_a_technique_does_not_have_says_so_and_is_no_error(told: p3c.Study) -> None:
    asking.ask_question(told, "How?", "explication_narrow", key="how")
    found = read_outputs(told, "how")
    funnel = found.table("funnel")
    assert funnel.empty
    assert funnel.attrs["notes"] == [
        "Nothing to show: it is made under summarising; questions that have it: helps."
    ]
    drawn = p3c.show_figure(found.figure("saturation"), "A curve.")
    assert "Nothing to draw. Saturation: it is made under inductive" in drawn.alt
    # a question of the right technique, under which nothing is coded yet
    asking.ask_question(told, "Which?", "inductive", key="which")
    drawn = p3c.show_figure(read_outputs(told).figure("emergence"), "A curve.")
    assert "Nothing to draw. Subsumption log of which: " in drawn.alt


def test_everything_unknown_is_refused_at_once(told: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError) as refused:
        read_outputs(told, "help", coder="ben", order="documents", seed=True - 2)
    said = str(refused.value)
    for words in ("Did you mean 'helps'?", "'ben'", "Valid: date, random", "not -1"):
        assert words in said
    with pytest.raises(p3c.P3CError, match=r"no table 'funel'. Did you mean 'funnel'\?"):
        read_outputs(told).table("funel")
    with pytest.raises(p3c.P3CError, match=r"no figure 'satur'"):
        read_outputs(told).figure("satur")


def test_steps_stand_with_their_state_and_their_rules(told: p3c.Study) -> None:
    steps = table_steps(told, "helps")
    assert steps["state"].tolist()[:2] == ["here", "to come"]
    assert steps["no"].tolist() == list(range(1, 7))
    rules = steps.set_index("title").loc["First reduction (Z3)", "rules"].split("\n")
    assert [each.split()[0] for each in rules] == ["Z3.1", "Z3.2", "Z3.3", "Z3.4"]
    with pytest.raises(p3c.P3CError, match="Did you mean 'helps'"):
        table_steps(told, "hlps")
