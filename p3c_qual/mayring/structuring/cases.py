"""Cases: the people, documents or programmes that a structuring sets side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.question import FIELDS, material_of
from p3c_qual.mayring.techniques import TECHNIQUES
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.mayring.question import Question

__all__ = ["Case", "cases_of", "check_ready", "find_case", "sources_of"]


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody or something of whom a structuring says one thing each.

    Attributes
    ----------
    about : str
        ``interviewee``, ``source`` or ``programme``.
    id, key, label : str
        Row id, key, and what people read.
    programme, site : str
        Keys; empty where nothing is said.
    stakeholder_types : tuple of str
    sources : tuple of str
        Row ids of the sources of the material that belong to it.
    """

    about: str
    id: str
    key: str
    label: str
    programme: str = ""
    site: str = ""
    stakeholder_types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def sources_of(connection: Connection, question: Question) -> dict[str, KnownSource]:
    """Return the sources of a question's material by row id, in the order of processing."""
    from p3c_qual.analysis.known import read_sources

    known = read_sources(connection)
    return {row.id: known[row.id] for row in material_of(connection, question) if row.id in known}


def cases_of(
    connection: Connection,
    question: Question,
    sources: Mapping[str, KnownSource] | None = None,
) -> list[Case]:
    """Return the cases of a question, in the order of its material.

    The recording unit says what a case is. With ``source`` it is the one person interviewed in a
    source, else the source itself: documents and group interviews. With ``interviewee`` each
    person of a group interview is a case too; a source in which nobody is interviewed stays one.
    With ``programme`` it is the programme. Where the whole study is one recording unit, or none
    is declared yet, cases are told apart as with ``source``.

    Parameters
    ----------
    connection : Connection
    question : Question
    sources : dict of str to KnownSource, optional
        The material, where it has been read already.

    Returns
    -------
    list of Case
    """
    found: dict[tuple[str, str], Case] = {}
    programmes = _programmes(connection)
    sources = sources_of(connection, question) if sources is None else sources
    for source in sources.values():
        for case in _of_source(source, question.recording_unit, programmes):
            place = (case.about, case.id)
            if place not in found:
                found[place] = case
                continue
            there = found[place]
            types = dict.fromkeys((*there.stakeholder_types, *case.stakeholder_types))
            found[place] = replace(
                there,
                sources=(*there.sources, source.id),
                stakeholder_types=tuple(types),
                # a case that is spread over several places has none
                programme=there.programme if there.programme == case.programme else "",
                site=there.site if there.site == case.site else "",
            )
    return list(found.values())


def _of_source(
    source: KnownSource, unit: str, programmes: Mapping[str, tuple[str, str]]
) -> list[Case]:
    place: dict[str, Any] = {
        "programme": source.programme,
        "site": source.site,
        "sources": (source.id,),
    }
    types = tuple(dict.fromkeys(each for person in source.people for each in person.types))
    if unit == "programme" and source.programme in programmes:
        row, label = programmes[source.programme]
        label = label or source.programme
        return [Case("programme", row, source.programme, label, stakeholder_types=types, **place)]
    if len(source.people) == 1 or (source.people and unit == "interviewee"):
        return [
            Case(
                "interviewee",
                person.id,
                person.key,
                person.role or person.key,
                stakeholder_types=person.types,
                **place,
            )
            for person in source.people
        ]
    label = source.said["title"] or source.key
    return [Case("source", source.id, source.key, label, stakeholder_types=types, **place)]


def _programmes(connection: Connection) -> dict[str, tuple[str, str]]:
    table = ROWS["programme"]
    rows = connection.execute(select(table.c.key, table.c.id, table.c.label))
    return {row.key: (row.id, row.label or "") for row in rows}


def find_case(cases: Iterable[Case], name: str, where: str = "") -> Case | Problem:
    """Return the case of this key or row id, or what to say where there is none.

    Examples
    --------
    >>> find_case([Case("interviewee", "1", "IP01", "Nurse")], "IP1").nearest
    'IP01'
    """
    cases = list(cases)
    keyed = [case for case in cases if case.key == name]
    if len(keyed) == 1:
        return keyed[0]
    for case in cases:
        if case.id == name:
            return case
    valid = tuple(sorted(case.key for case in cases))
    do = "" if valid else "The question has no material yet."
    return Problem(f"unknown case {name!r}", where, valid, nearest(name, valid), do)


def check_ready(question: Question, techniques: Sequence[str]) -> None:
    """Refuse work that belongs to another technique, or for which units are not declared.

    Raises
    ------
    P3CError
    """
    if question.technique not in techniques:
        wanted = " or ".join(TECHNIQUES[name].label.lower() for name in techniques)
        what = (
            f"the question {question.key!r} is one of {question.how.label.lower()}, "
            f"and this is part of {wanted}"
        )
        raise P3CError(Problem(what, do="Ask another question with that technique."))
    if question.unwritten:
        said = ", ".join(FIELDS[name] for name in question.unwritten)
        what = f"the question {question.key!r} has no {said} yet"
        do = "Declare it first: units and criteria are fixed before the work begins."
        raise P3CError(Problem(what, do=do, code="unready"))
