"""Commands that render reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.progress import steps
from p3c_qual.coding.names import find_key
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.study import Study


@app.command()
def report(
    programme: Annotated[str, typer.Argument(help="Its key.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every programme.")] = False,
    to: Annotated[str, typer.Option("--to", help="html")] = "html",
    draft: Annotated[bool, typer.Option("--draft", help="Marked as a draft.")] = False,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME=VALUE", help="A parameter of the notebook."),
    ] = None,
) -> None:
    """Render a programme's report from its notebook into reports/PROGRAMME/."""
    if every == bool(programme):
        raise typer.BadParameter("name a programme, or --all, and not both")
    wanted_forms = [each.strip() for each in to.split(",")]
    wrong = [each for each in wanted_forms if each != "html"]
    if wrong:
        raise P3CError(
            [Problem(f"a report is not written as {each!r} yet", valid=("html",)) for each in wrong]
        )
    given: dict[str, Any] = {"draft": True} if draft else {}
    for each in parameters or []:
        name, _, value = each.partition("=")
        given[name] = value
    with open_here() as study:
        known = dict.fromkeys(study.programmes()["programme"])
        if not every and (problem := find_key(known, programme, "programme")):
            raise P3CError(problem)
        for path in render_all(study, list(known) if every else [programme], given):
            typer.echo(f"Report: {path}")


def render_all(study: Study, programmes: list[str], parameters: dict[str, Any]) -> list[Path]:
    """Render reports one after the other; one that fails does not stop the others."""
    from p3c_qual.report.run import run_report

    done, problems = [], []
    with steps("Rendering", len(programmes)) as step:
        for programme in programmes:
            try:
                done.append(
                    run_report(
                        study.path,
                        programme,
                        study.path / "reports" / programme,
                        parameters=parameters,
                    )
                )
            except P3CError as error:
                problems += [Problem(str(each), f"report {programme}") for each in error.problems]
            step(programme)
    for path in done if problems else []:
        typer.echo(f"Report: {path}")
    if problems:
        raise P3CError(problems)
    return done
