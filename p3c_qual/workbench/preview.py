"""A report, or a section of it, as it will be read: a page of its own without a script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.description.naming import call_where, name_where
from p3c_qual.description.outline import outline_of
from p3c_qual.description.places import choose_codebook, read_chapters
from p3c_qual.errors import P3CError, Problem
from p3c_qual.workbench import wire_description as wire
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.report.model import Section
    from p3c_qual.study import Study

__all__ = ["preview"]


def preview(
    study: Study, *, programme: str = "", site: str = "", country: str = "", section: str = ""
) -> wire.PreviewState:
    """Return a report as it stands now, as a draft.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        Keys or row ids.
    section : str
        Key of the only one that is wanted, with what is part of it; empty for all.

    Raises
    ------
    P3CError
        If there is no such place or section, or it is about no programme.
    """
    from p3c_qual.report.html import render_html
    from p3c_qual.report.programme import build_programme_report

    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        if where.programme is None or where.site:
            what = "only the report on a programme can be looked at before it is made"
            raise P3CError(Problem(what, do="Choose a programme, or have the report made."))
        key = call_where(connection, where)
        numbers = {each.key: each.number for each in outline_of(connection, where)}
        codebook = choose_codebook(read_chapters(connection), where)
        cursor = last_event(connection)
    wanted = [section] if section else None
    report = build_programme_report(study, key, sections=wanted, codebook=codebook)
    if section:
        # a section keeps the number that it has in the whole
        numbered = tuple(_numbered(each, numbers) for each in report.sections)
        report = replace(report, sections=numbered)
    return wire.PreviewState(render_html(report), list(report.notices), cursor)


def _numbered(section: Section, numbers: Mapping[str, str]) -> Section:
    inside = tuple(_numbered(each, numbers) for each in section.sections)
    return replace(section, number=numbers.get(section.key, section.number), sections=inside)
