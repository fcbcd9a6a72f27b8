"""What joining two copies of a study can break: each case has one fixed rule, and is listed.

==================  ==========================================================================
two texts           the later one is shown, both are kept until a person chooses
one key twice       the older row keeps it, the younger shows it with a tilde
a cycle of codes    the oldest code of the cycle stands at the top
a retired code      its codings count for the code it was merged into, else for itself
overlapping         both codings stay; characters are counted once
a missing row       codings of a source or code that was deleted are not counted
==================  ==========================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import and_, select

from p3c_qual.store import payloads
from p3c_qual.store.replay import ORDER
from p3c_qual.store.schema import KEYED, PROSE, ROWS, event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

__all__ = ["find_conflicts", "heads", "rootless"]

_PROSE = {name: set(columns) for name, columns in PROSE.items() if columns}


def heads(
    connection: Connection,
    *,
    tables: Iterable[str] | None = None,
    rows: Iterable[str] | None = None,
) -> dict[tuple[str, str, str], set[str]]:
    """Return, by (table, row, field), the hashes of texts that no later event has replaced.

    Only fields with more than one are returned.
    """
    wanted = (
        select(event.c.tbl, event.c.row, event.c.before, event.c.after)
        .where(event.c.tbl.in_(_PROSE if tables is None else list(tables)))
        .order_by(*ORDER)
    )
    found: dict[tuple[str, str, str], set[str]] = {}
    for run in [None] if rows is None else payloads.chunks(sorted(set(rows)), 500):
        some = wanted if run is None else wanted.where(event.c.row.in_(run))
        for tbl, row, old, new in connection.execute(some):
            before, after = orjson.loads(old or "{}"), orjson.loads(new)
            for name in _PROSE.get(tbl, set()) & after.keys():
                values = found.setdefault((tbl, row, name), set())
                values -= set(_hashes(before.get(name)))
                values |= set(_hashes(after[name]))
    return {place: values for place, values in found.items() if len(values) > 1}


def _hashes(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return []
    return list(value.get("$$") or [value["$"]])


def rootless(parents: dict[str, str | None]) -> set[str]:
    """Return the codes that a cycle of parents would leave without a root: one a cycle.

    Parameters
    ----------
    parents : dict of str to str or None
        Parent by code, both as row ids.

    Examples
    --------
    >>> rootless({"a": "b", "b": "a", "c": "a"})
    {'a'}
    """
    state: dict[str, int] = {}
    found = set()
    for begin in sorted(parents):
        path: list[str] = []
        at: str | None = begin
        while at is not None and at in parents and at not in state:
            state[at] = 1
            path.append(at)
            at = parents[at]
        if at is not None and state.get(at) == 1:
            found.add(min(path[path.index(at) :]))
        for seen in path:
            state[seen] = 2
    return found


def find_conflicts(connection: Connection) -> list[dict[str, str]]:
    """List what joining copies has broken and what the study makes of it.

    Returns
    -------
    list of dict
        ``case``, ``table``, ``row`` (id), ``what`` and ``rule``, in a fixed order.
    """
    found = [
        {"case": case, "table": table, "row": row, "what": what, "rule": rule}
        for case, table, row, what, rule in _all(connection)
    ]
    return sorted(found, key=lambda each: tuple(each.values()))


def _all(connection: Connection) -> Iterator[tuple[str, str, str, str, str]]:
    for (tbl, row, name), values in heads(connection).items():
        if tbl in ROWS and connection.scalar(select(ROWS[tbl].c.id).where(ROWS[tbl].c.id == row)):
            yield (
                "two texts",
                tbl,
                row,
                f"{name} has {len(values)} versions",
                "the later one is shown until a person chooses",
            )
    for name in KEYED:
        keyed = ROWS[name]
        shadowed = select(keyed.c.id, keyed.c.key).where(keyed.c.key.like("%~%"))
        for row, key in connection.execute(shadowed):
            yield ("one key twice", name, row, f"shown as {key}", "the older row keeps the key")
    code, coding = ROWS["code"], ROWS["coding"]
    parents = dict(connection.execute(select(code.c.id, code.c.parent)).all())
    for row in rootless(parents):
        yield ("a cycle of codes", "code", row, "is its own ancestor", "it stands at the top")
    retired = (
        select(coding.c.id, code.c.key)
        .join(code, code.c.id == coding.c.code)
        .where(code.c.status == "retired")
    )
    for row, key in connection.execute(retired):
        yield (
            "a retired code",
            "coding",
            row,
            f"coded with {key}, which is retired",
            "it counts for the code that one was merged into, else for itself",
        )
    other = coding.alias()
    overlapping = select(coding.c.id, other.c.id).join(
        other,
        and_(
            coding.c.source == other.c.source,
            coding.c.text == other.c.text,
            coding.c.code == other.c.code,
            coding.c.coder == other.c.coder,
            coding.c.round == other.c.round,
            coding.c.question == other.c.question,
            coding.c.id < other.c.id,
            coding.c.start < other.c.end,
            other.c.start < coding.c.end,
        ),
    )
    for row, second in connection.execute(overlapping):
        yield (
            "overlapping",
            "coding",
            row,
            f"overlaps {second}",
            "both stay, characters are counted once",
        )
    for column, name in (("source", "source"), ("code", "code"), ("coder", "coder")):
        owner = ROWS[name]
        lost = (
            select(coding.c.id)
            .join(owner, owner.c.id == coding.c[column], isouter=True)
            .where(owner.c.id.is_(None))
        )
        for row in connection.scalars(lost):
            yield ("a missing row", "coding", row, f"its {name} was deleted", "it is not counted")
