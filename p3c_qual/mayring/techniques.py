"""Mayring's eight techniques with their steps and rules, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CODING_UNITS",
    "CONTEXT_UNITS",
    "FIELDS",
    "RECORDING_UNITS",
    "RULES",
    "TECHNIQUES",
    "Rule",
    "Step",
    "Technique",
    "listed",
    "rules_of",
]


@dataclass(frozen=True)
class Step:
    """One step of a technique.

    Attributes
    ----------
    key, title : str
    does : str
        What is done in it, as one sentence.
    """

    key: str
    title: str
    does: str


@dataclass(frozen=True)
class Technique:
    """One of the eight techniques.

    Attributes
    ----------
    key, label : str
    direction : str
        ``inductive``, ``deductive`` or ``explicating``.
    steps : tuple of Step
        In their order; behind the last one stands `DONE`.
    needs : tuple of str
        Fields of a research question that must be written before anything is coded under it.
    categories : bool
        Whether it works with a codebook.
    """

    key: str
    label: str
    direction: str
    steps: tuple[Step, ...]
    needs: tuple[str, ...]
    categories: bool = True

    @property
    def order(self) -> tuple[str, ...]:
        """The keys of the steps, and ``done`` behind them."""
        return (*(step.key for step in self.steps), DONE.key)


@dataclass(frozen=True)
class Rule:
    """One rule of the summarising procedure.

    Attributes
    ----------
    id : str
        Such as ``Z3.1``; ours and stable, whatever an edition calls it.
    title : str
        What it says, in our words.
    """

    id: str
    title: str


#: what a person writes of a question, and what people call it
FIELDS = {
    "label": "question",
    "theory": "theoretical background",
    "criterion": "selection criterion",
    "abstraction": "level of abstraction",
    "coding_unit": "coding unit",
    "context_unit": "context unit",
    "recording_unit": "recording unit",
}
#: where a technique ends
DONE = Step("done", "Done", "All steps are closed.")

_DEFINE = Step("define", "Question and units", "Write the question, its background and the units.")
_PILOT = Step(
    "pilot", "Pilot", "Work through 10 to 50 % of the material, then revise categories and rules."
)
_FINAL = Step("final", "Final coding", "Work through all of the material.")
_CHECK = Step("check", "Check", "Let a second coder, or the same one later, code a part again.")
_AGENDA = Step(
    "agenda", "Coding agenda", "Give each category a definition, anchor examples and a rule."
)
_UNITS = ("coding_unit", "context_unit", "recording_unit")

_techniques = (
    Technique(
        "summarising",
        "Summarising",
        "inductive",
        (
            Step("define", "Units", "Declare the units and the level of abstraction."),
            Step("paraphrase", "Paraphrase (Z1)", "Select the units and put each in short form."),
            Step("generalise", "Generalise (Z2)", "Lift each paraphrase to the level."),
            Step("reduce", "First reduction (Z3)", "Keep what is central, delete the rest."),
            Step("bundle", "Second reduction (Z4)", "Bundle what is kept into categories."),
            Step("check", "Back-check", "Hold the categories against a sample of the units."),
        ),
        ("criterion", "abstraction", *_UNITS),
        categories=False,
    ),
    Technique(
        "inductive",
        "Inductive category formation",
        "inductive",
        (
            Step(
                "define",
                "Criterion and level",
                "Write the selection criterion and the level of abstraction.",
            ),
            _PILOT,
            _FINAL,
            Step("main", "Main categories", "Put categories under main categories."),
            _CHECK,
        ),
        ("criterion", "abstraction", *_UNITS),
    ),
    Technique(
        "explication_narrow",
        "Explication, narrow context",
        "explicating",
        (
            _DEFINE,
            Step("explicate", "Explicate", "Explain doubtful passages from their own text."),
        ),
        _UNITS,
        categories=False,
    ),
    Technique(
        "explication_broad",
        "Explication, broad context",
        "explicating",
        (
            _DEFINE,
            Step("explicate", "Explicate", "Explain doubtful passages from other sources."),
        ),
        _UNITS,
        categories=False,
    ),
    Technique(
        "formal",
        "Formal structuring",
        "deductive",
        (
            _DEFINE,
            _AGENDA,
            _PILOT,
            _FINAL,
            Step("outline", "Structure outline", "Read the outline of each text."),
        ),
        _UNITS,
    ),
    Technique(
        "theme",
        "Theme structuring",
        "deductive",
        (
            _DEFINE,
            _AGENDA,
            _PILOT,
            _FINAL,
            Step("summarise", "Framework matrix", "Summarise what each case says on each theme."),
        ),
        _UNITS,
    ),
    Technique(
        "type",
        "Type-building structuring",
        "deductive",
        (
            Step("define", "Dimension", "Write along which dimension cases are told apart."),
            Step("types", "Types", "Find extreme, frequent or theoretically relevant types."),
            Step("prototypes", "Prototypes", "Choose a case that stands for each type."),
        ),
        ("criterion", "recording_unit"),
        categories=False,
    ),
    Technique(
        "scaling",
        "Scaling structuring",
        "deductive",
        (
            _DEFINE,
            _AGENDA,
            _PILOT,
            _FINAL,
            _CHECK,
        ),
        _UNITS,
    ),
)
TECHNIQUES: dict[str, Technique] = {each.key: each for each in _techniques}

RULES: dict[str, Rule] = {
    each.id: each
    for each in (
        Rule("Z1.1", "leave out what carries little or no content"),
        Rule("Z1.2", "bring what carries content to one level of style"),
        Rule("Z1.3", "turn it into a grammatical short form"),
        Rule("Z2.1", "lift the objects to the level, so that the old ones are implied"),
        Rule("Z2.2", "lift the predicates in the same way"),
        Rule("Z2.3", "leave what lies above the level already"),
        Rule("Z2.4", "in doubt, use theoretical pre-assumptions"),
        Rule("Z3.1", "delete what means the same within a recording unit"),
        Rule("Z3.2", "delete what is not essential at the new level"),
        Rule("Z3.3", "keep what is still central"),
        Rule("Z3.4", "in doubt, use theoretical pre-assumptions"),
        Rule("Z4.1", "merge a same or similar object with a similar statement"),
        Rule("Z4.2", "merge several statements on one object"),
        Rule("Z4.3", "merge same or similar objects with differing statements"),
        Rule("Z4.4", "in doubt, use theoretical pre-assumptions"),
    )
}

#: the smallest piece that may be coded; a proposition is a clear component of meaning, a clause
CODING_UNITS = ("word", "proposition", "sentence", "turn")
#: the largest piece that may inform one coding
CONTEXT_UNITS = ("turn", "section", "source", "programme", "study")
#: what is confronted with one category system at a time, in the order of processing
RECORDING_UNITS = ("source", "interviewee", "programme", "study")


def listed(fields: Sequence[str]) -> str:
    """Return fields of a question that are not written, as a message begins with them.

    Examples
    --------
    >>> listed(["criterion"])
    'the selection criterion is'
    >>> listed(["criterion", "abstraction", "coding_unit"])
    'the selection criterion, the level of abstraction and the coding unit are'
    """
    *most, last = (f"the {FIELDS[name]}" for name in fields)
    return f"{', '.join(most)} and {last} are" if most else f"{last} is"


def rules_of(stage: str) -> tuple[str, ...]:
    """Return the ids of the rules of one stage, ``Z1`` to ``Z4``.

    Examples
    --------
    >>> rules_of("Z3")
    ('Z3.1', 'Z3.2', 'Z3.3', 'Z3.4')
    """
    return tuple(each for each in RULES if each.startswith(f"{stage}."))
