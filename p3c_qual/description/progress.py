"""How far a section without a text of its own is: as far as its parts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["progress_of"]


def progress_of(parts: Sequence[str], own: int = 0, whole: int = 0) -> tuple[str, str]:
    """Return how far a section is in which its author wrote nothing, and why.

    The outline and the printed report both go by it.

    Parameters
    ----------
    parts : sequence of str
        How far each section is that is part of it; what is made of the records alone is passed
        over.
    own : int
        Passages coded for the section itself and for none of its parts.
    whole : int
        Passages coded for it and its parts together; `own` where it is less.

    Returns
    -------
    str, str
        ``description``, ``material`` or ``empty``; why it is material.

    Examples
    --------
    >>> progress_of(["description", "generated", "description"])
    ('description', '')
    >>> progress_of(["description", "empty"])
    ('material', '1 of 2 parts to be written')
    >>> progress_of(["description"], own=3)
    ('material', '3 passages and no sentence of the author’s')
    >>> progress_of([])
    ('empty', '')
    """
    told = [each for each in parts if each != "generated"]
    left = len(told) - told.count("description")
    if told and not left and not own:
        return "description", ""
    if told and 0 < left < len(told):
        return "material", f"{left} of {_many(len(told), 'part')} to be written"
    if passages := own if told and not left else max(own, whole):
        return "material", f"{_many(passages, 'passage')} and no sentence of the author’s"
    if "material" in told:
        return "material", f"{left} of {_many(len(told), 'part')} to be written"
    return "empty", ""


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
