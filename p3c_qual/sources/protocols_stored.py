"""Interview protocols in the store, and what each interview asked for."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.sources.protocols import Focus, Protocol, asked_codes, read_protocols
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.store.act import Act

__all__ = ["asked_by_source", "load_protocols", "stored_protocols"]


def load_protocols(act: Act, path: Path) -> list[str]:
    """Take protocols in, or bring the stored ones to what the file says; returns their keys.

    Raises
    ------
    P3CError
        With every fault of the file, codes that no codebook of the study has among them.
    """
    protocol, book, code = ROWS["protocol"], ROWS["codebook"], ROWS["code"]
    codes: set[str] = set()
    wanted = select(book.c.key, code.c.key).join(book, book.c.id == code.c.codebook)
    for owner, key in act.connection.execute(wanted):
        codes |= {key, f"{owner}:{key}"}
    known = dict(act.connection.execute(select(protocol.c.key, protocol.c.id)).all())
    keys = []
    for each in read_protocols(path, codes=codes):
        row = {
            "key": each.key,
            "label": each.label,
            "stakeholder_types": list(each.stakeholder_types),
            "outline": list(each.outline),
            "focus": [{**asdict(focus), "codes": list(focus.codes)} for focus in each.focus],
        }
        if each.key in known:
            act.update("protocol", {known[each.key]: row})
        else:
            act.insert("protocol", [{"id": act.named_id("protocol", each.key), **row}])
        keys.append(each.key)
    return keys


def stored_protocols(connection: Connection) -> dict[str, Protocol]:
    """Return the protocols of a study by row id."""
    protocol = ROWS["protocol"]
    return {
        row["id"]: Protocol(
            row["key"],
            row["label"] or "",
            tuple(row["stakeholder_types"] or ()),
            tuple(row["outline"] or ()),
            tuple(Focus(**{**each, "codes": tuple(each["codes"])}) for each in row["focus"] or ()),
        )
        for row in connection.execute(select(protocol)).mappings()
    }


def asked_by_source(connection: Connection, codebook: Codebook) -> dict[str, frozenset[str] | None]:
    """Return by source (row id) the keys of the codes it was asked about; None without a protocol.

    What an interview added to its protocol or left out of it counts. Asking about a code asks
    about everything below it, and about what it belongs to.
    """
    protocols = stored_protocols(connection)
    src = ROWS["source"]
    wanted = select(src.c.id, src.c.protocol, src.c.asked_added, src.c.asked_dropped)
    # most interviews of a type were held as planned, and are worked out once
    made: dict[tuple[str, tuple[str, ...], tuple[str, ...]], frozenset[str]] = {}
    found: dict[str, frozenset[str] | None] = {}
    for row in connection.execute(wanted):
        if row.protocol not in protocols:
            found[row.id] = None
            continue
        place = (row.protocol, tuple(row.asked_added or ()), tuple(row.asked_dropped or ()))
        if place not in made:
            made[place] = asked_codes(
                protocols[row.protocol], added=place[1], dropped=place[2], codebook=codebook
            )
        found[row.id] = made[place]
    return found
