"""Curves: categories over codings in the order of the work, and over interviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import GREY, LINE, Canvas, shorten
from p3c_qual.analysis.canvas import caption as composed
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["plot_emergence", "plot_saturation"]

CURVE, MET, BAND, BASE = "#2c6e9b", "#b3541e", "#cfe0ec", "#f1f3f5"
#: inches across; rows of the paper
WIDE, TALL = 5.4, 11
#: ticks of an axis at most
_TICKS = 6
#: interviews whose keys are written below the axis, and characters of a key
_NAMED, _KEY = 12, 12
#: lines between sources at most
_LINES = 40


def plot_emergence(table: pd.DataFrame) -> Figure:
    """Draw how many categories there were after each coding, in the order of the work.

    Parameters
    ----------
    table : DataFrame
        As `p3c_qual.mayring.emergence.table_subsumption` gives it: ``no``, ``source``, ``how``,
        ``categories``.

    Returns
    -------
    matplotlib.figure.Figure
        A dot where a category was new; a fine line where another source was begun.

    Raises
    ------
    P3CError
        If nothing was coded.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"no": [1, 2], "source": "P1", "how": ["new", "subsumed"], "categories": [1, 1]}
    ... )
    >>> len(plot_emergence(table).axes)
    1
    """
    if table.empty:
        do = "Code something under the question first."
        raise P3CError(Problem("there is nothing to draw: nothing was coded", do=do))
    heights = [int(value) for value in table["categories"]]
    sources = [str(value) for value in table["source"]]
    new = [how == "new" for how in table["how"]]
    begun = [n for n in range(1, len(sources)) if sources[n] != sources[n - 1]]
    # more of them would be a grey field
    begun = begun if len(begun) <= _LINES else []
    label = table.attrs.get("question", "")
    said = f"Categories of {label} over codings" if label else "Categories over codings"
    paper = Canvas(
        width=WIDE,
        rows=TALL,
        left=0.55,
        head=0.3,
        foot=0.5,
        overhang=0.3,
        keys=[
            ("new category", {"facecolor": CURVE, "linewidth": 0}),
            *([("another source begins", {"facecolor": LINE, "linewidth": 0})] if begun else []),
        ],
        caption=composed(
            {
                "caption": f"{said}, in the order in which they were made",
                "unit": "codings under the question",
            },
            f"n = {len(heights):,} codings, {heights[-1]:,} categories",
        ),
    )
    grid = _Axes(paper, 0, len(heights), max(heights))
    for number in begun:
        grid.upright(number + 0.5, LINE, 0.6)
    grid.frame("coding", "categories")
    grid.steps([0, *range(1, len(heights) + 1)], [0, *heights])
    size = 16 if len(heights) <= 60 else 7
    fresh = [(number, heights[number - 1]) for number, is_new in enumerate(new, 1) if is_new]
    grid.dots(fresh, CURVE, size)
    return paper.figure


def plot_saturation(table: pd.DataFrame, *, group: str = "all") -> Figure:
    """Draw how categories accumulated over interviews, and where saturation was met.

    Parameters
    ----------
    table : DataFrame
        As `p3c_qual.mayring.saturation.table_saturation` gives it.
    group : str
        ``all``, or a stakeholder type of the table.

    Returns
    -------
    matplotlib.figure.Figure
        The base is shaded; of random orders the median and the band from the 5th to the 95th
        percentile. Where it is not assessable the figure says why.

    Raises
    ------
    P3CError
        If the table has no such group, or no interview.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"group": "all", "interview": [1, 2], "source": ["P1", "P2"]})
    >>> table = table.assign(cumulative=[3.0, 4.0], low=[3.0, 4.0], high=[3.0, 4.0])
    >>> len(plot_saturation(table).axes)
    1
    """
    rows = table[table["group"] == group]
    if rows.empty:
        valid = tuple(dict.fromkeys(map(str, table["group"])))
        what = f"there is nothing to draw: no interview of {group!r}"
        raise P3CError(Problem(what, valid=valid, do="Work through an interview first."))
    attrs: dict[str, Any] = {str(name): value for name, value in table.attrs.items()}
    count = len(rows)
    base, run = int(attrs.get("base", 0)), int(attrs.get("run", 0))
    met = str((attrs.get("met") or {}).get(group, ""))
    why = str((attrs.get("not_assessable") or {}).get(group, ""))
    low, middle, high = (rows[name].to_list() for name in ("low", "cumulative", "high"))
    banded = low != high
    keys = [("median" if banded else "categories", {"facecolor": CURVE, "linewidth": 0})]
    keys += [("5th to 95th percentile", {"facecolor": BAND, "linewidth": 0})] if banded else []
    keys += [("base", {"facecolor": BASE, "edgecolor": LINE, "linewidth": 0.6})] if base else []
    keys += [(f"saturation met, {met}", {"facecolor": MET, "linewidth": 0})] if met else []
    named = not banded and count <= _NAMED and all(rows["source"])
    names = [shorten(str(key), _KEY) for key in rows["source"]] if named else []
    slanted = any(font.width(name) > WIDE / count - 0.12 for name in names)
    said = why or ("" if met or not base else "saturation was not met")
    said = said[:1].upper() + said[1:]
    paper = Canvas(
        width=WIDE,
        rows=TALL,
        left=0.55,
        head=0.3,
        foot=0.95 if slanted else 0.5,
        overhang=0.3,
        keys=keys,
        caption=composed(attrs, *(filter(None, (said, str(attrs.get("caution", "")).rstrip("."))))),
    )
    grid = _Axes(paper, 0.5, count + 0.5, max(high))
    if base:
        grid.shade(0.5, min(base, count) + 0.5, BASE)
    numbers = list(range(1, count + 1))
    if banded:
        grid.band(numbers, low, high)
    grid.frame("interview", "categories", names, slanted=slanted)
    grid.line(numbers, middle)
    grid.dots(list(zip(numbers, middle, strict=True)), CURVE, 16 if count <= 40 else 7)
    if met:
        at = int(met.partition("+")[0]) + run
        grid.upright(at, MET, 1.2)
        grid.say(at, met, right=at > count * 0.85)
    if why:
        paper.text(0.1, 0.5, shorten(why, 80), ha="left", color=MET)
    return paper.figure


@dataclass
class _Axes:
    """Scales over the paper: numbers from `first` to `last` across, from 0 to `top` up."""

    paper: Canvas
    first: float
    last: float
    top: float

    def x(self, value: float) -> float:
        return (value - self.first) / ((self.last - self.first) or 1) * WIDE

    def y(self, value: float) -> float:
        # a tenth of the height stays free above the curve
        return TALL - value / ((self.top * 1.1) or 1) * TALL

    def frame(
        self, across: str, up: str, names: Sequence[str] = (), *, slanted: bool = False
    ) -> None:
        """Draw axes with their ticks, and what they count."""
        axes = self.paper.axes
        axes.plot([0, 0, WIDE], [0, TALL, TALL], color=GREY, linewidth=0.8, clip_on=False)
        for value in _ticks(self.top):
            self.paper.text(-0.08, self.y(value), f"{value:,}", ha="right", color=GREY)
            if value:
                axes.plot([0, WIDE], [self.y(value)] * 2, color=LINE, linewidth=0.5, zorder=0.5)
        ticks = range(1, len(names) + 1) if names else _ticks(int(self.last))
        for value in ticks:
            if value < max(self.first, 1):
                continue
            below = TALL + 0.75
            if names and slanted:
                slant = {"rotation": 38, "rotation_mode": "anchor", "ha": "right", "va": "center"}
                self.paper.text(self.x(value) + 0.05, below, names[value - 1], color=GREY, **slant)
            else:
                said = names[value - 1] if names else f"{value:,}"
                self.paper.text(self.x(value), below, said, ha="center", color=GREY)
        low = TALL + (3.6 if slanted else 1.75)
        self.paper.text(WIDE, low, f"{across} →", ha="right", color=GREY)
        self.paper.text(-0.45, -0.75, f"{up} ↑", ha="left", color=GREY)

    def steps(self, across: Sequence[float], up: Sequence[float]) -> None:
        """Draw a line that goes on level and rises where something is new."""
        self.paper.axes.step(
            [self.x(v) for v in across], [self.y(v) for v in up], where="post", color=CURVE,
            linewidth=1.4, clip_on=False,
        )  # fmt: skip

    def line(self, across: Sequence[float], up: Sequence[float]) -> None:
        """Draw a line from point to point."""
        where = [self.x(v) for v in across], [self.y(v) for v in up]
        self.paper.axes.plot(*where, color=CURVE, linewidth=1.4, clip_on=False)

    def dots(self, places: Sequence[tuple[float, float]], colour: str, size: float) -> None:
        """Draw a dot at each place."""
        self.paper.axes.scatter(
            [self.x(across) for across, _ in places], [self.y(up) for _, up in places], s=size,
            color=colour, zorder=3, clip_on=False, linewidths=0,
        )  # fmt: skip

    def band(self, across: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
        """Fill what lies between two curves."""
        where = [self.x(v) for v in across]
        lower, upper = [self.y(v) for v in low], [self.y(v) for v in high]
        self.paper.axes.fill_between(where, lower, upper, color=BAND, linewidth=0, clip_on=False)

    def shade(self, start: float, end: float, colour: str) -> None:
        """Shade a stretch of the axis."""
        left, right = self.x(start), self.x(end)
        self.paper.box(left, 0, right - left, TALL, facecolor=colour, linewidth=0, zorder=0.2)

    def upright(self, at: float, colour: str, width: float) -> None:
        """Draw a line from the axis upwards."""
        where = [self.x(at)] * 2, [0, TALL]
        self.paper.axes.plot(*where, color=colour, linewidth=width, zorder=0.8)

    def say(self, at: float, words: str, *, right: bool) -> None:
        """Write words beside an upright line, at its top."""
        gap = -0.06 if right else 0.06
        align = "right" if right else "left"
        self.paper.text(self.x(at) + gap, 0.4, words, ha=align, color=MET, weight="bold")


def _ticks(top: float) -> list[int]:
    """Return whole numbers from 0 up to `top`, a handful of them and round ones.

    Examples
    --------
    >>> _ticks(3), _ticks(37), _ticks(1_250)
    ([0, 1, 2, 3], [0, 10, 20, 30], [0, 250, 500, 750, 1000, 1250])
    """
    step = 1
    for factor in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000):
        step = factor
        if top / factor < _TICKS:
            break
    return list(range(0, int(top) + 1, step))
