"""What joining copies can break in what authors wrote of a report; part of `conflicts`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.store import payloads
from p3c_qual.store.cycles import rootless
from p3c_qual.store.forms import all_hashes, unpack
from p3c_qual.store.replay import ORDER
from p3c_qual.store.schema import ROWS, event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

__all__ = ["find_in_description"]

Found = tuple[str, str, str, str, str]

_PLACE = ("programme", "site", "country")
#: by table that a citation can be about
_CITED = ("answer", "fact", "contrast", "joint")


def find_in_description(connection: Connection) -> Iterator[Found]:
    """Yield the cases, as `p3c_qual.store.conflicts.find_conflicts` lists them."""
    yield from _sections(connection)
    yield from _twice(connection)
    yield from _facts(connection)
    yield from _quotes(connection)
    yield from _citations(connection)


def _sections(connection: Connection) -> Iterator[Found]:
    """Name sections that copies have put into each other, or into one that is left out."""
    rows = ROWS["section"]
    reports: dict[tuple[Any, ...], dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(select(rows).order_by(rows.c.id)):
        reports[row.programme, row.site, row.country][row.section or ""] = row
    for some in reports.values():
        for row in _circle(some, "under"):
            what = f"the section {row.section} is part of itself"
            rule = "all of the cycle stand at the top"
            yield "a cycle of sections", "section", row.id, what, rule
        for row in _circle(some, "merged_into"):
            what = f"the section {row.section} was merged into itself"
            yield "merged in a cycle", "section", row.id, what, "each stands by itself"
        for row in some.values():
            into = some.get(row.merged_into or "")
            if into is not None and into.left_out:
                what = f"the section {row.section} was merged into {into.section}, which is left out"  # fmt: skip
                rule = "it is kept, and printed nowhere until a person moves it"
                yield "merged and left out", "section", row.id, what, rule
            elif into is not None and row.left_out:
                what = f"the section {row.section} was left out, and merged into {into.section}"
                rule = "its text stands in the other one until a person decides"
                yield "merged and left out", "section", row.id, what, rule


def _circle(some: dict[str, Any], column: str) -> list[Any]:
    """Return a section of each cycle."""
    names: dict[str, str | None] = {
        key: into if (into := getattr(row, column)) in some else None for key, row in some.items()
    }
    return [some[key] for key in sorted(rootless(names))]


def _twice(connection: Connection) -> Iterator[Found]:
    """Name sections and entries that copies have taken away and begun again, each its own."""
    for table, names in (("section", ("section",)), ("answer", ("form", "record", "item"))):
        rows = ROWS[table]
        seen: dict[tuple[str, ...], str] = {}
        columns = [rows.c[name] for name in (*_PLACE, *names)]
        for row, *place in connection.execute(select(rows.c.id, *columns).order_by(rows.c.id)):
            names_of = tuple(each or "" for each in place)
            if names_of in seen:
                called = ".".join(filter(None, names_of[len(_PLACE) :]))
                what = f"{called} is there twice"
                case = f"one {'section' if table == 'section' else 'entry'} twice"
                yield case, table, row, what, "both are kept, and this one is shown"
            seen[names_of] = row


def _facts(connection: Connection) -> Iterator[Found]:
    """Name facts of one name and place of which copies chose different ones."""
    rows = ROWS["fact"]
    wanted = select(rows).where(rows.c.chosen.is_(True)).order_by(rows.c.id)
    seen: dict[tuple[str, ...], str] = {}
    for row in connection.execute(wanted):
        name = " ".join((row.name or "").casefold().split())
        same = (*(getattr(row, each) or "" for each in _PLACE), name, row.date or "")
        if same in seen:
            what = f"the report goes by another value of {row.name!r} too"
            yield "two facts chosen", "fact", row.id, what, "it is open until a person chooses one"
        seen[same] = row.id


def _quotes(connection: Connection) -> Iterator[Found]:
    """Name quotes whose words were changed in two copies, where something of it is lost.

    What was done to a quote is one list, of which the later one counts: a mask may be missing.
    """
    rows = ROWS["quote"]
    now = dict(connection.execute(select(rows.c.id, rows.c.edits)).all())
    last: dict[str, set[str]] = defaultdict(set)
    wanted = select(event.c.row, event.c.before, event.c.after).where(event.c.tbl == "quote")
    for row, old, new in connection.execute(wanted.order_by(*ORDER)):
        before, after = orjson.loads(old or "{}"), orjson.loads(new)
        if row in now and "edits" in after:
            last[row] -= set(all_hashes(before.get("edits")))
            last[row] |= {name for name in all_hashes(after["edits"]) if name}
    held = payloads.get_many(connection, {name for some in last.values() for name in some})
    for row, names in sorted(last.items()):
        made = [each for name in names if name in held for each in unpack(str(held[name])) or ()]
        there = now[row] or []
        if lost := [each for each in made if not any(_meet(each, other) for other in there)]:
            kinds = " and ".join(sorted({each["kind"] for each in lost}))
            what = f"its words were changed in two copies, and of one ({kinds}) nothing is left"
            rule = "what was done last counts; do the other again where it is needed"
            yield "a quote changed twice", "quote", row, what, rule


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two operations are at the same words, or the same place."""
    if one["start"] == one["end"] or other["start"] == other["end"]:
        return bool(one["start"] <= other["end"] and other["start"] <= one["end"])
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _citations(connection: Connection) -> Iterator[Found]:
    """Name places on which nothing rests any more."""
    cited = ROWS["citation"]
    for about in _CITED:
        owned = ROWS[about]
        lost = (
            select(cited.c.id)
            .join(owned, owned.c.id == cited.c.target, isouter=True)
            .where(cited.c.about == about, owned.c.id.is_(None))
        )
        for row in connection.scalars(lost):
            what = f"its {about} was deleted"
            yield "a missing row", "citation", row, what, "it is kept, and not counted"
