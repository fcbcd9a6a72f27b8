"""What the verbs of pilots, editions and coding agendas are asked with; rows by their ids."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "AcceptProposals",
    "AddAnchor",
    "ClosePilot",
    "ConfirmCodings",
    "EditLevel",
    "FreezeCodebook",
    "MarkPrototype",
    "RemoveAnchor",
    "ReopenCodebook",
]


@dataclass(frozen=True, slots=True)
class ClosePilot:
    """End a round of the pilot: `decision` is ``unchanged`` or ``changed``."""

    question: str
    decision: str
    reason: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmCodings:
    """Let codings stand under the present version of their codebook."""

    codings: list[str]


@dataclass(frozen=True, slots=True)
class FreezeCodebook:
    """Freeze a codebook and keep its version."""

    codebook: str
    version: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReopenCodebook:
    """Begin the next version of a frozen codebook."""

    codebook: str
    reason: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class AcceptProposals:
    """Carry proposals out as the codebook's next version."""

    proposals: list[str]
    reason: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class AddAnchor:
    """Make a coded passage an anchor example of its code, or of one of its levels."""

    code: str
    coding: str
    prototype: bool = False
    level: str = ""


@dataclass(frozen=True, slots=True)
class RemoveAnchor:
    """Take an anchor example away; `anchor` is its place, or its words where it has none."""

    code: str
    anchor: str


@dataclass(frozen=True, slots=True)
class MarkPrototype:
    """Mark an anchor as the clearest example, or take the mark off."""

    code: str
    anchor: str
    prototype: bool


@dataclass(frozen=True, slots=True)
class EditLevel:
    """Change what is said of a level of an ordinal code; `was` as in `EditCode`."""

    code: str
    level: str
    label: str | None = None
    definition: str | None = None
    rule: str | None = None
    was: dict[str, str] = field(default_factory=dict)
