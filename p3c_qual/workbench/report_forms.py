"""The forms of a thick description with what was filled in, as they go over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.description.forms import STATUSES, find_form, kind_of_where, read_forms
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import read_description
from p3c_qual.workbench import wire_forms
from p3c_qual.workbench.description_rows import Rows
from p3c_qual.workbench.state import last_event
from p3c_qual.workbench.wire_realist import TermRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from p3c_qual.description.forms import Form, Item
    from p3c_qual.description.model import Answer
    from p3c_qual.study import Study

__all__ = ["form_states"]


def form_states(
    study: Study, *, programme: str = "", site: str = "", country: str = "", form: str = ""
) -> list[wire_forms.FormState]:
    """Return the forms that are filled in for something, with what stands in them.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        Keys or row ids; none: the study as a whole.
    form : str
        Key of the only one that is wanted.

    Raises
    ------
    P3CError
        If there is no such place or form.
    """
    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        kind = kind_of_where(where)
        wanted = [find_form(form)] if form else list(read_forms().values())
        described = read_description(connection)
        rows = Rows(study, connection, described)
        given = {each.key: described.answers_of(each.key, where) for each in wanted}
        answers = [
            one.id for lines in given.values() for line in lines.values() for one in line.values()
        ]
        rows.prepare(rows.cited(answers))
        cursor = last_event(connection)
        return [
            _state(each, kind, given[each.key], rows, cursor)
            for each in wanted
            if kind in each.about
        ]


def _state(
    form: Form, kind: str, given: Mapping[str, Mapping[str, Answer]], rows: Rows, cursor: int
) -> wire_forms.FormState:
    lines = dict.fromkeys([*(each.id for each in form.records_of), *given])
    return wire_forms.FormState(
        form=form.key,
        label=form.label,
        hint=form.hint,
        about=kind,
        several=form.several,
        records_of=[TermRow(each.id, each.label, "") for each in form.records_of],
        items=[_item(each) for each in form.items],
        records=[
            wire_forms.RecordRow(line, [rows.answer(each) for each in given.get(line, {}).values()])
            for line in lines
        ],
        statuses=[TermRow(key, label, "") for key, label in STATUSES.items()]
        if form.statuses
        else [],
        cursor=cursor,
    )


def _item(item: Item) -> wire_forms.ItemRow:
    choices = [TermRow(each.id, each.label, "") for each in item.choices]
    return wire_forms.ItemRow(item.id, item.label, item.hint, item.group, item.kind, choices)
