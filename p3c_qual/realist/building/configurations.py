"""Context-mechanism-outcome configurations: made, changed, set aside and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from p3c_qual.coding.spots import clean
from p3c_qual.coding.stale import check_seen
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.building.elements import NewElement, element_rows, insert_elements
from p3c_qual.realist.read import find_configuration
from p3c_qual.realist.vocabulary import check_term
from p3c_qual.realist.writing import check_fields, check_stands, find, key_for, who, words_for
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = [
    "configuration_row",
    "edit_configuration",
    "make_configuration",
    "remove_configuration",
    "set_aside",
    "take_up",
]

_REFS = ("programme", "theory", "mechanism")
_FIELDS = ("key", "label", *_REFS, "activation", "relevance", "rigour", "richness")


def make_configuration(
    study: Opened,
    *,
    label: str = "",
    programme: str = "",
    theory: str = "",
    mechanism: str = "",
    activation: str = "",
    key: str = "",
    elements: Sequence[NewElement] = (),
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Make a configuration; returns its row id.

    Parameters
    ----------
    study : Study
    label : str
    programme, theory, mechanism : str
        Keys or row ids.
    activation : str
        How far the mechanism was set off: ``blocked``, ``not_fired``, ``weak``, ``partial`` or
        ``strong``.
    key : str
        By default ``c1``, ``c2`` and so on.
    elements : sequence of NewElement
    coder : str, optional
        Who makes it; by default who works here.
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
    >>> from p3c_qual.realist.read import find_configuration
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> parts = [NewElement("context", "a village"), NewElement("outcome", "fewer falls")]
    >>> _ = make_configuration(study, label="Who is known", elements=parts)
    >>> with study.store.read() as connection:
    ...     [each.text for each in find_configuration(connection, "c1").elements]
    ['a village', 'fewer falls']
    """
    with study.act("make a configuration", id=id) as act:
        problems: list[Problem] = []
        given = {
            "key": key,
            "label": label,
            "programme": programme,
            "theory": theory,
            "mechanism": mechanism,
            "activation": activation,
        }
        row = configuration_row(act.connection, given, problems)
        rows = element_rows(act.connection, elements, problems)
        if problems:
            raise P3CError(problems)
        act.say(f"make the configuration {row['key']}")
        name = act.insert("configuration", [{**row, "coder": who(act, study, coder)}])[0]
        insert_elements(act, name, rows, first=0)
        return name


def edit_configuration(
    study: Opened,
    configuration: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change what is said of a configuration; returns whether anything changed.

    Parameters
    ----------
    study : Study
    configuration : str
        Key or row id.
    fields : dict of str to str
        Of ``key``, ``label``, ``programme``, ``theory``, ``mechanism``, ``activation``,
        ``relevance``, ``rigour`` and ``richness``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit a configuration", id=id) as act:
        old = find_configuration(act.connection, configuration)
        act.say(f"edit the configuration {old.key}")
        seen = {k: v for k, v in (was or {}).items() if k in _FIELDS}
        check_seen(act, "configuration", old.id, seen)
        problems: list[Problem] = []
        row = configuration_row(act.connection, fields, problems, own=old.id)
        if problems:
            raise P3CError(problems)
        return bool(act.update("configuration", {old.id: row}))


def set_aside(study: Opened, configuration: str, *, reason: str, id: str | None = None) -> bool:
    """Set a configuration aside: it is kept, and counted nowhere.

    Parameters
    ----------
    study : Study
    configuration : str
        Key or row id.
    reason : str
        Kept in the journal.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        False if it was set aside already.

    Raises
    ------
    P3CError
        If it is gone, was split or merged, or no reason is given.
    """
    why = clean(reason)
    with study.act("set a configuration aside", reason=why, id=id) as act:
        old = find_configuration(act.connection, configuration)
        act.say(f"set the configuration {old.key} aside")
        if old.state == "set_aside":
            return False
        check_stands(old)
        if not why:
            do = "Write why it is not looked at any more."
            raise P3CError(Problem("setting aside needs a reason", do=do, code="reason"))
        return bool(act.update("configuration", {old.id: {"state": "set_aside"}}))


def take_up(study: Opened, configuration: str, *, id: str | None = None) -> bool:
    """Let a configuration stand again that was set aside, split or merged.

    The parts of one that was split stand beside it; what was merged into another one stays there,
    unless the merge is undone.

    Parameters
    ----------
    study : Study
    configuration : str
        Key or row id.
    id : str, optional
        Of the act.

    Returns
    -------
    bool
        False if it stood.

    Raises
    ------
    P3CError
        If it is gone.
    """
    with study.act("take a configuration up", id=id) as act:
        old = find_configuration(act.connection, configuration)
        act.say(f"take the configuration {old.key} up")
        if not old.state:
            return False
        return bool(act.update("configuration", {old.id: {"state": None, "merged_into": None}}))


def remove_configuration(
    study: Opened, configuration: str, *, id: str | None = None
) -> dict[str, int]:
    """Take a configuration away, with everything that hangs on it; memos stay without it.

    Parameters
    ----------
    study : Study
    configuration : str
        Key or row id.
    id : str, optional
        Of the act.

    Returns
    -------
    dict of str to int
        How much went with it: ``elements``, ``evidence``, ``links``, ``instances``, ``arrows``
        (of the logic model that rested on it) and ``searches``.

    Raises
    ------
    P3CError
        If it is gone already.
    """
    with study.act("remove a configuration", id=id) as act:
        old = find_configuration(act.connection, configuration)
        act.say(f"remove the configuration {old.key}")

        def mine(table: str, *columns: str) -> list[str]:
            rows = ROWS[table]
            on = or_(*(rows.c[name] == old.id for name in columns))
            return list(act.connection.scalars(select(rows.c.id).where(on)))

        elements = [each.id for each in old.elements]
        link = ROWS["link"]
        tied = or_(link.c.outcome.in_(elements), link.c.context.in_(elements))
        links = set(act.connection.scalars(select(link.c.id).where(tied)))
        going = {
            "links": ("link", links.union(mine("link", "configuration", "other"))),
            "evidence": ("evidence", [each.id for each in old.evidence]),
            "elements": ("element", elements),
            "instances": ("instance", mine("instance", "configuration")),
            "arrows": ("carries", mine("carries", "configuration")),
            "searches": ("negative_search", mine("negative_search", "configuration")),
        }
        gone = {name: act.delete(table, ids) for name, (table, ids) in going.items()}
        for table, column in (
            ("inference", "configuration"),
            ("configuration", "split_from"),
            ("configuration", "merged_into"),
        ):
            act.update(table, {row: {column: None} for row in mine(table, column)})
        act.delete("configuration", [old.id])
        return gone


def configuration_row(
    connection: Connection,
    fields: Mapping[str, str],
    problems: list[Problem],
    *,
    own: str = "",
) -> dict[str, Any]:
    """Return fields as they are stored, and note what is wrong with them.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    fields : dict of str to str
    problems : list of Problem
    own : str
        Row id of the configuration if it is there; a new one gets a key.
    """
    given = check_fields(fields, _FIELDS, "a configuration", problems)
    row: dict[str, Any] = {name: value or None for name, value in given.items()}
    for name in _REFS:
        if name in given:
            there = find(connection, name, given[name], problems)
            row[name] = there and there["id"]
    if bad := check_term("activation", given.get("activation"), "activation of a mechanism"):
        problems.append(bad)
    if own and "key" in given:
        words_for(given, {"key": "a key"}, "a configuration", problems)
    if not own or given.get("key"):
        row["key"] = key_for(connection, "configuration", given.get("key", ""), problems, own=own)
    return row
