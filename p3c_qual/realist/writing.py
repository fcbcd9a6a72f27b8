"""What all writing of the realist layer needs: rows that people name, keys, and fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.read import find_row
from p3c_qual.store.schema import KEYED, ROWS
from p3c_qual.yaml_fields import SLUG, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Configuration
    from p3c_qual.store.act import Act

__all__ = [
    "check_fields",
    "check_stands",
    "find",
    "found",
    "free_key",
    "key_for",
    "shorten",
    "who",
    "words_for",
]

#: how people call a row of each table
CALLED = {
    "theory": "theory",
    "mechanism": "mechanism",
    "configuration": "configuration",
    "element": "element",
    "evidence": "evidence",
    "link": "link",
    "regularity": "demi-regularity",
    "instance": "instance",
    "inference": "memo",
    "programme": "programme",
}
#: how long a key made of a label is, and a label made of somebody's words
_KEY, _LABEL = 40, 60


def found(connection: Connection, table: str, name: str, where: str = "") -> Any:
    """Return a row by its row id, or its key where it has one.

    Raises
    ------
    P3CError
        If there is none; with who took it away, or the nearest key.
    """
    rows = ROWS[table]
    row = connection.execute(select(rows).where(rows.c.id == name)).mappings().first()
    if row is None:
        said = gone(connection, table, name)
        if "took it away" in said.what:
            what = said.what.replace(table, CALLED[table], 1)
            raise P3CError(Problem(what, where, do=said.do, code="gone"))
        if table not in KEYED:
            what = f"there is no such {CALLED[table]}"
            raise P3CError(Problem(what, where, do=said.do, code="gone"))
        return find_row(connection, table, name, CALLED[table], where)
    return row


def find(
    connection: Connection, table: str, name: str, problems: list[Problem], where: str = ""
) -> Any:
    """Return a row as `found` does; None where none is named, or none is there, which is noted."""
    if not name:
        return None
    try:
        return found(connection, table, name, where)
    except P3CError as error:
        problems += error.problems
        return None


def key_for(
    connection: Connection,
    table: str,
    given: str,
    problems: list[Problem],
    *,
    base: str = "",
    own: str = "",
) -> str:
    """Return the key a row gets: the one given where it can be one, else one that is made.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    table : str
    given : str
    problems : list of Problem
        Takes what is wrong with the one given.
    base : str
        What a key is made of where none is given.
    own : str
        Row id of the row itself, which may keep its key.
    """
    key = given.strip()
    if not key:
        return free_key(connection, table, base)
    if not SLUG.fullmatch(key) or len(key) > 100:
        do = "Write it in lower-case letters, digits and underscores."
        problems.append(Problem(f"{key[:60]!r} cannot be a key", "", (), slug_of(key)[:100], do))
    rows = ROWS[table]
    taken = connection.scalar(select(rows.c.id).where(rows.c.key == key))
    if taken and taken != own:
        what = f"there is a {CALLED[table]} {key!r} already"
        problems.append(Problem(what, do="Give this one another key."))
    return key


def free_key(connection: Connection, table: str, label: str) -> str:
    """Return a key made of a label that no row has yet; a configuration's is a number."""
    used = set(connection.scalars(select(ROWS[table].c.key)))
    if table == "configuration":
        numbers = (re.fullmatch(r"c(\d{1,9})(~\w+)?", key or "") for key in used)
        return f"c{max((int(each[1]) for each in numbers if each), default=0) + 1}"
    slug = slug_of(label.replace(".", " "))
    if len(slug) > _KEY:
        slug = slug[:_KEY].rpartition("_")[0] or slug[:_KEY]
    base = key = slug or table
    number = 1
    while key in used:
        number += 1
        key = f"{base}_{number}"
    return key


def check_fields(
    fields: Mapping[str, str], allowed: Iterable[str], what: str, problems: list[Problem]
) -> dict[str, str]:
    """Return the fields that there are, cleaned; of the others it is noted that there are none."""
    valid = tuple(allowed)
    problems += [
        Problem(f"{what} has no field {name[:60]!r}", "", valid, nearest(name, valid))
        for name in fields
        if name not in valid
    ]
    return {name: clean(value or "") for name, value in fields.items() if name in valid}


def check_stands(*configurations: Configuration) -> None:
    """Refuse to write on configurations that do not stand.

    Raises
    ------
    P3CError
        With the code ``closed``, for each of them.
    """
    states = {
        "split": ("was split", "Work on its parts, or take it up again first."),
        "merged": ("was merged into another one", "Work on that one, or take this one up again."),
        "set_aside": ("was set aside", "Take it up again first."),
    }
    problems = []
    for each in configurations:
        if each.state:
            what, do = states.get(each.state, (f"is {each.state}", "Take it up again first."))
            problems.append(Problem(f"{each.key} {what}", do=do, code="closed"))
    if problems:
        raise P3CError(problems)


def words_for(
    given: Mapping[str, str], needed: Mapping[str, str], what: str, problems: list[Problem]
) -> None:
    """Note which of the given texts must not be empty and are.

    Parameters
    ----------
    given : mapping of str to str
        By field, cleaned; what is not among them is not looked at.
    needed : mapping of str to str
        By field, how it is called with its article.
    what : str
    problems : list of Problem
    """
    problems += [
        Problem(f"{what} needs {called}")
        for name, called in needed.items()
        if name in given and not given[name]
    ]


def shorten(words: str, most: int = _LABEL) -> str:
    r"""Return the first words of a text, whole ones.

    Examples
    --------
    >>> shorten("So I told her what I never\n tell the doctor.", 22)
    'So I told her what I'
    """
    text = " ".join(words.split())
    if len(text) <= most:
        return text
    return text[: most + 1].rpartition(" ")[0] or text[:most]


def who(act: Act, study: Opened, coder: str | None) -> str:
    """Return the row id of whose work this is; by default of who works here."""
    from p3c_qual.coding.coders import coder_id

    return coder_id(act, coder or study.coder or "")
