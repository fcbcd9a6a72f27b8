"""Research questions, summarisings and their tables from the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from p3c_qual.analysis.kinds import KINDS
from p3c_qual.cli.mayring import TableKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said

ASK = [
    *("question", "ask", "What helps?", "--technique", "summarising", "--key", "helps"),
    *("--criterion", "what helps", "--abstraction", "general", "--coding-unit", "proposition"),
    *("--context-unit", "source", "--recording-unit", "source", "--source", "P1"),
]
#: the units of P1, as the table holds them
ROWS = """\
question,no,source,start,end,paraphrase,z1,generalisation,z2,decision,z3,same_as,reason,category,z4
helps,1,P1,23,41,Weekly meeting,Z1.3,People meet,Z2.1,keep,Z3.3,,,Meeting,Z4.1
helps,2,P1,42,58,Nurse calls,Z1.3,Somebody calls,Z2.1,delete,Z3.2,,beside the point,,
"""


@pytest.fixture
def loaded(here: Path, run: Callable[..., Said]) -> Path:
    """Give the small study with a question and two units worked through."""
    assert run(*ASK).code == 0
    (here / "rows.csv").write_text(ROWS, "utf-8")
    assert run("summary", "load", "rows.csv").code == 0
    return here


def test_a_question_is_asked_listed_shown_and_changed(here: Path, run: Callable[..., Said]) -> None:
    assert run(*ASK).out == "Asked helps; it is in the step 'define'.\n"
    rows = json.loads(run("question", "list", "--format", "json").out)
    assert [(row["question"], row["technique"], row["sources"]) for row in rows] == [
        ("helps", "summarising", 1)
    ]
    shown = run("question", "show", "helps").out
    assert "theoretical background  not recorded" in shown
    assert "now: Units." in shown
    assert run("question", "set", "helps", "--theory", "People know").out == "Changed helps.\n"
    again = run("question", "set", "helps", "--theory", "People know")
    assert again.out == "helps: nothing changed.\n"
    found = json.loads(run("question", "show", "helps", "--format", "json").out)
    assert (found["theory"], found["step"], found["missing"]) == ("People know", "define", [])
    table = csv.DictReader(io.StringIO(run("question", "show", "helps", "--format", "csv").out))
    assert {row["what"] for row in table} >= {"question", "coding unit", "step check"}


def test_every_fault_of_a_question_is_said_at_once_and_nothing_is_kept(
    here: Path, run: Callable[..., Said], unchanged: Callable[[], bool]
) -> None:
    said = run(
        *("question", "ask", "Why?", "--technique", "sumarising", "--coding-unit", "letter"),
        *("--source", "P9"),
    )
    assert said.code == 1
    assert "Did you mean 'summarising'?" in said.err
    assert "there is no coding unit 'letter'" in said.err
    assert "unknown source 'P9'" in said.err
    assert unchanged()
    assert run("question", "set", "helps").code == 2
    assert run("question", "show", "helps").code == 1


def test_steps_are_closed_and_gone_back_to(loaded: Path, run: Callable[..., Said]) -> None:
    assert "Closed 'paraphrase'" in run("question", "close", "helps").out
    assert "Closed 'generalise'" in run("question", "close", "helps", "generalise").out
    assert run("question", "close", "helps", "bundle").code == 1
    assert run("question", "return", "helps", "paraphrase").code == 2  # no reason
    assert run("question", "return", "helps", "paraphrase", "--reason", " ").code == 1
    said = run("question", "return", "helps", "paraphrase", "--reason", "too coarse")
    assert said.out == "helps is in 'paraphrase' again.\n"


def test_a_step_that_lacks_something_is_refused_with_what_it_lacks(
    here: Path, run: Callable[..., Said], unchanged: Callable[[], bool]
) -> None:
    run("question", "ask", "Which?", "--technique", "type", "--key", "types")
    before = run("question", "list").out
    said = run("question", "close", "types")
    assert said.code == 1
    assert "the selection criterion is not written" in said.err
    assert run("question", "list").out == before


def test_questions_go_out_as_yaml_and_come_in_again(
    here: Path, run: Callable[..., Said], tmp_path: Path
) -> None:
    run(*ASK)
    file = tmp_path / "questions.yml"
    assert run("question", "export", "--to", file).out == f"Wrote {file}.\n"
    assert run("question", "export").out == file.read_text("utf-8")
    assert run("question", "load", file).out == f"{file}: nothing changed.\n"
    file.write_text(file.read_text("utf-8").replace("What helps?", "What hinders?"), "utf-8")
    assert run("question", "load", file).out == "Took in helps.\n"


def test_a_summary_goes_out_and_in_and_changes_nothing(
    loaded: Path, run: Callable[..., Said]
) -> None:
    assert run("table", "summary", "--to", "out.csv").out == "Wrote 2 rows to out.csv.\n"
    assert run("summary", "load", "out.csv").out == "out.csv: nothing changed.\n"
    shown = run("table", "summary", "--format", "csv")
    assert shown.out == (loaded / "out.csv").read_text("utf-8")
    assert "Denominators: units 2, sources with units 1, sources in the material 1" in shown.err


def test_a_broken_row_leaves_everything_as_it_was(
    loaded: Path, run: Callable[..., Said], unchanged: Callable[[], bool]
) -> None:
    before = run("table", "summary", "--format", "json").out
    (loaded / "rows.csv").write_text(ROWS.replace("Z3.2,,beside the point", "Z3.2,,"), "utf-8")
    said = run("summary", "load", "rows.csv")
    assert said.code == 1
    assert "Z3.2" in said.err
    assert "rows.csv" in said.err
    assert run("table", "summary", "--format", "json").out == before


def test_the_back_check_is_drawn_and_judged_by_numbers(
    loaded: Path, run: Callable[..., Said]
) -> None:
    early = run("summary", "draw", "helps", "--size", "2", "--seed", "7")
    assert early.code == 1
    assert "is not closed yet" in early.err
    for _ in range(4):
        assert run("question", "close", "helps").code == 0
    said = run("summary", "draw", "helps", "--size", "2", "--seed", "7", "--format", "json")
    assert sorted(row["no"] for row in json.loads(said.out)) == [1, 2]
    assert run("summary", "judge", "helps", "1", "yes").out == "No. 1: yes.\n"
    assert run("summary", "judge", "helps", "1", "yes").out == "No. 1: nothing changed.\n"
    wrong = run("summary", "judge", "helps", "2", "maybe")
    assert (wrong.code, "Valid: yes, partly, no" in wrong.err) == (1, True)
    assert run("summary", "judge", "helps", "9", "no").code == 1
    run("summary", "judge", "helps", "2", "no", "--remark", "left out")
    assert "Closed 'check'" in run("question", "close", "helps").out
    found = json.loads(run("table", "back-check", "--format", "json").out)
    assert found["samples"][0]["no"] == 1
    assert [row["remark"] for row in found["rows"] if row["no"] == 2] == ["left out"]


def test_categories_become_codes(loaded: Path, run: Callable[..., Said]) -> None:
    assert run("summary", "codes", "helps", "selfie").out == "Made 1 code and 1 coding.\n"
    assert run("summary", "codes", "helps", "selfie").out == "Made 0 codes and 0 codings.\n"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "html"])
@pytest.mark.parametrize("kind", ["summary", "funnel", "categories", "back-check"])
def test_each_table_is_written_in_each_form(
    kind: str, ending: str, loaded: Path, run: Callable[..., Said]
) -> None:
    assert run("table", kind, "--to", f"out.{ending}").code == 0
    assert (loaded / f"out.{ending}").stat().st_size > 0


@pytest.mark.parametrize("kind", ["agenda", "confusions", "duty", "editions", "saturation"])
def test_tables_of_a_codebook_need_no_question(
    kind: str, here: Path, run: Callable[..., Said]
) -> None:
    said = run("table", kind, "--codebook", "selfie", "--format", "json")
    assert said.code == 0, said.err
    assert isinstance(json.loads(said.out)["rows"], list)


@pytest.mark.parametrize("kind", ["explications", "doubtful", "surprises"])
def test_tables_of_the_study_need_nothing(kind: str, here: Path, run: Callable[..., Said]) -> None:
    assert run("table", kind).code == 0


def test_the_command_knows_each_kind_of_table() -> None:
    assert [each.value for each in TableKind] == list(KINDS)


def test_a_table_that_cannot_be_made_or_written_says_why(
    loaded: Path, run: Callable[..., Said]
) -> None:
    for words, what in (
        (("matrix",), "Ask one of theme structuring first"),
        (("summary", "--question", "hepls"), "Did you mean 'helps'?"),
        (("summary", "--to", "out.doc"), "not written as '.doc'"),
        (("summary", "-p", "by", "site"), "has no parameter 'by'"),
        (("agenda",), "no research question that has a table 'agenda'"),
    ):
        said = run("table", *words)
        assert (said.code, what in said.err) == (1, True), said.err
    assert run("table", "sumary").code == 2
    assert run("table", "summary", "-p", "by").code == 2
    assert not (loaded / "out.doc").exists()


@pytest.mark.parametrize("kind", ["funnel"])
def test_the_funnel_is_drawn(kind: str, loaded: Path, run: Callable[..., Said]) -> None:
    assert run("figure", kind, "--to", "drawn").code == 0
    assert (loaded / "drawn.png").stat().st_size > 5_000
    assert (loaded / "drawn.svg").read_bytes().startswith(b"<?xml")


def test_saturation_is_drawn_of_a_codebook(here: Path, run: Callable[..., Said]) -> None:
    said = run("figure", "saturation", "--codebook", "selfie", "--to", "drawn", "-p", "base", "1")
    assert said.code == 0, said.err
    assert (here / "drawn.png").exists()


def test_the_wheel_and_the_timeline_of_a_programme_are_drawn(
    here: Path, run: Callable[..., Said]
) -> None:
    assert run("figure", "selfie", "--programme", "care", "--to", "wheel").code == 0
    assert (here / "wheel.svg").stat().st_size > 10_000
    said = run("figure", "selfie", "-p", "contry", "Eastholm", "--to", "wheels")
    assert "Did you mean 'country'?" in said.err
    said = run("figure", "timeline", "--programme", "car", "--to", "time")
    assert "no programme 'car'" in said.err
    assert not (here / "time.png").exists()


def test_ratings_and_emergence_without_a_question_say_what_to_do(
    here: Path, run: Callable[..., Said]
) -> None:
    for kind, technique in (("ratings", "scaling"), ("emergence", "inductive category")):
        said = run("figure", kind, "--to", "drawn")
        assert (said.code, f"Ask one of {technique}" in said.err) == (1, True), said.err
    assert not (here / "drawn.png").exists()


def test_memos_are_listed_by_kind(here: Path, run: Callable[..., Said]) -> None:
    run("memo", "span", "Nobody else says so.", "--target", "P1", "--span", "23-41",
        "--kind", "surprise")  # fmt: skip
    run("memo", "study", "Write to the board.")
    rows = json.loads(run("memos", "--kind", "surprise", "--format", "json").out)
    assert [row["text"] for row in rows] == ["Nobody else says so."]
    assert len(json.loads(run("memos", "--format", "json").out)) == 3  # one came with a coding
    (found,) = json.loads(run("table", "surprises", "--format", "json").out)["rows"]
    assert (found["quote"], found["coder"]) == ("We meet each week.", "anna")


def test_ratings_and_cells_come_in_from_tables(here: Path, run: Callable[..., Said]) -> None:
    run("question", "ask", "What of it?", "--technique", "theme", "--key", "themes",
        "--codebook", "selfie", "--coding-unit", "proposition", "--context-unit", "turn",
        "--recording-unit", "source")  # fmt: skip
    (here / "cells.csv").write_text(
        "question,case,code,text,refs,status\nthemes,P2,financing,The money ended.,30-57,draft\n"
    )
    assert run("chart", "--csv", "cells.csv").out == "Took in 1 cell.\n"
    (row,) = [
        row
        for row in json.loads(run("table", "cells", "--format", "json").out)["rows"]
        if row["text"]
    ]
    assert (row["case"], row["code"], row["refs"]) == ("P2", "financing", "P2:30-57")
    (here / "ratings.csv").write_text("question,code,source,start,end,level\nthemes,x,P1,1,2,3\n")
    said = run("rate", "--csv", "ratings.csv")
    assert (said.code, "scaling" in said.err) == (1, True), said.err


def test_a_pilot_is_reviewed(here: Path, run: Callable[..., Said]) -> None:
    run("question", "ask", "What?", "--technique", "theme", "--key", "themes",
        "--codebook", "selfie", "--coding-unit", "proposition", "--context-unit", "turn",
        "--recording-unit", "source")  # fmt: skip
    early = run("question", "review", "themes", "unchanged")
    assert (early.code, "pilot" in early.err) == (1, True)
    assert run("question", "close", "themes").code == 0
    assert run("question", "close", "themes").code == 0
    wrong = run("question", "close", "themes")
    assert (wrong.code, "a pilot ends with its review" in wrong.err) == (1, True)
    assert run("question", "review", "themes", "unchangd").code == 1
    said = run("question", "review", "themes", "unchanged", "--reason", "It held.")
    assert said.out == "Reviewed the pilot of themes: unchanged. It is in 'final' now.\n", said.err
    (row,) = json.loads(run("table", "pilot", "--format", "json").out)["rows"]
    assert (row["decision"], row["reason"], row["units_of"]) == ("unchanged", "It held.", 2)
