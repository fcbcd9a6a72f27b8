"""What the analysis wrote of a withdrawn person's words, beside codings and memos."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import or_, select

from p3c_qual.store import payloads
from p3c_qual.store.forms import unpack
from p3c_qual.store.schema import ROWS, event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

__all__ = [
    "anchored_in",
    "categories_of",
    "forms_quoting",
    "naming",
    "quoted_elsewhere",
    "rows_ever_on",
    "rows_on",
]

#: by table, the column that says of whom a row is
_OF = {
    "paraphrase": "source",
    "explication": "source",
    "evidence": "source",
    "quote": "source",
    "citation": "source",
    "rating": "target",
    "cell": "target",
    "member": "target",
    "memo": "target",
}


def rows_on(
    connection: Connection, sources: Sequence[str], texts: Sequence[str], person: str
) -> dict[str, list[str]]:
    """Return by table the rows that paraphrase, rate, explain, summarise or rest on these words.

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
    evidence, quote, citation = ROWS["evidence"], ROWS["quote"], ROWS["citation"]
    about = [*sources, person]
    mine = select(unit.c.id).where(unit.c.source.in_(sources))
    wanted = {
        "back_check": check.c.paraphrase.in_(mine),
        "paraphrase": unit.c.source.in_(sources),
        "explication": explication.c.source.in_(sources),
        "evidence": evidence.c.source.in_(sources),
        "quote": quote.c.source.in_(sources),
        "citation": citation.c.source.in_(sources),
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


def categories_of(connection: Connection, units: Collection[str]) -> list[str]:
    """Return the labels of the categories of a summarising that hold these units alone."""
    unit, category = ROWS["paraphrase"], ROWS["reduction"]
    rows = connection.execute(
        select(unit.c.id, category.c.id.label("into"), category.c.label).join(
            category, category.c.id == unit.c.reduction
        )
    ).all()
    gone = set(units)
    stay = {row.into for row in rows if row.id not in gone}
    return sorted({row.label or "" for row in rows if row.into not in stay})


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
    for row in connection.execute(select(code.c.id, code.c.anchors, code.c.extra)).mappings():
        made = {name: _without(row[name], sources) for name in ("anchors", "extra")}
        if changed := {name: value for name, value in made.items() if value != row[name]}:
            found[row["id"]] = changed
    return found


def _without(value: Any, sources: Collection[str]) -> Any:
    """Return a structure without the parts in its lists that name one of these sources."""
    if isinstance(value, dict):
        return {name: _without(part, sources) for name, part in value.items()}
    if isinstance(value, list):
        return [_without(part, sources) for part in value if not _names(part, sources)]
    return value


def _names(part: Any, sources: Collection[str]) -> bool:
    return isinstance(part, dict) and part.get("source") in sources


def forms_quoting(connection: Connection, sources: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the frozen versions that repeat words of these sources (keys), without those anchors.

    Anchors that are links hold no words there.
    """
    from p3c_qual.codebook.reader import draft_of
    from p3c_qual.codebook.writer import write_codebook

    def kept(each: Any) -> Any:
        anchors = tuple(a for a in each.anchors if a.source not in sources or not a.quote)
        made = replace(each, anchors=anchors)
        if getattr(made, "levels", None):
            made = replace(made, levels=tuple(kept(level) for level in made.levels))
        if getattr(made, "not_ratable", None) is not None:
            made = replace(made, not_ratable=kept(made.not_ratable))
        return made

    edition = ROWS["edition"]
    found = {}
    for row in connection.execute(select(edition.c.id, edition.c.form)):
        if not row.form:
            continue
        book = draft_of(row.form).codebook
        new = replace(book, codes=tuple(kept(code) for code in book.codes))
        if new != book:
            found[row.id] = {"form": write_codebook(new)}
    return found


def naming(connection: Connection, hashes: Iterable[str], sources: Collection[str]) -> set[str]:
    """Return those payloads of structures in which a part names one of these sources.

    What a row held at other times of others alone is theirs, and may be what it holds now.
    """
    found = set()
    for run in payloads.chunks(sorted(set(hashes)), 500):
        for name, body in payloads.get_many(connection, run).items():
            value = unpack(body) if isinstance(body, str) else None
            if _without(value, sources) != value:
                found.add(name)
    return found
