"""What was measured in the browser: rows with their aims, and the table of them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error
from table import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True)
class Row:
    """One thing that was timed.

    Attributes
    ----------
    label : str
    found : list of float
        Seconds, one a run.
    aim : float or None
        Seconds it may take.
    floor : float or None
        Seconds that the least of the same work takes.
    beside : str
        What the floor is.
    worst : bool
        Whether the aim is for the longest of all runs and not for their median.
    """

    label: str
    found: list[float]
    aim: float | None = None
    floor: float | None = None
    beside: str = ""
    worst: bool = False

    @property
    def takes(self) -> float:
        """The median of the runs."""
        return median(self.found)

    @property
    def over(self) -> float:
        """Seconds by which the aim is missed; 0 where it is met or there is none."""
        held = max(self.found) if self.worst else self.takes
        return max(0.0, held - self.aim) if self.aim else 0.0


class Measures:
    """The rows of the table as they come about, and how often each thing is done."""

    def __init__(self, runs: int) -> None:
        self.runs = runs
        self.rows: list[Row] = []
        #: by label, why something could not be timed
        self.failed: dict[str, str] = {}

    def times(self, do: Callable[[], Any]) -> list[Any]:
        """Do something once to warm up, and then as often as is counted."""
        do()
        return [do() for _ in range(self.runs)]

    def add(self, label: str, found: Sequence[float], floor: float, **more: Any) -> None:
        """Add a row from milliseconds."""
        self.rows.append(Row(label, [each / 1000 for each in found], floor=floor / 1000, **more))

    @contextmanager
    def about(self, label: str) -> Iterator[None]:
        """Say what is timed now; what cannot be is noted, and the rest goes on."""
        print(f"\r{label}\033[K", end="", file=sys.stderr)
        try:
            yield
        except Error as error:
            self.failed[label.strip()] = error.message.splitlines()[0]


def browser_lines(rows: list[Row]) -> list[tuple[str, ...]]:
    """Return the table's rows."""
    made: list[tuple[str, ...]] = [
        ("in the browser", "takes", "longest", "floor", "ratio", "", "aim", "met")
    ]
    for row in rows:
        met = f"NO, by {seconds(row.over)}" if row.over else "yes"
        made.append((
            row.label,
            seconds(row.takes),
            seconds(max(row.found)),
            seconds(row.floor),
            f"{row.takes / row.floor:.3g}x" if row.floor else "",
            row.beside,
            seconds(row.aim) if row.aim else "",
            met if row.aim else "",
        ))  # fmt: skip
    return made
