"""The current rows as a function of the set of events.

Events are taken in the order of their clock (ties by replica, then by event id), and the last
value of a field wins. A row is there while its field `deleted` is false. Nothing else decides,
so two copies that hold the same events show the same rows, however the events arrived.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import delete, insert, select

from p3c_qual.store import erasure, payloads
from p3c_qual.store.schema import COLUMNS, KEYED, PROSE, ROWS, event, payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    connection: Connection,
    *,
    tables: Iterable[str] | None = None,
    rows: Iterable[str] | None = None,
) -> dict[tuple[str, str], Folded]:
    """Fold the events of some tables or rows (all of them if neither is named).

    Returns
    -------
    dict of (table, row id) to Folded
    """
    wanted = select(
        event.c.tbl, event.c.row, event.c.after, event.c.clock, event.c.replica, event.c.id
    ).order_by(*ORDER)
    if tables is not None:
        wanted = wanted.where(event.c.tbl.in_(list(tables)))
    found: dict[tuple[str, str], Folded] = {}
    runs = [None] if rows is None else payloads.chunks(sorted(set(rows)), 500)
    for run in runs:
        some = wanted if run is None else wanted.where(event.c.row.in_(run))
        result = connection.execution_options(yield_per=5_000).execute(some)
        for tbl, row, after, clock, replica, name in result:
            state = found.get((tbl, row))
            if state is None:
                state = found[tbl, row] = Folded((clock, replica, name))
            state.fields.update(orjson.loads(after))
    return found


def rows_from(
    connection: Connection, table: Table, states: dict[str, Folded]
) -> Iterator[dict[str, Any]]:
    """Yield the live rows of one table with their texts put back in place."""
    names = [name for name in COLUMNS[str(table.name)] if name != "id"]
    prose = PROSE[str(table.name)]
    live = {row: state.fields for row, state in states.items() if state.live}
    keys = _keys(str(table.name), states)
    hashes = [
        value["$"]
        for fields in live.values()
        for name in prose
        if isinstance(value := fields.get(name), dict)
    ]
    long = payloads.get_many(connection, hashes) if hashes else {}
    words = _Words(connection)
    # each text is opened once
    order = sorted(live.items(), key=lambda item: str(item[1].get("text")))
    for row, fields in order:
        made: dict[str, Any] = {"id": row, **{name: fields.get(name) for name in names}}
        for name in prose:
            named = made[name]
            if isinstance(named, dict):
                made[name] = long.get(named["$"])
        if "quote" in made:
            made["quote"] = words.between(fields)
        if row in keys:
            made["key"] = keys[row]
        yield made


class _Words:
    """The words of codings, taken from one text at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._name: str | None = None
        self._text: str | None = None

    def between(self, fields: dict[str, Any]) -> str | None:
        name = fields.get("text")
        if name != self._name:
            # the hash stands in the text row's own events, so the tables need not exist yet
            found = fold(self._connection, tables=["text"], rows=[str(name)])
            state = found.get(("text", str(name)))
            body = state and payloads.get(self._connection, state.fields.get("hash") or "")
            self._name, self._text = name, body if isinstance(body, str) else None
        return None if self._text is None else self._text[fields["start"] : fields["end"]]


def _keys(name: str, states: dict[str, Folded]) -> dict[str, str]:
    """Give each live row its key; of two under one key the older keeps it.

    The younger shows its key with the end of its id behind a tilde, until a person renames it.
    """
    if name not in KEYED:
        return {}
    taken: set[tuple[str, ...]] = set()
    keys = {}
    born = sorted((state.born, row) for row, state in states.items() if state.live)
    for _, row in born:
        fields = states[row].fields
        scope = tuple(str(fields.get(column)) for column in KEYED[name])
        key = str(fields.get("key"))
        if (*scope, key) in taken:
            key = f"{key}~{row[-6:]}"
        taken.add((*scope, key))
        keys[row] = key
    return keys


def materialise(connection: Connection, touched: dict[str, set[str]]) -> None:
    """Bring the rows named in `touched` (by table) to what the events say.

    In a table whose rows have keys all rows are brought up to date, since who holds a key
    depends on the others.
    """
    for name in ROWS:  # in the order of the schema: the text before the coding
        ids = touched.get(name)
        if not ids:
            continue
        table = ROWS[name]
        whole = name in KEYED
        states = fold(connection, tables=[name], rows=None if whole else ids)
        mine = {row: state for (_, row), state in states.items()}
        made = list(rows_from(connection, table, mine))
        for run in payloads.chunks(sorted(mine), 500):
            connection.execute(delete(table).where(table.c.id.in_(run)))
        for run in payloads.chunks(made):
            connection.execute(insert(table), list(run))
    erased = touched.get("payload")
    if erased:
        states = fold(connection, tables=["payload"], rows=erased)
        erasure.forget(
            connection, [row for (_, row), s in states.items() if s.fields.get("erased")]
        )


def compare(connection: Connection) -> list[tuple[str, str, str]]:
    """Replay all events and list where the tables differ from them.

    Returns
    -------
    list of (table, row id, what differs)
        Empty if the tables are what the journal says.
    """
    states = fold(connection)
    gone = set(connection.scalars(select(payload.c.hash).where(payload.c.erased)))
    wrong = []
    for name, table in ROWS.items():
        mine = {row: state for (tbl, row), state in states.items() if tbl == name}
        prose = PROSE[name]
        told = {row["id"]: row for row in rows_from(connection, table, mine)}
        kept = {row["id"]: dict(row) for row in connection.execute(select(table)).mappings()}
        lost, extra = sorted(told.keys() - kept.keys()), sorted(kept.keys() - told.keys())
        wrong += [(name, row, "is in the journal but not in the table") for row in lost]
        wrong += [(name, row, "is in the table but not in the journal") for row in extra]
        for row in sorted(told.keys() & kept.keys()):
            fields = mine[row].fields
            for column, value in told[row].items():
                if value == kept[row][column]:
                    continue
                named = fields.get(column)
                if column in prose and isinstance(named, dict) and named["$"] in gone:
                    continue
                wrong.append((name, row, f"{column} differs from the journal"))
    return wrong
