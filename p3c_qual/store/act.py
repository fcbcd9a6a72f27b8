"""An act: what one person does in one go; the only way anything is written."""

from __future__ import annotations

import contextlib
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import bulk, clock, conflicts, erasure, keys, payloads, replay, schema, words
from p3c_qual.store.forms import journal_form, shown_hash
from p3c_qual.store.journal import Change, Journal
from p3c_qual.store.schema import COLUMNS, KEYED, PROSE, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["Act", "act_done", "begin_act"]


class Act:
    """Writes rows and their events together, under the write lock, all or nothing.

    A local act's clock is later than every clock seen, so writing its values straight into the
    tables gives what replaying the events would give. Only the founding act of a store, which
    comes before all others in it, begins at the earliest clock: joined with a copy, it changes
    nothing there.

    Attributes
    ----------
    id : str
        The group that all events of the act carry.
    connection : sqlalchemy.Connection
        For reading what the act's checks need, in the same transaction.
    when_kept, when_lost : list of callable
        What is to be done outside the store once the act is kept, or when it is not.
    """

    def __init__(
        self,
        store: Store,
        connection: Connection,
        head: dict[str, str | None],
        *,
        id: str | None = None,
        founding: bool = False,
    ) -> None:
        self.id = id or clock.new_ids(1)[0]
        self.connection = connection
        self.when_kept: list[Callable[[], object]] = []
        self.when_lost: list[Callable[[], object]] = []
        self._store = store
        self._head = {
            "id": self.id,
            "at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            # half a character, as in the name of a file, cannot be written
            **{k: v and v.encode(errors="replace").decode() for k, v in head.items()},
        }
        self._journal = Journal(store, connection, self.id, founding=founding)

    @property
    def actor(self) -> str:
        """Who signs it."""
        return str(self._head["actor"])

    @property
    def events(self) -> int:
        """How many events it has written."""
        return self._journal.events

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Insert rows; a row without `id` gets a new one. Returns the ids in order."""
        blank: dict[str, Any] = dict.fromkeys(COLUMNS[table])
        fresh = iter(clock.new_ids(len(rows)))
        ids: list[str] = []
        for run in payloads.chunks(rows):
            made = [{**blank, **row, "id": row.get("id") or next(fresh)} for row in run]
            keys.check_free(self.connection, table, made)
            texts: dict[str, str] = {}
            changes: list[Change] = []
            for row in made:
                fields = {k: v for k, v in row.items() if v is not None}
                name = fields.pop("id")
                fields["deleted"] = False
                changes.append((name, None, journal_form(table, name, fields, texts)))
                ids.append(name)
            payloads.put_many(self.connection, texts.values())
            self._journal.write(table, changes)
            bulk.insert_rows(self.connection, ROWS[table], [tuple(row.values()) for row in made])
        if table == "text":
            words.index_missing(self.connection, ids)
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
                    pairs.append((dict(row), new))
            if not pairs:
                continue
            renamed = [
                {**row, **new} for row, new in pairs if new.keys() & {"key", *KEYED.get(table, ())}
            ]
            keys.check_free(self.connection, table, renamed)
            self._log_update(table, pairs)
            for names in {tuple(sorted(new)) for _, new in pairs}:
                self.connection.execute(
                    update(target)
                    .where(target.c.id == bindparam("_id"))
                    .values({k: bindparam(f"_{k}", type_=target.c[k].type) for k in names}),
                    [
                        {"_id": row["id"], **{f"_{k}": new[k] for k in names}}
                        for row, new in pairs
                        if tuple(sorted(new)) == names
                    ],
                )
            changed += len(pairs)
        self._give_keys_back(table)
        return changed

    def delete(self, table: str, ids: Iterable[str]) -> int:
        """Take rows out of the tables; their events stay. Returns how many."""
        target = ROWS[table]
        gone = 0
        for run in payloads.chunks(sorted(set(ids)), 500):
            wanted = select(target.c.id, *(target.c[name] for name in PROSE[table]))
            rows = self.connection.execute(wanted.where(target.c.id.in_(run))).mappings()
            there = [dict(row) for row in rows]
            # the texts that went too: one that somebody rewrote elsewhere meanwhile did not
            before = self._before(table, there)
            self._journal.write(
                table,
                [
                    (row["id"], {**old, "deleted": False}, {"deleted": True})
                    for row, old in zip(there, before, strict=True)
                ],
            )
            self.connection.execute(
                delete(target).where(target.c.id.in_([row["id"] for row in there]))
            )
            gone += len(there)
        self._give_keys_back(table)
        return gone

    def choose(self, table: str, row: str, column: str, version: str) -> None:
        """Settle which of several versions of a text stands.

        Parameters
        ----------
        table, row, column : str
        version : str
            Hash of the version, as `conflicts.versions` names it.
        """
        found = conflicts.heads(self.connection, table, rows=[row]).get((row, column), set())
        if version not in found:
            raise P3CError(Problem(f"this {column} has no such version", row, tuple(sorted(found))))
        now = ROWS[table].c[column]
        shown = self.connection.scalar(select(now).where(ROWS[table].c.id == row))
        before = {"$": payloads.hash_of(shown) if shown else "", "$$": sorted(found)}
        self.revert({table: [(row, {column: before}, {column: {"$": version}})]})

    def revert(self, changes: Mapping[str, Sequence[Change]]) -> None:
        """Write changes that are given as events hold them, by table."""
        for table, some in changes.items():
            for run in payloads.chunks(some):
                self._journal.write(table, run)
        touched = {table: {row for row, _, _ in some} for table, some in changes.items()}
        replay.materialise(self.connection, touched)

    def erase(self, names: Iterable[str]) -> None:
        """Remove payloads for good; the events keep their hashes."""
        names = sorted(set(names))
        self._journal.write(
            "payload", [(name, {"erased": False}, {"erased": True}) for name in names]
        )
        erasure.forget(self.connection, names)
        self.when_kept.append(lambda: erasure.scrub(self._store))

    def named_id(self, table: str, *names: str) -> str:
        """Return the id that every copy of the study gives to this name.

        Two teams that take in the same codebook thus speak of the same codes. If the id was used
        before, for something deleted since, a new one is given: no id ever means two things.
        """
        wanted = clock.named_id(table, *names)
        event = schema.event
        used = select(event.c.id).where(event.c.tbl == table, event.c.row == wanted).limit(1)
        return wanted if self.connection.scalar(used) is None else clock.new_ids(1)[0]

    def say(self, verb: str) -> None:
        """Say what the act does, once that is known better than when it was begun."""
        self._head["verb"] = verb

    def retarget(self, target: str, verb: str) -> None:
        """Say which act this one reverses."""
        self._head.update(target=target, verb=verb)

    def close(self) -> None:
        """Write the act's own line, if it did anything."""
        if self.events:
            self.connection.execute(
                insert(schema.act), {**self._head, "clock": self._journal.clock}
            )
            self._store.set_meta(self.connection, "clock", str(self._journal.clock))

    def _log_update(
        self, table: str, pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]]
    ) -> None:
        texts: dict[str, str] = {}
        before = self._before(
            table, [{"id": row["id"], **{k: row[k] for k in new}} for row, new in pairs]
        )
        changes = [
            (row["id"], old, journal_form(table, row["id"], dict(new), texts))
            for (row, new), old in zip(pairs, before, strict=True)
        ]
        payloads.put_many(self.connection, texts.values())
        self._journal.write(table, changes)

    def _before(self, table: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return fields of rows as they stood; of a text with two versions, both were seen."""
        made = []
        for row in rows:
            fields = {str(k): v for k, v in row.items() if k != "id"}
            made.append(journal_form(table, row["id"], fields, {}))
        if any(name in PROSE[table] for fields in made for name in fields):
            ids = [row["id"] for row in rows]
            several = conflicts.heads(self.connection, table, rows=ids)
            for row, fields in zip(ids, made, strict=True):
                for name in PROSE[table]:
                    if name in fields and (found := several.get((row, name))):
                        fields[name] = {"$": shown_hash(fields[name]) or "", "$$": sorted(found)}
        return made

    def _give_keys_back(self, table: str) -> None:
        # a key that becomes free goes back to the row that had to give way
        if table in KEYED and (shadows := keys.shadows(self.connection, table)):
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
    id: str | None = None,
    founding: bool = False,
) -> Iterator[Act]:
    """Open an act; what is done in it is kept when the block ends, or not at all.

    Parameters
    ----------
    store : Store
    actor, verb, reason : str
        Who does what, as people read it, and why.
    kind : str
        ``do``, ``undo`` or ``redo``.
    target : str, optional
        The act that this one reverses.
    id : str, optional
        A UUID made by whoever asks for the act. Asked for once more, it is refused with the
        code ``done``, so that nothing happens twice when an answer was lost on its way.
    founding : bool
        See `Act`.

    Raises
    ------
    P3CError
        If the id is no UUID, or the act was kept already.
    """
    name = None if id is None else _uuid(id)
    head = {"actor": actor, "verb": verb, "reason": reason, "kind": kind, "target": target}
    act: Act | None = None
    try:
        with store.write() as connection:
            if name:
                _check_new(connection, name)
            act = Act(store, connection, head, id=name, founding=founding)
            yield act
            act.close()
    except BaseException:
        for each in act.when_lost if act else ():
            each()
        raise
    for each in act.when_kept:
        each()


def act_done(connection: Connection, id: str) -> bool:
    """Say whether the act of this id was kept; one that changed nothing leaves no line.

    Raises
    ------
    P3CError
        If the id is no UUID.
    """
    found = select(schema.act.c.id).where(schema.act.c.id == _uuid(id))
    return connection.scalar(found) is not None


def _check_new(connection: Connection, id: str) -> None:
    if act_done(connection, id):
        raise P3CError(Problem("this was done already", id, code="done"))


def _uuid(name: str) -> str:
    with contextlib.suppress(ValueError, AttributeError):
        if str(uuid.UUID(name)) == name.lower():
            return name.lower()
    do = "Give an id such as 018f3c5e-7b1d-7c3a-9f10-2a5b6c7d8e9f."
    raise P3CError(Problem(f"{name!r} is no id of an act", do=do))
