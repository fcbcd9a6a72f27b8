"""The example study, which no notebook changes, and the notebooks that come with the package."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from p3c_qual.example import build_example

if TYPE_CHECKING:
    from collections.abc import Callable

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@dataclass(frozen=True)
class Book:
    """A notebook that can be run in this process, cell by cell, as a kernel would."""

    path: Path

    @property
    def cells(self) -> list[Any]:
        return list(nbformat.read(self.path, as_version=4)["cells"])

    @property
    def given(self) -> list[Any]:
        """The cells tagged as parameters."""
        return [each for each in self.cells if "parameters" in each["metadata"].get("tags", ())]

    @property
    def defaults(self) -> dict[str, Any]:
        """What the parameters are, as the notebook comes."""
        names: dict[str, Any] = {}
        for cell in self.given:
            exec(cell["source"], names)
        return {name: value for name, value in names.items() if name != "__builtins__"}

    def run(self, **parameters: Any) -> list[Any]:
        """Run all cells with these parameters; return what is shown below each."""
        names: dict[str, Any] = {}
        shown = []
        for cell in self.cells:
            if cell["cell_type"] != "code":
                continue
            tree = ast.parse(cell["source"])
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, str(self.path), "exec"), names)
            if cell in self.given:
                names |= parameters
            if isinstance(last, ast.Expr):
                told = compile(ast.Expression(last.value), str(self.path), "eval")
                shown.append(eval(told, names))
        return shown


@pytest.fixture(scope="session")
def book() -> Callable[[str], Book]:
    """Give a shipped notebook by its name."""
    return lambda name: Book(NOTEBOOKS / f"{name}.ipynb")


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the example study."""
    folder = tmp_path_factory.mktemp("notebooks") / "example"
    build_example(folder).close()
    return folder
