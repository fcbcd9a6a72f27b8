"""What people change in a codebook while they work; a frozen one takes proposals instead.

A codebook whose status is ``final`` stays as it is until its next version. What is asked of it
then becomes a proposal with a reason; a new code is made all the same, as proposed, so that it
can be given at once. Codes that are only proposed are no part of the frozen version, and are
changed like those of any other codebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.code import Code
from p3c_qual.codebook.made import (
    check_level,
    clean,
    find_place,
    free_key,
    insert_code,
    read_label,
)
from p3c_qual.codebook.proposals import no_reason, propose
from p3c_qual.codebook.regroup import merge_codes, split_code
from p3c_qual.codebook.tree import read_tree, tree_of
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS
from p3c_qual.yaml_fields import SLUG, slug_of

if TYPE_CHECKING:
    from p3c_qual.store.act import Act

__all__ = [
    "create_code",
    "edit_code",
    "merge_codes",
    "move_code",
    "retire_code",
    "revive_code",
    "split_code",
]


def create_code(
    act: Act,
    codebook: str,
    label: str,
    *,
    parent: str | None = None,
    key: str | None = None,
    definition: str = "",
    rule: str = "",
    level: str = "",
    after: str | None = None,
    reason: str = "",
) -> str:
    """Make a code.

    Parameters
    ----------
    act : Act
    codebook : str
        Its key or row id.
    label : str
        In any script.
    parent : str, optional
        Row id or name of the code above; by default the code stands at the top.
    key : str, optional
        By default it is made of the label, below the parent's key.
    definition, rule, level : str
    after : str, optional
        Row id or name of the sibling before it; by default it comes last, with ``""`` first.
    reason : str
        Needed where the codebook is frozen.

    Returns
    -------
    str
        Row id of the code; in a frozen codebook it is made as proposed, beside a proposal.

    Raises
    ------
    P3CError
        Everything that is wrong with it.
    """
    tree = read_tree(act.connection, codebook)
    proposed = tree.frozen and not tree.grouping
    problems: list[Problem] = no_reason(tree, reason) if proposed else []
    above, behind = find_place(tree, parent, after, problems)
    label = read_label(label, problems)
    check_level(level, problems)
    if key is not None:
        problems += _key_faults(key, {node.key for node in tree.nodes.values()})
    if problems:
        raise P3CError(problems)
    code = Code(
        key=key or free_key(tree, above, label),
        label=label,
        definition=clean(definition),
        rule=clean(rule),
        level=level,
        parent=tree.nodes[above].key if above else None,
        status="proposed" if proposed else "active",
    )
    name = insert_code(act, tree, code, above, behind)
    if proposed:
        said = {"label": label, "key": code.key, "parent": above, "after": behind}
        said |= {"definition": code.definition, "rule": code.rule, "level": level}
        propose(act, tree, "create", _given(said), reason=reason, code=name)
    return name


def edit_code(
    act: Act,
    code: str,
    *,
    label: str | None = None,
    definition: str | None = None,
    rule: str | None = None,
    level: str | None = None,
    reason: str = "",
) -> str | None:
    """Change what is said of a code; its key stays, whatever it is called now.

    Parameters
    ----------
    act : Act
    code : str
        Row id, key or codebook:key.
    label, definition, rule, level : str, optional
        What is not named stays as it is.
    reason : str
        Needed where the codebook is frozen.

    Returns
    -------
    str or None
        Id of the proposal that a frozen codebook takes instead, else None.

    Raises
    ------
    P3CError
        Everything that is wrong with it.
    """
    tree, name = tree_of(act.connection, code)
    problems: list[Problem] = []
    new: dict[str, Any] = {}
    if label is not None:
        new["label"] = read_label(label, problems)
    if definition is not None:
        new["definition"] = clean(definition) or None
    if rule is not None:
        new["rule"] = clean(rule) or None
    if level is not None:
        check_level(level, problems)
        new["level"] = level
    row = ROWS["code"]
    old = act.connection.execute(select(row).where(row.c.id == name)).mappings().one()
    new = {field: value for field, value in new.items() if (value or "") != (old[field] or "")}
    frozen = bool(new) and tree.is_frozen([name])
    problems += no_reason(tree, reason) if frozen else []
    if problems:
        raise P3CError(problems)
    if frozen:
        said = {field: value or "" for field, value in new.items()}
        return propose(act, tree, "edit", said, reason=reason, code=name)
    act.update("code", {name: new})
    return None


def move_code(
    act: Act, code: str, *, parent: str | None, after: str | None = None, reason: str = ""
) -> str | None:
    """Put a code, with all below it, at another place of its codebook; its key stays.

    Parameters
    ----------
    act : Act
    code : str
        Row id, key or codebook:key.
    parent : str or None
        The code it is to stand under; None for the top.
    after : str, optional
        The sibling before it; by default it comes last, with ``""`` first.
    reason : str
        Needed where the codebook is frozen.

    Returns
    -------
    str or None
        Id of the proposal that a frozen codebook takes instead, else None.

    Raises
    ------
    P3CError
        If the code would stand under itself, or the place is none.
    """
    tree, name = tree_of(act.connection, code)
    problems: list[Problem] = []
    above, behind = find_place(tree, parent, after, problems)
    said = tree.nodes[name].label
    if above and above in {name, *tree.below(name)}:
        problems.append(Problem(f"{said!r} would stand under itself"))
    elif behind == name:
        problems.append(Problem(f"{said!r} cannot come after itself"))
    frozen = tree.is_frozen([name]) and not tree.grouping
    problems += no_reason(tree, reason) if frozen else []
    if problems:
        raise P3CError(problems)
    if frozen:
        place = {"parent": above, "after": behind}
        return propose(act, tree, "move", place, reason=reason, code=name)
    act.update("code", {name: {"parent": above}})
    tree.put(name, above, behind)
    tree.write_places(act)
    return None


def retire_code(act: Act, code: str, *, reason: str = "") -> str | None:
    """Take a code out of use; its codings stay, and it can be revived.

    Parameters, returns and raises as `move_code`.
    """
    return _set_status(act, code, "retire", {"status": "retired"}, reason)


def revive_code(act: Act, code: str, *, reason: str = "") -> str | None:
    """Take a retired code into use again; what was merged into another code stays there.

    Parameters, returns and raises as `move_code`.
    """
    return _set_status(act, code, "revive", {"status": "active", "merged_into": None}, reason)


def _set_status(
    act: Act, code: str, change: str, fields: dict[str, Any], reason: str
) -> str | None:
    tree, name = tree_of(act.connection, code)
    if (tree.nodes[name].status == "retired") == (change == "retire"):
        return None
    if tree.is_frozen([name]):
        if problems := no_reason(tree, reason):
            raise P3CError(problems)
        return propose(act, tree, change, {}, reason=reason, code=name)
    act.update("code", {name: fields})
    return None


def _given(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}


def _key_faults(key: str, taken: set[str]) -> list[Problem]:
    if not SLUG.fullmatch(key):
        do = "Use lower-case letters, digits and _, with dots between the parts."
        return [Problem(f"{key!r} cannot be a key", nearest=slug_of(key) or None, do=do)]
    if key in taken:
        return [Problem(f"there is a code {key!r} already", do="Give this one another key.")]
    return []
