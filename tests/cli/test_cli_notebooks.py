"""A notebook run by a command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_notebook_is_run_and_kept_with_its_page(run: Callable[..., Any], here: Path) -> None:
    said = run("notebook", "first_steps")
    assert said.err == ""
    folder = here / "reports" / "notebooks" / "first_steps"
    assert said.out.splitlines() == [
        f"Wrote {folder / 'first_steps.html'}.",
        f"Wrote {folder / 'first_steps.ipynb'}.",
    ]
    page = (folder / "first_steps.html").read_text(encoding="utf-8")
    assert "Two sites" in page
    assert 'alt="Heat map' in page
    assert str(here) not in page
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {"first_steps.html", "first_steps.ipynb"}


def test_what_cannot_be_run_is_refused_before_anything_is(
    run: Callable[..., Any], here: Path
) -> None:
    assert "Did you mean 'first_steps'?" in run("notebook", "first_step").err
    said = run("notebook", "mayring", "-p", "seed", "seven", "-p", "ordr", "date")
    assert "parameter seed: 'seven' is no whole number" in said.err
    assert "unknown parameter 'ordr'. Did you mean 'order'?" in said.err
    assert not (here / "reports" / "notebooks").exists()


def test_without_a_name_the_notebooks_are_listed(run: Callable[..., Any], here: Path) -> None:
    rows = json.loads(run("notebook", "--format", "json").out)
    found = {row["notebook"]: row for row in rows}
    assert found["joint_display"]["parameters"] == (
        "study='.', programme='', instruments='', waves='', domain=''"
    )
    assert {row["of"] for row in rows} == {"study"}
    (here / "notebooks" / "cmo.ipynb").write_text("{", encoding="utf-8")
    assert "not a notebook, or damaged" in run("notebook").out
