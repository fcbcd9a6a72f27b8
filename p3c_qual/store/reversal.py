"""What reversing an act means, field by field, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import payloads
from p3c_qual.store.schema import FOLLOWS, MEMO_ON, ROWS, act, event, refs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

__all__ = ["plan"]

#: rows that come into being by being named; they stay while anybody uses the name
_NAMES = ("coder", "programme", "site", "interviewee")

Place = tuple[str, str]
Change = tuple[str, dict[str, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Touch:
    """One act's value of one field."""

    act: str
    target: str | None
    actor: str
    at: str
    value: Any


def plan(connection: Connection, name: str) -> tuple[dict[str, list[Change]], list[Problem]]:
    """Work out the changes that reverse an act.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    name : str
        The act.

    Returns
    -------
    (changes, problems)
        By table (row id, fields before, fields after) as events hold them, without what somebody
        changed or built on since; and that, a problem each.
    """
    changes: dict[Place, tuple[dict[str, Any], dict[str, Any]]] = {}
    problems: list[Problem] = []
    events = connection.execute(
        select(event.c.tbl, event.c.row, event.c.before, event.c.after)
        .where(event.c.act == name)
        .order_by(event.c.seq.desc())
    ).all()
    for run in payloads.chunks(events, 500):
        touches = _touches(connection, run)
        for tbl, row, old, new in run:
            if tbl not in ROWS:
                do = "Name an earlier act instead: p3c log, then p3c undo --group ID."
                raise P3CError(
                    Problem("this act erased words for good, and cannot be taken back", name, do=do)
                )
            known = changes.setdefault((tbl, row), ({}, {}))
            _reverse(name, (tbl, row), (old, new), touches[tbl, row], known, problems)
    problems += _built_on(connection, changes)
    made: dict[str, list[Change]] = {}
    for (tbl, row), (now, then) in changes.items():
        if then:
            made.setdefault(tbl, []).append((row, now, then))
    return made, problems


def _touches(connection: Connection, events: Sequence[Any]) -> dict[Place, dict[str, list[_Touch]]]:
    """Return who touched each field of the rows, in the order of time."""
    found: dict[Place, dict[str, list[_Touch]]] = {}
    for tbl in {each.tbl for each in events}:
        wanted = (
            select(event.c.row, event.c.after, act.c.id, act.c.target, act.c.actor, act.c.at)
            .join(act, act.c.id == event.c.act)
            .where(event.c.tbl == tbl, event.c.row.in_({e.row for e in events if e.tbl == tbl}))
            .order_by(event.c.clock, event.c.replica, event.c.id)
        )
        for row, after, name, target, actor, at in connection.execute(wanted):
            fields = found.setdefault((tbl, row), {})
            for field, value in orjson.loads(after).items():
                fields.setdefault(field, []).append(_Touch(name, target, actor, at, value))
    return found


def _reverse(
    name: str,
    place: Place,
    texts: tuple[str | None, str],
    touches: dict[str, list[_Touch]],
    known: tuple[dict[str, Any], dict[str, Any]],
    problems: list[Problem],
) -> None:
    """Add one event's reversal to what is known of its row."""
    before, after = orjson.loads(texts[0] or "null"), orjson.loads(texts[1])
    now, then = known
    # what the act changed twice was looked at already: its later value comes first
    since = {field: _since(name, touches[field]) for field in after.keys() - then.keys()}
    changed = {
        field: touch for field, touch in since.items() if touch and (place[0], field) not in FOLLOWS
    }
    if changed:
        field, touch = max(changed.items(), key=lambda item: item[1].at)
        problems.append(
            Problem(
                f"{touch.actor} changed {'this' if field == 'deleted' else field + ' of this'} "
                f"{place[0]} on {touch.at} since",
                place[1],
                do="Take that back first, or skip what was changed: --skip",
                code="changed_since",
            )
        )
        return
    if before is None:
        # of a row that the act made only its being there is reversed
        now["deleted"], then["deleted"] = False, True
        return
    for field in after:
        if since.get(field) is None:
            now.setdefault(field, touches[field][-1].value)
            then[field] = before.get(field)


def _since(name: str, touches: list[_Touch]) -> _Touch | None:
    """Return who touched a field after an act, and was not taken back again."""
    last = max(number for number, touch in enumerate(touches) if touch.act == name)
    open_: list[_Touch] = []
    for touch in touches[last + 1 :]:
        reversed_ = [other for other in open_ if other.act == touch.target]
        if reversed_:
            open_.remove(reversed_[-1])
        else:
            open_.append(touch)
    # two copies may have written the same value: a name that both came to use, for one
    return open_[-1] if open_ and open_[-1].value != touches[last].value else None


def _built_on(
    connection: Connection, changes: dict[Place, tuple[dict[str, Any], dict[str, Any]]]
) -> Iterator[Problem]:
    """Keep the rows that others hang on, and say who hung them there."""
    while True:
        gone = {place for place, (_, then) in changes.items() if then.get("deleted")}
        kept = False
        for tbl in sorted({tbl for tbl, _ in gone}):
            ids = sorted(row for other, row in gone if other == tbl)
            for name, row, column, owner in _hanging(connection, tbl, ids):
                here = changes.get((name, row), ({}, {}))[1]
                if here.get("deleted") or column in here or (tbl, owner) not in changes:
                    continue
                del changes[tbl, owner]
                kept = True
                if tbl in _NAMES:
                    continue
                actor, at = _who(connection, name, row, column)
                yield Problem(
                    f"{actor} built on this {tbl} with a {name} on {at}",
                    owner,
                    do="Take that back first, or skip it: --skip",
                    code="changed_since",
                )
        # what stays may hang on what would go
        if not kept:
            return


def _hanging(
    connection: Connection, tbl: str, ids: Sequence[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (table, row, column, row pointed to) of all that points to some rows."""
    places = [(name, column) for name, column, owner in refs() if owner == tbl]
    if tbl in MEMO_ON.values():
        places.append(("memo", "target"))
    for name, column in places:
        table = ROWS[name]
        for run in payloads.chunks(ids, 500):
            found = select(table.c.id, table.c[column]).where(table.c[column].in_(run))
            for row, owner in connection.execute(found).all():
                yield name, row, column, owner


def _who(connection: Connection, tbl: str, row: str, column: str) -> tuple[str, str]:
    found = (
        select(event.c.after, act.c.actor, act.c.at)
        .join(act, act.c.id == event.c.act)
        .where(event.c.tbl == tbl, event.c.row == row)
        .order_by(event.c.clock.desc(), event.c.replica.desc())
    )
    for after, actor, at in connection.execute(found):
        if column in orjson.loads(after):
            return str(actor), str(at)
    return "somebody", "an unknown day"
