"""Demi-regularities: patterns over configurations, with what speaks for them and against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import ids_for
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.read import find_configuration
from p3c_qual.realist.writing import (
    check_fields,
    check_stands,
    find,
    found,
    key_for,
    who,
    words_for,
)
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = [
    "INSTANCE_ROLES",
    "add_instance",
    "edit_instance",
    "edit_regularity",
    "remove_instance",
    "remove_regularity",
    "state_regularity",
]

#: what a configuration does to a pattern
INSTANCE_ROLES = {"supports": "Supports", "contradicts": "Contradicts"}

_FIELDS = ("key", "label", "statement", "mechanism")
_NEEDS = {"label": "a label"}
_CALLED = "a demi-regularity"


def state_regularity(
    study: Opened,
    label: str,
    *,
    statement: str = "",
    mechanism: str = "",
    key: str = "",
    configurations: Sequence[str] = (),
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """State a demi-regularity over configurations; returns its row id.

    Parameters
    ----------
    study : Study
    label, statement : str
    mechanism : str
        Key or row id of the mechanism that is at work in it.
    key : str
        Made of the label where none is given.
    configurations : sequence of str
        Keys or row ids of those that support it.
    coder : str, optional
        Who states it; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.realist.building.configurations import make_configuration
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> one, two = [make_configuration(study, label=name) for name in ("Ward", "Hospital")]
    >>> _ = state_regularity(study, "Time builds trust", configurations=["c1"])
    >>> _ = add_instance(study, "time_builds_trust", "c2", role="contradicts")
    """
    with study.act("state a demi-regularity", id=id) as act:
        problems: list[Problem] = []
        given = {"label": label, "statement": statement, "mechanism": mechanism}
        row = _row(act.connection, given, problems)
        row["key"] = key_for(act.connection, "regularity", key, problems, base=row["label"] or "")
        ids = []
        for name in configurations:
            try:
                there = find_configuration(act.connection, name)
                check_stands(there)
                ids.append(there.id)
            except P3CError as error:
                problems += error.problems
        if problems:
            raise P3CError(problems)
        act.say(f"state the demi-regularity {row['key']}")
        coder_row = who(act, study, coder)
        made = act.insert("regularity", [{**row, "coder": coder_row}])[0]
        rows = [
            {"regularity": made, "configuration": name, "role": "supports", "coder": coder_row}
            for name in dict.fromkeys(ids)
        ]
        names = ids_for(act, "instance", [(made, row["configuration"]) for row in rows])
        act.insert("instance", [{**row, "id": n} for row, n in zip(rows, names, strict=True)])
        return made


def edit_regularity(
    study: Opened,
    regularity: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change a demi-regularity; returns whether anything changed.

    Parameters
    ----------
    study : Study
    regularity : str
        Key or row id.
    fields : dict of str to str
        Of ``key``, ``label``, ``statement`` and ``mechanism``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit a demi-regularity", id=id) as act:
        old = found(act.connection, "regularity", regularity)
        act.say(f"edit the demi-regularity {old['key']}")
        seen = {k: v for k, v in (was or {}).items() if k in _FIELDS}
        check_seen(act, "regularity", old["id"], seen)
        problems: list[Problem] = []
        row = _row(act.connection, fields, problems)
        if "key" in row:
            words_for({"key": row["key"] or ""}, {"key": "a key"}, _CALLED, problems)
            if row["key"]:
                key_for(act.connection, "regularity", row["key"], problems, own=old["id"])
        if problems:
            raise P3CError(problems)
        return bool(act.update("regularity", {old["id"]: row}))


def add_instance(
    study: Opened,
    regularity: str,
    configuration: str,
    *,
    role: str = "supports",
    reason: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Put a configuration under a demi-regularity, for it or against it.

    Parameters
    ----------
    study : Study
    regularity, configuration : str
        Keys or row ids.
    role : str
        ``supports`` or ``contradicts``.
    reason : str
    coder : str, optional
        Who says so; by default who works here.
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The instance's row id, also of one that was there already.

    Raises
    ------
    P3CError
        If there is no such thing, or the configuration is under it in the other role.
    """
    with study.act("put a configuration under a demi-regularity", id=id) as act:
        problems: list[Problem] = []
        one = find(act.connection, "regularity", regularity or "?", problems)
        row = _said({"role": role, "reason": reason}, problems)
        try:
            there = find_configuration(act.connection, configuration)
            check_stands(there)
        except P3CError as error:
            problems += error.problems
        if problems:
            raise P3CError(problems)
        act.say(f"put {there.key} under the demi-regularity {one['key']}")
        rows = ROWS["instance"]
        wanted = select(rows.c.id, rows.c.role).where(
            rows.c.regularity == one["id"], rows.c.configuration == there.id
        )
        for same in act.connection.execute(wanted.order_by(rows.c.id)):
            if same.role == role:
                return str(same.id)
            what = f"{there.key} is under it already, and {same.role} it"
            raise P3CError(Problem(what, do="Change what it does there.", code="repeat"))
        (name,) = ids_for(act, "instance", [(one["id"], there.id)])
        row |= {"id": name, "regularity": one["id"], "configuration": there.id}
        return act.insert("instance", [{**row, "coder": who(act, study, coder)}])[0]


