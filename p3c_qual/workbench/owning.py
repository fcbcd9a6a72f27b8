"""In the workbench everybody changes their own codings and memos only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.study import Study

__all__ = ["check_own"]


def check_own(study: Study, table: str, ids: Sequence[str]) -> None:
    """Refuse to touch codings or memos of somebody else; those that are gone are told elsewhere.

    Merging and splitting codes moves everybody's codings, and is a change of the codebook.

    Parameters
    ----------
    study : Study
    table : str
        ``coding`` or ``memo``.
    ids : sequence of str
        Row ids.

    Raises
    ------
    P3CError
        Naming whose they are; the code is ``not_mine``.
    """
    rows, coder = ROWS[table], ROWS["coder"]
    wanted = select(coder.c.key).join(rows, rows.c.coder == coder.c.id).where(rows.c.id.in_(ids))
    with study.store.read() as connection:
        owners = set(connection.scalars(wanted)) - {study.coder}
    if owners:
        whose = ", ".join(sorted(owners))
        what = f"this {table} is another coder's ({whose}): only they change it"
        do = "Write a memo on it, or flag your own coding to be discussed."
        raise P3CError(Problem(what, do=do, code="not_mine"))
