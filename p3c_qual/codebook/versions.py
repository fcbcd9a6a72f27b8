"""What versions of a codebook are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from p3c_qual.codebook.made import clean
from p3c_qual.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from p3c_qual.codebook.tree import Tree

__all__ = ["free_version", "next_version", "taken", "version_name"]

_NUMBERS = re.compile(r"(?:\d+\.)*\d+")
_COUNTED = re.compile(r"(.+) \((\d+)\)")
#: characters of a version's name
_LONGEST = 60


def next_version(version: str, taken: Collection[str] = ()) -> str:
    """Return the name of the version after this one.

    Parameters
    ----------
    version : str
        The last of its numbers rises; other words get a number behind them.
    taken : collection of str
        Versions that there are already; they are passed over.

    Examples
    --------
    >>> [next_version(name) for name in ("1", "0.1", "1.9", "after Leeds", "after Leeds (2)", "")]
    ['2', '0.2', '1.10', 'after Leeds (2)', 'after Leeds (3)', '2']
    >>> next_version("1", {"2", "3"})
    '4'
    """
    made = version.strip() or "1"
    while True:
        if _NUMBERS.fullmatch(made):
            head, dot, last = made.rpartition(".")
            made = f"{head}{dot}{int(last) + 1}"
        elif counted := _COUNTED.fullmatch(made):
            made = f"{counted[1]} ({int(counted[2]) + 1})"
        else:
            made = f"{made} (2)"
        if made not in taken:
            return made


def free_version(
    kept: Collection[str], tree: Tree, version: str | None, problems: list[Problem]
) -> str:
    """Return the name of a codebook's next version, and note what is wrong with it.

    Parameters
    ----------
    kept : collection of str
        Versions of which an edition is kept.
    tree : Tree
        Of the codebook.
    version : str or None
        What it is to be called; by default the number rises.
    problems : list of Problem
    """
    if version is None or not version.strip():
        return next_version(tree.version, {*kept, tree.version})
    name = version_name(version, problems)
    if name in kept or name == tree.version:
        problems.append(taken(tree.name, name))
    return name


def version_name(given: str, problems: list[Problem]) -> str:
    """Return a version's name as one line, and note what is wrong with it."""
    name = " ".join(clean(given).split())
    if not name:
        problems.append(Problem("a version needs a name", do="Such as 2 or 1.1."))
    elif len(name) > _LONGEST:
        what = f"the name of the version has {len(name)} characters, more than {_LONGEST}"
        problems.append(Problem(what))
    elif "@" in name:
        problems.append(Problem(f"the version {name!r} holds an @, which stands before versions"))
    return name


def taken(book: str, version: str) -> Problem:
    """Say that there is a version of this name already."""
    do = "Give this version another name."
    return Problem(f"there is a version {version!r} of {book!r} already", do=do, code="taken")
