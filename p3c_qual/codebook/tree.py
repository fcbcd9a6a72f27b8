"""The codes of a stored codebook as a tree, while somebody changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.names import read_codes
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.conflicts import rootless
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from p3c_qual.store.act import Act

__all__ = ["Node", "Tree", "read_tree", "tree_of"]


@dataclass(slots=True)
class Node:
    """A code and its place; `parent` is None at the top."""

    id: str
    key: str
    label: str
    status: str
    parent: str | None
    position: int | None


class Tree:
    """The codes of one codebook in reading order: every code before those below it.

    Attributes
    ----------
    codebook : str
        Row id.
    name, version : str
        The codebook's key and version.
    frozen : bool
        Whether the codebook is final.
    grouping : bool
        Whether main categories are being built over a frozen codebook's categories, as the last
        step of forming them: codes are made and moved then, and what they mean stays fixed.
    nodes : dict of str to Node
        By row id.
    """

    def __init__(
        self,
        codebook: str,
        name: str,
        version: str,
        *,
        frozen: bool,
        nodes: Sequence[Node],
        grouping: bool = False,
    ) -> None:
        self.codebook = codebook
        self.name = name
        self.version = version
        self.frozen = frozen
        self.grouping = grouping
        self.nodes = {node.id: node for node in nodes}
        self._below: dict[str | None, list[str]] = {}
        for node in nodes:
            parent = node.parent if node.parent in self.nodes else None
            self._below.setdefault(parent, []).append(node.id)

    def is_frozen(self, codes: Iterable[str]) -> bool:
        """Say whether these codes are part of a version that is fixed."""
        return self.frozen and any(self.nodes[code].status != "proposed" for code in codes)

    def children(self, code: str | None) -> list[str]:
        """Return the codes directly below one, or those at the top."""
        return list(self._below.get(code, ()))

    def below(self, code: str | None) -> Iterator[str]:
        """Yield every code below one, in reading order."""
        waiting = self.children(code)[::-1]
        while waiting:
            yield (here := waiting.pop())
            waiting += reversed(self.children(here))

    def parent(self, code: str) -> str | None:
        """Return the code that a code stands under."""
        found = self.nodes[code].parent
        return found if found in self.nodes else None

    def put(self, code: str, parent: str | None, after: str | None = None) -> None:
        """Put a code under another one, behind a sibling or as the last.

        Parameters
        ----------
        code : str
        parent : str or None
            None for the top.
        after : str, optional
            A code under `parent`; empty to put the code first.
        """
        if code in (before := self._below.get(self.parent(code), [])):
            before.remove(code)
        self.nodes[code].parent = parent
        siblings = self._below.setdefault(parent, [])
        at = len(siblings) if after is None else siblings.index(after) + 1 if after else 0
        siblings.insert(at, code)

    def add(self, node: Node, after: str | None = None) -> None:
        """Add a code that is new, at its parent's."""
        self.nodes[node.id] = node
        self.put(node.id, node.parent, after)

    def write_places(self, act: Act) -> None:
        """Write where the codes stand: positions are whole numbers in reading order."""
        changes = {}
        for number, name in enumerate(self.below(None)):
            if self.nodes[name].position != number:
                changes[name] = {"position": number}
                self.nodes[name].position = number
        act.update("code", changes)

    def find(self, name: str) -> str | Problem:
        """Return the id of the code of this codebook called `name`: its id, key or codebook:key."""
        if name in self.nodes:
            return name
        keys = {node.key: node.id for node in self.nodes.values()}
        key = name.removeprefix(f"{self.name}:")
        if key in keys:
            return keys[key]
        return Problem(
            f"the codebook {self.name!r} has no code {name!r}",
            valid=tuple(sorted(keys)),
            nearest=nearest(key, keys),
        )


def read_tree(connection: Connection, codebook: str) -> Tree:
    """Read a codebook's tree.

    Parameters
    ----------
    connection : Connection
    codebook : str
        Its key or row id.

    Raises
    ------
    P3CError
        If the study has no such codebook; the nearest spelling is named.
    """
    book, code = ROWS["codebook"], ROWS["code"]
    wanted = select(book.c.id, book.c.key, book.c.version, book.c.status)
    books = {row.id: row for row in connection.execute(wanted)}
    by_key = {row.key: row for row in books.values()}
    owner = by_key.get(codebook) or books.get(codebook)
    if owner is None:
        what = f"the study has no codebook {codebook!r}"
        raise P3CError(
            Problem(what, valid=tuple(sorted(by_key)), nearest=nearest(codebook, by_key))
        )
    columns = (code.c.id, code.c.key, code.c.label, code.c.status, code.c.parent, code.c.position)
    order = (code.c.position, code.c.key)
    rows = connection.execute(
        select(*columns).where(code.c.codebook == owner.id).order_by(*order)
    ).all()
    cut = rootless({row.id: row.parent for row in rows})
    nodes = [
        Node(
            row.id,
            row.key,
            row.label or row.key,
            row.status or "active",
            None if row.id in cut else row.parent,
            row.position,
        )
        for row in rows
    ]
    frozen = owner.status == "final"
    question = ROWS["question"]
    built = select(question.c.id).where(
        question.c.codebook == owner.id,
        question.c.technique == "inductive",
        question.c.step == "main",
    )
    grouping = frozen and connection.scalar(built.limit(1)) is not None
    return Tree(
        *(owner.id, owner.key, owner.version or ""), frozen=frozen, nodes=nodes, grouping=grouping
    )


def tree_of(connection: Connection, name: str) -> tuple[Tree, str]:
    """Return the tree that a code stands in, and the code's id.

    Raises
    ------
    P3CError
        If there is no such code; the nearest spelling is named.
    """
    found = read_codes(connection).find(name)
    if isinstance(found, Problem):
        raise P3CError(found)
    return read_tree(connection, found.codebook), found.id
