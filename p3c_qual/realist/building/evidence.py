"""Evidence: a passage, and what it does to a configuration, one of its elements, or a theory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import Spot, Spots, clean, ids_for
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.judging.profile import AGAINST
from p3c_qual.realist.read import find_configuration
from p3c_qual.realist.vocabulary import check_term
from p3c_qual.realist.writing import check_fields, check_stands, find, found, who
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["add_evidence", "edit_evidence", "insert_evidence", "remove_evidence", "said_of"]

_FIELDS = ("role", "elicited", "directness", "absent", "element", "remark", "resolution")
#: by field, the list of its values and how it is called
_TERMS = {
    "role": ("evidence_role", "role of evidence"),
    "elicited": ("elicited", "way in which a passage was elicited"),
    "directness": ("directness", "directness"),
}
#: what may be said of a passage that is the same
_SAYS = ("elicited", "directness", "remark")
#: what makes a passage the same evidence once more
_SAME = ("configuration", "theory", "element", "role", "text", "start", "end")


def add_evidence(
    study: Opened,
    source: str,
    start: int,
    end: int,
    *,
    configuration: str = "",
    element: str = "",
    theory: str = "",
    role: str = "supports",
    elicited: str = "",
    directness: str = "",
    absent: bool = False,
    remark: str = "",
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Add a passage to a configuration and one of its elements, or to a theory as a whole.

    What is there already, the same passage in the same role, changes nothing; where something
    else is said of it now, it is refused.

    Parameters
    ----------
    study : Study
    source : str
        Key or row id.
    start, end : int
        Half-open, in code points.
    configuration, theory : str
        Key or row id; one of the two.
    element : str
        Row id of an element of the configuration.
    role : str
        ``supports``, ``refines``, ``contradicts`` or ``rival``.
    elicited : str
        ``spontaneous``, ``probed`` or ``theory_presented``.
    directness : str
        ``explicit``, ``inferred`` or ``document_claim``.
    absent : bool
        The passage says that the element was not there.
    remark : str
    coder : str, optional
        Who adds it; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    str
        The row id, also of one that was there already.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it.
    """
    with study.act("add evidence", id=id) as act:
        spot = Spots(act.connection, [source]).find(source, start, end)
        problems = [spot] if isinstance(spot, Problem) else []
        claim = _claim(act.connection, configuration, theory, element, problems)
        given = {"role": role, "elicited": elicited, "directness": directness, "remark": remark}
        row = said_of(given, problems) | {"absent": bool(absent)}
        if absent and not claim["element"]:
            problems.append(_ABSENT)
        if isinstance(spot, Problem) or problems:
            raise P3CError(problems)
        act.say(f"add evidence from {spot.key}")
        return insert_evidence(act, [(spot, {**claim, **row})], who(act, study, coder))[0]


