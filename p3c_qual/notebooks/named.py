"""The notebooks a study can run: its own copies, and those that come with the package."""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from p3c_qual.opened import Opened

__all__ = ["find_notebook", "list_notebooks"]


def find_notebook(study: Opened, name: str) -> Path:
    """Return the file of a notebook: the study's own copy where it has one, else the shipped one.

    Parameters
    ----------
    study : Study
    name : str
        Of the file, with or without its ending.

    Returns
    -------
    Path

    Raises
    ------
    P3CError
        If there is none of this name; the nearest is named.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> find_notebook(study, "first_steps").name
    'first_steps.ipynb'
    """
    files = _files(study)
    wanted = name.removesuffix(".ipynb")
    if wanted not in files:
        valid = tuple(files)
        what = f"there is no notebook {name[:60]!r}"
        raise P3CError(Problem(what, "", valid, nearest(wanted, valid)))
    return files[wanted]


def list_notebooks(study: Opened) -> pd.DataFrame:
    """List the notebooks a study can run, by name.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        ``notebook`` (name of the file without its ending), ``title``, ``parameters`` (with their
        defaults), ``of`` (``study`` for a copy of the study's own, else ``package``).

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> list_notebooks(study).set_index("notebook").loc["first_steps", "parameters"]
    "study='.'"
    """
    import pandas as pd

    own = study.path / "notebooks"
    rows = [
        {
            "notebook": name,
            **_about(path),
            "of": "study" if path.parent == own else "package",
        }
        for name, path in _files(study).items()
    ]
    return pd.DataFrame(rows, columns=["notebook", "title", "parameters", "of"])


def _files(study: Opened) -> dict[str, Path]:
    from p3c_qual.shipped import shipped_path

    places = [shipped_path("notebooks"), study.path / "notebooks"]
    found = {path.stem: path for place in places for path in place.glob("*.ipynb")}
    return dict(sorted(found.items()))


def _about(path: Path) -> dict[str, str]:
    """Return the title and the parameters of a notebook; empty where it is none any more."""
    try:
        cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
        first = "".join(cells[0]["source"]).partition("\n")[0]
        tagged = (c for c in cells if "parameters" in c.get("metadata", {}).get("tags", ()))
        said = [line for cell in tagged for line in ast.parse("".join(cell["source"])).body]
    except (OSError, ValueError, KeyError, IndexError, TypeError, SyntaxError):
        return {"title": "not a notebook, or damaged", "parameters": ""}
    given = [
        f"{line.targets[0].id}={ast.unparse(line.value)}"
        for line in said
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
    ]
    return {"title": first.lstrip("# ").strip(), "parameters": ", ".join(given)}
