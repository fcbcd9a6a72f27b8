"""How many words the interviewees spoke: the denominator of a rate."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

__all__ = ["spoken_words"]


def spoken_words(connection: Connection, sources: Iterable[str]) -> dict[str, Counter[str]]:
    """Count the words of each speaker but the interviewer, by source (row id).

    Parameters
    ----------
    connection : Connection
    sources : iterable of str
        Row ids.

    Returns
    -------
    dict of str to Counter
        Words by speaker's label; under an empty label where the source has no turns. A word is
        a run of characters between white space; labels and stamps of turns are counted with
        the turn, one or two a turn.
    """
    src, text = ROWS["source"], ROWS["text"]
    found: dict[str, Counter[str]] = {}
    for run in payloads.chunks(sorted(sources), 50):
        rows = connection.execute(
            select(src.c.id, text.c.hash, text.c.parts)
            .join(text, text.c.id == src.c.text)
            .where(src.c.id.in_(run))
        ).all()
        bodies = payloads.get_many(
            connection, [name for row in rows for name in (row.hash, row.parts)]
        )
        for row in rows:
            body, packed = bodies.get(row.hash), bodies.get(row.parts)
            if not isinstance(body, str):
                continue
            turns = unpack_parts(packed).get("turn") if isinstance(packed, bytes) else None
            words: Counter[str] = Counter()
            if turns is None:
                words[""] = len(body.split())
            else:
                roles = turns.role or [""] * len(turns)
                for start, end, speaker, role in zip(
                    turns.start, turns.end, turns.speaker, roles, strict=True
                ):
                    if role != "interviewer":
                        words[speaker] += len(body[start:end].split())
            found[row.id] = words
    return found
