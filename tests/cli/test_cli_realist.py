"""Theories and configurations from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.analysis.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said


@pytest.fixture
def claimed(here: Path) -> Path:
    """Give the small study with a theory, two configurations and a chain between them."""
    with p3c.open_study(here, coder="anna") as study:
        said = {"if_": "people meet", "then_": "they agree", "because": "they know each other"}
        p3c.realist.write_theory(study, "Meeting", key="meeting", **said)
        with study.store.read() as connection:
            from p3c_qual.coding.names import ids_by_key

            source = ids_by_key(connection, "source")["P1"]
            theory = ids_by_key(connection, "theory")["meeting"]
        with study.act("claims") as act:
            rows = [{"id": "a", "key": "c1", "label": "They meet", "theory": theory}]
            act.insert("configuration", [*rows, {"id": "b", "key": "c2", "label": "They agree"}])
            parts = [("a", "context", "a small team"), ("a", "outcome", "tea")]
            parts += [("b", "context", "tea"), ("b", "outcome", "a plan")]
            act.insert(
                "element",
                [
                    {"id": f"{name}-{role}", "configuration": name, "role": role, "text": text}
                    for name, role, text in parts
                ],
            )
            link = {"configuration": "a", "other": "b", "relation": "outcome_becomes_context"}
            act.insert("link", [{**link, "outcome": "a-outcome", "context": "b-context"}])
            passage = {"configuration": "a", "element": "a-context", "source": source}
            act.insert(
                "evidence",
                [
                    {
                        **passage,
                        "start": 23,
                        "end": 41,
                        "quote": "We meet each week",
                        "role": "supports",
                    }
                ],
            )
    return here


def test_theories_are_listed_and_shown(claimed: Path, run: Callable[..., Said]) -> None:
    (row,) = json.loads(run("theory", "list", "--format", "json").out)
    assert (row["key"], row["version"], row["configurations"], row["theory_supports"]) == (
        *("meeting", 0),
        *("c1", 0),
    )
    assert row["tests"].startswith("c1, ")
    assert "1 for it" in row["tests"]
    shown = run("theory", "show", "meeting").out
    assert "they know each other" in shown
    assert "version 0" in shown
    said = run("theory", "show", "meting")
    assert said.code == 1
    assert "Did you mean 'meeting'" in said.err


def test_configurations_are_listed_filtered_and_shown(
    claimed: Path, run: Callable[..., Said]
) -> None:
    rows = json.loads(run("cmo", "list", "--format", "json").out)
    assert [(row["key"], row["completeness"]) for row in rows] == [
        ("c1", "dyad, context and outcome"),
        ("c2", "dyad, context and outcome"),
    ]
    assert run("cmo", "list", "--theory", "meeting", "--format", "csv").out.count("\n") == 2
    assert "strength" not in run("cmo", "list").out
    said = run("cmo", "list", "--strength")
    assert "tentative" in said.out
    assert "thresholds" in said.err
    shown = run("cmo", "show", "c1").out
    assert "P1:23-41 supports (Context): “We meet each week”" in shown
    assert "its outcome becomes a context of" in shown
    pairs = json.loads(run("cmo", "show", "c2", "--format", "json").out)
    assert {"what": "its context is an outcome of", "value": "c1: They meet"} in pairs


def test_what_does_not_stand_any_more_can_still_be_shown(
    claimed: Path, run: Callable[..., Said]
) -> None:
    with p3c.open_study(claimed, coder="anna") as study:
        p3c.realist.set_aside(study, "c2", reason="thin")
    assert "set aside" in run("cmo", "show", "c2").out
    listed = run("cmo", "list")
    assert "They agree" not in listed.out
    assert "1 set aside" in listed.err


def test_checks_print_what_there_is_to_look_at_and_end_well(
    claimed: Path, run: Callable[..., Said]
) -> None:
    said = run("cmo", "check")
    assert said.code == 0
    assert "no_direction" in said.out
    rows = json.loads(run("theory", "check", "--format", "json").out)
    assert {row["check"] for row in rows} == {"never_searched"}


def test_nothing_to_look_at_is_said(here: Path, run: Callable[..., Said]) -> None:
    assert run("cmo", "check").out == "Nothing to look at.\n"
    assert run("theory", "check").out == "Nothing to look at.\n"
    assert run("theory", "check", "--format", "json").out == "[]\n"


def test_a_search_is_logged_also_when_it_finds_nothing(
    claimed: Path, run: Callable[..., Said]
) -> None:
    said = run("cmo", "search", "c1", "context_without_outcome")
    assert said.code == 0
    assert said.err.startswith(
        "Logged for c1 (the context is there, the outcome is not): 0 passages"
    )
    rows = json.loads(run("cmo", "search", "c1", "context_without_outcome", "--format", "json").out)
    assert all(row["case"] == "silent" for row in rows)
    (theory,) = json.loads(run("theory", "list", "--format", "json").out)
    assert theory["searches"] >= 1
    assert run("cmo", "search", "c1", "context").code == 2
    assert run("cmo", "search", "c9", "context_without_outcome").code == 1


def test_the_layer_goes_out_as_yaml_and_changes_nothing_when_it_comes_in(
    claimed: Path, run: Callable[..., Said], tmp_path: Path
) -> None:
    file = tmp_path / "claims.yml"
    assert run("cmo", "export", file).out == f"Wrote {file}.\n"
    again = run("cmo", "load", file)
    assert again.out == f"{file}: nothing changed.\n", again.err
    file.write_text(file.read_text("utf-8").replace("They agree", "They plan"), "utf-8")
    assert run("cmo", "load", file).out == "Took in, new or different: configurations 1.\n"
    only = tmp_path / "theories.yml"
    assert run("theory", "export", only).code == 0
    assert "configurations" not in only.read_text("utf-8")


def test_candidates_say_how_they_were_read(claimed: Path, run: Callable[..., Said]) -> None:
    said = run("cmo", "candidates", "--top", "2", "--format", "json")
    assert said.code == 0
    assert len(json.loads(said.out)) <= 2
    assert "seem to stand together" in said.err
    assert run("cmo", "candidates", "--top", "0").code == 2


@pytest.mark.parametrize(
    "kind", [name for name, kind in KINDS.items() if kind.home.startswith("realist.")]
)
def test_each_table_of_the_realist_layer_is_printed_and_written(
    kind: str, claimed: Path, run: Callable[..., Said]
) -> None:
    said = run("table", kind, "--format", "json")
    assert said.code == 0, said.err
    assert isinstance(json.loads(said.out)["rows"], list)
    for ending in ("csv", "xlsx", "html"):
        assert run("table", kind, "--to", f"out.{ending}").code == 0


def test_a_table_takes_its_options(claimed: Path, run: Callable[..., Said]) -> None:
    assert "They meet" not in run("table", "cmos", "--programme", "care", "--format", "csv").err
    by = run("table", "completeness", "-p", "by", "theory", "--format", "csv")
    assert "(no theory)" in by.out
    book = run("table", "cmo-matrix", "--codebook", "p3c", "-p", "depth", "1", "--format", "csv")
    assert "person_centred_care" in book.out
    assert run("table", "evolution", "--programme", "care").code == 1


def test_figures_of_the_realist_layer_are_drawn(claimed: Path, run: Callable[..., Said]) -> None:
    assert run("figure", "network", "--to", "net").code == 0
    assert (claimed / "net.svg").read_text("utf-8").count('id="cmo-c') == 2
    assert run("figure", "network", "--to", "net", "-p", "kind", "linked").code == 0
    assert "no logic model" in run("figure", "logic-model", "--to", "logic").err
    with p3c.open_study(claimed, coder="anna") as study:
        p3c.realist.take_logic_model(study)
    assert run("figure", "logic-model", "--to", "logic").code == 0
    said = run("figure", "network", "--to", "net", "-p", "kin", "linked")
    assert "Did you mean 'kind'" in said.err


def test_a_switch_of_a_table_is_true_or_false(claimed: Path, run: Callable[..., Said]) -> None:
    said = run("--study", claimed, "table", "cmos", "-p", "strength", "no")
    assert said.code == 1
    assert "strength is true or false, not 'no'" in said.err
