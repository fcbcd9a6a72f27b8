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
    Evidence,
    Inference,
    Instance,
    Link,
    Mechanism,
    Regularity,
    Search,
    Theory,
)
from p3c_qual.realist.read_configurations import read_configurations, read_evidence
from p3c_qual.store.conflicts_realist import lost_links, read_mergers
from p3c_qual.store.cycles import rootless
from p3c_qual.store.schema import ROWS, event
from p3c_qual.store.schema import act as acts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection


__all__ = ["Realist", "find_configuration", "find_row", "read_links", "read_realist"]


@dataclass(frozen=True)
class Realist:
    """Everything of the realist layer, by row id and in a fixed order.

    Attributes
    ----------
    theories, mechanisms, configurations, regularities, arrows, blocks : dict
        By row id, in the order of their keys (blocks: of their positions).
    links, inferences, searches : tuple
        In a fixed order; inferences and searches the oldest first.
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
        Row ids; these configurations, their evidence and the memos on them alone are read.
    """
    made = read_configurations(connection, configurations)
    if configurations is not None:
        memos = (each for each in _inferences(connection) if each.configuration in made)
        return Realist(configurations=made, inferences=tuple(memos))
    loose = read_evidence(connection, ROWS["evidence"].c.configuration.is_(None))
    return Realist(
        theories=_theories(connection),
        mechanisms={
            row.id: Mechanism(row.id, row.key, row.label or "", row.definition or "")
            for row in _rows(connection, "mechanism", "key")
        },
        configurations=made,
        links=read_links(connection),
        regularities=_regularities(connection),
        inferences=_inferences(connection),
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
    return read_configurations(connection, [row["id"]])[row["id"]]


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


def read_links(connection: Connection) -> tuple[Link, ...]:
    """Read the links between configurations, with which of them count."""
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
            made = Instance(row.id, row.regularity, owner, row.role or "supports", row.reason or "")
            found[row.regularity] = replace(one, instances=(*one.instances, made))
    return found


def _inferences(connection: Connection) -> tuple[Inference, ...]:
    merged = read_mergers(connection)
    return tuple(
        Inference(
            row.id,
            row.kind or "",
            row.theory,
            merged.owner(row.configuration),
            row.observed or "",
            row.candidates or "",
            row.substantive or "",
            row.rival or "",
            row.decision or "",
            row.coder,
        )
        for row in _rows(connection, "inference", "id")
    )


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
