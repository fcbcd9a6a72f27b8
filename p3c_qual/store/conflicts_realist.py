"""What joining copies can break among theories and configurations; part of `conflicts`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.store import payloads
from p3c_qual.store.clock import named_id
from p3c_qual.store.cycles import rootless
from p3c_qual.store.forms import journal_form
from p3c_qual.store.replay import ORDER
from p3c_qual.store.schema import ROWS, event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

__all__ = ["Mergers", "find_in_realist", "lost_links", "read_mergers"]

Found = tuple[str, str, str, str, str]

#: what an element or a passage says, and its copy in a part says too
_SAID = {
    "element": ("role", "text", "layer", "level", "direction", "timing", "intended", "domain"),
    "evidence": ("role", "elicited", "directness", "absent", "remark", "resolution"),
}


@dataclass(frozen=True)
class Mergers:
    """Which configurations were merged, and where what they hold counts.

    Attributes
    ----------
    owners : dict of str to str
        By a merged configuration the one in which it counts (row ids).
    tops : set of str
        Configurations that copies merged into each other, one a cycle: they stand.
    standing : set of str
        Configurations that stand.
    """

    owners: dict[str, str] = field(default_factory=dict)
    tops: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)

    def owner(self, configuration: str | None) -> str | None:
        """Return where what is written on a configuration counts."""
        return self.owners.get(configuration or "", configuration)


@dataclass(frozen=True)
class _Links:
    """Links that do not count, and why."""

    second: list[Any] = field(default_factory=list)
    cycle: list[Any] = field(default_factory=list)
    void: list[Any] = field(default_factory=list)


def read_mergers(connection: Connection) -> Mergers:
    """Read which configurations stand, and where what the merged ones hold counts."""
    config = ROWS["configuration"]
    wanted = select(config.c.id, config.c.state, config.c.merged_into)
    rows = connection.execute(wanted).all()
    known = {row.id for row in rows}
    into: dict[str, str | None] = {
        row.id: row.merged_into
        for row in rows
        if row.state == "merged" and row.merged_into in known
    }
    tops = rootless(into)
    owners = {}
    for begin in into:
        at = begin
        while at in into and at not in tops:
            at = str(into[at])
        if at != begin:
            owners[begin] = at
    return Mergers(owners, tops, tops | {row.id for row in rows if not row.state})


def lost_links(connection: Connection) -> set[str]:
    """Return the links (row ids) that do not count.

    A second whole does not, nor a nesting of a cycle, nor a link between what does not stand.
    """
    found = _links(connection)
    return {row.id for row in (*found.second, *found.cycle, *found.void)}


def _links(connection: Connection) -> _Links:
    link, merged = ROWS["link"], read_mergers(connection)
    wanted = select(link.c.id, link.c.relation, link.c.configuration, link.c.other)
    found = _Links()
    several: dict[str, list[tuple[Any, str]]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(link.c.id)):
        part, other = str(merged.owner(row.configuration)), str(merged.owner(row.other))
        if part == other or not {part, other} <= merged.standing:
            found.void.append(row)
        elif row.relation == "part_of":
            several[part].append((row, other))
    doubtful = [row.id for rows in several.values() if len(rows) > 1 for row, _ in rows]
    age = _ages(connection, "link", doubtful)
    whole = {}
    for part, rows in several.items():
        rows.sort(key=lambda each: age.get(each[0].id, ()))
        whole[part], *later = rows
        for row, other in later:
            (found.void if other == whole[part][1] else found.second).append(row)
    tops = rootless({part: into for part, (_, into) in whole.items()})
    found.cycle.extend(whole[name][0] for name in sorted(tops))
    return found


def _ages(connection: Connection, table: str, rows: list[str]) -> dict[str, tuple[Any, ...]]:
    """Return when rows were made, to be put in order by; their ids need not tell."""
    age: dict[str, tuple[Any, ...]] = {}
    for run in payloads.chunks(sorted(rows), 500):
        made = select(event.c.row, event.c.clock, event.c.replica, event.c.id).where(
            event.c.tbl == table, event.c.row.in_(run), event.c.before.is_(None)
        )
        for row, *when in connection.execute(made.order_by(*ORDER)):
            age.setdefault(row, tuple(when))
    return age


def find_in_realist(connection: Connection) -> Iterator[Found]:
    """Yield what joining copies has broken: case, table, row, what, and the rule."""
    links = _links(connection)
    for row in links.second:
        what = "is part of another one as well"
        yield "two wholes", "link", row.id, what, "the nesting made first counts"
    for row in links.cycle:
        what = "makes a configuration part of itself"
        rule = "the oldest configuration of the cycle is part of none"
        yield "a cycle of nesting", "link", row.id, what, rule
    yield from _theories(connection)
    yield from _split(connection)
    yield from _ended(connection)
    yield from _left(connection)
    yield from _merged(connection)


def _theories(connection: Connection) -> Iterator[Found]:
    theory = ROWS["theory"]
    rows = select(theory.c.id, theory.c.supersedes).order_by(theory.c.id)
    before = dict(connection.execute(rows).all())
    tops = rootless(before)
    for row in tops:
        what = "led to the theory whose place it takes"
        yield "a cycle of theories", "theory", row, what, "it stands as the initial one"
    later: dict[str, list[str]] = defaultdict(list)
    for name, old in before.items():
        if old in before and name not in tops:
            later[old].append(name)
    for several in later.values():
        for row in several[1:]:
            what = "takes the place of a theory that another one took the place of"
            rule = "both do, until a person sets one aside"
            yield "refined twice", "theory", row, what, rule


def _split(connection: Connection) -> Iterator[Found]:
    """Name configurations that were split by several acts, or split and merged as well."""
    config = ROWS["configuration"]
    wanted = select(config.c.id, config.c.split_from)
    stands = wanted.where(config.c.split_from.is_not(None), config.c.state.is_(None))
    parts = dict(connection.execute(stands).all())
    acts: dict[str, set[str]] = defaultdict(set)
    for run in payloads.chunks(sorted(parts), 500):
        made = select(event.c.row, event.c.act).where(
            event.c.tbl == "configuration", event.c.row.in_(run), event.c.before.is_(None)
        )
        for row, act in connection.execute(made):
            acts[parts[row]].add(act)
    rule = "all its parts stand until a person merges them or sets some aside"
    for row, several in acts.items():
        if len(several) > 1:
            what = f"was split {len(several)} times"
            yield "split twice", "configuration", row, what, rule
    both = select(config.c.id).where(config.c.merged_into.is_not(None), config.c.id.in_(acts))
    for row in connection.scalars(both):
        what = "was split, and merged into another one"
        yield "split twice", "configuration", row, what, rule


def _ended(connection: Connection) -> Iterator[Found]:
    """Name configurations that copies ended in two ways, so that one hides the other."""
    wanted = select(event.c.row, event.c.before, event.c.after).where(
        event.c.tbl == "configuration", event.c.before.is_not(None)
    )
    now: dict[str, tuple[Any, Any]] = {}
    twice: dict[str, bool] = {}
    for row, old, new in connection.execute(wanted.order_by(*ORDER)):
        before, after = orjson.loads(old), orjson.loads(new)
        if "state" in after:
            is_, was = now.get(row, (None, None)), before.get("state")
            now[row] = (after["state"], after.get("merged_into"))
            # who wrote it did not see what the other one had made of it
            unseen = was != is_[0] and now[row] != is_
            twice[row] = unseen and {is_[0], now[row][0]} not in ({"split", "merged"}, {"split"})
    there = set(connection.scalars(select(ROWS["configuration"].c.id)))
    for row in sorted(there & {row for row, both in twice.items() if both}):
        what = "was set aside, split or merged in two ways"
        rule = "the later one counts, until a person takes it up"
        yield "ended twice", "configuration", row, what, rule


def _left(connection: Connection) -> Iterator[Found]:
    """Name what a configuration that was split holds and none of its parts got."""
    config, merged = ROWS["configuration"], read_mergers(connection)
    wanted = select(config.c.id, config.c.split_from, config.c.state)
    rows = connection.execute(wanted).all()
    parts: dict[str, list[str]] = {row.id: [] for row in rows if row.state == "split"}
    for row in rows:
        if row.split_from in parts:
            parts[row.split_from].append(row.id)
    for name in ("element", "evidence"):
        table = ROWS[name]
        held = [
            (row.id, [named_id(name, part, row.id) for part in parts[owner]])
            for row in connection.execute(select(table.c.id, table.c.configuration))
            if (owner := merged.owner(row.configuration) or "") in parts and parts[owner]
        ]
        got: set[str] = set()
        for run in payloads.chunks(sorted({each for _, ids in held for each in ids}), 500):
            made = select(event.c.row).where(event.c.tbl == name, event.c.row.in_(run))
            got.update(connection.scalars(made))
        rule = "it is kept there until a person takes that one up, or takes it away"
        reworded = _reworded(connection, name, {row: got.intersection(ids) for row, ids in held})
        for row, ids in held:
            if got.intersection(ids) and row in reworded:
                what = "was changed in a configuration that was split"
                yield "a split configuration", name, row, what, _REWORDED
            elif not got.intersection(ids):
                what = "was written in a configuration that was split"
                yield "a split configuration", name, row, what, rule


def _aside(connection: Connection) -> list[str]:
    """Return what is set aside with something that another copy has merged into it.

    No event tells whether the copy that set it aside knew of the merge; whoever has taken it up
    since did.
    """
    config = ROWS["configuration"]
    aside = select(config.c.id).where(config.c.state == "set_aside")
    came = select(config.c.id, config.c.merged_into).where(
        config.c.state == "merged", config.c.merged_into.in_(aside)
    )
    into = dict(connection.execute(came).all())
    last: dict[str, tuple[str, Any]] = {}
    taken_up: dict[str, tuple[Any, ...]] = {}
    for run in payloads.chunks(sorted({*into, *into.values()}), 500):
        changed = select(event).where(event.c.tbl == "configuration", event.c.row.in_(run))
        for each in connection.execute(changed.order_by(*ORDER)):
            after = orjson.loads(each.after)
            if "state" not in after:
                continue
            last[each.row] = (each.replica, when := (each.clock, each.replica, each.id))
            if each.before is not None and after["state"] is None:
                taken_up[each.row] = when
    return sorted(
        {
            one
            for other, one in into.items()
            if last[one][0] != last[other][0] and taken_up.get(one, ()) < last[other][1]
        }
    )


_REWORDED = "its copies in the parts stay as they were until a person changes one of them alike"


def _reworded(connection: Connection, name: str, copies: dict[str, set[str]]) -> set[str]:
    """Return the rows that say something else than their copies say, or said when made."""
    table, columns = ROWS[name], _SAID[name]

    def said(row: Any) -> dict[str, Any]:
        values = {each: getattr(row, each) for each in columns}
        return journal_form(name, row.id, {k: v for k, v in values.items() if v is not None}, {})

    ids = {*copies, *(each for some in copies.values() for each in some)}
    now: dict[str, dict[str, Any]] = {}
    first: dict[str, dict[str, Any]] = {}
    for run in payloads.chunks(sorted(ids), 500):
        rows = select(table).where(table.c.id.in_(run))
        now |= {row.id: said(row) for row in connection.execute(rows)}
        made = select(event.c.row, event.c.after).where(
            event.c.tbl == name, event.c.row.in_(run), event.c.before.is_(None)
        )
        for row, after in connection.execute(made):
            first[row] = {k: v for k, v in orjson.loads(after).items() if k in columns}
    return {
        row
        for row, some in copies.items()
        if some and all(now[row] not in (now.get(each), first.get(each)) for each in some)
    }


def _merged(connection: Connection) -> Iterator[Found]:
    """Name what was written on merged configurations, and mergers into each other."""
    merged, element, evidence = read_mergers(connection), ROWS["element"], ROWS["evidence"]
    for row in merged.tops:
        what = "was merged into one that was merged into it"
        yield "a cycle of mergers", "configuration", row, what, "the oldest of them stands"
    for row in _aside(connection):
        what = "was set aside in one copy, while others were merged into it in another one"
        rule = "it stays so, with what came to it; taken up, it stands, and may be set aside anew"
        yield "set aside and merged", "configuration", row, what, rule
    rule = "it counts for the one it was merged into"
    what = "was written in a configuration that was merged"
    rows = connection.execute(select(element.c.id, element.c.configuration)).all()
    of = {row.id: row.configuration for row in rows}
    for name, place in of.items():
        if place in merged.owners:
            yield "a merged configuration", "element", name, what, rule
    said = select(evidence.c.id, evidence.c.configuration, evidence.c.element)
    for each in connection.execute(said.where(evidence.c.configuration.is_not(None))):
        if each.element in of and of[each.element] != each.configuration:
            moved = "its element belongs to another configuration since"
            yield (
                "evidence that moved",
                "evidence",
                each.id,
                moved,
                "it counts where the element is",
            )
        elif each.element not in of and each.configuration in merged.owners:
            yield "a merged configuration", "evidence", each.id, what, rule
