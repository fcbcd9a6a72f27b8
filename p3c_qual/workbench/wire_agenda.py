"""What goes over the wire of pilots, emerging categories and coding agendas."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AgendaAnchor",
    "AgendaRow",
    "AgendaState",
    "ConfusedPlace",
    "ConfusionRow",
    "CurvePoint",
    "DutyRow",
    "EditedCode",
    "EditionRow",
    "EmergenceRow",
    "EmergenceState",
    "FormedRow",
    "PilotReviewRow",
    "PilotState",
    "SaturationState",
    "ShareRow",
    "StaleRow",
    "WorkedRow",
]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A part of something, with both numbers."""

    part: int
    of: int


@dataclass(frozen=True, slots=True)
class WorkedRow:
    """How far one coder is; the coder is empty for all together."""

    coder: str
    units: ShareRow
    characters: ShareRow


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A coding made under a version that a review has overturned."""

    id: str
    source: str
    key: str
    start: int
    end: int
    quote: str
    code: str
    label: str
    coder: str
    version: str


@dataclass(frozen=True, slots=True)
class EditedCode:
    """A category that was edited since the pilot began, and what of it."""

    key: str
    label: str
    fields: list[str]


@dataclass(frozen=True, slots=True)
class PilotReviewRow:
    """A review of the pilot with what it rested on."""

    id: str
    no: int
    decision: str
    units: ShareRow
    characters: ShareRow
    late: bool
    categories: int
    codings: int
    version_before: str
    version_after: str
    reason: str
    coder: str
    edited: str


@dataclass(frozen=True, slots=True)
class PilotState:
    """The pilot of a question.

    Attributes
    ----------
    phase : str
        ``early``, ``open`` or ``late``.
    low, high : float
        The window, as shares.
    single : bool
        There is one recording unit alone, whose share says nothing.
    stale, total : list, int
        The first of the stale codings that are seen, and how many there are.
    next : str
        What the codebook's next version would be called.
    """

    question: str
    phase: str
    low: float
    high: float
    single: bool
    worked: list[WorkedRow]
    open_units: list[str]
    stale: list[StaleRow]
    total: int
    edited: list[EditedCode]
    reviews: list[PilotReviewRow]
    version: str
    next: str
    lacks: list[str]


@dataclass(frozen=True, slots=True)
class EmergenceRow:
    """A category with the place at which it came up."""

    no: int
    code: str
    key: str
    label: str
    main: str
    source: str
    source_key: str
    start: int
    end: int
    quote: str
    coder: str
    first_in_text: int
    units: int
    subsumed: int
    sources: int
    alone: bool


@dataclass(frozen=True, slots=True)
class FormedRow:
    """A coding: its category was new with it, or there already."""

    no: int
    id: str
    source: str
    source_key: str
    start: int
    end: int
    quote: str
    code: str
    label: str
    coder: str
    new: bool
    categories: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Categories after an interview; of random orders the median and a band."""

    interview: int
    source: str
    date: str
    new: float
    cumulative: float
    low: float
    high: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class SaturationState:
    """Where saturation was met, in one order; `why` says why it is not assessable."""

    order: str
    points: list[CurvePoint]
    met: str
    why: str
    base: int
    run: int
    threshold: float
    caption: str


@dataclass(frozen=True, slots=True)
class EmergenceState:
    """How the categories of a question came up.

    Attributes
    ----------
    formed, total : list, int
        The first codings of the log, and how many there are.
    new : list of int
        The numbers of the codings with which a category was new.
    """

    question: str
    rows: list[EmergenceRow]
    formed: list[FormedRow]
    total: int
    new: list[int]
    unused: list[str]
    saturation: list[SaturationState]
    caution: str
    cursor: int


@dataclass(frozen=True, slots=True)
class AgendaAnchor:
    """An anchor of the agenda; `fault` says where the link no longer holds."""

    place: str
    quote: str
    source: str
    key: str
    start: int | None
    end: int | None
    prototype: bool
    invented: bool
    fault: str


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A category, or a level of an ordinal one; `level` is empty for a category."""

    code: str
    key: str
    label: str
    level: str
    depth: int
    kind: str
    status: str
    definition: str
    rule: str
    anchors: list[AgendaAnchor]
    codings: int


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A version that was frozen."""

    id: str
    version: str
    coder: str
    at: str
    reason: str
    codes: int
    now: bool


@dataclass(frozen=True, slots=True)
class ConfusedPlace:
    """A place at which two coders gave different codes."""

    source: str
    key: str
    start: int
    end: int
    coder_a: str
    coder_b: str


@dataclass(frozen=True, slots=True)
class ConfusionRow:
    """Two categories that coders confused."""

    code_a: str
    code_b: str
    label_a: str
    label_b: str
    pairs: int
    characters: int
    ruled: bool
    places: list[ConfusedPlace]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Codings that stand under an earlier version of a code that has changed."""

    code: str
    label: str
    version: str
    changed: str
    coder: str
    source: str
    key: str
    start: int
    ids: list[str]


@dataclass(frozen=True, slots=True)
class AgendaState:
    """The coding agenda of a codebook, its versions, and what they ask for.

    Attributes
    ----------
    confusions : list
        Empty in blind coding, where the work of others is not seen.
    """

    codebook: str
    key: str
    label: str
    version: str
    status: str
    frozen: bool
    next: str
    rows: list[AgendaRow]
    editions: list[EditionRow]
    confusions: list[ConfusionRow]
    duty: list[DutyRow]
    cursor: int
