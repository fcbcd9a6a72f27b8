"""What forbids a report that is no draft, said all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from p3c_qual.description.checks.written import NOTHING_WRITTEN, says_nothing
from p3c_qual.errors import P3CError, Problem
from p3c_qual.report.numbered import number_named
from p3c_qual.report.records import plural
from p3c_qual.report.undecided import blind_notices, open_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from p3c_qual.description.lint import Finding
    from p3c_qual.report.making import Making
    from p3c_qual.report.model import Report
    from p3c_qual.study import Study

__all__ = ["findings_of", "forbidden", "numbered", "pass_gates", "unwritten"]


def findings_of(study: Study, programme: str) -> list[Finding]:
    """Return what the checks of a description find, but for names.

    Those are looked for in everything that is printed, once that is known.
    """
    from p3c_qual.description import check_description

    return check_description(study, programme, names=False)


def forbidden(findings: Iterable[Finding], *, of: str = "") -> list[Problem]:
    """Return the findings that forbid a report that is no draft.

    Whether anything is written each report asks of what it prints, see `unwritten`.

    Parameters
    ----------
    findings : iterable of Finding
    of : str
        Key of their programme, where a report is on several.
    """
    return [
        Problem(each.what, ": ".join(filter(None, (of, each.title))), do=each.do, code=each.code)
        for each in findings
        if each.gate and each.code != NOTHING_WRITTEN.code
    ]


def unwritten(makings: Sequence[Making]) -> list[Problem]:
    """Say that no author wrote a sentence of any of the programmes."""
    said = NOTHING_WRITTEN
    if not says_nothing(each for making in makings for each in making.entries):
        return []
    return [Problem(said.what, do=said.do, code=said.code)]


def numbered(making: Making, report: Report) -> tuple[Report, list[Problem]]:
    """Give the tables and figures that an author names their places and numbers.

    What is not there is a problem of a report that is no draft, and a notice before a draft.
    """
    made, faults = number_named(report)
    faults = [*making.names.faults, *faults]
    if faults and report.draft:
        count = plural(len(faults), "table or figure", "tables or figures")
        notice = f"The text names {count} that cannot be printed here."
        made = replace(made, notices=(*made.notices, notice))
    return made, faults


def pass_gates(study: Study, report: Report, problems: Sequence[Problem]) -> Report:
    """Return a report that nothing forbids; a draft is returned as it is.

    Parameters
    ----------
    study : Study
    report : Report
        With its passages.
    problems : sequence of Problem
        What was found before.

    Raises
    ------
    P3CError
        With these, and with each name in what is printed that nobody decided.
    """
    if report.draft:
        return report
    if every := [*problems, *open_names(study, report)]:
        raise P3CError(list(dict.fromkeys(every)))
    return replace(report, notices=(*report.notices, *blind_notices(report)))
