"""The realist layer of a study, read at once: a handful of queries, however much there is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.model import (
    Arrow,
    Block,
    Configuration,
    Element,
    Evidence,
    Inference,
    Instance,
    Link,
    Mechanism,
    Regularity,
    Search,
    Theory,
)
from p3c_qual.store import payloads
from p3c_qual.store.conflicts_realist import lost_links, read_mergers
from p3c_qual.store.cycles import rootless
from p3c_qual.store.schema import ROWS, event
from p3c_qual.store.schema import act as acts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

    from p3c_qual.store.conflicts_realist import Mergers

__all__ = ["Realist", "find_configuration", "find_row", "read_links", "read_realist"]


@dataclass(frozen=True)
class Realist:
    """Everything of the realist layer, by row id and in a fixed order.

    Attributes
    ----------
    theories, mechanisms, configurations, regularities, arrows, blocks : dict
        By row id, in the order of their keys (blocks: of their positions).
    links, inferences, searches : tuple
        Oldest first.
    loose : tuple of Evidence
        What speaks for or against a theory as a whole.
    """

    theories: Mapping[str, Theory] = field(default_factory=dict)
    mechanisms: Mapping[str, Mechanism] = field(default_factory=dict)
    configurations: Mapping[str, Configuration] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    regularities: Mapping[str, Regularity] = field(default_factory=dict)
    inferences: tuple[Inference, ...] = ()
    searches: tuple[Search, ...] = ()
    blocks: Mapping[str, Block] = field(default_factory=dict)
    arrows: Mapping[str, Arrow] = field(default_factory=dict)
    loose: tuple[Evidence, ...] = ()

    @property
    def standing(self) -> list[Configuration]:
        """The configurations that stand: neither split, merged nor set aside."""
        return [each for each in self.configurations.values() if not each.state]

    def chain(self, theory: str) -> list[Theory]:
        """Return the versions of a theory (row id), from the initial one to the last it led to.

        Of two that take the place of one, the older is taken; see `store.conflicts`.
        """
        found = [self.theories[theory]]
        while (before := found[0].supersedes) in self.theories:
            found.insert(0, self.theories[str(before)])
        after: dict[str, Theory] = {}
        for each in sorted(self.theories.values(), key=lambda each: each.id):
            after.setdefault(each.supersedes or "", each)
        while (later := after.get(found[-1].id)) is not None:
            found.append(later)
        return found

    def tests(self, theory: str) -> list[Configuration]:
        """Return the standing configurations that test this version of a theory (row id)."""
        return [each for each in self.standing if each.theory == theory]


def read_realist(
    connection: Connection, *, configurations: Collection[str] | None = None
) -> Realist:
    """Read the realist layer.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    configurations : collection of str, optional
        Row ids; these configurations and their evidence alone are read, and nothing else.
    """
    made = _configurations(connection, configurations)
    if configurations is not None:
        return Realist(configurations=made)
    loose = _evidence(connection, ROWS["evidence"].c.configuration.is_(None))
    return Realist(
        theories=_theories(connection),
        mechanisms={
            row.id: Mechanism(row.id, row.key, row.label or "", row.definition or "")
            for row in _rows(connection, "mechanism", "key")
        },
        configurations=made,
        links=read_links(connection),
        regularities=_regularities(connection),
        inferences=tuple(
            Inference(
                row.id,
                row.kind or "",
                row.theory,
                row.configuration,
                row.observed or "",
                row.candidates or "",
                row.substantive or "",
                row.rival or "",
                row.decision or "",
                row.coder,
            )
            for row in _rows(connection, "inference", "id")
        ),
        searches=_searches(connection),
        blocks={
            row.id: Block(row.id, row.key, row.label or "")
            for row in _rows(connection, "block", "position", "key")
        },
        arrows=_arrows(connection),
        loose=tuple(loose),
    )


def find_row(connection: Connection, table: str, name: str, what: str = "", where: str = "") -> Any:
    """Return a row by its row id or its key.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    table : str
        ``theory``, ``mechanism``, ``configuration``, ``regularity`` or ``block``.
    name : str
    what : str
        How people call it; default the table's name.
    where : str

    Raises
    ------
    P3CError
        If there is none; the nearest key is named.
    """
    rows = ROWS[table]
    found = connection.execute(select(rows).where((rows.c.id == name) | (rows.c.key == name)))
    row = found.mappings().first()
    if row is None:
        valid = tuple(sorted(connection.scalars(select(rows.c.key))))
        said = f"there is no {what or table} {name[:60]!r}"
        raise P3CError(Problem(said, where, valid, nearest(name, valid), code="gone"))
    return row


def find_configuration(connection: Connection, name: str, where: str = "") -> Configuration:
    """Return a configuration by its row id or its key.

    Raises
    ------
    P3CError
        If there is none.
    """
    row = find_row(connection, "configuration", name, where=where)
    return _configurations(connection, [row["id"]])[row["id"]]


def _rows(connection: Connection, table: str, *order: str) -> list[Any]:
    rows = ROWS[table]
    return list(connection.execute(select(rows).order_by(*(rows.c[name] for name in order))))


def _theories(connection: Connection) -> dict[str, Theory]:
    rows = _rows(connection, "theory", "key")
    before = {row.id: row.supersedes for row in rows}
    # of theories that copies put in each other's place the oldest is the initial one
    before |= dict.fromkeys(rootless(before))
    return {
        row.id: Theory(
            row.id,
            row.key,
            row.label or "",
            row.if_ or "",
            row.then_ or "",
            row.because or "",
            row.level or "programme",
            row.status or "initial",
            row.origin or "",
            row.programme,
            before[row.id],
            row.change or "",
            row.coder,
            _version(before, row.id),
        )
        for row in rows
    }


def _version(before: Mapping[str, str | None], theory: str) -> int:
    """Count what a theory supersedes."""
    count = 0
    while (at := before[theory]) is not None and at in before:
        theory, count = at, count + 1
    return count


def _configurations(
    connection: Connection, only: Collection[str] | None
) -> dict[str, Configuration]:
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
            elements[owner].append(replace(each, configuration=owner))
    of = {each.id: owner for owner, several in elements.items() for each in several}
    items = _on(connection, wanted, of)
    if only is not None:
        of |= _elsewhere(connection, {each.element or "" for each in items} - of.keys())
    for item in items:
        owner = of.get(item.element or "") or str(merged.owner(item.configuration))
        element = item.element if item.element in of else None
        evidence[owner].append(replace(item, configuration=owner, element=element))
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
        return _evidence(connection, said.configuration.is_not(None))
    found = {}
    for column, names in ((said.configuration, configurations), (said.element, elements)):
        for run in payloads.chunks(sorted(names), 500):
            found |= {each.id: each for each in _evidence(connection, column.in_(run))}
    keys = dict(connection.execute(select(ROWS["source"].c.id, ROWS["source"].c.key)).all())
    return sorted(
        found.values(),
        key=lambda each: (keys.get(each.source, ""), each.start, each.end, each.id),
    )


def _elsewhere(connection: Connection, elements: Collection[str]) -> dict[str, str]:
    """Return the configurations of elements that evidence is on and that were not asked for."""
    table, found = ROWS["element"], {}
    for run in payloads.chunks(sorted(elements), 500):
        rows = select(table.c.id, table.c.configuration).where(table.c.id.in_(run))
        found.update(connection.execute(rows).tuples().all())
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


def _evidence(connection: Connection, which: Any) -> list[Evidence]:
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


def read_links(connection: Connection) -> tuple[Link, ...]:
    """Read the links between configurations, with which of them count; oldest first."""
    lost, merged = lost_links(connection), read_mergers(connection)
    return tuple(
        Link(
            row.id,
            row.relation or "",
            str(merged.owner(row.configuration)),
            str(merged.owner(row.other)),
            row.outcome,
            row.context,
            row.reason or "",
            row.id not in lost,
        )
        for row in _rows(connection, "link", "id")
    )


def _regularities(connection: Connection) -> dict[str, Regularity]:
    found = {
        row.id: Regularity(row.id, row.key, row.label or "", row.statement or "", row.mechanism, ())
        for row in _rows(connection, "regularity", "key")
    }
    merged = read_mergers(connection)
    for row in _rows(connection, "instance", "id"):
        if row.regularity in found:
            one = found[row.regularity]
            owner = str(merged.owner(row.configuration))
            made = Instance(
                row.id, row.regularity, owner, row.role or "supports", row.reason or ""
            )
            found[row.regularity] = replace(one, instances=(*one.instances, made))
    return found


def _searches(connection: Connection) -> tuple[Search, ...]:
    made = (
        select(event.c.row, acts.c.at)
        .join(acts, acts.c.id == event.c.act)
        .where(event.c.tbl == "negative_search", event.c.before.is_(None))
    )
    at = dict(connection.execute(made).all())
    merged = read_mergers(connection)
    return tuple(
        Search(
            row.id,
            str(merged.owner(row.configuration)),
            row.kind or "",
            tuple(row.found or ()),
            tuple(row.silent or ()),
            dict(row.figures or {}),
            row.decision or "",
            row.reason or "",
            row.coder,
            at.get(row.id, ""),
        )
        for row in _rows(connection, "negative_search", "id")
    )


def _arrows(connection: Connection) -> dict[str, Arrow]:
    carries: dict[str, list[str]] = defaultdict(list)
    merged = read_mergers(connection)
    for row in _rows(connection, "carries", "id"):
        owner = str(merged.owner(row.configuration))
        if owner not in carries[row.arrow]:
            carries[row.arrow].append(owner)
    return {
        row.id: Arrow(row.id, row.block, row.other, row.label or "", tuple(carries[row.id]))
        for row in _rows(connection, "arrow", "id")
    }
