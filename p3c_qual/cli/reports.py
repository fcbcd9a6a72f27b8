"""Commands that render reports."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.progress import steps
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.study import Study


@app.command()
def report(
    programme: Annotated[str, typer.Argument(metavar="[PROGRAMME]", help="Its key.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every programme.")] = False,
    country: Annotated[str, typer.Option(help="Every programme of this country.")] = "",
    to: Annotated[str, typer.Option("--to", help="html is written.")] = "html",
    draft: Annotated[
        bool, typer.Option("--draft", help="Marked as a draft; for now every report is.")
    ] = False,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME VALUE", help="A parameter of the notebook."),
    ] = None,
) -> None:
    """Render reports into reports/PROGRAMME/."""
    if [every, bool(programme), bool(country)].count(True) != 1:
        raise typer.BadParameter("name a programme, or --all, or --country, and one of them only")
    wanted_forms = [each.strip() for each in to.split(",")]
    wrong = [each for each in wanted_forms if each != "html"]
    if wrong:
        raise P3CError(
            [Problem(f"a report is not written as {each!r} yet", valid=("html",)) for each in wrong]
        )
    given: dict[str, Any] = {"draft": True} if draft else {}
    given |= named_values(parameters or [])
    from p3c_qual.coding.names import find_key

    with open_here() as study:
        found = study.programmes()
        if every and found.empty:
            raise P3CError(Problem("the study has no programme yet", do="Add sources first."))
        wanted = [str(key) for key in found["programme"]]
        if programme:
            if problem := find_key(dict.fromkeys(wanted), programme, "programme"):
                raise P3CError(problem)
            wanted = [programme]
        elif country:
            if problem := find_key(
                dict.fromkeys(filter(None, found["country"])), country, "country"
            ):
                raise P3CError(problem)
            wanted = [str(key) for key in found["programme"][found["country"] == country]]
        for path in render_all(study, wanted, given):
            typer.echo(f"Report: {path}")


def named_values(given: list[str]) -> dict[str, Any]:
    """Return what was given as `-p NAME VALUE`, by name."""
    found: dict[str, Any] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign:
            raise typer.BadParameter(f"-p needs a name and a value, not only {each!r}")
        found[name.strip()] = _plain(value)
    return found


def _plain(text: str) -> Any:
    """Return a value as the notebook means it: a number, true or false, else the text."""
    words: dict[str, Any] = {"true": True, "false": False, "none": None}
    if text.lower() in words:
        return words[text.lower()]
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(text)
    return text


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
                problems += [
                    replace(each, where=each.where or f"report {programme}")
                    for each in error.problems
                ]
            step(programme)
    for path in done if problems else []:
        typer.echo(f"Report: {path}")
    if problems:
        raise P3CError(problems)
    return done
