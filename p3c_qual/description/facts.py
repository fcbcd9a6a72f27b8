"""The ledger of facts: values that somebody states, and by which of them the report goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from p3c_qual.coding.spots import Spots, clean
from p3c_qual.coding.stale import check_seen
from p3c_qual.coding.standing import gone
from p3c_qual.description.citations import insert_citations, place_of
from p3c_qual.description.conflicts import may_contradict
from p3c_qual.description.naming import find_where, where_row
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.writing import check_fields, shorten, who, words_for
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from p3c_qual.description.model import Fact
    from p3c_qual.opened import Opened

__all__ = ["choose_fact", "edit_fact", "find_fact", "note_fact", "remove_fact"]

_REFS = ("before", "after")
_FIELDS = ("name", "value", "unit", "date", "remark", "decision", *_REFS)
_NEEDED = {"name": "a name", "value": "a value"}
#: so many digits of a row id name a fact where no other one has them
_SHORT = 8


def note_fact(
    study: Opened,
    name: str,
    value: str,
    *,
    unit: str = "",
    date: str = "",
    remark: str = "",
    before: str = "",
    after: str = "",
    programme: str = "",
    site: str = "",
    country: str = "",
    source: str = "",
    start: int | None = None,
    end: int | None = None,
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Note a value that somebody states; returns its row id.

    Parameters
    ----------
    study : Study
    name : str
        What it is the value of; facts of the same name about the same thing are compared.
    value : str
        As it is stated: ``18 of 20``, ``36,366``, ``a decrease of 0.09 %``.
    unit : str
    date : str
        For when it is stated.
    remark : str
    before, after : str
        Of a change in per cent: the two facts it is worked out from.
    programme, site, country : str
        What it is about, by key or row id; none of them: the study.
    source : str
        Key or row id of the source that states it; see `p3c_qual.description.cite`.
    start, end : int, optional
        The place in it; by default the source as a whole.
    coder : str, optional
        Who notes it; by default who works here.
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
    >>> one = note_fact(study, "Practices that take part", "18 of 19", date="2015")
    >>> edit_fact(study, one, fields={"value": "18 of 20"})
    True
    """
    with study.act("note a fact", id=id) as act:
        problems: list[Problem] = []
        given = {
            "name": name,
            "value": value,
            "unit": unit,
            "date": date,
            "remark": remark,
            "before": before,
            "after": after,
        }
        row = _row(act.connection, given, problems)
        _check_change(row, problems)
        where = find_where(
            act.connection, problems, programme=programme, site=site, country=country
        )
        coder_row = who(act, study, coder)
        cited = None
        if source:
            cited = place_of(Spots(act.connection, [source]), source, start, end, problems)
        elif start is not None or end is not None:
            problems.append(Problem("a place is named, and not in which source"))
        if problems:
            raise P3CError(problems)
        act.say(f"note the fact {shorten(row['name'])!r}")
        made = act.insert("fact", [{**row, **where_row(where), "coder": coder_row}])[0]
        if cited:
            insert_citations(act, [{"about": "fact", "target": made, **cited}], coder_row)
        return made


def edit_fact(
    study: Opened,
    fact: str,
    *,
    fields: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    id: str | None = None,
) -> bool:
    """Change a fact; returns whether anything changed.

    Parameters
    ----------
    study : Study
    fact : str
        Row id; see `find_fact`.
    fields : dict of str to str
        Of ``name``, ``value``, ``unit``, ``date``, ``remark``, ``decision``, ``before`` and
        ``after``.
    was : dict of str to str, optional
        By field, what was seen before.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone, somebody has changed it since it was seen, or a value is at fault.
    """
    with study.act("edit a fact", id=id) as act:
        old = find_fact(act.connection, fact)
        act.say(f"edit the fact {shorten(old.name)!r}")
        seen = {k: v for k, v in (was or {}).items() if k in _FIELDS}
        check_seen(act, "fact", old.id, seen)
        problems: list[Problem] = []
        row = _row(act.connection, fields, problems, own=old.id)
        if row.keys() & set(_REFS):
            _check_change({"before": old.before, "after": old.after} | row, problems)
        if old.chosen and "decision" in row and not row["decision"]:
            do = "Leave it open instead, by choosing none."
            problems.append(Problem("the fact that was chosen needs its reason", do=do))
        if problems:
            raise P3CError(problems)
        return bool(act.update("fact", {old.id: row}))


