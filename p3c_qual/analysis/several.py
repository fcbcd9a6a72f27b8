"""Several names in one argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["several"]


def several(names: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the names of an argument: one, several with commas between them, or a list.

    Examples
    --------
    >>> several("north, quay"), several(["north"]), several(None)
    (('north', 'quay'), ('north',), ())
    """
    given = names.split(",") if isinstance(names, str) else names or ()
    return tuple(dict.fromkeys(name for each in given if (name := each.strip())))
