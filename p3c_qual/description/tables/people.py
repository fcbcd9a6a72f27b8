"""Who was interviewed in which programme, with what they were asked about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from p3c_qual.analysis.known import KnownSource, Person
    from p3c_qual.description.tables.told import Told

__all__ = ["interviewed", "interviews_of", "is_standing"]


def is_standing(person: Person) -> bool:
    """Say whether somebody has not withdrawn from being recorded."""
    return person.consent["recorded"] != "withdrawn"


def interviews_of(told: Told, programme: str) -> list[KnownSource]:
    """Return the interviews of a programme (key); translations are none of their own."""
    return [
        each
        for each in told.sources.values()
        if each.said["kind"] == "interview"
        and each.programme == programme
        and not each.translation_of
    ]


def interviewed(sources: Iterable[KnownSource]) -> dict[str, dict[str, Person]]:
    """Return who was interviewed by stakeholder type, each by row id; without a type under ``""``.

    Somebody with several roles is there under each of them.
    """
    found: dict[str, dict[str, Person]] = defaultdict(dict)
    for source in sources:
        for person in source.people:
            if is_standing(person):
                for kind in person.types or ("",):
                    found[kind][person.id] = person
    return found
