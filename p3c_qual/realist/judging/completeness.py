"""How much of a claim is there: triad, dyad or single; computed, never typed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from p3c_qual.realist.model import Configuration

__all__ = ["CLASSES", "completeness_of", "count_completeness"]

#: what is there of context, mechanism and outcome
CLASSES = {
    "triad": "triad",
    "triad_resource": "triad, resource only",
    "triad_reasoning": "triad, reasoning only",
    "dyad_cm": "dyad, context and mechanism",
    "dyad_mo": "dyad, mechanism and outcome",
    "dyad_co": "dyad, context and outcome",
    "single": "single",
    "empty": "empty",
}
_DYADS = {"CM": "dyad_cm", "MO": "dyad_mo", "CO": "dyad_co"}


def completeness_of(configuration: Configuration) -> str:
    """Return how complete a configuration is, as one of `CLASSES`.

    An element is there if it has a text, or evidence that does not say it was absent. A mechanism
    is there with either of its parts, and whole with both. The intervention and the actor are
    optional: they complete nothing.

    Parameters
    ----------
    configuration : Configuration

    Examples
    --------
    >>> from p3c_qual.realist.model import Configuration, Element
    >>> def part(role):
    ...     return Element(role, "c1", role, "said", "", "", None, "", "", "", "")
    >>> def made(*roles):
    ...     elements = tuple(part(role) for role in roles)
    ...     return Configuration("c1", "c1", *[""] * 12, elements, ())
    >>> completeness_of(made("context", "resource", "reasoning", "outcome"))
    'triad'
    >>> completeness_of(made("context", "resource", "outcome"))
    'triad_resource'
    >>> completeness_of(made("reasoning", "outcome", "actor"))
    'dyad_mo'
    """
    spoken = {each.element for each in configuration.evidence if not each.absent}
    there = {each.role for each in configuration.elements if each.text or each.id in spoken}
    mechanism = there & {"resource", "reasoning"}
    letters = ("C" if "context" in there else "") + ("M" if mechanism else "")
    letters += "O" if "outcome" in there else ""
    if letters == "CMO":
        return "triad" if len(mechanism) > 1 else f"triad_{mechanism.pop()}"
    if len(letters) > 1:
        return _DYADS[letters]
    return "single" if letters else "empty"


def count_completeness(configurations: Iterable[Configuration]) -> dict[str, int]:
    """Count configurations by how complete they are.

    Parameters
    ----------
    configurations : iterable of Configuration

    Returns
    -------
    dict of str to int
        Every one of `CLASSES` in their order, also those with none; then ``triads``, ``dyads``
        and ``singles``, in which the classes are put together.
    """
    found = Counter(completeness_of(each) for each in configurations)
    counts = {name: found[name] for name in CLASSES}
    sums = {
        "triads": sum(counts[name] for name in CLASSES if name.startswith("triad")),
        "dyads": sum(counts[name] for name in CLASSES if name.startswith("dyad")),
        "singles": counts["single"],
    }
    return counts | sums
