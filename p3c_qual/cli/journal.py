"""Commands on the journal: undo, copies, checks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.out import Form, FormOption, many, rows_of, show, show_rows
from p3c_qual.errors import P3CError, Problem

_ENDINGS = (".jsonl", ".csv")


@app.command()
def log(
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    form: FormOption = Form.table,
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
    """Take back your last act, or a named one."""
    with open_here(acts=True) as study:
        done = study.undo(group=group or None, reason=reason, skip=skip)
    left = f", {done['skipped']} left as they are" if done["skipped"] else ""
    typer.echo(f"Took back: {done['verb']} ({many(done['rows'], 'change')}{left}).")


@app.command()
def redo(
    skip: Annotated[bool, typer.Option("--skip", help="Leave what others changed since.")] = False,
) -> None:
    """Do again what you took back last."""
    with open_here(acts=True) as study:
        done = study.redo(skip=skip)
    typer.echo(
        f"Done again: {done['verb'].removeprefix('undo: ')} ({many(done['rows'], 'change')})."
    )


@app.command()
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="Ends in .jsonl or .csv.")
    ],
) -> None:
    """Write the study (.jsonl) or codings (.csv)."""
    with open_here() as study:
        if file.suffix.lower() == ".jsonl":
            typer.echo(f"Wrote {many(study.export_lines(file), 'line')} to {file}.")
        elif file.suffix.lower() == ".csv":
            typer.echo(f"Wrote {many(study.write_codings(file), 'segment')} to {file}.")
        else:
            raise P3CError(
                Problem(
                    f"a study is not written as {file.suffix or 'no ending'!r}", str(file), _ENDINGS
                )
            )


@app.command(name="import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="Ends in .jsonl or .csv.")
    ],
) -> None:
    """Join another copy of the study (.jsonl) or codings (.csv)."""
    with open_here(acts=True) as study:
        if file.suffix.lower() == ".jsonl":
            done = study.import_lines(file)
            conflicts = study.conflicts()
            typer.echo(f"Joined {many(done['events'], 'event')} of {many(done['acts'], 'act')}.")
            if len(conflicts):
                need = "1 thing needs" if len(conflicts) == 1 else f"{len(conflicts)} things need"
                typer.echo(f"{need} a person's eye: p3c check")
            raw = study.path / "data_raw"
            away = {name for name in study.sources()["file"] if name and not (raw / name).exists()}
            if away and study.store.sqlite:
                typer.echo(
                    f"{many(len(away), 'original')} not in {raw}: copy them there from the "
                    "other study's data_raw."
                )
        elif file.suffix.lower() == ".csv":
            taken = study.code_csv(file)
            typer.echo(
                f"Coded {many(len(taken.ids), 'segment')} in {many(taken.sources, 'source')}."
            )
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
    """Check that texts, quotes and originals are whole.

    Listed are faults, notes, and what joining copies of the study left open for a person.
    """
    with open_here() as study:
        rows = rows_of(study.check(replay=replay)) + [
            {
                "kind": "open",
                "source": f"{row['table']} {row['row']}",
                "what": f"{row['case']}: {row['what']}",
                "do": row["rule"],
                **_settle(row),
            }
            for row in rows_of(study.conflicts())
        ]
    faults = sum(row["kind"] == "fault" for row in rows)
    if rows or form is not Form.table:
        show_rows(["kind", "source", "what", "do"], rows, form)
    if faults:
        what = "one fault was found" if faults == 1 else f"{faults} faults were found"
        raise P3CError(what)
    if form is Form.table:
        typer.echo(
            "Every text, quote and original is what it was."
            + (" The journal replays to the same tables." if replay else "")
        )


def _settle(row: dict[str, Any]) -> dict[str, str]:
    """Say how two versions of a text are settled."""
    if row["case"] != "two texts":
        return {}
    column = row["what"].split()[0]
    return {"do": f"p3c settle {row['table']} {row['row']} {column}"}


@app.command()
def settle(
    table: Annotated[str, typer.Argument(help="Such as memo or code, as `check` names it.")],
    row: Annotated[str, typer.Argument(help="Its id, as `check` names it.")],
    field: Annotated[str, typer.Argument(help="Such as text or definition.")],
    keep: Annotated[
        str, typer.Option(help="The version to keep; without it they are listed.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")] = "",
    form: FormOption = Form.table,
) -> None:
    """Choose between two versions of a text."""
    with open_here(acts=bool(keep)) as study:
        if keep:
            study.settle(table, row, field, keep, reason=reason)
            typer.echo(f"Kept version {keep}.")
            return
        found = study.versions(table, row, field)
    rows = [{"version": name, "text": text or ""} for name, text in sorted(found.items())]
    show_rows(["version", "text"], rows, form)
