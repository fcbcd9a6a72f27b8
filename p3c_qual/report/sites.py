"""What an author wrote on the sites of a programme, question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.description.model import Where
from p3c_qual.description.order import Entry
from p3c_qual.description.outline import outline_of
from p3c_qual.report.blocks import Origin, Paragraph, Run
from p3c_qual.report.chapters import marker
from p3c_qual.report.markdown import author_blocks
from p3c_qual.report.model import Section
from p3c_qual.report.records import plural
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from sqlalchemy import Connection

    from p3c_qual.description.read import Description
    from p3c_qual.report.named import Named

__all__ = ["SITES", "Site", "read_sites", "site_sections", "with_sites"]

#: key of the chapter
SITES = "site_by_site"
#: before which section of the skeleton it stands
_BEFORE = "discussion"
_NOTHING = "Nothing is written"

#: label of a site, its key, and its sections in order
Site = tuple[str, str, tuple[Entry, ...]]


def read_sites(
    connection: Connection, programme: str | None, description: Description
) -> tuple[Site, ...]:
    """Return the sites of a programme with their sections; none where none is written on.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    programme : str or None
        Row id.
    description : Description

    Returns
    -------
    tuple of Site
        Those on which nothing is written as well, without a section.
    """
    written = {
        each.where.site
        for each in description.sections.values()
        if each.where.site and each.text.strip()
    }
    rows = ROWS["site"]
    wanted = select(rows.c.id, rows.c.key, rows.c.label).where(rows.c.programme == programme)
    sites = connection.execute(wanted.order_by(rows.c.key)).all()
    if not written.intersection(site.id for site in sites):
        return ()
    found = []
    for site in sites:
        where = Where(programme, site.id)
        entries = outline_of(connection, where, description=description)
        kept = entries if site.id in written else ()
        found.append((site.label or site.key, site.key, kept))
    return tuple(found)


def with_sites(entries: Sequence[Entry], sites: Sequence[Site]) -> tuple[Entry, ...]:
    """Return the sections of a report, with the chapter on its sites before the discussion.

    It has no number, so that those of the others are the same with it and without.
    """
    if not sites:
        return tuple(entries)
    keys = [each.key for each in entries]
    at = keys.index(_BEFORE) if _BEFORE in keys else len(keys)
    text = "\n\n".join(each.text for _, _, cells in sites for each in cells if each.text)
    chapter = Entry(SITES, "Site by site", "", kind="sites", text=text)
    return (*entries[:at], chapter, *entries[at:])


def site_sections(
    sites: Sequence[Site], names: Named, level: int
) -> tuple[Paragraph, tuple[Section, ...]]:
    """Return how much is written on the sites, and a section for each.

    Parameters
    ----------
    sites : sequence of Site
    names : Named
    level : int
        Of the chapter.
    """
    asked = max(sum(each.printed for each in cells) for _, _, cells in sites)
    told = [sum(bool(each.text) for each in cells if each.printed) for _, _, cells in sites]
    said = (
        f"{sum(bool(count) for count in told)} of {plural(len(sites), 'site')} written on; "
        f"{sum(told)} of {plural(asked * len(sites), 'cell')} of sites and questions."
    )
    made = tuple(_site(each, names, level + 1) for each in sites)
    return Paragraph((Run(said, Origin("study", source="sections of the sites")),)), made


def _site(site: Site, names: Named, level: int) -> Section:
    label, key, cells = site
    printed = [each for each in cells if each.printed]
    below = tuple(_cell(key, each, names, level + 1) for each in printed if each.text)
    if not below:
        return Section(f"site-{key}", "", label, level, (_note(f"{_NOTHING}."),), (), "empty")
    left = [each.title for each in printed if not each.text]
    blocks = (_note(f"{_NOTHING} on: {'; '.join(left)}."),) if left else ()
    whole = not left and {each.state for each in below} == {"description"}
    state: Literal["description", "material"] = "description" if whole else "material"
    return Section(f"site-{key}", "", label, level, blocks, below, state)


def _cell(site: str, cell: Entry, names: Named, level: int) -> Section:
    key = f"site-{site}-{cell.key.replace('.', '-')}"
    text = author_blocks(cell.text, names, key=key, title=cell.title)
    if cell.state == "description":
        return Section(key, "", cell.title, level, text, (), "description")
    marked = (marker(cell.why), *text)
    return Section(key, "", cell.title, level, marked, (), "material", why=cell.why)


def _note(text: str) -> Paragraph:
    return Paragraph((Run(text),), "note")
