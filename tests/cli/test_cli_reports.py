"""Reports and the demo from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

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
    failed = run("report", "--all")
    assert failed.code == 1
    assert "ValueError: the ink is dry" in failed.err
    assert "Traceback" not in failed.err
    after = {path: path.read_bytes() for path in report.parent.rglob("*") if path.is_file()}
    assert after == before
    assert [path.name for path in (here / "reports").iterdir() if path.is_dir()] == ["care"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("caer",), "unknown programme 'caer'. Did you mean 'care'?"),
        (("--country", "Norwy"), "unknown country 'Norwy'. Did you mean 'Norway'?"),
        (("care", "-p", "drfat", "1"), "unknown parameter 'drfat'. Did you mean 'draft'?"),
        (("care", "-p", "drfat=1"), "unknown parameter 'drfat'. Did you mean 'draft'?"),
        (("care", "--to", "docx"), "a report is not written as 'docx' yet. Valid: html."),
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
