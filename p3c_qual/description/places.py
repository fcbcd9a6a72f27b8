"""The sections there are for a programme, a site or a country, from the codebooks of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.description.skeleton import SUBSTRUCTURE, Place, country_skeleton, skeleton
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from p3c_qual.description.model import Where

__all__ = ["Chapters", "choose_codebook", "known_sections", "places_of", "read_chapters"]

#: by codebook, key and label of the codes at its top, in their order
Chapters = dict[str, list[tuple[str, str]]]

#: whose codes make the chapters of a report, and the questions of a matrix of sites, where the
#: study has them
REPORT, MATRIX = "selfie", "pioneers"


def read_chapters(connection: Connection) -> Chapters:
    """Return the codes at the top of each codebook; one that was retired makes no chapter."""
    code, book = ROWS["code"], ROWS["codebook"]
    wanted = (
        select(book.c.key.label("book"), code.c.key, code.c.label)
        .join(code, code.c.codebook == book.c.id)
        .where(code.c.parent.is_(None), code.c.status.is_distinct_from("retired"))
        .order_by(book.c.key, code.c.position, code.c.key)
    )
    found: Chapters = {}
    for row in connection.execute(wanted):
        found.setdefault(row.book, []).append((row.key, row.label or row.key))
    return found


def choose_codebook(chapters: Mapping[str, object], where: Where, codebook: str = "") -> str:
    """Return the codebook whose codes make the chapters: the one named, else the usual one."""
    if codebook:
        return codebook
    usual = (MATRIX, REPORT) if where.site else (REPORT, MATRIX)
    return next((each for each in (*usual, *chapters) if each in chapters), REPORT)


def places_of(
    chapters: Mapping[str, Sequence[tuple[str, str]]], where: Where, codebook: str = ""
) -> tuple[Place, ...]:
    """Return the sections before an author changes them.

    Parameters
    ----------
    chapters : mapping
        As `read_chapters` gives them.
    where : Where
        A programme has the skeleton of a report, a site a cell for each code at the top of the
        codebook, a country and the study as a whole what stands around the programmes.
    codebook : str
        Whose codes make the chapters; by default as `choose_codebook` says.
    """
    name = choose_codebook(chapters, where, codebook)
    top = chapters.get(name, ())
    if where.site:
        return tuple(
            Place(key, label, level=SUBSTRUCTURE, code=f"{name}:{key}") for key, label in top
        )
    return skeleton(top, codebook=name) if where.programme else country_skeleton()


def known_sections(
    chapters: Mapping[str, Sequence[tuple[str, str]]], where: Where
) -> dict[str, Place]:
    """Return every section of a skeleton that somebody may write, by key, whatever the codebook."""
    books = [choose_codebook(chapters, where), *chapters]
    found: dict[str, Place] = {}
    for book in books:
        for place in places_of(chapters, where, book):
            found.setdefault(place.key, place)
    return found
