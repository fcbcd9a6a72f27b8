"""The framework matrix as a table: cases by codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.cells import cells_of
from p3c_qual.mayring.structuring.passages import Chart, digest_of

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question
    from p3c_qual.opened import Opened

__all__ = ["COLUMNS", "list_cells", "matrix_cells", "table_matrix"]

COLUMNS = (
    "case",
    "code",
    "status",
    "text",
    "refs",
    "stale",
    "passages",
    "why_empty",
    "coder",
)


def matrix_cells(
    connection: Connection, question: Question, *, depth: int = 1
) -> tuple[Chart, list[dict[str, Any]]]:
    """Return the passages of a question, and every cell of its matrix, row by row.

    A cell has ``case``, ``code`` (row ids), ``text``, ``refs`` (ids of codings that are passages
    still), ``lost`` (how many references are none any more), ``status`` (``empty`` until it is
    written), ``stale``, ``passages`` (how many), ``why_empty`` and ``coder`` (row id).

    Raises
    ------
    P3CError
        If the depth is none, or the question has no codebook.
    """
    if isinstance(depth, bool) or not isinstance(depth, int) or depth < 1:
        raise P3CError(Problem(f"a depth is a whole number from 1, not {depth!r}", "depth="))
    chart = Chart(connection, question)
    written = cells_of(connection, question)
    made = []
    for case in chart.cases:
        for code in chart.columns(depth):
            there = chart.under(case.id, code)
            row = written.get((case.id, code))
            ids = {each.id for each in there}
            refs = list(row["refs"] or ()) if row else []
            kept = [name for name in refs if name in ids]
            made.append(
                {
                    "case": case.id,
                    "code": code,
                    "text": row["text"] if row else "",
                    "refs": kept,
                    "lost": len(refs) - len(kept),
                    "status": row["status"] if row else "empty",
                    "stale": row is not None and row["seen"] != digest_of(there),
                    "passages": len(there),
                    "why_empty": "" if there else chart.empty(case, code),
                    "coder": row["coder"] if row else None,
                }
            )
    return chart, made


def list_cells(study: Opened, question: str, *, depth: int = 1) -> pd.DataFrame:
    """List the cells of the framework matrix, case by case.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of theme structuring.
    depth : int
        Of the codes: 1 for the main ones.

    Returns
    -------
    DataFrame
        ``case``, ``code`` (keys), ``status`` (``empty``, ``draft``, ``checked`` or ``final``),
        ``text``, ``refs`` (``source:start-end`` with ``;`` between them), ``stale`` (bool:
        passages have changed since it was written), ``passages`` (int), ``why_empty`` (where
        there are no passages: ``not_read``, ``not_asked`` or ``nothing_coded``) and ``coder``.

    Raises
    ------
    P3CError
        If the question is unknown or has no codebook.
    """
    import pandas as pd
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    coder = ROWS["coder"]
    with study.store.read() as connection:
        chart, cells = matrix_cells(connection, read_question(connection, question), depth=depth)
        coders = dict(connection.execute(select(coder.c.id, coder.c.key)).all())
    keys = {case.id: case.key for case in chart.cases}
    places = {
        each.id: f"{each.key}:{each.start}-{each.end}"
        for some in chart.passages.values()
        for each in some
    }
    rows = [
        {
            **cell,
            "case": keys[cell["case"]],
            "code": chart.tree.nodes[cell["code"]].key,
            "refs": ";".join(places[name] for name in cell["refs"]),
            "coder": coders.get(cell["coder"], ""),
        }
        for cell in cells
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"stale": "bool", "passages": "int64"})


def table_matrix(study: Opened, question: str, *, depth: int = 1) -> pd.DataFrame:
    """Return the framework matrix: one row a case, one column a code, the written cells in it.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of theme structuring.
    depth : int
        Of the codes: 1 for the main ones.

    Returns
    -------
    DataFrame
        ``case``, ``label``, ``programme`` (str), then a column by the key of each code with the
        cell's text; an empty text where nobody has written. ``attrs``: ``labels`` (dict by code),
        ``status``, ``stale``, ``passages`` and ``why_empty`` (each a dict of dicts by case and
        code, as in `list_cells`), ``reading_set`` and ``caption`` (str).

    Raises
    ------
    P3CError
        If the question is unknown or has no codebook.

    Notes
    -----
    The matrix of the framework method: a cell holds a summary in the researcher's words with
    references, not the quotations (Gale et al. 2013, BMC Med Res Methodol 13:117).

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.mayring.asking import ask_question
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> units = {"coding_unit": "sentence", "context_unit": "source", "recording_unit": "source"}
    >>> _ = ask_question(study, "What is said?", "theme", key="q", codebook="selfie", **units)
    >>> table_matrix(study, "q").columns[:4].tolist()
    ['case', 'label', 'programme', 'service_delivery']
    """
    import pandas as pd

    with study.store.read() as connection:
        chart, cells = matrix_cells(connection, read_question(connection, question), depth=depth)
    nodes = chart.tree.nodes
    themes = [nodes[code].key for code in chart.columns(depth)]
    keys = {case.id: case.key for case in chart.cases}
    rows = {
        case.id: {"case": case.key, "label": case.label, "programme": case.programme}
        for case in chart.cases
    }
    said: dict[Any, dict[str, dict[str, Any]]] = {
        name: {case.key: {} for case in chart.cases}
        for name in ("status", "stale", "passages", "why_empty")
    }
    for cell in cells:
        theme = nodes[cell["code"]].key
        rows[cell["case"]][theme] = cell["text"]
        for name, by_case in said.items():
            by_case[keys[cell["case"]]][theme] = cell[name]
    frame = pd.DataFrame(list(rows.values()), columns=["case", "label", "programme", *themes])
    written = sum(cell["status"] != "empty" for cell in cells)
    frame.attrs = {
        "labels": {nodes[code].key: nodes[code].label for code in chart.columns(depth)},
        **said,
        "reading_set": chart.set.caption,
        "caption": (
            f"Framework matrix: {len(chart.cases)} cases by {len(themes)} themes; {written} of "
            f"{len(cells)} cells written, {sum(cell['stale'] for cell in cells)} stale. "
            "Empty cells: nobody has written what the case says there."
        ),
    }
    return frame
