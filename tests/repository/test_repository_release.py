"""One version everywhere, and a wheel that carries what the commands take along."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import p3c_qual

if TYPE_CHECKING:
    from pathlib import Path


#: the front end's sources, which the wheel leaves out
FRONT = "p3c_qual/workbench/_frontend/"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names of the files in the wheel, built once without a network."""
    to = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(to)],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    (path,) = to.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_version_is_the_same_everywhere(root: Path, project: dict[str, Any]) -> None:
    version = project["project"]["version"]
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert newest is not None
    assert {p3c_qual.__version__, str(citation["version"]), newest[1]} == {version}


def test_the_licence_is_the_same_everywhere(root: Path, project: dict[str, Any]) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    assert citation["license"] == project["project"]["license"] == "BSD-3-Clause"
    assert (root / "LICENSE").read_text("utf-8").startswith("BSD 3-Clause License")


def test_the_wheel_carries_every_module_template_and_bundle(
    wheel: list[str], tracked: list[Path]
) -> None:
    wanted = {path.as_posix() for path in tracked if path.parts[0] == "p3c_qual"}
    sources = {name for name in wanted if name.startswith(FRONT)}
    assert "p3c_qual/py.typed" in wanted
    assert "p3c_qual/workbench/static/widget.js" in wanted
    assert sorted(wanted - sources - set(wheel)) == []
    assert [name for name in wheel if name.startswith(FRONT)] == []


def test_the_wheel_puts_the_front_end_where_jupyterlab_looks(
    wheel: list[str], tracked: list[Path]
) -> None:
    built = [
        path.relative_to("p3c_qual/workbench/labextension").as_posix()
        for path in tracked
        if path.is_relative_to("p3c_qual/workbench/labextension")
    ]
    assert "package.json" in built
    wanted = {
        "etc/jupyter/jupyter_server_config.d/p3c_qual.json",
        *(f"share/jupyter/labextensions/p3c-qual/{name}" for name in built),
    }
    shared = f"p3c_qual-{p3c_qual.__version__}.data/data/"
    assert {name.removeprefix(shared) for name in wheel if name.startswith(shared)} == wanted


def test_the_server_extension_that_is_switched_on_is_there(root: Path) -> None:
    config = root / "p3c_qual" / "workbench" / "jupyter-config" / "p3c_qual.json"
    switched = json.loads(config.read_text("utf-8"))["ServerApp"]["jpserver_extensions"]
    assert switched == {"p3c_qual.workbench": True}
    points = importlib.import_module("p3c_qual.workbench")._jupyter_server_extension_points()
    assert [point["module"] for point in points] == list(switched)


@pytest.mark.parametrize("folder", ["codebooks", "notebooks", "data_raw"])
def test_the_wheel_carries_what_is_shipped(
    wheel: list[str], tracked: list[Path], folder: str
) -> None:
    wanted = {f"p3c_qual/shipped/{path.as_posix()}" for path in tracked if path.parts[0] == folder}
    assert len(wanted) > 1
    shipped = {name for name in wheel if name.startswith(f"p3c_qual/shipped/{folder}/")}
    assert sorted(wanted - shipped) == []
    assert sorted(shipped - wanted) == []


def test_everything_the_code_takes_from_the_package_is_in_the_wheel(
    wheel: list[str], root: Path
) -> None:
    asked = {
        name
        for path in (root / "p3c_qual").rglob("*.py")
        for name in re.findall(r'shipped_path\("([^"]+)"\)', path.read_text("utf-8"))
    }
    assert {"study.jsonl", "codebooks"} <= asked
    for name in asked:
        place = f"p3c_qual/shipped/{name}"
        assert any(member == place or member.startswith(f"{place}/") for member in wheel), name


def test_the_wheel_carries_nothing_else(wheel: list[str]) -> None:
    ours = re.compile(r"p3c_qual/|p3c_qual-[\d.]+\.(dist-info|data/data)/")
    assert [name for name in wheel if not ours.match(name)] == []
    assert not [name for name in wheel if "__pycache__" in name or name.endswith(".sqlite")]
