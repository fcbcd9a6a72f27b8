"""Which wave came first: as declared, by the dates of the questionnaires, by number; else not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from p3c_qual.realist.outputs.held import by_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = ["UNKNOWN", "order_waves"]

#: what a row says in place of a change whose sign would be a guess
UNKNOWN = "which wave came first is not known, so no change is given"
_NUMBER = re.compile(r"\d+")


def order_waves(
    found: Collection[str], declared: Sequence[str], began: Mapping[str, str]
) -> tuple[list[str], bool]:
    """Return waves in their order, and whether that order is known.

    Parameters
    ----------
    found : collection of str
        The waves something was measured in.
    declared : sequence of str
        As the instrument declares them.
    began : mapping of str to str
        The earliest date (YYYY-MM-DD) of what was measured in a wave, of those that have one.

    Returns
    -------
    list of str, bool
        Where nothing tells, in the order of their names, which is not known to be theirs.

    Examples
    --------
    >>> order_waves({"after", "before"}, ("before", "after"), {})
    (['before', 'after'], True)
    >>> order_waves({"after", "before"}, (), {"before": "2016-03-01", "after": "2016-11-01"})
    (['before', 'after'], True)
    >>> order_waves({"t10", "t2"}, (), {})
    (['t2', 't10'], True)
    >>> order_waves({"after", "before"}, (), {})
    (['after', 'before'], False)
    """
    names = sorted(found, key=by_key)
    if all(name in declared for name in names):
        return sorted(names, key=declared.index), True
    if len({began.get(name) for name in names} - {None, ""}) == len(names):
        return sorted(names, key=began.__getitem__), True
    stems = {_NUMBER.sub("#", name) for name in names}
    if len(stems) == 1:
        return names, True
    # what is declared still stands before what is not, though that is a guess
    place = {name: number for number, name in enumerate(declared)}
    return sorted(names, key=lambda name: place.get(name, len(place))), False
