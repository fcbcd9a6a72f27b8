"""A configuration said in one sentence: where, what is offered and thought, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.realist.vocabulary import label_of

if TYPE_CHECKING:
    from p3c_qual.realist.model import Configuration, Element

__all__ = ["sentence_of", "words_of"]

#: words that begin a sentence of an analyst, and are small inside of one; a name is not among them
_SMALL = {
    "a", "an", "the", "this", "that", "these", "those", "they",
    "he", "she", "it", "we", "you", "people", "patients", "staff",
    "nurses", "somebody", "someone", "nobody", "everybody", "no", "not", "more",
    "less", "fewer", "many", "most", "some", "when", "where", "who",
    "whoever",
}  # fmt: skip
#: a quote that stands for an element is shortened to this
_LONGEST = 90


def words_of(element: Element, configuration: Configuration) -> str:
    """Return what an element says: the analyst's words, or the first of its quotes.

    Empty where there are neither, or where its passages only say that it was not there.
    """
    if element.text.strip():
        return element.text.strip().rstrip(".")
    quotes = (each.quote for each in configuration.voices(element.id) if not each.absent)
    quote = " ".join(next(filter(None, quotes), "").split()).rstrip(".")
    if len(quote) > _LONGEST:
        quote = quote[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"
    return f"“{quote}”" if quote else ""


def sentence_of(configuration: Configuration) -> str:
    """Return the sentence; what is not said yet is left out, and nothing gives an empty one.

    Parameters
    ----------
    configuration : Configuration

    Examples
    --------
    >>> from p3c_qual.realist.model import Configuration, Element
    >>> said = {"context": "Nobody knows anybody", "resource": "time to talk", "outcome": "sleep"}
    >>> elements = tuple(
    ...     Element(role, "c", role, text, "", "", None, "", "", "", "")
    ...     for role, text in said.items()
    ... )
    >>> sentence_of(Configuration("c", "c1", *[""] * 12, elements, ()))
    'Where nobody knows anybody: time to talk, which leads to sleep.'
    """

    def said(role: str) -> str:
        elements = configuration.of_role(role)
        return " and ".join(
            filter(None, (_with_direction(each, configuration) for each in elements))
        )

    with_, for_, where = said("intervention"), said("actor"), said("context")
    before = " ".join(
        filter(
            None, (with_ and f"with {with_}", for_ and f"for {for_}", where and f"where {where}")
        )
    )
    mechanism = ", so that ".join(filter(None, (said("resource"), said("reasoning"))))
    claim = ", which leads to ".join(filter(None, (mechanism, said("outcome"))))
    whole = ": ".join(filter(None, (before, claim)))
    return f"{whole[0].upper()}{whole[1:]}." if whole else ""


def _with_direction(element: Element, configuration: Configuration) -> str:
    words = words_of(element, configuration)
    first, gap, rest = words.partition(" ")
    if first.lower() in _SMALL:
        words = f"{first.lower()}{gap}{rest}"
    if not words or not element.direction:
        return words
    return f"{words} ({label_of('direction', element.direction).lower()})"
