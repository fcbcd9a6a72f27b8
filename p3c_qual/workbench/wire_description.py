"""What goes over the wire of a report: sections, quotes, forms, facts, measures, renders."""

from __future__ import annotations

from dataclasses import dataclass

# the types are read while it runs
from p3c_qual.workbench.wire_forms import ContrastRow, FactRow  # noqa: TC001
from p3c_qual.workbench.wire_realist import ConfigurationRow, TermRow  # noqa: TC001

__all__ = [
    "AboutRow",
    "BalanceRow",
    "EditRow",
    "LintRow",
    "LintState",
    "NameRow",
    "ParaphraseRow",
    "PieceRow",
    "PreviewState",
    "QuoteRow",
    "QuoteState",
    "RenderJob",
    "ReportOutline",
    "ReportPart",
    "SectionPassage",
    "SectionState",
]


@dataclass(frozen=True, slots=True)
class AboutRow:
    """What a report can be about.

    Attributes
    ----------
    kind : str
        ``programme``, ``site``, ``country`` or ``study``.
    id, key : str
        Row id and how acts and addresses name it; both empty for the study, the key of a site is
        ``PROGRAMME/SITE``, of a country its name.
    country, programme : str
        Of a programme or a site; the key of a site's programme.
    """

    kind: str
    id: str
    key: str
    label: str
    country: str
    programme: str


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A section of a report, in order.

    Attributes
    ----------
    number : str
        As it is printed; empty where it is left out.
    state : str
        ``empty``, ``material``, ``description`` or ``generated``.
    why : str
        Why it is not yet a description.
    words, quotes, material : int
        Of the author's text; quotes in it; passages that could be quoted.
    own : bool
        Whether it is the author's own.
    """

    key: str
    title: str
    under: str
    number: str
    level: str
    kind: str
    tasks: list[str]
    left_out: bool
    merged_into: str
    own: bool
    state: str
    why: str
    words: int
    quotes: int
    material: int
    prompt: str


@dataclass(frozen=True, slots=True)
class ReportOutline:
    """The sections of a report."""

    programme: str
    label: str
    country: str
    sections: list[ReportPart]
    cursor: int


@dataclass(frozen=True, slots=True)
class EditRow:
    """A tracked operation on a quote."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece of a quote as it is printed: kind is plain, omitted, inserted, masked or trimmed; start and end are over the stored text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote.

    Attributes
    ----------
    key : str
        By which texts name it.
    source, source_key : str
        Row id and key.
    printed, reference : str
        As they stand in the report.
    free : bool
        Whether whoever speaks consented.
    stale : str
        What happened to its source since; empty where it stands.
    used_in : list of str
        Keys of sections, with their programme.
    faults : list of LintRow
        What the checks found on it.
    """

    id: str
    key: str
    source: str
    source_key: str
    programme: str
    start: int
    end: int
    quote: str
    edits: list[EditRow]
    pieces: list[PieceRow]
    printed: str
    reference: str
    chosen_as: str
    why: str
    translation: str
    translator: str
    translated: str
    back_check: str
    who: str
    types: list[str]
    language: str
    free: bool
    stale: str
    used_in: list[str]
    codes: list[str]
    faults: list[LintRow]
    coder: str


@dataclass(frozen=True, slots=True)
class LintRow:
    """What a check found; `gate` where a report that is no draft is refused for it."""

    code: str
    what: str
    do: str
    gate: bool
    section: str
    quote: str
    programme: str


@dataclass(frozen=True, slots=True)
class SectionPassage:
    """A passage a section can quote: a coding, or a place of evidence."""

    source: str
    key: str
    start: int
    end: int
    quote: str
    who: str
    types: list[str]
    codes: list[str]
    free: bool
    words: int
    quoted: str
    why: str


@dataclass(frozen=True, slots=True)
class ParaphraseRow:
    """A paraphrase or a category of a summarising on the section's code."""

    text: str
    who: str
    source: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section with its text and the material for it.

    Attributes
    ----------
    cards : list of ConfigurationRow
        Configurations with an element of the section's code or evidence among its passages.
    numbers : list of str
        What is counted for it, with unit and denominator.
    left : int
        Passages beyond those that were sent.
    """

    key: str
    title: str
    prompt: str
    level: str
    text: str
    coder: str
    status: str
    outline: ReportPart
    material: list[SectionPassage]
    left: int
    paraphrases: list[ParaphraseRow]
    cards: list[ConfigurationRow]
    facts: list[FactRow]
    contrasts: list[ContrastRow]
    quotes: list[QuoteRow]
    faults: list[LintRow]
    numbers: list[str]
    cursor: int


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name found in what is printed: where, and what was decided."""

    name: str
    kind: str
    quotes: list[str]
    sections: list[str]
    kept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class LintState:
    """What the checks found."""

    faults: list[LintRow]
    names: list[NameRow]
    gates: int
    cursor: int


@dataclass(frozen=True, slots=True)
class QuoteState:
    """All quotes of a programme, and how they spread."""

    quotes: list[QuoteRow]
    reasons: list[TermRow]
    balance: list[BalanceRow]
    cursor: int


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """How often somebody is quoted, of how many quotes."""

    who: str
    types: list[str]
    quotes: int
    words: int
    share: float


@dataclass(frozen=True, slots=True)
class PreviewState:
    """A report, or a section of it, as HTML; notices are what has to be known before reading."""

    html: str
    notices: list[str]
    cursor: int


@dataclass(frozen=True, slots=True)
class RenderJob:
    """A report that is being made.

    Attributes
    ----------
    state : str
        ``waiting``, ``running``, ``done`` or ``failed``.
    files : list of str
        Paths below the server's root.
    problem : str
        Why it failed.
    """

    id: str
    name: str
    programme: str
    state: str
    done: int
    of: int
    files: list[str]
    problem: str
    started: str
