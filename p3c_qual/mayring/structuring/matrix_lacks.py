"""What is missing of a framework matrix before its step can be closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.structuring.cells import cells_of
from p3c_qual.mayring.structuring.passages import Chart, digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["lacks_matrix"]


def lacks_matrix(connection: Connection, question: Question) -> list[Problem]:
    """Return what is missing of a matrix: passages in no cell, and cells that are not finished.

    A passage is summed up where its case has a cell of its code or of one above it.
    """
    try:
        chart = Chart(connection, question)
    except P3CError as error:
        return list(error.problems)
    cells = cells_of(connection, question)
    open_: dict[tuple[str, str], None] = {}
    for case, code in chart.passages:
        at: str | None = code
        top = code
        while at is not None and (case, at) not in cells:
            top, at = at, chart.tree.parent(at)
        if at is None:
            open_[case, top] = None
    stale = drafts = 0
    for (case, code), row in cells.items():
        if code in chart.tree.nodes:
            stale += row["seen"] != digest_of(chart.under(case, code))
            drafts += row["status"] == "draft"
    problems = []
    if open_:
        names = {case.id: case.key for case in chart.cases}
        shown = [f"{names[case]} on {chart.tree.nodes[top].key}" for case, top in open_]
        problems.append(
            Problem(
                f"{_cells(len(open_))} with passages {_is(len(open_))} still empty",
                _some(shown),
                do="Write what the case says there.",
            )
        )
    if stale:
        do = "Read what changed, then write the cell anew or confirm it."
        what = f"{_cells(stale)} {_is(stale)} stale: the passages have changed since"
        problems.append(Problem(what, do=do))
    if drafts:
        do = "Check them against their passages."
        problems.append(Problem(f"{_cells(drafts)} {_is(drafts)} still a draft", do=do))
    if not cells and not open_:
        problems.append(Problem("nothing is coded yet that a cell could sum up"))
    return problems


def _cells(count: int) -> str:
    return f"{count} cell{'s' * (count != 1)} of the matrix"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
