"""Where the passages of a realist file stand: by their numbers, or by their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.coding.spots import Spot, Spots
from p3c_qual.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.findings import Faults
    from p3c_qual.realist.form.read import Given

__all__ = ["Place", "Places", "squeezed"]

#: words that are looked for from the front, to say how far a quote is right
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage is said to stand.

    Attributes
    ----------
    source : str
        Row id; empty where there is no such source.
    start, end : int
    spot : Spot or None
        None where the text does not hold it.
    problem : Problem or None
        What is wrong with it.
    """

    source: str = ""
    start: int = -1
    end: int = -1
    spot: Spot | None = None
    problem: Problem | None = None

    @property
    def at(self) -> tuple[str, int, int]:
        """Return the source and the span."""
        return self.source, self.start, self.end


class Places:
    """The places of all passages of a file, looked up together.

    Parameters
    ----------
    connection : Connection
    passages : iterable of Given
    faults : Faults
        Takes sources that there are not.
    """

    def __init__(self, connection: Connection, passages: Iterable[Given], faults: Faults) -> None:
        some = list(passages)
        self._spots = Spots(connection, [each.get("source") for each in some])
        self._faults = faults
        self._squeezed: dict[str, tuple[str, list[int]]] = {}
        self._found = {id(each): self._place(each) for each in some}

    def of(self, passage: Given) -> Place:
        """Return where a passage stands."""
        return self._found[id(passage)]

    def say(self, passage: Given, problem: Problem) -> None:
        """Note what is wrong with a passage."""
        self._faults.add(
            passage.line,
            problem.what,
            valid=problem.valid,
            closest=problem.nearest,
            do=problem.do,
        )

    def _place(self, each: Given) -> Place:
        name = each.get("source")
        source = self._spots.source(name)
        if isinstance(source, Problem):
            if name:
                self.say(each, source)
            return Place()
        start, end = each.get("start"), each.get("end")
        if not start or not end:
            return self._by_words(source, name, each.get("quote"))
        spot = self._spots.find(name, int(start), int(end))
        if isinstance(spot, Problem):
            return Place(source, int(start), int(end), problem=spot)
        quote = each.get("quote")
        if quote and squeezed(quote) != squeezed(spot.quote):
            return Place(*_at(spot), problem=self._moved(name, spot, quote))
        return Place(*_at(spot), spot)

    def _by_words(self, source: str, name: str, quote: str) -> Place:
        if not quote.strip():
            return Place(source)
        body = self._spots.body(name)
        if not body:
            return Place(source, problem=Problem(f"source {name!r} has no text any more"))
        found = self._look_up(name, quote)
        if len(found) == 1:
            spot = self._spots.find(name, *found[0])
            if isinstance(spot, Spot):
                return Place(*_at(spot), spot)
        shown = f"{quote.strip()[:60]!r}"
        if found:
            what = f"the words {shown} stand {len(found)} times in {name!r}"
            first = ", ".join(f"{start}-{end}" for start, end in found[:5])
            return Place(
                source, problem=Problem(what, do=f"Say which with start and end: {first}.")
            )
        what = f"the words {shown} do not stand in {name!r}"
        return Place(source, problem=Problem(what, do=self._how_far(name, quote)))

    def _look_up(self, name: str, quote: str) -> list[tuple[int, int]]:
        """Return where words stand; blanks and line breaks count as one blank."""
        body = self._spots.body(name)
        exact = [(at, at + len(quote)) for at in _all(body, quote)]
        if exact:
            return exact
        if name not in self._squeezed:
            self._squeezed[name] = _squeeze(body)
        text, places = self._squeezed[name]
        words = squeezed(quote)
        return [(places[at], places[at + len(words) - 1] + 1) for at in _all(text, words)]

    def _how_far(self, name: str, quote: str) -> str:
        words = squeezed(quote).split(" ")
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            if self._look_up(name, " ".join(words[:middle])):
                low = middle
            else:
                high = middle - 1
        if low < _FEWEST or low == len(words):
            return "Copy them from the text as it is held."
        last, following = " ".join(words[max(0, low - 5) : low]), words[low]
        return f"Up to {last!r} they do; compare what follows, {following!r}."

    def _moved(self, name: str, spot: Spot, quote: str) -> Problem:
        what = f"the quote is not what stands at {spot.start}-{spot.end} of {name!r}"
        found = self._look_up(name, quote)
        do = f"It stands at {found[0][0]}-{found[0][1]}." if len(found) == 1 else ""
        return Problem(what, do=do or "Write the quote as it stands there, or leave it out.")


def squeezed(words: str) -> str:
    r"""Return words with every run of blanks and line breaks as one blank.

    Examples
    --------
    >>> squeezed(" over  the\nridge ")
    'over the ridge'
    """
    return " ".join(words.split())


def _squeeze(body: str) -> tuple[str, list[int]]:
    """Return a text with single blanks, and where each of its characters stands in the original."""
    parts: list[str] = []
    places: list[int] = []
    for found in re.finditer(r"\S+", body):
        if parts:
            parts.append(" ")
            places.append(found.start() - 1)
        parts.append(found[0])
        places += range(found.start(), found.end())
    return "".join(parts), places


def _all(body: str, words: str) -> list[int]:
    """Return where words begin; overlapping places are counted too."""
    found: list[int] = []
    at = body.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = body.find(words, at + 1)
    return found


def _at(spot: Spot) -> tuple[str, int, int]:
    return spot.source, spot.start, spot.end
