"""What people ask to be changed in the next version of a codebook that is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.coders import coder_id
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS, refs

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.codebook.tree import Tree
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["CHANGES", "list_proposals", "no_reason", "propose", "withdraw_proposal"]

#: what may be proposed
CHANGES = ("create", "edit", "move", "merge", "split", "retire", "revive")


def no_reason(tree: Tree, reason: str) -> list[Problem]:
    """Say that a change of a frozen codebook needs a reason, if none is given."""
    if reason.strip():
        return []
    return [
        Problem(
            f"the codebook {tree.name!r} is final: it is not said why it should change",
            do="Give a reason; the change then waits as a proposal for the next version.",
            code="reason",
        )
    ]


def propose(
    act: Act, tree: Tree, change: str, args: dict[str, Any], *, reason: str, code: str | None
) -> str:
    """Write a proposal in the name of who acts; returns its id.

    Parameters
    ----------
    act : Act
    tree : Tree
        Of the codebook.
    change : str
        One of `CHANGES`.
    args : dict
        What is to be changed; codes and codings by their row ids.
    reason : str
    code : str or None
        Row id of the code it is about.
    """
    from p3c_qual.sources.fix import fix_text

    row = {
        "codebook": tree.codebook,
        "code": code,
        "change": change,
        "args": args,
        "reason": fix_text(reason).text,
        "coder": coder_id(act, act.actor, "proposal"),
        "status": "open",
    }
    return act.insert("proposal", [row])[0]


def list_proposals(study: Opened) -> pd.DataFrame:
    """List the proposals, in the order in which they were made.

    Returns
    -------
    DataFrame
        ``id``, ``codebook``, ``code`` (keys), ``change`` (create, edit, move, merge, split,
        retire or revive), ``args`` (dict; codes and codings by row id), ``reason``, ``coder``,
        ``status`` (open, accepted or rejected).
    """
    import pandas as pd

    row, book, code, coder = (ROWS[n] for n in ("proposal", "codebook", "code", "coder"))
    wanted = (
        select(
            row.c.id,
            book.c.key.label("codebook"),
            code.c.key.label("code"),
            row.c.change,
            row.c.args,
            row.c.reason,
            coder.c.key.label("coder"),
            row.c.status,
        )
        .join(book, book.c.id == row.c.codebook, isouter=True)
        .join(code, code.c.id == row.c.code, isouter=True)
        .join(coder, coder.c.id == row.c.coder, isouter=True)
        .order_by(row.c.id)
    )
    columns = ["id", "codebook", "code", "change", "args", "reason", "coder", "status"]
    with study.store.read() as connection:
        rows = [
            {
                name: (value or {}) if name == "args" else (value or "")
                for name, value in zip(columns, each, strict=True)
            }
            for each in connection.execute(wanted)
        ]
    return pd.DataFrame(rows, columns=columns)


def withdraw_proposal(act: Act, id: str) -> None:
    """Take a proposal back.

    A code that was made with it goes too, unless something hangs on it by now: then it is
    retired, and keeps its codings.

    Raises
    ------
    P3CError
        If the proposal is gone, or was decided on already.
    """
    row, code = ROWS["proposal"], ROWS["code"]
    found = act.connection.execute(select(row).where(row.c.id == id)).one_or_none()
    if found is None:
        raise P3CError(gone(act.connection, "proposal", id))
    if found.status != "open":
        raise P3CError(Problem(f"this proposal was {found.status} already", id))
    act.delete("proposal", [id])
    status = select(code.c.status).where(code.c.id == found.code)
    if found.change == "create" and act.connection.scalar(status) == "proposed":
        if _used(act, found.code):
            act.update("code", {found.code: {"status": "retired"}})
        else:
            act.delete("code", [found.code])


def _used(act: Act, code: str) -> bool:
    """Say whether a row points to a code."""
    places = [ROWS[name].c[column] for name, column, table in refs() if table == "code"]
    places.append(ROWS["memo"].c.target)
    return any(
        act.connection.scalar(select(column).where(column == code).limit(1)) for column in places
    )
