"""Which steps of a research question were closed or gone back to, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import orjson
from sqlalchemy import select

from p3c_qual.store.schema import act, event

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["Moved", "step_history"]


@dataclass(frozen=True)
class Moved:
    """A step that was closed, gone back to, or taken back.

    Attributes
    ----------
    how : {"asked", "closed", "returned", "undone"}
    step : str
        Title of the step that was closed, of the one gone back to, or of the one it is in again.
    at : str
        UTC, to the minute.
    actor, reason : str
    """

    how: Literal["asked", "closed", "returned", "undone"]
    step: str
    at: str
    actor: str
    reason: str


def step_history(connection: Connection, question: Question) -> list[Moved]:
    """Return the way of a question through its steps, as the journal has it, oldest first."""
    wanted = (
        select(event.c.before, event.c.after, act.c.at, act.c.actor, act.c.reason, act.c.kind)
        .join(act, act.c.id == event.c.act)
        .where(event.c.tbl == "question", event.c.row == question.id)
        .order_by(event.c.clock, event.c.seq)
    )
    order = question.how.order
    titles = {each.key: each.title for each in question.how.steps} | {"done": "all steps closed"}
    found: list[Moved] = []
    for row in connection.execute(wanted):
        after = orjson.loads(row.after).get("step")
        before = (orjson.loads(row.before) or {}).get("step") if row.before else None
        if after not in order or after == before:
            continue
        at = str(row.at)[:16].replace("T", " ")
        if before not in order:
            found.append(Moved("asked", titles[after], at, row.actor, row.reason))
        elif row.kind != "do":
            found.append(Moved("undone", titles[after], at, row.actor, row.reason))
        elif order.index(after) < order.index(before):
            found.append(Moved("returned", titles[after], at, row.actor, row.reason))
        else:
            found.append(Moved("closed", titles[before], at, row.actor, row.reason))
    return found
