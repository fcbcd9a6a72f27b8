"""What the realist layer rests on a withdrawn person's words for, and what repeats them there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.store import payloads
from p3c_qual.store.erasure import held_by
from p3c_qual.store.replay import fold
from p3c_qual.store.schema import PROSE, ROWS, event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

__all__ = ["claims_of", "labels_repeating", "searches_naming", "written_elsewhere"]

#: of so many words a quote says nothing of who said it, where others write the same
_SHORT = 2


def claims_of(connection: Connection, evidence: Collection[str]) -> list[str]:
    """Name the configurations, elements and theories that rest on this evidence alone.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    evidence : collection of str
        Row ids of what goes.

    Returns
    -------
    list of str
        What is left to do about each, one sentence.
    """
    from p3c_qual.realist.read import read_realist

    found, going = read_realist(connection), set(evidence)

    def alone(rows: Iterable[Any]) -> bool:
        ids = {each.id for each in rows}
        return bool(ids) and ids <= going

    said = []
    for each in found.configurations.values():
        if alone(each.evidence):
            said.append(
                f"The configuration {each.key} rests on this person's words alone: reword it and "
                "the memos on it, or remove it."
            )
            continue
        said += [
            f"The {element.role}{f' {element.text!r}' if element.text else ''} of {each.key} rests "
            "on this person's words alone: reword it, or remove it."
            for element in each.elements
            if alone(each.voices(element.id))
        ]
    loose: dict[str | None, list[Any]] = defaultdict(list)
    for item in found.loose:
        loose[item.theory].append(item)
    said += [
        f"What speaks for or against the theory {each.key} as a whole was this person's words "
        "alone: reword it, if it repeats them."
        for each in found.theories.values()
        if alone(loose[each.id])
    ]
    return said


def labels_repeating(connection: Connection, evidence: Collection[str]) -> set[str]:
    """Return the hashes of labels and elements that were made of the words of this evidence.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    evidence : collection of str
        Row ids, also of deleted ones.
    """
    from p3c_qual.coding.spots import clean
    from p3c_qual.realist.writing import shorten

    folded = [state.fields for state in fold(connection, "evidence", rows=evidence).values()]
    text = ROWS["text"]
    names = sorted({str(each.get("text")) for each in folded})
    hashes: dict[str, str] = {}
    for run in payloads.chunks(names, 500):
        rows = select(text.c.id, text.c.hash).where(text.c.id.in_(run))
        hashes |= dict(connection.execute(rows).all())
    bodies = payloads.get_many(connection, [name for name in hashes.values() if name])
    words = set()
    for each in folded:
        body = bodies.get(hashes.get(str(each.get("text"))) or "")
        if isinstance(body, str):
            quote = clean(body[each["start"] : each["end"]])
            words |= {quote, shorten(quote), clean(shorten(quote))} - {""}
    made = {payloads.hash_of(each) for each in words}
    held = {
        table: list(connection.scalars(select(event.c.row).where(event.c.tbl == table).distinct()))
        for table in ("configuration", "element")
    }
    return made & held_by(connection, held, columns={"label", "text"})


def written_elsewhere(
    connection: Connection, hashes: Collection[str], going: Collection[str], *, quoted: bool
) -> set[str]:
    """Return of these texts (hashes) those that rows which stay hold in their own right.

    What a team wrote on a passage may read like what it wrote elsewhere, as "trust" does; erasing
    the one would empty the other.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    hashes : collection of str
    going : collection of str
        Row ids of the evidence there ever was of the person's words.
    quoted : bool
        The texts are the person's own words: of these only one or two words are anybody's.
    """
    bodies = {
        body: name
        for name, body in payloads.get_many(connection, sorted(hashes)).items()
        if isinstance(body, str) and (not quoted or len(body.split()) <= _SHORT)
    }
    own = {*going, *(_made_of(connection, going) if quoted else ())}
    found = set()
    for name, columns in PROSE.items():
        table = ROWS[name]
        for column in columns:
            for run in payloads.chunks(sorted(bodies), 100):
                wanted = select(table.c.id, table.c[column]).where(table.c[column].in_(run))
                found |= {
                    bodies[said] for row, said in connection.execute(wanted) if row not in own
                }
    return found


def _made_of(connection: Connection, evidence: Collection[str]) -> set[str]:
    """Return the configurations of evidence with their elements, and contexts chained to these."""
    element, link = ROWS["element"], ROWS["link"]
    states = fold(connection, "evidence", rows=evidence).values()
    of = {str(each.fields.get("configuration")) for each in states}
    rows = connection.execute(select(element.c.id, element.c.configuration)).all()
    made = {row.id for row in rows if row.configuration in of}
    ties = connection.execute(select(link.c.outcome, link.c.context)).all()
    return of | made | {str(tie.context) for tie in ties if tie.outcome in made}


def searches_naming(
    connection: Connection, sources: Collection[str], evidence: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return the logged searches that name these sources or this evidence, without them."""
    search = ROWS["negative_search"]
    gone = {"found": set(evidence), "silent": set(sources)}
    changes: dict[str, dict[str, Any]] = {}
    for row in connection.execute(select(search)).mappings():
        new = {
            name: [each for each in row[name] if each not in ids] or None
            for name, ids in gone.items()
            if row[name] and ids.intersection(row[name])
        }
        if new:
            changes[row["id"]] = new
    return changes
