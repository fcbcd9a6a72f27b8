"""The command line as a user meets it, and a small study to use it on."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.cli import main
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NORTH = "I: How do you work?\nR: We meet each week. The nurse calls. Café and tea, 🙂 always.\n"
SOUTH = "I: And here?\nR: Nobody meets. The money ran out in spring.\n"
CODINGS = """\
source,start,end,code,coder,memo
P1,23,41,workforce.micro.multidisciplinary_team,anna,a huddle
P1,42,58,workforce.micro.named_coordinator,anna,
P2,16,28,workforce,anna,
P2,30,57,financing,anna,
P1,23,41,workforce,ben,
"""


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Give a function that runs a command in this process."""

    def call(*args: object) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        said = capsys.readouterr()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a study of two interviews and five codings that no test changes."""
    folder = tmp_path_factory.mktemp("template")
    with p3c.new_study(folder / "study", title="Two sites", coder="anna") as study:
        for name, text, site, kind in (("P1", NORTH, "north", "D1"), ("P2", SOUTH, "south", "A")):
            file = folder / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            said = Incoming(
                file,
                programme="care",
                country="Norway",
                site=site,
                interviewee=name,
                stakeholder_type=kind,
                kind="interview",
            )
            study.add([said])
        table = folder / "codings.csv"
        table.write_text(CODINGS, encoding="utf-8")
        study.code_csv(table)
    return folder / "study"


@pytest.fixture
def here(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the small study, as the current folder."""
    folder = tmp_path / "study"
    shutil.copytree(template, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def unchanged(here: Path, tmp_path: Path) -> Callable[[], bool]:
    """Give a function that says whether the study, its files included, is what it was."""

    def state() -> tuple[bytes, dict[str, bytes]]:
        file = tmp_path / "state.jsonl"
        with p3c.open_study(here, coder="anna") as study:
            study.export_lines(file)
        kept = {
            path.relative_to(here).as_posix(): path.read_bytes()
            for folder in ("data_raw", "reports")
            for path in sorted((here / folder).rglob("*"))
            if path.is_file()
        }
        return file.read_bytes(), {**kept, "study.yml": (here / "study.yml").read_bytes()}

    before = state()
    return lambda: state() == before
