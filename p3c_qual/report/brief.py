"""A feedback brief of two pages: what one audience gets to see of a programme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.report.brief_parts import Brief, build_parts
from p3c_qual.report.brief_since import check_day
from p3c_qual.report.gates import findings_of, forbidden, pass_gates
from p3c_qual.report.gather import read_evidence
from p3c_qual.report.making import Rules, gather_making
from p3c_qual.report.model import Report
from p3c_qual.report.numbered import number_named

if TYPE_CHECKING:
    from datetime import datetime

    from p3c_qual.report.brief_parts import Room
    from p3c_qual.report.making import Making
    from p3c_qual.study import Study

__all__ = ["AUDIENCES", "PAGES", "Audience", "build_brief", "check_audiences"]

PAGES = 2


@dataclass(frozen=True)
class Audience:
    """Whom a brief is for.

    Attributes
    ----------
    key, label : str
    segments : tuple of str
        Keys of those segments of the framework that matter to them most.
    """

    key: str
    label: str
    segments: tuple[str, ...]


AUDIENCES = {
    each.key: each
    for each in (
        Audience(
            "front_line",
            "Front line",
            ("service_delivery", "workforce", "technologies_medical_products"),
        ),
        Audience(
            "managers",
            "Managers",
            ("leadership_governance", "workforce", "information_research"),
        ),
        Audience(
            "commissioners",
            "Commissioners",
            ("financing", "leadership_governance", "information_research"),
        ),
    )
}
#: quotations, configurations and occasions of feedback that are put in; less is tried in turn
_ROOMS: tuple[Room, ...] = (
    (8, 4, 4),
    (6, 4, 3),
    (5, 3, 3),
    (4, 3, 2),
    (3, 2, 1),
    (3, 1, 1),
    (3, 0, 0),
)


def check_audiences(name: str) -> list[str]:
    """Return the keys of the audiences that are named: one, or ``all``.

    Raises
    ------
    P3CError
        If there is no such audience.

    Examples
    --------
    >>> check_audiences("managers"), len(check_audiences("all"))
    (['managers'], 3)
    """
    if name == "all":
        return list(AUDIENCES)
    if name not in AUDIENCES:
        valid = (*AUDIENCES, "all")
        raise P3CError(
            Problem(f"there is no audience {name[:60]!r}", "", valid, nearest(name, valid))
        )
    return [name]


def build_brief(
    study: Study,
    programme: str,
    audience: str,
    *,
    language: str = "en",
    codebook: str = "selfie",
    since: str = "",
    draft: bool = True,
    generated_at: datetime | None = None,
) -> Report:
    """Build the brief on a programme for one audience; as a PDF it has two pages at the most.

    First stands what the author wrote for them, in a section of the kind ``brief`` with the
    audience in its title; then what was done, what was found in the segments that matter to them, configurations, quotations that the
    author chose, what was changed after feedback, and what is open. What finds no room is left out
    and counted.

    Parameters
    ----------
    study : Study
        An open study.
    programme : str
        Key of the programme.
    audience : str
        ``front_line``, ``managers`` or ``commissioners``.
    language : str
        Language quotes are printed in where a source has a translation into it.
    codebook : str
        Whose codes are the segments.
    since : str
        A day such as ``2024-02-01``: what the study gained since, and feedback since, are told; by
        default all feedback.
    draft : bool
        Whether it is marked as a draft; one that is none is refused for what the checks forbid.
    generated_at : datetime, optional
        Printed on the first page; nothing is printed without it.

    Returns
    -------
    Report

    Raises
    ------
    P3CError
        If the programme or the audience is unknown, or the checks forbid it.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(tempfile.mkdtemp() + "/mine", title="Mine", coder="anna")
    >>> build_brief(study, "harbour", "manager")
    Traceback (most recent call last):
    p3c_qual.errors.P3CError: there is no audience 'manager'. Did you mean 'managers'? \
Valid: front_line, managers, commissioners, all.
    """
    (key,) = check_audiences(audience) if audience != "all" else check_audiences("")
    evidence = read_evidence(study, programme, codebook=codebook)
    making = gather_making(evidence, Rules(language, 60, 0))
    barred = forbidden(findings_of(study, programme))
    about = AUDIENCES[key]
    brief = Brief(making, _section(making, about), about.label, about.segments, check_day(since))
    made = Report(
        title=evidence.programme["label"],
        subtitle=f"Brief: {about.label.lower()}",
        programme=programme,
        language=language,
        sections=(),
        draft=draft,
        generated_at=generated_at,
        cover=(("As the study stood on", study.as_of),) if study.as_of else (),
    )
    pages = 0
    for room in _ROOMS:
        made, _ = number_named(replace(made, sections=build_parts(brief, room)))
        pages = _pages(made)
        if pages <= PAGES:
            named = pass_gates(study, made, barred)
            if named == made or _pages(named) <= PAGES:
                return named
    said = (
        f"This brief has {pages} pages, with as little as there can be beside the author’s own "
        f"texts: shorten {brief.title} or the summaries of the segments."
    )
    return pass_gates(study, replace(made, notices=(said,)), barred)


def _section(making: Making, about: Audience) -> str:
    """Return the key of the section that the author wrote for an audience."""
    wanted = about.label.lower()
    own = (
        each.key
        for each in making.entries
        if each.kind == "brief"
        and not each.left_out
        and wanted in f"{each.key} {each.title}".lower().replace("_", " ")
    )
    return next(own, f"brief_{about.key}")


def _pages(report: Report) -> int:
    """Return how many pages a report has."""
    import pypdfium2

    from p3c_qual.report.pdf import render_pdf

    document = pypdfium2.PdfDocument(render_pdf(report))
    try:
        return len(document)
    finally:
        document.close()
