"""The categories of a summarising as a tree, each with what it was taken up into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.store.conflicts import rootless
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["Category", "in_order", "read_categories"]


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the second reduction.

    Attributes
    ----------
    id, label : str
    path : tuple of str
        Its id, that of the more general one it was taken up into, and so on to the top.
    rule, reason : str
        Of that.
    code : str or None
        Row id of the code that was made of it.
    position : int
        The order in which they were made.
    """

    id: str
    label: str
    path: tuple[str, ...]
    rule: str
    reason: str
    code: str | None
    position: int

    @property
    def top(self) -> str:
        """Id of the most general one above it, or its own."""
        return self.path[-1]


def read_categories(connection: Connection, question: Question) -> dict[str, Category]:
    """Return the categories of a question by row id, in the order in which they were made."""
    table = ROWS["reduction"]
    wanted = select(table).where(table.c.question == question.id)
    rows = connection.execute(wanted.order_by(table.c.position, table.c.id)).all()
    there = {row.id for row in rows}
    into = {row.id: row.into if row.into in there else None for row in rows}
    # joining copies may leave a circle, which is cut the same way everywhere
    into |= dict.fromkeys(rootless(into))
    return {
        row.id: Category(
            row.id,
            row.label or "a category",
            tuple(_path(row.id, into)),
            (row.rule or "") if into[row.id] else "",
            (row.reason or "") if into[row.id] else "",
            row.code,
            row.position or 0,
        )
        for row in rows
    }


def _path(name: str | None, into: Mapping[str, str | None]) -> Iterator[str]:
    seen: set[str] = set()
    while name is not None and name not in seen:
        seen.add(name)
        yield name
        name = into.get(name)


def in_order(tree: Mapping[str, Category]) -> list[Category]:
    """Return categories with what is more general before what it holds.

    A more general one is made after what it takes up, and stands where the first of that stood.
    """
    place = dict.fromkeys(tree, len(tree))
    for number, each in enumerate(tree.values()):
        for name in each.path:
            place[name] = min(place[name], number)

    def where(each: Category) -> list[tuple[int, str]]:
        return [(place[name], name) for name in reversed(each.path)]

    return sorted(tree.values(), key=where)
