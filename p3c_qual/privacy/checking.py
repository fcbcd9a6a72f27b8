"""Traces of a person in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Trace", "check"]


@dataclass(frozen=True, slots=True)
class Trace:
    """Words that could tell who somebody is.

    Attributes
    ----------
    kind : str
        ``person``, ``organisation``, ``place`` or ``contact``.
    words : str
    start, end : int
        Half-open, in code points.
    """

    kind: str
    words: str
    start: int
    end: int


def check(text: str, language: str = "en") -> tuple[Trace, ...]:
    """Return every place of a text that could tell who somebody is, in order.

    Names of people, organisations and places as a language model finds them, and what is written
    by a rule: addresses of e-mail, telephone and health-service numbers, postcodes. Without a model
    for the language only names behind a title are found. Nothing found is no proof: a person
    reads.

    Parameters
    ----------
    text : str
    language : str
        A name or a code.

    Returns
    -------
    tuple of Trace

    Examples
    --------
    >>> [(each.kind, each.words) for each in check("Dr Miller, dr@miller.example", "xx")]
    [('person', 'Miller'), ('contact', 'dr@miller.example')]
    """
    from p3c_qual.description.names import find_names

    found = {
        (match.start(), match.end()): named.kind
        for named in find_names([text], language).get(text, ())
        for match in re.finditer(rf"(?<!\w){re.escape(named.name)}(?!\w)", text)
    }
    # a word within a longer trace is told with it
    outer = [
        (start, end)
        for start, end in found
        if not any((s, e) != (start, end) and s <= start and end <= e for s, e in found)
    ]
    return tuple(
        Trace(found[start, end], text[start:end], start, end) for start, end in sorted(outer)
    )
