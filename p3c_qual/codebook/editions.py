"""Versions of a codebook that are kept as they were frozen.

An edition is the codebook's canonical YAML without the words of its linked anchors: these are
taken from the texts when it is read, so that they go where a text is erased.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.quoting import anchors_of, quoted, texts_of
from p3c_qual.codebook.stored import stored_codebook
from p3c_qual.codebook.tree import read_tree
from p3c_qual.codebook.writer import write_codebook
from p3c_qual.coding.coders import coder_id
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.codebook.tree import Tree
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "edition_of",
    "editions_of",
    "free_version",
    "freeze",
    "freeze_codebook",
    "keep_edition",
    "list_editions",
    "next_version",
    "read_edition",
    "reopen_codebook",
]

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


def editions_of(connection: Connection, codebook: str) -> dict[str, Any]:
    """Return the editions of a codebook (row id) by version, the oldest first."""
    table = ROWS["edition"]
    wanted = select(table).where(table.c.codebook == codebook).order_by(table.c.id)
    found: dict[str, Any] = {}
    for row in connection.execute(wanted):
        # copies of a study may have frozen one version each; the first one stands
        found.setdefault(row.version or "", row)
    return found


def edition_of(connection: Connection, row: Any) -> Codebook:
    """Return the codebook that an edition holds, its linked anchors with the words of the texts.

    Raises
    ------
    P3CError
        If its text was erased.
    """
    book = _parsed(row)
    places = {a.source for code in book.codes for a in anchors_of(code) if a.linked}
    return quoted(book, texts_of(connection, places)) if places else book


def _parsed(row: Any) -> Codebook:
    from p3c_qual.codebook.reader import draft_of

    if not row.form:
        raise P3CError(Problem(f"the edition {row.version!r} was erased"))
    # what the study held is read as it was, also where a file of that kind would be refused
    return draft_of(row.form, f"edition {row.version}").codebook


def keep_edition(act: Act, tree: Tree, *, reason: str, status: str = "") -> str:
    """Keep the present version of a codebook as an edition; returns the edition's id.

    One that is kept already in the same words is not kept twice.

    Parameters
    ----------
    act : Act
    tree : Tree
        Of the codebook.
    reason : str
    status : str, optional
        What the edition says of its status; by default that of the codebook.

    Raises
    ------
    P3CError
        If there is an edition of that version with other words.
    """
    book = stored_codebook(act.connection, tree.name)
    form = write_codebook(quoted(replace(book, status=status or book.status), None))
    old = editions_of(act.connection, tree.codebook).get(book.version)
    if old is not None:
        if _same(old, form):
            return str(old.id)
        raise P3CError(_taken(tree.name, book.version))
    row = {
        "codebook": tree.codebook,
        "version": book.version,
        "form": form,
        "reason": _clean(reason) or None,
        "coder": coder_id(act, act.actor, "edition"),
    }
    return act.insert("edition", [row])[0]


def _same(old: Any, form: str) -> bool:
    """Compare two forms; the status they were kept in is no part of what a version says."""
    from p3c_qual.codebook.reader import draft_of

    if not old.form:
        return False
    new = draft_of(form).codebook
    return replace(_parsed(old), status=new.status) == new


def freeze(act: Act, codebook: str, *, version: str | None, reason: str) -> str:
    """Freeze a codebook in an act; see `freeze_codebook`."""
    tree = read_tree(act.connection, codebook)
    problems: list[Problem] = []
    name = _version(version, problems) if version is not None else tree.version
    if tree.frozen and name in editions_of(act.connection, tree.codebook):
        do = "Begin the next version first: p3c codebook reopen " + tree.name
        problems.append(Problem(f"{tree.name} {tree.version} is frozen already", do=do))
    elif name != tree.version and name in editions_of(act.connection, tree.codebook):
        problems.append(_taken(tree.name, name))
    if not tree.nodes:
        problems.append(Problem(f"the codebook {tree.name!r} has no codes to freeze"))
    if problems:
        raise P3CError(problems)
    act.update("codebook", {tree.codebook: {"version": name, "status": "final"}})
    return keep_edition(act, tree, reason=reason)


def freeze_codebook(
    study: Opened,
    codebook: str,
    *,
    version: str | None = None,
    reason: str = "",
    id: str | None = None,
) -> str:
    """Freeze a codebook: its present version is kept as an edition, and changes become proposals.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    version : str, optional
        What the version is called; by default as it is called now.
    reason : str
    id : str, optional
        Of the act.

    Returns
    -------
    str
        Id of the edition.

    Raises
    ------
    P3CError
        If it has no codes, is frozen already, or the version is taken.
    """
    with study.act("freeze", reason=reason, id=id) as act:
        made = freeze(act, codebook, version=version, reason=reason)
        tree = read_tree(act.connection, codebook)
        act.say(f"freeze {tree.name} {tree.version}")
        return made


def reopen_codebook(
    study: Opened,
    codebook: str,
    *,
    version: str | None = None,
    reason: str,
    id: str | None = None,
) -> str:
    """Begin the next version of a frozen codebook; it can be changed again.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    version : str, optional
        What the next version is called; by default the number rises.
    reason : str
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The next version's name.

    Raises
    ------
    P3CError
        If the codebook is not frozen, no edition of its present version is kept, no reason is
        given, or the version is taken.
    """
    with study.act("reopen", reason=reason, id=id) as act:
        tree = read_tree(act.connection, codebook)
        kept = editions_of(act.connection, tree.codebook)
        problems: list[Problem] = []
        if not tree.frozen:
            do = "Change it as it stands."
            problems.append(Problem(f"{tree.name} {tree.version} is not frozen", do=do))
        elif tree.version not in kept:
            what = f"no edition of {tree.name} {tree.version} is kept, and it would be lost"
            do = f"Keep it first: p3c codebook freeze {tree.name}"
            problems.append(Problem(what, do=do))
        if not reason.strip():
            do = "Say in one sentence why the categories have to change."
            problems.append(Problem("a next version needs a reason", do=do, code="reason"))
        name = free_version(act.connection, tree, version, problems)
        if problems:
            raise P3CError(problems)
        act.update("codebook", {tree.codebook: {"version": name, "status": "draft"}})
        act.say(f"begin version {name} of {tree.name}")
        return name


def free_version(
    connection: Connection, tree: Tree, version: str | None, problems: list[Problem]
) -> str:
    """Return the name of a codebook's next version, and note what is wrong with it."""
    kept = editions_of(connection, tree.codebook)
    if version is None or not version.strip():
        return next_version(tree.version, {*kept, tree.version})
    name = _version(version, problems)
    if name in kept or name == tree.version:
        problems.append(_taken(tree.name, name))
    return name


