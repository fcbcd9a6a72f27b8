"""Interviews with the categories that were given in them, in the order of their dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.analysis.known import KnownSource, known_sources
from p3c_qual.codebook.tree import read_tree
from p3c_qual.coding.names import Codes, ids_by_key, read_codes
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.categories.staleness import codings_of, overturned
from p3c_qual.mayring.question import Question, material_of, read_question
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["Gathered", "Interview", "gather"]


@dataclass(frozen=True)
class Interview:
    """An interview that was worked through.

    Attributes
    ----------
    key, date : str
    types : tuple of str
        Stakeholder types of those who speak.
    codes : frozenset of str
        Row ids of the categories given in it.
    """

    key: str
    date: str
    types: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Gathered:
    """What saturation is told from.

    Attributes
    ----------
    label : str
        The question or the codebook.
    interviews : list of Interview
        By date; those without one last, by key.
    left_out : list of str
        Keys of sources that are no interview, or were not worked through.
    """

    label: str
    interviews: list[Interview] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def gather(
    study: Study, what: str, *, depth: int | None, round: str, coder: str | None = None
) -> Gathered:
    """Gather the interviews of a question, or of all that was coded with a codebook.

    An interview counts when somebody marked it as worked through, or something is coded in it.

    Parameters
    ----------
    study : Study
    what : str
        A question's key or row id, or a codebook's key.
    depth : int or None
        Down to which depth categories are told apart.
    round : str
    coder : str, optional
        Only the work of this one, by key.

    Raises
    ------
    P3CError
        If there is neither such a question nor such a codebook.
    """
    with study.store.read() as connection:
        question, book = _find(connection, what)
        codes = read_codes(connection)
        known = known_sources(study, connection)
        rows = _material(connection, question, known)
        who = None if coder is None else ids_by_key(connection, "coder").get(coder, "")
        given = _given(connection, question, book, round, who)
        done = _done(connection, question, round, who)
        label = question.key if question else read_tree(connection, book).name
    counted = {code: _folded(codes, code, depth) for _, code in given}
    by_source: dict[str, set[str]] = {}
    for source, code in given:
        by_source.setdefault(source, set()).add(counted[code])
    made, left = [], []
    for each in rows:
        if each.said["kind"] != "interview" or not (each.id in done or each.id in by_source):
            left.append(each.key)
            continue
        types = tuple(dict.fromkeys(kind for person in each.people for kind in person.types))
        found = frozenset(by_source.get(each.id, ()))
        made.append(Interview(each.key, each.said["date"], types, found))
    made.sort(key=lambda one: (not one.date, one.date, one.key))
    return Gathered(label, made, left)


def _find(connection: Connection, what: str) -> tuple[Question | None, str]:
    table, book = ROWS["question"], ROWS["codebook"]
    asked = connection.scalar(
        select(table.c.id).where((table.c.key == what) | (table.c.id == what))
    )
    if asked is not None:
        question = read_question(connection, asked)
        if question.codebook is None:
            do = "Bind a codebook to it first."
            raise P3CError(Problem("no codebook is bound to the question", question.key, do=do))
        return question, question.codebook
    rows = {row.key: row.id for row in connection.execute(select(book.c.key, book.c.id))}
    if what in rows:
        return None, rows[what]
    if what in rows.values():
        return None, what
    valid = tuple(sorted({*connection.scalars(select(table.c.key)), *rows}))
    said = f"there is neither a research question nor a codebook {what!r}"
    raise P3CError(Problem(said, "", valid, nearest(what, valid)))


def _material(
    connection: Connection, question: Question | None, known: dict[str, KnownSource]
) -> list[KnownSource]:
    if question is not None:
        return [known[row.id] for row in material_of(connection, question)]
    return [each for each in known.values() if each.text and not each.translation_of]


def _given(
    connection: Connection, question: Question | None, book: str, round: str, who: str | None
) -> set[tuple[str, str]]:
    coding, code = ROWS["coding"], ROWS["code"]
    columns: tuple[Any, ...] = (coding.c.source, coding.c.code)
    if question is not None:
        # what a pilot review has overturned counts nowhere
        gone = overturned(connection, question)
        version = func.coalesce(coding.c.codebook_version, "")
        wanted = codings_of(question, *columns).where(version.not_in(gone))
    else:
        wanted = (
            select(*columns).join(code, code.c.id == coding.c.code).where(code.c.codebook == book)
        )
    if who is not None:
        wanted = wanted.where(coding.c.coder == who)
    rows = connection.execute(wanted.where(coding.c.round == round).distinct())
    return {(source, code) for source, code in rows}


def _done(
    connection: Connection, question: Question | None, round: str, who: str | None
) -> set[str]:
    reading = ROWS["reading"]
    wanted = select(reading.c.source).where(reading.c.done, reading.c.round == round)
    if who is not None:
        wanted = wanted.where(reading.c.coder == who)
    if question is not None:
        at_once = ["", question.key] if question.how.direction == "deductive" else [question.key]
        wanted = wanted.where(func.coalesce(reading.c.question, "").in_(at_once))
    return set(connection.scalars(wanted))


def _folded(codes: Codes, code: str, depth: int | None) -> str:
    """Return the code that stands for this one: what it was merged into, and not below a depth."""
    code = codes.counts_for(code)
    path = [*reversed(codes.above(code)), code]
    return path[depth - 1] if depth is not None and len(path) > depth else code
