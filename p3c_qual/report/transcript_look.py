"""What a coded transcript looks like and says of itself, whatever it is written as."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from p3c_qual.report.transcript import CodeUse, Transcript

__all__ = [
    "FAMILIES",
    "HOW",
    "LEGEND",
    "TINTS",
    "colour",
    "counted",
    "literal",
    "opening_words",
]

#: colours of main categories, on paper and on a dark screen; past the last they begin again
FAMILIES = (
    ("#1f6fb2", "#6fb4ee"),
    ("#b85c00", "#f0a35a"),
    ("#1b7f5c", "#58c49c"),
    ("#a3327a", "#e58cc4"),
    ("#6a51c7", "#b3a2f5"),
    ("#857000", "#d7bd4a"),
    ("#c0392b", "#f08a7e"),
    ("#007a87", "#4cc3cf"),
    ("#5a6673", "#aab4bf"),
    ("#7b4a2d", "#cf9c7b"),
)
#: behind words under one coding, two, and three or more, on paper
TINTS = ("#e9edf2", "#d8dfe8", "#c5cfdc")

HOW = (
    "Each coding has a number. Its bar stands beside its lines, in the colour of its main "
    "category; its number stands before its first and behind its last coded word, and its code "
    "where it begins."
)
LEGEND = "Words are tinted, the darker the more codings cover them."
_NOTHING = "Nothing is coded in this source, as far as it is shown here."
_NO_TEXT = "This source holds no text."

#: what XML cannot hold
_ODD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def colour(family: int) -> str:
    """Return the colour of a main category on paper, such as ``#1f6fb2``."""
    return FAMILIES[family % len(FAMILIES)][0]


def literal(text: str) -> str:
    r"""Return a text with what XML cannot hold made visible.

    Examples
    --------
    >>> literal("a\x0bb")
    'a\ufffdb'
    """
    return _ODD.sub("\ufffd", text)


def opening_words(transcript: Transcript) -> str:
    """Return what stands above the text: how it is read, or that there is nothing to read."""
    if not any(row.runs for row in transcript.rows):
        return _NO_TEXT
    return f"{HOW} {LEGEND}" if transcript.marks else _NOTHING


def counted(code: CodeUse) -> str:
    """Return how often a code was given, and by whom where several coded.

    Examples
    --------
    >>> from p3c_qual.report.transcript import CodeUse
    >>> counted(CodeUse("Continuity", "continuity", "", 0, (1, 2), (("mira", 1), ("tobias", 1))))
    '2 (mira 1, tobias 1)'
    """
    each = ", ".join(f"{coder} {number}" for coder, number in code.by_coder)
    number = f"{len(code.numbers):,}"
    return f"{number} ({each})" if len(code.by_coder) > 1 else number
