"""The Makefile and its helpers: what they say when something is missing, and what is documented."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing but a path to programs in its environment."""
    return subprocess.run(
        command,
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], **environment},
    )


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(root: Path, tmp_path: Path) -> Path:
    """Return a copy of what installing reads, without an environment."""
    folder = tmp_path / "a folder with spaces"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(root / name, folder)
    return folder


def test_make_alone_lists_the_targets(root: Path, bare: Path) -> None:
    listed = run(["make"], bare)
    makefile = (root / "Makefile").read_text("utf-8")
    phony = re.findall(r"^\.PHONY: (.+)", makefile, re.MULTILINE)[0].split()
    assert listed.returncode == 0
    assert sorted(re.findall(r"^  (\w+) +\w", listed.stdout, re.MULTILINE)) == sorted(phony)
    assert not (bare / ".venv").exists()


def test_every_target_is_documented(root: Path) -> None:
    makefile = (root / "Makefile").read_text("utf-8")
    contributing = (root / "CONTRIBUTING.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):.* ## ", makefile, re.MULTILINE)) - {"help"}
    assert targets
    assert targets == set(re.findall(r"`make ([a-z]+)\b", contributing))


def test_the_lock_is_made_as_it_is_installed(root: Path) -> None:
    makefile = (root / "Makefile").read_text("utf-8")
    assert (
        "uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes "
        "--no-annotate --no-header -o requirements.lock" in makefile
    )
    assert "--require-hashes requirements.lock" in makefile


def test_a_new_bundle_is_installed_by_the_next_make(root: Path, bare: Path) -> None:
    def stamp() -> str:
        listed = run(["make", "--dry-run", "install"], bare).stdout
        return re.findall(r"installed-\d+", listed)[-1]

    before = stamp()
    built = bare / "p3c_qual" / "workbench" / "labextension"
    shutil.copytree(root / "p3c_qual" / "workbench" / "labextension", built)
    with_bundle = stamp()
    (built / "package.json").write_text("{}")
    assert len({before, with_bundle, stamp()}) == 3


def test_an_old_python_is_refused_in_words(bare: Path, tmp_path: Path) -> None:
    old = program(tmp_path / "python2", "exit 1")
    done = run(["make", "demo", f"PYTHON={old}"], bare)
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_python_without_venv_is_refused_with_the_line_to_run(bare: Path, tmp_path: Path) -> None:
    half = program(tmp_path / "half", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = run(["make", "demo", f"PYTHON={half}"], bare)
    assert done.returncode != 0
    assert "apt-get install python3-venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_without_a_network_the_message_says_so(bare: Path, tmp_path: Path) -> None:
    # an environment whose pip cannot reach anything
    venv = bare / ".venv"
    venv.mkdir()
    program(venv / "bin" / "python", 'test "$1" = -c')
    program(venv / "bin" / "pip", f"# {venv}/bin/python")
    done = run(["make", "install"], bare)
    assert done.returncode != 0
    assert "Is there a network connection" in done.stderr


def test_ci_runs_the_tests_without_a_home_and_without_input(root: Path, tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(root / ".ci" / "run", tmp_path / ".ci")
    (tmp_path / "Makefile").write_text('test:\n\t@test -w "$$HOME" && echo tests ran\n')
    for home in ({}, {"HOME": "/nonexistent"}, {"HOME": ""}):
        done = run(["bash", ".ci/run"], tmp_path, CI="true", **home)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == "tests ran"
        assert "system: " in done.stdout


def test_ci_fails_when_the_tests_fail(root: Path, tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(root / ".ci" / "run", tmp_path / ".ci")
    (tmp_path / "Makefile").write_text("test:\n\t@exit 3\n")
    assert run(["bash", ".ci/run"], tmp_path).returncode != 0


@pytest.mark.parametrize("name", [".ci/run", "tests/install_system.sh"])
def test_scripts_can_be_run(root: Path, name: str) -> None:
    assert os.access(root / name, os.X_OK)
    assert "set -euo pipefail" in (root / name).read_text("utf-8")


def system(tmp_path: Path, user: int, *installed: str) -> dict[str, str]:
    """Return the environment of a system that has only these programs, and a user."""
    programs = tmp_path / "bin"
    bash = shutil.which("bash")
    assert bash is not None
    program(programs / "id", f"echo {user}")
    (programs / "bash").symlink_to(bash)
    for name in installed:
        program(programs / name, f'echo "{name} $*" >> {tmp_path}/called')
    return {"PATH": str(programs)}


def test_a_browser_that_is_there_is_left_alone(root: Path, tmp_path: Path) -> None:
    has = system(tmp_path, 0, "chromium", "apt-get")
    done = run(["bash", str(root / "tests" / "install_system.sh")], tmp_path, **has)
    assert done.returncode == 0
    assert not (tmp_path / "called").exists()


def test_the_browser_is_installed_as_root(root: Path, tmp_path: Path) -> None:
    has = system(tmp_path, 0, "apt-get")
    done = run(["bash", str(root / "tests" / "install_system.sh")], tmp_path, **has)
    assert done.returncode == 0
    assert (tmp_path / "called").read_text().splitlines() == [
        "apt-get update",
        "apt-get install --yes --no-install-recommends chromium",
    ]


def test_without_root_the_line_to_run_is_printed(root: Path, tmp_path: Path) -> None:
    has = system(tmp_path, 1000, "apt-get")
    done = run(["bash", str(root / "tests" / "install_system.sh")], tmp_path, **has)
    assert done.returncode == 1
    assert "apt-get update && apt-get install --yes --no-install-recommends chromium" in done.stderr
    assert not (tmp_path / "called").exists()


def test_a_system_without_apt_is_told_what_is_missing(root: Path, tmp_path: Path) -> None:
    has = system(tmp_path, 0)
    done = run(["bash", str(root / "tests" / "install_system.sh")], tmp_path, **has)
    assert done.returncode == 1
    assert "need the browser chromium" in done.stderr
