"""An act: what one person does in one go; the only way anything is written."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import bindparam, delete, func, insert, select, update

from p3c_qual.store import clock, erasure, payloads, replay, schema
from p3c_qual.store.engine import replica
from p3c_qual.store.schema import COLUMNS, KEYED, PROSE, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["Act", "begin_act"]


class Act:
    """Writes rows and their events together, under the write lock, all or nothing.

    A local act's clock is later than every clock seen, so writing its values straight into the
    tables gives what replaying the events would give.

    Attributes
    ----------
    id : str
        The group that all events of the act carry.
    connection : sqlalchemy.Connection
        For reading what the act's checks need, in the same transaction.
    events : int
        How many events it has written.
    """

    def __init__(
        self,
        store: Store,
        connection: Connection,
        *,
        actor: str,
        verb: str,
        reason: str = "",
        kind: str = "do",
        target: str | None = None,
    ) -> None:
        self.id = clock.new_ids(1)[0]
        self.connection = connection
        self.events = 0
        self._head = {
            "id": self.id,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "actor": actor,
            "verb": verb,
            "reason": reason,
            "kind": kind,
            "target": target,
        }
        self._store = store
        self._replica = replica(store, connection)
        self._clock = int(store.meta(connection, "clock") or 0)
        self._seq = connection.scalar(select(func.max(schema.event.c.seq))) or 0

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Insert rows; a row without `id` gets a new one. Returns the ids in order."""
        target = ROWS[table]
        columns = COLUMNS[table]
        fresh = iter(clock.new_ids(len(rows)))
        ids: list[str] = []
        for run in payloads.chunks(rows):
            full = []
            for row in run:
                made: dict[str, Any] = dict.fromkeys(columns)
                made.update(row)
                if made["id"] is None:
                    made["id"] = next(fresh)
                full.append(made)
            written = self._journal_form(table, full)
            self._log(
                table,
                [
                    (
                        row["id"],
                        None,
                        {**{k: v for k, v in fields.items() if v is not None}, "deleted": False},
                    )
                    for row, fields in zip(full, written, strict=True)
                ],
            )
            self.connection.execute(insert(target), full)
            ids.extend(row["id"] for row in full)
        return ids

    def update(self, table: str, changes: Mapping[str, Mapping[str, Any]]) -> int:
        """Change fields of rows by id; what is equal already is no change. Returns how many."""
        target = ROWS[table]
        changed = 0
        for run in payloads.chunks(sorted(changes), 500):
            found = self.connection.execute(select(target).where(target.c.id.in_(run))).mappings()
            pairs = []
            for row in found:
                new = {k: v for k, v in changes[row["id"]].items() if row[k] != v}
                if new:
                    pairs.append((row["id"], {k: row[k] for k in new}, new))
            if not pairs:
                continue
            before = self._journal_form(table, [{"id": i, **old} for i, old, _ in pairs])
            after = self._journal_form(table, [{"id": i, **new} for i, _, new in pairs])
            self._heads(table, [i for i, _, _ in pairs], before)
            self._log(
                table,
                [(pairs[n][0], before[n], after[n]) for n in range(len(pairs))],
            )
            for columns in {tuple(sorted(new)) for _, _, new in pairs}:
                rows = [
                    {"_id": i, **{f"_{k}": new[k] for k in columns}}
                    for i, _, new in pairs
                    if tuple(sorted(new)) == columns
                ]
                self.connection.execute(
                    update(target)
                    .where(target.c.id == bindparam("_id"))
                    .values({k: bindparam(f"_{k}", type_=target.c[k].type) for k in columns}),
                    rows,
                )
            changed += len(pairs)
            self._shadowed(table)
        return changed

    def delete(self, table: str, ids: Iterable[str]) -> int:
        """Take rows out of the tables; their events stay. Returns how many."""
        target = ROWS[table]
        gone = 0
        for run in payloads.chunks(sorted(set(ids)), 500):
            there = list(self.connection.scalars(select(target.c.id).where(target.c.id.in_(run))))
            self._log(table, [(row, {"deleted": False}, {"deleted": True}) for row in there])
            self.connection.execute(delete(target).where(target.c.id.in_(there)))
            gone += len(there)
        self._shadowed(table)
        return gone

    def restore(self, table: str, ids: Iterable[str]) -> None:
        """Put deleted rows back as their events left them."""
        ids = sorted(set(ids))
        self._log(table, [(row, {"deleted": True}, {"deleted": False}) for row in ids])
        replay.materialise(self.connection, {table: set(ids)})

    def erase(self, names: Iterable[str]) -> None:
        """Remove payloads for good; the events keep their hashes."""
        names = sorted(set(names))
        self._log("payload", [(name, {"erased": False}, {"erased": True}) for name in names])
        erasure.forget(self.connection, names)

    def named_id(self, table: str, *names: str) -> str:
        """Return the id that every copy of the study gives to this name.

        Two teams that take in the same codebook thus speak of the same codes. If the id was used
        before, for something deleted since, a new one is given: no id ever means two things.
        """
        wanted = clock.named_id(table, *names)
        event = schema.event
        used = self.connection.scalar(select(event.c.id).where(event.c.row == wanted).limit(1))
        return wanted if used is None else clock.new_ids(1)[0]

    def retarget(self, target: str, verb: str) -> None:
        """Say which act this one reverses."""
        self._head.update(target=target, verb=verb)

    def close(self) -> None:
        """Write the act's own line, if it did anything."""
        if self.events:
            self.connection.execute(insert(schema.act), self._head)
            self._store.set_meta(self.connection, "clock", str(self._clock))

    def _log(
        self, table: str, changes: Sequence[tuple[str, dict[str, Any] | None, dict[str, Any]]]
    ) -> None:
        if not changes:
            return
        rows = []
        names = clock.new_ids(len(changes))
        for name, (row, before, after) in zip(names, changes, strict=True):
            self._clock = clock.tick(self._clock)
            self._seq += 1
            rows.append(
                {
                    "seq": self._seq,
                    "id": name,
                    "clock": self._clock,
                    "replica": self._replica,
                    "act": self.id,
                    "tbl": table,
                    "row": row,
                    "before": None if before is None else orjson.dumps(before).decode(),
                    "after": orjson.dumps(after).decode(),
                }
            )
        self.connection.execute(insert(schema.event), rows)
        self.events += len(rows)

    def _journal_form(self, table: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the fields as events hold them: long texts by hash, quotes by digest."""
        prose = PROSE[table]
        quote = "quote" in COLUMNS[table]
        texts: dict[str, str] = {}
        made = []
        for row in rows:
            fields = dict(row)
            del fields["id"]
            for name in prose:
                value = fields.get(name)
                if value:
                    texts[hashed := payloads.hash_of(value)] = value
                    fields[name] = {"$": hashed}
            if quote and fields.get("quote") is not None:
                fields["quote"] = payloads.digest(fields["quote"])
            made.append(fields)
        payloads.put_many(self.connection, texts.values())
        return made

    def _heads(self, table: str, ids: Sequence[str], before: list[dict[str, Any]]) -> None:
        """Say of a text with two versions that both were seen when a person wrote a new one."""
        from p3c_qual.store.conflicts import heads

        names = {name for fields in before for name in fields if name in PROSE[table]}
        if not names:
            return
        open_heads = heads(self.connection, tables=[table], rows=ids)
        for row, fields in zip(ids, before, strict=True):
            for name in names & fields.keys():
                values = open_heads.get((table, row, name))
                if values:
                    fields[name] = {"$$": sorted(values)}

    def _shadowed(self, table: str) -> None:
        # a key that becomes free goes back to the row that had to give way
        if table in KEYED:
            key = ROWS[table].c.key
            shadows = set(self.connection.scalars(select(ROWS[table].c.id).where(key.like("%~%"))))
            if shadows:
                replay.materialise(self.connection, {table: shadows})


@contextlib.contextmanager
def begin_act(
    store: Store,
    *,
    actor: str,
    verb: str,
    reason: str = "",
    kind: str = "do",
    target: str | None = None,
) -> Iterator[Act]:
    """Open an act; what is done in it is kept when the block ends, or not at all."""
    with store.write() as connection:
        act = Act(
            store, connection, actor=actor, verb=verb, reason=reason, kind=kind, target=target
        )
        yield act
        act.close()
