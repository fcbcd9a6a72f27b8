"""The workbench: a server extension over the library, and its front end's hosts."""

from __future__ import annotations

from typing import Any

__all__ = [
    "_jupyter_labextension_paths",
    "_jupyter_server_extension_points",
    "_load_jupyter_server_extension",
]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Say to Jupyter where the server extension is."""
    return [{"module": "p3c_qual.workbench"}]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Say to JupyterLab where the front end lies."""
    return [{"src": "labextension", "dest": "p3c-qual"}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Add the workbench's addresses to a server; the library is imported when one is asked."""
    from p3c_qual.workbench.handlers import add_handlers

    add_handlers(app)
    app.log.info("p3c_qual: the workbench answers under %sp3c/", app.web_app.settings["base_url"])
