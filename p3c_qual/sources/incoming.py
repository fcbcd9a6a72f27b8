"""What is said of a source when it comes in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.sources.tabular import TableRow

__all__ = ["COLUMNS", "NOBODY", "Incoming", "key_of", "name_person", "several"]

#: kinds in which nobody is asked, so that a person's properties say nothing
NOBODY = {"document", "literature"}


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
        return several(self.interviewee)

    @property
    def types(self) -> list[str]:
        """The stakeholder types, in order."""
        return [each.upper() for each in several(self.stakeholder_type)]

    def types_of(self, number: int) -> list[str]:
        """Return the types of one interviewee: theirs where each has one, else all that are given."""
        people = len(self.interviewees)
        return [self.types[number]] if 1 < people == len(self.types) else self.types

    def role_of(self, number: int) -> str:
        """Return the role of one interviewee, likewise."""
        roles = [part.strip() for part in self.role.split(";")]
        return roles[number] if 1 < len(self.interviewees) == len(roles) else self.role

    def consents(self, purpose: str) -> list[str]:
        """Return the answers for a purpose, one for each interviewee."""
        given = several(getattr(self, f"consent_{purpose}")) or ["unknown"]
        people = self.interviewees
        return given * len(people) if len(given) == 1 else given


COLUMNS = tuple(f.name for f in fields(Incoming) if f.name not in {"variables", "row", "where"})


def several(cell: str) -> list[str]:
    """Return the values of a cell that holds several."""
    return [part.strip() for part in re.split(r"[;/+]", cell) if part.strip()]


def key_of(stem: str) -> str:
    """Return a file's name without ending, as a key.

    Examples
    --------
    >>> key_of("IP 02, second part")
    'IP_02_second_part'
    """
    return re.sub(r"[\s~/\\,;\x00-\x1f]+", "_", stem)[:100] or "_"


def name_person(each: Incoming) -> Incoming:
    """Give a source of one person that names nobody its own key as the person's code.

    A stakeholder type or role is a person's; it would be lost with nobody to belong to.
    """
    said = each.stakeholder_type or each.role
    if not said or each.interviewees or each.kind in NOBODY:
        return each
    return replace(each, interviewee=each.id or key_of(each.file.stem))
