"""What the analysis wrote of a withdrawn person's words, beside codings and memos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import or_, select

from p3c_qual.store import payloads
from p3c_qual.store.forms import unpack
from p3c_qual.store.schema import ROWS, event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

__all__ = ["anchored_in", "naming", "quoted_elsewhere", "rows_ever_on", "rows_on"]

#: by table, the column that says of whom a row is
_OF = {
    "paraphrase": "source",
    "explication": "source",
    "rating": "target",
    "cell": "target",
    "member": "target",
    "memo": "target",
}


def rows_on(
    connection: Connection, sources: Sequence[str], texts: Sequence[str], person: str
) -> dict[str, list[str]]:
    """Return by table the rows that paraphrase, rate, explain or summarise these words.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    sources, texts : sequence of str
        Row ids of the person's own sources, and of all versions of their texts.
    person : str
        Row id.
    """
    unit, check, rating = ROWS["paraphrase"], ROWS["back_check"], ROWS["rating"]
    cell, member, explication = ROWS["cell"], ROWS["member"], ROWS["explication"]
    about = [*sources, person]
    mine = select(unit.c.id).where(unit.c.source.in_(sources))
    wanted = {
        "back_check": check.c.paraphrase.in_(mine),
        "paraphrase": unit.c.source.in_(sources),
        "explication": explication.c.source.in_(sources),
        "rating": or_(rating.c.target.in_(about), rating.c.text.in_(texts)),
        "cell": cell.c.target.in_(about),
        "member": member.c.target.in_(about),
    }
    return {
        name: list(connection.scalars(select(ROWS[name].c.id).where(where)))
        for name, where in wanted.items()
    }


def rows_ever_on(connection: Connection, about: Collection[str]) -> dict[str, list[str]]:
    """Return by table the rows that ever were of these sources or persons, deleted ones too.

    Copies of a study may have gone on writing on what was withdrawn here.
    """
    found: dict[str, set[str]] = {}
    for table, column in _OF.items():
        wanted = select(event.c.row, event.c.after).where(
            event.c.tbl == table, event.c.before.is_(None)
        )
        for row, after in connection.execute(wanted):
            if orjson.loads(after).get(column) in about:
                found.setdefault(table, set()).add(row)
    return {table: sorted(rows) for table, rows in found.items()}


def quoted_elsewhere(
    connection: Connection, sources: Sequence[str], going: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return the explications of other passages that quote these sources, without those quotes.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    sources : sequence of str
        Row ids.
    going : collection of str
        Explications that are taken away as a whole.
    """
    explication, src = ROWS["explication"], ROWS["source"]
    keys = set(connection.scalars(select(src.c.key).where(src.c.id.in_(sources))))
    named = keys | set(sources)
    found = {}
    for row in connection.execute(select(explication.c.id, explication.c.material)):
        kept = [item for item in row.material or () if item.get("source") not in named]
        if row.id not in going and len(kept) < len(row.material or ()):
            found[row.id] = {"material": kept or None}
    return found


def anchored_in(connection: Connection, sources: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the codes with anchor examples from these sources (keys), without those anchors."""
    code = ROWS["code"]
    found = {}
    for row in connection.execute(select(code.c.id, code.c.anchors)):
        kept = [each for each in row.anchors or () if each.get("source") not in sources]
        if len(kept) < len(row.anchors or ()):
            found[row.id] = {"anchors": kept}
    return found


def naming(connection: Connection, hashes: Iterable[str], sources: Collection[str]) -> set[str]:
    """Return those payloads of structures in which a part names one of these sources.

    What a row held at other times of others alone is theirs, and may be what it holds now.
    """
    found = set()
    for run in payloads.chunks(sorted(set(hashes)), 500):
        for name, body in payloads.get_many(connection, run).items():
            parts = unpack(body) if isinstance(body, str) else None
            if any(each.get("source") in sources for each in parts or ()):
                found.add(name)
    return found
