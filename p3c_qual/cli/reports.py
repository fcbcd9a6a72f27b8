"""Commands that render reports."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p3c_qual.cli.app import app, open_here
from p3c_qual.cli.progress import bars
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.study import Study

NOTEBOOK, COUNTRY = "thick_description.ipynb", "country_report.ipynb"
#: reports that are rendered at a time: each has a kernel of its own
_AT_ONCE = 2
_NOT_IN_NAMES = '/\\:*?"<>|'


@app.command()
def report(
    programme: Annotated[str, typer.Argument(metavar="[PROGRAMME]", help="Its key.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every programme.")] = False,
    country: Annotated[str, typer.Option(help="A country with all its programmes.")] = "",
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
    """Render reports into reports/PROGRAMME/, or of a country into reports/COUNTRY/."""
    if [every, bool(programme), bool(country)].count(True) != 1:
        raise typer.BadParameter("name a programme, or --all, or --country, and one of them only")
    from p3c_qual.coding.names import find_key
    from p3c_qual.report.run import check_forms

    forms = check_forms(to)
    given: dict[str, Any] = {"draft": draft}
    # a study's own notebook may be older than the other forms
    given |= {"to": ",".join(forms)} if forms != ["html"] else {}
    given |= named_values(parameters or [])
    with open_here() as study:
        found = study.programmes()
        if every and found.empty:
            raise P3CError(Problem("the study has no programme yet", do="Add sources first."))
        wanted = [str(key) for key in found["programme"]]
        if country:
            known = dict.fromkeys(filter(None, found["country"]))
            if problem := find_key(known, country, "country"):
                raise P3CError(problem)
            asked = [Asked(country, COUNTRY, {"country": country})]
        else:
            if programme and (problem := find_key(dict.fromkeys(wanted), programme, "programme")):
                raise P3CError(problem)
            chosen = [programme] if programme else wanted
            asked = [Asked(key, NOTEBOOK, {"programme": key}) for key in chosen]
        for folder in render_all(study, asked, given):
            tell(folder, forms)


def tell(folder: Path, forms: list[str]) -> None:
    """Say where a report lies."""
    for form in forms:
        typer.echo(f"Report: {folder / f'report.{form}'}")


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


@dataclass(frozen=True)
class Asked:
    """A report that is wanted: its name, the notebook that makes it, and what it is on."""

    name: str
    notebook: str
    of: dict[str, str]


def render_all(study: Study, asked: list[Asked], parameters: dict[str, Any]) -> list[Path]:
    """Render reports, two at a time; one that fails does not stop the others.

    Returns the folders they lie in.
    """
    from concurrent.futures import ThreadPoolExecutor

    from p3c_qual.report.run import check_forms, run_notebook

    def render(each: Asked) -> Path | list[Problem]:
        folder = study.path / "reports" / folder_of(each.name)
        try:
            made = run_notebook(
                study.path,
                folder,
                notebook=each.notebook,
                of=each.of,
                parameters=parameters,
                progress=begin(each.name),
            )
        except P3CError as error:
            where = f"report {each.name}"
            return [replace(problem, where=problem.where or where) for problem in error.problems]
        except Exception as error:  # noqa: BLE001 - whatever befell it, the others are rendered
            return [Problem(f"{type(error).__name__}: {error}", f"report {each.name}")]
        return made.parent

    with bars() as begin, ThreadPoolExecutor(_AT_ONCE) as pool:
        made = list(pool.map(render, asked))
    done = [each for each in made if not isinstance(each, list)]
    problems = [problem for each in made if isinstance(each, list) for problem in each]
    if problems:
        for folder in done:
            tell(folder, check_forms(str(parameters.get("to", "html"))))
        # the same mistake in a parameter is said once
        raise P3CError(list(dict.fromkeys(problems)))
    return done


def folder_of(name: str) -> str:
    """Return the folder of a report, without what a folder's name cannot hold.

    Examples
    --------
    >>> folder_of("Bosnia and Herzegovina"), folder_of("a/b")
    ('Bosnia and Herzegovina', 'a-b')
    """
    return "".join("-" if sign in _NOT_IN_NAMES else sign for sign in name).strip(". ") or "report"
