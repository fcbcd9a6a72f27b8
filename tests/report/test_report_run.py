"""Rendering through the notebook: a real kernel, and what is left when it fails."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import nbformat
import pytest

from p3c_qual.errors import P3CError
from p3c_qual.report import run
from p3c_qual.report.run import run_report
from p3c_qual.shipped import shipped_path

if TYPE_CHECKING:
    from pathlib import Path


def notebook(path: Path, *cells: str) -> None:
    """Write a notebook of a study's own, with the parameters every one has."""
    given = 'study = "."\nprogramme = ""\nout = ""'
    first = nbformat.v4.new_code_cell(given, metadata={"tags": ["parameters"]})
    made = nbformat.v4.new_notebook(cells=[first, *map(nbformat.v4.new_code_cell, cells)])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """Give a study folder whose notebook a test writes; its sources are of no matter."""
    monkeypatch.setattr(run, "_inputs", lambda *_: ({"parameters": {}}, 7))
    monkeypatch.setattr(run, "_cursor", lambda *_: 7)
    return tmp_path / "my {stüdy} $x 雪"


def test_the_shipped_notebook_renders_a_programme(harbour, tmp_path) -> None:
    out = tmp_path / "reports" / "har{bour}"
    steps: list[tuple[int, int]] = []
    # as text, which is how a command line gives them
    given = {"max_quote_words": "10", "draft": "true", "as_of": f"{datetime.now(UTC):%Y-%m-%d}"}
    given |= {"reading_set": "coder mira", "codebook_version": "1.0"}
    path = run_report(
        harbour.path,
        "harbour",
        out,
        parameters=given,
        progress=lambda done, total: steps.append((done, total)),
    )
    assert path == out / "report.html"
    html = path.read_text(encoding="utf-8")
    assert "The nurse comes" in html
    assert 'class="banner"' in html
    figures = [name for name in files(out) if name.startswith("figures/")]
    assert "figures/figure_code_by_site.png" in figures
    stems = {name.rpartition(".")[0] for name in figures}
    # each for print, for screens, and in words
    assert figures == sorted(f"{stem}.{end}" for stem in stems for end in ("png", "svg", "txt"))
    assert set(files(out)) - {*figures} == {
        "manifest.json",
        "report.html",
        "thick_description.ipynb",
    }
    assert steps[-1][0] == steps[-1][1] == len(steps)
    assert [p.name for p in out.parent.iterdir()] == ["har{bour}"]

    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["max_quote_words"] == 10
    sources = harbour.sources().set_index("source")["sha256"]
    assert manifest["sources"] == sources.drop("IP01_2").to_dict()
    assert set(manifest["files"]) == {*files(out)} - {"manifest.json"}
    assert manifest["versions"]["pandas"]
    assert manifest["as_of"] == given["as_of"]
    assert manifest["codebook"] == {"key": "selfie", "version": "1.0"}
    assert manifest["reading_set"].startswith("Reading set: coder mira in ")
    assert manifest["seed"] is None
    assert manifest["journal"]["events"] == harbour.store.cursor()
    assert manifest["changed_meanwhile"] is False
    assert set(manifest["codebooks"]) == {*harbour.codebooks()["codebook"]}
    assert f"as it stood on {given['as_of']}" in html
    assert "selfie version 1.0" in html

    executed = nbformat.read(out / "thick_description.ipynb", as_version=4)
    injected = next(
        c for c in executed.cells if "injected-parameters" in c.metadata.get("tags", [])
    )
    assert repr(str(out)).strip("'") in injected.source
    assert all(cell.execution_count for cell in executed.cells if cell.cell_type == "code")


def test_the_shipped_notebook_explains_each_of_its_parameters() -> None:
    made = nbformat.read(shipped_path("notebooks/thick_description.ipynb"), as_version=4)
    tagged = [c for c in made.cells if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    values: dict[str, object] = {}
    exec(tagged[0].source, values)
    del values["__builtins__"]
    assert values == {
        "study": ".",
        "programme": "",
        "reading_set": "",
        "codebook_version": "",
        "as_of": "",
        "language": "en",
        "sections": None,
        "max_quote_words": 120,
        "include_cmo": True,
        "include_instruments": True,
        "draft": True,
        "min_quotes": 0,
        "codebook": "selfie",
        "to": "html",
        "out": "",
    }
    above = made.cells[made.cells.index(tagged[0]) - 1].source
    assert all(f"- `{name}`:" in above for name in values)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in made.cells)


def test_unknown_parameters_are_refused_at_once_with_the_nearest(harbour, tmp_path) -> None:
    with pytest.raises(P3CError) as caught:
        run_report(
            harbour.path, "harbour", tmp_path / "r", parameters={"max_quote": 1, "codebok": "x"}
        )
    assert [p.nearest for p in caught.value.problems] == ["max_quote_words", "codebook"]
    assert not (tmp_path / "r").exists()


def test_parameters_of_the_wrong_kind_are_refused_all_at_once(harbour, tmp_path) -> None:
    wrong = {"max_quote_words": "many", "draft": "perhaps"}
    with pytest.raises(P3CError) as caught:
        run_report(harbour.path, "harbour", tmp_path / "r", parameters=wrong)
    assert [p.what for p in caught.value.problems] == [
        "'many' is no whole number",
        "'perhaps' is no truth value: write true or false",
    ]


