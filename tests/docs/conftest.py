"""The documents, and the script that writes what they take from the program."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "codebooks/README.md")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def build() -> Iterator[Any]:
    """Give docs/build.py as a module."""
    sys.path.insert(0, str(ROOT / "docs"))
    yield importlib.import_module("build")
    sys.path.remove(str(ROOT / "docs"))


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Give every document by its path."""
    names = [*PAGES, *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
