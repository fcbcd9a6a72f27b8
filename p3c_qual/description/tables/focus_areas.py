"""The focus areas of interview protocols: who was asked about them, and who spoke of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.description.tables.spans import read_coded
from p3c_qual.sources.protocols import asked_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.opened import Opened
    from p3c_qual.sources.protocols import Protocol

__all__ = ["Area", "Heard", "asked_areas", "listen", "read_areas"]


@dataclass(frozen=True, slots=True)
class Area:
    """A focus area, of all protocols that have it; its codes as (codebook or nothing, beginning)."""

    key: str
    label: str
    codes: frozenset[tuple[str, str]]

    def covers(self, book: str, keys: Iterable[str]) -> bool:
        """Say whether one of these codes of a codebook is of the area, or below it."""
        return any(
            home in {"", book} and _begins(key, code) for key in keys for home, code in self.codes
        )

    def among(self, named: Iterable[str]) -> bool:
        """Say whether what was asked about, by its name, holds one of its codes."""
        return any(
            _begins(code, key) and ("" in {home, book} or home == book)
            for book, key in map(_parts, named)
            for home, code in self.codes
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """What was asked in each interview, and which areas people spoke of, by source and person."""

    asked: dict[str, set[str]]
    spoken: dict[tuple[str, str], set[str]]
    worked: set[str]
    captions: list[str]


def read_areas(protocols: Mapping[str, Protocol]) -> list[Area]:
    """Return the focus areas of some protocols, each once."""
    found: dict[str, Area] = {}
    for _, protocol in sorted(protocols.items()):
        for focus in protocol.focus:
            before = found.get(focus.key)
            codes = frozenset(map(_parts, focus.codes)) | (before.codes if before else frozenset())
            found[focus.key] = Area(focus.key, before.label if before else focus.label, codes)
    return list(found.values())


def asked_areas(
    sources: Iterable[KnownSource], protocols: Mapping[str, Protocol], areas: Iterable[Area]
) -> dict[str, set[str]]:
    """Return by source (row id) the areas it was asked about; without a protocol it is not there."""
    # most interviews of a type were held as planned, and are worked out once
    made: dict[tuple[str, tuple[str, ...], tuple[str, ...]], set[str]] = {}
    found = {}
    for source in sources:
        if source.protocol not in protocols:
            continue
        place = (source.protocol, source.asked_added, source.asked_dropped)
        if place not in made:
            protocol, added, dropped = protocols[place[0]], place[1], place[2]
            own = ({each.key for each in protocol.focus} | {*added}) - {*dropped}
            named = asked_codes(protocol, added=added, dropped=dropped)
            made[place] = {each.key for each in areas if each.key in own or each.among(named)}
        found[source.id] = made[place]
    return found


def listen(
    study: Opened,
    connection: Connection,
    heard: Heard,
    areas: Iterable[Area],
    books: Iterable[str],
    sources: set[str] | None,
) -> None:
    """Note who spoke of which areas."""
    named = {book for area in areas for book, _ in area.codes}
    for book in sorted(books):
        # a code that is named without its codebook may be one of any
        if "" not in named and book not in named:
            continue
        coded = read_coded(study, connection, book, sources=sources)
        covered = {
            keys: {area.key for area in areas if area.covers(book, keys)}
            for keys in {each.above for each in coded.spans}
        }
        if not any(covered.values()):
            continue
        heard.worked.update(coded.worked)
        if coded.caption not in heard.captions:
            heard.captions.append(coded.caption)
        for span in coded.spans:
            if span.person:
                spoken = heard.spoken.setdefault((span.source, span.person), set())
                spoken.update(covered[span.above])


def _parts(name: str) -> tuple[str, str]:
    book, _, key = name.rpartition(":")
    return book, key


def _begins(key: str, start: str) -> bool:
    return key == start or key.startswith(f"{start}.")
