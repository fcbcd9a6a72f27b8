"""Theories, configurations and what speaks for them, as they are read from a study."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Arrow",
    "Block",
    "Configuration",
    "Element",
    "Evidence",
    "Inference",
    "Instance",
    "Link",
    "Mechanism",
    "Regularity",
    "Search",
    "Theory",
]


@dataclass(frozen=True, slots=True)
class Theory:
    """A programme theory: if, then, because.

    Attributes
    ----------
    id, key, label, if_, then_, because : str
    level : str
        ``programme`` or ``middle_range``.
    status : str
        ``initial``, ``testing``, ``refined`` or ``set_aside``.
    origin : str
        Where it came from.
    programme : str or None
        Row id.
    supersedes : str or None
        Row id of the one it takes the place of.
    change : str
        What is different from that one, and why.
    coder : str or None
        Row id.
    version : int
        0 for the initial theory, and one more for each that supersedes; never typed.
    """

    id: str
    key: str
    label: str
    if_: str
    then_: str
    because: str
    level: str
    status: str
    origin: str
    programme: str | None
    supersedes: str | None
    change: str
    coder: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A mechanism by its name."""

    id: str
    key: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Element:
    """What a configuration consists of.

    Attributes
    ----------
    role : str
        One of `vocabulary.ROLES`.
    text : str
        In the analyst's words; may be empty.
    layer, level, direction, timing, intended, domain : str
        As the codebook ``cmo`` has them; empty where not said.
    code : str or None
        Row id of the code it belongs to, such as an element of the SELFIE framework.
    """

    id: str
    configuration: str
    role: str
    text: str
    layer: str
    level: str
    code: str | None
    direction: str
    timing: str
    intended: str
    domain: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that speaks for or against a configuration, an element of it, or a theory.

    Attributes
    ----------
    role : str
        ``supports``, ``refines``, ``contradicts`` or ``rival``.
    absent : bool
        Whether it says that the element was not there.
    resolution : str
        What was decided about it, of one that contradicts; empty while it is open.
    """

    id: str
    configuration: str | None
    element: str | None
    theory: str | None
    source: str
    text: str
    start: int
    end: int
    quote: str
    role: str
    elicited: str
    directness: str
    absent: bool
    remark: str
    resolution: str
    coder: str | None


@dataclass(frozen=True, slots=True)
class Configuration:
    """One causal claim, with its elements and its evidence.

    Attributes
    ----------
    state : str
        Empty while it stands; ``split``, ``merged`` or ``set_aside``.
    elements : tuple of Element
        In their order.
    evidence : tuple of Evidence
        In the order of sources and places.
    """

    id: str
    key: str
    label: str
    programme: str | None
    theory: str | None
    mechanism: str | None
    activation: str
    state: str
    split_from: str | None
    merged_into: str | None
    relevance: str
    rigour: str
    richness: str
    coder: str | None
    elements: tuple[Element, ...]
    evidence: tuple[Evidence, ...]

    def of_role(self, *roles: str) -> tuple[Element, ...]:
        """Return the elements that have one of these roles."""
        return tuple(each for each in self.elements if each.role in roles)

    def voices(self, element: str) -> tuple[Evidence, ...]:
        """Return the evidence on one of its elements (row id)."""
        return tuple(each for each in self.evidence if each.element == element)


@dataclass(frozen=True, slots=True)
class Link:
    """A configuration nested in another, or one whose outcome is a context of another.

    Attributes
    ----------
    relation : str
        ``part_of`` or ``outcome_becomes_context``.
    configuration, other : str
        The part and the whole; or the earlier one and the later one.
    outcome, context : str or None
        Row ids of the elements that a chain ties together.
    counts : bool
        False for what copies joined into a cycle of nesting, or a second whole; see
        `store.conflicts`.
    """

    id: str
    relation: str
    configuration: str
    other: str
    outcome: str | None
    context: str | None
    reason: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Instance:
    """A configuration under a demi-regularity; ``supports`` or ``contradicts``."""

    id: str
    regularity: str
    configuration: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class Regularity:
    """A demi-regularity: a pattern over configurations that comes up again, though not always."""

    id: str
    key: str
    label: str
    statement: str
    mechanism: str | None
    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class Inference:
    """A memo of retroduction or abduction."""

    id: str
    kind: str
    theory: str | None
    configuration: str | None
    observed: str
    candidates: str
    substantive: str
    rival: str
    decision: str
    coder: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """A logged search for negative cases.

    Attributes
    ----------
    kind : str
        ``context_without_outcome``, ``outcome_without_mechanism`` or
        ``mechanism_with_opposite``.
    found : tuple of str
        Row ids of the evidence that makes a negative case.
    silent : tuple of str
        Row ids of sources in which nothing was said of it.
    figures : dict
        How many sources were looked at, and how many were not worked through or not asked.
    decision : str
        ``revise``, ``bound``, ``explain``, ``stands``, or empty while it is open.
    at : str
        When it was made, UTC.
    """

    id: str
    configuration: str
    kind: str
    found: tuple[str, ...]
    silent: tuple[str, ...]
    figures: dict[str, int]
    decision: str
    reason: str
    coder: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the logic model."""

    id: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow of the logic model, and the configurations it rests on (row ids)."""

    id: str
    block: str
    other: str
    label: str
    carries: tuple[str, ...]
