"""What the verbs of patterns, memos, searches, logic model and standards are asked with."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "AddInstance",
    "Appraise",
    "Carry",
    "DecideSearch",
    "DrawArrow",
    "EditArrow",
    "EditBlock",
    "EditInference",
    "EditInstance",
    "EditRegularity",
    "MakeBlock",
    "RemoveArrow",
    "RemoveBlock",
    "RemoveInference",
    "RemoveInstance",
    "RemoveRegularity",
    "SearchNegative",
    "StateRegularity",
    "TakeLogicModel",
    "Uncarry",
    "WriteInference",
]


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
