"""What a coding agenda lacks before it is tried on the material."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.codebook.confused import stored_confusions
from p3c_qual.codebook.confusion import unruled
from p3c_qual.codebook.stored import stored_codebook
from p3c_qual.errors import Problem
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.mayring.question import Question

__all__ = ["book_of", "lacks_agenda", "lacks_rules"]

#: names that a sentence gives of a longer list
_NAMED = 5


def book_of(connection: Connection, question: Question) -> Codebook | None:
    """Return the codebook that is bound to a question, if one is."""
    table = ROWS["codebook"]
    key = connection.scalar(select(table.c.key).where(table.c.id == question.codebook))
    return stored_codebook(connection, key) if key is not None else None


def lacks_agenda(connection: Connection, question: Question) -> list[Problem]:
    """Return what the coding agenda of a question lacks.

    A definition of each category and of each level of a scale, "not ratable" beside each scale,
    and a coding rule where coders confused two categories. Anchor examples may still come with
    the pilot.
    """
    book = book_of(connection, question)
    if book is None:
        what = "no codebook is bound that holds its categories"
        return [Problem(what, question.key, do="Choose or make one.")]
    codes = [code for code in book.codes if code.status != "retired"]
    if not codes:
        do = "Take the categories from theory and write each with its definition."
        return [Problem(f"the codebook {book.key!r} has no category", question.key, do=do)]
    found = []
    if bare := [code.label for code in codes if not code.definition.strip()]:
        noun = "category has" if len(bare) == 1 else "categories have"
        what = f"{len(bare)} {noun} no definition: {_list(bare)}"
        do = "Say in one sentence what belongs to each."
        found.append(Problem(what, question.key, do=do))
    if question.technique == "scaling":
        found += _scales(book, question)
    # what confuses coders in the pilot is what the pilot has to settle
    return found if question.step == "pilot" else found + lacks_rules(connection, question)


def _scales(book: Codebook, question: Question) -> Iterator[Problem]:
    scales = [code for code in book.codes if code.kind == "ordinal" and code.status != "retired"]
    if not scales:
        do = "Give at least one category ordinal levels."
        what = f"no category of {book.key!r} has a scale"
        yield Problem(what, question.key, do=do)
    short = [code.label for code in scales if len(code.levels) < 2]
    if short:
        yield Problem(f"fewer than two levels in: {_list(short)}", question.key)
    bare = [
        f"{code.label} {level.value}"
        for code in scales
        for level in code.levels
        if not level.definition.strip()
    ]
    if bare:
        noun = "level has" if len(bare) == 1 else "levels have"
        what = f"{len(bare)} {noun} no definition: {_list(bare)}"
        yield Problem(what, question.key)
    if without := [code.label for code in scales if code.not_ratable is None]:
        do = "Without it, what cannot be judged ends up in the middle."
        yield Problem(f"no level 'not ratable' beside: {_list(without)}", question.key, do=do)


def lacks_rules(connection: Connection, question: Question) -> list[Problem]:
    """Return the pairs of categories that coders confused and that no coding rule tells apart."""
    if question.codebook is None:
        return []
    confused = stored_confusions(connection, question.codebook)
    if not confused:
        return []
    code = ROWS["code"]
    wanted = select(code.c.key, code.c.rule).where(code.c.codebook == question.codebook)
    rules = {key: rule or "" for key, rule in connection.execute(wanted)}
    return unruled(confused, rules, question.key)


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
