"""The command that starts JupyterLab on a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import Here, app


@app.command()
def lab(
    root: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder that JupyterLab shows; default the study's own."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65_535, help="Default the first free one from 8888.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="-- ...", help="Passed on to JupyterLab.")
    ] = None,
) -> None:
    """Open the study in JupyterLab, to read and to code."""
    from p3c_qual.workbench.lab import lab_arguments, start_lab

    given = lab_arguments(Here.study, root=root, port=port, browser=browser)
    start_lab([*given, *(more or [])])
