"""The ledger of facts, and plans beside practices, as they go over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.description.conflicts import find_conflicts
from p3c_qual.description.naming import name_where
from p3c_qual.description.read import read_description
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_forms
from p3c_qual.workbench.description_rows import Rows
from p3c_qual.workbench.state import last_event
from p3c_qual.workbench.wire_realist import TermRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.description.model import Where
    from p3c_qual.study import Study

__all__ = ["concerns", "contrast_state", "fact_state"]

#: the codebook whose codes are the components of person-centred coordinated care
_COMPONENTS = "p3c"


def concerns(where: Where, report: Where) -> bool:
    """Say whether what is about something belongs to a report on something.

    To that on a programme belongs what is about its sites, to that on the study everything.
    """
    if report.site or report.country:
        return where == report
    return not report.programme or where.programme == report.programme


def fact_state(
    study: Study, *, programme: str = "", site: str = "", country: str = ""
) -> wire_forms.FactState:
    """Return the facts on something and what does not agree among them.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        Keys or row ids; none: all of the study.

    Raises
    ------
    P3CError
        If there is no such place.
    """
    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        described = read_description(connection)
        rows = Rows(study, connection, described)
        facts = [each for each in described.facts.values() if concerns(each.where, where)]
        rows.prepare(rows.cited(each.id for each in facts))
        # what a change is worked out from may be about something else
        conflicts = [
            wire_forms.FactConflict(
                each.name, rows.about(each.where), each.what, list(each.facts), each.decided
            )
            for each in find_conflicts(described.facts.values())
            if concerns(each.where, where)
        ]
        return wire_forms.FactState(
            [rows.fact(each) for each in facts], conflicts, last_event(connection)
        )


def contrast_state(
    study: Study, *, programme: str = "", site: str = "", country: str = ""
) -> wire_forms.ContrastState:
    """Return plans and practices of something, with the words that may be said of them.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        Keys or row ids; none: all of the study.

    Raises
    ------
    P3CError
        If there is no such place.
    """
    from p3c_qual.description.contrasts import VERDICTS

    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        described = read_description(connection)
        rows = Rows(study, connection, described)
        found = [each for each in described.contrasts.values() if concerns(each.where, where)]
        rows.prepare(rows.cited(each.id for each in found))
        return wire_forms.ContrastState(
            [rows.contrast(each) for each in found],
            [TermRow(key, label, "") for key, label in VERDICTS.items()],
            _components(connection, (each.component for each in found)),
            last_event(connection),
        )


def _components(connection: Connection, used: Iterable[str]) -> list[TermRow]:
    """Return what an intervention can consist of: components and domains, and what was written."""
    code, book = ROWS["code"], ROWS["codebook"]
    wanted = (
        select(code.c.key, code.c.label, code.c.definition)
        .join(book, book.c.id == code.c.codebook)
        .where(book.c.key == _COMPONENTS, code.c.status.is_distinct_from("retired"))
        .order_by(code.c.position, code.c.key)
    )
    held = set(used)
    found = {}
    for row in connection.execute(wanted):
        # a component is written with its codebook or without
        for key in {row.key, f"{_COMPONENTS}:{row.key}"} & held or {row.key}:
            found[key] = TermRow(key, row.label or row.key, row.definition or "")
    own = [TermRow(each, each, "") for each in sorted(held - found.keys()) if each]
    return [*found.values(), *own]
