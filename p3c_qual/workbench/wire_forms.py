"""What goes over the wire of forms, facts, plans and measures."""

from __future__ import annotations

from dataclasses import dataclass

# the types are read while it runs
from p3c_qual.workbench.wire_realist import TermRow  # noqa: TC001

__all__ = [
    "AnswerRow",
    "CitationRow",
    "ContrastRow",
    "ContrastState",
    "FactConflict",
    "FactRow",
    "FactState",
    "FormState",
    "InstrumentRow",
    "ItemRow",
    "JointRow",
    "MeasureState",
    "RecordRow",
]


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A place something rests on; without start and end the source as a whole; `stale` where the text was edited since."""

    id: str
    side: str
    source: str
    key: str
    start: int | None
    end: int | None
    quote: str
    who: str
    stale: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An item of a form as it was filled in."""

    id: str
    item: str
    value: str
    status: str
    coder: str
    citations: list[CitationRow]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A line of a form; `record` is empty where it has one."""

    record: str
    answers: list[AnswerRow]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a form; `group` is the heading it stands under, mostly empty."""

    id: str
    label: str
    hint: str
    group: str
    kind: str
    choices: list[TermRow]


@dataclass(frozen=True, slots=True)
class FormState:
    """A form on one programme, site, country or the study.

    Attributes
    ----------
    several : bool
        Whether it has several lines.
    records_of : list of TermRow
        The lines it has to have, where they are fixed (stakeholder types, components).
    """

    form: str
    label: str
    hint: str
    about: str
    several: bool
    records_of: list[TermRow]
    items: list[ItemRow]
    records: list[RecordRow]
    statuses: list[TermRow]
    cursor: int


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of the ledger."""

    id: str
    about: str
    name: str
    value: str
    unit: str
    date: str
    remark: str
    chosen: bool
    decision: str
    before: str
    after: str
    coder: str
    citations: list[CitationRow]


@dataclass(frozen=True, slots=True)
class FactConflict:
    """Facts of one name that do not agree, or a stated change that does not come out."""

    name: str
    about: str
    what: str
    facts: list[str]
    decided: bool


@dataclass(frozen=True, slots=True)
class FactState:
    """The ledger."""

    facts: list[FactRow]
    conflicts: list[FactConflict]
    cursor: int


@dataclass(frozen=True, slots=True)
class ContrastRow:
    """Plan against practice."""

    id: str
    about: str
    label: str
    component: str
    claim: str
    practice: str
    verdict: str
    remark: str
    coder: str
    citations: list[CitationRow]


@dataclass(frozen=True, slots=True)
class ContrastState:
    """Plans and practices."""

    contrasts: list[ContrastRow]
    verdicts: list[TermRow]
    components: list[TermRow]
    cursor: int


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument; `taken` where the study has it."""

    key: str
    label: str
    domain: str
    licence: str
    taken: bool
    scales: list[TermRow]
    responses: int
    waves: list[str]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class JointRow:
    """A joint display: numbers beside themes."""

    id: str
    about: str
    domain: str
    instrument: str
    scale: str
    numbers: str
    themes: list[str]
    quotes: list[str]
    configurations: list[str]
    inference: str
    fit: str
    coder: str


@dataclass(frozen=True, slots=True)
class MeasureState:
    """Instruments and joint displays."""

    instruments: list[InstrumentRow]
    joints: list[JointRow]
    domains: list[TermRow]
    fits: list[TermRow]
    missing: list[str]
    cursor: int
