"""The part of the realist layer that is one programme's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.realist.outputs.held import Held
    from p3c_qual.realist.read import Realist

__all__ = ["layer_of", "rows_of"]


def layer_of(held: Held, programme: str) -> Realist:
    """Return the theories, configurations, patterns, memos and searches of a programme.

    A configuration is of the programme it names; where it names none, of those its passages come
    from. A theory that names none is of those its configurations are of, and of all as long as
    nothing tests it.

    Parameters
    ----------
    held : Held
    programme : str
        Key.
    """
    layer = held.realist
    of = {row: held.programmes_of(each) for row, each in layer.configurations.items()}
    mine = {row: layer.configurations[row] for row, keys in of.items() if programme in keys}
    tested: dict[str, set[str]] = {}
    for row, keys in of.items():
        tested.setdefault(layer.configurations[row].theory or "", set()).update(keys)
    theories = {}
    for row, theory in layer.theories.items():
        named = held.programmes.get(theory.programme or "", "")
        if programme in ({named} if named else tested.get(row) or {programme}):
            theories[row] = theory
    return replace(
        layer,
        theories=theories,
        configurations=mine,
        links=tuple(each for each in layer.links if {each.configuration, each.other} & mine.keys()),
        regularities={
            row: each
            for row, each in layer.regularities.items()
            if any(one.configuration in mine for one in each.instances)
        },
        inferences=tuple(
            each
            for each in layer.inferences
            if each.configuration in mine or (not each.configuration and each.theory in theories)
        ),
        searches=tuple(each for each in layer.searches if each.configuration in mine),
        loose=tuple(each for each in layer.loose if held.voices.who(each).programme == programme),
    )


def rows_of(layer: Realist) -> Iterator[str]:
    """Yield the row ids of all that a layer is made of."""
    yield from layer.theories
    yield from layer.regularities
    for each in layer.configurations.values():
        yield each.id
        yield from (part.id for part in each.elements)
        yield from (part.id for part in each.evidence)
    for regularity in layer.regularities.values():
        yield from (one.id for one in regularity.instances)
    yield from (each.id for each in layer.links)
    yield from (each.id for each in layer.inferences)
    yield from (each.id for each in layer.searches)
    yield from (each.id for each in layer.loose)
