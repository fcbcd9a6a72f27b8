"""What the verbs of a thick description are asked with.

What something is about is named by key or row id: a programme, a site or a country; all empty mean
the study as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "AddSection",
    "ArrangeSection",
    "ChangeQuote",
    "ChooseFact",
    "Cite",
    "EditContrast",
    "EditFact",
    "EditJoint",
    "EditQuote",
    "ForgetName",
    "GiveAnswer",
    "KeepName",
    "LoadAggregates",
    "LoadInstruments",
    "LoadResponses",
    "MakeQuote",
    "NoteFact",
    "RemoveContrast",
    "RemoveFact",
    "RemoveInstrument",
    "RemoveJoint",
    "RemoveQuote",
    "RemoveRecord",
    "RemoveSection",
    "Render",
    "TakeBackEdit",
    "TakeInstrument",
    "Uncite",
    "WriteContrast",
    "WriteJoint",
    "WriteSection",
]


@dataclass(frozen=True, slots=True)
class WriteSection:
    """Write the text of a section; what it is about is a programme, a site, a country, or the study."""

    section: str
    text: str
    programme: str = ""
    site: str = ""
    country: str = ""
    was: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ArrangeSection:
    """Change how a section stands; fields are title, under, after, left_out, merged_into, status."""

    section: str
    fields: dict[str, str]
    programme: str = ""
    site: str = ""
    country: str = ""
    was: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class AddSection:
    """Add a section of the author's own: a chapter, a vignette, a composite story."""

    title: str
    kind: str = "chapter"
    under: str = ""
    after: str = ""
    programme: str = ""
    site: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class RemoveSection:
    """Take a section of the author's own away, or the text of one of the skeleton."""

    section: str
    programme: str = ""
    site: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class MakeQuote:
    """Choose a span to be quoted."""

    source: str
    start: int
    end: int
    chosen_as: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class EditQuote:
    """Change what is said of a quote; fields are chosen_as, why, translation, translator, translated, back_check."""

    quote: str
    fields: dict[str, str]
    was: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ChangeQuote:
    """Omit, insert, mask or trim in a quote; positions are over the stored text."""

    quote: str
    kind: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class TakeBackEdit:
    """Take an operation on a quote back, by its place among them."""

    quote: str
    edit: int


@dataclass(frozen=True, slots=True)
class RemoveQuote:
    """Take a quote away; texts that name it are told."""

    quote: str


@dataclass(frozen=True, slots=True)
class KeepName:
    """Say that a name may be printed, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ForgetName:
    """Say that it is not decided any more."""

    name: str


@dataclass(frozen=True, slots=True)
class GiveAnswer:
    """Fill in an item of a form; an empty value without a status takes it away, unless places are cited for it."""

    form: str
    item: str
    value: str
    record: str = ""
    status: str = ""
    programme: str = ""
    site: str = ""
    country: str = ""
    was: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RemoveRecord:
    """Take a line of a form away."""

    form: str
    record: str
    programme: str = ""
    site: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """Name a place that an answer, a fact, a contrast or a joint display rests on."""

    about: str
    target: str
    source: str
    start: int | None = None
    end: int | None = None
    side: str = ""


@dataclass(frozen=True, slots=True)
class Uncite:
    """Take such a place away."""

    citation: str


@dataclass(frozen=True, slots=True)
class NoteFact:
    """Note a value that somebody states."""

    name: str
    value: str
    unit: str = ""
    date: str = ""
    remark: str = ""
    before: str = ""
    after: str = ""
    programme: str = ""
    site: str = ""
    country: str = ""
    source: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class EditFact:
    """Change a fact; fields are name, value, unit, date, remark, decision, before, after."""

    fact: str
    fields: dict[str, str]
    was: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ChooseFact:
    """Say by which of the facts of one name the report goes, and why; an empty one leaves it open."""

    fact: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class RemoveFact:
    """Take a fact away."""

    fact: str


@dataclass(frozen=True, slots=True)
class WriteContrast:
    """Put what a document claims beside what people say of it."""

    label: str
    component: str = ""
    claim: str = ""
    practice: str = ""
    verdict: str = ""
    remark: str = ""
    programme: str = ""
    site: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class EditContrast:
    """Change a contrast; fields are label, component, claim, practice, verdict, remark."""

    contrast: str
    fields: dict[str, str]
    was: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RemoveContrast:
    """Take a contrast away."""

    contrast: str


@dataclass(frozen=True, slots=True)
class TakeInstrument:
    """Take an instrument of the shipped register into the study."""

    instrument: str


@dataclass(frozen=True, slots=True)
class LoadInstruments:
    """Take instruments of the team's own, written as YAML."""

    text: str


@dataclass(frozen=True, slots=True)
class RemoveInstrument:
    """Take an instrument away; refused while there are responses."""

    instrument: str


@dataclass(frozen=True, slots=True)
class LoadResponses:
    """Take in filled-in questionnaires: a table with one respondent a row, as base64."""

    instrument: str
    name: str
    data: str


@dataclass(frozen=True, slots=True)
class LoadAggregates:
    """Take in figures of groups: a table with one figure a row, as base64."""

    name: str
    data: str


@dataclass(frozen=True, slots=True)
class WriteJoint:
    """Put numbers beside themes."""

    domain: str
    instrument: str = ""
    scale: str = ""
    themes: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    configurations: list[str] = field(default_factory=list)
    inference: str = ""
    fit: str = ""
    programme: str = ""
    site: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class EditJoint:
    """Change a joint display; fields are domain, instrument, scale, inference, fit; lists are given whole."""

    joint: str
    fields: dict[str, str] = field(default_factory=dict)
    themes: list[str] | None = None
    quotes: list[str] | None = None
    configurations: list[str] | None = None
    was: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RemoveJoint:
    """Take a joint display away."""

    joint: str


@dataclass(frozen=True, slots=True)
class Render:
    """Have reports made: of programmes, of all where none is named, or of a country as a whole."""

    study: str
    programmes: list[str] = field(default_factory=list)
    country: str = ""
    forms: list[str] = field(default_factory=lambda: ["html"])
    draft: bool = False
