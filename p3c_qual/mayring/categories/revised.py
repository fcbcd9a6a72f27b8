"""What of a category system was edited while it was tried, told from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from sqlalchemy import func, select

from p3c_qual.mayring.categories.staleness import codings_of, overturned
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS, event

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["coded_before", "edited_since_pilot"]

#: what a revision of a category touches, and how it is called
_FIELDS = {
    "label": "label",
    "definition": "definition",
    "rule": "rule",
    "parent": "parent",
    "level": "level",
    "status": "status",
    "kind": "scale",
    "extra": "scale",
}


def edited_since_pilot(connection: Connection, question: Question) -> dict[str, list[str]]:
    """Return by category (its key) what was edited since the question's pilot began.

    A category that was made meanwhile is no revision, since forming them is what the pilot is
    for; that its definition was written then is none either. The selection criterion and the
    level of abstraction stand under the question's own key.
    """
    began = _began(connection, question)
    code = ROWS["code"]
    found = select(code.c.id, code.c.key).where(code.c.codebook == question.codebook)
    keys = dict(connection.execute(found).all())
    edited: dict[str, list[str]] = {}
    for run in payloads.chunks(sorted(keys), 500):
        wanted = select(event.c.row, event.c.before, event.c.after).where(
            event.c.tbl == "code", event.c.row.in_(run), event.c.seq > began
        )
        young: set[str] = set()
        for row, before, after in connection.execute(wanted.order_by(event.c.seq)):
            if before is None:
                young.add(row)
                continue
            names = _changed(before, after, young=row in young)
            edited.setdefault(keys[row], []).extend(names)
    wanted = select(event.c.before, event.c.after).where(
        event.c.tbl == "question", event.c.row == question.id, event.c.seq > began
    )
    for before, after in connection.execute(wanted):
        own = {"criterion", "abstraction"} & _filled(before)
        edited.setdefault(question.key, []).extend(sorted(own & orjson.loads(after).keys()))
    return {key: list(dict.fromkeys(names)) for key, names in sorted(edited.items()) if names}


def _changed(before: str, after: str, *, young: bool) -> list[str]:
    old, new = _filled(before), orjson.loads(after)
    # of a category made meanwhile, what was left open at first may be filled in
    written = old | {"rule", "parent"} if young else set(_FIELDS)
    return [said for name, said in _FIELDS.items() if name in new and name in written]


def _filled(before: str | None) -> set[str]:
    """Return the fields that held something before."""
    said = orjson.loads(before) if before else {}
    return {name for name, value in said.items() if value not in (None, "", [], {})}


def _began(connection: Connection, question: Question) -> int:
    """Return the number of the event with which the present round of the pilot began.

    It is the last review, or the first time the pilot was entered: what is edited after a way back
    to an earlier step concerns what was coded all the same.
    """
    review = ROWS["pilot_review"]
    wanted = select(event.c.seq, event.c.after).where(
        event.c.tbl == "question", event.c.row == question.id
    )
    began = 0
    for seq, after in connection.execute(wanted.order_by(event.c.seq)):
        if orjson.loads(after).get("step") == "pilot":
            began = seq
            break
    ids = connection.scalars(select(review.c.id).where(review.c.question == question.id)).all()
    if ids:
        last = select(event.c.seq).where(event.c.tbl == "pilot_review", event.c.row.in_(ids))
        began = max(began, *connection.scalars(last))
    return began


def coded_before(connection: Connection, question: Question) -> int:
    """Return how many codings that count are older than the last change of what they follow.

    That is the selection criterion or the level of abstraction, changed in the present round.
    """
    began = _began(connection, question)
    wanted = select(event.c.seq, event.c.before, event.c.after).where(
        event.c.tbl == "question", event.c.row == question.id, event.c.seq > began
    )
    changed = max(
        (
            seq
            for seq, before, after in connection.execute(wanted)
            if {"criterion", "abstraction"} & _filled(before) & orjson.loads(after).keys()
        ),
        default=None,
    )
    if changed is None:
        return 0
    coding = ROWS["coding"]
    since = select(event.c.seq).where(
        event.c.tbl == "coding", event.c.row == coding.c.id, event.c.seq > changed
    )
    held = codings_of(question, func.count(coding.c.id)).where(
        func.coalesce(coding.c.codebook_version, "").not_in(overturned(connection, question)),
        ~since.exists(),
    )
    return connection.scalar(held) or 0
