"""What is wrong with what was said of a source."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, is_text, nearest
from p3c_qual.sources.incoming import NOBODY, several
from p3c_qual.sources.terms import (
    COMPLETENESS,
    CONSENT,
    CONSENT_FOR,
    KINDS,
    STAKEHOLDERS,
    check_key,
    slug,
)

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.sources.incoming import Incoming

__all__ = ["check_date", "check_incoming", "check_language", "check_types"]

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_date(given: str, where: str) -> Problem | None:
    """Say what is wrong with a date, or return None.

    Examples
    --------
    >>> check_date("2014-11", "row 2")
    >>> print(check_date("2023-02-30", "row 3"))
    row 3: '2023-02-30' is no date. Write YYYY, YYYY-MM or YYYY-MM-DD.
    """
    good = _DATE.fullmatch(given) is not None
    if good and len(given) == 10:
        try:
            date.fromisoformat(given)
        except ValueError:
            good = False
    do = "Write YYYY, YYYY-MM or YYYY-MM-DD."
    return None if good else Problem(f"{given!r} is no date", where, do=do)


def check_language(given: str, where: str) -> Problem | None:
    """Say what is wrong with a language's code, or return None.

    Examples
    --------
    >>> check_language("de-AT", "row 2")
    >>> print(check_language("German", "row 3"))
    row 3: 'German' is no language. Write its code, such as en or de.
    """
    if _LANGUAGE.fullmatch(given):
        return None
    do = "Write its code, such as en or de."
    return Problem(f"{given!r} is no language", where, do=do)


def check_types(types: list[str], where: str) -> list[Problem]:
    """Return what is wrong with stakeholder types."""
    valid = tuple(STAKEHOLDERS)
    return [
        Problem(f"unknown stakeholder type {each!r}", where, valid, nearest(each, valid))
        for each in types
        if each not in STAKEHOLDERS
    ]


def check_incoming(sources: list[Incoming]) -> list[Problem]:
    """Return everything at fault in what is said of sources.

    Where something is, the files are tried too, so that all can be mended at once; where
    nothing is, they are read when they come in.
    """
    problems: list[Problem] = []
    for each in sources:
        problems += _check_one(each, each.where or str(each.file))
    twice = [key for key, n in Counter(each.id for each in sources if each.id).items() if n > 1]
    for key in twice:
        lines = [each.where or str(each.file) for each in sources if each.id == key]
        problems.append(
            Problem(
                f"the id {key!r} stands there {len(lines)} times",
                ", ".join(lines),
                do="Each source needs an id of its own.",
            )
        )
    return problems + _unreadable(sources) if problems else []


def _unreadable(sources: list[Incoming]) -> list[Problem]:
    """Return what keeps the files that are there from being read."""
    from p3c_qual.sources.reader import TABLES, read_file

    found: list[Problem] = []
    for file in dict.fromkeys(each.file for each in sources):
        # a table was read already, when it was put apart
        if file.suffix.lower().lstrip(".") not in TABLES and file.is_file():
            try:
                read_file(file)
            except P3CError as error:
                found += error.problems
    return found


def _check_one(each: Incoming, where: str) -> list[Problem]:
    found: list[Problem | None] = [_check_file(each, where)]
    for name, valid in (("kind", KINDS), ("completeness", COMPLETENESS)):
        given = getattr(each, name)
        if given and given not in valid:
            found.append(Problem(f"unknown {name} {given!r}", where, valid, nearest(given, valid)))
    found += check_types(each.types, where)
    if each.date:
        found.append(check_date(each.date, where))
    if each.language:
        found.append(check_language(each.language, where))
    found += [
        Problem(bad, where)
        for key in (each.id, *each.interviewees)
        if key and (bad := check_key(key))
    ]
    found += [
        Problem(f"the {name} {given!r} has no letter or digit", where)
        for name in ("programme", "site")
        if (given := getattr(each, name)) and not slug(given)
    ]
    twice = [key for key, n in Counter(each.interviewees).items() if n > 1]
    found += [Problem(f"the interviewee {key!r} is named twice", where) for key in twice]
    found += _check_person(each, where)
    found += _check_consent(each, where)
    return [problem for problem in found if problem is not None]


def _check_file(each: Incoming, where: str) -> Problem | None:
    name, folder = each.file.name, each.file.parent
    if not is_text(name):
        do = "Give the file another name, in letters and digits."
        return Problem(f"the file's name {name!a} is no text", where, do=do)
    try:
        if each.file.is_file():
            return None
        is_folder = each.file.is_dir()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        return Problem(f"the file {name!r} cannot be read ({why})", where)
    if is_folder:
        do = "Name the files in it, for instance in a manifest."
        return Problem(f"{str(each.file)!r} is a folder, not a file", where, do=do)
    near = nearest(name, _beside(folder))
    return Problem(
        f"the file {name!r} is missing", where, nearest=near, do=f"Looked in {folder.resolve()}."
    )


def _beside(folder: Path) -> list[str]:
    try:
        return [other.name for other in folder.iterdir()]
    except OSError:
        return []


def _check_person(each: Incoming, where: str) -> list[Problem]:
    """Say of a document that it has no stakeholder type: that is a person's."""
    if each.interviewees or each.kind not in NOBODY:
        return []
    given = [name for name in ("stakeholder_type", "role") if getattr(each, name)]
    return [
        Problem(
            f"{name} is said of a {each.kind} that names no interviewee",
            where,
            do=f"It belongs to a person: name the interviewee, or leave {name} empty.",
        )
        for name in given
    ]


def _check_consent(each: Incoming, where: str) -> list[Problem]:
    problems = []
    people = max(len(each.interviewees), 1)
    for purpose in CONSENT_FOR:
        given = several(getattr(each, f"consent_{purpose}"))
        problems += [
            Problem(
                f"unknown answer {g!r} to consent_{purpose}", where, CONSENT, nearest(g, CONSENT)
            )
            for g in given
            if g not in CONSENT
        ]
        if len(given) not in {0, 1, people}:
            problems.append(
                Problem(
                    f"consent_{purpose} has {len(given)} answers for {people} interviewees",
                    where,
                    do="Give one for all, or one for each in their order.",
                )
            )
    return problems
