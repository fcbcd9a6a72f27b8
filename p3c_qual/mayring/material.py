"""The recording unit that each source of a question belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["recording_units"]


def recording_units(
    connection: Connection, question: Question, sources: Iterable[str]
) -> dict[str, str]:
    """Return the name of the recording unit of each source (row id).

    Parameters
    ----------
    connection : Connection
    question : Question
        Its recording unit decides: the source's key, the interviewee (of a group the first one
        named; of a document its key), the programme, or all of the study.
    sources : iterable of str
    """
    src, programme = ROWS["source"], ROWS["programme"]
    part, person = ROWS["participation"], ROWS["interviewee"]
    found: dict[str, str] = {}
    for run in payloads.chunks(sorted(set(sources)), 500):
        wanted = (
            select(src.c.id, src.c.key, programme.c.key.label("programme"))
            .join(programme, programme.c.id == src.c.programme, isouter=True)
            .where(src.c.id.in_(run))
        )
        for row in connection.execute(wanted):
            if question.recording_unit == "study":
                found[row.id] = "study"
            elif question.recording_unit == "programme":
                found[row.id] = row.programme or row.key
            else:
                found[row.id] = row.key
        if question.recording_unit == "interviewee":
            spoke = (
                select(part.c.source, person.c.key)
                .join(person, person.c.id == part.c.interviewee)
                .where(part.c.source.in_(run))
                .order_by(part.c.position.desc(), person.c.key.desc())
            )
            found |= dict(connection.execute(spoke).all())
    return found
