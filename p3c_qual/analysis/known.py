"""What a study's tables say of its sources and of those who speak in them."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.cache import kept
from p3c_qual.sources.terms import CONSENT_FOR
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["PROPERTIES", "KnownSource", "Person", "known_sources", "read_sources"]

#: what is said of every source, as text
PROPERTIES = (
    "title",
    "kind",
    "completeness",
    "date",
    "language",
    "wave",
    "document_type",
    "duration_min",
    "mode",
    "interviewer",
    "transcription_rules",
    "secondary_use",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in a source.

    Attributes
    ----------
    id, key : str
        Row id, and code of the interviewee.
    types : tuple of str
        Stakeholder types.
    role, speaker : str
        The role, and the label of the person's turns in this source.
    consent : dict of str to str or None
        Answers by purpose, for this source.
    """

    id: str
    key: str
    types: tuple[str, ...]
    role: str
    speaker: str
    consent: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source with everything but its text; keys where rows point to other rows.

    Attributes
    ----------
    id, key : str
    said : dict of str to str
        The `PROPERTIES`.
    programme, country, site, translation_of, main_coder, protocol : str
        Keys (and the programme's country); empty where nothing is said.
    text : str or None
        Row id of the text, None where it was erased.
    hash, parts : str or None
        Names of the text's payloads.
    length : int or None
        Code points.
    file, original, reader : str or None
        Path in data_raw, SHA-256 of the original, and what read it.
    asked_added, asked_dropped : tuple of str
        What the interview changed in its protocol.
    variables : dict
    people : tuple of Person
        In order.
    """

    id: str
    key: str
    said: dict[str, str]
    programme: str
    country: str
    site: str
    translation_of: str
    main_coder: str
    protocol: str
    text: str | None
    hash: str | None
    parts: str | None
    length: int | None
    file: str | None
    original: str | None
    reader: str | None
    asked_added: tuple[str, ...]
    asked_dropped: tuple[str, ...]
    variables: dict[str, Any]
    people: tuple[Person, ...]

    @property
    def interviewees(self) -> str:
        """The codes of those who speak, with ``;`` between them."""
        return ";".join(person.key for person in self.people)

    @property
    def stakeholder_types(self) -> str:
        """Their stakeholder types, with ``;`` between them."""
        return ";".join(dict.fromkeys(t for person in self.people for t in person.types))

    @property
    def roles(self) -> str:
        """Their roles, with ``; `` between them."""
        return "; ".join(dict.fromkeys(person.role for person in self.people if person.role))


def known_sources(study: Study, connection: Connection) -> dict[str, KnownSource]:
    """Return the sources by row id, in the order of their keys' code points."""
    found: dict[str, KnownSource] = kept(
        study, connection, "sources", lambda: read_sources(connection)
    )
    return found


def read_sources(connection: Connection) -> dict[str, KnownSource]:
    """Read the sources anew, as `known_sources` keeps them."""
    src, text, prog, site, coder, proto = (
        ROWS[t] for t in ("source", "text", "programme", "site", "coder", "protocol")
    )
    # the small tables are read once; joining them for every source takes longer
    programmes = {
        row.id: (row.key, row.country or "")
        for row in connection.execute(select(prog.c.id, prog.c.key, prog.c.country))
    }
    sites, coders, protocols = (
        dict(connection.execute(select(table.c.id, table.c.key)).all())
        for table in (site, coder, proto)
    )
    wanted = select(
        src.c.id,
        src.c.key,
        src.c.programme,
        src.c.site,
        src.c.translation_of,
        src.c.main_coder,
        src.c.protocol,
        src.c.asked_added,
        src.c.asked_dropped,
        src.c.variables,
        text.c.id,
        text.c.hash,
        text.c.parts,
        text.c.length,
        text.c.file,
        text.c.original,
        text.c.reader,
        *(src.c[name] for name in PROPERTIES),
    ).join(text, text.c.id == src.c.text, isouter=True)
    rows = connection.execute(wanted).all()
    keys = {row[0]: row[1] for row in rows}
    people = _people(connection)
    found = []
    for row in rows:
        name, key, programme, place, original, main, asked, added, dropped, variables = row[:10]
        text_id, body, parts, length, file, sha256, reader = row[10:17]
        home, country = programmes.get(programme, ("", ""))
        found.append(
            KnownSource(
                id=name,
                key=key,
                said={what: value or "" for what, value in zip(PROPERTIES, row[17:], strict=True)},
                programme=home,
                country=country,
                site=sites.get(place, ""),
                translation_of=keys.get(original, ""),
                main_coder=coders.get(main, ""),
                protocol=protocols.get(asked, ""),
                text=text_id,
                hash=body,
                parts=parts,
                length=length,
                file=file,
                original=sha256,
                reader=reader,
                asked_added=tuple(added or ()),
                asked_dropped=tuple(dropped or ()),
                variables=variables or {},
                people=tuple(people.get(name, ())),
            )
        )
    found.sort(key=attrgetter("key"))
    return {each.id: each for each in found}


def _people(connection: Connection) -> dict[str, list[Person]]:
    part, person = ROWS["participation"], ROWS["interviewee"]
    wanted = (
        select(
            part.c.source,
            person.c.id,
            person.c.key,
            person.c.stakeholder_types,
            person.c.role,
            part.c.speaker,
            *(part.c[f"consent_{purpose}"] for purpose in CONSENT_FOR),
        )
        .join(person, person.c.id == part.c.interviewee)
        .order_by(part.c.position, part.c.id)
    )
    found: dict[str, list[Person]] = {}
    for source, name, key, types, role, speaker, *answers in connection.execute(wanted):
        consent = dict(zip(CONSENT_FOR, answers, strict=True))
        found.setdefault(source, []).append(
            Person(name, key, tuple(types or ()), role or "", speaker or "", consent)
        )
    return found
