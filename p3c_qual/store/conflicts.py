"""What joining two copies of a study can break: each case has one fixed rule, and is listed.

======================  ====================================================================
two texts               the later one is shown, both are kept until a person chooses
a deleted text          it stays deleted; what somebody wrote meanwhile elsewhere is kept
one key twice           the older row keeps it, the younger shows it with a tilde
a cycle of codes        the oldest code of the cycle stands at the top
a retired code          its codings count for the code it was merged into, else for itself
overlapping             both stay; characters are counted once, and of units each is one
two states              a unit in a category and left over counts for the category
a twin that fell        a unit deleted for one that is not kept is open again
a cycle of categories   the oldest category of the cycle stands at the top
one version twice       a version of a codebook frozen in two ways is what was frozen first
one sample twice        units of a back-check drawn twice stay; each is judged
a cycle of nesting      the oldest configuration of the cycle is part of none
two wholes              the nesting made first counts, the others are kept
a cycle of theories     the oldest theory of the cycle stands as the initial one
refined twice           both theories take the place, until a person sets one aside
split twice             all parts stand until a person merges them or sets some aside
a split configuration   what was written in it meanwhile is kept there, in none of its parts
ended twice             set aside, split or merged in two ways: the later one counts
a cycle of mergers      the oldest configuration of the cycle stands, with what all hold
set aside and merged    it stays set aside, with what was merged into it in another copy
a merged configuration  what was written in it counts for the one it was merged into
evidence that moved     evidence counts where its element is
a cycle of sections     sections of a report that are part of each other stand at the top
merged in a cycle       sections merged into each other stand by themselves
merged and left out     a section merged into one that is left out is kept, and not printed
one section twice       both texts are kept, and one of them is shown
one entry twice         both entries of a form are kept, and one of them is shown
two facts chosen        which value of a fact the report goes by is open again
a quote changed twice   of what was done to its words the last list counts
a missing row           what points to a deleted row is kept, and not counted
======================  ====================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import and_, select

from p3c_qual.store import payloads
from p3c_qual.store.conflicts_description import find_in_description
from p3c_qual.store.conflicts_realist import find_in_realist, lost_links
from p3c_qual.store.cycles import rootless
from p3c_qual.store.forms import all_hashes
from p3c_qual.store.replay import ORDER
from p3c_qual.store.schema import KEYED, MEMO_ON, PROSE, ROWS, event, refs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

__all__ = ["find_conflicts", "heads", "lost_links", "rootless", "versions"]

Found = tuple[str, str, str, str, str]


def heads(
    connection: Connection, table: str, *, rows: Iterable[str] | None = None, several: bool = True
) -> dict[tuple[str, str], set[str]]:
    """Return, by (row, column), the hashes of texts that no later event has replaced.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    table : str
    rows : iterable of str, optional
        These rows alone.
    several : bool
        Only texts of which there is more than one version.
    """
    columns = PROSE[table]
    if not columns:
        return {}
    wanted = (
        select(event.c.row, event.c.before, event.c.after)
        .where(event.c.tbl == table)
        .order_by(*ORDER)
    )
    found: dict[tuple[str, str], set[str]] = {}
    for run in [None] if rows is None else payloads.chunks(sorted(set(rows)), 500):
        some = wanted if run is None else wanted.where(event.c.row.in_(run))
        for row, old, new in connection.execute(some):
            before, after = orjson.loads(old or "{}"), orjson.loads(new)
            for name in columns:
                if name in after or (after.get("deleted") and name in before):
                    values = found.setdefault((row, name), set())
                    values -= set(all_hashes(before.get(name)))
                    if name in after:
                        values |= set(all_hashes(after[name]))
    return {place: values for place, values in found.items() if len(values) > several}


def versions(connection: Connection, table: str, row: str, column: str) -> dict[str, str | None]:
    """Return the open versions of a text by hash; None for one that was erased.

    `Act.choose` settles which of them stands.
    """
    found = heads(connection, table, rows=[row]).get((row, column), set())
    texts = payloads.get_many(connection, found)
    return {name: str(texts[name]) if name in texts else None if name else "" for name in found}


def find_conflicts(connection: Connection) -> list[dict[str, str]]:
    """List what joining copies has broken and what the study makes of it.

    Returns
    -------
    list of dict
        ``case``, ``table``, ``row`` (id), ``what`` and ``rule``, in a fixed order.
    """
    cases = (
        _texts,
        _keys,
        _codes,
        _overlapping,
        _units,
        _reductions,
        _editions,
        _samples,
        find_in_realist,
        find_in_description,
        _missing,
    )
    found = [each for case in cases for each in case(connection)]
    return [
        dict(zip(("case", "table", "row", "what", "rule"), each, strict=True))
        for each in sorted(found)
    ]


def _texts(connection: Connection) -> Iterator[Found]:
    for name, columns in PROSE.items():
        if not columns:
            continue
        live = set(connection.scalars(select(ROWS[name].c.id)))
        for (row, column), values in heads(connection, name, several=False).items():
            if row not in live and values - {""}:
                what = f"was deleted while somebody rewrote its {column}"
                yield (
                    "a deleted text",
                    name,
                    row,
                    what,
                    "it stays deleted, what was written is kept",
                )
            elif row in live and len(values) > 1:
                what = f"{column} has {len(values)} versions"
                yield "two texts", name, row, what, "the later one is shown until a person chooses"


def _keys(connection: Connection) -> Iterator[Found]:
    for name in KEYED:
        keyed = ROWS[name]
        shadowed = select(keyed.c.id, keyed.c.key).where(keyed.c.key.like("%~%"))
        for row, key in connection.execute(shadowed):
            yield "one key twice", name, row, f"shown as {key}", "the older row keeps the key"


def _codes(connection: Connection) -> Iterator[Found]:
    code, coding = ROWS["code"], ROWS["coding"]
    parents = dict(connection.execute(select(code.c.id, code.c.parent)).all())
    for row in rootless(parents):
        yield "a cycle of codes", "code", row, "is its own ancestor", "it stands at the top"
    retired = (
        select(coding.c.id, code.c.key)
        .join(code, code.c.id == coding.c.code)
        .where(code.c.status == "retired")
    )
    rule = "it counts for the code that one was merged into, else for itself"
    for row, key in connection.execute(retired):
        yield "a retired code", "coding", row, f"coded with {key}, which is retired", rule


def _overlapping(connection: Connection) -> Iterator[Found]:
    coding = ROWS["coding"]
    other = coding.alias()
    same = ("source", "text", "code", "coder", "round", "question")
    pairs = select(coding.c.id, other.c.id).join(
        other,
        and_(
            *(coding.c[name] == other.c[name] for name in same),
            coding.c.id < other.c.id,
            coding.c.start < other.c.end,
            other.c.start < coding.c.end,
        ),
    )
    for row, second in connection.execute(pairs):
        yield (
            "overlapping",
            "coding",
            row,
            f"overlaps {second}",
            "both stay, characters are counted once",
        )


def _units(connection: Connection) -> Iterator[Found]:
    """Name units of a summarising that copies have left in two states, or over each other."""
    unit = ROWS["paraphrase"]
    twin = unit.alias()
    both = select(unit.c.id).where(unit.c.reduction.is_not(None), unit.c.left_over.is_not(None))
    for row in connection.scalars(both):
        what = "is in a category and left over"
        yield "two states", "paraphrase", row, what, "it counts for the category"
    gone = (
        select(unit.c.id)
        .join(twin, twin.c.id == unit.c.same_as)
        .where(unit.c.kept.is_(False), unit.c.z3 == "Z3.1", twin.c.kept.is_not(True))
    )
    for row in connection.scalars(gone):
        what = "was deleted as saying the same as a unit that is not kept"
        yield "a twin that fell", "paraphrase", row, what, "its first reduction is open again"
    places = select(unit.c.question, unit.c.text, unit.c.start, unit.c.end, unit.c.id)
    before: list[Any] = []
    # by their places: a join of thousands of units of one question with themselves takes seconds
    for at in connection.execute(places.order_by(*places.selected_columns)):
        before = [
            each
            for each in before
            if (each.question, each.text) == (at.question, at.text) and each.end > at.start
        ]
        for each in before:
            row, second = sorted((each.id, at.id))
            rule = "both stay, each is a unit"
            yield "overlapping", "paraphrase", row, f"overlaps {second}", rule
        before.append(at)


def _reductions(connection: Connection) -> Iterator[Found]:
    category = ROWS["reduction"]
    into = dict(connection.execute(select(category.c.id, category.c.into)).all())
    for row in rootless(into):
        what = "was taken up into itself"
        yield "a cycle of categories", "reduction", row, what, "it stands at the top"


def _editions(connection: Connection) -> Iterator[Found]:
    """Name versions of a codebook that two copies have frozen in different words."""
    edition = ROWS["edition"]
    seen: dict[tuple[str, str], str] = {}
    rows = select(edition.c.id, edition.c.codebook, edition.c.version, edition.c.form)
    for row in connection.execute(rows.order_by(edition.c.id)):
        first = seen.setdefault((row.codebook, row.version or ""), row.form or "")
        if first != (row.form or ""):
            what = f"the version {row.version} was frozen twice, in different words"
            yield "one version twice", "edition", row.id, what, "the one frozen first stands"


def _samples(connection: Connection) -> Iterator[Found]:
    """Name units that two copies have drawn with one seed."""
    check = ROWS["back_check"]
    seen: set[tuple[str, str, int]] = set()
    rows = select(check.c.id, check.c.question, check.c.paraphrase, check.c.seed)
    for row in connection.execute(rows.order_by(check.c.id)):
        place = (row.question, row.paraphrase, row.seed)
        if place in seen:
            what = f"the unit was drawn twice with the seed {row.seed}"
            yield "one sample twice", "back_check", row.id, what, "both stay, each is judged"
        seen.add(place)


def _missing(connection: Connection) -> Iterator[Found]:
    memo = ROWS["memo"]
    places: list[tuple[str, str, str, str | None]] = [
        (name, column, owner, None) for name, column, owner in refs()
    ]
    places += [("memo", "target", owner, about) for about, owner in MEMO_ON.items()]
    for name, column, owner, about in places:
        table, owned = ROWS[name], ROWS[owner].alias()
        lost = (
            select(table.c.id)
            .join(owned, owned.c.id == table.c[column], isouter=True)
            .where(owned.c.id.is_(None), table.c[column].is_not(None))
        )
        if about:
            lost = lost.where(memo.c.about == about)
        for row in connection.scalars(lost):
            what = f"its {about or column} was deleted"
            yield "a missing row", name, row, what, "it is kept, and not counted"
