"""Commands on codings: in, out, counted, searched."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, dump, many, rows_of, show

Limit = Annotated[int | None, typer.Option(min=1, help="At most so many.")]


@app.command()
def code(
    table: Annotated[
        Path,
        typer.Option(
            "--csv", readable=False, help="source, start, end, code[, coder, round, memo, quote]."
        ),
    ],
    coder: Annotated[str, typer.Option(help="Whose codings they are.")] = "",
    open_: Annotated[
        bool, typer.Option("--not-done", help="The sources are not worked through yet.")
    ] = False,
) -> None:
    """Take in codings from a table, all or none."""
    from p3c_qual.coding.csv_form import scan_codings

    with open_here(acts=True) as study:
        _, ignored, _ = scan_codings(table, coder=coder or study.coder)
        done = study.code_csv(table, coder=coder or None, done=not open_)
    if ignored:
        typer.echo(f"Columns not used: {', '.join(ignored)}.")
    if done.coders:
        typer.echo(f"New coders: {', '.join(done.coders)}.")
    if done.repeated:
        there = "was" if done.repeated == 1 else "were"
        typer.echo(f"{many(done.repeated, 'coding')} {there} there already and changed nothing.")
    state = "in progress" if open_ else "worked through"
    typer.echo(
        f"Coded {many(len(done.ids), 'segment')} in {many(done.sources, 'source')}, {state}."
    )


@app.command()
def codings(
    where: Annotated[
        str, typer.Option(help="A condition, such as \"site == 'north' and wave > 1\".")
    ] = "",
    code: Annotated[list[str] | None, typer.Option(help="With everything below it.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only of this source.")] = None,
    programme: Annotated[list[str] | None, typer.Option(help="Only of this programme.")] = None,
    site: Annotated[list[str] | None, typer.Option(help="Only of this site.")] = None,
    interviewee: Annotated[
        list[str] | None, typer.Option(help="Only words of this person.")
    ] = None,
    coder: Annotated[list[str] | None, typer.Option(help="Only of this coder.")] = None,
    round: Annotated[list[str] | None, typer.Option(help="Only of this round.")] = None,
    limit: Limit = None,
    context: Annotated[
        str, typer.Option(help="turn: with the whole turn and the one before it.")
    ] = "",
    to: Annotated[
        Path | None, typer.Option("--to", readable=False, help="Write a CSV file.")
    ] = None,
    form: FormOption = Form.table,
) -> None:
    """List coded segments; `code` reads the CSV."""
    given: dict[str, Any] = {
        "code": code,
        "source": source,
        "programme": programme,
        "site": site,
        "interviewee": interviewee,
        "coder": coder,
        "round": round,
        "limit": limit,
    }
    if context and to is not None:
        raise typer.BadParameter("--context is for the screen; leave it out with --to")
    filters = {name: value for name, value in given.items() if value}
    with open_here() as study:
        if to is not None:
            count = study.write_codings(to, where or None, **filters)
            typer.echo(f"Wrote {many(count, 'segment')} to {to}.")
            return
        show(study.codings(where or None, context=context or None, **filters), form)


@app.command()
def frequencies(
    by: Annotated[
        str, typer.Option(help="programme, site, stakeholder_type, source, coder or a variable.")
    ],
    count: Annotated[str, typer.Option(help="segments, interviewees or programmes.")] = "segments",
    codebook: Annotated[str, typer.Option("--codebook", help="Its key.")] = "selfie",
    coder: Annotated[str, typer.Option(help="Count this coder's codings.")] = "",
    round: Annotated[str, typer.Option(help="Count this round.")] = "",
    rate: Annotated[str, typer.Option(help="words: per 1,000 words of the interviewees.")] = "",
    form: FormOption = Form.table,
) -> None:
    """Count codes by groups.

    What is counted, and of how many, goes to the error stream.
    """
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
    query: Annotated[str, typer.Argument(metavar="TEXT", help="Words, or a pattern.")],
    substring: Annotated[bool, typer.Option("--substring", help="Also within words.")] = False,
    regex: Annotated[bool, typer.Option("--regex", help="TEXT is a pattern.")] = False,
    context: Annotated[int, typer.Option(min=0, help="Characters before and after.")] = 40,
    limit: Limit = None,
    form: FormOption = Form.table,
) -> None:
    """Find words in context.

    Case and accents do not matter.
    """
    if regex and substring:
        raise typer.BadParameter("--regex or --substring, not both")
    mode = "regex" if regex else "substring" if substring else "word"
    with open_here() as study:
        frame = study.search(query, mode=mode, context=context, limit=limit)
    if form is Form.table and frame.empty:
        hint = " Words are found whole; try --substring." if mode == "word" else ""
        typer.echo(f"{query!r} was not found.{hint}", err=True)
        return
    if form is Form.table:
        frame = frame[["source", "start", "before", "match", "after"]]
    show(frame, form)


@app.command()
def memo(
    about: Annotated[
        str,
        typer.Argument(
            metavar="ABOUT",
            help="study, source, interviewee, programme, site, code, coding or span",
        ),
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is noted.")],
    target: Annotated[str, typer.Option(help="Key, a coding's id, or the span's source.")] = "",
    kind: Annotated[str, typer.Option(help="Such as surprise or method.")] = "",
    span: Annotated[str, typer.Option(help="START-END in a source.")] = "",
) -> None:
    """Write a memo on anything."""
    with open_here(acts=True) as study:
        study.memo(about, text, target=target, kind=kind, span=span)
    typer.echo("Kept the memo.")


@app.command()
def memos(
    kind: Annotated[str, typer.Option(help="Only of this kind, such as surprise.")] = "",
    form: FormOption = Form.table,
) -> None:
    """List the memos."""
    with open_here() as study:
        frame = study.memos()
    show(frame[frame["kind"] == kind] if kind else frame, form)
