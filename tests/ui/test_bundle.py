"""The front end: its types hold, its tests pass, and what is committed is what it builds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

import p3c_qual

ROOT = Path(__file__).resolve().parents[2]
WORKBENCH = ROOT / "p3c_qual" / "workbench"
FRONT = WORKBENCH / "_frontend"
BUILT = ("static", "labextension")
#: the Node of the environment first, then the system's
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
#: bytes a bundle may have; 100,000 was aimed at, for the code of two views together. The widget
#: has the Code view alone; JupyterLab's has all views and the style sheet, also the Configure view
#: with its eight panels, which brought 200,000, and the Report view with its eight, which brought
#: 160,000 and 25,000 of style
LARGEST = {".css": 115_000, "widget.js": 175_000, ".js": 800_000}


def npm(*arguments: str, folder: Path = FRONT) -> subprocess.CompletedProcess[str]:
    program = shutil.which("npm", path=PATH)
    if program is None:
        pytest.fail("npm is missing; it comes with the development packages: make install")
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PATH": PATH, "NO_COLOR": "1"},
        timeout=600,
    )


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in the folders that are built, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in BUILT
        for path in sorted((folder / name).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def modules() -> Path:
    """Return the front end's folder with exactly the locked packages in it."""
    lock, installed = FRONT / "package-lock.json", FRONT / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        done = npm("ci")
        if done.returncode:
            pytest.fail(
                "the front end's packages could not be installed. Is there a network connection? "
                f"Then run: make frontend\n{done.stderr}"
            )
        installed.touch()
    return FRONT


@pytest.fixture(scope="session")
def built(modules: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    to = tmp_path_factory.mktemp("bundle")
    done = npm("run", "--silent", "build", "--", "--outdir", str(to), folder=modules)
    assert done.returncode == 0, done.stderr
    return files(to)


def test_the_types_hold(modules: Path) -> None:
    done = npm("run", "--silent", "check", folder=modules)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_front_ends_own_tests_were_run_and_pass(modules: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = npm(
        *("run", "--silent", "test", "--", "--reporter=json", f"--outputFile={report}"),
        folder=modules,
    )
    assert report.exists(), done.stdout + done.stderr
    said = json.loads(report.read_text("utf-8"))
    failed = [
        f"{each['fullName']}: {''.join(each['failureMessages'])}"
        for file in said["testResults"]
        for each in file["assertionResults"]
        if each["status"] != "passed"
    ]
    assert failed == []
    assert done.returncode == 0, done.stdout + done.stderr
    ran = {Path(file["name"]).name for file in said["testResults"] if file["assertionResults"]}
    assert ran == {path.name for path in (modules / "test").rglob("*.test.ts")}
    assert said["numPassedTests"] == said["numTotalTests"] > 100


def test_the_committed_bundles_are_what_the_sources_give(built: dict[str, bytes]) -> None:
    committed = files(WORKBENCH)
    assert sorted(committed) == sorted(built), "run: make frontend"
    assert [name for name in built if built[name] != committed[name]] == [], "run: make frontend"


def test_another_folder_gives_the_same_bytes(
    modules: Path, built: dict[str, bytes], tmp_path: Path
) -> None:
    copy = tmp_path / "a folder with spaces" / FRONT.relative_to(ROOT)
    shutil.copytree(modules, copy, ignore=shutil.ignore_patterns("node_modules"))
    (copy / "node_modules").symlink_to(modules / "node_modules")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "a folder with spaces")
    done = npm("run", "--silent", "build", folder=copy)
    assert done.returncode == 0, done.stderr
    assert files(copy.parent) == built


def test_a_build_takes_away_what_an_older_one_left(modules: Path, tmp_path: Path) -> None:
    old = tmp_path / "labextension" / "static" / "remoteEntry.old.js"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    assert npm("run", "--silent", "build", "--", "--outdir", str(tmp_path)).returncode == 0
    assert not old.exists()
    assert len(list(old.parent.iterdir())) == 1


def test_the_bundles_are_small() -> None:
    large = {}
    for name, data in files(WORKBENCH).items():
        most = next((size for end, size in LARGEST.items() if name.endswith(end)), 10_000)
        if len(data) > most:
            large[name] = len(data)
    assert large == {}


def test_the_bundles_name_no_folder_of_a_machine() -> None:
    for name, data in files(WORKBENCH).items():
        assert str(ROOT).encode() not in data, name
        assert b"sourceMappingURL" not in data, name


def test_jupyterlab_is_told_where_everything_lies() -> None:
    lab = WORKBENCH / "labextension"
    package = json.loads((lab / "package.json").read_text("utf-8"))
    assert package["name"] == "p3c-qual"
    assert package["version"] == p3c_qual.__version__
    build = package["jupyterlab"]["_build"]
    entry = (lab / build["load"]).read_bytes()
    # a changed bundle has another name, so that no browser keeps the old one
    assert build["load"] == f"static/remoteEntry.{sha256(entry).hexdigest()[:20]}.js"
    assert {build["extension"], build["style"]} == {"./extension", "./style"}
    assert json.loads((lab / "install.json").read_text("utf-8"))["packageName"] == "p3c_qual"


def test_jupyterlab_finds_the_settings_and_their_version() -> None:
    schemas = WORKBENCH / "labextension" / "schemas" / "p3c-qual"
    schema = json.loads((schemas / "plugin.json").read_text("utf-8"))
    assert schema == json.loads((FRONT / "schema" / "plugin.json").read_text("utf-8"))
    assert schema["type"] == "object"
    original = json.loads((schemas / "package.json.orig").read_text("utf-8"))
    assert original["version"] == p3c_qual.__version__
