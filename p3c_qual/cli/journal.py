"""Commands on the journal: undo, copies, checks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, show
from p3c_qual.errors import P3CError, Problem

_ENDINGS = (".jsonl", ".csv")


@app.command()
def log(
    limit: Annotated[int, typer.Option(help="At most so many.")] = 20, form: FormOption = Form.table
) -> None:
    """List what was done, newest first."""
    with open_here() as study:
        show(study.log(limit=limit), form)


@app.command()
def undo(
    group: Annotated[str, typer.Option(help="An act, as `log` lists it; default your last.")] = "",
    reason: Annotated[str, typer.Option(help="Needed for somebody else's act.")] = "",
    skip: Annotated[bool, typer.Option("--skip", help="Leave what others changed since.")] = False,
) -> None:
    """Take back your last act, or a named one; nothing is lost from the journal."""
    with open_here() as study:
        done = study.undo(group=group or None, reason=reason, skip=skip)
    left = f", {done['skipped']} left as they are" if done["skipped"] else ""
    typer.echo(f"Took back: {done['verb']} ({done['rows']} changes{left}).")


@app.command()
def redo(
    skip: Annotated[bool, typer.Option("--skip", help="Leave what others changed since.")] = False,
) -> None:
    """Do again what you took back last."""
    with open_here() as study:
        done = study.redo(skip=skip)
    typer.echo(f"Done again: {done['verb'].removeprefix('undo: ')} ({done['rows']} changes).")


@app.command()
def export(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Write the whole study (.jsonl) or its codings (.csv)."""
    with open_here() as study:
        if file.suffix == ".jsonl":
            typer.echo(f"Wrote {study.export_lines(file):,} lines to {file}.")
        elif file.suffix == ".csv":
            typer.echo(f"Wrote {study.write_codings(file):,} segments to {file}.")
        else:
            raise P3CError(
                Problem(
                    f"a study is not written as {file.suffix or 'no ending'!r}", str(file), _ENDINGS
                )
            )


@app.command(name="import")
def import_(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Join another copy of the study (.jsonl), or take codings in (.csv)."""
    with open_here() as study:
        if file.suffix == ".jsonl":
            done = study.import_lines(file)
            conflicts = study.conflicts()
            typer.echo(f"Joined {done['events']:,} events of {done['acts']:,} acts.")
            if len(conflicts):
                typer.echo(f"{len(conflicts)} things need a person's eye: p3c check")
        elif file.suffix == ".csv":
            taken = study.code_csv(file)
            typer.echo(f"Coded {len(taken.ids)} segments in {taken.sources} sources.")
        else:
            raise P3CError(
                Problem(
                    f"{file.suffix or 'no ending'!r} is not read",
                    str(file),
                    _ENDINGS,
                    do="Sources come in with: p3c add FILE",
                )
            )


@app.command()
def check(
    replay: Annotated[
        bool, typer.Option("--replay", help="Also replay the journal and compare.")
    ] = False,
    form: FormOption = Form.table,
) -> None:
    """Check that every quote, original and text is what it was, and list open conflicts."""
    with open_here() as study:
        faults = study.check(replay=replay)
        conflicts = study.conflicts()
    if form is Form.table and len(conflicts):
        typer.echo("To be settled by a person:")
    if len(conflicts) or form is not Form.table:
        show(conflicts if faults.empty else faults, form)
    if not faults.empty:
        if form is Form.table:
            show(faults, form)
        raise P3CError(Problem(f"{len(faults)} faults were found", str(study.path)))
    if form is Form.table:
        typer.echo(
            "Every text, quote and original is what it was."
            + (" The journal replays to the same tables." if replay else "")
        )
