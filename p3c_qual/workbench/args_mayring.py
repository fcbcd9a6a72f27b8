"""What the verbs of research questions and of summarising are asked with.

`was` holds, by field, what the sender saw before; a field that somebody has changed since is
refused with the code ``stale``. Left out, nothing is compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "AskQuestion",
    "Bundle",
    "CloseStep",
    "DecideUnits",
    "DrawSample",
    "DropUnit",
    "EditQuestion",
    "EditReduction",
    "Generalise",
    "JudgeUnit",
    "LeaveOver",
    "Lift",
    "MakeCodes",
    "MergeReductions",
    "Paraphrase",
    "RemoveReduction",
    "RemoveUnit",
    "ReturnTo",
    "Rewrite",
    "Unbundle",
    "Undecide",
]


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """Add a research question; its key is made of the label where none is given."""

    label: str
    technique: str
    key: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    material: list[str] | None = None
    codebook: str | None = None


@dataclass(frozen=True, slots=True)
class EditQuestion:
    """Change what is said of a research question; ids of sources, an id of a codebook.

    `fields` holds label, theory, criterion, abstraction, coding_unit, context_unit and
    recording_unit; an empty `codebook` unbinds, empty `material` means all sources.
    """

    question: str
    fields: dict[str, str] = field(default_factory=dict)
    material: list[str] | None = None
    codebook: str | None = None
    was: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CloseStep:
    """Close the step a research question is in."""

    question: str
    step: str


@dataclass(frozen=True, slots=True)
class ReturnTo:
    """Go back to an earlier step, with a reason."""

    question: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """Make a unit of a span, or take the unit that is there, and write its paraphrase.

    With an empty text the unit alone is made.
    """

    question: str
    source: str
    start: int
    end: int
    text: str = ""
    rules: list[str] = field(default_factory=list)
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Write a unit's paraphrase anew."""

    unit: str
    text: str
    rules: list[str] | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class DropUnit:
    """Say that a unit holds nothing (Z1.1), with the reason; an empty reason takes it back."""

    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class RemoveUnit:
    """Take a unit away on which nothing was written yet."""

    unit: str


@dataclass(frozen=True, slots=True)
class Generalise:
    """Write a unit's generalisation (Z2); an empty text takes it back."""

    unit: str
    text: str
    rules: list[str] | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class DecideUnits:
    """First reduction (Z3): keep or delete units by a rule; `same_as` for Z3.1."""

    units: list[str]
    keep: bool
    rule: str
    same_as: str | None = None
    reason: str = ""
    was: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Undecide:
    """Take the decision of the first reduction back."""

    units: list[str]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Second reduction (Z4): put units into a category, by its id or a new one by its label."""

    units: list[str]
    rule: str
    reduction: str = ""
    label: str = ""
    was: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Unbundle:
    """Take units out of their category, or out of what is left over."""

    units: list[str]


@dataclass(frozen=True, slots=True)
class LeaveOver:
    """Leave kept units without a category, with the reason."""

    units: list[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Lift:
    """Take categories up into a more general one; neither id nor label takes them out again."""

    reductions: list[str]
    rule: str = ""
    into: str = ""
    label: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditReduction:
    """Write a category anew."""

    reduction: str
    label: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class MergeReductions:
    """Put the units of several categories into one of them."""

    reductions: list[str]
    into: str
    rule: str


@dataclass(frozen=True, slots=True)
class RemoveReduction:
    """Take a category away that holds nothing."""

    reduction: str


@dataclass(frozen=True, slots=True)
class DrawSample:
    """Draw the sample of the back-check; the same seed draws the same units."""

    question: str
    size: int
    seed: int


@dataclass(frozen=True, slots=True)
class JudgeUnit:
    """Say whether a unit's content is represented by a category: yes, partly or no."""

    check: str
    verdict: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MakeCodes:
    """Make codes of the categories, and codings of their units, in a codebook."""

    question: str
    codebook: str
