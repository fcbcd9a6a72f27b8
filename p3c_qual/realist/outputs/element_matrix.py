"""Configurations crossed with the elements of a framework."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.codebook.tree import read_tree
from p3c_qual.coding.names import read_codes
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.outputs.held import by_key, of_words, read_held
from p3c_qual.realist.vocabulary import LEVELS, ROLES
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.codebook.tree import Tree
    from p3c_qual.coding.names import Codes
    from p3c_qual.study import Study

__all__ = ["ELSEWHERE", "UNCODED", "table_cmo_matrix"]

#: rows of elements that have no code, and of those whose code is in another codebook
UNCODED, ELSEWHERE = "(no code)", "(another codebook)"
#: columns by the roles they take in
_COLUMNS = {
    "context": ("context",),
    "mechanism": ("resource", "reasoning"),
    "outcome": ("outcome",),
}
_ROLES = {**_COLUMNS, **{name: (name,) for name in ROLES}}


def table_cmo_matrix(
    study: Study,
    *,
    programme: str | Sequence[str] = "",
    codebook: str = "selfie",
    depth: int = 2,
    role: str = "",
) -> pd.DataFrame:
    """Cross the configurations that stand with the elements of a framework.

    Parameters
    ----------
    study : Study
    programme : str or sequence of str
        Keys or row ids, as text with commas between them; only configurations of any of them.
    codebook : str
        Key or row id of the framework.
    depth : int
        Of its codes: 1 for segments, 2 for their elements too. What is coded deeper counts above.
    role : str
        Only elements of this role: ``context``, ``mechanism``, ``resource``, ``reasoning``,
        ``outcome``, ``intervention`` or ``actor``; by default context, mechanism and outcome.

    Returns
    -------
    DataFrame
        ``code``, ``label`` (str), ``depth`` (int), then ``context``, ``mechanism``, ``outcome``
        (int: configurations with such an element there, those of codes below included; the role
        alone where one is asked for), ``configurations`` (int, with any of them), ``micro``,
        ``meso``, ``macro``, ``no_level`` (int, configurations by the level of these elements),
        ``context_keys``, ``mechanism_keys``, ``outcome_keys`` (str, keys of the configurations
        with ``;`` between them). Elements without a code, and those coded elsewhere, are rows of
        their own at the end. ``attrs``: ``caption``, ``unit``, ``denominators``, ``notes``.

    Raises
    ------
    P3CError
        If the programme, the codebook or the role is unknown, or the depth is none.

    Notes
    -----
    An element has the level that is said of it; where none is, that of its code.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table = table_cmo_matrix(study, depth=1)
    >>> list(table["code"])[:2], int(table["configurations"].sum())
    (['service_delivery', 'leadership_governance'], 0)
    """
    import pandas as pd

    _check(depth, role)
    columns = {role: _ROLES[role]} if role else _COLUMNS
    code = ROWS["code"]
    with study.store.read() as connection:
        held = read_held(study, connection)
        chosen = held.pick(programme=programme)
        tree, codes = read_tree(connection, codebook), read_codes(connection)
        levels = dict(connection.execute(select(code.c.id, code.c.level)).all())
    depths = {name: _depth(tree, name) for name in tree.nodes}
    there: dict[tuple[str, str], set[str]] = defaultdict(set)
    elements, apart = 0, {UNCODED: 0, ELSEWHERE: 0}
    for each in chosen:
        for part in each.elements:
            column = next((name for name, roles in columns.items() if part.role in roles), "")
            if not column:
                continue
            elements += 1
            into = codes.counts_for(part.code) if part.code in codes.by_id else None
            rows = _rows_of(tree, codes, into, depth, depths)
            if rows[0] in apart:
                apart[rows[0]] += 1
            level = part.level or levels.get(into or "") or "no_level"
            for row in rows:
                there[row, column].add(each.key)
                there[row, level].add(each.key)
    names = [
        name
        for name in tree.below(None)
        if depths[name] <= depth
        and (tree.nodes[name].status != "retired" or any(row == name for row, _ in there))
    ]
    names += [name for name, count in apart.items() if count]
    made = [_row(tree, name, depths, columns, there) for name in names]
    numbers = [*columns, "configurations", *LEVELS, "no_level"]
    keys = [f"{name}_keys" for name in columns]
    frame = pd.DataFrame(made, columns=["code", "label", "depth", *numbers, *keys])
    frame = frame.astype(dict.fromkeys(["depth", *numbers], "int64"))
    of = "".join(f" {each}" for each in of_words(programme))
    title = f"Configurations{of} by elements of {tree.name}"
    frame.attrs = {
        "title": title,
        "caption": title,
        "unit": "configurations that stand, with at least one such element there",
        "denominators": {
            "configurations": len(chosen),
            "elements": elements,
            "elements without a code": apart[UNCODED],
            "elements coded in another codebook": apart[ELSEWHERE],
        },
        "headings": {
            "no_level": "No level",
            **{
                f"{name}_keys": f"{ROLES.get(name, name.capitalize())}: configurations"
                for name in columns
            },
        },
        "shown": ["label", *numbers, *keys],
        "indent": ("label", "depth"),
        "anchor": "code",
        "notes": [
            (
                "A configuration is counted once in a cell, however many elements it has there; "
                "a segment takes in the elements below it."
            ),
            "Elements without a code are in no row of the framework: they stand at the end.",
            *held.not_standing(),
        ],
    }
    return frame


def _check(depth: int, role: str) -> None:
    problems = []
    if isinstance(depth, bool) or not isinstance(depth, int) or depth < 1:
        problems.append(Problem(f"a depth is a whole number from 1, not {depth!r}", "depth="))
    if role and role not in _ROLES:
        valid = tuple(_ROLES)
        problems.append(Problem(f"there is no role {role!r}", "role=", valid, nearest(role, valid)))
    if problems:
        raise P3CError(problems)


def _depth(tree: Tree, code: str) -> int:
    above, depth = tree.parent(code), 1
    while above is not None:
        above, depth = tree.parent(above), depth + 1
    return depth


def _rows_of(
    tree: Tree, codes: Codes, code: str | None, depth: int, depths: dict[str, int]
) -> list[str]:
    """Return the rows an element counts in: its code and those above, down to a depth."""
    if code is None:
        return [UNCODED]
    if code not in tree.nodes:
        return [ELSEWHERE]
    return [name for name in (code, *codes.above(code)) if depths.get(name, depth + 1) <= depth]


def _row(
    tree: Tree,
    name: str,
    depths: dict[str, int],
    columns: dict[str, tuple[str, ...]],
    there: dict[tuple[str, str], set[str]],
) -> dict[str, Any]:
    node = tree.nodes.get(name)
    found = {column: there.get((name, column), set()) for column in columns}
    return {
        "code": node.key if node else name,
        "label": node.label if node else name,
        "depth": depths.get(name, 1),
        **{column: len(keys) for column, keys in found.items()},
        "configurations": len(set().union(*found.values())),
        **{level: len(there.get((name, level), ())) for level in (*LEVELS, "no_level")},
        **{f"{column}_keys": ";".join(sorted(keys, key=by_key)) for column, keys in found.items()},
    }
