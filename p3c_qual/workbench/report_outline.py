"""What reports there are, and the sections of one, as they go over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.description.naming import call_where, name_where
from p3c_qual.description.outline import outline_of
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire_description as wire
from p3c_qual.workbench.state import last_event

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.description.model import Where
    from p3c_qual.description.order import Entry
    from p3c_qual.study import Study

__all__ = ["about_rows", "outline_row", "report_outline"]

_STUDY = "The study as a whole"


def about_rows(study: Study) -> list[wire.AboutRow]:
    """Return all that a report can be about: programmes, sites, countries, and the study."""
    programme, site = ROWS["programme"], ROWS["site"]
    with study.store.read() as connection:
        programmes = {
            row.id: row for row in connection.execute(select(programme).order_by(programme.c.key))
        }
        sites = connection.execute(select(site).order_by(site.c.key)).all()
    found = [
        wire.AboutRow("programme", row.id, row.key, row.label or row.key, row.country or "", "")
        for row in programmes.values()
    ]
    for row in sites:
        if (home := programmes.get(row.programme)) is not None:
            key, label = f"{home.key}/{row.key}", row.label or row.key
            made = wire.AboutRow("site", row.id, key, label, home.country or "", home.key)
            found.append(made)
    countries = sorted({row.country for row in programmes.values() if row.country})
    found += [wire.AboutRow("country", each, each, each, each, "") for each in countries]
    return [*found, wire.AboutRow("study", "", "", _STUDY, "", "")]


def report_outline(
    study: Study, *, programme: str = "", site: str = "", country: str = ""
) -> wire.ReportOutline:
    """Return the sections of a report.

    Parameters
    ----------
    study : Study
    programme, site, country : str
        Keys or row ids; none: the study as a whole.

    Raises
    ------
    P3CError
        If there is no such place.
    """
    with study.store.read() as connection:
        where = name_where(connection, programme=programme, site=site, country=country)
        entries = outline_of(connection, where)
        key, label = _named(connection, where)
        return wire.ReportOutline(
            key,
            label,
            where.country or "",
            [outline_row(each) for each in entries],
            last_event(connection),
        )


def outline_row(entry: Entry) -> wire.ReportPart:
    """Return a section as the outline shows it."""
    return wire.ReportPart(
        key=entry.key,
        title=entry.title,
        under=entry.under,
        number=entry.number,
        level=entry.level,
        kind=entry.kind,
        tasks=list(entry.tasks),
        left_out=entry.left_out,
        merged_into=entry.merged_into,
        own=entry.own,
        state=entry.state,
        why=entry.why,
        words=entry.words,
        quotes=entry.quotes,
        material=entry.material,
        prompt=entry.prompt,
    )


def _named(connection: Connection, where: Where) -> tuple[str, str]:
    """Return the key of what a report is about, and what people read."""
    if where.country:
        return "", where.country
    table, row = ("site", where.site) if where.site else ("programme", where.programme)
    if row is None:
        return "", _STUDY
    label = connection.scalar(select(ROWS[table].c.label).where(ROWS[table].c.id == row))
    key = call_where(connection, where)
    return key, label or key.rpartition("/")[2]
