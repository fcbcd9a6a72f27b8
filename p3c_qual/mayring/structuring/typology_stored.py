"""Types and their cases as they are stored, and what is missing of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import Problem
from p3c_qual.mayring.structuring.cases import cases_of
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.mayring.question import Question

__all__ = ["lacks_prototypes", "lacks_types", "members_of", "types_of"]


def types_of(connection: Connection, question: Question) -> list[Any]:
    """Return the rows of a question's types, in their order."""
    table = ROWS["casetype"]
    wanted = select(table).where(table.c.question == question.id)
    return list(connection.execute(wanted.order_by(table.c.position, table.c.id)).mappings())


def members_of(connection: Connection, question: Question) -> dict[str, Any]:
    """Return the memberships of a question's types by case (row id)."""
    member, kind = ROWS["member"], ROWS["casetype"]
    wanted = (
        select(member)
        .join(kind, kind.c.id == member.c.casetype)
        .where(kind.c.question == question.id)
        .order_by(member.c.id)
    )
    found: dict[str, Any] = {}
    for row in connection.execute(wanted).mappings():
        found.setdefault(row["target"], row)
    return found


def lacks_types(connection: Connection, question: Question) -> list[Problem]:
    """Return what is missing of the types of a question."""
    types = types_of(connection, question)
    members = members_of(connection, question)
    cases = {case.id for case in cases_of(connection, question)}
    problems = []
    if len(types) < 2:
        have = "there is no type yet" if not types else "there is only one type"
        problems.append(
            Problem(have, do="Make at least two: types are told apart along a dimension.")
        )
    filled = {row["casetype"] for target, row in members.items() if target in cases}
    problems += [
        Problem(f"the type {row['label']!r} has no case", do="Assign one, or remove the type.")
        for row in types
        if row["id"] not in filled
    ]
    problems += [
        Problem(f"the type {row['label']!r} has no description", do="Write what makes it.")
        for row in types
        if not (row["description"] or "").strip()
    ]
    return problems


def lacks_prototypes(connection: Connection, question: Question) -> list[Problem]:
    """Return which types have no case that stands for them."""
    chosen = {
        row["casetype"] for row in members_of(connection, question).values() if row["prototype"]
    }
    return [
        Problem(
            f"the type {row['label']!r} has no prototype",
            do="Choose a case that stands for it, with the reason.",
        )
        for row in types_of(connection, question)
        if row["id"] not in chosen
    ]
