"""What a code that a person makes needs: a label, a key that always works, and a place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.codebook.code import LEVELS
from p3c_qual.codebook.stored import code_row
from p3c_qual.codebook.tree import Node
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store.clock import new_ids
from p3c_qual.store.schema import ROWS
from p3c_qual.yaml_fields import SLUG, slug_of

if TYPE_CHECKING:
    from p3c_qual.codebook.code import Code
    from p3c_qual.codebook.tree import Tree
    from p3c_qual.store.act import Act

__all__ = [
    "check_level",
    "clean",
    "create_codebook",
    "find_place",
    "free_key",
    "insert_code",
    "read_label",
]

#: characters of a label, and of the part of a key that is made of one
_LABEL, _SLUG = 200, 60


def clean(text: str) -> str:
    """Return what a person wrote as a codebook keeps it."""
    from p3c_qual.sources.fix import fix_text

    return fix_text(text).text.strip()


def create_codebook(act: Act, label: str, *, key: str = "", language: str = "") -> str:
    """Make a codebook without codes, such as one for categories that are yet to be formed.

    Parameters
    ----------
    act : Act
    label : str
        In any script.
    key : str
        By default it is made of the label.
    language : str
        Of its words.

    Returns
    -------
    str
        Row id.

    Raises
    ------
    P3CError
        If it has no label, or the key is none or used.
    """
    problems: list[Problem] = []
    label = read_label(label, problems)
    book = ROWS["codebook"]
    used = set(act.connection.scalars(select(book.c.key)))
    if key and not SLUG.fullmatch(key):
        do = "Use lower-case letters a-z, digits and _."
        problems.append(Problem(f"{key!r} is no valid key", "", (), slug_of(key) or None, do))
    elif key in used:
        problems.append(Problem(f"the study has a codebook {key!r} already"))
    if problems:
        raise P3CError(problems)
    base = slug_of(label).replace(".", "_")[:_SLUG].strip("_") or "codebook"
    name, number = key or base, 2
    while name in used:
        name, number = f"{base}_{number}", number + 1
    row = {"key": name, "label": label, "version": "0.1", "language": language, "status": "draft"}
    return act.insert("codebook", [row])[0]


def read_label(label: str, problems: list[Problem]) -> str:
    """Return a label as one line, and note what is wrong with it."""
    made = " ".join(clean(label).split())
    if not made:
        problems.append(Problem("a code needs a label"))
    elif len(made) > _LABEL:
        problems.append(Problem(f"the label has {len(made)} characters, more than {_LABEL}"))
    return made


def check_level(level: str, problems: list[Problem]) -> None:
    """Note a level that is none; empty is one."""
    if level and level not in LEVELS:
        problems.append(Problem(f"unknown level {level!r}", "", LEVELS, nearest(level, LEVELS)))


def find_place(
    tree: Tree, parent: str | None, after: str | None, problems: list[Problem]
) -> tuple[str | None, str | None]:
    """Return the ids of parent and sibling, and note what is wrong with them.

    Parameters
    ----------
    tree : Tree
    parent : str or None
        Row id or name of the code above; None or empty for the top.
    after : str or None
        Row id or name of the sibling before; None for the last place, empty for the first.
    problems : list of Problem
    """
    above = tree.find(parent) if parent else None
    if isinstance(above, Problem):
        problems.append(above)
        return None, None
    if above and tree.nodes[above].status == "retired":
        problems.append(Problem(f"the code {tree.nodes[above].label!r} is retired"))
    behind = tree.find(after) if after else after
    if isinstance(behind, Problem):
        problems.append(behind)
    elif behind and tree.parent(behind) != above:
        there = f"under {tree.nodes[above].label!r}" if above else "at the top"
        problems.append(Problem(f"{tree.nodes[behind].label!r} does not stand {there}"))
    return above, behind if isinstance(behind, str) else None


def free_key(tree: Tree, parent: str | None, label: str) -> str:
    """Return a key for a new code: made of its label, below its parent's, and not used yet.

    A label without a Latin letter or digit gives ``code``, ``code_2`` and so on.
    """
    slug = slug_of(label.replace(".", " "))
    if len(slug) > _SLUG:
        slug = slug[:_SLUG].rpartition("_")[0] or slug[:_SLUG]
    base = f"{tree.nodes[parent].key}." if parent else ""
    # a key that had to give way to another copy's is no slug
    base = base if SLUG.fullmatch(base[:-1]) else ""
    base += slug or "code"
    taken = {node.key for node in tree.nodes.values()}
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key


def insert_code(act: Act, tree: Tree, code: Code, parent: str | None, after: str | None) -> str:
    """Write a new code at its place in the tree; returns its row id."""
    rows = ROWS["code"]
    if parent:
        # what hangs below a code beside the framework stands beside it too
        beside = select(rows.c.in_framework).where(rows.c.id == parent)
        code = replace(code, in_framework=act.connection.scalar(beside) is not False)
    name = new_ids(1)[0]
    node = Node(name, code.key, code.label, code.status, parent, None)
    tree.add(node, after)
    node.position = list(tree.below(None)).index(name)
    row = code_row(code, node.position, tree.codebook, {code.parent or "": parent})
    act.insert("code", [{"id": name, **row}])
    tree.write_places(act)
    return name
