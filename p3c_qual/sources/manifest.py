"""What is said of a source when it comes in: by a manifest's row or by options."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.terms import (
    COMPLETENESS,
    CONSENT,
    CONSENT_FOR,
    KINDS,
    STAKEHOLDERS,
    check_key,
)

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.sources.tabular import TableRow

__all__ = ["COLUMNS", "Incoming", "check_incoming", "read_manifest", "spread_tables"]

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Incoming:
    """A source that is about to come in, and what is said of it.

    Attributes
    ----------
    file : Path
    id, kind, completeness, country, programme, site, interviewee, stakeholder_type, role, date,
    language, title, document_type, wave, duration_min, mode, interviewer, transcription_rules,
    secondary_use, translation_of, protocol : str
        Empty where nothing is said. Several interviewees and types are separated by ``;``.
    consent_recorded, consent_quoted, consent_reused, consent_archived : str
        ``yes``, ``no``, ``withdrawn`` or ``unknown``; several in the order of the interviewees.
    variables : dict of str to str
        Everything else.
    row : TableRow, optional
        The row of a table that the source is, see `spread_tables`.
    where : str
        Row of the manifest.
    """

    file: Path
    id: str = ""
    kind: str = ""
    completeness: str = ""
    country: str = ""
    programme: str = ""
    site: str = ""
    interviewee: str = ""
    stakeholder_type: str = ""
    role: str = ""
    date: str = ""
    language: str = ""
    title: str = ""
    document_type: str = ""
    wave: str = ""
    duration_min: str = ""
    mode: str = ""
    interviewer: str = ""
    transcription_rules: str = ""
    secondary_use: str = ""
    translation_of: str = ""
    protocol: str = ""
    consent_recorded: str = ""
    consent_quoted: str = ""
    consent_reused: str = ""
    consent_archived: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    row: TableRow | None = None
    where: str = ""

    @property
    def interviewees(self) -> list[str]:
        """The codes of those interviewed, in order."""
        return _several(self.interviewee)

    @property
    def types(self) -> list[str]:
        """The stakeholder types, in order."""
        return [each.upper() for each in _several(self.stakeholder_type)]

    def consents(self, purpose: str) -> list[str]:
        """Return the answers for a purpose, one for each interviewee."""
        given = _several(getattr(self, f"consent_{purpose}")) or ["unknown"]
        people = self.interviewees
        return given * len(people) if len(given) == 1 else given


COLUMNS = tuple(f.name for f in fields(Incoming) if f.name not in {"variables", "row", "where"})


def _several(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;/+]", cell) if part.strip()]


def read_manifest(path: Path) -> tuple[list[Incoming], list[str]]:
    """Read a manifest: one row a file, columns as in `Incoming`; others become variables.

    Returns
    -------
    (list of Incoming, list of str)
        The sources, and the columns taken as variables.

    Raises
    ------
    P3CError
        Every missing file, twofold id and invalid value at once, each with its line.
    """
    from p3c_qual.coding.csv_form import read_rows

    columns, rows = read_rows(path)
    if "file" not in columns:
        raise P3CError(
            Problem(
                "the column 'file' is missing",
                f"{path}:1",
                tuple(columns),
                nearest("file", columns),
                "It names each source's file.",
            )
        )
    others = [name for name in columns if name and name not in COLUMNS]
    found, problems = [], []
    for line, row in rows:
        where = f"{path}:{line}"
        known: dict[str, Any] = {name: (row.get(name) or "").strip() for name in COLUMNS if name != "file"}
        name = (row.get("file") or "").strip()
        if not name:
            problems.append(Problem("no file is named", where))
            continue
        variables = {n: v for n in others if (v := (row.get(n) or "").strip())}
        found.append(Incoming(path.parent / name, **known, variables=variables, where=where))
    problems += check_incoming(found)
    if problems:
        raise P3CError(problems)
    return found, others


def spread_tables(sources: list[Incoming], *, text_column: str | None = None) -> list[Incoming]:
    """Put each table (csv, tsv, xlsx) apart into the sources that are its rows.

    A column named as one of the manifest's says the same as there, unless it is said of the whole
    table; others become variables.

    Raises
    ------
    P3CError
        If a table cannot be read.
    """
    from p3c_qual.sources.reader import TABLES
    from p3c_qual.sources.tabular import read_table

    found: list[Incoming] = []
    for each in sources:
        if each.file.suffix.lower().lstrip(".") not in TABLES or not each.file.is_file():
            found.append(each)
            continue
        for row in read_table(each.file, text_column=text_column):
            named = {name.strip().lower(): value.strip() for name, value in row.variables.items()}
            said: dict[str, Any] = {
                name: named[name]
                for name in COLUMNS
                if name not in {"file", "id"} and named.get(name) and not getattr(each, name)
            }
            others = {n: v for n, v in row.variables.items() if n.strip().lower() not in COLUMNS}
            found.append(
                replace(
                    each,
                    **said,
                    id=row.key,
                    variables={**each.variables, **{n: v for n, v in others.items() if v}},
                    row=row,
                    where=f"{each.file}:{row.row}",
                )
            )
    return found


def check_incoming(sources: list[Incoming]) -> list[Problem]:
    """Return everything at fault in what is said of sources."""
    problems: list[Problem] = []
    for each in sources:
        where = each.where or str(each.file)
        if not each.file.is_file():
            near = nearest(each.file.name, _beside(each.file))
            problems.append(
                Problem(
                    f"the file {each.file.name!r} is missing",
                    where,
                    nearest=near,
                    do=f"Looked in {each.file.parent}.",
                )
            )
        for name, valid in (("kind", KINDS), ("completeness", COMPLETENESS)):
            given = getattr(each, name)
            if given and given not in valid:
                problems.append(
                    Problem(f"unknown {name} {given!r}", where, valid, nearest(given, valid))
                )
        types = tuple(STAKEHOLDERS)
        problems += [
            Problem(f"unknown stakeholder type {t!r}", where, types, nearest(t, types))
            for t in each.types
            if t not in STAKEHOLDERS
        ]
        if each.date and not _DATE.fullmatch(each.date):
            problems.append(
                Problem(f"{each.date!r} is no date", where, do="Write YYYY, YYYY-MM or YYYY-MM-DD.")
            )
        if each.language and not _LANGUAGE.fullmatch(each.language):
            problems.append(
                Problem(
                    f"{each.language!r} is no language",
                    where,
                    do="Write its code, such as en or de.",
                )
            )
        problems += [
            Problem(bad, where)
            for key in (each.id, *each.interviewees)
            if key and (bad := check_key(key))
        ]
        problems += _check_consent(each, where)
    twice = [key for key, n in Counter(each.id for each in sources if each.id).items() if n > 1]
    for key in twice:
        lines = [each.where for each in sources if each.id == key]
        problems.append(
            Problem(
                f"the id {key!r} stands there {len(lines)} times",
                ", ".join(lines),
                do="Each source needs an id of its own.",
            )
        )
    return problems


def _beside(file: Path) -> list[str]:
    try:
        return [other.name for other in file.parent.iterdir()]
    except OSError:
        return []


def _check_consent(each: Incoming, where: str) -> list[Problem]:
    problems = []
    people = max(len(each.interviewees), 1)
    for purpose in CONSENT_FOR:
        given = _several(getattr(each, f"consent_{purpose}"))
        problems += [
            Problem(
                f"unknown answer {g!r} to consent_{purpose}", where, CONSENT, nearest(g, CONSENT)
            )
            for g in given
            if g not in CONSENT
        ]
        if len(given) not in {0, 1, people}:
            problems.append(
                Problem(
                    f"consent_{purpose} has {len(given)} answers for {people} interviewees",
                    where,
                    do="Give one for all, or one for each in their order.",
                )
            )
    return problems
