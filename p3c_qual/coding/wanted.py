"""A coding as it is asked for, before anything is known of it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["MAIN", "ORIGINS", "Wanted"]

#: the round of first coding
MAIN = "main"
#: how a coding came about: at the text, from a hit of a search, from a suggestion that a person
#: accepted, with a code made of the coded words, from a category of a summarising
ORIGINS = ("", "search", "suggestion", "in_vivo", "summary")


class Wanted(NamedTuple):
    """A coding as somebody asks for it, in the keys people use.

    A tuple, since a file may ask for a hundred thousand of them.
    """

    source: str
    start: int
    end: int
    code: str
    coder: str
    round: str = MAIN
    question: str = ""
    memo: str = ""
    quote: str | None = None
    where: str = ""
    origin: str = ""
