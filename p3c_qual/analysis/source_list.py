"""The sources and the interviewees of a study, as data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.known import PROPERTIES, known_sources
from p3c_qual.sources.terms import CONSENT_FOR
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from p3c_qual.analysis.known import KnownSource
    from p3c_qual.study import Study

__all__ = ["frame_of", "list_interviewees", "list_sources"]

_SOURCES = (
    "source",
    *PROPERTIES[:3],
    "country",
    "programme",
    "site",
    "interviewee",
    "stakeholder_type",
    "role",
    *PROPERTIES[3:],
    "translation_of",
    "main_coder",
    "protocol",
    *(f"consent_{purpose}" for purpose in CONSENT_FOR),
    "characters",
    "file",
    "sha256",
    "reader",
)


def frame_of(rows: list[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a data frame that has its columns also where there are no rows."""
    import pandas as pd

    return pd.DataFrame(rows, columns=None if rows else pd.Index(columns))


def list_sources(study: Study) -> pd.DataFrame:
    """List the sources of a study.

    Returns
    -------
    DataFrame
        One row a source, ordered by key; all str unless said otherwise: ``source`` (key),
        ``title``, ``kind``, ``completeness``, ``country``, ``programme``, ``site``,
        ``interviewee`` and ``stakeholder_type`` (several with ``;``), ``role``, ``date``,
        ``language``, ``wave``, ``document_type``, ``duration_min``, ``mode``, ``interviewer``,
        ``transcription_rules``, ``secondary_use``, ``translation_of``, ``main_coder``,
        ``protocol``, ``consent_recorded`` and so on (one for each person, with ``;``),
        ``characters`` (int), ``file``, ``sha256`` (of the original), ``reader``, then one column
        for each variable of the study.
    """
    with study.store.read() as connection:
        sources = known_sources(study, connection)
    return frame_of([_row(each) for each in sources.values()], _SOURCES)


def _row(each: KnownSource) -> dict[str, Any]:
    consent = {
        f"consent_{purpose}": ";".join(str(person.consent[purpose]) for person in each.people)
        for purpose in CONSENT_FOR
    }
    known = {
        **each.said,
        **consent,
        "source": each.key,
        "country": each.country,
        "programme": each.programme,
        "site": each.site,
        "interviewee": each.interviewees,
        "stakeholder_type": each.stakeholder_types,
        "role": each.roles,
        "translation_of": each.translation_of,
        "main_coder": each.main_coder,
        "protocol": each.protocol,
        "characters": each.length,
        "file": each.file,
        "sha256": each.original,
        "reader": each.reader,
    }
    # a variable called like a column does not hide it
    return {**{name: known[name] for name in _SOURCES}, **each.variables, **known}


def list_interviewees(study: Study) -> pd.DataFrame:
    """List the interviewees.

    Returns
    -------
    DataFrame
        One row a person, ordered by code: ``interviewee``, ``programme``, ``stakeholder_type``
        (several with ``;``), ``role``, ``sources`` (keys, with ``;``), ``date`` (of the first).
    """
    person, prog = ROWS["interviewee"], ROWS["programme"]
    wanted = select(
        person.c.id, person.c.key, person.c.stakeholder_types, person.c.role, prog.c.key
    ).join(prog, prog.c.id == person.c.programme, isouter=True)
    with study.store.read() as connection:
        taken: dict[str, list[KnownSource]] = {}
        for source in known_sources(study, connection).values():
            for each in source.people:
                taken.setdefault(each.id, []).append(source)
        rows = [
            {
                "interviewee": key,
                "programme": home or "",
                "stakeholder_type": ";".join(types or []),
                "role": role or "",
                "sources": ";".join(each.key for each in taken.get(name, [])),
                "date": min(
                    filter(None, (s.said["date"] for s in taken.get(name, []))), default=""
                ),
            }
            for name, key, types, role, home in connection.execute(wanted)
        ]
    rows.sort(key=lambda each: str(each["interviewee"]))
    return frame_of(
        rows, ["interviewee", "programme", "stakeholder_type", "role", "sources", "date"]
    )
