"""Commands on codebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, show

books = typer.Typer(help="Check, load, export and compare codebooks.", no_args_is_help=True)
app.add_typer(books, name="codebook")

File = Annotated[Path, typer.Argument(metavar="FILE")]


@books.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILE...")]) -> None:
    """Say everything that is wrong or weak in codebook files, with its line."""
    from p3c_qual.codebook import check_codebook

    faults = 0
    for file in files:
        found = check_codebook(file)
        for each in found:
            typer.echo(f"{each.severity}: {each}")
        bad = sum(each.severity == "fault" for each in found)
        faults += bad
        if not found:
            typer.echo(f"{file}: nothing to say.")
        else:
            typer.echo(f"{file}: {bad} faults, {len(found) - bad} hints.")
    if faults:
        raise typer.Exit(1)


@books.command()
def load(file: File) -> None:
    """Take a codebook in, or bring the stored one to what the file says; can be undone."""
    with open_here() as study:
        done = study.load_codebook(file)
    if done.new:
        typer.echo(f"Took in {done.key} with {done.codes} codes.")
    elif not done.changes:
        typer.echo(f"{done.key}: nothing changed.")
    else:
        for change in done.changes:
            typer.echo(str(change))
        typer.echo(f"{done.key}: {len(done.changes)} changes. Take them back with: p3c undo")
    if done.retired:
        typer.echo(
            f"Not in the file but used by codings, so kept as retired: {', '.join(done.retired)}."
        )


@books.command()
def export(
    codebook: Annotated[str, typer.Argument(help="Its key.")],
    to: Annotated[Path | None, typer.Option("--to", help="File; default the screen.")] = None,
) -> None:
    """Write a codebook as YAML, always in the same form."""
    from p3c_qual.codebook import write_codebook

    with open_here() as study:
        text = write_codebook(study.codebook(codebook))
    if to is None:
        typer.echo(text, nl=False)
    else:
        to.write_text(text, encoding="utf-8")
        typer.echo(f"Wrote {to}.")


@books.command()
def diff(
    file: File,
    other: Annotated[Path | None, typer.Argument(metavar="[OTHER]")] = None,
) -> None:
    """Compare a file with the stored codebook of its key, or with another file."""
    from p3c_qual.codebook import diff_codebooks, read_codebook

    book = read_codebook(file)
    if other is not None:
        changes = diff_codebooks(book, read_codebook(other))
    else:
        with open_here() as study:
            changes = diff_codebooks(study.codebook(book.key), book)
    for change in changes:
        typer.echo(str(change))
    typer.echo(f"{len(changes)} changes." if changes else "No difference.")


@books.command(name="list")
def list_(form: FormOption = Form.table) -> None:
    """List the codebooks of the study."""
    with open_here() as study:
        show(study.codebooks(), form)


@app.command()
def codes(
    codebook: Annotated[str, typer.Option("--codebook", help="Only this one.")] = "",
    form: FormOption = Form.table,
) -> None:
    """List the codes, with how often each was given."""
    with open_here() as study:
        frame = study.codes(codebook or None)
    if form is Form.table:
        frame = frame[["codebook", "code", "label", "level", "status", "codings"]]
    show(frame, form)
