"""Versions of a codebook that are kept as they were frozen.

An edition is the codebook's canonical YAML without the words of its linked anchors: these are
taken from the texts when it is read, so that they go where a text is erased.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.made import clean
from p3c_qual.codebook.quoting import anchors_of, quoted, texts_of
from p3c_qual.codebook.stored import stored_codebook
from p3c_qual.codebook.tree import read_tree
from p3c_qual.codebook.versions import taken
from p3c_qual.codebook.writer import write_codebook
from p3c_qual.coding.coders import coder_id
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.codebook.model import Codebook
    from p3c_qual.codebook.tree import Tree
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "check_version",
    "edition_of",
    "editions_of",
    "keep_edition",
    "list_editions",
    "read_edition",
]


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
        raise P3CError(taken(tree.name, book.version))
    row = {
        "codebook": tree.codebook,
        "version": book.version,
        "form": form,
        "reason": clean(reason) or None,
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


def check_version(study: Opened, codebook: str, version: str) -> None:
    """Refuse what is meant for another version of a codebook than the one in force.

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.
    version : str
        Empty for whichever is in force.

    Raises
    ------
    P3CError
        If there is no such codebook, or another version is in force: which versions there are is
        said, and how the study is opened as it stood with one that was frozen.
    """
    if not version:
        return
    with study.store.read() as connection:
        tree = read_tree(connection, codebook)
    if version == tree.version:
        return
    kept = list_editions(study, codebook)
    frozen: dict[str, str] = dict(zip(kept["version"], kept["at"], strict=True))
    valid = (
        *(f"{name} (frozen {at[:10]})" for name, at in frozen.items() if name != tree.version),
        f"{tree.version or 'one without a name'} (in force)",
    )
    if version in frozen:
        what = f"{tree.name} is not in version {version!r} any more"
        do = f"The study as it stood with it: as_of {frozen[version]}"
        raise P3CError(Problem(what, "codebook_version", valid, do=do))
    near = nearest(version, (*frozen, tree.version), cutoff=0.4)
    what = f"{tree.name} has no version {version!r}"
    raise P3CError(Problem(what, "codebook_version", valid, near))
