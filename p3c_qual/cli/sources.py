"""Commands on sources and the people in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, many, show
from p3c_qual.cli.progress import steps
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.terms import COMPLETENESS, KINDS


@app.command()
def add(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", readable=False, help="Text, Word, PDF, tables, ..."),
    ] = None,
    manifest: Annotated[
        Path | None, typer.Option(readable=False, help="A table of sources, one row a file.")
    ] = None,
    id: Annotated[str, typer.Option(help="The source's key, for one file.")] = "",
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(KINDS)}.")] = "",
    completeness: Annotated[str, typer.Option(help=f"{', '.join(COMPLETENESS)}.")] = "",
    country: Annotated[str, typer.Option(help="Of the programme.")] = "",
    programme: Annotated[str, typer.Option(help="Made if it is new.")] = "",
    site: Annotated[str, typer.Option(help="Made if it is new.")] = "",
    interviewee: Annotated[str, typer.Option(help="Code of the person; several with ;")] = "",
    stakeholder_type: Annotated[str, typer.Option(help="A to G; several with ;")] = "",
    role: Annotated[str, typer.Option(help="What the person does in the programme.")] = "",
    date: Annotated[str, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD.")] = "",
    language: Annotated[str, typer.Option(help="Such as en or de.")] = "",
    title: Annotated[str, typer.Option(help="What the source is called.")] = "",
    document_type: Annotated[str, typer.Option(help="Such as plan or minutes.")] = "",
    wave: Annotated[str, typer.Option(help="Which round of interviews.")] = "",
    interviewer: Annotated[str, typer.Option(help="Name or label in the transcript.")] = "",
    translation_of: Annotated[str, typer.Option(help="Key of the original.")] = "",
    protocol: Annotated[str, typer.Option(help="Key of the interview protocol.")] = "",
    column: Annotated[
        str, typer.Option("--text-column", help="Which column of a table is the text.")
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="Only the last lines.")] = False,
) -> None:
    """Bring in sources.

    Read are txt, md, docx, odt, rtf, pdf, html, srt, vtt, and csv or xlsx as one row a source.
    """
    from p3c_qual.sources.incoming import COLUMNS, Incoming
    from p3c_qual.sources.manifest import read_manifest

    if (manifest is None) == (not files):
        raise typer.BadParameter("name files, or a manifest with --manifest, and not both")
    base = None
    variables: list[str] = []
    if manifest is not None:
        wanted, variables = read_manifest(manifest)
        base = manifest.parent
    else:
        assert files is not None
        if id and len(files) > 1:
            raise P3CError(Problem("one id cannot name several files", do="Use --manifest."))
        wanted = [
            Incoming(
                file,
                id=id,
                kind=kind,
                completeness=completeness,
                country=country,
                programme=programme,
                site=site,
                interviewee=interviewee,
                stakeholder_type=stakeholder_type,
                role=role,
                date=date,
                language=language,
                title=title,
                document_type=document_type,
                wave=wave,
                interviewer=interviewer,
                translation_of=translation_of,
                protocol=protocol,
            )
            for file in files
        ]
    with open_here(acts=True) as study, steps("Reading", len(wanted)) as step:
        added = study.add(wanted, base=base, text_column=column or None, step=step)
    named: list[str] = []
    for each in added:
        if not quiet:
            notes = " ".join(each.notes)
            typer.echo(f"{each.key}: {each.characters:,} characters. {notes}".rstrip())
        named += each.named
    if variables:
        typer.echo(f"Kept as variables: {', '.join(variables)}.")
        for name in variables:
            if near := nearest(name, COLUMNS, cutoff=0.8):
                typer.echo(f"If {name!r} was to be {near!r}: p3c undo, mend the table, add again.")
    if named:
        typer.echo(f"New: {', '.join(named)}.")
    typer.echo(f"Added {many(len(added), 'source')}.")


@app.command()
def sources(form: FormOption = Form.table) -> None:
    """List the sources."""
    with open_here() as study:
        frame = study.sources()
    if form is Form.table:
        frame = frame[
            [
                "source",
                "kind",
                "programme",
                "site",
                "interviewee",
                "stakeholder_type",
                "date",
                "language",
                "characters",
                "main_coder",
            ]
        ]
    show(frame, form)


@app.command()
def interviewees(form: FormOption = Form.table) -> None:
    """List the interviewees."""
    with open_here() as study:
        show(study.interviewees(), form)


@app.command()
def protocols(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="Protocols as YAML.")
    ],
) -> None:
    """Take in interview protocols: who is asked what.

    With them a table tells what was not asked from what was asked and not mentioned.
    """
    with open_here(acts=True) as study:
        keys = study.load_protocols(file)
    typer.echo(f"Took in {many(len(keys), 'protocol')}: {', '.join(keys)}.")
    typer.echo(
        "Which one an interview followed is said by the manifest's column `protocol`, or by: "
        "p3c set source KEY protocol=..."
    )


@app.command(name="set")
def set_fields(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="programme, site, interviewee or source")
    ],
    key: Annotated[str, typer.Argument(metavar="KEY", help="Its key.")],
    fields: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE...", help="What it is to be.")
    ],
    new: Annotated[
        bool, typer.Option("--new", help="Make programmes, sites and people not there yet.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")] = "",
) -> None:
    """Change what is said of a source, person, site.

    Consent is set with consent_recorded, consent_quoted, consent_reused and consent_archived. Of
    a source, a field of any other name is a variable.
    """
    given = dict(_pair(each) for each in fields)
    with open_here(acts=True) as study:
        changed = study.set_fields(what, key, given, reason=reason, new=new)
    typer.echo(
        f"Changed {', '.join(changed)} of {what} {key}." if changed else "Nothing to change."
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign_, value = text.partition("=")
    if not sign_:
        raise typer.BadParameter(f"write FIELD=VALUE, not {text!r}")
    return name.strip(), value.strip()


@app.command()
def withdraw(
    interviewee: Annotated[str, typer.Argument(metavar="INTERVIEWEE", help="Code of the person.")],
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")],
) -> None:
    """Remove a person's words; it cannot be undone."""
    with open_here(acts=True) as study:
        done = study.withdraw(interviewee, reason=reason)
    for line in done:
        typer.echo(line)
