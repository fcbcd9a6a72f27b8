"""Commands that take in what structuring made: ratings, and cells of the framework matrix."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import many

Coder = Annotated[str, typer.Option(help="Whose they are; default you.")]


@app.command()
def rate(
    table: Annotated[
        Path,
        typer.Option(
            "--csv",
            readable=False,
            help="question, code, source, start, end, level[, reason, coder, round].",
        ),
    ],
    coder: Coder = "",
) -> None:
    """Take in ratings from a table, all or none."""
    from p3c_qual.mayring.structuring.rating import rate_csv

    with open_here(acts=True) as study:
        done = rate_csv(study, table, coder=coder or None)
    typer.echo(f"Took in {many(len(done), 'rating')}.")


@app.command()
def chart(
    table: Annotated[
        Path,
        typer.Option("--csv", readable=False, help="question, case, code, text, refs[, status]."),
    ],
    coder: Coder = "",
) -> None:
    """Take in cells of the framework matrix, all or none."""
    from p3c_qual.mayring.structuring.matrix import cells_csv

    with open_here(acts=True) as study:
        done = cells_csv(study, table, coder=coder or None)
    typer.echo(f"Took in {many(len(done), 'cell')}.")
