"""The elements of a configuration: contexts, resources, reasonings, outcomes and the like."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from p3c_qual.coding.names import read_codes
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.realist.read import find_configuration
from p3c_qual.realist.vocabulary import LEVELS, ROLES, check_term
from p3c_qual.realist.writing import check_fields, check_stands, found
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = [
    "NewElement",
    "add_element",
    "edit_element",
    "element_rows",
    "insert_elements",
    "remove_element",
]

#: what only elements of one role have: the list of its values, and how it is called
_OF_ROLE = {
    "layer": ("context", "context_layer", "layer of a context"),
    "direction": ("outcome", "direction", "direction of an outcome"),
    "timing": ("outcome", "timing", "timing of an outcome"),
    "intended": ("outcome", "intended", "intention of an outcome"),
    "domain": ("outcome", "outcome_domain", "domain of an outcome"),
}


@dataclass(frozen=True, slots=True)
class NewElement:
    """An element as it is made.

    Attributes
    ----------
    role : str
        One of `vocabulary.ROLES`.
    text : str
        In the analyst's words; without them its quotes speak.
    layer : str
        Of a context alone.
    level : str
        ``micro``, ``meso`` or ``macro``.
    code : str
        Key, ``codebook:key`` or row id of the code it belongs to, such as an element of the
        SELFIE framework.
    direction, timing, intended, domain : str
        Of an outcome alone.
    """

    role: str
    text: str = ""
    layer: str = ""
    level: str = ""
    code: str = ""
    direction: str = ""
    timing: str = ""
    intended: str = ""
    domain: str = ""


FIELDS = tuple(NewElement.__dataclass_fields__)


def add_element(
    study: Opened, configuration: str, element: NewElement, *, id: str | None = None
) -> str:
    """Add an element to a configuration; returns its row id.

    Parameters
    ----------
    study : Study
    configuration : str
        Key or row id.
    element : NewElement
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        Naming everything that is wrong; a property that its role does not have is refused.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.realist.building.configurations import make_configuration
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> one = make_configuration(study, label="Time builds trust")
    >>> _ = add_element(study, "c1", NewElement("outcome", "fewer falls", direction="improves"))
    >>> add_element(study, "c1", NewElement("context", "a village", direction="improves"))
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: a context has no direction; only an outcome has one. Leave it out.
    """
    with study.act("add an element", id=id) as act:
        there = find_configuration(act.connection, configuration)
        check_stands(there)
        problems: list[Problem] = []
        rows = element_rows(act.connection, [element], problems)
        if problems:
            raise P3CError(problems)
        act.say(f"add the {rows[0]['role']} to {there.key}")
        return insert_elements(act, there.id, rows)[0]


def edit_element(
    study: Opened,
    element: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change an element; returns whether anything changed.

    An element that takes another role loses what only the role before had.

    Parameters
    ----------
    study : Study
    element : str
        Row id.
    fields : dict of str to str
        Those of `NewElement`.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit an element", id=id) as act:
        old = found(act.connection, "element", element)
        act.say(f"edit the {old['role']} of a configuration")
        check_seen(act, "element", element, {k: v for k, v in (was or {}).items() if k in FIELDS})
        problems: list[Problem] = []
        given = check_fields(fields, FIELDS, "an element", problems)
        role = given.get("role", old["role"] or "")
        if role != old["role"]:
            problems += _tied(act.connection, element)
            given = {name: "" for name, (of, *_) in _OF_ROLE.items() if of != role} | given
        row = _row(act.connection, role, given, problems, old=old)
        if problems:
            raise P3CError(problems)
        return bool(act.update("element", {element: row}))


def remove_element(study: Opened, element: str, *, id: str | None = None) -> dict[str, int]:
    """Take an element away; its evidence stays on the configuration.

    Chains that it ties end with it.

    Parameters
    ----------
    study : Study
    element : str
        Row id.
    id : str, optional
        Of the act.

    Returns
    -------
    dict of str to int
        How many passages of ``evidence`` stay without it, and how many ``links`` ended.

    Raises
    ------
    P3CError
        If it is gone already, with who took it away.
    """
    with study.act("remove an element", id=id) as act:
        old = found(act.connection, "element", element)
        act.say(f"remove the {old['role']} of a configuration")
        evidence = ROWS["evidence"]
        mine = act.connection.scalars(select(evidence.c.id).where(evidence.c.element == element))
        # its configuration may be another one since a merge
        kept = {"element": None, "configuration": old["configuration"]}
        left = act.update("evidence", dict.fromkeys(mine.all(), kept))
        links = act.delete("link", _ties(act.connection, element))
        act.delete("element", [element])
        return {"evidence": left, "links": links}


def element_rows(
    connection: Connection, elements: Iterable[NewElement], problems: list[Problem]
) -> list[dict[str, Any]]:
    """Return new elements as they are stored, and note what is wrong with them, by number."""
    given = [asdict(each) for each in elements]
    rows = []
    for number, each in enumerate(given, 1):
        where = f"element {number}" if len(given) > 1 else ""
        fields = check_fields(each, FIELDS, "an element", problems)
        rows.append(_row(connection, fields["role"], fields, problems, where=where))
    return rows


def insert_elements(
    act: Act, configuration: str, rows: Sequence[Mapping[str, Any]], first: int | None = None
) -> list[str]:
    """Insert elements after those that the configuration (row id) has; returns their ids."""
    table = ROWS["element"]
    if first is None:
        places = select(table.c.position).where(table.c.configuration == configuration)
        first = max((each or 0 for each in act.connection.scalars(places)), default=-1) + 1
    made = [
        {**row, "configuration": configuration, "position": first + number}
        for number, row in enumerate(rows)
    ]
    return act.insert("element", made)


def _row(
    connection: Connection,
    role: str,
    given: Mapping[str, str],
    problems: list[Problem],
    *,
    old: Any = None,
    where: str = "",
) -> dict[str, Any]:
    """Return fields as they are stored, and note what is wrong with them."""
    row: dict[str, Any] = {name: value or None for name, value in given.items()}
    known = role in ROLES
    if not known:
        valid = tuple(ROLES)
        what = f"{role[:40]!r} is no role of an element"
        problems.append(Problem(what, where, valid, nearest(role, valid)))
    for name, (of, values, what) in _OF_ROLE.items():
        if not given.get(name):
            continue
        if known and role != of:
            said = f"{_article(role)} has no {name}; only {_article(of)} has one"
            problems.append(Problem(said, where, do="Leave it out."))
        elif bad := check_term(values, given[name], what, where):
            problems.append(bad)
    level = given.get("level")
    if level and level not in LEVELS:
        valid = tuple(LEVELS)
        said = f"{level[:60]!r} is no level"
        problems.append(Problem(said, where, valid, nearest(level, valid)))
    if (code := given.get("code")) and not (old and old["code"] == code):
        usable = read_codes(connection).usable(code, where)
        if isinstance(usable, Problem):
            problems.append(usable)
        else:
            row["code"] = usable.id
    return row


def _article(role: str) -> str:
    return f"{'an' if role[0] in 'aio' else 'a'} {role}"


def _ties(connection: Connection, element: str) -> list[str]:
    """Return the chains (row ids) that an element ties."""
    link = ROWS["link"]
    tied = or_(link.c.outcome == element, link.c.context == element)
    return list(connection.scalars(select(link.c.id).where(tied)))


def _tied(connection: Connection, element: str) -> list[Problem]:
    """Say that an element which ties a chain keeps its role."""
    if not _ties(connection, element):
        return []
    what = "the element ties one configuration to another, and cannot take another role"
    return [Problem(what, do="Take that link away first.", code="tied")]
