"""Commands on codings: in, out, counted, searched."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, dump, rows_of, show

Several = Annotated[list[str] | None, typer.Option()]


@app.command()
def code(
    table: Annotated[
        Path, typer.Option("--csv", help="source, start, end, code[, coder, round, memo, quote]")
    ],
    coder: Annotated[str, typer.Option(help="Whose codings they are.")] = "",
    open_: Annotated[
        bool, typer.Option("--not-done", help="The sources are not worked through yet.")
    ] = False,
) -> None:
    """Take codings in from a file, all or none."""
    from p3c_qual.coding.csv_form import read_codings

    with open_here() as study:
        _, ignored = read_codings(table, coder=coder or study.coder)
        done = study.code_csv(table, coder=coder or None, done=not open_)
    if ignored:
        typer.echo(f"Columns not used: {', '.join(ignored)}.")
    if done.coders:
        typer.echo(f"New coders: {', '.join(done.coders)}.")
    if done.repeated:
        typer.echo(f"{done.repeated} codings were there already and changed nothing.")
    state = "in progress" if open_ else "worked through"
    typer.echo(f"Coded {len(done.ids)} segments in {done.sources} sources, {state}.")


@app.command()
def codings(
    where: Annotated[
        str, typer.Option(help="A condition, such as \"site == 'north' and wave > 1\".")
    ] = "",
    code: Annotated[list[str] | None, typer.Option(help="With everything below it.")] = None,
    source: Several = None,
    programme: Several = None,
    site: Several = None,
    interviewee: Several = None,
    coder: Several = None,
    round: Several = None,
    limit: Annotated[int, typer.Option(help="At most so many.")] = 0,
    to: Annotated[Path | None, typer.Option("--to", help="Write a CSV file.")] = None,
    form: FormOption = Form.table,
) -> None:
    """List coded segments; the CSV can be taken in again."""
    given: dict[str, Any] = {
        "code": code,
        "source": source,
        "programme": programme,
        "site": site,
        "interviewee": interviewee,
        "coder": coder,
        "round": round,
        "limit": limit or None,
    }
    filters = {name: value for name, value in given.items() if value}
    with open_here() as study:
        if to is not None:
            count = study.write_codings(to, where or None, **filters)
            typer.echo(f"Wrote {count} segments to {to}.")
            return
        show(study.codings(where or None, **filters), form)


@app.command()
def frequencies(
    by: Annotated[
        str, typer.Option(help="programme, site, stakeholder_type, source, coder or a variable")
    ],
    count: Annotated[str, typer.Option(help="segments, interviewees or programmes")] = "segments",
    codebook: Annotated[str, typer.Option("--codebook", help="Its key.")] = "selfie",
    coder: Annotated[str, typer.Option(help="Count this coder's codings.")] = "",
    round: Annotated[str, typer.Option(help="Count this round.")] = "",
    rate: Annotated[str, typer.Option(help="words: per 1,000 words of the interviewees")] = "",
    form: FormOption = Form.table,
) -> None:
    """Count codes by groups; what is counted goes to the error stream."""
    from p3c_qual.analysis.frequencies import table_frequencies

    with open_here() as study:
        frame = table_frequencies(
            study,
            by=by,
            count=count,
            codebook=codebook,
            coder=coder or None,
            round=round or None,
            rate=rate or None,
        )
    about = frame.attrs
    if form is Form.json:
        dump(
            {
                "unit": about["unit"],
                "reading_set": about["reading_set"],
                "caption": about["caption"],
                "denominators": about["denominators"],
                "rows": rows_of(frame),
            }
        )
        return
    show(frame, form)
    sys.stdout.flush()
    shown = ", ".join(f"{name} {number:,}" for name, number in about["denominators"].items())
    typer.echo(about["caption"], err=True)
    typer.echo(f"Denominators: {shown}.", err=True)


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="TEXT")],
    substring: Annotated[bool, typer.Option("--substring", help="Also within words.")] = False,
    regex: Annotated[bool, typer.Option("--regex", help="TEXT is a pattern.")] = False,
    context: Annotated[int, typer.Option(help="Characters before and after.")] = 40,
    limit: Annotated[int, typer.Option(help="At most so many.")] = 0,
    form: FormOption = Form.table,
) -> None:
    """Find words in context; case and accents do not matter."""
    if regex and substring:
        raise typer.BadParameter("--regex or --substring, not both")
    mode = "regex" if regex else "substring" if substring else "word"
    with open_here() as study:
        frame = study.search(query, mode=mode, context=context, limit=limit or None)
    if form is Form.table and frame.empty:
        hint = " Words are found whole; try --substring." if mode == "word" else ""
        typer.echo(f"{query!r} was not found.{hint}", err=True)
        return
    if form is Form.table:
        frame = frame[["source", "start", "before", "match", "after"]]
    show(frame, form)


@app.command()
def memo(
    about: Annotated[str, typer.Argument(help="study, source, interviewee, code or coding")],
    text: Annotated[str, typer.Argument()],
    target: Annotated[str, typer.Option(help="Key, or a coding's id.")] = "",
    kind: Annotated[str, typer.Option(help="Such as surprise or method.")] = "",
    span: Annotated[str, typer.Option(help="START-END in a source.")] = "",
) -> None:
    """Write a memo; there may be several on anything."""
    with open_here() as study:
        study.memo(about, text, target=target, kind=kind, span=span)
    typer.echo("Kept the memo.")


@app.command()
def memos(form: FormOption = Form.table) -> None:
    """List the memos."""
    with open_here() as study:
        show(study.memos(), form)
