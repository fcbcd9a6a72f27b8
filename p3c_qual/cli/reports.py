"""Commands that render reports."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import Here, app, open_here
from p3c_qual.cli.progress import bars
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.report.wanted import Wanted
    from p3c_qual.study import Study

#: reports that are rendered at a time: each has a kernel of its own
_AT_ONCE = 2


@app.command()
def report(
    programme: Annotated[str, typer.Argument(metavar="[PROGRAMME]", help="Its key.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every programme.")] = False,
    country: Annotated[str, typer.Option(help="A country with all its programmes.")] = "",
    brief: Annotated[
        str,
        typer.Option(
            metavar="AUDIENCE",
            help="A brief of two pages: front_line, managers, commissioners, all.",
        ),
    ] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="FORMS", help="html, docx, pdf, with commas.")
    ] = "html",
    draft: Annotated[
        bool, typer.Option("--draft", help="Whatever the checks find; marked as a draft.")
    ] = False,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME VALUE", help="A parameter of the notebook."),
    ] = None,
) -> None:
    """Render reports into reports/PROGRAMME/ or COUNTRY/."""
    if [every, bool(programme), bool(country)].count(True) != 1:
        raise typer.BadParameter("name a programme, or --all, or --country, and one of them only")
    if brief and country:
        raise typer.BadParameter("a brief is on a programme: name one, or --all")
    from p3c_qual.report.run import check_forms
    from p3c_qual.report.wanted import wanted_briefs, wanted_reports

    forms = check_forms(to)
    given: dict[str, Any] = {"draft": draft}
    # a study's own notebook may be older than the other forms
    given |= {"to": ",".join(forms)} if forms != ["html"] else {}
    given |= {"as_of": Here.as_of} if Here.as_of else {}
    # what kind of thing each is the notebook knows: a version 1.10 is no number
    given |= named_texts(parameters or [])
    with open_here() as study:
        named = [programme] if programme else []
        chosen = (
            wanted_briefs(study, named, brief)
            if brief
            else wanted_reports(study, named, country=country)
        )
        for folder in render_all(study, chosen, given):
            tell(folder, forms)


def tell(folder: Path, forms: list[str]) -> None:
    """Say where a report lies."""
    for form in forms:
        typer.echo(f"Report: {folder / f'report.{form}'}")


def named_texts(given: list[str]) -> dict[str, str]:
    """Return what was given as `-p NAME VALUE`, by name, as it was written."""
    found: dict[str, str] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign:
            raise typer.BadParameter(f"-p needs a name and a value, not only {each!r}")
        found[name.strip()] = value
    return found


def named_values(given: list[str]) -> dict[str, Any]:
    """Return what was given as `-p NAME VALUE`, by name: numbers, true or false, texts."""
    return {name: _plain(value) for name, value in named_texts(given).items()}


def _plain(text: str) -> Any:
    words: dict[str, Any] = {"true": True, "false": False, "none": None}
    if text.lower() in words:
        return words[text.lower()]
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(text)
    return text


def render_all(study: Study, chosen: list[Wanted], parameters: dict[str, Any]) -> list[Path]:
    """Render reports, two at a time; one that fails does not stop the others.

    Returns the folders they lie in.
    """
    from concurrent.futures import ThreadPoolExecutor

    from p3c_qual.report.run import check_forms, run_notebook

    def render(each: Wanted) -> Path | list[Problem]:
        folder = study.path / "reports" / each.folder
        try:
            made = run_notebook(
                study.path,
                folder,
                notebook=each.notebook,
                of=each.of,
                parameters=parameters,
                progress=begin(each.label),
            )
        except P3CError as error:
            where = f"report {each.name}"
            return [replace(problem, where=problem.where or where) for problem in error.problems]
        except Exception as error:  # noqa: BLE001 - whatever befell it, the others are rendered
            return [Problem(f"{type(error).__name__}: {error}".rstrip(": "), f"report {each.name}")]
        return made.parent

    with bars() as begin, ThreadPoolExecutor(_AT_ONCE) as pool:
        made = list(pool.map(render, chosen))
    done = [each for each in made if not isinstance(each, list)]
    problems = [problem for each in made if isinstance(each, list) for problem in each]
    if problems:
        for folder in done:
            tell(folder, check_forms(str(parameters.get("to", "html"))))
        # the same mistake in a parameter is said once
        raise P3CError(list(dict.fromkeys(problems)))
    return done
