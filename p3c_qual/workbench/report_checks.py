"""What the checks find in a report, and the names in what is printed, as they go over the wire."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from p3c_qual.description.checks.material import read_material
from p3c_qual.description.lint import check_description
from p3c_qual.description.naming import name_where
from p3c_qual.workbench import wire_description as wire
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from p3c_qual.description.checks.finding import Finding
    from p3c_qual.description.checks.material import Material
    from p3c_qual.study import Study

__all__ = ["faults_by_quote", "lint_state", "plain_faults"]


def lint_state(
    study: Study, *, programme: str = "", site: str = "", country: str = ""
) -> wire.LintState:
    """Return everything the checks find, with the names that are decided or are to be.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        Keys or row ids; what is about a site is checked with its programme, and of a country, as
        where none is named, the whole study.

    Raises
    ------
    P3CError
        If there is no such place.
    """
    with study.store.read() as connection:
        cursor = last_event(connection)
        where = name_where(connection, programme=programme, site=site, country=country)
        material = read_material(study, connection, where.programme or "")
    faults = [_row(each) for each in check_description(study, where.programme or "")]
    names = _names(material, study.settings.language)
    return wire.LintState(faults, names, sum(each.gate for each in faults), cursor)


def plain_faults(study: Study, programme: str = "") -> list[wire.LintRow]:
    """Return what the checks find that need no language model."""
    return [_row(each) for each in check_description(study, programme, names=False)]


def faults_by_quote(study: Study, programme: str = "") -> dict[str, list[wire.LintRow]]:
    """Return what these checks find on quotes, by their keys."""
    found: dict[str, list[wire.LintRow]] = defaultdict(list)
    for each in plain_faults(study, programme):
        if each.quote:
            found[each.quote].append(each)
    return found


def _row(one: Finding) -> wire.LintRow:
    return wire.LintRow(one.code, one.what, one.do, one.gate, one.section, one.quote, one.programme)


def _names(material: Material, language: str) -> list[wire.NameRow]:
    """Return the names in quotes, those first about which nothing is decided."""
    from p3c_qual.description.name_table import found_names

    return [
        wire.NameRow(
            each.name,
            each.kind,
            list(each.quotes),
            list(each.sections),
            kept=each.kept,
            reason=each.reason,
        )
        for each in found_names(material, language)
    ]