def test_a_failed_render_leaves_the_earlier_report_and_says_one_line(own, tmp_path) -> None:
    source = own / "notebooks" / "thick_description.ipynb"
    out = tmp_path / "reports" / "one"
    write = "from pathlib import Path\nPath(out, 'report.html').write_text('first')"
    notebook(source, write)
    run_report(own, "one", out)
    (out / "notes.txt").write_text("of the researcher")
    before = {name: (out / name).read_bytes() for name in files(out)}

    notebook(source, write.replace("first", "second"), "1 / 0")
    with pytest.raises(P3CError) as caught:
        run_report(own, "one", out)
    assert "ZeroDivisionError: division by zero" in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {name: (out / name).read_bytes() for name in files(out)} == before
    assert [p.name for p in out.parent.iterdir()] == ["one"]


def test_a_render_replaces_the_earlier_one_and_nothing_else(own, tmp_path) -> None:
    source = own / "notebooks" / "thick_description.ipynb"
    out = tmp_path / "one"
    cell = (
        "from pathlib import Path\n"
        "Path(out, 'figures').mkdir()\n"
        "Path(out, 'figures', '{0}.svg').write_text('{0}')\n"
        "Path(out, 'report.html').write_text('{0}')"
    )
    notebook(source, cell.format("old"))
    run_report(own, "one", out)
    (out / "notes.txt").write_text("of the researcher")
    notebook(source, cell.format("new"))
    run_report(own, "one", out)
    assert (out / "report.html").read_text() == "new"
    assert [p.name for p in (out / "figures").iterdir()] == ["new.svg"]
    assert (out / "notes.txt").read_text() == "of the researcher"
    (earlier,) = (out / "runs").iterdir()
    assert files(earlier) == [
        *("figures/old.svg", "manifest.json", "report.html", "thick_description.ipynb")
    ]
    assert (earlier / "report.html").read_text() == "old"


def test_a_notebook_on_the_study_as_a_whole_needs_no_report(own, tmp_path) -> None:
    notebook(own / "notebooks" / "steps.ipynb", "print(programme)")
    given = {"programme": "one"}
    path = run.run_notebook(
        own, tmp_path / "steps", notebook="steps.ipynb", of={}, parameters=given
    )
    assert path == tmp_path / "steps" / "steps.ipynb"
    assert nbformat.read(path, as_version=4).cells[-1].outputs[0].text == "one\n"


def test_what_the_study_does_not_have_is_refused_before_a_kernel_starts(
    harbour, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(run, "_execute", None)
    for given, told in (
        ({"reading_set": "coder mria"}, "Did you mean 'coder mira'?"),
        ({"codebook_version": "2"}, "selfie has no version '2'"),
        ({"as_of": "2020-01-01"}, "the study had not begun"),
    ):
        with pytest.raises(P3CError, match=told.replace("?", ".")):
            run_report(harbour.path, "harbour", tmp_path / "r", parameters=given)
    assert not (tmp_path / "r").exists()


def test_what_the_library_says_comes_through_as_it_was_said(own, tmp_path) -> None:
    cell = "from p3c_qual.errors import P3CError, Problem\nraise P3CError([Problem('no such code', 'row 3'), Problem('no word')])"
    notebook(own / "notebooks" / "thick_description.ipynb", cell)
    with pytest.raises(P3CError) as caught:
        run_report(own, "one", tmp_path / "one")
    # each line has what the report is on, since several may be rendered at a time
    assert str(caught.value).splitlines() == ["one: row 3: no such code.", "one: no word."]


def test_a_notebook_that_writes_no_report_is_named(own, tmp_path) -> None:
    notebook(own / "notebooks" / "thick_description.ipynb", "1 + 1")
    with pytest.raises(P3CError, match="ended without writing a report"):
        run_report(own, "one", tmp_path / "one")


def test_a_kernel_that_dies_is_said_in_one_sentence(own, tmp_path) -> None:
    cell = "import os\nos.kill(os.getpid(), 9)"
    notebook(own / "notebooks" / "thick_description.ipynb", cell)
    with pytest.raises(P3CError, match="kernel failed"):
        run_report(own, "one", tmp_path / "one")
    assert not (tmp_path / "one").exists()


def test_a_folder_that_cannot_be_made_is_said(own, tmp_path) -> None:
    notebook(own / "notebooks" / "thick_description.ipynb", "1 + 1")
    (tmp_path / "file").write_text("in the way")
    for folder in ("file", "file/one"):
        with pytest.raises(P3CError, match=r"file: .* a file stands where its folder belongs"):
            run_report(own, "one", tmp_path / folder)


def test_only_a_notebook_that_lacks_what_the_shipped_one_takes_is_called_older(own) -> None:
    notebook(own / "notebooks" / "thick_description.ipynb", "1 + 1")
    notebook(own / "notebooks" / "steps.ipynb", "1 + 1")
    lacking = {"max_quote_words": 3, "zzz": 1}
    with pytest.raises(P3CError) as caught:
        run_report(own, "one", own / "one", parameters=lacking)
    assert ["earlier version" in p.do for p in caught.value.problems] == [True, False]
    with pytest.raises(P3CError, match="unknown parameter 'zzz'"):
        run.run_notebook(own, own / "x", notebook="steps.ipynb", of={}, parameters={"zzz": 1})
