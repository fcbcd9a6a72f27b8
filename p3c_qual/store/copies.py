"""One road for copies: a study as lines of JSON, and the union of two studies.

The file holds, in an order that depends on nothing but its content, the payloads by hash, the
acts by id and the events by clock; two studies with the same events write the same bytes.
Backup, merge, upgrade, and the way from SQLite to PostgreSQL all use it.
"""

from __future__ import annotations

import base64
import os
from typing import IO, TYPE_CHECKING, Any

import orjson
from sqlalchemy import func, select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import bulk, clock, erasure, payloads, replay, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["export_lines", "import_lines"]

#: lines taken in at once
_RUN = 1_000
_EVENT = ("id", "clock", "replica", "act", "tbl", "row")
_ACT = ("id", "clock", "at", "actor", "verb", "reason", "kind", "target")


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _lines(connection: Connection) -> Iterator[bytes]:
    stream = connection.execution_options(yield_per=1_000)
    yield _line({"p3c_qual": "study", "format": schema.FORMAT})
    for row in stream.execute(select(schema.payload).order_by(schema.payload.c.hash)):
        line = {"payload": row.hash}
        if row.erased:
            line["erased"] = True
        elif row.text is not None:
            line["text"] = row.text
        else:
            line["data"] = base64.b64encode(row.data).decode()
        yield _line(line)
    for row in stream.execute(select(schema.act).order_by(schema.act.c.id)):
        yield _line({"act": {name: getattr(row, name) for name in _ACT}})
    for row in stream.execute(select(schema.event).order_by(*replay.ORDER)):
        yield _line(
            {
                "event": {name: getattr(row, name) for name in _EVENT},
                "before": orjson.loads(row.before or "null"),
                "after": orjson.loads(row.after),
            }
        )


def _whole(connection: Connection) -> Iterator[bytes]:
    count = 0
    for count, line in enumerate(_lines(connection), 1):  # noqa: B007
        yield line
    # a file that lost its end says so
    yield _line({"lines": count})


def export_lines(store: Store, path: Path) -> int:
    """Write the whole study to a file; returns the number of lines.

    The file appears when it is complete, and not before.
    """
    part = path.with_name(path.name + ".part")
    count = 0
    try:
        with store.read() as connection, part.open("wb") as file:
            for line in _whole(connection):
                file.write(line)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise P3CError(
            Problem(
                f"the file cannot be written ({error.strerror})",
                str(path),
                do="Choose another place or make room.",
            )
        ) from error
    return count


