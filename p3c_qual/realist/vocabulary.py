"""The words that describe a configuration: which values each property has, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from p3c_qual.errors import Problem, nearest
from p3c_qual.realist.lists import read_lists

__all__ = ["LEVELS", "ROLES", "Term", "check_term", "label_of", "terms"]

#: what an element of a configuration is; a mechanism is a resource and a reasoning
ROLES = {
    "context": "Context",
    "resource": "Mechanism: resource",
    "reasoning": "Mechanism: reasoning",
    "outcome": "Outcome",
    "intervention": "Intervention",
    "actor": "Actor",
}
#: the levels of the SELFIE framework
LEVELS = {"micro": "Micro", "meso": "Meso", "macro": "Macro"}


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a property."""

    id: str
    label: str
    definition: str


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, Term]]:
    from p3c_qual.shipped import shipped_path

    book = read_lists(shipped_path("codebooks/cmo.yml"))
    return {
        each["id"]: {
            term["id"]: Term(term["id"], term["label"], term["definition"])
            for term in each["terms"]
        }
        for each in book["vocabulary"]
    }


def terms(name: str) -> dict[str, Term]:
    """Return the values of a property by id, in their order.

    Parameters
    ----------
    name : str
        A list of the codebook ``cmo``: ``context_layer``, ``activation``, ``outcome_domain``,
        ``direction``, ``timing``, ``intended``, ``evidence_role``, ``directness``, ``elicited``
        or ``relation``.

    Examples
    --------
    >>> list(terms("direction"))
    ['improves', 'worsens', 'unchanged', 'mixed']
    """
    return _lists()[name]


def label_of(name: str, value: str | None) -> str:
    """Return how a value is called; empty where there is none."""
    found = _lists()[name].get(value or "")
    return found.label if found else (value or "")


def check_term(name: str, value: str | None, what: str, where: str = "") -> Problem | None:
    """Return what to say of a value that the property does not have; none is no fault.

    Parameters
    ----------
    name : str
        As for `terms`.
    value : str or None
    what : str
        How the property is called, for the message.
    where : str
    """
    if not value or value in _lists()[name]:
        return None
    valid = tuple(_lists()[name])
    return Problem(f"{value[:60]!r} is no {what}", where, valid, nearest(value, valid))
