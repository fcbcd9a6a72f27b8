"""Configurations with their elements and their evidence, as they are read from a study."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.realist.model import Configuration, Element, Evidence
from p3c_qual.store import payloads
from p3c_qual.store.conflicts_realist import read_mergers
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from p3c_qual.store.conflicts_realist import Mergers

__all__ = ["read_configurations", "read_evidence"]


def read_configurations(
    connection: Connection, only: Collection[str] | None
) -> dict[str, Configuration]:
    """Read configurations by row id, in the order of their keys; all, where none are named."""
    table, merged = ROWS["configuration"], read_mergers(connection)
    elements: dict[str, list[Element]] = defaultdict(list)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    rows: list[Any] = []
    # what copies wrote on merged configurations is read with the one it counts for
    wanted = None if only is None else {*only, *_merged_into(merged, only)}
    for run in [None] if wanted is None else payloads.chunks(sorted(wanted), 500):
        stated = select(table).order_by(table.c.key)
        rows += connection.execute(stated if run is None else stated.where(table.c.id.in_(run)))
        for each in _elements(connection, run):
            owner = str(merged.owner(each.configuration))
            # a copy of thousands that are right as they are takes as long as reading them
            moved = owner != each.configuration
            elements[owner].append(replace(each, configuration=owner) if moved else each)
    of = {each.id: owner for owner, several in elements.items() for each in several}
    items = _on(connection, wanted, of)
    if only is not None:
        of |= _elsewhere(connection, {each.element or "" for each in items} - of.keys())
    for item in items:
        owner = of.get(item.element or "") or str(merged.owner(item.configuration))
        element = item.element if item.element in of else None
        moved = (owner, element) != (item.configuration, item.element)
        evidence[owner].append(
            replace(item, configuration=owner, element=element) if moved else item
        )
    return {
        row.id: Configuration(
            row.id,
            row.key,
            row.label or "",
            row.programme,
            row.theory,
            row.mechanism,
            row.activation or "",
            "" if row.id in merged.tops else row.state or "",
            row.split_from,
            None if row.id in merged.tops else row.merged_into,
            row.relevance or "",
            row.rigour or "",
            row.richness or "",
            row.coder,
            tuple(elements[row.id]),
            tuple(evidence[row.id]),
        )
        for row in rows
        if only is None or row.id in only
    }


def _merged_into(merged: Mergers, configurations: Collection[str]) -> set[str]:
    return {name for name, owner in merged.owners.items() if owner in configurations}


def _on(
    connection: Connection, configurations: Collection[str] | None, elements: Collection[str]
) -> list[Evidence]:
    """Return the evidence on these configurations or elements; on any, where none are named."""
    said = ROWS["evidence"].c
    if configurations is None:
        return read_evidence(connection, said.configuration.is_not(None))
    found: dict[str, Evidence] = {}
    for column, names in ((said.configuration, configurations), (said.element, elements)):
        for run in payloads.chunks(sorted(names), 500):
            found |= {each.id: each for each in read_evidence(connection, column.in_(run))}
    keys = dict(connection.execute(select(ROWS["source"].c.id, ROWS["source"].c.key)).all())
    return sorted(
        found.values(),
        key=lambda each: (keys.get(each.source, ""), each.start, each.end, each.id),
    )


def _elsewhere(connection: Connection, elements: Collection[str]) -> dict[str, str]:
    """Return the configurations of elements that evidence is on and that were not asked for."""
    table = ROWS["element"]
    found: dict[str, str] = {}
    for run in payloads.chunks(sorted(elements), 500):
        rows = select(table.c.id, table.c.configuration).where(table.c.id.in_(run))
        found |= dict(connection.execute(rows).all())
    return found


def _elements(connection: Connection, only: Collection[str] | None) -> list[Element]:
    table = ROWS["element"]
    wanted = select(table).order_by(table.c.configuration, table.c.position, table.c.id)
    if only is not None:
        wanted = wanted.where(table.c.configuration.in_(only))
    return [
        Element(
            row.id,
            row.configuration,
            row.role or "",
            row.text or "",
            row.layer or "",
            row.level or "",
            row.code,
            row.direction or "",
            row.timing or "",
            row.intended or "",
            row.domain or "",
        )
        for row in connection.execute(wanted)
    ]


def read_evidence(connection: Connection, which: Any) -> list[Evidence]:
    """Read the evidence that a condition on its table holds for, by sources and places."""
    table, src = ROWS["evidence"], ROWS["source"]
    wanted = (
        select(table)
        .join(src, src.c.id == table.c.source, isouter=True)
        .where(which)
        .order_by(src.c.key, table.c.start, table.c.end, table.c.id)
    )
    return [
        Evidence(
            row.id,
            row.configuration,
            row.element,
            row.theory,
            row.source,
            row.text,
            row.start,
            row.end,
            row.quote or "",
            row.role or "supports",
            row.elicited or "",
            row.directness or "",
            bool(row.absent),
            row.remark or "",
            row.resolution or "",
            row.coder,
        )
        for row in connection.execute(wanted)
    ]
