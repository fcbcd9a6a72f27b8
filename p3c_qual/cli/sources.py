"""Commands that make a study and bring sources in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import Here, app, open_here, sign
from p3c_qual.cli.out import Form, FormOption, show
from p3c_qual.cli.progress import steps
from p3c_qual.errors import P3CError, Problem

Text = Annotated[str, typer.Option()]


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new study's folder.")],
    title: Annotated[str, typer.Option(help="What the study is called.")],
    language: Annotated[str, typer.Option(help="Language of sources that name none.")] = "en",
    store: Annotated[str, typer.Option(help="A PostgreSQL address; default a file.")] = "",
) -> None:
    """Make a new study, with all shipped codebooks taken in."""
    from p3c_qual.opening import new_study

    sign()
    with new_study(folder, title=title, language=language, store=store or None) as study:
        count = len(study.codebooks())
    typer.echo(f"Made the study {title!r} in {folder} with {count} codebooks.")
    typer.echo(f"Next: p3c --study {folder} add FILE...")


@app.command()
def add(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...")] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="A table of sources, one row a file.")
    ] = None,
    id: Annotated[str, typer.Option(help="The source's key, for one file.")] = "",
    kind: Annotated[str, typer.Option(help="interview, document, observation, ...")] = "",
    completeness: Annotated[str, typer.Option(help="full, excerpts or notes")] = "",
    country: Text = "",
    programme: Text = "",
    site: Text = "",
    interviewee: Annotated[str, typer.Option(help="Code; several with ;")] = "",
    stakeholder_type: Annotated[str, typer.Option(help="A to G; several with ;")] = "",
    role: Text = "",
    date: Annotated[str, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD")] = "",
    language: Annotated[str, typer.Option(help="Such as en or de.")] = "",
    title: Text = "",
    document_type: Text = "",
    wave: Text = "",
    interviewer: Annotated[str, typer.Option(help="Name or label in the transcript.")] = "",
    translation_of: Annotated[str, typer.Option(help="Key of the original.")] = "",
    protocol: Annotated[str, typer.Option(help="Key of the interview protocol.")] = "",
    column: Annotated[
        str, typer.Option("--text-column", help="Which column of a table is the text.")
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="Only the last line.")] = False,
) -> None:
    """Bring sources in: text, Word, OpenDocument, RTF, PDF, HTML, subtitles, tables."""
    from p3c_qual.sources.manifest import Incoming, read_manifest

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
    with open_here() as study, steps("Reading", len(wanted)) as step:
        added = study.add(wanted, base=base, text_column=column or None, step=step)
    named: list[str] = []
    for each in added:
        if not quiet:
            notes = " ".join(each.notes)
            typer.echo(f"{each.key}: {each.characters:,} characters. {notes}".rstrip())
        named += each.named
    if variables:
        typer.echo(f"Kept as variables: {', '.join(variables)}.")
    if named:
        typer.echo(f"New: {', '.join(named)}.")
    typer.echo(f"Added {len(added)} source{'s' if len(added) != 1 else ''}.")


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
def protocols(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Take interview protocols in: what each type of stakeholder is asked."""
    with open_here() as study:
        keys = study.load_protocols(file)
    typer.echo(f"Took in {len(keys)} protocols: {', '.join(keys)}.")


@app.command(name="set")
def set_fields(
    what: Annotated[str, typer.Argument(help="programme, site, interviewee or source")],
    key: Annotated[str, typer.Argument(help="Its key.")],
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...")],
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")] = "",
) -> None:
    """Change what is said of a programme, site, interviewee or source."""
    with open_here() as study:
        changed = study.set_fields(what, key, dict(_pair(each) for each in fields), reason=reason)
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
    interviewee: Annotated[str, typer.Argument(help="Code of the person.")],
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")],
) -> None:
    """Remove a person's words everywhere: consent was withdrawn."""
    with open_here() as study:
        done = study.withdraw(interviewee, reason=reason)
    for line in done:
        typer.echo(line)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to make it.")] = Path("demo"),
) -> None:
    """Do the main job on the example study: load, count, render every programme's report."""
    from p3c_qual.example import make_example

    Here.study = folder
    sign()
    with steps("Example study", 0) as step:
        study = make_example(folder, step=step)
    from p3c_qual.analysis.frequencies import table_frequencies
    from p3c_qual.cli.reports import render_all

    frame = table_frequencies(study, by="site")
    typer.echo(
        f"{len(study.sources())} sources, {len(study.interviewees())} interviewees, "
        f"{len(study.codings())} codings. Coded segments by site:"
    )
    depth = frame.attrs["depth"]
    show(frame[[depth[code] == 1 for code in frame["code"]]], Form.table)
    typer.echo(frame.attrs["caption"])
    done = render_all(study, list(study.programmes()["programme"]), {})
    study.close()
    for path in done:
        typer.echo(f"Report: {path}")
