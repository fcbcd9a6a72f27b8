"""What goes over the wire of research questions and the steps of Mayring's analysis."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BackCheckRow",
    "FunnelRow",
    "QuestionRow",
    "ReductionRow",
    "RuleRow",
    "StepRow",
    "SummaryState",
    "TechniqueRow",
    "UnitRow",
]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a research question; `state` is ``closed``, ``now`` or ``later``."""

    key: str
    title: str
    does: str
    state: str


@dataclass(frozen=True, slots=True)
class TechniqueRow:
    """One of the eight techniques."""

    key: str
    label: str
    direction: str
    needs: list[str]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of summarising, such as Z3.1."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A research question with its technique, units and step.

    Attributes
    ----------
    material : list of str
        Ids of its sources in the order of processing.
    codebook : str or None
        Id of the bound codebook.
    lacks : list of str
        What is missing to close the step it is in, one sentence each.
    broken : list of str
        What no longer holds of steps that were closed.
    """

    id: str
    key: str
    label: str
    technique: str
    technique_label: str
    theory: str
    criterion: str
    abstraction: str
    coding_unit: str
    context_unit: str
    recording_unit: str
    material: list[str]
    all_material: bool
    codebook: str | None
    step: str
    steps: list[StepRow]
    lacks: list[str]
    broken: list[str]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of a summarising.

    Attributes
    ----------
    no : int
        Its number in the order of the material, from 1.
    state : str
        ``unit`` (no paraphrase yet), ``dropped`` (Z1.1), ``paraphrased``, ``generalised`` (Z3 is
        open), ``deleted``, ``kept`` (Z4 is open), ``bundled`` or ``left_over``.
    unit : str
        Name of its recording unit.
    edited : bool
        The source has another text by now.
    line : int
        The line of the source it begins in, from 1; 0 where that is not known.
    """

    id: str
    question: str
    no: int
    source: str
    key: str
    unit: str
    start: int
    end: int
    quote: str
    coder: str
    paraphrase: str
    z1: list[str]
    dropped: str
    generalisation: str
    z2: list[str]
    kept: bool | None
    z3: str
    same_as: str | None
    reason: str
    reduction: str | None
    z4: str
    left_over: str
    state: str
    edited: bool
    line: int = 0


@dataclass(frozen=True, slots=True)
class ReductionRow:
    """A category of a summarising; `into` is the more general one it was taken up into."""

    id: str
    question: str
    label: str
    into: str | None
    rule: str
    reason: str
    code: str | None
    position: int


@dataclass(frozen=True, slots=True)
class BackCheckRow:
    """A unit of the back-check's sample; `verdict` is ``yes``, ``partly``, ``no`` or empty."""

    id: str
    question: str
    unit: str
    seed: int
    position: int
    verdict: str
    remark: str


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """How many units are left at a stage."""

    stage: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SummaryState:
    """All of one summarising."""

    question: str
    units: list[UnitRow]
    reductions: list[ReductionRow]
    checks: list[BackCheckRow]
    funnel: list[FunnelRow]
    rules: list[RuleRow]
    cursor: int