def _taken(book: str, version: str) -> Problem:
    do = "Give this version another name."
    return Problem(f"there is a version {version!r} of {book!r} already", do=do, code="taken")


def _version(given: str, problems: list[Problem]) -> str:
    name = " ".join(_clean(given).split())
    if not name:
        problems.append(Problem("a version needs a name", do="Such as 2 or 1.1."))
    elif len(name) > _LONGEST:
        what = f"the name of the version has {len(name)} characters, more than {_LONGEST}"
        problems.append(Problem(what))
    elif "@" in name:
        problems.append(Problem(f"the version {name!r} holds an @, which stands before versions"))
    return name


def _clean(words: str) -> str:
    from p3c_qual.sources.fix import fix_text

    return fix_text(words).text.strip()


def list_editions(study: Opened, codebook: str | None = None) -> pd.DataFrame:
    """List the versions that were frozen, the oldest first.

    Parameters
    ----------
    study : Study
    codebook : str, optional
        Key or row id of one codebook.

    Returns
    -------
    DataFrame
        ``codebook`` (key), ``version``, ``coder``, ``at`` (str, UTC), ``reason`` (str), ``codes``
        (int), ``now`` (bool, whether it is the codebook's present version), ``id``.

    Raises
    ------
    P3CError
        If there is no such codebook.
    """
    import pandas as pd

    from p3c_qual.store.schema import act as acts
    from p3c_qual.store.schema import event

    table, book, coder = (ROWS[name] for name in ("edition", "codebook", "coder"))
    columns = ["codebook", "version", "coder", "at", "reason", "codes", "now", "id"]
    with study.store.read() as connection:
        wanted = (
            select(
                table,
                book.c.key.label("book"),
                book.c.version.label("present"),
                coder.c.key.label("by"),
                acts.c.at,
            )
            .join(book, book.c.id == table.c.codebook)
            .join(coder, coder.c.id == table.c.coder, isouter=True)
            .join(event, (event.c.tbl == "edition") & (event.c.row == table.c.id), isouter=True)
            .join(acts, acts.c.id == event.c.act, isouter=True)
            .order_by(book.c.key, table.c.id, event.c.clock)
        )
        if codebook is not None:
            owner = read_tree(connection, codebook).codebook
            wanted = wanted.where(table.c.codebook == owner)
        rows: dict[str, dict[str, Any]] = {}
        for row in connection.execute(wanted):
            if row.id in rows:
                continue
            rows[row.id] = {
                "codebook": row.book,
                "version": row.version or "",
                "coder": row.by or "",
                "at": row.at or "",
                "reason": row.reason or "",
                "codes": len(_parsed(row).codes) if row.form else 0,
                "now": (row.version or "") == (row.present or ""),
                "id": row.id,
            }
    return pd.DataFrame(list(rows.values()), columns=columns)


def read_edition(study: Opened, codebook: str, version: str) -> Codebook:
    """Return a codebook as it was frozen in one version.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    version : str

    Raises
    ------
    P3CError
        If there is no such codebook, or no edition of that version: the nearest is named.
    """
    with study.store.read() as connection:
        tree = read_tree(connection, codebook)
        kept = editions_of(connection, tree.codebook)
        if version in kept:
            return edition_of(connection, kept[version])
    do = "" if kept else f"None is kept yet; one is with: p3c codebook freeze {tree.name}"
    valid = tuple(kept)
    # versions are short, and one is seldom spelled like another
    close = nearest(version, valid, cutoff=0.4)
    what = f"no edition {version!r} of {tree.name!r} is kept"
    raise P3CError(Problem(what, "", valid, close, do))
