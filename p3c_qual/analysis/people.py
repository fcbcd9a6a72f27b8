"""Who speaks in a coded segment."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.listing import people_of
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.sources.parts import PartList

__all__ = ["Speakers"]


class Speakers:
    """Tells whose words a span is: the one interviewee's, or the one whose turn it is in.

    In a group interview a segment belongs to the person in whose turn it starts, where that
    person's code is the speaker's label; otherwise to nobody.

    Attributes
    ----------
    people : dict of str to list of dict
        Who took part, by source (row id), see `people_of`.
    """

    def __init__(self, connection: Connection) -> None:
        self.people = people_of(connection)
        self.groups = {source for source, mine in self.people.items() if len(mine) > 1}
        self._turns = self._read_turns(connection)

    def _read_turns(self, connection: Connection) -> dict[str, PartList]:
        src, text = ROWS["source"], ROWS["text"]
        found = {}
        for run in payloads.chunks(sorted(self.groups), 500):
            rows = connection.execute(
                select(src.c.id, text.c.parts)
                .join(text, text.c.id == src.c.text)
                .where(src.c.id.in_(run))
            ).all()
            packed = payloads.get_many(connection, [row.parts for row in rows])
            for row in rows:
                body = packed.get(row.parts)
                turns = unpack_parts(body).get("turn") if isinstance(body, bytes) else None
                if turns:
                    found[row.id] = turns
        return found

    def of(self, source: str, start: int) -> Sequence[dict[str, Any]]:
        """Return who speaks at `start` of a source (row id): nobody or one person."""
        mine = self.people.get(source, [])
        if len(mine) <= 1:
            return mine
        turns = self._turns.get(source)
        if turns is None:
            return []
        at = bisect_right(turns.start, start) - 1
        speaker = turns.speaker[at] if at >= 0 else ""
        return [person for person in mine if speaker and person["speaker"] == speaker]
