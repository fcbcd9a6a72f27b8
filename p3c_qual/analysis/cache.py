"""What was read from a study, kept until somebody writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from p3c_qual.store.schema import event

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["kept"]

#: things kept of one study at most; the oldest goes first
_MOST = 24

# nothing of a study outlives it here
_KEPT: WeakKeyDictionary[Study, tuple[int, dict[str, Any]]] = WeakKeyDictionary()


def kept(study: Study, connection: Connection, name: str, make: Callable[[], Any]) -> Any:
    """Return what `make` gives, made anew only when somebody has written since.

    Parameters
    ----------
    study : Study
    connection : Connection
        What `make` reads from. The number of the last event is read from it too, so that what
        is kept under a number is the state of that number. What is made within an act is not
        kept: the act may yet be taken back, and its numbers given to other events.
    name : str
    make : callable
    """
    cursor = connection.scalar(select(func.max(event.c.seq))) or 0
    known = _KEPT.get(study)
    if connection.get_execution_options().get("p3c_write"):
        there = known[1] if known and known[0] == cursor else {}
        return there[name] if name in there else make()
    if known is None or known[0] != cursor:
        known = _KEPT[study] = (cursor, {})
    things = known[1]
    if name not in things:
        made = make()
        while len(things) >= _MOST:
            things.pop(next(iter(things)), None)
        things[name] = made
    return things[name]
