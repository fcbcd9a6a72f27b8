"""Reports that are made beside the rest: the queue, its progress, and what went wrong."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.errors import P3CError, Problem
from p3c_qual.report import run
from p3c_qual.workbench import on_server
from p3c_qual.workbench.studies import RefusedError, Studies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from p3c_qual.workbench.wire_description import RenderJob


class Notebook:
    """Stands for the notebook: each render waits until it is let go, or fails as it is told."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.parameters: list[dict[str, Any]] = []
        self.failing: dict[str, Exception] = {}
        self.go = threading.Event()

    def __call__(
        self,
        study: Path,
        out: Path,
        *,
        notebook: str,
        of: dict[str, str],
        parameters: dict[str, Any],
        progress: Callable[[int, int], None],
    ) -> Path:
        programme = of["programme"]
        assert notebook == run.NOTEBOOK
        self.begun.append(programme)
        self.parameters.append(parameters)
        progress(2, 7)
        assert self.go.wait(20)
        if programme in self.failing:
            raise self.failing[programme]
        with p3c.open_study(study) as opened:
            assert programme in list(opened.programmes()["programme"])
        out.mkdir(parents=True, exist_ok=True)
        for form in parameters.get("to", "html").split(","):
            (out / f"report.{form}").write_text(programme)
        return out / "report.html"


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    made = Notebook()
    monkeypatch.setattr(run, "run_notebook", made)
    yield made
    made.go.set()


@pytest.fixture
def studies(tmp_path: Path, folder_of: Callable[[Path], Path]) -> Iterator[Studies]:
    """Give the studies of a server, with one of three programmes."""
    (tmp_path / "root").mkdir()
    path = folder_of(tmp_path / "root" / "mine")
    with p3c.open_study(path, coder="anna") as study, study.act("a third") as act:
        act.insert("programme", [{"key": "west", "label": "West"}])
    made = Studies(tmp_path / "root")
    yield made
    made.close()


def ask(studies: Studies, **args: Any) -> list[RenderJob]:
    made: list[RenderJob] = on_server.run(studies, "render", str(len(studies.answered)), args)
    return made


def wait(studies: Studies, *states: str) -> list[RenderJob]:
    """Wait until the renders are in these states, in the order they were asked for."""
    until = time.monotonic() + 20
    while True:
        jobs = studies.renders.of("mine")[::-1]
        if [each.state for each in jobs] == list(states):
            return jobs
        assert time.monotonic() < until, jobs
        time.sleep(0.01)


def test_two_are_made_at_a_time_and_the_others_wait(studies: Studies, notebook: Notebook) -> None:
    asked = ask(studies, study="mine", forms=["html", "pdf"], draft=True)
    assert [(each.programme, each.name) for each in asked] == [
        ("north", "North"),
        ("south", "South"),
        ("west", "West"),
    ]
    jobs = wait(studies, "running", "running", "waiting")
    assert sorted(notebook.begun) == ["north", "south"]
    assert [(each.done, each.of) for each in jobs] == [(2, 7), (2, 7), (0, 0)]
    # what waits already is not put into the queue once more
    (again,) = ask(studies, study="mine", programmes=["west"], forms=["html", "pdf"], draft=True)
    assert again.id == jobs[2].id
    notebook.go.set()
    jobs = wait(studies, "done", "done", "done")
    assert jobs[2].files == ["mine/reports/west/report.html", "mine/reports/west/report.pdf"]
    assert all(each["draft"] is True for each in notebook.parameters)
    assert jobs[0].started.endswith("Z")


def test_one_report_is_never_made_twice_at_a_time(studies: Studies, notebook: Notebook) -> None:
    ask(studies, study="mine", programmes=["west"])
    wait(studies, "running")
    ask(studies, study="mine", programmes=["west"], draft=True)
    ask(studies, study="mine", programmes=["west"], forms=["html", "docx"], draft=True)
    wait(studies, "running", "waiting")
    notebook.go.set()
    jobs = wait(studies, "done", "done")
    assert [len(each.files) for each in jobs] == [1, 2]


def test_one_that_fails_says_all_of_it_and_stops_no_other(
    studies: Studies, notebook: Notebook
) -> None:
    notebook.failing = {
        "north": P3CError([Problem("a quote has no consent", "N1"), Problem("a name is printed")]),
        "south": RuntimeError("out of paper"),
    }
    notebook.go.set()
    ask(studies, study="mine")
    jobs = wait(studies, "failed", "failed", "done")
    assert jobs[0].problem == "N1: a quote has no consent.\nA name is printed."
    assert jobs[1].problem == "The report could not be made: RuntimeError: out of paper"
    assert jobs[0].files == []


def test_a_study_that_is_closed_meanwhile_is_rendered_to_the_end(
    studies: Studies, notebook: Notebook
) -> None:
    ask(studies, study="mine", programmes=["north"])
    wait(studies, "running")
    studies.close()
    notebook.go.set()
    wait(studies, "done")


def test_everything_that_is_unknown_is_named_at_once(studies: Studies, notebook: Notebook) -> None:
    with pytest.raises(P3CError) as caught:
        ask(studies, study="mine", programmes=["nort"], country="Nowhere", forms=["odt"])
    assert len(caught.value.problems) == 3
    assert caught.value.problems[0].nearest == "north"
    assert notebook.begun == studies.renders.of("mine") == []


def test_nothing_is_written_outside_the_servers_folder(
    studies: Studies, notebook: Notebook, tmp_path: Path
) -> None:
    (studies.root / "mine" / "reports").rename(tmp_path / "elsewhere")
    (studies.root / "mine" / "reports").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError):
        ask(studies, study="mine")
    with pytest.raises(RefusedError):
        ask(studies, study="../elsewhere")
    assert notebook.begun == []


def test_the_renders_of_a_study_are_told_over_the_wire(window: Any) -> None:
    assert window.get("renders") == []
    refused = window.send("render", study=window.study, programmes=["west"])
    assert refused.status == 422
    assert json.loads(refused.body)["error"]["valid"] == ["north", "south"]
