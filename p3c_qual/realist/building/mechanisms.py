"""Mechanisms by their names, to be looked at over several contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.spots import clean
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.writing import check_fields, found, key_for, words_for
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["edit_mechanism", "name_mechanism", "remove_mechanism"]

FIELDS = ("key", "label", "definition")
_NEEDS = {"label": "a label"}


def name_mechanism(
    study: Opened, label: str, *, definition: str = "", key: str = "", id: str | None = None
) -> str:
    """Name a mechanism; returns its row id.

    Parameters
    ----------
    study : Study
    label, definition : str
    key : str
        Made of the label where none is given.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        Naming everything that is wrong; a label that another mechanism has is refused.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> trust = name_mechanism(study, "Trust", definition="To rely on one another.")
    >>> edit_mechanism(study, "trust", fields={"label": "Trust in the team"})
    True
    """
    with study.act("name a mechanism", id=id) as act:
        made = {"label": clean(label), "definition": clean(definition)}
        problems: list[Problem] = []
        words_for(made, _NEEDS, "a mechanism", problems)
        _check_label(act, made["label"], problems)
        row = {name: words or None for name, words in made.items()}
        row["key"] = key_for(act.connection, "mechanism", key, problems, base=made["label"])
        if problems:
            raise P3CError(problems)
        act.say(f"name the mechanism {row['key']}")
        return act.insert("mechanism", [row])[0]


def edit_mechanism(
    study: Opened,
    mechanism: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change a mechanism; returns whether anything changed.

    Parameters
    ----------
    study : Study
    mechanism : str
        Key or row id.
    fields : dict of str to str
        Of ``key``, ``label`` and ``definition``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit a mechanism", id=id) as act:
        old = found(act.connection, "mechanism", mechanism)
        act.say(f"edit the mechanism {old['key']}")
        check_seen(
            act, "mechanism", old["id"], {k: v for k, v in (was or {}).items() if k in FIELDS}
        )
        problems: list[Problem] = []
        given = check_fields(fields, FIELDS, "a mechanism", problems)
        words_for(given, {"key": "a key", **_NEEDS}, "a mechanism", problems)
        if given.get("key"):
            key_for(act.connection, "mechanism", given["key"], problems, own=old["id"])
        _check_label(act, given.get("label", ""), problems, own=old["id"])
        if problems:
            raise P3CError(problems)
        row = {name: words or None for name, words in given.items()}
        return bool(act.update("mechanism", {old["id"]: row}))


def remove_mechanism(study: Opened, mechanism: str, *, id: str | None = None) -> int:
    """Take the name of a mechanism away; returns how many configurations had it, which stay.

    Parameters
    ----------
    study : Study
    mechanism : str
        Key or row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("remove a mechanism", id=id) as act:
        old = found(act.connection, "mechanism", mechanism)
        act.say(f"remove the mechanism {old['key']}")
        count = 0
        for name in ("configuration", "regularity"):
            rows = ROWS[name]
            mine = act.connection.scalars(select(rows.c.id).where(rows.c.mechanism == old["id"]))
            changed = act.update(name, {row: {"mechanism": None} for row in mine.all()})
            count += changed if name == "configuration" else 0
        act.delete("mechanism", [old["id"]])
        return count


def _check_label(act: Act, label: str, problems: list[Problem], own: str = "") -> None:
    rows = ROWS["mechanism"]
    others = act.connection.execute(select(rows.c.id, rows.c.label)).all()
    if label and any(
        (row.label or "").casefold() == label.casefold() and row.id != own for row in others
    ):
        do = "Use that one, or give this one another label."
        problems.append(Problem(f"there is a mechanism {label[:60]!r} already", do=do))
