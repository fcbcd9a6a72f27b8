"""What an author wrote of a withdrawn person's words: quotes, cited places, values made of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean
from p3c_qual.sources.withdrawn_claims import written_elsewhere
from p3c_qual.store import payloads
from p3c_qual.store.erasure import held_by
from p3c_qual.store.replay import fold
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["Written", "in_groups", "written_of"]

#: by table, the columns that may hold what is cited in its own words
_VALUES = {
    "answer": ("value",),
    "fact": ("value", "remark"),
    "contrast": ("claim", "practice"),
    "joint": ("inference",),
}
_CALLED = {
    "answer": "entry",
    "fact": "fact",
    "contrast": "comparison of plan and practice",
    "joint": "joint display",
}


@dataclass
class Written:
    """What rests on words that go.

    Attributes
    ----------
    changes : dict
        By table and row, the values that are these words, taken out.
    hashes : set of str
        Of the texts that are these words.
    said : list of str
        What is left to do, one sentence each.
    named : set of (str, str)
        Programme and country, by key, of the sections that name a quote.
    """

    changes: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    named: set[tuple[str, str]] = field(default_factory=set)


def in_groups(study: Opened, connection: Connection, person: str) -> list[str]:
    """Return the quotes (row ids) of a person's turns in interviews in which others speak too.

    Parameters
    ----------
    study : Study
    connection : sqlalchemy.Connection
        Before anything is written, since what is known of sources is kept.
    person : str
        Row id.
    """
    from p3c_qual.description.voices import Voices

    part, rows = ROWS["participation"], ROWS["quote"]
    mine = select(part.c.source).where(part.c.interviewee == person)
    quotes = connection.execute(select(rows).where(rows.c.source.in_(mine))).all()
    voices = Voices(study, connection, {each.source for each in quotes})
    return [
        each.id
        for each in quotes
        if any(who.id == person for who in voices.who(each.source, each.start, each.end))
    ]


def written_of(
    connection: Connection,
    quotes: Collection[str],
    citations: Collection[str],
    ever: Collection[str],
    texts: Collection[str],
) -> Written:
    """Return what an author wrote that rests on these quotes and cited places.

    A value that rests on this person alone and stands in their text word for word is taken out;
    one in the author's own words is named, and so is a section that names a quote: what is typed
    into a text cannot be told from the author's words.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    quotes, citations : collection of str
        Row ids of what goes.
    ever : collection of str
        Those of the citations there ever were.
    texts : collection of str
        Row ids of all versions of the person's texts.
    """
    found = Written()
    _values(connection, found, {*citations}, {*citations, *ever}, _bodies(connection, texts))
    going = [row for rows in found.changes.values() for row in rows]
    found.hashes -= written_elsewhere(connection, found.hashes, going, quoted=False)
    keys = _keys(connection, quotes)
    _joints(connection, found, keys)
    _sections(connection, found, keys)
    return found


def _values(
    connection: Connection, found: Written, going: set[str], ever: set[str], bodies: list[str]
) -> None:
    """Take out values that are the person's words, and name what else rests on them alone."""
    cited = ROWS["citation"]
    alone: dict[str, set[str]] = defaultdict(set)
    for state in fold(connection, "citation", rows=ever).values():
        alone[str(state.fields.get("about"))].add(str(state.fields.get("target")))
    rest = select(cited.c.id, cited.c.target)
    others = {row.target for row in connection.execute(rest) if row.id not in going}
    for table, columns in _VALUES.items():
        mine = alone[table] - others
        if not mine:
            continue
        held = held_by(connection, {table: mine}, columns=set(columns))
        said = payloads.get_many(connection, held)
        found.hashes |= {name for name, words in said.items() if _stands(words, bodies)}
        rows = ROWS[table]
        for row in connection.execute(select(rows).where(rows.c.id.in_(mine))).mappings():
            new = {name: None for name in columns if _stands(row[name], bodies)}
            if new:
                found.changes.setdefault(table, {})[row["id"]] = new
            name = _name(row)
            what = f"The {_CALLED[table]} {name!r} rests on this person's words alone"
            found.said.append(
                f"{what}: what repeated them was taken out; fill it in from elsewhere, or remove it."
                if new
                else f"{what}: reword it, or remove it."
            )


def _name(row: Mapping[Any, Any]) -> str:
    """Return what people call something that rests on words."""
    from p3c_qual.description.forms import find_form

    if "item" in row:
        asked = find_form(row["form"]).item(row["item"])
        return asked.label if asked else str(row["item"])
    return str(row.get("name") or row.get("label") or row.get("domain") or "")


def _stands(words: Any, bodies: Iterable[str]) -> bool:
    """Say whether words stand in one of the texts."""
    short = " ".join(clean(words).split()) if isinstance(words, str) else ""
    return bool(short) and any(short in body for body in bodies)


def _bodies(connection: Connection, texts: Collection[str]) -> list[str]:
    text = ROWS["text"]
    hashes: set[str] = set()
    for run in payloads.chunks(sorted(texts), 500):
        wanted = select(text.c.hash).where(text.c.id.in_(run), text.c.hash.is_not(None))
        hashes.update(connection.scalars(wanted))
    held = payloads.get_many(connection, hashes).values()
    return [" ".join(clean(each).split()) for each in held if isinstance(each, str)]


def _keys(connection: Connection, quotes: Collection[str]) -> set[str]:
    rows = ROWS["quote"]
    found: set[str] = set()
    for run in payloads.chunks(sorted(quotes), 500):
        found.update(connection.scalars(select(rows.c.key).where(rows.c.id.in_(run))))
    return found


def _joints(connection: Connection, found: Written, keys: set[str]) -> None:
    """Take the quotes out of joint displays."""
    rows = ROWS["joint"]
    for row in connection.execute(select(rows.c.id, rows.c.domain, rows.c.quotes)):
        if keys.intersection(row.quotes or ()):
            kept = [each for each in row.quotes if each not in keys]
            found.changes.setdefault("joint", {}).setdefault(row.id, {})["quotes"] = kept or None
            what = f"The joint display {row.domain!r} showed a quote of this person, which was taken out"  # fmt: skip
            found.said.append(f"{what}: look whether what is inferred still holds.")


def _sections(connection: Connection, found: Written, keys: set[str]) -> None:
    """Name the sections whose texts name these quotes."""
    from p3c_qual.description.model import Where
    from p3c_qual.description.places import known_sections, read_chapters
    from p3c_qual.description.tokens import read_tokens

    chapters = read_chapters(connection)
    rows, programme = ROWS["section"], ROWS["programme"]
    wanted = (
        select(rows, programme.c.key)
        .join(programme, programme.c.id == rows.c.programme, isouter=True)
        .order_by(programme.c.key, rows.c.section)
    )
    for row in connection.execute(wanted):
        named = {each.name for each in read_tokens(row.text or "") if each.kind == "quote"}
        if named & keys:
            of = f" of {row.key or row.country}" if row.key or row.country else ""
            found.named.add((row.key or "", row.country or ""))
            place = known_sections(chapters, Where(row.programme, row.site, row.country)).get(row.section)  # fmt: skip
            title = row.title or (place.title if place else row.section)
            found.said.append(
                f"The section “{title}”{of} names quotes of this person: take them out of its "
                "text, and look whether it repeats their words."
            )