def edit_instance(
    study: Opened,
    instance: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change what a configuration does to a demi-regularity; returns whether anything changed.

    Parameters
    ----------
    study : Study
    instance : str
        Row id.
    fields : dict of str to str
        Of ``role`` and ``reason``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("change an instance of a demi-regularity", id=id) as act:
        old = found(act.connection, "instance", instance)
        seen = {k: v for k, v in (was or {}).items() if k in ("role", "reason")}
        check_seen(act, "instance", old["id"], seen)
        problems: list[Problem] = []
        row = _said(fields, problems)
        if problems:
            raise P3CError(problems)
        return bool(act.update("instance", {old["id"]: row}))


def remove_instance(study: Opened, instance: str, *, id: str | None = None) -> None:
    """Take a configuration out of a demi-regularity.

    Parameters
    ----------
    study : Study
    instance : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("take a configuration out of a demi-regularity", id=id) as act:
        act.delete("instance", [found(act.connection, "instance", instance)["id"]])


def remove_regularity(study: Opened, regularity: str, *, id: str | None = None) -> int:
    """Take a demi-regularity away; returns how many configurations were under it, which stay.

    Parameters
    ----------
    study : Study
    regularity : str
        Key or row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("remove a demi-regularity", id=id) as act:
        old = found(act.connection, "regularity", regularity)
        act.say(f"remove the demi-regularity {old['key']}")
        rows = ROWS["instance"]
        mine = act.connection.scalars(select(rows.c.id).where(rows.c.regularity == old["id"]))
        count = act.delete("instance", mine.all())
        act.delete("regularity", [old["id"]])
        return count


def _row(
    connection: Connection, fields: Mapping[str, str], problems: list[Problem]
) -> dict[str, Any]:
    given = check_fields(fields, _FIELDS, _CALLED, problems)
    words_for(given, _NEEDS, _CALLED, problems)
    row: dict[str, Any] = {name: value or None for name, value in given.items()}
    if "mechanism" in given:
        there = find(connection, "mechanism", given["mechanism"], problems)
        row["mechanism"] = there and there["id"]
    return row


def _said(fields: Mapping[str, str], problems: list[Problem]) -> dict[str, Any]:
    given = check_fields(fields, ("role", "reason"), "an instance", problems)
    role = given.get("role")
    if role is not None and role not in INSTANCE_ROLES:
        valid = tuple(INSTANCE_ROLES)
        what = f"a configuration supports or contradicts a demi-regularity; not {role[:40]!r}"
        problems.append(Problem(what, "", valid, nearest(role, valid)))
    return {name: value or None for name, value in given.items()}