def choose_fact(study: Opened, fact: str, *, decision: str = "", id: str | None = None) -> bool:
    """Say that the report goes by this one, and why; returns whether anything changed.

    The others of its name that it could contradict are not chosen any more. Those for another
    date stay as they are.

    Parameters
    ----------
    study : Study
    fact : str
        Row id; see `find_fact`.
    decision : str
        The reason. An empty one leaves it open again.
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If it is gone.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> one = note_fact(study, "Practices", "19")
    >>> choose_fact(study, one, decision="The contract says so."), choose_fact(study, one)
    (True, True)
    """
    why = clean(decision)
    with study.act("choose a fact", reason=why, id=id) as act:
        one = find_fact(act.connection, fact)
        said = (
            f"go by the fact {shorten(one.name)!r}" if why else f"leave {shorten(one.name)!r} open"
        )
        act.say(said)
        facts = read_description(act.connection).facts.values()
        changed: dict[str, dict[str, Any]] = {
            each.id: {"chosen": None, "decision": None}
            for each in facts
            if each.chosen and each.id != one.id and may_contradict(each, one)
        }
        changed[one.id] = {"chosen": True if why else None, "decision": why or None}
        return bool(act.update("fact", changed))


def remove_fact(study: Opened, fact: str, *, id: str | None = None) -> dict[str, int]:
    """Take a fact away, with the places cited for it.

    A change that was worked out from it stays, without what it was worked out from.

    Parameters
    ----------
    study : Study
    fact : str
        Row id; see `find_fact`.
    id : str, optional
        Of the act.

    Returns
    -------
    dict of str to int
        How many ``citations`` went with it, and how many ``changes`` rest on nothing now.

    Raises
    ------
    P3CError
        If it is gone already.
    """
    with study.act("remove a fact", id=id) as act:
        old = find_fact(act.connection, fact)
        act.say(f"remove the fact {shorten(old.name)!r}")
        table, cited = ROWS["fact"], ROWS["citation"]
        on = or_(table.c.before == old.id, table.c.after == old.id)
        changes = list(act.connection.scalars(select(table.c.id).where(on)))
        act.update("fact", {each: dict.fromkeys(_REFS) for each in changes if each != old.id})
        mine = list(act.connection.scalars(select(cited.c.id).where(cited.c.target == old.id)))
        act.delete("citation", mine)
        act.delete("fact", [old.id])
        return {"citations": len(mine), "changes": len(set(changes) - {old.id})}


def find_fact(connection: Connection, name: str, where: str = "") -> Fact:
    """Return a fact by its row id, or by its first or last eight digits where one alone has them.

    Raises
    ------
    P3CError
        If there is none, or there are several.
    """
    facts = read_description(connection).facts
    if name in facts:
        return facts[name]
    short = name.lower()
    some = [
        each
        for row, each in facts.items()
        if len(short) >= _SHORT and (row.startswith(short) or row.endswith(short))
    ]
    if len(some) == 1:
        return some[0]
    if some:
        names = tuple(f"{each.name}: {each.value}" for each in some)
        what = "several facts could be meant"
        raise P3CError(Problem(what, where, names, do="Choose it from the list of facts."))
    said = gone(connection, "fact", name)
    what = said.what if "took it away" in said.what else "there is no such fact"
    raise P3CError(Problem(what, where, do=said.do, code="gone"))


def _row(
    connection: Connection, fields: Mapping[str, str], problems: list[Problem], *, own: str = ""
) -> dict[str, Any]:
    """Return fields as they are stored, and note what is wrong with them."""
    given = check_fields(fields, _FIELDS, "a fact", problems)
    words_for(given, _NEEDED, "a fact", problems)
    row: dict[str, Any] = {name: value or None for name, value in given.items()}
    for name in _REFS:
        if not row.get(name):
            continue
        try:
            row[name] = find_fact(connection, row[name], name).id
        except P3CError as error:
            problems += error.problems
            continue
        if row[name] == own:
            problems.append(Problem("a change is not worked out from itself", name))
    return row


def _check_change(row: Mapping[str, Any], problems: list[Problem]) -> None:
    before, after = row.get("before"), row.get("after")
    if bool(before) != bool(after):
        what = f"of the change only what was {'before' if before else 'after'} is named"
        problems.append(Problem(what, do="Name both facts, or none."))
    elif before and before == after:
        problems.append(Problem("what was before and after a change are two facts"))
