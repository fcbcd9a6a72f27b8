"""Where a report lies: what was rendered earlier is kept, and nothing is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from p3c_qual.report.renders import take_place


def files(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in found
        if path.name != "manifest.json"
    }


def render(folder: Path, word: str, names: tuple[str, ...], minute: int = 0) -> Path:
    """Write a render of these files, which all hold a word."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(word)
    told = {"finished": f"2026-11-01T10:{minute:02}:00+00:00", "files": dict.fromkeys(names, "")}
    (folder / "manifest.json").write_text(json.dumps(told))
    return folder


BOTH = ("report.html", "figures/a.svg")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder with a render of HTML and PDF, and with notes of somebody's own."""
    take_place(tmp_path / "one", render(tmp_path / "a", "first", (*BOTH, "report.pdf")))
    (tmp_path / "one" / "notes.txt").write_text("own")
    return tmp_path / "one"


def test_all_files_of_the_earlier_render_are_kept_under_its_time(target, tmp_path) -> None:
    take_place(target, render(tmp_path / "b", "second", BOTH, 1))
    take_place(target, render(tmp_path / "c", "third", BOTH, 2))
    assert files(target) == {
        **dict.fromkeys(BOTH, "third"),
        "notes.txt": "own",
        **{f"runs/2026-11-01T10-01-00Z/{name}": "second" for name in BOTH},
        **{f"runs/2026-11-01T10-00-00Z/{name}": "first" for name in (*BOTH, "report.pdf")},
    }


def test_two_renders_of_one_second_are_both_kept(target, tmp_path) -> None:
    take_place(target, render(tmp_path / "b", "second", BOTH))
    take_place(target, render(tmp_path / "c", "third", BOTH))
    assert files(target)["runs/2026-11-01T10-00-00Z/report.html"] == "first"
    assert files(target)["runs/2026-11-01T10-00-00Z (2)/report.html"] == "second"


@pytest.mark.parametrize("at", range(7))
def test_a_move_that_fails_takes_all_moves_back(target, tmp_path, monkeypatch, at) -> None:
    made = render(tmp_path / "b", "second", BOTH, 1)
    before, new = files(target), files(made)
    moved, count = Path.rename, iter(range(100))

    def failing(self: Path, to: Path) -> Path:
        if next(count) == at:
            raise OSError(28, "No space left on device")
        return moved(self, to)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space"):
        take_place(target, made)
    assert files(target) == before
    assert files(made) == new
    assert not (target / "runs").exists()


@pytest.mark.parametrize("at", range(1, 7))
def test_after_a_crash_midway_every_file_lies_somewhere(target, tmp_path, monkeypatch, at) -> None:
    made = render(tmp_path / "b", "second", BOTH, 1)
    moved, count = Path.rename, iter(range(100))

    def dying(self: Path, to: Path) -> Path:
        # nothing is done any more, not even to take something back
        return moved(self, to) if next(count) < at else to

    monkeypatch.setattr(Path, "rename", dying)
    take_place(target, made)
    monkeypatch.undo()
    left = sorted([*files(target).values(), *files(made).values()])
    assert left == ["first"] * 3 + ["own"] + ["second"] * 2

    take_place(target, render(tmp_path / "c", "third", BOTH, 2))
    assert [files(target)[name] for name in BOTH] == ["third", "third"]
    assert list(files(target).values()).count("first") == 3


def test_a_report_of_an_older_version_is_kept_under_the_time_of_its_files(tmp_path) -> None:
    old = tmp_path / "one" / "report.html"
    old.parent.mkdir()
    old.write_text("old")
    take_place(old.parent, render(tmp_path / "b", "new", BOTH))
    (earlier,) = (old.parent / "runs").iterdir()
    assert files(earlier) == {"report.html": "old"}


def test_a_manifest_that_names_other_places_moves_nothing_there(target, tmp_path) -> None:
    (tmp_path / "apart.txt").write_text("apart")
    told = json.loads((target / "manifest.json").read_text())
    told["files"] |= {"../apart.txt": "", str(tmp_path / "apart.txt"): "", "runs/x": ""}
    (target / "manifest.json").write_text(json.dumps(told))
    take_place(target, render(tmp_path / "b", "second", BOTH, 1))
    assert (tmp_path / "apart.txt").read_text() == "apart"
