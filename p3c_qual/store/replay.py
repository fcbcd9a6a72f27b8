"""The current rows as a function of the set of events.

Events are taken in the order of their clock (ties by replica, then by event id), and the last
value of a field wins. A row is there while its field `deleted` is false. Nothing else decides,
so two copies that hold the same events show the same rows, however the events arrived.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import delete, select

from p3c_qual.store import bulk, erasure, keys, payloads, words
from p3c_qual.store.forms import shown_hash, unpack
from p3c_qual.store.schema import APART, COLUMNS, KEYED, PROSE, ROWS, event, payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection, Table

__all__ = ["Folded", "compare", "fold", "materialise", "rows_from"]

ORDER = (event.c.clock, event.c.replica, event.c.id)


@dataclass
class Folded:
    """One row as its events leave it: `fields` in journal form, `born` its place in time."""

    born: tuple[int, str, str]
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """Whether the row is there."""
        return self.fields.get("deleted") is False


def fold(
    connection: Connection, table: str, *, rows: Iterable[str] | None = None
) -> dict[str, Folded]:
    """Fold the events of a table, or of some of its rows.

    Returns
    -------
    dict of str to Folded
        By row id.
    """
    wanted = (
        select(event.c.row, event.c.after, event.c.clock, event.c.replica, event.c.id)
        .where(event.c.tbl == table)
        .order_by(*ORDER)
    )
    found: dict[str, Folded] = {}
    for run in [None] if rows is None else payloads.chunks(sorted(set(rows)), 500):
        some = wanted if run is None else wanted.where(event.c.row.in_(run))
        for row, after, clock, replica, name in connection.execute(some):
            state = found.get(row)
            if state is None:
                state = found[row] = Folded((clock, replica, name))
            state.fields.update(orjson.loads(after))
    return found


def rows_from(
    connection: Connection, table: Table, states: Mapping[str, Folded]
) -> Iterator[dict[str, Any]]:
    """Yield the live rows of one table with their texts put back in place."""
    name = str(table.name)
    blank: dict[str, Any] = dict.fromkeys(COLUMNS[name])
    live = {row: state.fields for row, state in states.items() if state.live}
    given = keys.give(name, states)
    named = (*PROSE[name], *APART[name])
    hashes = {shown_hash(fields.get(column)) or "" for fields in live.values() for column in named}
    long = payloads.get_many(connection, hashes - {""}) if named else {}
    between = _Words(connection)
    # each text is opened once
    for row, fields in sorted(live.items(), key=lambda item: str(item[1].get("text"))):
        made = {column: fields.get(column) for column in blank}
        made["id"] = row
        for column in named:
            value = made[column]
            if isinstance(value, dict) and "$" in value:
                body = long.get(value["$"])
                made[column] = unpack(str(body)) if body and column in APART[name] else body
        if "quote" in made:
            made["quote"] = between.of(fields)
        if row in given:
            made["key"] = given[row]
        yield made


class _Words:
    """The words of codings, taken from one text at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._name: str | None = None
        self._text: str | None = None

    def of(self, fields: dict[str, Any]) -> str | None:
        name = fields.get("text")
        if name != self._name:
            # the hash stands in the text row's own events, so the tables need not exist yet
            found = fold(self._connection, "text", rows=[str(name)])
            state = found.get(str(name))
            body = state and payloads.get(self._connection, state.fields.get("hash") or "")
            self._name, self._text = name, body if isinstance(body, str) else None
        return None if self._text is None else self._text[fields["start"] : fields["end"]]


def materialise(connection: Connection, touched: Mapping[str, Iterable[str]]) -> None:
    """Bring the rows named in `touched` (by table) to what the events say.

    In a table whose rows have keys all rows are looked at, since who holds a key depends on the
    others.
    """
    for name in ROWS:  # in the order of the schema: the text before the coding
        ids = sorted(set(touched.get(name, ())))
        for run in payloads.chunks(ids):
            if name in KEYED:
                _bring(connection, name, fold(connection, name))
                break
            _bring(connection, name, fold(connection, name, rows=run))
    words.index_missing(connection, touched.get("text", ()))
    states = fold(connection, "payload", rows=touched.get("payload", ()))
    erasure.forget(connection, [row for row, s in states.items() if s.fields.get("erased")])


def _bring(connection: Connection, name: str, states: Mapping[str, Folded]) -> None:
    """Write of one table the rows that are not what their events say."""
    table = ROWS[name]
    told = {row["id"]: row for row in rows_from(connection, table, states)}
    stale = []
    for run in payloads.chunks(sorted(states), 500):
        for row in connection.execute(select(table).where(table.c.id.in_(run))).mappings():
            if told.get(row["id"]) == dict(row):
                del told[row["id"]]
            else:
                stale.append(row["id"])
    for run in payloads.chunks(stale, 500):
        connection.execute(delete(table).where(table.c.id.in_(run)))
    bulk.insert_rows(connection, table, [tuple(row.values()) for row in told.values()])


def compare(connection: Connection) -> list[tuple[str, str, str]]:
    """Replay all events and list where the tables differ from them.

    Returns
    -------
    list of (table, row id, what differs)
        Empty if rows, payloads and index are what the journal says.
    """
    wrong: list[tuple[str, str, str]] = []
    for name in ROWS:
        ids = connection.scalars(
            select(event.c.row).where(event.c.tbl == name).distinct().order_by(event.c.row)
        ).all()
        extra = set(connection.scalars(select(ROWS[name].c.id))) - set(ids)
        wrong += [(name, row, "is in the table but not in the journal") for row in sorted(extra)]
        for run in [ids] if name in KEYED else payloads.chunks(ids):
            wrong += _differences(connection, name, fold(connection, name, rows=run))
    states = fold(connection, "payload")
    gone = {row for row, state in states.items() if state.fields.get("erased")}
    there = payloads.get_many(connection, gone)
    wrong += [("payload", name, "was erased and is there") for name in sorted(there)]
    text = ROWS["text"]
    bodies = (
        select(text.c.id)
        .join(payload, payload.c.hash == text.c.hash)
        .where(payload.c.text.is_not(None))
    )
    ids = connection.scalars(bodies.order_by(text.c.id)).all()
    known = words.indexed(connection, ids)
    wrong += [("text", row, "is not in the index of words") for row in ids if row not in known]
    return wrong


def _differences(
    connection: Connection, name: str, states: Mapping[str, Folded]
) -> Iterator[tuple[str, str, str]]:
    table = ROWS[name]
    told = {row["id"]: row for row in rows_from(connection, table, states)}
    kept: dict[str, dict[str, Any]] = {}
    for run in payloads.chunks(sorted(states), 500):
        for each in connection.execute(select(table).where(table.c.id.in_(run))).mappings():
            kept[each["id"]] = dict(each)
    for row in sorted(told.keys() - kept.keys()):
        yield name, row, "is in the journal but not in the table"
    for row in sorted(kept.keys() - told.keys()):
        yield name, row, "is in the table but not in the journal"
    for row in sorted(told.keys() & kept.keys()):
        for column, value in told[row].items():
            if value != kept[row][column]:
                yield name, row, f"{column} differs from the journal"
