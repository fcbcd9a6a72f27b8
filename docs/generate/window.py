"""A window of JupyterLab on a study: going to a place, and a picture of the workbench in it."""

from __future__ import annotations

from typing import Any

__all__ = ["command", "go", "panel", "root"]


def command(page: Any, name: str, given: dict[str, str] | None = None) -> None:
    """Run a command of JupyterLab."""
    page.evaluate("([n, a]) => jupyterapp.commands.execute(n, a).then(() => null)", [name, given])


def go(page: Any, address: str) -> None:
    """Go to a place of the study, and wait until nothing moves any more."""
    command(page, "p3c:open", {"study": ".", "address": address})
    page.locator(".p3c-line-of-state b").wait_for()
    page.wait_for_timeout(1500)


def root(page: Any) -> bytes:
    """Return a picture of the workbench."""
    picture: bytes = page.locator(".p3c-root").screenshot()
    return picture


def panel(page: Any, address: str, wait: str) -> bytes:
    """Go to a place, wait for what has to be there, and return a picture of the workbench."""
    command(page, "p3c:open", {"study": ".", "address": address})
    page.locator(wait).first.wait_for()
    page.wait_for_timeout(1500)
    return root(page)
