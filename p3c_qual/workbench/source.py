"""A source with its text and all that lies on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.parts import PartList
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import rows, wire
from p3c_qual.workbench.faults import fault_of
from p3c_qual.workbench.recording import recording_of
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from p3c_qual.study import Study

__all__ = ["check_sound", "memos_on", "source_text", "source_words", "the_source"]

_BACKUP = "Restore the study from a backup, or join its last export: p3c import FILE"


def the_source(connection: Connection, name: str) -> Any:
    """Return a source's row with its text's hash and parts, by row id or key.

    Raises
    ------
    P3CError
        If there is none (the nearest key is named).
    """
    src, text = ROWS["source"], ROWS["text"]
    columns = (src.c.id, src.c.key, src.c.title, src.c.language, src.c.text)
    wanted = select(*columns, text.c.hash, text.c.parts, text.c.length, text.c.file).join(
        text, text.c.id == src.c.text, isouter=True
    )
    found = connection.execute(wanted.where(or_(src.c.id == name, src.c.key == name))).first()
    if found is None:
        problem = find_key(ids_by_key(connection, "source"), name, "source")
        assert problem is not None
        raise P3CError(problem)
    return found


def source_text(study: Study, name: str, *, others: bool) -> wire.SourceText:
    """Return a source to read and to code.

    Parameters
    ----------
    study : Study
    name : str
        Row id or key.
    others : bool
        Whether the work of other coders is wanted.

    Raises
    ------
    P3CError
        If there is no such source.
    """
    coding, reading = ROWS["coding"], ROWS["reading"]
    with study.store.read() as connection:
        sight = sight_of(study, connection, others=others)
        row = the_source(connection, name)
        bodies = payloads.get_many(connection, [each for each in (row.hash, row.parts) if each])
        body, packed = bodies.get(row.hash), bodies.get(row.parts)
        parts = unpack_parts(packed) if isinstance(packed, bytes) else {}
        problem = _unsound(connection, row, body)
        return wire.SourceText(
            id=row.id,
            key=row.key,
            title=row.title or row.key,
            language=row.language or "",
            text=body if isinstance(body, str) else "",
            fault=fault_of(problem) if problem else None,
            turns=_turns(parts.get("turn", PartList())),
            sentences=_units(parts.get("sentence", PartList())),
            pages=_units(parts.get("page", PartList())),
            codings=rows.coding_rows(connection, sight, coding.c.source == row.id),
            memos=rows.memo_rows(connection, sight, memos_on(row.id)),
            readings=rows.reading_rows(connection, sight, reading.c.source == row.id),
            recording=recording_of(study, row.file) is not None,
            cursor=last_event(connection),
        )


def source_words(study: Study, name: str) -> wire.Units:
    """Return the words of a source as the store cuts them."""
    from p3c_qual.sources.splitter import words

    with study.store.read() as connection:
        row = the_source(connection, name)
        body = payloads.get(connection, row.hash) if row.hash else None
    return wire.Units(*words(body if isinstance(body, str) else ""))


def memos_on(source: str) -> ColumnElement[bool]:
    """Return the condition on memos that lie on a source: on it, its spans, codings and people."""
    memo, coding, part = (ROWS[name] for name in ("memo", "coding", "participation"))
    codings = select(coding.c.id).where(coding.c.source == source)
    people = select(part.c.interviewee).where(part.c.source == source)
    return or_(
        and_(memo.c.about.in_(("source", "span")), memo.c.target == source),
        and_(memo.c.about == "coding", memo.c.target.in_(codings)),
        and_(memo.c.about == "interviewee", memo.c.target.in_(people)),
    )


def check_sound(connection: Connection, name: str) -> Any:
    """Return a source's row, or refuse: what does not hold its text may not be coded.

    Raises
    ------
    P3CError
        If there is no such source, or its text is not what its hash says.
    """
    row = the_source(connection, name)
    body = payloads.get(connection, row.hash) if row.hash else None
    problem = _unsound(connection, row, body)
    if problem:
        raise P3CError(problem)
    return row


def _unsound(connection: Connection, row: Any, body: str | bytes | None) -> Problem | None:
    if not isinstance(body, str):
        said = payloads.no_text(connection, row.hash, row.key)
        kept = "What was said of the source is kept; nothing can be coded in it."
        return replace(said, do=said.do or kept)
    if len(body) != row.length or payloads.hash_of(body) != row.hash:
        what = f"the text of {row.key!r} is not what its hash says; nothing may be coded in it"
        return Problem(what, do=_BACKUP, code="unsound")
    return None


def _turns(turns: PartList) -> wire.Turns:
    count = len(turns)
    return wire.Turns(
        start=turns.start,
        end=turns.end,
        speaker=turns.speaker or [""] * count,
        role=turns.role or [""] * count,
        time=turns.time or [None] * count,
    )


def _units(parts: PartList) -> wire.Units:
    return wire.Units(start=parts.start, end=parts.end)
