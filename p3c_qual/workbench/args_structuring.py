"""What the verbs of structuring and explication are asked with.

Sources, codes and cases are named by their row ids. `was` holds what the sender saw before; what
somebody has changed since is refused with the code ``stale``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "Assign",
    "ClearCell",
    "ConfirmCell",
    "EditExplication",
    "EditType",
    "Explicate",
    "MakeType",
    "MaterialItem",
    "Rate",
    "RemoveExplication",
    "RemoveType",
    "Unassign",
    "Unrate",
    "WriteCell",
]


@dataclass(frozen=True, slots=True)
class Rate:
    """Give a span of a source, or a case, a level; the level is a number or ``not_ratable``."""

    question: str
    code: str
    level: str
    source: str = ""
    start: int | None = None
    end: int | None = None
    case: str = ""
    reason: str = ""
    round: str = "main"


@dataclass(frozen=True, slots=True)
class Unrate:
    """Take ratings away."""

    ratings: list[str]


@dataclass(frozen=True, slots=True)
class WriteCell:
    """Write a cell of the framework matrix; `was` is the text seen before."""

    question: str
    case: str
    code: str
    text: str
    refs: list[str] = field(default_factory=list)
    status: str = "draft"
    was: str | None = None


@dataclass(frozen=True, slots=True)
class ClearCell:
    """Empty a cell."""

    question: str
    case: str
    code: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class ConfirmCell:
    """Say that a stale cell still holds."""

    question: str
    case: str
    code: str


@dataclass(frozen=True, slots=True)
class MakeType:
    """Make a type; it was found by its extreme, by its frequency or by theory."""

    question: str
    label: str
    found_by: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class EditType:
    """Change what is said of a type; fields are label, found_by and description."""

    type: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveType:
    """Take a type away."""

    type: str


@dataclass(frozen=True, slots=True)
class Assign:
    """Say that a case is of a type; `move` takes it out of the one it is of now."""

    type: str
    case: str
    prototype: bool = False
    reason: str = ""
    move: bool = False


@dataclass(frozen=True, slots=True)
class Unassign:
    """Take a case out of its type."""

    member: str


@dataclass(frozen=True, slots=True)
class MaterialItem:
    """A piece of material: a span of a source, or a citation."""

    source: str = ""
    start: int | None = None
    end: int | None = None
    citation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explicate:
    """Begin an explication of a passage; `continues` is the one that did not suffice."""

    source: str
    start: int
    end: int
    scope: str
    question: str = ""
    continues: str = ""
    lexical: str = ""
    material: list[MaterialItem] = field(default_factory=list)
    paraphrase: str = ""
    verdict: str = "open"
    remark: str = ""


@dataclass(frozen=True, slots=True)
class EditExplication:
    """Go on with an explication; fields are lexical, paraphrase, verdict and remark."""

    explication: str
    fields: dict[str, str] = field(default_factory=dict)
    material: list[MaterialItem] | None = None
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveExplication:
    """Take an explication away."""

    explication: str
