"""The duty to code again: codings under codes that have changed since they were made."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.editions import edition_of, editions_of
from p3c_qual.codebook.stored import stored_codebook
from p3c_qual.codebook.tree import read_tree
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.codebook.code import Code
    from p3c_qual.codebook.model import Codebook
    from p3c_qual.opened import Opened

__all__ = ["Owed", "changed_fields", "owed", "table_duty"]

#: what decides whether a passage belongs to a code; labels and anchors only name and show it
_FIELDS = ("definition", "rule", "parent", "status", "level", "kind", "levels", "not_ratable")
_SAID = {"levels": "scale", "kind": "scale", "not_ratable": "scale"}
_UNKNOWN = "unknown: no edition of that version is kept"


@dataclass(frozen=True, slots=True)
class Owed:
    """A coding that stands under a version of its code that is no longer so."""

    coding: str
    code: str
    version: str
    changed: str
    coder: str
    source: str


def changed_fields(old: Code, new: Code) -> list[str]:
    """Return what of a code decides otherwise now.

    Examples
    --------
    >>> from p3c_qual.codebook import Code
    >>> changed_fields(Code("a", "A", rule="Only the team."), Code("a", "Alpha"))
    ['rule']
    """
    found = [_SAID.get(name, name) for name in _FIELDS if getattr(old, name) != getattr(new, name)]
    return list(dict.fromkeys(found))


def owed(connection: Connection, codebook: str) -> list[Owed]:
    """Return the codings of a codebook (key or row id) that have to be looked at again.

    They are in the order of the codebook, then by version, coder and source.
    """
    tree = read_tree(connection, codebook)
    book = stored_codebook(connection, tree.name)
    coding, code, coder, src = (ROWS[name] for name in ("coding", "code", "coder", "source"))
    wanted = (
        select(
            coding.c.id,
            coding.c.codebook_version,
            code.c.key.label("code"),
            coder.c.key.label("coder"),
            src.c.key.label("source"),
        )
        .join(code, code.c.id == coding.c.code)
        .join(coder, coder.c.id == coding.c.coder, isouter=True)
        .join(src, src.c.id == coding.c.source)
        .where(code.c.codebook == tree.codebook)
        .where(coding.c.codebook_version.is_distinct_from(tree.version))
    )
    rows = connection.execute(wanted).all()
    said = _Said(connection, tree.codebook, book)
    found = [
        Owed(
            row.id,
            row.code,
            row.codebook_version or "",
            changed,
            row.coder or "",
            row.source,
        )
        for row in rows
        if (changed := said.changed(row.codebook_version or "", row.code))
    ]
    place = {each.key: number for number, each in enumerate(book.codes)}
    return sorted(
        found,
        key=lambda each: (place[each.code], each.version, each.coder, each.source, each.coding),
    )


class _Said:
    """What changed in each code since each version."""

    def __init__(self, connection: Connection, codebook: str, book: Codebook) -> None:
        self._connection = connection
        self._book = book
        self._rows = editions_of(connection, codebook)
        self._editions: dict[str, Codebook | None] = {}
        self._found: dict[tuple[str, str], str] = {}
        # what a pilot review notes was changed while its version was tried
        self._noted: dict[tuple[str, str], list[str]] = defaultdict(list)
        review = ROWS["pilot_review"]
        wanted = select(review.c.version_before, review.c.figures).where(
            review.c.decision == "changed"
        )
        for version, figures in connection.execute(wanted):
            if (figures or {}).get("codebook") == codebook:
                for key, fields in (figures.get("edited") or {}).items():
                    self._noted[version or "", key] += fields

    def changed(self, version: str, key: str) -> str:
        """Return the fields, with commas between them; empty where nothing changed."""
        if (version, key) not in self._found:
            self._found[version, key] = self._compare(version, key)
        return self._found[version, key]

    def _compare(self, version: str, key: str) -> str:
        if version not in self._editions:
            row = self._rows.get(version)
            self._editions[version] = edition_of(self._connection, row) if row else None
        old = self._editions[version]
        if old is None:
            return _UNKNOWN
        # a code that is not in the edition was proposed under it, and is as it was given
        fields = changed_fields(old.code(key), self._book.code(key)) if key in old else []
        return ", ".join(dict.fromkeys([*fields, *self._noted[version, key]]))


def table_duty(study: Opened, codebook: str) -> pd.DataFrame:
    """Tabulate which codings have to be looked at again, since their code has changed.

    A coding is worked off by coding it anew, by resizing it, or by confirming it
    (`p3c_qual.coding.staleness.confirm_codings`).

    Parameters
    ----------
    study : Study
    codebook : str
        Key or row id.

    Returns
    -------
    DataFrame
        ``code`` (key), ``label``, ``version`` (under which they were made), ``changed`` (str,
        definition, rule, parent, status, level, scale), ``coder``, ``source`` (keys),
        ``codings`` (int), ``ids`` (list of str). Empty where nothing is owed. The attribute
        ``version`` is the present one, ``unit`` what is counted.

    Raises
    ------
    P3CError
        If there is no such codebook.
    """
    import pandas as pd

    with study.store.read() as connection:
        tree = read_tree(connection, codebook)
        found = owed(connection, codebook)
    labels = {node.key: node.label for node in tree.nodes.values()}
    counted = Counter((e.code, e.version, e.changed, e.coder, e.source) for e in found)
    ids: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for each in found:
        ids[each.code, each.version, each.changed, each.coder, each.source].append(each.coding)
    rows: list[dict[str, Any]] = [
        {
            "code": place[0],
            "label": labels.get(place[0], place[0]),
            "version": place[1],
            "changed": place[2],
            "coder": place[3],
            "source": place[4],
            "codings": count,
            "ids": ids[place],
        }
        for place, count in counted.items()
    ]
    columns = ["code", "label", "version", "changed", "coder", "source", "codings", "ids"]
    frame = pd.DataFrame(rows, columns=columns).astype({"codings": "int64"})
    frame.attrs = {"version": tree.version, "unit": "codings", "codebook": tree.name}
    return frame
