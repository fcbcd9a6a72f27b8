"""Take back an act by an act that reverses it; nothing is ever removed from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import and_, func, select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import payloads
from p3c_qual.store.act import begin_act
from p3c_qual.store.schema import ROWS, act, event, refs_to

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from p3c_qual.store.act import Act
    from p3c_qual.store.engine import Store

__all__ = ["redo", "undo"]

_GONE = object()


def undo(
    store: Store, actor: str, *, group: str | None = None, reason: str = "", skip: bool = False
) -> dict[str, Any]:
    """Reverse the actor's own latest act, or a named one.

    Parameters
    ----------
    store : Store
    actor : str
        Who takes it back.
    group : str, optional
        The act to reverse; somebody else's only with a reason.
    reason : str
    skip : bool
        Leave alone what somebody changed since, instead of refusing.

    Returns
    -------
    dict
        ``group`` (the reversing act), ``target``, ``verb``, ``rows`` and ``skipped``.

    Raises
    ------
    P3CError
        If there is nothing to take back, or somebody changed or built on it since: who and when.
    """
    return _reverse(store, actor, "undo", group=group, reason=reason, skip=skip)


def redo(store: Store, actor: str, *, skip: bool = False) -> dict[str, Any]:
    """Reverse the actor's own latest undo; a new act of theirs ends this.

    Returns and raises as `undo`.
    """
    return _reverse(store, actor, "redo", group=None, reason="", skip=skip)


def _reverse(
    store: Store, actor: str, kind: str, *, group: str | None, reason: str, skip: bool
) -> dict[str, Any]:
    with begin_act(store, actor=actor, verb=kind, reason=reason, kind=kind) as here:
        target = (
            _named(here.connection, group, actor, reason)
            if group
            else _latest(here.connection, actor, kind)
        )
        here.retarget(target.id, f"{kind}: {target.verb.removeprefix('undo: ')}")
        faults: list[Problem] = []
        skipped = 0
        events = here.connection.execute(
            select(event).where(event.c.act == target.id).order_by(event.c.seq.desc())
        ).all()
        touched: dict[str, dict[str, Any]] = {}
        for run in payloads.chunks(events, 500):
            here_rows = _current(here.connection, run)
            for each in run:
                problem = _reverse_one(here, each, here_rows, touched)
                if problem is not None:
                    skipped += 1
                    faults.append(problem)
        if faults and not skip:
            raise P3CError(faults[:20])
        _apply(here, touched)
        if not here.events:
            raise P3CError(Problem(f"nothing is left of this act to {kind}", target.id))
    return {
        "group": here.id,
        "target": target.id,
        "verb": target.verb,
        "rows": here.events,
        "skipped": skipped,
    }


def _latest(connection: Connection, actor: str, kind: str) -> Row[Any]:
    """Return the act whose turn it is: the last one done, or the last one undone."""
    last_seq = (
        select(event.c.act, func.max(event.c.seq).label("seq")).group_by(event.c.act).subquery()
    )
    mine = (
        select(act)
        .join(last_seq, last_seq.c.act == act.c.id)
        .where(act.c.actor == actor)
        .order_by(last_seq.c.seq.desc())
    )
    settled: set[str] = set()
    for each in connection.execute(mine):
        if each.id in settled:
            # taken back, or done again, further on
            continue
        if kind == "undo":
            if each.kind == "undo":
                settled.add(each.target)
                continue
            return each
        if each.kind == "do":
            break
        if each.kind == "redo":
            settled.add(each.target)
            continue
        return each
    raise P3CError(Problem(f"{actor} has nothing to {kind}"))


def _named(connection: Connection, group: str, actor: str, reason: str) -> Row[Any]:
    found = connection.execute(select(act).where(act.c.id == group)).one_or_none()
    if found is None:
        raise P3CError(Problem("no such act", group, do="List them with: p3c log"))
    if found.actor != actor and not reason.strip():
        raise P3CError(
            Problem(
                f"this act is {found.actor}'s",
                group,
                do="Give a reason to take it back: --reason TEXT",
            )
        )
    back = connection.execute(
        select(act.c.id, act.c.at, act.c.actor)
        .where(act.c.target == group)
        .order_by(act.c.at.desc())
    ).first()
    if back and not connection.execute(select(act.c.id).where(act.c.target == back.id)).first():
        raise P3CError(Problem(f"{back.actor} took it back already on {back.at}", group))
    return found


def _current(connection: Connection, events: Any) -> dict[str, dict[str, Any]]:
    """Return, by row id, who last touched each field: (actor, at, act) by field name."""
    rows = sorted({each.row for each in events})
    found: dict[str, dict[str, Any]] = {}
    wanted = (
        select(event.c.row, event.c.after, event.c.act, act.c.actor, act.c.at)
        .join(act, act.c.id == event.c.act)
        .where(event.c.row.in_(rows))
        .order_by(event.c.clock, event.c.replica, event.c.id)
    )
    for row, after, group, actor, at in connection.execute(wanted):
        fields = found.setdefault(row, {})
        for name, value in orjson.loads(after).items():
            fields[name] = (value, group, actor, at)
    return found


def _reverse_one(
    here: Act, each: Any, rows: dict[str, dict[str, Any]], touched: dict[str, dict[str, Any]]
) -> Problem | None:
    before, after = orjson.loads(each.before or "null"), orjson.loads(each.after)
    if each.tbl not in ROWS:
        return Problem("an erasure cannot be taken back", each.row)
    pending = touched.setdefault(f"{each.tbl}/{each.row}", {})
    # of a row made by the act only its being there is reversed
    fields = {"deleted": True} if before is None else before
    for name in fields:
        value, group, actor, at = rows[each.row][name]
        if name not in pending and (group != each.act or value != after.get(name)):
            return Problem(
                f"{actor} changed {name} of this {each.tbl} on {at} since",
                each.row,
                do="Take that back first, or skip what was changed: --skip",
            )
    if before is None and (problem := _built_on(here, each)):
        return problem
    pending.update({name: _first(value) for name, value in fields.items()})
    return None


def _first(value: Any) -> Any:
    """Return the one of several versions of a text that stood in the row."""
    if isinstance(value, dict) and "$$" in value:
        return {"$": value["$$"][-1]}
    return value


def _built_on(here: Act, each: Any) -> Problem | None:
    """Say whether rows of other acts hang on the row that would go."""
    for table, column in refs_to(each.tbl):
        later = (
            select(act.c.actor, act.c.at)
            .select_from(table)
            .join(event, and_(event.c.row == table.c.id, event.c.before.is_(None)))
            .join(act, act.c.id == event.c.act)
            .where(table.c[column] == each.row, event.c.act != each.act)
            .limit(1)
        )
        found = here.connection.execute(later).first()
        if found:
            return Problem(
                f"{found.actor} built on this {each.tbl} with a {table.name} on {found.at}",
                each.row,
                do="Take that back first, or skip it: --skip",
            )
    return None


def _apply(here: Act, touched: dict[str, dict[str, Any]]) -> None:
    gone: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    changes: dict[str, dict[str, dict[str, Any]]] = {}
    for place, fields in touched.items():
        table, row = place.split("/", 1)
        if fields.get("deleted") is True:
            gone.setdefault(table, []).append(row)
        elif fields.get("deleted") is False:
            back.setdefault(table, []).append(row)
        else:
            plain = {k: v for k, v in fields.items() if k != "quote"}
            changes.setdefault(table, {})[row] = plain
    order = list(ROWS)
    for table in sorted(gone, key=order.index, reverse=True):
        here.delete(table, gone[table])
    for table in sorted(back, key=order.index):
        here.restore(table, back[table])
    for table in sorted(changes, key=order.index):
        here.update(table, {row: _values(here, f) for row, f in changes[table].items()})


def _values(here: Act, fields: dict[str, Any]) -> dict[str, Any]:
    """Put the texts back that events name by hash."""
    hashes = [v["$"] for v in fields.values() if isinstance(v, dict) and "$" in v]
    long = payloads.get_many(here.connection, hashes)
    return {
        name: long.get(value["$"]) if isinstance(value, dict) and "$" in value else value
        for name, value in fields.items()
    }
