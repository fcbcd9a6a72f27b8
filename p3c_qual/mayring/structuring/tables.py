"""Tables that come in as CSV: their columns, and cells that hold numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["check_columns", "whole"]


def check_columns(path: Path, columns: Sequence[str], needed: Sequence[str]) -> None:
    """Refuse a table in which a column is missing.

    Raises
    ------
    P3CError
        Naming each of them, with the nearest spelling that is there.
    """
    missing = [
        Problem(
            f"the column {name!r} is missing",
            f"{path}:1",
            tuple(columns),
            nearest(name, columns),
            f"Needed: {', '.join(needed)}.",
        )
        for name in needed
        if name not in columns
    ]
    if missing:
        raise P3CError(missing)


def whole(name: str, cell: str, where: str = "") -> int | Problem | None:
    """Return the whole number of a cell, None of an empty one, or what is wrong with it.

    Examples
    --------
    >>> whole("start", "120"), whole("start", "")
    (120, None)
    >>> whole("start", "12.5").what
    "start must be a whole number, not '12.5'"
    """
    cell = cell.strip()
    if not cell:
        return None
    if cell.isascii() and cell.isdigit() and len(cell) < 16:
        return int(cell)
    return Problem(f"{name} must be a whole number, not {cell[:40]!r}", where)
