"""What each verb is asked with; the front end's types are generated from these classes too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "AddSources",
    "CodeIt",
    "CreateCode",
    "CreateCodebook",
    "DeleteMemo",
    "Desk",
    "Done",
    "EditCode",
    "EditMemo",
    "FileIn",
    "Flag",
    "InVivo",
    "LoadCodebook",
    "MemoOn",
    "MergeCodes",
    "MoveCode",
    "NameMe",
    "NewStudy",
    "Part",
    "PassOver",
    "Recode",
    "Resize",
    "RetireCode",
    "ReviveCode",
    "SetFields",
    "SplitCode",
    "Uncode",
    "Undo",
    "WithdrawProposal",
]


@dataclass(frozen=True, slots=True)
class CodeIt:
    """Give a code to a span; `code` is a row id or a key."""

    source: str
    start: int
    end: int
    code: str
    round: str = "main"
    question: str = ""
    memo: str = ""
    extend: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Recode:
    """Give codings another code."""

    codings: list[str]
    code: str


@dataclass(frozen=True, slots=True)
class Resize:
    """Give a coding another span."""

    coding: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Uncode:
    """Take codings away."""

    codings: list[str]


@dataclass(frozen=True, slots=True)
class Flag:
    """Mark codings; a mark left out stays as it is."""

    codings: list[str]
    important: bool | None = None
    unsure: bool | None = None


@dataclass(frozen=True, slots=True)
class InVivo:
    """Make a code of the words themselves, and code them with it."""

    source: str
    start: int
    end: int
    codebook: str
    parent: str | None = None
    label: str = ""
    round: str = "main"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PassOver:
    """Say that a span was read, and that there is nothing to code in it."""

    source: str
    start: int
    end: int
    round: str = "main"
    question: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """Say that a source was worked through, or is not done yet."""

    source: str
    done: bool
    round: str = "main"
    question: str = ""


@dataclass(frozen=True, slots=True)
class MemoOn:
    """Write a memo; `target` is a row id, none for the study."""

    about: str
    text: str
    target: str = ""
    kind: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class EditMemo:
    """Write a memo anew."""

    memo: str
    text: str


@dataclass(frozen=True, slots=True)
class DeleteMemo:
    """Take a memo away."""

    memo: str


@dataclass(frozen=True, slots=True)
class CreateCode:
    """Make a code; in a frozen codebook a proposed one, with a reason."""

    codebook: str
    label: str
    parent: str | None = None
    after: str | None = None
    definition: str = ""
    rule: str = ""
    level: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CreateCodebook:
    """Make a codebook without codes; its key is made of the label where none is given."""

    label: str
    key: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class EditCode:
    """Change what is said of a code; what is left out stays as it is.

    `was` holds, by field, what the sender saw before; what somebody has changed since is refused
    with the code ``stale``. Left out, nothing is compared.
    """

    code: str
    label: str | None = None
    definition: str | None = None
    rule: str | None = None
    level: str | None = None
    reason: str = ""
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoveCode:
    """Put a code under another one, or to the top, behind a sibling or first."""

    code: str
    parent: str | None
    after: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MergeCodes:
    """Make the codings of some codes codings of one of them."""

    codes: list[str]
    into: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a code that is split: a new label or a code's id, and its codings."""

    label: str
    codings: list[str]


@dataclass(frozen=True, slots=True)
class SplitCode:
    """Put the codings of a code under several; what is not named stays with it."""

    code: str
    parts: list[Part]
    retire: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RetireCode:
    """Offer a code no more; its codings stay."""

    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviveCode:
    """Offer a retired code again."""

    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawProposal:
    """Take one's proposal back."""

    proposal: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back, or do again, the last act; `skip` leaves alone what others changed since."""

    skip: bool = False


@dataclass(frozen=True, slots=True)
class NameMe:
    """Say who works here."""

    name: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Leave something lying for next time; it is no act, and cannot be undone."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class NewStudy:
    """Make a study in a folder, as a path below the server's."""

    folder: str
    title: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class FileIn:
    """A file to bring in, its bytes in base64, and what is said of the source."""

    name: str
    data: str
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


@dataclass(frozen=True, slots=True)
class AddSources:
    """Bring files in; all of them or none."""

    files: list[FileIn]


@dataclass(frozen=True, slots=True)
class LoadCodebook:
    """Take a codebook in; its bytes in base64."""

    name: str
    data: str


@dataclass(frozen=True, slots=True)
class SetFields:
    """Change what is said of a programme, site, interviewee or source; see `p3c set`."""

    what: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    new: bool = False
