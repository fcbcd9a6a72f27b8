"""Commands on what is written in a thick description, and what it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, dump, many, show_rows

if TYPE_CHECKING:
    from p3c_qual.description.lint import Finding
    from p3c_qual.description.order import Entry

descriptions = typer.Typer(
    help="Show, check, load and export thick descriptions.", no_args_is_help=True
)
app.add_typer(descriptions, name="description")

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", readable=False, help="Folder with programmes/KEY and more.")
]
Programme = Annotated[str, typer.Argument(metavar="PROGRAMME", help="Key of the programme.")]

_OUTLINE = ("number", "section", "title", "state", "why", "words", "quotes", "material")
_FINDINGS = ("gate", "check", "programme", "section", "quote", "what", "do")


@descriptions.command(name="show")
def show_description(programme: Programme, form: FormOption = Form.table) -> None:
    """List the sections of a programme's report, with how far each is."""
    from p3c_qual.description.outline import read_outline

    with open_here() as study:
        entries = read_outline(study, programme)
    show_rows(list(_OUTLINE), [_row(each) for each in entries], form)
    if form is Form.table:
        typer.echo(_sum(entries), err=True)


@descriptions.command(name="check")
def check(
    programme: Annotated[
        str, typer.Argument(metavar="PROGRAMME", help="Key of the programme; default all.")
    ] = "",
    names: Annotated[
        bool, typer.Option("--names/--no-names", help="Look for names of persons and places.")
    ] = True,
    form: FormOption = Form.table,
) -> None:
    """Say how far descriptions are, and what is amiss in them.

    Ends with 1 where something forbids a report that is no draft.
    """
    from p3c_qual.description.lint import check_description
    from p3c_qual.description.outline import read_outline

    with open_here() as study:
        keys = [programme] if programme else [str(key) for key in study.programmes()["programme"]]
        outlines = {key: read_outline(study, key) for key in keys}
        found = check_description(study, programme, names=names)
    rows = [_finding(each) for each in found]
    if form is Form.json:
        sections = {key: [_row(each) for each in some] for key, some in outlines.items()}
        dump({"sections": sections, "findings": rows})
    else:
        for key, entries in outlines.items():
            typer.echo(f"{key}: {_sum(entries)}", err=True)
        if rows or form is Form.csv:
            show_rows(list(_FINDINGS), rows, form)
        else:
            typer.echo("Nothing is amiss.")
    if gates := sum(each.gate for each in found):
        verb = "forbids" if gates == 1 else "forbid"
        typer.echo(f"{many(gates, 'finding')} {verb} a report that is no draft.", err=True)
        raise typer.Exit(1)


@descriptions.command(name="export")
def export(
    folder: Folder,
    programme: Annotated[str, typer.Option(help="Only this programme, with its sites.")] = "",
) -> None:
    """Write sections as Markdown, forms, facts and quotes as YAML."""
    from p3c_qual.description.form.writing import write_description

    with open_here() as study:
        files = write_description(study, folder, programme=programme)
    typer.echo(f"Wrote {many(len(files), 'file')} into {folder}.")


@descriptions.command(name="load")
def load(
    folder: Folder,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    coder: Annotated[str, typer.Option(help="Whose work it is; default you.")] = "",
) -> None:
    """Take in what description export writes, all or nothing."""
    from p3c_qual.description.form.loading import load_description

    with open_here(acts=True) as study:
        lines = load_description(study, folder, dry_run=dry_run, coder=coder or None)
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo(f"{folder}: nothing changed.")
    elif dry_run:
        typer.echo(f"{many(len(lines), 'change')}; nothing was written.", err=True)


def _row(each: Entry) -> dict[str, Any]:
    """Return a section as a row of a listing."""
    stands = f"merged into {each.merged_into}" if each.merged_into else ""
    return {
        "number": each.number,
        "section": each.key,
        "title": f"{'  ' * each.depth}{each.title}",
        "state": "left out" if each.left_out else stands or each.state,
        "why": each.why if each.printed else "",
        "words": each.words,
        "quotes": each.quotes,
        "material": each.material,
    }


def _sum(entries: tuple[Entry, ...]) -> str:
    """Return how many sections of a report are how far."""
    printed = [each for each in entries if each.printed and each.state != "generated"]
    states = ("description", "material", "empty")
    counts = [f"{sum(each.state == state for each in printed)} {state}" for state in states]
    return f"{', '.join(counts)}, of {many(len(printed), 'section')} to be written."


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "gate": "yes" if each.gate else "",
        "check": each.code,
        "programme": each.programme,
        "section": each.section,
        "quote": each.quote,
        "what": each.what,
        "do": each.do,
    }
