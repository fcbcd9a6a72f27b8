"""Having reports of a study made: into which folder, below the server's root."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.report.run import check_forms
from p3c_qual.report.wanted import wanted_reports
from p3c_qual.workbench.renders import Render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from p3c_qual.report.wanted import Wanted
    from p3c_qual.workbench.studies import Studies
    from p3c_qual.workbench.wire_description import RenderJob

__all__ = ["start_renders"]


def start_renders(
    studies: Studies,
    study: str,
    programmes: Sequence[str] = (),
    *,
    country: str = "",
    forms: Sequence[str] = ("html",),
    draft: bool = False,
) -> list[RenderJob]:
    """Have reports made, beside what else the server does.

    Parameters
    ----------
    studies : Studies
    study : str
        Path of the study.
    programmes : sequence of str
        Keys; all of the study where there is none and no country.
    country : str
        The report that binds the programmes of a country.
    forms : sequence of str
        ``html``, ``docx``, ``pdf``.
    draft : bool
        Whether what the checks find is printed beside it instead of refused.

    Raises
    ------
    P3CError
        With every name that is unknown, or if the study's folder of reports leads elsewhere.
    """
    held = studies.hold(study)
    problems: list[Problem] = []
    asked: list[Wanted] = []
    try:
        asked = wanted_reports(held.study, programmes, country=country)
    except P3CError as error:
        problems += error.problems
    try:
        forms = check_forms(",".join(forms))
    except P3CError as error:
        problems += error.problems
    if problems:
        raise P3CError(problems)
    path, renders = held.study.path, []
    for each in asked:
        # a link may lead out of what this server serves
        out = studies.locate(str(path / "reports" / each.folder))
        make = partial(_make, studies, path, each, out, tuple(forms), draft)
        renders.append(Render(held.path, each.label, each.of.get("programme", ""), make))
    return studies.renders.add(renders)


def _make(
    studies: Studies,
    path: Path,
    asked: Wanted,
    out: Path,
    forms: tuple[str, ...],
    draft: bool,
    progress: Callable[[int, int], None],
) -> list[str]:
    """Make a report; return its files as the server's root has them."""
    from p3c_qual.report.run import run_notebook

    parameters: dict[str, object] = {"draft": draft}
    # a study's own notebook may be older than the other forms
    if forms != ("html",):
        parameters["to"] = ",".join(forms)
    run_notebook(
        path,
        out,
        notebook=asked.notebook,
        of=asked.of,
        parameters=parameters,
        progress=progress,
    )
    return [studies.name(out / f"report.{form}") for form in forms]
