"""What the verbs of the realist layer are asked with.

Everything is named by its row id; empty means none. `was` holds what the sender saw before; what
somebody has changed since is refused with the code ``stale``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "AddElement",
    "AddEvidence",
    "AddInstance",
    "Appraise",
    "Carry",
    "Chain",
    "DecideSearch",
    "DrawArrow",
    "EditArrow",
    "EditBlock",
    "EditConfiguration",
    "EditElement",
    "EditEvidence",
    "EditInference",
    "EditInstance",
    "EditMechanism",
    "EditRegularity",
    "EditTheory",
    "LinkSpans",
    "MakeBlock",
    "MakeConfiguration",
    "MergeConfigurations",
    "NameMechanism",
    "Nest",
    "NewElement",
    "RefineTheory",
    "RemoveArrow",
    "RemoveBlock",
    "RemoveConfiguration",
    "RemoveElement",
    "RemoveEvidence",
    "RemoveInference",
    "RemoveInstance",
    "RemoveMechanism",
    "RemoveRegularity",
    "RemoveTheory",
    "RoleSpan",
    "SearchNegative",
    "SetAside",
    "SplitConfiguration",
    "SplitPart",
    "StateRegularity",
    "Supersede",
    "TakeLogicModel",
    "TakeUp",
    "Uncarry",
    "Unlink",
    "WriteInference",
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


@dataclass(frozen=True, slots=True)
class StateRegularity:
    """State a demi-regularity over configurations."""

    label: str
    statement: str = ""
    mechanism: str = ""
    key: str = ""
    configurations: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EditRegularity:
    """Change a demi-regularity; fields are key, label, statement, mechanism."""

    regularity: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddInstance:
    """Put a configuration under a demi-regularity, for it or against it."""

    regularity: str
    configuration: str
    role: str = "supports"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditInstance:
    """Change an instance; fields are role and reason."""

    instance: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveInstance:
    """Take a configuration out of a demi-regularity."""

    instance: str


@dataclass(frozen=True, slots=True)
class RemoveRegularity:
    """Take a demi-regularity away."""

    regularity: str


@dataclass(frozen=True, slots=True)
class WriteInference:
    """Write a memo of retroduction or abduction."""

    kind: str
    observed: str
    theory: str = ""
    configuration: str = ""
    candidates: str = ""
    substantive: str = ""
    rival: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class EditInference:
    """Change such a memo; fields are kind, theory, configuration and its five texts."""

    inference: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveInference:
    """Take such a memo away."""

    inference: str


@dataclass(frozen=True, slots=True)
class SearchNegative:
    """Search for negative cases of a configuration; it is logged, also when nothing is found."""

    configuration: str
    kind: str


@dataclass(frozen=True, slots=True)
class DecideSearch:
    """Say what follows from a search."""

    search: str
    decision: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeLogicModel:
    """Take in the logic model that comes with the workbench."""


@dataclass(frozen=True, slots=True)
class MakeBlock:
    """Make a block of the logic model."""

    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class EditBlock:
    """Change a block; fields are key and label."""

    block: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveBlock:
    """Take a block away, with its arrows."""

    block: str


@dataclass(frozen=True, slots=True)
class DrawArrow:
    """Draw an arrow from one block to another."""

    block: str
    other: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class EditArrow:
    """Change an arrow's label."""

    arrow: str
    fields: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveArrow:
    """Take an arrow away."""

    arrow: str


@dataclass(frozen=True, slots=True)
class Carry:
    """Let an arrow rest on a configuration."""

    arrow: str
    configuration: str


@dataclass(frozen=True, slots=True)
class Uncarry:
    """Let it rest on that one no more."""

    arrow: str
    configuration: str


@dataclass(frozen=True, slots=True)
class Appraise:
    """Judge an item of a standard."""

    standard: str
    item: int
    grade: str
    place: str = ""
    note: str = ""
    was: dict[str, str] | None = None
