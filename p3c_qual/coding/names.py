"""From the keys people use to the rows they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import Problem, nearest
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["CodeName", "Codes", "find_key", "ids_by_key", "read_codes"]


@dataclass(frozen=True)
class CodeName:
    """What coding needs to know of a code."""

    id: str
    key: str
    codebook: str
    label: str
    status: str
    parent: str | None
    version: str
    merged_into: str | None


@dataclass(frozen=True)
class Codes:
    """All codes of a study, by id and by the names they answer to."""

    by_id: dict[str, CodeName]
    by_name: dict[str, tuple[str, ...]]

    def find(self, name: str, where: str = "") -> CodeName | Problem:
        """Return the code called `name`: its key where that is unique, codebook:key, or its id."""
        ids = self.by_name.get(name, ())
        if not ids and name in self.by_id:
            return self.by_id[name]
        if len(ids) == 1:
            return self.by_id[ids[0]]
        if ids:
            full = tuple(sorted(f"{self.by_id[i].codebook}:{self.by_id[i].key}" for i in ids))
            return Problem(
                f"{name!r} is a code of several codebooks",
                where,
                full,
                do="Write the codebook before it.",
            )
        bare = sorted(n for n in self.by_name if ":" not in n)
        if not bare:
            return Problem(
                f"unknown code {name!r}: the study has no codebook",
                where,
                do="Take one in with: p3c codebook load FILE",
            )
        return Problem(f"unknown code {name!r}", where, tuple(bare), nearest(name, self.by_name))

    def usable(self, name: str, where: str = "") -> CodeName | Problem:
        """Return the code called `name` if it may be given; a retired one may not."""
        code = self.find(name, where)
        if isinstance(code, Problem) or code.status != "retired":
            return code
        into = self.by_id.get(self.counts_for(code.id))
        return Problem(
            f"the code {(code.key if name == code.id else name)!r} is retired",
            where,
            do=f"Use {into.key!r} instead." if into and into.id != code.id else "",
        )

    def name(self, code: str) -> str:
        """Return how a code is written: its key, with the codebook only where needed."""
        found = self.by_id[code]
        if len(self.by_name.get(found.key, ())) > 1:
            return f"{found.codebook}:{found.key}"
        return found.key

    def label(self, code: str) -> str:
        """Return what people read of a code."""
        found = self.by_id.get(code)
        return (found.label or found.key) if found else "a deleted code"

    def below(self, code: str) -> list[str]:
        """Return the ids of a code and everything under it."""
        children: dict[str, list[str]] = {}
        for each in self.by_id.values():
            if each.parent:
                children.setdefault(each.parent, []).append(each.id)
        found, open_ = [], [code]
        while open_:
            here = open_.pop()
            if here not in found:
                found.append(here)
                open_ += children.get(here, [])
        return found

    def above(self, code: str) -> list[str]:
        """Return the ids of the codes a code stands under, the nearest first."""
        found = []
        parent = self.by_id[code].parent
        while parent in self.by_id:
            found.append(str(parent))
            parent = self.by_id[str(parent)].parent
        return found

    def counts_for(self, code: str) -> str:
        """Return the code that a retired one was merged into, else the code itself."""
        seen = {code}
        while (into := self.by_id[code].merged_into) and into in self.by_id and into not in seen:
            seen.add(into)
            code = into
        return code


def read_codes(connection: Connection) -> Codes:
    """Read all codes, with the cycles that joining copies may leave cut open."""
    from p3c_qual.store.conflicts import rootless

    code, book = ROWS["code"], ROWS["codebook"]
    wanted = select(code, book.c.key.label("book"), book.c.version.label("book_version")).join(
        book, book.c.id == code.c.codebook
    )
    rows = connection.execute(wanted).mappings().all()
    cut = rootless({row["id"]: row["parent"] for row in rows})
    by_id = {}
    by_name: dict[str, tuple[str, ...]] = {}
    for row in rows:
        by_id[row["id"]] = CodeName(
            row["id"],
            row["key"],
            row["book"],
            row["label"],
            row["status"] or "active",
            None if row["id"] in cut else row["parent"],
            row["book_version"] or "",
            row["merged_into"],
        )
        for name in (row["key"], f"{row['book']}:{row['key']}"):
            by_name[name] = (*by_name.get(name, ()), row["id"])
    return Codes(by_id, by_name)


def ids_by_key(connection: Connection, table: str) -> dict[str, str]:
    """Return id by key of one table."""
    wanted = ROWS[table]
    return dict(connection.execute(select(wanted.c.key, wanted.c.id)).all())


def find_key(known: dict[str, Any], key: str, what: str, where: str = "") -> Problem | None:
    """Return what to say when `key` is none of the known ones."""
    if key in known:
        return None
    return Problem(
        f"unknown {what} {key!r}",
        where,
        tuple(sorted(known)),
        nearest(key, known),
        "" if known else f"The study has no {what} yet.",
    )
