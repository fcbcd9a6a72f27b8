"""Where the parts of a reduction funnel stand, in inches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import GREY, INK, shorten

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "BAR",
    "BUSY",
    "FAN",
    "HIGH",
    "LINE",
    "NAMES",
    "Branch",
    "Stage",
    "branch_end",
    "branch_lines",
    "branch_top",
    "ends_of",
    "high_of",
    "read_mains",
    "read_stages",
    "room_of",
]

#: inches: all units on top of one another, width of a bar, of a gap with and without branches
HIGH, BAR, BUSY, CALM = 2.1, 0.12, 1.38, 0.84
#: inches: a single unit of very many is still a line; a line of words; room below the flow
THIN, LINE, BELOW = 0.014, 0.15, 0.3
#: inches in which the flow fans out, and for the names of main categories; how many are named
FAN, NAMES, NAMED = 0.5, 2.0, 8


@dataclass(frozen=True)
class Branch:
    """What leaves a stage, or waits in it: in words, how many, and whether it is still open."""

    words: tuple[str, str]
    n: int
    open: bool


@dataclass(frozen=True)
class Stage:
    """A stage with how many units reach it, what leaves it, and where its bar stands."""

    name: str
    n: int
    branches: tuple[Branch, ...] = ()
    x: float = 0.0


def read_stages(table: pd.DataFrame) -> list[Stage]:
    """Return the stages that were reached, each with what leaves it and what waits in it."""
    stages: list[Stage] = []
    for row in table[table["counted"] == "units"].to_dict("records"):
        n = int(row["n"])
        if row["kind"] == "stage":
            if stages and not n:
                # nothing has come so far: the units wait in the stage before
                break
            stages.append(Stage(str(row["what"]), n))
        elif n:
            what, _, why = str(row["what"]).partition(": ")
            first = f"{n:,} {what}" + (f" ({row['rule']})" if row["rule"] else "")
            branch = Branch((first, why), n, row["kind"] == "open")
            stages[-1] = replace(stages[-1], branches=(*stages[-1].branches, branch))
    return _placed(stages)


def _placed(stages: list[Stage]) -> list[Stage]:
    """Put the stages beside each other; where something branches off, its words need room."""
    at, found = 0.0, []
    for stage in stages:
        found.append(replace(stage, x=at))
        at += BAR + (BUSY if stage.branches else CALM)
    return found


def read_mains(table: pd.DataFrame) -> list[tuple[str, int]]:
    """Return what stands on the right: the largest main categories, the rest together."""
    found = [
        (_main_words(each["label"], each["units"], each["categories"]), int(each["units"]))
        for each in table.attrs.get("mains") or []
    ]
    if len(found) <= NAMED:
        return found
    rest = found[NAMED - 1 :]
    n = sum(units for _, units in rest)
    return [*found[: NAMED - 1], (f"{n:,}  in {len(rest)} more", n)]


def _main_words(label: str, units: int, categories: int) -> str:
    below = f" ({categories} categories)" if categories > 1 else ""
    return f"{units:,}  {shorten(label, 52)}{below}"


def high_of(n: int, scale: float) -> float:
    """Return how high so many units are; none are not to be seen."""
    return max(n * scale, THIN) if n else 0.0


def branch_end(stage: Stage, scale: float) -> float:
    """Return how far down the branches of a stage reach."""
    below = sum(room_of(each, scale) for each in stage.branches)
    return branch_top(stage, scale) + below if stage.branches else 0.0


def branch_top(stage: Stage, scale: float) -> float:
    """Return how far down the first branch of a stage begins, below what goes on."""
    left = sum(each.n for each in stage.branches)
    return high_of(stage.n - left, scale) + BELOW


def ends_of(
    mains: list[tuple[str, int]], scale: float
) -> tuple[list[tuple[str, int, float]], float]:
    """Return where each main category stands, and how far down they reach."""
    y, found = 0.0, []
    for words, n in mains:
        lines = len(font.wrap(words, NAMES))
        found.append((words, n, y))
        y += max(high_of(n, scale), 0.165 * min(lines, 3) + 0.04) + 0.09
    return found, y


def branch_lines(branch: Branch) -> list[tuple[str, str]]:
    """Return the lines of words beside a branch, each with its colour."""
    return [
        (line, colour)
        for words, colour in zip(branch.words, (INK, GREY), strict=True)
        if words
        for line in font.wrap(words, BUSY - 0.45)
    ]


def room_of(branch: Branch, scale: float) -> float:
    """Return how many inches a branch takes with its words and the white below it."""
    return max(high_of(branch.n, scale), LINE * len(branch_lines(branch))) + 0.12
