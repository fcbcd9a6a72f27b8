"""The store as it stood at a moment: the acts until then, replayed into a store of its own.

What was erased since stays erased, and a person who has said no since is not asked again: acts
that erased something, and changes by which consent was taken back, count whenever they were done.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import func, or_, select

from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import bulk, payloads, replay, words
from p3c_qual.store.engine import open_store
from p3c_qual.store.forms import names_of
from p3c_qual.store.schema import KEYED, ROWS, act, event, payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.engine import Store

__all__ = ["Moment", "open_past", "read_moment"]

#: what a text row says of the payloads it is made of, besides what it names as every row does
_MADE_OF = ("hash", "parts", "original")
#: answers about consent that hold for what was done before too
_TAKEN_BACK = {"no", "withdrawn"}
#: how far a moment reaches that names nothing smaller
_REACH = {
    "day": timedelta(days=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
    "": timedelta(milliseconds=1),
}
_SHAPE = re.compile(
    r"\d{4}-\d\d-\d\d(?P<minute>[T ]\d\d:\d\d(?P<second>:\d\d(?P<part>\.\d+)?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)


@dataclass(frozen=True)
class Moment:
    """A day or a time, as somebody named it.

    Attributes
    ----------
    begins : datetime
        UTC.
    until : str
        Its last millisecond, as the journal writes times.
    label : str
        As it is printed: a day, or a time with ``UTC`` behind it.
    """

    begins: datetime
    until: str
    label: str


def read_moment(text: str) -> Moment:
    """Read a day, or a time in the forms of ISO 8601; both in UTC unless a zone is named.

    A day reaches to its end, a minute and a second too: whoever names what the log shows means
    what was done in it.

    Raises
    ------
    P3CError
        If it is neither.

    Examples
    --------
    >>> read_moment("2026-11-01").until
    '2026-11-01T23:59:59.999Z'
    >>> read_moment("2026-11-01 14:30+01:00").label
    '2026-11-01 13:30 UTC'
    """
    shape = _SHAPE.fullmatch(text.strip())
    try:
        if shape is None:
            raise ValueError(text)  # noqa: TRY301
        named = datetime.fromisoformat(text.strip())
        begins = (named if named.tzinfo else named.replace(tzinfo=UTC)).astimezone(UTC)
        if shape["minute"] is None:
            reach, label = "day", f"{begins:%Y-%m-%d}"
        elif shape["second"] is None:
            reach, label = "minute", f"{begins:%Y-%m-%d %H:%M} UTC"
        else:
            reach, label = "" if shape["part"] else "second", f"{begins:%Y-%m-%d %H:%M:%S} UTC"
        last = begins + (_REACH[reach] - _REACH[""])
    except (ValueError, OverflowError):
        do = "Write a day such as 2026-11-01, or a time in UTC such as 2026-11-01T14:30."
        raise P3CError(Problem(f"{text!r} is neither a day nor a time", "as_of", do=do)) from None
    return Moment(begins, _written(last), label)


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def open_past(store: Store, as_of: str) -> Store:
    """Open a store as it stood at a moment, to be read only.

    Parameters
    ----------
    store : Store
        Of either database; it is read once, and may be closed then.
    as_of : str
        As `read_moment` takes it. What copies joined since had done by then is counted.

    Returns
    -------
    Store
        In a file of its own, which goes when the store is closed.

    Raises
    ------
    P3CError
        If the moment is none, lies ahead, or lies before the study.
    """
    moment = read_moment(as_of)
    folder = tempfile.TemporaryDirectory(prefix="p3c-past-", ignore_cleanup_errors=True)
    try:
        with store.read() as connection:
            _check(connection, moment)
            past = open_store(Path(folder.name) / "study.sqlite", create=True)
            with bulk.uncollected(), past.write() as target:
                kept = _copy(connection, target, moment)
                _rows(target)
                past.set_meta(target, "clock", str(kept))
    except BaseException:
        folder.cleanup()
        raise
    return replace(past, place=store.place, writable=False, as_of=moment.label, folder=folder)


def _check(connection: Connection, moment: Moment) -> None:
    """Refuse a moment of which the study can say nothing."""
    first, last = connection.execute(select(func.min(act.c.at), func.max(act.c.at))).one()
    if moment.until < first:
        what = f"on {moment.label} the study had not begun"
    elif moment.begins > datetime.now(UTC):
        what = f"{moment.label} lies ahead"
    else:
        return
    do = f"The study began on {_shown(first)}; its last change is of {_shown(last)}."
    raise P3CError(Problem(what, "as_of", do=do))


def _shown(at: str) -> str:
    return f"{at[:10]} {at[11:19]} UTC"


def _copy(source: Connection, target: Connection, moment: Moment) -> int:
    """Copy the journal until the moment with the payloads it names; return its last clock."""
    early = set(source.scalars(select(act.c.id).where(act.c.at <= moment.until)))
    early |= set(source.scalars(select(event.c.act).where(event.c.tbl == "payload").distinct()))
    refused = _refused(source)
    named: set[str] = set()
    acts: set[str] = set()
    clock = 0
    stream = source.execution_options(yield_per=payloads.CHUNK)
    for run in stream.execute(select(event).order_by(event.c.seq)).partitions():
        rows = [row for row in run if row.act in early or _takes_back(row, refused)]
        bulk.insert_rows(target, event, [tuple(row) for row in rows])
        acts |= {row.act for row in rows}
        named |= _named(rows)
        clock = max([clock, *(row.clock for row in rows)])
    for names, table, column in ((acts, act, act.c.id), (named, payload, payload.c.hash)):
        for some in payloads.chunks(sorted(names), 500):
            found = source.execute(select(table).where(column.in_(some)))
            bulk.insert_rows(target, table, [tuple(row) for row in found])
    return clock


def _refused(connection: Connection) -> set[str]:
    """Return the participations of which consent is refused by now."""
    part = ROWS["participation"]
    consents = [column for column in part.c if column.name.startswith("consent_")]
    wanted = select(part.c.id).where(or_(*(column.in_(_TAKEN_BACK) for column in consents)))
    return set(connection.scalars(wanted))


def _takes_back(row: Any, refused: set[str]) -> bool:
    """Say whether an event of later changes a consent that stands no more."""
    if row.tbl != "participation" or row.before is None or row.row not in refused:
        return False
    after = orjson.loads(row.after)
    consents = {value for name, value in after.items() if name.startswith("consent_")}
    return bool(consents & _TAKEN_BACK)


def _named(rows: Iterable[Any]) -> set[str]:
    """Return the hashes of the payloads that events name."""
    found: set[str] = set()
    for row in rows:
        if row.tbl == "payload":
            found.add(row.row)
        elif row.tbl == "text":
            after = orjson.loads(row.after)
            found |= {after[name] for name in _MADE_OF if after.get(name)}
        for fields in (row.before, row.after):
            if fields and '"$"' in fields:
                found |= names_of([orjson.loads(fields)])
    return found


def _rows(connection: Connection) -> None:
    """Make all rows from the journal, and the index of words."""
    for name, table in ROWS.items():
        for rows in _states(connection, name):
            states = replay.fold(connection, name, rows=rows)
            made = [tuple(row.values()) for row in replay.rows_from(connection, table, states)]
            bulk.insert_rows(connection, table, made)
    texts = ROWS["text"]
    words.index_missing(connection, connection.scalars(select(texts.c.id)).all())


def _states(connection: Connection, name: str) -> Iterable[Sequence[str] | None]:
    """Yield the rows of a table to be folded together: all, where keys depend on each other."""
    if name in KEYED:
        return [None]
    rows = select(event.c.row).where(event.c.tbl == name).distinct().order_by(event.c.row)
    return payloads.chunks(connection.scalars(rows).all())
