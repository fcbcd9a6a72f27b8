"""Reading very many rows at once."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["many_rows"]


@contextlib.contextmanager
def many_rows() -> Iterator[None]:
    """Keep the collector of cycles at rest while the block makes very many small tuples.

    They form no cycles, and each of its walks through everything in memory takes longer than
    reading the rows does.

    Examples
    --------
    >>> with many_rows():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
