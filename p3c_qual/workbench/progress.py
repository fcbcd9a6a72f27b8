"""How far the asking coder is in each source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.analysis.cache import kept
from p3c_qual.coding.apart import Apart, interviewer_turns
from p3c_qual.coding.wanted import MAIN
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from p3c_qual.study import Study
    from p3c_qual.workbench.sight import Sight

__all__ = ["all_progress", "progress_of"]

#: sources read at once
_RUN = 100


def all_progress(study: Study, connection: Connection, sight: Sight) -> list[wire.Progress]:
    """Return how far the asking coder is in every source, in the order of the row ids."""
    src = ROWS["source"]
    found: list[wire.Progress] = kept(
        study,
        connection,
        f"workbench progress {sight.me}",
        lambda: progress_of(connection, sight, sorted(connection.scalars(select(src.c.id)))),
    )
    return found


def progress_of(
    connection: Connection, sight: Sight, sources: Sequence[str]
) -> list[wire.Progress]:
    """Return how far the asking coder is in some sources (row ids), in the main round.

    What was worked through is what was marked as read and what was coded; both shares are over
    the text without the interviewer's turns.
    """
    made: list[wire.Progress] = []
    for run in payloads.chunks(sources, _RUN):
        made += _run(connection, sight, run)
    return made


def _run(connection: Connection, sight: Sight, run: Sequence[str]) -> list[wire.Progress]:
    src, text, coding, reading = (ROWS[name] for name in ("source", "text", "coding", "reading"))
    wanted = select(src.c.id, text.c.length, text.c.parts).join(
        text, text.c.id == src.c.text, isouter=True
    )
    texts = connection.execute(wanted.where(src.c.id.in_(run)).order_by(src.c.id)).all()
    coded: dict[str, list[tuple[int, int]]] = {}
    spans = select(coding.c.source, coding.c.start, coding.c.end).where(
        coding.c.source.in_(run), coding.c.coder == sight.mine, coding.c.round == MAIN
    )
    for source, start, end in connection.execute(spans):
        coded.setdefault(source, []).append((start, end))
    read: dict[str, list[Sequence[int]]] = {}
    done = set()
    marks = select(reading.c.source, reading.c.done, reading.c.ranges).where(
        *(reading.c.source.in_(run), reading.c.coder == sight.mine, reading.c.round == MAIN),
        func.coalesce(reading.c.question, "") == "",
    )
    for source, finished, ranges in connection.execute(marks):
        read.setdefault(source, []).extend(ranges or ())
        if finished:
            done.add(source)
    asked = interviewer_turns(connection, [row.parts for row in texts if row.parts])
    return [
        _one(row, asked.get(row.parts), coded.get(row.id, []), read.get(row.id, []), row.id in done)
        for row in texts
    ]


def _one(
    row: Any,
    asked: Sequence[int] | None,
    coded: list[tuple[int, int]],
    read: list[Sequence[int]],
    done: bool,
) -> wire.Progress:
    apart = Apart(row.length or 0, asked or ())
    if not apart.of:
        return wire.Progress(row.id, None, None, done)
    worked = apart.of if done else apart.covered([*read, *coded])
    return wire.Progress(row.id, worked / apart.of, apart.covered(coded) / apart.of, done)
