"""What goes over the wire of theories, configurations and their evidence."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ConfigurationRow",
    "ElementRow",
    "EvidenceRow",
    "InferenceRow",
    "InstanceRow",
    "LinkRow",
    "LinkedSpan",
    "LinkedState",
    "MechanismRow",
    "ProfileRow",
    "RealistFault",
    "RealistState",
    "RegularityRow",
    "SearchRow",
    "TermRow",
    "TheoryRow",
]


@dataclass(frozen=True, slots=True)
class TermRow:
    """A value that a property can have."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class RealistFault:
    """What the checks found on a theory or a configuration; `element` where it is on one."""

    code: str
    what: str
    do: str
    element: str


@dataclass(frozen=True, slots=True)
class ElementRow:
    """An element of a configuration; code is a row id."""

    id: str
    role: str
    text: str
    layer: str
    level: str
    code: str
    direction: str
    timing: str
    intended: str
    domain: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A passage that speaks for or against.

    Attributes
    ----------
    configuration, element, theory, source, programme : str
        Row ids; empty where there is none.
    key : str
        Of the source.
    who : str
        Key of the interviewee whose words it is; empty of a document.
    types : list of str
        Their stakeholder types.
    kind : str
        Of the source.
    """

    id: str
    configuration: str
    element: str
    theory: str
    source: str
    key: str
    start: int
    end: int
    quote: str
    role: str
    elicited: str
    directness: str
    absent: bool
    remark: str
    resolution: str
    coder: str
    who: str
    types: list[str]
    programme: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """What a configuration rests on; counted, never typed.

    Attributes
    ----------
    interviewees, stakeholder_types, programmes, source_types : list of str
        Whose passages support or refine it; programmes are keys.
    supports, refines, contradicts, rival : int
        Passages.
    open : int
        Contradicting or rival passages about which nothing was decided yet.
    explicit, inferred, document_claim, undirected : int
        Supporting or refining passages by directness.
    triangulated : bool
        Two kinds of source or more.
    strength, why : str
        A label and how the rubric comes to it; shown only where it is switched on.
    """

    interviewees: list[str]
    stakeholder_types: list[str]
    programmes: list[str]
    source_types: list[str]
    supports: int
    refines: int
    contradicts: int
    rival: int
    open: int
    explicit: int
    inferred: int
    document_claim: int
    undirected: int
    triangulated: bool
    strength: str
    why: str


@dataclass(frozen=True, slots=True)
class ConfigurationRow:
    """A configuration as its card shows it; programme, theory, mechanism are row ids or empty.

    Attributes
    ----------
    state : str
        Empty while it stands; ``split``, ``merged`` or ``set_aside``.
    sentence : str
        In that context, this mechanism, that outcome; made of the elements.
    completeness, completeness_label : str
        Computed.
    coder : str
        Key.
    """

    id: str
    key: str
    label: str
    programme: str
    theory: str
    mechanism: str
    activation: str
    state: str
    split_from: str
    merged_into: str
    relevance: str
    rigour: str
    richness: str
    coder: str
    sentence: str
    completeness: str
    completeness_label: str
    elements: list[ElementRow]
    evidence: list[EvidenceRow]
    profile: ProfileRow
    faults: list[RealistFault]


@dataclass(frozen=True, slots=True)
class TheoryRow:
    """A theory; its version is counted; evidence is what speaks for or against it as a whole."""

    id: str
    key: str
    label: str
    if_: str
    then_: str
    because: str
    level: str
    status: str
    origin: str
    programme: str
    supersedes: str
    change: str
    coder: str
    version: int
    evidence: list[EvidenceRow]
    faults: list[RealistFault]


@dataclass(frozen=True, slots=True)
class MechanismRow:
    """A mechanism by its name."""

    id: str
    key: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link between two configurations; `counts` is false for what copies joined into a cycle."""

    id: str
    relation: str
    configuration: str
    other: str
    outcome: str
    context: str
    reason: str
    counts: bool


@dataclass(frozen=True, slots=True)
class InstanceRow:
    """A configuration under a demi-regularity."""

    id: str
    configuration: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class RegularityRow:
    """A demi-regularity."""

    id: str
    key: str
    label: str
    statement: str
    mechanism: str
    instances: list[InstanceRow]


@dataclass(frozen=True, slots=True)
class InferenceRow:
    """A memo of retroduction or abduction."""

    id: str
    kind: str
    theory: str
    configuration: str
    observed: str
    candidates: str
    substantive: str
    rival: str
    decision: str
    coder: str


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A logged search for negative cases; found and silent are counts."""

    id: str
    configuration: str
    kind: str
    label: str
    found: int
    silent: int
    figures: dict[str, int]
    decision: str
    reason: str
    coder: str
    at: str


@dataclass(frozen=True, slots=True)
class RealistState:
    """The realist layer of a study.

    Attributes
    ----------
    terms : dict
        By property the values it can have: roles, levels, the lists of the codebook ``cmo``,
        completeness, searches, decisions, theory_levels, theory_statuses.
    configurations : list
        Empty where only the rest was asked for.
    """

    terms: dict[str, list[TermRow]]
    theories: list[TheoryRow]
    mechanisms: list[MechanismRow]
    configurations: list[ConfigurationRow]
    links: list[LinkRow]
    regularities: list[RegularityRow]
    inferences: list[InferenceRow]
    searches: list[SearchRow]
    cursor: int


@dataclass(frozen=True, slots=True)
class LinkedSpan:
    """A passage of a source that is evidence of a configuration.

    Attributes
    ----------
    id, configuration : str
        Row ids, of the evidence and of what it speaks for or against.
    key, label, completeness_label : str
        Of the configuration.
    role : str
        Of the element; empty where it is on the configuration as a whole.
    words : str
        What the element says.
    evidence_role : str
        What the passage does to the claim.
    """

    id: str
    configuration: str
    key: str
    label: str
    completeness_label: str
    role: str
    words: str
    start: int
    end: int
    evidence_role: str
    absent: bool


@dataclass(frozen=True, slots=True)
class LinkedState:
    """What of a source is linked into configurations that stand."""

    source: str
    spans: list[LinkedSpan]
    cursor: int
