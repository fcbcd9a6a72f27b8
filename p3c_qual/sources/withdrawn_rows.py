"""What the analysis wrote of a withdrawn person's words, beside codings and memos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

__all__ = ["quoted_elsewhere", "rows_on"]


def rows_on(
    connection: Connection, sources: Sequence[str], texts: Sequence[str], person: str
) -> dict[str, list[str]]:
    """Return by table the rows that paraphrase, rate, explain or summarise these words.

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
    about = [*sources, person]
    mine = select(unit.c.id).where(unit.c.source.in_(sources))
    wanted = {
        "back_check": check.c.paraphrase.in_(mine),
        "paraphrase": unit.c.source.in_(sources),
        "explication": explication.c.source.in_(sources),
        "rating": or_(rating.c.target.in_(about), rating.c.text.in_(texts)),
        "cell": cell.c.target.in_(about),
        "member": member.c.target.in_(about),
    }
    return {
        name: list(connection.scalars(select(ROWS[name].c.id).where(where)))
        for name, where in wanted.items()
    }


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
