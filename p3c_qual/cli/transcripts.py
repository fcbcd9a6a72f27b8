"""The command that writes coded transcripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.errors import P3CError, Problem, nearest


@app.command()
def transcript(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Its key.")],
    to: Annotated[
        str, typer.Option("--to", help="html, docx, pdf, or several with commas.")
    ] = "html",
    coder: Annotated[
        list[str] | None, typer.Option(help="Whose codings; may stand several times.")
    ] = None,
    codebook: Annotated[str, typer.Option(help="Only codings with its codes.")] = "",
    output: Annotated[
        Path | None, typer.Option(help="Folder; default the study's reports/transcripts.")
    ] = None,
) -> None:
    """Write a source with its codes in the margin, to print."""
    from p3c_qual.report.transcript import FORMS, write_transcript

    forms = list(dict.fromkeys(each.strip() for each in to.split(",")))
    wrong = [
        Problem(
            f"a transcript is not written as {form!r}", valid=FORMS, nearest=nearest(form, FORMS)
        )
        for form in forms
        if form not in FORMS
    ]
    if wrong:
        raise P3CError(wrong)
    with open_here() as study:
        folder = output or study.path / "reports" / "transcripts"
        for form in forms:
            path = write_transcript(
                study,
                source,
                folder / f"{source}.{form}",
                to=form,
                coders=coder or None,
                codebook=codebook or None,
            )
            typer.echo(f"Transcript: {path.resolve()}")
