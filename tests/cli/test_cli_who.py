"""Who acts: a name a person gave, asked for once, never an invented one."""

from __future__ import annotations

import getpass
import json
import os
import pty
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said


def _actors(run: Callable[..., Said]) -> list[str]:
    return [act["actor"] for act in json.loads(run("log", "--format", "json").out)]


@pytest.mark.parametrize(
    ("said", "actor"),
    [
        ({"JUPYTERHUB_USER": "hub", "P3C_CODER": "env"}, "hub"),
        ({"P3C_CODER": "env"}, "env"),
        ({"P3C_CODER": "  "}, "kept"),
        ({}, "kept"),
    ],
    ids=["the hub's user", "the variable", "an empty variable", "the name kept"],
)
def test_the_first_name_that_was_said_signs_and_codes(
    run: Callable[..., Said],
    here: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: dict[str, str],
    actor: str,
) -> None:
    from p3c_qual import who

    monkeypatch.delenv("P3C_CODER")
    who.keep_name("kept")
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    table = tmp_path / "c.csv"
    table.write_text("source,start,end,code\nP1,0,5,financing\n", encoding="utf-8")

    done = run("code", "--csv", table)

    assert done.code == 0
    assert done.err == ""
    assert _actors(run)[0] == actor
    assert [r["coder"] for r in json.loads(run("codings", "--format", "json").out)].count(
        actor
    ) == 1


def test_the_computers_account_signs_acts_and_says_so_but_is_never_a_coder(
    run: Callable[..., Said], here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("P3C_CODER")
    account = getpass.getuser()
    table = tmp_path / "c.csv"
    table.write_text("source,start,end,code\nP1,0,5,financing\n", encoding="utf-8")

    refused = run("code", "--csv", table)
    assert refused.code == 1
    assert "it is not said whose coding this is" in refused.err
    assert "Signed by" not in refused.err
    assert "it is not said whose work this is" in run("worked", "P1").err

    named = run("code", "--csv", table, "--coder", "ben")
    assert named.code == 0
    assert f"Signed by this computer's account {account!r}" in named.err
    assert _actors(run)[0] == account
    coders = {row["coder"] for row in json.loads(run("codings", "--format", "json").out)}
    assert coders == {"anna", "ben"}


def test_nobody_is_asked_for_a_name_to_look_at_something(
    run: Callable[..., Said], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("P3C_CODER")

    for command in (("codings",), ("sources",), ("search", "meet"), ("log",), ("check",)):
        assert run(*command).err == ""


def _typed(args: list[str], answers: bytes, folder: Path) -> tuple[int, str]:
    """Run a command on a terminal of its own, with these answers typed in."""
    script = f"from p3c_qual.cli import main; main({args!r})"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"P3C_CODER", "CI", "JUPYTERHUB_USER"}
    }
    child, terminal = pty.fork()
    if child == 0:
        try:
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-c", script], environment)
        finally:
            os._exit(127)
    said = b""
    os.write(terminal, answers)
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        said += more
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.decode()


def test_on_a_terminal_the_name_is_asked_once_and_kept(
    run: Callable[..., Said], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _typed(["memo", "study", "one"], b"Carla Rossi\ncarla\n", here)
    second = _typed(["memo", "study", "two"], b"", here)

    assert first[0] == second[0] == 0, (first, second)
    assert first[1].count("Your name") == 2
    assert "a key holds no white space" in first[1]
    assert "Your name" not in second[1]
    monkeypatch.delenv("P3C_CODER")
    assert _actors(run)[:2] == ["carla", "carla"]
