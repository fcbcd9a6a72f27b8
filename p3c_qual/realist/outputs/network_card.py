"""A configuration as a card of the network: its words in lines, and how high that makes it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import shorten
from p3c_qual.realist.outputs.network_layout import WIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.realist.outputs.network import Card

__all__ = ["BAR", "HEAD", "LETTER", "SIDE", "SMALL", "SPACE", "Drawn", "broken", "fit", "high"]

#: points of the words in a card; inches from one line of them to the next
SMALL, SPACE = 7.0, 0.119
#: inches: the line with the key, the bar of the programme, the letter of a part, white beside words
HEAD, BAR, LETTER, SIDE = 0.235, 0.07, 0.16, 0.075
#: inches of white in a part, above and below its words together; below the last one
INSIDE, FOOT = 0.075, 0.02
#: lines of words in a part, by how many cards there are at most
_LINES = ((3, 6), (12, 4), (30, 3))
#: what stands before what it is said of; emoji, and the marks that change how the letter before them looks
_SIGNS = {"▲", "▼", "▲▼", "=", "→"}
_PICTURES = {"So", "Sk", "Mn", "Me"}


@dataclass(frozen=True)
class Drawn:
    """A card with its words broken into lines.

    Attributes
    ----------
    card : Card
    label : tuple of str
    parts : tuple of (str, tuple of str)
        The letter of each part, and what is said.
    """

    card: Card
    label: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def under(self) -> float:
        """Inches from the upper edge to the first part."""
        return HEAD + SPACE * len(self.label) + (0.04 if self.label else 0.0)

    @property
    def height(self) -> float:
        """Inches of the whole card."""
        return self.under + sum(high(lines) for _, lines in self.parts) + FOOT

    @property
    def frame(self) -> str:
        """What was said for and against it, in words."""
        if self.card.contradicts:
            return "something speaks against it"
        return "nothing speaks against it" if self.card.supports else "no passage yet"


def high(lines: Sequence[str]) -> float:
    """Return the inches a part with these lines is high."""
    return SPACE * max(len(lines), 1) + INSIDE


def broken(cards: Sequence[Card]) -> dict[str, Drawn]:
    """Return cards by key with their words in lines; the more cards, the fewer lines."""
    most = next((lines for count, lines in _LINES if len(cards) <= count), 2)
    room = WIDE - BAR - 2 * SIDE
    made = {}
    for card in cards:
        said = (("C", card.context), ("M", card.mechanism), ("O", card.outcome))
        parts = tuple((name, tuple(fit(words, room - LETTER, most))) for name, words in said)
        made[card.key] = Drawn(card, tuple(fit(_named(card), room, most - 1)), parts)
    return made


def _named(card: Card) -> str:
    """Return the label, with the programmes where there are several, and what it lacks."""
    several = ", ".join(card.programmes) if len(card.programmes) > 1 else ""
    lacks = card.completeness if card.completeness != "triad" else ""
    more = "; ".join(filter(None, (several, lacks)))
    return " ".join(filter(None, (card.label, f"({more})" if more else "")))


def fit(words: str, wide: float, most: int, size: float = SMALL) -> list[str]:
    """Break words into at most `most` lines; a word that is too wide is broken too.

    Examples
    --------
    >>> fit("Patientenbeteiligungsverfahren im Quartier", 1.2, 2)
    ['Patientenbeteiligungsv-', 'erfahren im Quartier']
    """
    # widths are measured at 8 points; on a screen letters are set to whole dots, which is wider
    room = wide * 0.965 * 8 / size
    known = font.letters()
    # a picture that the font lacks carries no word; of a missing letter a box is shown
    words = "".join(c for c in words if c in known or unicodedata.category(c) not in _PICTURES)
    pieces = [part for word in _words(shorten(words, 400)) for part in _pieces(word, room)]
    lines = _lines(pieces, room)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while font.width(f"{last} …") > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], f"{last} …"]


def _words(text: str) -> list[str]:
    """Return words; a sign stays with the word that it is said of."""
    found: list[str] = []
    for word in text.split():
        if found and found[-1] in _SIGNS:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _lines(pieces: Sequence[str], room: float) -> list[str]:
    """Set words into lines; each word is measured once, however often it is tried."""
    space = font.width("a a") - 2 * font.width("a")
    lines: list[list[str]] = []
    left = 0.0
    for piece in pieces:
        wide = font.width(piece)
        if lines and space + wide <= left:
            lines[-1].append(piece)
            left -= space + wide
        else:
            lines.append([piece])
            left = room - wide
    return [" ".join(line) for line in lines]


def _pieces(word: str, room: float) -> list[str]:
    found = []
    while font.width(word) > room:
        end = next(
            n for n in range(len(word) - 1, 0, -1) if font.width(f"{word[:n]}-") <= room or n == 1
        )
        found.append(f"{word[:end]}-")
        word = word[end:]
    return [*found, word]
