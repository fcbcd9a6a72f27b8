"""Figures of code frequencies: a heat map, or bars."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from p3c_qual.analysis import canvas, font
from p3c_qual.analysis.canvas import GREY, INK, LINE, NOT_ASKED, Canvas, save_figure, shorten
from p3c_qual.analysis.portrait import plot_portrait
from p3c_qual.analysis.shades import shade
from p3c_qual.errors import P3CError, Problem, nearest

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["plot_frequencies", "plot_portrait", "save_figure"]

#: a longer label is shortened in the picture; the table has it in full
LABEL_CHARS, GROUP_CHARS = 46, 28
#: inches: the narrowest column of a heat map and of bars, and what all of them may take
COLUMN, PANEL, ROOM = 0.5, 0.8, 7.0
#: the degrees headings are slanted by where they do not fit level
SLANT = 38


@dataclass(frozen=True)
class _Grid:
    names: list[str]
    steps: list[int]
    groups: list[str]
    values: list[list[float | None]]
    totals: list[float | None]
    attrs: dict[str, Any]

    @property
    def left(self) -> float:
        widths = (font.width(n, bold=s == 0) for n, s in zip(self.names, self.steps, strict=True))
        return max(w + font.INDENT * s for w, s in zip(widths, self.steps, strict=True)) + 0.14

    @property
    def top(self) -> float:
        return max((v for row in self.values for v in row if v), default=0.0)

    @property
    def holes(self) -> list[tuple[str, dict[str, Any]]]:
        none = any(v is None for row in self.values for v in row)
        return [("not asked", NOT_ASKED)] if none else []

    @property
    def caption(self) -> str:
        said = canvas.caption(self.attrs)
        names_n = not self.attrs.get("denominators") or "n:" in said
        return said if names_n or not said else canvas.caption(self.attrs, "n: denominator")

    def head(self, group: str) -> list[str]:
        count = (self.attrs.get("denominators") or {}).get(group)
        return [shorten(group, GROUP_CHARS), *([] if count is None else [f"n = {count:,}"])]


def plot_frequencies(
    table: pd.DataFrame, *, kind: Literal["heat", "bars"] = "heat", depth: int | None = None
) -> Figure:
    """Draw a table of code frequencies as a heat map, or as bars with one panel a group.

    White with a 0 is zero; hatched is "not asked". The total has no shade of its own, since
    beside it the groups would all look alike.

    Parameters
    ----------
    table : DataFrame
        As `table_frequencies` gives it: ``code``, one column a group, ``total``; an empty cell
        is "not asked". The attributes ``unit``, ``reading_set``, ``denominators``, ``caption``,
        ``labels`` and ``depth`` are used.
    kind : {"heat", "bars"}
        Shade of a cell, or length of a bar.
    depth : int or None
        Only codes down to this depth; all of them if None.

    Returns
    -------
    matplotlib.figure.Figure
        It grows with the table, so that every label stays readable.

    Raises
    ------
    P3CError
        If `kind` is unknown, or the table holds no code or no group.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"code": ["workforce"], "north": [3], "quay": [0], "total": [3]})
    >>> table.attrs = {"unit": "coded segments", "reading_set": "main coder"}
    >>> len(plot_frequencies(table).axes)
    1
    """
    kinds = ("heat", "bars")
    if kind not in kinds:
        problem = Problem(f"unknown kind of figure {kind!r}", "kind=", kinds, nearest(kind, kinds))
        raise P3CError(problem)
    depths: dict[str, int] = table.attrs.get("depth") or {}
    labels: dict[str, str] = table.attrs.get("labels") or {}
    rows = [
        row
        for row in table.to_dict("records")
        if depth is None or depths.get(str(row["code"]), 1) <= depth
    ]
    groups = [str(name) for name in table.columns if name not in {"code", "total"}]
    if not rows or not groups:
        what = f"there is nothing to draw: the table has no {'group' if rows else 'code'}"
        raise P3CError(Problem(what, do="Code something first, or count by something else."))
    codes = [str(row["code"]) for row in rows]
    grid = _Grid(
        names=[shorten(str(labels.get(code, code)), LABEL_CHARS) for code in codes],
        steps=[max(depths.get(code, 1) - 1, 0) for code in codes],
        groups=groups,
        values=[[_value(row[group]) for group in groups] for row in rows],
        totals=[_value(row["total"]) for row in rows] if "total" in table.columns else [],
        attrs={str(name): value for name, value in table.attrs.items()},
    )
    return _heat(grid) if kind == "heat" else _bars(grid)


@dataclass(frozen=True)
class _Heads:
    """The headings of the columns: level where they fit, else slanted."""

    lines: list[list[str]]
    step: float
    level: bool

    @property
    def high(self) -> float:
        if self.level:
            return 0.17 * max(len(lines) for lines in self.lines) + 0.12
        return math.sin(math.radians(SLANT)) * self._along + 0.28

    @property
    def beyond(self) -> float:
        """Inches the last slanted heading reaches to the right of its column's left edge."""
        return 0.0 if self.level else math.cos(math.radians(SLANT)) * self._along + 0.1

    @property
    def _along(self) -> float:
        return max(font.width("  ".join(lines)) for lines in self.lines)

    def write(self, paper: Canvas, at: float, align: str) -> None:
        for i, lines in enumerate(self.lines):
            if self.level:
                words = "\n".join(lines)
                paper.text(i * self.step + at, -0.25, words, ha=align, va="bottom")
            else:
                slant = {"ha": "left", "rotation": SLANT, "rotation_mode": "anchor"}
                paper.text(i * self.step + at, -0.3, "  ".join(lines), va="bottom", **slant)


