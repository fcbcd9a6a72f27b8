"""The memos on a code, a source or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from p3c_qual.coding.names import find_key, ids_by_key, read_codes
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import rows
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.source import memos_on, the_source

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from p3c_qual.study import Study
    from p3c_qual.workbench.wire import MemoRow

__all__ = ["list_memos"]


def list_memos(
    study: Study, *, code: str = "", source: str = "", interviewee: str = "", others: bool = True
) -> list[MemoRow]:
    """Return memos, the oldest first; where nothing is named those on the study.

    Parameters
    ----------
    study : Study
    code, source, interviewee : str
        Row id or key. A source's are also those on its spans, codings and people.
    others : bool
        Whether the work of other coders is wanted.

    Raises
    ------
    P3CError
        If there is no such thing.
    """
    with study.store.read() as connection:
        sight = sight_of(study, connection, others=others)
        where = [
            *([_on_code(connection, code)] if code else []),
            *([memos_on(the_source(connection, source).id)] if source else []),
            *([_on_person(connection, interviewee)] if interviewee else []),
        ]
        study_itself = ROWS["memo"].c.about == "study"
        return rows.memo_rows(connection, sight, or_(*where) if where else study_itself)


def _on_code(connection: Connection, name: str) -> ColumnElement[bool]:
    memo = ROWS["memo"]
    found = read_codes(connection).find(name)
    if isinstance(found, Problem):
        raise P3CError(found)
    return and_(memo.c.about == "code", memo.c.target == found.id)


def _on_person(connection: Connection, name: str) -> ColumnElement[bool]:
    memo, person = ROWS["memo"], ROWS["interviewee"]
    found = connection.scalar(
        select(person.c.id).where(or_(person.c.id == name, person.c.key == name))
    )
    if found is None:
        problem = find_key(ids_by_key(connection, "interviewee"), name, "interviewee")
        assert problem is not None
        raise P3CError(problem)
    return and_(memo.c.about == "interviewee", memo.c.target == found)
