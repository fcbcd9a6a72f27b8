"""Commands on what was worked through."""

from __future__ import annotations

from typing import Annotated

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, show


@app.command()
def worked(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Its key.")],
    coder: Annotated[str, typer.Option(help="Who worked through it; default you.")] = "",
    round: Annotated[str, typer.Option(help="In which round.")] = "main",
    open_: Annotated[
        bool, typer.Option("--not-done", help="Somebody is still at work on it.")
    ] = False,
) -> None:
    """Mark a source as worked through, coded or not.

    A code not given in a source that was worked through counts as zero there.
    """
    with open_here(acts=True) as study:
        changed = study.mark_read(source, coder=coder or None, round=round, done=not open_)
    state = "in progress" if open_ else "worked through"
    typer.echo(f"{source} is {state}." if changed else f"{source} was {state} already.")


@app.command()
def readings(form: FormOption = Form.table) -> None:
    """List who worked through what."""
    with open_here() as study:
        show(study.readings(), form)
