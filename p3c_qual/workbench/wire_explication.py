"""What goes over the wire of explications."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CandidateRow",
    "ExplicationRow",
    "ExplicationState",
    "MaterialHit",
    "MaterialHits",
    "MaterialRow",
]


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """A piece of material; `key` is its source's, empty for a citation."""

    source: str
    key: str
    start: int | None
    end: int | None
    quote: str
    citation: str
    note: str


@dataclass(frozen=True, slots=True)
class MaterialHit:
    """A place that may explain a passage: the paragraph, or the sentence, that holds the words."""

    source: str
    key: str
    start: int
    end: int
    quote: str
    before: str


@dataclass(frozen=True, slots=True)
class MaterialHits:
    """What was found, and how many places there are."""

    total: int
    rows: list[MaterialHit]


@dataclass(frozen=True, slots=True)
class ExplicationRow:
    """An explication; `short` is how memos cite it, `mine` whether the asker may change it."""

    id: str
    short: str
    question: str
    source: str
    key: str
    start: int
    end: int
    quote: str
    scope: str
    lexical: str
    material: list[MaterialRow]
    paraphrase: str
    verdict: str
    remark: str
    continues: str
    continued: bool
    coder: str
    mine: bool
    edited: bool


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A passage that somebody coded and marked as unsure."""

    coding: str
    source: str
    key: str
    start: int
    end: int
    quote: str
    code: str


@dataclass(frozen=True, slots=True)
class ExplicationState:
    """The explications of a question, or of the study, and the passages that wait for one."""

    question: str
    explications: list[ExplicationRow]
    candidates: list[CandidateRow]
    cursor: int