def import_lines(store: Store, path: Path) -> dict[str, int]:
    """Join another copy of the study to this one: the union of both sets of events.

    Returns
    -------
    dict
        How many ``events``, ``acts`` and ``payloads`` were new.

    Raises
    ------
    P3CError
        If a line is damaged; nothing is joined then.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise P3CError(Problem(f"the file cannot be read ({error.strerror})", str(path))) from error
    with file, store.write() as connection:
        union = _Union(store, connection, path)
        new = union.take(file)
    if union.erased:
        erasure.scrub(store)
    return new


class _Union:
    def __init__(self, store: Store, connection: Connection, path: Path) -> None:
        self._store = store
        self._connection = connection
        self._path = path
        self._seq = connection.scalar(select(func.max(schema.event.c.seq))) or 0
        self._clock = int(store.meta(connection, "clock") or 0)
        self._touched: dict[str, set[str]] = {}
        self._named: set[str] = set()
        self._new = {"events": 0, "acts": 0, "payloads": 0}

    @property
    def erased(self) -> bool:
        """Whether the other copy had something erased."""
        return bool(self._touched.get("payload"))

    def take(self, file: IO[bytes]) -> dict[str, int]:
        self._header(file.readline())
        run: list[tuple[int, dict[str, Any]]] = []
        number, whole = 1, False
        for number, line in enumerate(file, 2):
            try:
                run.append((number, orjson.loads(line)))
            except orjson.JSONDecodeError as error:
                raise self._fault(number, "is no JSON; the file is cut off or damaged") from error
            whole = run[-1][1] == {"lines": number - 1}
            if len(run) == _RUN:
                self._some(run)
                run = []
        self._some(run)
        if not whole:
            raise self._fault(number, "is not the last one; the file is cut off")
        self._acts_known()
        replay.materialise(self._connection, self._touched)
        self._store.set_meta(self._connection, "clock", str(self._clock))
        return self._new

    def _fault(self, number: int, what: str) -> P3CError:
        return P3CError(
            Problem(
                f"the line {what}",
                f"{self._path}:{number}",
                do="Nothing was joined. Export the other copy once more.",
            )
        )

    def _header(self, line: bytes) -> None:
        try:
            head = orjson.loads(line)
            known = head["p3c_qual"] == "study"
        except (orjson.JSONDecodeError, KeyError, TypeError):
            known = False
        if not known:
            raise P3CError(
                Problem(
                    "this is no export of a study",
                    str(self._path),
                    do="Write one with: p3c export study.jsonl",
                )
            )
        if head.get("format", 0) > schema.FORMAT:
            raise P3CError(
                Problem(
                    "a newer version wrote this export",
                    str(self._path),
                    do="Update p3c_qual; nothing was joined.",
                )
            )

    def _some(self, run: list[tuple[int, dict[str, Any]]]) -> None:
        try:
            self._payloads([(n, line) for n, line in run if "payload" in line])
            self._acts([line["act"] for _, line in run if "act" in line])
            self._events([(n, line) for n, line in run if "event" in line])
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise self._fault(
                run[0][0], f"or one of the {len(run)} from it lacks {error}"
            ) from error

    def _payloads(self, lines: list[tuple[int, dict[str, Any]]]) -> None:
        table = schema.payload
        names = [line["payload"] for _, line in lines]
        there = set(self._connection.scalars(select(table.c.hash).where(table.c.hash.in_(names))))
        rows = []
        for number, line in lines:
            if line["payload"] in there:
                continue
            there.add(line["payload"])
            erased = bool(line.get("erased"))
            text = None if erased else line.get("text")
            data = base64.b64decode(line["data"]) if "data" in line and not erased else None
            value = text if text is not None else data
            if not erased and (value is None or payloads.hash_of(value) != line["payload"]):
                raise self._fault(number, "holds a text that is not what its hash says")
            rows.append((line["payload"], text, data, erased))
        bulk.insert_rows(self._connection, table, rows)
        self._new["payloads"] += len(rows)

    def _acts(self, acts: list[dict[str, Any]]) -> None:
        table = schema.act
        names = [each["id"] for each in acts]
        there = set(self._connection.scalars(select(table.c.id).where(table.c.id.in_(names))))
        new = {each["id"]: each for each in acts if each["id"] not in there}
        columns = [column.name for column in table.columns]
        rows = [tuple(each[name] for name in columns) for each in new.values()]
        bulk.insert_rows(self._connection, table, rows)
        self._new["acts"] += len(rows)

    def _events(self, lines: list[tuple[int, dict[str, Any]]]) -> None:
        table = schema.event
        names = [line["event"]["id"] for _, line in lines]
        known = select(table.c.id, table.c.after).where(table.c.id.in_(names))
        there = {name: orjson.loads(old) for name, old in self._connection.execute(known)}
        rows = []
        for number, line in lines:
            each, before, after = line["event"], line["before"], line["after"]
            if each["id"] in there:
                if there[each["id"]] != after:
                    raise self._fault(number, "says of an event something else than this study")
                continue
            there[each["id"]] = line["after"]
            if not (
                isinstance(after, dict)
                and isinstance(before, dict | None)
                and isinstance(each["clock"], int)
                and 0 <= each["clock"] <= clock.LAST
            ):
                raise self._fault(number, "holds no event; the file is damaged")
            self._seq += 1
            self._clock = max(self._clock, each["clock"])
            rows.append(
                (
                    self._seq,
                    *(each[name] for name in _EVENT),
                    None if before is None else orjson.dumps(before).decode(),
                    orjson.dumps(after).decode(),
                )
            )
            self._touched.setdefault(each["tbl"], set()).add(each["row"])
            self._named.add(each["act"])
        bulk.insert_rows(self._connection, table, rows)
        self._new["events"] += len(rows)

    def _acts_known(self) -> None:
        act = schema.act
        for run in payloads.chunks(sorted(self._named), 500):
            there = self._connection.scalars(select(act.c.id).where(act.c.id.in_(run)))
            for lost in sorted(set(run) - set(there)):
                raise P3CError(
                    Problem(
                        f"the act {lost} is missing",
                        str(self._path),
                        do="Nothing was joined. Export the other copy once more.",
                    )
                )
