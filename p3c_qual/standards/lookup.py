"""What the items of a standard are looked up in: sources, people and the realist layer, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.realist.negative.cases import Cases
from p3c_qual.realist.outputs.held import Held
from p3c_qual.standards.scope import layer_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["Facts", "Found", "count_of", "keys_of"]

#: at most so many keys are named one by one
_MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for an item, in a sentence, and where it is; both empty where nothing is."""

    what: str = ""
    where: str = ""


@dataclass
class Facts:
    """What the study says of itself, read once.

    Attributes
    ----------
    study : Study
    connection : sqlalchemy.Connection
    graded, items : int
        How many items of the realist reporting standard are judged, of how many.
    programme : str
        Key; only the sources of this one, those who speak in them, and what is claimed of it.
    """

    study: Opened
    connection: Connection
    graded: int
    items: int
    programme: str = ""

    def __post_init__(self) -> None:
        held = Held(self.connection)
        self.layer = layer_of(held, self.programme) if self.programme else held.realist
        self.cases = Cases(self.connection)
        self.sources = [
            each
            for each in self.cases.voices.sources.values()
            if each.id in self.cases.all and self.programme in {"", each.programme}
        ]
        people = {person.id: person for each in self.sources for person in each.people}
        self.people = list(people.values())
        self.mine = {each.id for each in self.sources}
        self.evidence = [item for each in self.layer.standing for item in each.evidence] + list(
            self.layer.loose
        )


def keys_of(names: Iterable[str]) -> str:
    """Return keys with commas between them, of many the first alone."""
    keys = list(names)
    more = f" and {len(keys) - _MOST} more" if len(keys) > _MOST else ""
    return ", ".join(keys[:_MOST]) + more


def count_of(number: int, what: str, many: str = "") -> str:
    """Return a number with what it counts.

    Examples
    --------
    >>> count_of(1, "source"), count_of(0, "country", "countries")
    ('1 source', 'no countries')
    """
    return f"{number or 'no'} {what if number == 1 else many or what + 's'}"