def _heads(grid: _Grid, narrowest: float, widest: float, room: float) -> _Heads:
    lines = [grid.head(group) for group in grid.groups]
    need = max(font.width(line) for head in lines for line in head) + 0.12
    step = max(narrowest, min(widest, room / len(lines)))
    return _Heads(lines, max(min(need, step), narrowest), level=need <= step)


def _heat(grid: _Grid) -> Figure:
    widest = max(font.width(_number(v)) for row in grid.values for v in row) + 0.16
    heads = _heads(grid, max(COLUMN, widest), 1.5, ROOM)
    column, right = heads.step, heads.step * len(grid.groups)
    total = grid.head("total")
    beside = max(font.width(line, bold=True) for line in total) + 0.35 if grid.totals else 0.0
    paper = Canvas(
        width=right + beside,
        rows=len(grid.names),
        left=grid.left,
        head=max(heads.high, 0.46),
        overhang=max(0.0, heads.beyond - column / 2 - beside),
        keys=[*_scale(grid.top), *grid.holes],
        caption=grid.caption,
    )
    for y, row in enumerate(grid.values):
        for x, value in enumerate(row):
            if value is None:
                paper.box(x * column, y, column, 1, **NOT_ASKED)
                continue
            shade, ink = _shade(value, grid.top)
            paper.box(x * column, y, column, 1, facecolor=shade, edgecolor=LINE, linewidth=0.5)
            paper.text((x + 0.5) * column, y + 0.53, _number(value), ha="center", color=ink)
    frame = {"fill": False, "edgecolor": GREY, "linewidth": 0.8, "clip_on": False}
    paper.box(0, 0, right, len(grid.names), **frame)
    heads.write(paper, column / 2, "center")
    for y, value in enumerate(grid.totals):
        paper.text(right + beside, y + 0.53, _number(value), ha="right", weight="bold")
    if grid.totals:
        bold = {"ha": "right", "va": "bottom", "weight": "bold"}
        # beside slanted headings one line is all there is room for
        paper.text(right + beside, -0.25, "\n".join(total) if heads.level else "total", **bold)
    paper.labels(grid.names, grid.steps)
    return paper.figure


def _bars(grid: _Grid) -> Figure:
    panels = [[row[x] for row in grid.values] for x in range(len(grid.groups))]
    if len(panels) > 1 and grid.totals:
        panels.append(grid.totals)
        grid = replace(grid, groups=[*grid.groups, "total"])
    heads = _heads(grid, PANEL, 1.6, 1.6 * ROOM)
    step = max(heads.step, min(1.5, 1.6 * ROOM / len(panels)))
    heads = replace(heads, step=step)
    longest = step - max(font.width(_number(v)) for panel in panels for v in panel) - 0.16
    paper = Canvas(
        width=len(panels) * step,
        rows=len(grid.names),
        left=grid.left,
        head=heads.high,
        overhang=max(0.0, heads.beyond - step),
        keys=grid.holes,
        caption=grid.caption,
    )
    for x, values in enumerate(panels):
        is_total = x == len(grid.values[0])
        # the total has its own scale: drawn to it the groups would be slivers
        top = max((v for v in values if v), default=0.0) if is_total else grid.top
        for y, value in enumerate(values):
            if value is None:
                paper.box(x * step, y + 0.16, longest, 0.68, **NOT_ASKED)
                continue
            length = value / (top or 1.0) * longest
            colour = GREY if is_total else "#2c6e9b"
            paper.box(x * step, y + 0.18, length, 0.64, facecolor=colour, linewidth=0)
            ink = INK if value else GREY
            paper.text(x * step + length + 0.05, y + 0.53, _number(value), ha="left", color=ink)
        paper.box(x * step, 0, 0, len(values), edgecolor=GREY, linewidth=0.6)
    heads.write(paper, 0.0, "left")
    paper.labels(grid.names, grid.steps)
    return paper.figure


def _shade(value: float, top: float) -> tuple[str, str]:
    """Return the colour of a cell and of its number; white is zero and nothing else."""
    if value == 0 or top == 0:
        return "white", GREY
    # the square root keeps small counts apart beside one large one
    return shade(math.sqrt(value / top))


def _scale(top: float) -> list[tuple[str, dict[str, Any]]]:
    shown = [0.0, *sorted({1.0, float(round(top / 2)), top} - {0.0})] if top else [0.0]
    frame = {"edgecolor": LINE, "linewidth": 0.8}
    return [(_number(v), {"facecolor": _shade(v, top)[0], **frame}) for v in shown if v <= top]


def _value(value: Any) -> float | None:
    import pandas as pd

    return None if pd.isna(value) else float(value)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
