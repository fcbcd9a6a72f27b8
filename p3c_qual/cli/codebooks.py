"""Commands on codebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from p3c_qual.cli.app import Here, app, open_here
from p3c_qual.cli.out import Form, FormOption, many, show, write_text

if TYPE_CHECKING:
    from p3c_qual.codebook.model import Codebook
    from p3c_qual.findings import Finding

books = typer.Typer(help="Check, load, export and compare codebooks.", no_args_is_help=True)
app.add_typer(books, name="codebook")

File = Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="A codebook as YAML.")]


@books.command()
def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", readable=False, help="Codebooks as YAML.")
    ],
) -> None:
    """Say all that is wrong or weak in codebooks.

    In the folder of a study that holds codings they are held against these too.
    """
    from p3c_qual.codebook import check_codebook

    faults = 0
    for file in files:
        found = check_codebook(file)
        if not any(each.severity == "fault" for each in found):
            found = [*found, *_drift(file)]
        for each in found:
            typer.echo(f"{each.severity}: {each}")
        bad = sum(each.severity == "fault" for each in found)
        faults += bad
        if not found:
            typer.echo(f"{file}: nothing to say.")
        else:
            typer.echo(f"{file}: {many(bad, 'fault')}, {many(len(found) - bad, 'hint')}.")
    if faults:
        raise typer.Exit(1)


def _drift(file: Path) -> list[Finding]:
    """Hold a codebook against the codings of the study here, if there is one."""
    from p3c_qual.codebook import lint_with_codings, read_codebook
    from p3c_qual.codebook.quoting import anchors_of, texts_of
    from p3c_qual.settings import FILE

    if not (Here.study / FILE).is_file():
        return []
    book = read_codebook(file)
    with open_here() as study:
        codings = study.codings(f"codebook == {book.key!r}")
        with study.store.read() as connection:
            places = {a.source for code in book.codes for a in anchors_of(code) if a.linked}
            texts = texts_of(connection, places)
    return lint_with_codings(book, codings, texts=texts) if len(codings) else []


@books.command()
def load(file: File) -> None:
    """Take a codebook in, new or changed."""
    with open_here(acts=True) as study:
        done = study.load_codebook(file)
    if done.new:
        typer.echo(f"Took in {done.key} with {done.codes} codes.")
    elif not done.changes:
        typer.echo(f"{done.key}: nothing changed.")
    else:
        for change in done.changes:
            typer.echo(str(change))
        typer.echo(
            f"{done.key}: {many(len(done.changes), 'change')}. Take them back with: p3c undo"
        )
    if done.retired:
        typer.echo(f"Not in the file but in use, so kept as retired: {', '.join(done.retired)}.")


@books.command()
def export(
    codebook: Annotated[str, typer.Argument(metavar="CODEBOOK", help="Its key.")],
    to: Annotated[
        Path | None, typer.Option("--to", readable=False, help="File; default the screen.")
    ] = None,
) -> None:
    """Write a codebook as YAML."""
    from p3c_qual.codebook import write_codebook

    with open_here() as study:
        text = write_codebook(study.codebook(codebook))
    if to is None:
        typer.echo(text, nl=False)
    else:
        write_text(to, text)
        typer.echo(f"Wrote {to}.")


@books.command()
def diff(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|KEY@VERSION", readable=False, help="A codebook as YAML, or an edition."
        ),
    ],
    other: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|KEY@VERSION]",
            readable=False,
            help="Default the stored one of its key.",
        ),
    ] = None,
) -> None:
    """Compare a codebook with the stored one, or two versions that were frozen.

    An edition is held against the later one, or against the codebook as it stands.
    """
    from p3c_qual.codebook import diff_codebooks

    first, key = _named(file)
    if other is not None:
        second, _ = _named(other)
        changes = diff_codebooks(first, second)
    else:
        with open_here() as study:
            stored = study.codebook(first.key)
        # a file is what the codebook may become, an edition what it was
        changes = diff_codebooks(first, stored) if key else diff_codebooks(stored, first)
    for change in changes:
        typer.echo(str(change))
    typer.echo(f"{many(len(changes), 'change')}." if changes else "No difference.")


def _named(given: Path) -> tuple[Codebook, str]:
    """Return a codebook from a file, or an edition named KEY@VERSION with its key."""
    from p3c_qual.codebook import read_codebook

    key, at, version = str(given).partition("@")
    if not at or given.is_file():
        return read_codebook(given), ""
    from p3c_qual.codebook.editions import read_edition

    with open_here() as study:
        return read_edition(study, key, version), key


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
    """List the codes and how often each is used."""
    with open_here() as study:
        frame = study.codes(codebook or None)
    if form is Form.table:
        frame = frame[["codebook", "code", "label", "level", "status", "codings"]]
    show(frame, form)
