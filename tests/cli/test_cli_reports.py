"""Reports and the demo from the command line."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from p3c_qual import description, open_study
from p3c_qual.cli.reports import render_all
from p3c_qual.errors import P3CError, Problem
from p3c_qual.report.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said


def _break(study: Path) -> None:
    """Let the study's own notebook fail in its last cell."""
    path = study / "notebooks" / "thick_description.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in reversed(book["cells"]) if cell["cell_type"] == "code")
    cell["source"] = ["raise ValueError('the ink is dry')"]
    path.write_text(json.dumps(book), encoding="utf-8")


def test_a_report_is_rendered_and_one_that_fails_keeps_the_earlier(
    run: Callable[..., Said], here: Path
) -> None:
    made = run("report", "care", "-p", "max_quote_words", "40", "--draft")
    assert made.code == 0, made.err
    report = here / "reports" / "care" / "report.html"
    assert made.out == f"Report: {report}\n"
    assert "The money ran out in spring" in report.read_text(encoding="utf-8")
    manifest = json.loads((report.parent / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["max_quote_words"] == 40
    assert manifest["parameters"]["draft"] is True
    before = {path: path.read_bytes() for path in report.parent.rglob("*") if path.is_file()}

    _break(here)
    failed = run("report", "--all", "--draft")
    assert failed.code == 1
    assert "ValueError: the ink is dry" in failed.err
    assert "Traceback" not in failed.err
    after = {path: path.read_bytes() for path in report.parent.rglob("*") if path.is_file()}
    assert after == before
    assert [path.name for path in (here / "reports").iterdir() if path.is_dir()] == ["care"]


def test_a_crash_in_one_of_seventeen_leaves_the_others_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at_once: list[int] = []
    going: set[str] = set()

    def make(_study: Path, out: Path, *, of: dict[str, str], **_: object) -> Path:
        name = of["programme"]
        going.add(name)
        at_once.append(len(going))
        time.sleep(0.01)
        going.discard(name)
        if name == "p7":
            raise MemoryError
        if name == "p9":
            raise P3CError([Problem("no source is in 'fr'"), Problem("a name is undecided")])
        return out / "report.html"

    monkeypatch.setattr("p3c_qual.report.run.run_notebook", make)
    study: Any = SimpleNamespace(path=tmp_path)
    asked = [Wanted(f"p{n}", f"P {n}", "a.ipynb", {"programme": f"p{n}"}) for n in range(17)]
    with pytest.raises(P3CError) as caught:
        render_all(study, asked, {"to": "html,pdf"})

    assert [problem.where for problem in caught.value.problems] == [
        *("report p7", "report p9", "report p9")
    ]
    assert "MemoryError" in str(caught.value)
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 2 * 15
    assert told[0] == f"Report: {tmp_path / 'reports' / 'p0' / 'report.html'}"
    assert max(at_once) == 2


def test_a_report_that_is_no_draft_says_all_that_forbids_it(
    run: Callable[..., Said], here: Path
) -> None:
    with open_study(here, coder="anna") as study:
        text = "So [P1](quote:00000000), [P2](quote:11111111)."
        description.write_section(study, "workforce", text, programme="care")
    said = run("report", "care")

    assert said.code == 1
    assert said.err.count("names no quote of the study") == 2
    assert not (here / "reports" / "care").exists()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("caer",), "unknown programme 'caer'. Did you mean 'care'?"),
        (("--country", "Norwy"), "unknown country 'Norwy'. Did you mean 'Norway'?"),
        (("care", "-p", "drfat", "1"), "unknown parameter 'drfat'. Did you mean 'draft'?"),
        (("care", "-p", "drfat=1"), "unknown parameter 'drfat'. Did you mean 'draft'?"),
        (("care", "--to", "html,dox"), "a report is not written as 'dox'. Did you mean 'docx'?"),
        (("care", "--brief", "manager"), "no audience 'manager'. Did you mean 'managers'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_reported_is_explained(
    run: Callable[..., Said], unchanged: Callable[[], bool], args: tuple[str, ...], told: str
) -> None:
    said = run("report", *args)

    assert said.code == 1
    assert told in said.err
    assert unchanged()


def test_a_study_without_a_programme_has_nothing_to_report(
    run: Callable[..., Said], tmp_path: Path
) -> None:
    run("new", tmp_path / "bare", "--title", "Bare")

    said = run("report", "--all", "--study", tmp_path / "bare")

    assert (said.code, said.err) == (1, "the study has no programme yet. Add sources first.\n")


def test_the_demo_counts_and_reports_the_example_and_says_when_it_is_there_already(
    run: Callable[..., Said], tmp_path: Path
) -> None:
    folder = tmp_path / "demo"

    made = run("demo", folder)
    assert made.code == 0, made.err
    assert "21 sources, 14 interviewees" in made.out
    for programme in ("tallowfield", "vennside"):
        assert (folder / "reports" / programme / "report.html").is_file()
    checked = run("check", "--replay", "--study", folder)
    assert checked.code == 0, checked.out

    again = run("demo", folder)
    assert again.code == 1
    assert "there is a study already" in again.err
    assert len(again.err.strip().splitlines()) == 1
