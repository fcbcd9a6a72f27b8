"""The repository as its tests see it: the files that are, or are about to be, under version control."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: what a working tree holds beside the project's own files
LEFT_BY_TOOLS = {
    ".git", ".venv", ".hypothesis", ".ipynb_checkpoints", ".mypy_cache", ".p3c",
    ".pytest_cache", ".ruff_cache", "__pycache__", "build", "demo", "dist", "node_modules",
}  # fmt: skip


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Return the files that git tracks or would add, relative to the top; without git, all files."""
    try:
        names = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        found = [Path(name) for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        # an unpacked archive has no git; there the rendered reports are the only other leftovers
        found = [
            path.relative_to(ROOT)
            for path in ROOT.rglob("*")
            if not LEFT_BY_TOOLS & set(path.relative_to(ROOT).parts)
            and path.relative_to(ROOT).parts[0] != "reports"
        ]
    return sorted(path for path in set(found) if (ROOT / path).is_file())
