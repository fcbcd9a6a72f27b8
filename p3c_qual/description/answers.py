"""Answers to what the forms of a thick description ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.spots import clean, ids_for
from p3c_qual.coding.stale import check_seen
from p3c_qual.description.forms import find_form
from p3c_qual.description.naming import name_where, names_of, where_row
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.description.model import Where
    from p3c_qual.opened import Opened
    from p3c_qual.store.act import Act

__all__ = ["answer_names", "give_answer", "remove_record"]


def give_answer(
    study: Opened,
    form: str,
    item: str,
    value: str,
    *,
    record: str = "",
    status: str = "",
    programme: str = "",
    site: str = "",
    country: str = "",
    was: Mapping[str, str] | None = None,
    coder: str | None = None,
    id: str | None = None,
) -> str:
    """Fill in an item of a form; returns its row id, empty where nothing stands there any more.

    An empty value without a status takes the answer away; where places are cited for it, they and
    the answer stay, and it is empty.

    Parameters
    ----------
    study : Study
    form, item : str
        See `read_forms`.
    value : str
    record : str
        Which line, in a form that has several.
    status : str
        ``documented``, ``interview`` or ``not_found``, in forms that ask it; what was not found
        needs no value.
    programme, site, country : str
        What it is about; none: the study as a whole.
    was : dict of str to str, optional
        ``value`` and ``status`` as they were seen before.
    coder : str, optional
        Whose answer it is; by default who works here.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it, or if somebody has changed it since it was seen.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> bool(give_answer(study, "methods", "funding", "A foundation."))
    True
    >>> give_answer(study, "sampling", "minimum", "many", record="A")
    Traceback (most recent call last):
        ...
    p3c_qual.errors.P3CError: 'at the least' takes a whole number, not 'many'.
    """
    from p3c_qual.realist.writing import who

    with study.act("fill in a form", id=id) as act:
        where = name_where(act.connection, programme=programme, site=site, country=country)
        asked = find_form(form)
        given, said, line = clean(value), status.strip(), clean(record)[:100]
        if problems := asked.faults(where, line, item, given, said):
            raise P3CError(problems)
        called = next(each.label for each in asked.items if each.id == item)
        act.say(f"fill in {called!r} of {asked.label.lower()}")
        old = _stored(act, asked.key, line, where).get(item)
        if old is None:
            if any((was or {}).values()):
                raise P3CError(Problem("it was removed meanwhile", code="gone"))
            if not given and not said:
                return ""
            (name,) = ids_for(act, "answer", [answer_names(where, asked.key, line, item)])
            row = {"id": name, "form": asked.key, "record": line or None, "item": item}
            row |= {**where_row(where), "value": given or None, "status": said or None}
            return act.insert("answer", [{**row, "coder": who(act, study, coder)}])[0]
        seen = {name: was[name] for name in ("value", "status") if was and name in was}
        check_seen(act, "answer", old["id"], seen)
        if not given and not said and not _cited(act, [old["id"]]):
            act.delete("answer", [old["id"]])
            return ""
        if (given, said) != (old["value"] or "", old["status"] or ""):
            new = {"value": given or None, "status": said or None}
            act.update("answer", {old["id"]: {**new, "coder": who(act, study, coder)}})
        return str(old["id"])


def remove_record(
    study: Opened,
    form: str,
    record: str,
    *,
    programme: str = "",
    site: str = "",
    country: str = "",
    id: str | None = None,
) -> bool:
    """Take a line of a form away with the places cited for it; returns whether there was one.

    Parameters
    ----------
    study : Study
    form, record : str
        An empty record is the one line of a form that has one.
    programme, site, country : str
    id : str, optional
        Of the act.

    Raises
    ------
    P3CError
        If there is no such form.
    """
    with study.act("remove a line of a form", id=id) as act:
        where = name_where(act.connection, programme=programme, site=site, country=country)
        asked = find_form(form)
        act.say(f"remove a line of {asked.label.lower()}")
        gone = [row["id"] for row in _stored(act, asked.key, clean(record), where).values()]
        act.delete("citation", _cited(act, gone))
        return bool(act.delete("answer", gone))


def answer_names(where: Where, form: str, record: str, item: str) -> tuple[str, ...]:
    """Return what the id of an answer is made of."""
    return (*names_of(where), form, record, item)


def _stored(act: Act, form: str, record: str, where: Where) -> dict[str, dict[str, Any]]:
    """Return a line of a form as it is stored, by item."""
    rows = ROWS["answer"]
    columns: dict[str, Any] = {**where_row(where), "form": form, "record": record or None}
    wanted = select(rows).where(*(rows.c[name] == value for name, value in columns.items()))
    return {row["item"]: dict(row) for row in act.connection.execute(wanted).mappings()}


def _cited(act: Act, targets: list[str]) -> list[str]:
    """Return the row ids of the places cited for these rows."""
    rows = ROWS["citation"]
    return list(act.connection.scalars(select(rows.c.id).where(rows.c.target.in_(targets))))
