"""Memos of retroduction and abduction: how somebody came from what was seen to a mechanism."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.writing import check_fields, find, found, who, words_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["KINDS", "edit_inference", "remove_inference", "write_inference"]

#: the two ways of inferring
KINDS = {"retroduction": "Retroduction", "abduction": "Abduction"}

_TEXTS = ("observed", "candidates", "substantive", "rival", "decision")
_REFS = ("theory", "configuration")
_FIELDS = ("kind", *_REFS, *_TEXTS)


def write_inference(
    study: Opened,
    kind: str,
    *,
    observed: str,
    theory: str = "",
    configuration: str = "",
    candidates: str = "",
    substantive: str = "",
    rival: str = "",
    decision: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Write a memo of retroduction or abduction; returns its row id.

    Parameters
    ----------
    study : Study
    kind : str
        ``retroduction``, from an outcome back to what must have brought it about, or
        ``abduction``, from a surprise to a hypothesis.
    observed : str
        The outcome, or what surprised.
    theory, configuration : str
        Keys or row ids of what it is about.
    candidates, substantive, rival, decision : str
        Mechanisms that could have brought it about, the theory from elsewhere that helps, the
        rival explanation, and what was decided.
    coder : str, optional
        Who writes it; by default who works here.
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
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> memo = write_inference(study, "abduction", observed="Nobody used the list.")
    >>> edit_inference(study, memo, fields={"rival": "Nobody knew of it."})
    True
    """
    texts = {
        "observed": observed,
        "candidates": candidates,
        "substantive": substantive,
        "rival": rival,
        "decision": decision,
    }
    with study.act("write a memo", id=id) as act:
        problems: list[Problem] = []
        given = {"kind": kind, "theory": theory, "configuration": configuration, **texts}
        row = _row(act.connection, given, problems)
        if problems:
            raise P3CError(problems)
        act.say(f"write a memo of {kind}")
        return act.insert("inference", [{**row, "coder": who(act, study, coder)}])[0]


def edit_inference(
    study: Opened,
    inference: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change such a memo; returns whether anything changed.

    Parameters
    ----------
    study : Study
    inference : str
        Row id.
    fields : dict of str to str
        Of ``kind``, ``theory``, ``configuration`` and the five texts.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit a memo", id=id) as act:
        old = found(act.connection, "inference", inference)
        act.say(f"edit a memo of {old['kind']}")
        seen = {k: v for k, v in (was or {}).items() if k in _FIELDS}
        check_seen(act, "inference", old["id"], seen)
        problems: list[Problem] = []
        row = _row(act.connection, fields, problems)
        if problems:
            raise P3CError(problems)
        return bool(act.update("inference", {old["id"]: row}))


def remove_inference(study: Opened, inference: str, *, id: str | None = None) -> None:
    """Take such a memo away.

    Parameters
    ----------
    study : Study
    inference : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("remove a memo", id=id) as act:
        old = found(act.connection, "inference", inference)
        act.say(f"remove a memo of {old['kind']}")
        act.delete("inference", [old["id"]])


def _row(
    connection: Connection, fields: Mapping[str, str], problems: list[Problem]
) -> dict[str, Any]:
    given = check_fields(fields, _FIELDS, "a memo of inference", problems)
    words_for(given, {"observed": "what was observed"}, "a memo of inference", problems)
    kind = given.get("kind")
    if kind is not None and kind not in KINDS:
        valid = tuple(KINDS)
        what = f"one infers by retroduction or by abduction, not by {kind[:40]!r}"
        problems.append(Problem(what, "", valid, nearest(kind, valid)))
    row: dict[str, Any] = {name: value or None for name, value in given.items()}
    for name in _REFS:
        if name in given:
            there = find(connection, name, given[name], problems)
            row[name] = there and there["id"]
    return row
