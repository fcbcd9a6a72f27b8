"""Theme structuring: what one case says on one theme, written by a person into a matrix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.cells import STATUSES, WantedCell, cell_at, take_cells
from p3c_qual.mayring.structuring.matrix_lacks import lacks_matrix
from p3c_qual.mayring.structuring.passages import Chart, digest_of
from p3c_qual.mayring.structuring.tables import check_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.opened import Opened

__all__ = [
    "STATUSES",
    "cells_csv",
    "clear_cell",
    "confirm_cell",
    "lacks_matrix",
    "passages",
    "write_cell",
]

_NEEDED = ("question", "case", "code", "text", "refs", "status")


def write_cell(
    study: Opened,
    question: str,
    case: str,
    code: str,
    text: str,
    *,
    refs: Sequence[str] = (),
    status: str = "draft",
    was: str | None = None,
    coder: str | None = None,
    id: str | None = None,
) -> str:
    r"""Write what a case says on a code, in one's own words and with references.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of theme structuring.
    case, code : str
        Keys or row ids.
    text : str
        The summary; it may not be empty, see `clear_cell`.
    refs : sequence of str
        Ids of the codings it rests on: of this case, and of this code or one below it.
    status : str
        ``draft``, ``checked`` or ``final``.
    was : str, optional
        The text that was seen before; empty for a cell that was empty.
    coder : str, optional
        Who writes; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        The cell's row id.

    Raises
    ------
    P3CError
        Naming everything that is unknown, each reference that belongs elsewhere, or who has
        written the cell since it was seen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.mayring.asking import ask_question
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> path = study.path / "IP01.txt"
    >>> _ = path.write_text("I: How do you meet?\nR: Each week. It helps.\n")
    >>> from p3c_qual.sources.incoming import Incoming
    >>> _ = study.add([Incoming(path, interviewee="IP01")])
    >>> units = {"coding_unit": "sentence", "context_unit": "source", "recording_unit": "source"}
    >>> _ = ask_question(study, "What is said?", "theme", key="q", codebook="selfie", **units)
    >>> ref = study.code("IP01", 23, 33, "service_delivery").id
    >>> cell = write_cell(study, "q", "IP01", "service_delivery", "They meet.", refs=[ref])
    >>> passages(study, "q", "IP01", "service_delivery")["quote"].tolist()
    ['Each week.']
    """
    who = coder or study.coder or ""
    wanted = WantedCell(question, case, code, text, tuple(refs), status, who, was)
    with study.act("write a cell of the matrix", id=id) as act:
        return take_cells(act, [wanted])[0]


def clear_cell(
    study: Opened,
    question: str,
    case: str,
    code: str,
    *,
    was: str | None = None,
    id: str | None = None,
) -> bool:
    """Empty a cell; what was written in it stays in the journal.

    Parameters
    ----------
    study : Study
    question, case, code : str
        Keys or row ids.
    was : str, optional
        The text that was seen; if it is another by now, nothing is done.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        Whether there was something in it.

    Raises
    ------
    P3CError
        If the question, case or code is unknown, or somebody has written it since it was seen.
    """
    with study.act("empty a cell of the matrix", id=id) as act:
        row, _, _ = cell_at(act.connection, question, case, code)
        if row is None:
            return False
        if was is not None:
            check_seen(act, "cell", row["id"], {"text": was})
        return bool(act.delete("cell", [row["id"]]))


def confirm_cell(
    study: Opened, question: str, case: str, code: str, *, id: str | None = None
) -> bool:
    """Say that a cell still holds although its passages have changed.

    References to codings that are gone, or no longer of this cell, are left out.

    Parameters
    ----------
    study : Study
    question, case, code : str
        Keys or row ids.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        Whether the cell was stale.

    Raises
    ------
    P3CError
        If the cell is empty, or the question, case or code is unknown.
    """
    with study.act("confirm a cell of the matrix", id=id) as act:
        row, found, chart = cell_at(act.connection, question, case, code)
        if row is None:
            raise P3CError(Problem("the cell is empty: there is nothing to confirm", code))
        there = chart.under(*found)
        ids = {each.id for each in there}
        kept = [name for name in row["refs"] or () if name in ids]
        return bool(act.update("cell", {row["id"]: {"seen": digest_of(there), "refs": kept}}))


def passages(
    study: Opened,
    question: str,
    case: str,
    code: str,
    *,
    coder: str | None = None,
    round: str | None = None,
) -> pd.DataFrame:
    """List the passages that a cell can rest on, in the order of the texts.

    They are the codings of the case under the code or below it, of one reading of each source;
    what interviewers say is not among them.

    Returns
    -------
    DataFrame
        ``id``, ``source`` (key), ``start``, ``end`` (int), ``quote``, ``code`` (key) and
        ``unsure`` (bool).

    Raises
    ------
    P3CError
        If the question, case or code is unknown.
    """
    import pandas as pd

    with study.store.read() as connection:
        asked = read_question(connection, question)
        chart = Chart(connection, asked, coder=coder, round=round, only={case})
        found = chart.under(*chart.place(case, code))
    nodes = chart.tree.nodes
    rows = [
        (each.id, each.key, each.start, each.end, each.quote, nodes[each.code].key, each.unsure)
        for each in found
    ]
    columns = ["id", "source", "start", "end", "quote", "code", "unsure"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"start": "int64", "end": "int64", "unsure": "bool"})


def cells_csv(
    study: Opened, path: str | Path, *, coder: str | None = None, id: str | None = None
) -> list[str]:
    """Take cells of the matrix from a file; all of them, or none where a row is at fault.

    Columns: ``question``, ``case``, ``code``, ``text``, ``refs``, ``status``. A reference is the
    ``start-end`` of a passage, with its source before it where the case has several
    (``IP01_2:120-310``); several are set apart by blanks or ``;``. An empty status is a draft.

    Parameters
    ----------
    study : Study
    path : str or pathlib.Path
    coder : str, optional
        Who wrote; by default who acts.
    id : str, optional
        Of the act.

    Returns
    -------
    list of str
        Row ids of the cells, in the order of the rows.

    Raises
    ------
    P3CError
        Every fault with its row.
    """
    from p3c_qual.coding.csv_form import read_rows

    path = Path(path)
    columns, rows = read_rows(path)
    check_columns(path, columns, _NEEDED)
    wanted = []
    for line, row in rows:
        cells = {name: (row.get(name) or "").strip() for name in (*_NEEDED, "coder")}
        wanted.append(
            WantedCell(
                cells["question"],
                cells["case"],
                cells["code"],
                cells["text"],
                tuple(cells["refs"].replace(";", " ").replace(",", " ").split()),
                cells["status"] or "draft",
                cells["coder"] or coder or study.coder or "",
                None,
                f"{path}:{line}",
            )
        )
    with study.act(f"write cells of the matrix from {path.name}", id=id) as act:
        return take_cells(act, wanted, spans=True)
