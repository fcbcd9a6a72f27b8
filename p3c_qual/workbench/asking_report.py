"""What is asked of a report: its sections, quotes, forms, facts, checks, measures, renders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from p3c_qual.workbench import wire_description as wire
    from p3c_qual.workbench import wire_forms
    from p3c_qual.workbench.asking import Query

__all__ = ["GETS"]


def _place(query: Query) -> dict[str, str]:
    """Return what is asked about: keys or row ids; all empty: the study as a whole."""
    return {name: query.said(name) for name in ("programme", "site", "country")}


def _reports(query: Query) -> list[wire.AboutRow]:
    from p3c_qual.workbench.report_outline import about_rows

    return about_rows(query.study)


def _report(query: Query) -> wire.ReportOutline:
    from p3c_qual.workbench.report_outline import report_outline

    return report_outline(query.study, **_place(query))


def _section(query: Query, key: str) -> wire.SectionState:
    from p3c_qual.workbench.report_section import section_state

    return section_state(query.study, key, **_place(query), limit=query.number("limit", 60))


def _forms(query: Query) -> list[wire_forms.FormState]:
    from p3c_qual.workbench.report_forms import form_states

    return form_states(query.study, **_place(query), form=query.said("form"))


def _quotes(query: Query) -> wire.QuoteState:
    from p3c_qual.workbench.report_quotes import quote_state

    return quote_state(query.study, **_place(query))


def _facts(query: Query) -> wire_forms.FactState:
    from p3c_qual.workbench.report_facts import fact_state

    return fact_state(query.study, **_place(query))


def _contrasts(query: Query) -> wire_forms.ContrastState:
    from p3c_qual.workbench.report_facts import contrast_state

    return contrast_state(query.study, **_place(query))


def _lint(query: Query) -> wire.LintState:
    from p3c_qual.workbench.report_checks import lint_state

    return lint_state(query.study, **_place(query))


def _measures(query: Query) -> wire_forms.MeasureState:
    from p3c_qual.workbench.report_measures import measure_state

    return measure_state(query.study, **_place(query))


def _preview(query: Query) -> wire.PreviewState:
    from p3c_qual.workbench.preview import preview

    return preview(query.study, **_place(query), section=query.said("section"))


def _renders(query: Query) -> list[wire.RenderJob]:
    return query.studies.renders.of(query.held.path)


#: by address, what answers a GET
GETS: dict[str, Callable[..., Any]] = {
    "reports": _reports,
    "report": _report,
    "section/([^/]+)": _section,
    "forms": _forms,
    "quotes": _quotes,
    "facts": _facts,
    "contrasts": _contrasts,
    "lint": _lint,
    "measures": _measures,
    "preview": _preview,
    "renders": _renders,
}
