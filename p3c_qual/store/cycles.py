"""Cycles that joining copies may leave in what points to its own kind: one rule opens them."""

from __future__ import annotations

__all__ = ["rootless"]


def rootless(parents: dict[str, str | None]) -> set[str]:
    """Return the rows that a cycle of parents would leave without a root: one a cycle.

    Parameters
    ----------
    parents : dict of str to str or None
        Parent by row, both as row ids.

    Examples
    --------
    >>> rootless({"a": "b", "b": "a", "c": "a"})
    {'a'}
    """
    state: dict[str, int] = {}
    found = set()
    for begin in sorted(parents):
        path: list[str] = []
        at: str | None = begin
        while at is not None and at in parents and at not in state:
            state[at] = 1
            path.append(at)
            at = parents[at]
        if at is not None and state.get(at) == 1:
            found.add(min(path[path.index(at) :]))
        for seen in path:
            state[seen] = 2
    return found
