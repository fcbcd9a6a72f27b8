"""What the command line says of itself, and how it takes what is typed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from p3c_qual import __version__
from p3c_qual.cli import (
    codebooks,
    codings,
    figures,
    journal,
    readings,
    reports,
    sources,
    studies,
    transcripts,
)
from p3c_qual.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Said

LOADED = (codebooks, codings, figures, journal, readings, reports, sources, studies, transcripts)


def _commands(group: Any, path: str = "p3c") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{path} {name}")
        yield f"{path} {name}", command


COMMANDS = dict(_commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_argument_and_option_has_a_help_sentence(name: str) -> None:
    command = COMMANDS[name]

    assert command.help
    assert command.help.split("\n")[0].endswith(".")
    without = [param.name for param in command.params if not getattr(param, "help", "help")]
    assert without == []


def test_no_sentence_of_the_list_of_commands_is_cut_off(run: Callable[..., Said]) -> None:
    said = run("--help")

    assert said.code == 0
    assert "..." not in said.out.split("Commands:")[1]


def test_the_commands_of_the_contract_are_there() -> None:
    wanted = (
        "demo new add withdraw code codings frequencies search report import export memo undo "
        "redo log check"
    )

    assert {f"p3c {name}" for name in wanted.split()} <= set(COMMANDS)
    assert {f"p3c codebook {name}" for name in ("check", "load", "export", "diff")} <= set(COMMANDS)


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys\n"
        "from p3c_qual.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'sqlalchemy', 'matplotlib', 'papermill', 'yaml', 'docx'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert done.stdout.decode().splitlines()[-1] == "LOADED []"


def test_a_command_that_does_not_exist_is_wrong_usage_and_the_nearest_is_named(
    run: Callable[..., Said],
) -> None:
    said = run("frequencis", "--by", "site")

    assert said.code == 2
    assert "Did you mean 'frequencies'?" in said.err


def test_an_option_that_does_not_exist_is_wrong_usage_and_the_nearest_is_named(
    run: Callable[..., Said], here: Path
) -> None:
    said = run("codings", "--fromat", "csv")

    assert said.code == 2
    assert "--format" in said.err


@pytest.mark.parametrize(
    "args",
    [
        ("add",),
        ("add", "a.txt", "--manifest", "b.csv"),
        ("code",),
        ("frequencies",),
        ("codings", "--format", "xml"),
        ("codings", "--limit", "0"),
        ("codings", "--to", "a.csv", "--context", "turn"),
        ("search", "a", "--context", "-1"),
        ("search", "a", "--regex", "--substring"),
        ("log", "--limit", "some"),
        ("report",),
        ("report", "care", "--all"),
        ("report", "care", "-p"),
        ("report", "care", "-p", "draft"),
        ("set", "source", "P1", "title"),
        ("withdraw", "P1"),
        ("figure", "pie", "--to", "a"),
        ("new", "somewhere"),
        ("codings", "--study"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two_and_changes_nothing(
    run: Callable[..., Said], unchanged: Callable[[], bool], args: tuple[str, ...]
) -> None:
    said = run(*args)

    assert said.code == 2
    assert said.err
    assert unchanged()


def test_the_study_may_be_named_before_and_behind_the_command(
    run: Callable[..., Said], here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = run("--study", here, "codings", "--format", "csv")

    assert first.code == 0
    assert first.out.count("\n") == 6
    assert run("codings", "--format", "csv", "--study", here) == first
    assert run("codings", f"--study={here}", "--format", "csv") == first


def test_after_two_dashes_a_search_may_look_for_anything(
    run: Callable[..., Said], here: Path
) -> None:
    said = run("search", "--substring", "--format", "json", "--", "--study")

    assert (said.code, said.out) == (0, "[]\n")


def test_the_version_is_the_packages(run: Callable[..., Said]) -> None:
    assert run("version").out == f"p3c_qual {__version__}\n"
