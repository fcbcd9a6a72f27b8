"""Commands on what is written in a thick description, and what it rests on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, dump, many, show, show_rows

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
_FINDINGS = ("gate", "check", "programme", "title", "quote", "what", "do")


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
    """Write sections as Markdown, and the rest as YAML."""
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


@descriptions.command(name="feedback")
def feedback(programme: Programme = "") -> None:
    """Make sources of the feedback log."""
    from p3c_qual.description.feedback import source_of_feedback

    with open_here(acts=True) as study:
        made = source_of_feedback(study, programme=programme)
    typer.echo(f"Made {many(len(made), 'source')}: {', '.join(made)}.")


class Decision(StrEnum):
    """What is decided on a name."""

    public = "public"
    false_alarm = "false_alarm"
    mask = "mask"


@descriptions.command(name="names")
def names(
    programme: Annotated[
        str, typer.Argument(metavar="PROGRAMME", help="Key of the programme; default all.")
    ] = "",
    form: FormOption = Form.table,
) -> None:
    """List the names in quotations, and what was decided on them."""
    from p3c_qual.description.name_table import table_names

    with open_here() as study:
        frame = table_names(study, programme=programme)
    if form is Form.table and frame.empty:
        typer.echo("No name stands in a quotation, as far as was found.")
        return
    show(frame, form)
    if form is Form.table and (open_ := int((frame["decided"] == "").sum())):
        typer.echo(f"{many(open_, 'name')} not decided.", err=True)


@descriptions.command(name="keep")
def keep(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As it is printed.")],
    how: Annotated[
        Decision,
        typer.Option(
            "--as",
            help="public: it may be known; false_alarm: it is no name of anybody; mask: another "
            "word stands for it in every quotation.",
        ),
    ] = Decision.public,
    reason: Annotated[str, typer.Option(help="Why it may be printed.")] = "",
    mask: Annotated[
        str, typer.Option("--with", help="What stands for it where it is masked; default X.")
    ] = "",
) -> None:
    """Decide on a name that stands in quotations, for the whole study."""
    from p3c_qual.description.masking import mask_name
    from p3c_qual.description.names import keep_name

    if mask and how is not Decision.mask:
        raise typer.BadParameter("only a mask stands for a name: add --as mask", param_hint="--with")  # fmt: skip
    with open_here(acts=True) as study:
        if how is Decision.mask:
            count = mask_name(study, name, mask or "X")
            typer.echo(f"Masked in {many(count, 'place')}.")
            return
        alarm = "no name of anybody" if how is Decision.false_alarm else ""
        keep_name(study, name, ": ".join(filter(None, (alarm, reason.strip()))))
    typer.echo(f"{name} may be printed.")


@descriptions.command(name="forget")
def forget(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As it was decided on.")],
) -> None:
    """Take a decision on a name back.

    A mask is taken back in its quotation.
    """
    from p3c_qual.description.names import forget_name

    with open_here(acts=True) as study:
        forget_name(study, name)
    typer.echo(f"{name} is not decided on any more.")


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
        "title": each.title,
        "quote": each.quote,
        "what": each.what,
        "do": each.do,
    }
