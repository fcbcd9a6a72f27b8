"""What goes over the wire of ratings, the framework matrix, types and outlines."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CaseRow",
    "CellRow",
    "CellState",
    "LevelRow",
    "MatrixState",
    "OutlineRow",
    "OutlineState",
    "PassageRow",
    "RatedRow",
    "RatingCount",
    "RatingRow",
    "RatingState",
    "ScaleRow",
    "SpanChoice",
    "SpeakerRow",
    "ThemeRow",
    "TypeColumn",
    "TypeRow",
    "TypeState",
    "TypedCase",
]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case: an interviewee, a source or a programme."""

    id: str
    about: str
    key: str
    label: str
    programme: str
    site: str
    stakeholder_types: list[str]
    sources: list[str]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of a scale."""

    value: int
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """An ordinal code."""

    code: str
    key: str
    label: str
    definition: str
    levels: list[LevelRow]
    not_ratable: str


@dataclass(frozen=True, slots=True)
class RatedRow:
    """Something that is or may be rated: a span of the source `target`, or a case.

    Attributes
    ----------
    about : str
        ``span``, ``interviewee``, ``source`` or ``programme``.
    key : str
        Of the source or the case.
    case : str
        Key of the case whose words it is.
    """

    about: str
    target: str
    key: str
    label: str
    case: str
    start: int | None
    end: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A rating; it has no value where it is not ratable."""

    id: str
    code: str
    about: str
    target: str
    start: int | None
    end: int | None
    value: int | None
    ratable: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RatingCount:
    """How often the levels of a code were given, in the order of its scale."""

    code: str
    unit: str
    counts: list[int]
    n: int
    not_ratable: int
    median: str


@dataclass(frozen=True, slots=True)
class SpanChoice:
    """A codebook whose coded segments may be rated, and how many there are."""

    codebook: str
    label: str
    segments: int


@dataclass(frozen=True, slots=True)
class RatingState:
    """The ratings of one rater under a question, and what there is to be rated.

    Attributes
    ----------
    spans : str
        Id of the codebook whose segments are listed.
    more : int
        Segments that are not listed, since there are too many.
    hidden : bool
        Whether others coded segments that the asker does not see in blind coding.
    """

    question: str
    rater: str
    raters: list[str]
    spans: str
    choices: list[SpanChoice]
    scales: list[ScaleRow]
    segments: list[RatedRow]
    more: int
    cases: list[RatedRow]
    ratings: list[RatingRow]
    counts: list[RatingCount]
    hidden: bool
    cursor: int


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A code that is a column of the matrix."""

    code: str
    key: str
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell of the matrix.

    Attributes
    ----------
    status : str
        ``empty``, ``draft``, ``checked`` or ``final``.
    lost : int
        References that are no passages of it any more.
    why_empty : str
        Where there are no passages: ``not_read``, ``not_asked`` or ``nothing_coded``.
    """

    case: str
    code: str
    text: str
    refs: list[str]
    lost: int
    status: str
    stale: bool
    passages: int
    why_empty: str
    coder: str


@dataclass(frozen=True, slots=True)
class MatrixState:
    """The framework matrix of a question at one depth of its codes.

    Attributes
    ----------
    hidden : bool
        Whether there are passages that the asker does not see in blind coding.
    """

    question: str
    depth: int
    deepest: int
    cases: list[CaseRow]
    themes: list[ThemeRow]
    cells: list[CellRow]
    reading_set: str
    hidden: bool
    cursor: int


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage that a cell may rest on; `code` is the label of its code."""

    id: str
    source: str
    key: str
    start: int
    end: int
    quote: str
    code: str
    before: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class CellState:
    """One cell with its passages."""

    cell: CellRow
    passages: list[PassageRow]
    cursor: int


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A type; `found_by` is ``extreme``, ``frequent`` or ``theory``."""

    id: str
    label: str
    found_by: str
    description: str


@dataclass(frozen=True, slots=True)
class TypeColumn:
    """A code by which the cases are set side by side."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class TypedCase:
    """A case with its type, and a value for each column, missing where there is none."""

    case: CaseRow
    member: str
    type: str
    prototype: bool
    reason: str
    values: list[float | None]


@dataclass(frozen=True, slots=True)
class TypeState:
    """The typology of a question, and what helps to find types."""

    question: str
    dimension: str
    types: list[TypeRow]
    cases: list[TypedCase]
    columns: list[TypeColumn]
    unit: str
    by: str
    others: list[TypeColumn]
    cursor: int


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A turn, section or paragraph of a text."""

    no: int
    label: str
    speaker: str
    role: str
    start: int
    end: int
    words: int
    sentences: int
    questions: int
    share: float
    codes: list[str]
    begins: str


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """How much somebody speaks."""

    speaker: str
    turns: int
    words: int
    share: float
    mean_words: float


@dataclass(frozen=True, slots=True)
class OutlineState:
    """The outline of a source."""

    source: str
    part: str
    words: int
    questions: int
    mean_words: float
    rows: list[OutlineRow]
    speakers: list[SpeakerRow]
