"""What the verbs of the realist layer are asked with.

Everything is named by its row id; empty means none. `was` holds what the sender saw before; what
somebody has changed since is refused with the code ``stale``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "AddElement",
    "AddEvidence",
    "Chain",
    "EditConfiguration",
    "EditElement",
    "EditEvidence",
    "EditMechanism",
    "EditTheory",
    "LinkSpans",
    "MakeConfiguration",
    "MergeConfigurations",
    "NameMechanism",
    "Nest",
    "NewElement",
    "RefineTheory",
    "RemoveConfiguration",
    "RemoveElement",
    "RemoveEvidence",
    "RemoveMechanism",
    "RemoveTheory",
    "RoleSpan",
    "SetAside",
    "SplitConfiguration",
    "SplitPart",
    "Supersede",
    "TakeUp",
    "Unlink",
    "WriteTheory",
]


@dataclass(frozen=True, slots=True)
class WriteTheory:
    """Write an initial programme theory."""

    label: str
    if_: str
    then_: str
    because: str
    key: str = ""
    level: str = "programme"
    origin: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class EditTheory:
    """Change a theory; fields are key, label, if_, then_, because, level, status, origin, programme, change."""

    theory: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefineTheory:
    """Write a theory that takes the place of another; `change` says what and why."""

    theory: str
    if_: str
    then_: str
    because: str
    change: str
    label: str = ""
    key: str = ""
    status: str = "testing"


@dataclass(frozen=True, slots=True)
class Supersede:
    """Say that one theory takes the place of another that is there already; none ends it."""

    theory: str
    other: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class RemoveTheory:
    """Take a theory away; its configurations test none then."""

    theory: str


@dataclass(frozen=True, slots=True)
class NameMechanism:
    """Name a mechanism, to look at it over several contexts."""

    label: str
    definition: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class EditMechanism:
    """Change a mechanism; fields are key, label, definition."""

    mechanism: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveMechanism:
    """Take the name of a mechanism away; its configurations stay."""

    mechanism: str


@dataclass(frozen=True, slots=True)
class NewElement:
    """An element of a configuration that is made."""

    role: str
    text: str = ""
    layer: str = ""
    level: str = ""
    code: str = ""
    direction: str = ""
    timing: str = ""
    intended: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class MakeConfiguration:
    """Make a configuration."""

    label: str = ""
    programme: str = ""
    theory: str = ""
    mechanism: str = ""
    activation: str = ""
    key: str = ""
    elements: list[NewElement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A span with the role it takes; with an element it is one more voice of that one.

    Attributes
    ----------
    evidence_role : str
        What the passage does to the claim.
    """

    role: str
    source: str
    start: int
    end: int
    text: str = ""
    element: str = ""
    direction: str = ""
    elicited: str = ""
    directness: str = ""
    absent: bool = False
    evidence_role: str = "supports"
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LinkSpans:
    """Link spans into one configuration, new or there already: a dyad or triad in one act."""

    spans: list[RoleSpan]
    configuration: str = ""
    label: str = ""
    theory: str = ""
    mechanism: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class EditConfiguration:
    """Change a configuration; fields are key, label, programme, theory, mechanism, activation, relevance, rigour, richness."""

    configuration: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One of the configurations that another is split into: its label, its elements (row ids)."""

    elements: list[str]
    label: str = ""


@dataclass(frozen=True, slots=True)
class SplitConfiguration:
    """Split a configuration into others; an element may go into several, evidence goes along."""

    configuration: str
    parts: list[SplitPart]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MergeConfigurations:
    """Merge configurations into one of them."""

    into: str
    configurations: list[str]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Set a configuration aside; it is kept, and counted nowhere."""

    configuration: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Let a configuration stand again that was set aside, split or merged."""

    configuration: str


@dataclass(frozen=True, slots=True)
class RemoveConfiguration:
    """Take a configuration away, with its elements, evidence and links."""

    configuration: str


@dataclass(frozen=True, slots=True)
class AddElement:
    """Add an element to a configuration."""

    configuration: str
    element: NewElement


@dataclass(frozen=True, slots=True)
class EditElement:
    """Change an element; fields are those of a new one."""

    element: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveElement:
    """Take an element away; its evidence stays on the configuration."""

    element: str


@dataclass(frozen=True, slots=True)
class AddEvidence:
    """Add a passage to a configuration (and one of its elements), or to a theory."""

    source: str
    start: int
    end: int
    configuration: str = ""
    element: str = ""
    theory: str = ""
    role: str = "supports"
    elicited: str = ""
    directness: str = ""
    absent: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class EditEvidence:
    """Change evidence; fields are role, elicited, directness, absent (yes or empty), element, remark, resolution."""

    evidence: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveEvidence:
    """Take evidence away."""

    evidence: list[str]


@dataclass(frozen=True, slots=True)
class Nest:
    """Say that a configuration is part of a larger one."""

    configuration: str
    into: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Say that the outcome of one configuration becomes a context of another; without a context one is made."""

    configuration: str
    other: str
    outcome: str
    context: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unlink:
    """Take a link away."""

    link: str