def edit_evidence(
    study: Opened,
    evidence: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change what is said of a passage; returns whether anything changed.

    With one that now supports or refines, what was decided about it goes: there is nothing left to
    decide. An undo brings both back.

    Parameters
    ----------
    study : Study
    evidence : str
        Row id.
    fields : dict of str to str
        Of ``role``, ``elicited``, ``directness``, ``absent`` (``yes`` or empty), ``element``
        (row id of another element of the configuration, or empty), ``remark`` and
        ``resolution`` (what was decided about one that contradicts, or a rival).
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit evidence", id=id) as act:
        old = found(act.connection, "evidence", evidence)
        seen: dict[str, Any] = {k: v for k, v in (was or {}).items() if k in _FIELDS}
        if "absent" in seen:
            seen["absent"] = seen["absent"] == "yes"
        check_seen(act, "evidence", evidence, seen)
        problems: list[Problem] = []
        given = check_fields(fields, _FIELDS, "evidence", problems)
        row = said_of(given, problems)
        if "element" in given:
            row["element"] = _element(act.connection, old, given["element"], problems)
        new = {**old, **row}
        # on an element that goes, what was said to be absent stays so until a person looks
        if new["absent"] and not new["element"] and {"absent", "element"} & row.keys():
            problems.append(_ABSENT)
        if new["role"] not in AGAINST and "role" in row:
            row.setdefault("resolution", None)
        if row.get("resolution") and new["role"] not in AGAINST:
            what = "only of a passage that contradicts, or offers another explanation, it is decided what becomes of it"  # fmt: skip
            problems.append(Problem(what, do="Write a remark instead."))
        if any(row.get(name, old[name]) != old[name] for name in _SAME):
            problems += _twice(act.connection, new)
        if problems:
            raise P3CError(problems)
        return bool(act.update("evidence", {evidence: row}))


def remove_evidence(study: Opened, evidence: Sequence[str], *, id: str | None = None) -> int:
    """Take evidence away; returns how much.

    Parameters
    ----------
    study : Study
    evidence : sequence of str
        Row ids.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If some is gone already, with who took it away; then nothing is done.
    """
    names = list(dict.fromkeys([evidence] if isinstance(evidence, str) else evidence))
    with study.act("remove evidence", id=id) as act:
        problems = [] if names else [Problem("no evidence is named")]
        rows = ROWS["evidence"]
        there = set(act.connection.scalars(select(rows.c.id).where(rows.c.id.in_(names))))
        for name in names:
            if name not in there:
                find(act.connection, "evidence", name, problems)
        if problems:
            raise P3CError(problems)
        return act.delete("evidence", names)


def said_of(given: Mapping[str, str], problems: list[Problem], where: str = "") -> dict[str, Any]:
    """Return what is said of a passage as it is stored, and note what is wrong with it."""
    row: dict[str, Any] = {}
    for name in given.keys() & {*_FIELDS}:
        value = clean(given[name] or "")
        row[name] = value or None
        if name in _TERMS:
            values, what = _TERMS[name]
            if bad := check_term(values, value, what, where):
                problems.append(bad)
            elif name == "role" and not value:
                problems.append(Problem("evidence needs a role", where, ("supports", "refines", "contradicts", "rival")))  # fmt: skip
    if "absent" in row:
        if row["absent"] not in (None, "yes"):
            what = f"it is said to be absent, or not; not {row['absent'][:40]!r}"
            problems.append(Problem(what, where, ("yes",), nearest(row["absent"], ("yes",))))
        row["absent"] = row["absent"] == "yes"
    return row


def insert_evidence(
    act: Act, passages: Sequence[tuple[Spot, Mapping[str, Any]]], coder: str
) -> list[str]:
    """Insert passages with what they are evidence of; returns their ids, also of those there.

    Two people who add the same passage in copies of a study write one row.
    """
    table = ROWS["evidence"]
    rows: list[dict[str, Any]] = [
        {
            "configuration": None,
            "theory": None,
            "element": None,
            **said,
            "source": spot.source,
            "text": spot.text,
            "start": spot.start,
            "end": spot.end,
            "quote": spot.quote,
            "coder": coder,
        }
        for spot, said in passages
    ]
    texts = sorted({row["text"] for row in rows})
    same = select(table.c.id, *(table.c[name] for name in _SAME)).where(table.c.text.in_(texts))
    there = {tuple(row[1:]): row.id for row in act.connection.execute(same.order_by(table.c.id))}
    names = [tuple(row[name] for name in _SAME) for row in rows]
    _check_same(
        act.connection, [(there[n], r) for n, r in zip(names, rows, strict=True) if n in there]
    )
    fresh = {name: row for name, row in zip(names, rows, strict=True) if name not in there}
    ids = ids_for(act, "evidence", [[str(part) for part in name] for name in fresh])
    for name, row in zip(ids, fresh.values(), strict=True):
        row["id"] = name
    there |= dict(zip(fresh, ids, strict=True))
    act.insert("evidence", list(fresh.values()))
    return [there[name] for name in names]


def _check_same(connection: Connection, again: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Refuse what a passage that is there already does not say; it would be lost otherwise."""
    table = ROWS["evidence"]
    said = [(name, "remark" if name == "remark" else _TERMS[name][1]) for name in _SAYS]
    problems = []
    wanted = select(table).where(table.c.id.in_([name for name, _ in again]))
    there = {row["id"]: row for row in connection.execute(wanted).mappings()}
    for name, new in again:
        old = there[name]
        other = [what for name, what in said if new.get(name) and new[name] != old[name]]
        if bool(new.get("absent")) != bool(old["absent"]):
            other.append("answer to whether it says that the element was absent")
        if other:
            what = f"this passage is there already in this role, with another {' and another '.join(other)}"
            problems.append(
                Problem(what, do="Change it on the passage that is there.", code="repeat")
            )
    if problems:
        raise P3CError(problems)


_ABSENT = Problem(
    "it is not said which element was not there",
    do="Name the element that the passage says was absent.",
)


def _claim(
    connection: Connection,
    configuration: str,
    theory: str,
    element: str,
    problems: list[Problem],
) -> dict[str, str | None]:
    """Return what a passage is evidence of, and note what is wrong with it."""
    claim: dict[str, str | None] = {"configuration": None, "theory": None, "element": None}
    if bool(configuration) == bool(theory):
        what = "evidence belongs to a configuration or to a theory"
        do = "Name one of the two, not both." if theory else "Name one of the two."
        problems.append(Problem(what, do=do))
        return claim
    if theory:
        row = find(connection, "theory", theory, problems)
        claim["theory"] = row and row["id"]
        if element:
            problems.append(Problem("a theory has no elements", do="Name the configuration."))
        return claim
    try:
        there = find_configuration(connection, configuration)
        claim["configuration"] = there.id
        check_stands(there)
    except P3CError as error:
        problems += error.problems
        return claim
    if element:
        if any(each.id == element for each in there.elements):
            claim["element"] = element
        else:
            problems.append(_not_of(connection, element, there.key))
    return claim


def _not_of(connection: Connection, element: str, key: str) -> Problem:
    """Say that an element is gone, or belongs to another configuration."""
    problems: list[Problem] = []
    if find(connection, "element", element, problems) is None:
        return problems[0]
    return Problem(f"the element belongs to another configuration than {key}")


def _element(
    connection: Connection, old: Mapping[str, Any], element: str, problems: list[Problem]
) -> str | None:
    if not element:
        return None
    if old["theory"]:
        problems.append(Problem("a theory has no elements"))
        return None
    there = find_configuration(connection, str(old["configuration"]))
    return _claim(connection, there.id, "", element, problems)["element"]


def _twice(connection: Connection, new: Mapping[str, Any]) -> list[Problem]:
    """Say that the very evidence would be there twice."""
    table = ROWS["evidence"]
    same = select(table.c.id).where(
        *(table.c[name].is_not_distinct_from(new[name]) for name in _SAME),
        table.c.id != new["id"],
    )
    if connection.scalar(same.limit(1)) is None:
        return []
    what = "this passage is there already in this role"
    return [Problem(what, do="Take one of the two away.", code="repeat")]
