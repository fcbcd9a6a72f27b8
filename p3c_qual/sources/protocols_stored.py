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

    from p3c_qual.store.act import Act

__all__ = ["asked_by_source", "load_protocols"]


def load_protocols(act: Act, path: Path) -> list[str]:
    """Take protocols in, or bring the stored ones to what the file says; returns their keys.

    Raises
    ------
    P3CError
        With every fault of the file.
    """
    protocol = ROWS["protocol"]
    known = dict(act.connection.execute(select(protocol.c.key, protocol.c.id)).all())
    keys = []
    for each in read_protocols(path):
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


def asked_by_source(connection: Connection) -> dict[str, frozenset[str] | None]:
    """Return by source (row id) the keys of the codes its protocol covers; None without one.

    What an interview added to its protocol or left out of it counts.
    """
    src, protocol = ROWS["source"], ROWS["protocol"]
    protocols = {
        row["id"]: Protocol(
            row["key"],
            row["label"] or "",
            tuple(row["stakeholder_types"] or ()),
            tuple(row["outline"] or ()),
            tuple(Focus(**{**each, "codes": tuple(each["codes"])}) for each in row["focus"] or ()),
        )
        for row in connection.execute(select(protocol)).mappings()
    }
    wanted = select(src.c.id, src.c.protocol, src.c.asked_added, src.c.asked_dropped)
    return {
        row.id: asked_codes(
            protocols[row.protocol],
            added=tuple(row.asked_added or ()),
            dropped=tuple(row.asked_dropped or ()),
        )
        if row.protocol in protocols
        else None
        for row in connection.execute(wanted)
    }
