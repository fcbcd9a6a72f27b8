"""What was worked through, by whom, in which round; also where nothing was coded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.wanted import MAIN
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from p3c_qual.store.act import Act

__all__ = ["joined", "record_readings"]

#: source, coder, round, research question
Place = tuple[str, str, str, str]


def joined(ranges: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return ranges in order, those that touch made one.

    Examples
    --------
    >>> joined([(10, 20), (0, 10), (30, 40)])
    [[0, 20], [30, 40]]
    """
    made: list[list[int]] = []
    for start, end in sorted((r[0], r[1]) for r in ranges):
        if made and start <= made[-1][1]:
            made[-1][1] = max(made[-1][1], end)
        else:
            made.append([start, end])
    return made


def record_readings(
    act: Act, read: Mapping[Place, Sequence[tuple[int, int]]], *, done: bool | None
) -> None:
    """Write what was worked through.

    The first who works through a source in the round of first coding becomes its main coder,
    whose codings tables count; a supervisor may name another one.

    Parameters
    ----------
    act : Act
    read : dict of (source id, coder id, round, question) to list of (start, end)
        The ranges worked through.
    done : bool or None
        Whether the source is finished; None leaves that as it was.
    """
    there = _there(act, sorted({place[0] for place in read}))
    fresh, changes = [], {}
    for place, spans in read.items():
        old = there.get(place)
        if old is None:
            source, coder, round_, question = place
            fresh.append(
                {
                    "source": source,
                    "coder": coder,
                    "round": round_,
                    "question": question,
                    "done": bool(done),
                    "ranges": [] if done else joined(spans),
                }
            )
            continue
        change: dict[str, Any] = {}
        if done is not None and done != old.done:
            change["done"] = done
        if not (old.done if done is None else done):
            ranges = joined([*(old.ranges or []), *spans])
            if ranges != old.ranges:
                change["ranges"] = ranges
        if change:
            changes[old.id] = change
    if fresh:
        act.insert("reading", fresh)
    act.update("reading", changes)
    _name_main_coders(act, [place for place in read if place[2] == MAIN])


def _there(act: Act, sources: Sequence[str]) -> dict[Place, Any]:
    reading = ROWS["reading"]
    found = {}
    for run in payloads.chunks(sources, 500):
        for row in act.connection.execute(select(reading).where(reading.c.source.in_(run))):
            found[row.source, row.coder, row.round, row.question] = row
    return found


def _name_main_coders(act: Act, places: Sequence[Place]) -> None:
    first: dict[str, str] = {}
    for place in places:
        first.setdefault(place[0], place[1])
    source = ROWS["source"]
    for run in payloads.chunks(sorted(first), 500):
        without = act.connection.scalars(
            select(source.c.id).where(source.c.id.in_(run), source.c.main_coder.is_(None))
        )
        act.update("source", {name: {"main_coder": first[name]} for name in without})
