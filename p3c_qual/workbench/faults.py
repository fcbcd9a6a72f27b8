"""What is wrong, as it goes over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.workbench.wire import Fault, Refusal

if TYPE_CHECKING:
    from p3c_qual.errors import P3CError, Problem

__all__ = ["fault_of", "refusal_of"]

#: valid values that are sent; a study may have a thousand codes
_VALID = 50


def fault_of(problem: Problem) -> Fault:
    """Return a problem as the front end shows it."""
    return Fault(
        code=problem.code or "invalid",
        what=problem.what,
        where=problem.where,
        valid=list(problem.valid[:_VALID]),
        nearest=problem.nearest or "",
        do=problem.do,
    )


def refusal_of(error: P3CError) -> Refusal:
    """Return all that is wrong, the first fault apart."""
    faults = [fault_of(each) for each in error.problems]
    return Refusal(faults[0], faults)
