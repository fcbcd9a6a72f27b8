"""Take back an act by an act that reverses it; nothing is ever removed from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import keys
from p3c_qual.store.act import begin_act
from p3c_qual.store.reversal import plan
from p3c_qual.store.schema import KEYED, act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Row

    from p3c_qual.store.engine import Store

__all__ = ["redo", "undo"]

#: faults that are shown; the others are of the same kind
_SHOWN = 20


def undo(
    store: Store,
    actor: str,
    *,
    group: str | None = None,
    reason: str = "",
    skip: bool = False,
    id: str | None = None,
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
    id : str, optional
        Of the reversing act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    dict
        ``group`` (the reversing act), ``target``, ``verb`` (what was done in the first place),
        ``rows`` and ``skipped``.

    Raises
    ------
    P3CError
        If there is nothing to take back, or somebody changed or built on it since: who and when.
    """
    return _reverse(store, actor, "undo", group=group, reason=reason, skip=skip, id=id)


def redo(store: Store, actor: str, *, skip: bool = False, id: str | None = None) -> dict[str, Any]:
    """Reverse the actor's own latest undo; a new act of theirs ends this.

    Returns and raises as `undo`.
    """
    return _reverse(store, actor, "redo", group=None, reason="", skip=skip, id=id)


def _reverse(
    store: Store,
    actor: str,
    kind: str,
    *,
    group: str | None,
    reason: str,
    skip: bool,
    id: str | None,
) -> dict[str, Any]:
    with begin_act(store, actor=actor, verb=kind, reason=reason, kind=kind, id=id) as here:
        target = (
            _named(here.connection, group, actor, reason)
            if group
            else _latest(here.connection, actor, kind)
        )
        said = target.verb
        while said.startswith(("undo: ", "redo: ")):
            said = said[len("undo: ") :]
        here.retarget(target.id, f"{kind}: {said}")
        changes, faults = plan(here.connection, target.id)
        if faults and not skip:
            raise P3CError(faults[:_SHOWN])
        before = _shadows(here.connection, changes)
        here.revert(changes)
        if not here.events:
            what = f"nothing is left of this act to {kind}"
            raise P3CError(Problem(what, target.id, code="nothing"))
        if taken := sorted(_shadows(here.connection, changes) - before):
            raise P3CError(
                [
                    Problem(
                        f"the key of this {table} was given to another one since",
                        row,
                        do="Rename one of them first.",
                    )
                    for table, row in taken
                ]
            )
    return {
        "group": here.id,
        "target": target.id,
        "verb": said,
        "rows": here.events,
        "skipped": len(faults),
    }


def _shadows(connection: Connection, tables: Iterable[str]) -> set[tuple[str, str]]:
    return {
        (table, row)
        for table in tables
        if table in KEYED
        for row in keys.shadows(connection, table)
    }


def _standing(connection: Connection, name: str) -> Row[Any] | None:
    """Return the act that reversed this one, if it still stands."""
    back = select(act).where(act.c.target == name).order_by(act.c.clock.desc()).limit(1)
    found = connection.execute(back).first()
    if found is not None and _standing(connection, found.id) is None:
        return found
    return None


def _latest(connection: Connection, actor: str, kind: str) -> Row[Any]:
    """Return the act whose turn it is: the actor's last one done, or last one undone."""
    mine = select(act).where(act.c.actor == actor).order_by(act.c.clock.desc(), act.c.id.desc())
    for each in connection.execute(mine.execution_options(yield_per=50)):
        if kind == "redo" and each.kind == "do":
            break
        if (each.kind == "undo") != (kind == "redo"):
            continue
        if _standing(connection, each.id) is None:
            return each
    raise P3CError(Problem(f"{actor} has nothing to {kind}", code="nothing"))


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
    back = _standing(connection, group)
    if back is not None:
        raise P3CError(Problem(f"{back.actor} took it back already on {back.at}", group))
    return found
