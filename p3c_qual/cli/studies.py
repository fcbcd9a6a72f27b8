"""Commands that make a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from p3c_qual.cli.app import Here, app, sign
from p3c_qual.cli.out import Form, show
from p3c_qual.cli.progress import steps


@app.command()
def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", readable=False, help="The new study's folder.")
    ],
    title: Annotated[str, typer.Option(help="What the study is called.")],
    language: Annotated[str, typer.Option(help="Language of sources that name none.")] = "en",
    store: Annotated[
        str, typer.Option(help="A PostgreSQL address, without password; default a file.")
    ] = "",
) -> None:
    """Make a new study, with all shipped codebooks."""
    from p3c_qual.opening import new_study

    sign()
    with new_study(folder, title=title, language=language, store=store or None) as study:
        count = len(study.codebooks())
    typer.echo(f"Made the study {title!r} in {folder} with {count} codebooks.")
    typer.echo(f"Next: p3c --study {folder} lab, or p3c --study {folder} add FILE...")


@app.command()
def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", readable=False, help="Where to make it.")
    ] = Path("demo"),
) -> None:
    """Load, count and report the example study."""
    from p3c_qual.example import make_example

    Here.study = folder
    sign()
    with steps("Example study", 0) as step:
        study = make_example(folder, step=step)
    from p3c_qual.analysis.frequencies import table_frequencies
    from p3c_qual.cli.reports import render_all, tell
    from p3c_qual.report.wanted import wanted_reports

    with study:
        frame = table_frequencies(study, by="site")
        typer.echo(
            f"{len(study.sources())} sources, {len(study.interviewees())} interviewees, "
            f"{len(study.codings())} codings. Coded segments by site:"
        )
        depth = frame.attrs["depth"]
        show(frame[[depth[code] == 1 for code in frame["code"]]], Form.table)
        typer.echo(frame.attrs["caption"])
        done = render_all(study, wanted_reports(study), {"draft": True})
    for made in done:
        tell(made, ["html"])
    typer.echo(f"To code in it: p3c --study {folder} lab")
