"""Several codes made one, and one made several; their codings go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.code import Code
from p3c_qual.codebook.made import free_key, insert_code, read_label
from p3c_qual.codebook.proposals import no_reason, propose
from p3c_qual.codebook.tree import tree_of
from p3c_qual.coding.change import recode
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.codebook.tree import Tree
    from p3c_qual.store.act import Act

__all__ = ["merge_codes", "split_code"]


def merge_codes(act: Act, codes: Sequence[str], into: str, *, reason: str = "") -> str | None:
    """Make several codes one.

    Their codings and the memos on them move to `into`, the codes below them stand below it, and
    they are retired. Where codings then overlap or repeat one another, both are kept.

    Parameters
    ----------
    act : Act
    codes : sequence of str
        Row ids, keys or codebook:key; of the codebook that `into` is of.
    into : str
        The code that stays.
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
    tree, target = tree_of(act.connection, into)
    problems: list[Problem] = []
    if tree.nodes[target].status == "retired":
        problems.append(Problem(f"the code {tree.nodes[target].label!r} is retired"))
    found = [tree.find(name) for name in codes]
    problems += [each for each in found if isinstance(each, Problem)]
    names = list(dict.fromkeys(each for each in found if isinstance(each, str)))
    if target in names:
        problems.append(Problem(f"{tree.nodes[target].label!r} cannot be merged into itself"))
    if not codes:
        problems.append(Problem("it is not said which codes are to be merged"))
    frozen = tree.is_frozen(names)
    problems += no_reason(tree, reason) if frozen else []
    if problems:
        raise P3CError(problems)
    if frozen:
        args = {"codes": names, "into": target}
        return propose(act, tree, "merge", args, reason=reason, code=target)
    _move_work(act, tree, names, target)
    moved = _move_children(tree, names, target)
    changes: dict[str, dict[str, Any]] = {name: {"parent": tree.parent(name)} for name in moved}
    for name in names:
        changes.setdefault(name, {}).update(status="retired", merged_into=target)
    act.update("code", changes)
    tree.write_places(act)
    return None


def split_code(
    act: Act,
    code: str,
    parts: Sequence[tuple[str, Sequence[str]]],
    *,
    retire: bool = False,
    reason: str = "",
) -> list[str]:
    """Make several codes of one: a new one beside it for each part.

    Parameters
    ----------
    act : Act
    code : str
        Row id, key or codebook:key.
    parts : sequence of (str, sequence of str)
        Label of the new code, or the row id of one that is there, with the row ids of the
        codings it gets. What is in no part stays with the old code.
    retire : bool
        Retire the old code if no coding is left to it.
    reason : str
        Needed where the codebook is frozen.

    Returns
    -------
    list of str
        Row id of each part's code; of the proposal alone, where a frozen codebook takes one
        instead.

    Raises
    ------
    P3CError
        If a coding is gone, is of another code, or stands in two parts; or a label is at fault.
    """
    tree, name = tree_of(act.connection, code)
    problems: list[Problem] = [] if parts else [Problem("it is not said into what to split")]
    known = [label if label in tree.nodes else "" for label, _ in parts]
    labels = [
        "" if there else read_label(label, problems)
        for there, (label, _) in zip(known, parts, strict=True)
    ]
    if name in known:
        problems.append(Problem("a part cannot be the code that is split"))
    problems += _part_faults(act, name, tree, parts)
    frozen = tree.is_frozen([name])
    problems += no_reason(tree, reason) if frozen else []
    if problems:
        raise P3CError(problems)
    if frozen:
        said = [{"label": label, "codings": list(ids)} for label, ids in parts]
        args = {"parts": said, "retire": retire}
        return [propose(act, tree, "split", args, reason=reason, code=name)]
    made, last = [], name
    for there, label, (_, ids) in zip(known, labels, parts, strict=True):
        part = there
        if not there:
            part = last = _beside(act, tree, name, label, after=last)
        if there and ids:
            recode(act, ids, there)
        else:
            # new codes hold nothing yet: what overlaps here did so before
            _recode(act, tree, ids, part)
        made.append(part)
    coding = ROWS["coding"]
    left = select(coding.c.id).where(coding.c.code == name).limit(1)
    if retire and act.connection.scalar(left) is None:
        act.update("code", {name: {"status": "retired"}})
    return made


def _move_work(act: Act, tree: Tree, names: Sequence[str], target: str) -> None:
    coding, memo = ROWS["coding"], ROWS["memo"]
    for run in payloads.chunks(names, 500):
        ids = act.connection.scalars(select(coding.c.id).where(coding.c.code.in_(run))).all()
        _recode(act, tree, ids, target)
        on = select(memo.c.id).where(memo.c.about == "code", memo.c.target.in_(run))
        act.update("memo", {name: {"target": target} for name in act.connection.scalars(on)})


def _recode(act: Act, tree: Tree, ids: Sequence[str], code: str) -> None:
    fields = {"code": code, "codebook_version": tree.version}
    act.update("coding", dict.fromkeys(ids, fields))


def _move_children(tree: Tree, names: Sequence[str], target: str) -> list[str]:
    """Put what stands below merged codes below the one that stays; returns what was moved."""
    gone = set(names)
    moved = []
    for name in names:
        if target in tree.below(name):
            # the code that stays cannot stand below itself: it takes the place of the one above
            tree.put(target, tree.parent(name), name)
            moved.append(target)
    for name in names:
        for child in tree.children(name):
            if child not in gone:
                tree.put(child, target)
                moved.append(child)
    return moved


def _beside(act: Act, tree: Tree, code: str, label: str, *, after: str) -> str:
    parent = tree.parent(code)
    made = Code(
        key=free_key(tree, parent, label),
        label=label,
        parent=tree.nodes[parent].key if parent else None,
        status="proposed" if tree.frozen else "active",
    )
    return insert_code(act, tree, made, parent, after)


def _part_faults(
    act: Act, code: str, tree: Tree, parts: Sequence[tuple[str, Sequence[str]]]
) -> list[Problem]:
    ids = [name for _, some in parts for name in some]
    coding = ROWS["coding"]
    codes: dict[str, str] = {}
    for run in payloads.chunks(sorted(set(ids)), 500):
        found = select(coding.c.id, coding.c.code).where(coding.c.id.in_(run))
        codes.update(act.connection.execute(found).all())
    problems = []
    seen: set[str] = set()
    for name in ids:
        if name not in codes:
            problems.append(gone(act.connection, "coding", name))
        elif codes[name] != code:
            what = f"this coding is not one of {tree.nodes[code].label!r}"
            problems.append(Problem(what, name))
        elif name in seen:
            problems.append(Problem("this coding stands in two parts", name))
        seen.add(name)
    return problems
