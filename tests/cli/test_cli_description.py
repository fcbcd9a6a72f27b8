"""Thick descriptions from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import p3c_qual as p3c
from p3c_qual import description
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said


def test_the_sections_of_a_programme_are_listed_with_their_state(
    here: Path, run: Callable[..., Said]
) -> None:
    with p3c.open_study(here, coder="anna") as study:
        description.write_section(study, "workforce", "They meet each week.", programme="care")
        description.arrange_section(study, "financing", {"left_out": "yes"}, programme="care")
    rows = json.loads(run("description", "show", "care", "--format", "json").out)
    by_key = {row["section"]: row for row in rows}
    assert by_key["workforce"]["why"] == "its paragraph names no passage"
    assert (by_key["workforce"]["state"], by_key["workforce"]["words"]) == ("material", 4)
    assert by_key["financing"]["state"] == "left out"
    shown = run("description", "show", "care")
    assert "1.5" in shown.out
    assert "0 description, 5 material, " in shown.err
    said = run("description", "show", "car")
    assert (said.code, "Did you mean 'care'" in said.err) == (1, True)


def test_a_check_prints_findings_and_ends_with_1_only_for_a_gate(
    here: Path, run: Callable[..., Said]
) -> None:
    with p3c.open_study(here, coder="anna") as study:
        text = "They meet [P1](quote:00000000)."
        description.write_section(study, "workforce", text, programme="care")
    said = run("description", "check", "--no-names", "--format", "json")
    told = json.loads(said.out)
    assert any(row["section"] == "workforce" for row in told["findings"])
    assert "care" in told["sections"]
    gates = sum(row["gate"] == "yes" for row in told["findings"])
    assert said.code == (1 if gates else 0)
    listed = run("description", "check", "care", "--no-names", "--format", "csv")
    assert listed.out.count("\n") >= 1 + len(told["findings"])


def test_a_folder_is_exported_changed_and_taken_in_again(
    here: Path, tmp_path: Path, run: Callable[..., Said]
) -> None:
    out = tmp_path / "out"
    assert "Wrote 1 file" in run("description", "export", out, "--programme", "care").out
    assert "nothing changed" in run("description", "load", out).out
    (out / "programmes/care/sections").mkdir()
    (out / "programmes/care/sections/workforce.md").write_text("They meet.", "utf-8")
    dry = run("description", "load", out, "--dry-run", "--coder", "anna")
    assert "workforce.md: text of 2 words in place of 0" in dry.out
    assert "nothing was written" in dry.err
    assert run("description", "load", out, "--coder", "anna").out == dry.out
    assert "nothing changed" in run("description", "load", out).out
    (out / "programmes/care/sections/work.md").write_text("They meet.", "utf-8")
    said = run("description", "load", out)
    assert said.code == 1
    assert "there is no section 'work'" in said.err


def test_names_are_listed_decided_masked_and_taken_back(
    here: Path, tmp_path: Path, run: Callable[..., Said]
) -> None:
    words = "Dr Miller came with Dr Stone."
    (tmp_path / "P3.txt").write_text(f"R: {words}\n", "utf-8")
    with p3c.open_study(here, coder="anna") as study:
        study.add([Incoming(tmp_path / "P3.txt", programme="care", interviewee="P3")])
        start = study.text("P3").index(words)
        description.make_quote(study, "P3", start, start + len(words))
    rows = json.loads(run("description", "names", "--format", "json").out)
    assert {row["name"] for row in rows} >= {"Miller", "Stone"}
    assert all(row["places"].startswith("P3 ") and not row["decided"] for row in rows)
    said = run("description", "keep", "Miller", "--as", "public")
    assert "a name that is printed needs a reason" in said.err
    kept = ("--as", "false_alarm", "--reason", "a word of the miller's trade")
    assert "may be printed" in run("description", "keep", "Miller", *kept).out
    assert "Masked in 1 place." in run("description", "keep", "stone", "--as", "mask").out
    rows = json.loads(run("description", "names", "--format", "json").out)
    by_name = {row["name"]: row for row in rows}
    assert "Stone" not in by_name
    assert by_name["Miller"]["reason"] == "no name of anybody: a word of the miller's trade"
    assert "no quote prints 'Stone'" in run("description", "keep", "Stone", "--as", "mask").err
    assert "not decided on any more" in run("description", "forget", "Miller").out
    wrong = run("description", "keep", "Miller", "--with", "Y", "--reason", "so")
    assert "only a mask stands for a name" in wrong.err


def test_the_feedback_log_is_made_a_source(here: Path, run: Callable[..., Said]) -> None:
    said = run("description", "feedback", "care")
    assert (said.code, "there is no feedback in the feedback log" in said.err) == (1, True)
    with p3c.open_study(here) as study:
        for item, value in {"date": "2016-05-03", "answered": "It is longer."}.items():
            description.give_answer(study, "feedback", item, value, record="a", programme="care")
    said = run("description", "feedback", "care")
    assert said.out == "Made 1 source: feedback_care_2016-05-03.\n", said.err
