"""Instruments, questionnaires and figures from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from p3c_qual.analysis.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said

QUESTIONNAIRES = "respondent,wave,programme,q1,q2,q3\nP1,t1,care,1,2,3\nP1,t2,care,1,1,1\n"
FIGURES = "measure,programme,wave,n,value,unit,origin\nvisits,care,t1,3,8,visits,practice\n"


@pytest.fixture
def measured(here: Path, run: Callable[..., Said]) -> Path:
    """Give the small study with two questionnaires and a figure."""
    (here / "lonely.csv").write_text(QUESTIONNAIRES, "utf-8")
    (here / "use.csv").write_text(FIGURES, "utf-8")
    assert run("measures", "take", "ucla3").out == "Took in ucla3.\n"
    said = run("measures", "responses", "ucla3", "lonely.csv")
    assert said.out == "Took in 2 questionnaires; 0 were there.\n", said.err
    said = run("measures", "aggregates", "use.csv")
    assert said.out == "Took in 1 figure; 0 were there.\n", said.err
    assert "fewer than 5 people: kept, not printed" in said.err
    return here


def test_the_register_is_listed_with_what_was_filled_in(
    measured: Path, run: Callable[..., Said]
) -> None:
    rows = {row["key"]: row for row in json.loads(run("measures", "list", "--format", "json").out)}
    assert (rows["ucla3"]["taken"], rows["ucla3"]["filled"], rows["pam"]["taken"]) == ("yes", 2, "")
    assert run("measures", "take", "ucla3").out == "ucla3 is in the study already.\n"
    assert "p3c_oct" in run("measures", "list").out


def test_instruments_go_out_as_yaml_and_change_nothing_when_they_come_in(
    measured: Path, run: Callable[..., Said]
) -> None:
    assert run("measures", "export", "mine.yml").code == 0
    assert run("measures", "load", "mine.yml").out == "mine.yml: nothing changed.\n"
    assert run("measures", "export", "all.yml", "--register").code == 0
    assert run("measures", "load", "all.yml").out == "Took in, new or different: 10 instruments.\n"
    (measured / "bad.yml").write_text("format: 1\ninstruments:\n  - key: a\n", "utf-8")
    said = run("measures", "load", "bad.yml")
    assert said.code == 1
    assert "bad.yml, line 3: an instrument has no label" in said.err


def test_faults_of_a_table_leave_the_study_as_it_was(
    here: Path, run: Callable[..., Said], unchanged: Callable[[], bool]
) -> None:
    (here / "lonely.csv").write_text(QUESTIONNAIRES, "utf-8")
    said = run("measures", "responses", "ucla3", "lonely.csv")
    assert said.code == 1
    assert "p3c measures take ucla3" in said.err
    assert unchanged()


@pytest.mark.parametrize(
    "kind", [name for name, kind in KINDS.items() if kind.home.startswith("instruments.")]
)
def test_each_table_of_what_was_measured_is_printed_and_written(
    kind: str, measured: Path, run: Callable[..., Said]
) -> None:
    said = run("table", kind, "--format", "json")
    assert said.code == 0, said.err
    assert json.loads(said.out)["rows"]
    for ending in ("csv", "xlsx", "html"):
        assert run("table", kind, "--to", f"out.{ending}").code == 0


def test_tables_and_the_figure_take_their_options(measured: Path, run: Callable[..., Said]) -> None:
    said = run("table", "change", "-p", "z", "ucla3:loneliness=1.2", "--format", "csv")
    assert ",1.2," in said.out, said.err
    assert run("table", "joint", "-p", "by", "theme", "--format", "json").code == 0
    assert run("figure", "change", "--to", "change", "--by", "study").code == 0
    assert (measured / "change.svg").stat().st_size > 1_000
    assert "no programme 'cre'" in run("figure", "change", "--to", "c", "--programme", "cre").err


def test_what_a_respondent_filled_in_is_taken_away_and_brought_back(
    measured: Path, run: Callable[..., Said]
) -> None:
    said = run("measures", "forget", "ucla3", "P9")
    assert (said.code, "nobody called 'P9' filled in" in said.err, "P1" in said.err) == (
        1,
        True,
        True,
    )
    assert "in wave 't9'" in run("measures", "forget", "ucla3", "P1", "--wave", "t9").err
    assert (
        run("measures", "forget", "ucla3", "P1", "--wave", "t1").out
        == "Removed 1 questionnaire of P1.\n"
    )
    assert len(json.loads(run("table", "scores", "--format", "json").out)["rows"]) == 1
    assert run("undo").code == 0
    assert len(json.loads(run("table", "scores", "--format", "json").out)["rows"]) == 2
