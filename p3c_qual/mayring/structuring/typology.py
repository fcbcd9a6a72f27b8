"""Type building: types along a dimension, the cases that are of them, and prototypes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.coding.stale import check_seen
from p3c_qual.coding.standing import gone
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.cases import cases_of, check_ready, find_case
from p3c_qual.mayring.structuring.typology_stored import (
    lacks_prototypes,
    lacks_types,
    members_of,
    types_of,
)
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "FOUND_BY",
    "assign",
    "edit_type",
    "lacks_prototypes",
    "lacks_types",
    "make_type",
    "members_of",
    "remove_type",
    "types_of",
    "unassign",
]

#: how a type came to be chosen, and what it is called
FOUND_BY = {
    "extreme": "extreme expression",
    "frequent": "frequent expression",
    "theory": "of interest to theory",
}


def make_type(
    study: Opened,
    question: str,
    label: str,
    *,
    found_by: str,
    description: str = "",
    id: str | None = None,
) -> str:
    """Make a type along the dimension of a question.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of type building; its criterion is the dimension.
    label : str
    found_by : str
        ``extreme``, ``frequent`` or ``theory``.
    description : str
        What makes the type.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        The type's row id.

    Raises
    ------
    P3CError
        Naming everything that is wrong; a label that another type has is refused.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.mayring.asking import ask_question
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> said = {"criterion": "how near they work", "recording_unit": "source"}
    >>> _ = ask_question(study, "Who works near?", "type", key="q", **said)
    >>> near = make_type(study, "q", "Near", found_by="extreme", description="Each day.")
    >>> far = make_type(study, "q", "near", found_by="extreme")
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: there is a type 'near' already. Give this one another label, or use that one.
    """
    with study.act("make a type", id=id) as act:
        asked = read_question(act.connection, question)
        check_ready(asked, ("type",))
        types = types_of(act.connection, asked)
        fields = _fields(types, {"label": label, "found_by": found_by, "description": description})
        act.say(f"make the type {fields['label'][:80]}")
        position = max((row["position"] or 0 for row in types), default=-1) + 1
        row = {"question": asked.id, "position": position, **fields}
        return act.insert("casetype", [row])[0]


def edit_type(
    study: Opened,
    type: str,
    *,
    label: str | None = None,
    found_by: str | None = None,
    description: str | None = None,
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change what is said of a type; returns whether anything changed.

    Parameters
    ----------
    study : Study
    type : str
        Row id.
    label, found_by, description : str, optional
        What is to change.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If the type is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    given = {"label": label, "found_by": found_by, "description": description}
    with study.act("edit a type", id=id) as act:
        old = _the_type(act, type)
        types = [
            row
            for row in types_of(act.connection, read_question(act.connection, old["question"]))
            if row["id"] != type
        ]
        check_seen(act, "casetype", type, {k: v for k, v in (was or {}).items() if k in given})
        fields = _fields(types, {k: v for k, v in given.items() if v is not None})
        return bool(act.update("casetype", {type: fields}))


def remove_type(study: Opened, type: str, *, id: str | None = None) -> int:
    """Take a type away; its cases are of no type then. Returns how many cases it had.

    Parameters
    ----------
    study : Study
    type : str
        Row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("remove a type", id=id) as act:
        old = _the_type(act, type)
        act.say(f"remove the type {(old['label'] or '')[:80]}")
        member = ROWS["member"]
        mine = select(member.c.id).where(member.c.casetype == type)
        count = act.delete("member", list(act.connection.scalars(mine)))
        act.delete("casetype", [type])
        return count


def assign(
    study: Opened,
    type: str,
    case: str,
    *,
    prototype: bool = False,
    reason: str = "",
    move: bool = False,
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Say that a case is of a type.

    Parameters
    ----------
    study : Study
    type : str
        Row id, or label where the type is meant by it.
    case : str
        Key or row id.
    prototype : bool
        Whether the case stands for the type; that needs a reason.
    reason : str
        Why it is of the type.
    move : bool
        Take it out of the type it is of now.
    coder : str, optional
        Who says so; by default who works here.
    id : str, optional
        Of the act.

    Returns
    -------
    str
        The membership's row id.

    Raises
    ------
    P3CError
        If the case is unknown, of another type already (code ``elsewhere``, with its label), or
        a prototype has no reason.
    """
    from p3c_qual.coding.coders import coder_id

    with study.act("assign a case to a type", id=id) as act:
        kind = _the_type(act, type)
        asked = read_question(act.connection, kind["question"])
        check_ready(asked, ("type",))
        found = find_case(cases_of(act.connection, asked), case)
        problems = [found] if isinstance(found, Problem) else []
        why = clean(reason)
        if prototype and not why:
            do = "Write what makes this case stand for the type."
            problems.append(Problem("a prototype needs a reason", do=do, code="reason"))
        if isinstance(found, Problem) or problems:
            raise P3CError(problems)
        act.say(f"assign {found.key} to the type {kind['label'][:80]}")
        there = members_of(act.connection, asked).get(found.id)
        if there is not None and there["casetype"] != kind["id"] and not move:
            other = next(
                row["label"]
                for row in types_of(act.connection, asked)
                if row["id"] == there["casetype"]
            )
            what = f"{found.key} is of the type {other!r} already; a case is of one type at most"
            raise P3CError(Problem(what, do="Move it, if it belongs here.", code="elsewhere"))
        row: dict[str, Any] = {
            "casetype": kind["id"],
            "prototype": bool(prototype),
            "reason": why or None,
            "coder": coder_id(act, coder or study.coder or ""),
        }
        if there is not None:
            act.update("member", {there["id"]: row})
            return str(there["id"])
        (name,) = ids_for(act, "member", [(asked.id, found.id)])
        row |= {"id": name, "about": found.about, "target": found.id}
        return act.insert("member", [row])[0]


def unassign(study: Opened, member: str, *, id: str | None = None) -> None:
    """Take a case out of its type.

    Parameters
    ----------
    study : Study
    member : str
        The membership's row id.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("take a case out of its type", id=id) as act:
        if not act.delete("member", [member]):
            raise P3CError(_gone(act, "member", member))


def _the_type(act: Act, name: str) -> Any:
    table = ROWS["casetype"]
    row = act.connection.execute(select(table).where(table.c.id == name)).mappings().first()
    if row is None:
        raise P3CError(_gone(act, "casetype", name))
    return row


def _gone(act: Act, table: str, name: str) -> Problem:
    """Say that a type, or a membership, is not there, in people's words."""
    said = {"casetype": "type", "member": "membership"}[table]
    found = gone(act.connection, table, name[:60])
    return replace(found, what=found.what.replace(table, said, 1))


def _fields(types: Iterable[Any], given: Mapping[str, str]) -> dict[str, Any]:
    problems = []
    made: dict[str, Any] = {name: clean(words) or None for name, words in given.items()}
    if "label" in made:
        if not made["label"]:
            problems.append(Problem("a type needs a label"))
        elif any(_same(row["label"], made["label"]) for row in types):
            do = "Give this one another label, or use that one."
            problems.append(Problem(f"there is a type {made['label']!r} already", do=do))
    how = given.get("found_by")
    if how is not None and how not in FOUND_BY:
        valid = tuple(FOUND_BY)
        what = f"a type is found by its extreme, by its frequency or by theory, not by {how[:40]!r}"
        problems.append(Problem(what, "", valid, nearest(how, valid)))
    if problems:
        raise P3CError(problems)
    return made


def _same(one: str | None, other: str) -> bool:
    return (one or "").casefold() == other.casefold()
