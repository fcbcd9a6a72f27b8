"""The reduction funnel: how many units each stage of a summarising keeps, and what left it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import GREY, HATCH, INK, ROW, Canvas, shorten
from p3c_qual.analysis.canvas import caption as compose

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from p3c_qual.opened import Opened

__all__ = ["draw_funnel", "plot_funnel"]

#: blue and orange are told apart by everybody; what is open is hatched besides
_ON, _ON_BAR = "#bcd4e6", "#2c6e9b"
_OFF, _OFF_BAR = "#f0cfa8", "#b35c1e"
_OPEN: dict[str, Any] = {
    "facecolor": "white",
    "edgecolor": HATCH,
    "hatch": "/////",
    "linewidth": 0,
}
#: inches: all units on top of one another, width of a bar, of a gap with and without branches
_HIGH, _BAR, _BUSY, _CALM = 2.2, 0.13, 1.55, 0.92
#: inches: a single unit of very many is still a line; a line of words; room below the flow
_THIN, _LINE, _BELOW = 0.014, 0.15, 0.3
#: inches for the names of main categories, and how many of them are named
_NAMES, _NAMED = 2.15, 8


@dataclass
class _Branch:
    words: tuple[str, str]
    n: int
    open: bool


@dataclass
class _Stage:
    name: str
    n: int
    branches: list[_Branch] = field(default_factory=list)
    x: float = 0.0


def plot_funnel(study: Opened, question: str) -> Figure:
    """Draw how a summarising reduces its units: what each stage keeps, what leaves it and why.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question with summarising.

    Returns
    -------
    matplotlib.figure.Figure
        Stages from left to right, as high as the units that reach them; below, what left by
        which rule and what is still open; on the right, the main categories.

    Raises
    ------
    P3CError
        If there is no such question with summarising.
    """
    from p3c_qual.mayring.funnel_table import table_funnel

    return draw_funnel(table_funnel(study, question))


def draw_funnel(table: pd.DataFrame, *, caption: bool = True) -> Figure:
    """Draw a table of `p3c_qual.mayring.table_funnel`.

    Parameters
    ----------
    table : DataFrame
    caption : bool
        Whether it stands below the picture.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> import pandas as pd
    >>> names = ["stage", "what", "kind", "rule", "n", "counted"]
    >>> rows = [("units", "units", "stage", "", 5, "units")]
    >>> len(draw_funnel(pd.DataFrame(rows, columns=names)).axes)
    1
    """
    stages = _stages(table)
    total = stages[0].n if stages else 0
    said = _caption(table) if caption else ""
    if not total:
        paper = Canvas(width=4.0, rows=2, left=0.0, caption=said)
        paper.text(0, 1, "No unit has been selected yet.", ha="left", color=GREY)
        return paper.figure
    scale = _HIGH / total
    mains = _mains(table) if stages[-1].name == "in categories" else []
    at = 0.0
    for stage in stages:
        stage.x = at
        at += _BAR + (_BUSY if stage.branches else _CALM)
    last = stages[-1]
    names = max(
        (font.width(line) for words, _ in mains for line in font.wrap(words, _NAMES)), default=0
    )
    right = last.x + _BAR + (0.62 + _BAR + 0.1 + max(names, 1.0) if mains else 0.35)
    if last.branches:
        right = max(right, last.x + _BUSY + _BAR)
    ends, low = _ends(mains, scale)
    low = max([low, _HIGH, *(_branch_end(stage, scale) for stage in stages)])
    paper = Canvas(
        width=right,
        rows=round(low / ROW + 0.5),
        left=max(0.0, font.width(_heading(stages[0]), bold=True) / 2 - _BAR / 2),
        head=0.5,
        keys=_keys(stages),
        caption=said,
    )
    for stage, after in zip(stages, [*stages[1:], None], strict=True):
        _draw_stage(paper, stage, after, scale)
    if mains:
        _draw_mains(paper, last, ends, scale)
        _draw_counts(paper, table, last)
    return paper.figure


def _stages(table: pd.DataFrame) -> list[_Stage]:
    """Return the stages that were reached, each with what leaves it and what waits in it."""
    stages: list[_Stage] = []
    for row in table[table["counted"] == "units"].to_dict("records"):
        n = int(row["n"])
        if row["kind"] == "stage":
            if stages and not n:
                # nothing has come so far: the units wait in the stage before
                break
            stages.append(_Stage(str(row["what"]), n))
        elif n:
            what, _, why = str(row["what"]).partition(": ")
            first = f"{n:,} {what}" + (f" ({row['rule']})" if row["rule"] else "")
            stages[-1].branches.append(_Branch((first, why), n, row["kind"] == "open"))
    return stages


def _caption(table: pd.DataFrame) -> str:
    attrs = {str(name): value for name, value in table.attrs.items()}
    of = f" of the research question {attrs['question']}" if attrs.get("question") else ""
    # the question itself ends in a mark of its own, and may be long
    attrs["caption"] = f"Reduction funnel{of}"
    return compose(attrs, *([str(attrs["conservation"])] if attrs.get("conservation") else []))


def _mains(table: pd.DataFrame) -> list[tuple[str, int]]:
    """Return what stands on the right: the largest main categories, the rest together."""
    found = [
        (_main_words(each["label"], each["units"], each["categories"]), int(each["units"]))
        for each in table.attrs.get("mains") or []
    ]
    if len(found) <= _NAMED:
        return found
    rest = found[_NAMED - 1 :]
    n = sum(units for _, units in rest)
    return [*found[: _NAMED - 1], (f"{n:,}  in {len(rest)} more", n)]


def _main_words(label: str, units: int, categories: int) -> str:
    below = f" ({categories} categories)" if categories > 1 else ""
    return f"{units:,}  {shorten(label, 52)}{below}"


def _high(n: int, scale: float) -> float:
    return max(n * scale, _THIN) if n else 0.0


def _branch_end(stage: _Stage, scale: float) -> float:
    """Return how far down the branches of a stage reach."""
    below = sum(_room(each, scale) for each in stage.branches)
    return _branch_top(stage, scale) + below if stage.branches else 0.0


def _branch_top(stage: _Stage, scale: float) -> float:
    left = sum(each.n for each in stage.branches)
    return _high(stage.n - left, scale) + _BELOW


def _ends(mains: list[tuple[str, int]], scale: float) -> tuple[list[tuple[str, int, float]], float]:
    """Return where each main category stands, and how far down they reach."""
    y, found = 0.0, []
    for words, n in mains:
        lines = len(font.wrap(words, _NAMES))
        found.append((words, n, y))
        y += max(_high(n, scale), 0.165 * min(lines, 3) + 0.04) + 0.09
    return found, y


def _heading(stage: _Stage) -> str:
    return stage.name


def _draw_stage(paper: Canvas, stage: _Stage, after: _Stage | None, scale: float) -> None:
    high = _high(stage.n, scale)
    middle = stage.x + _BAR / 2
    down = ROW
    goes = stage.n - sum(each.n for each in stage.branches)
    if after is not None and goes:
        _flow(
            paper,
            (stage.x + _BAR, 0.0, _high(goes, scale)),
            (after.x, 0.0, _high(after.n, scale)),
            facecolor=_ON,
        )
    y, target = _high(goes, scale), _branch_top(stage, scale)
    x = stage.x + _BAR + 0.3
    for each in stage.branches:
        thick = _high(each.n, scale)
        style = dict(_OPEN) if each.open else {"facecolor": _OFF, "linewidth": 0}
        _flow(paper, (stage.x + _BAR, y, thick), (x, target, thick), **style)
        bar = GREY if each.open else _OFF_BAR
        paper.box(x, target / down, 0.07, thick / down, facecolor=bar, linewidth=0)
        _branch_words(paper, x + 0.12, target, thick, each)
        y += thick
        target += _room(each, scale)
    paper.box(stage.x, 0, _BAR, high / down, facecolor=_ON_BAR, linewidth=0)
    centre = {"ha": "center", "va": "bottom"}
    paper.text(middle, -0.95, stage.name, color=GREY, **centre)
    paper.text(middle, -0.22, f"{stage.n:,}", weight="bold", **centre)


def _branch_lines(branch: _Branch) -> list[tuple[str, str]]:
    """Return the lines of words beside a branch, each with its colour."""
    return [
        (line, colour)
        for words, colour in zip(branch.words, (INK, GREY), strict=True)
        if words
        for line in font.wrap(words, _BUSY - 0.5)
    ]


def _room(branch: _Branch, scale: float) -> float:
    """Return how many inches a branch takes with its words and the white below it."""
    return max(_high(branch.n, scale), _LINE * len(_branch_lines(branch))) + 0.12


def _branch_words(paper: Canvas, x: float, y: float, thick: float, branch: _Branch) -> None:
    lines = _branch_lines(branch)
    spare = max(thick - _LINE * len(lines), 0.0)
    for i, (line, colour) in enumerate(lines):
        at = y + spare / 2 + _LINE * (i + 0.5)
        paper.text(x, at / ROW, line, ha="left", color=colour, fontsize=7.5)


def _draw_mains(
    paper: Canvas, last: _Stage, ends: list[tuple[str, int, float]], scale: float
) -> None:
    x, y = last.x + _BAR + 0.62, 0.0
    for words, n, target in ends:
        thick = _high(n, scale)
        _flow(paper, (last.x + _BAR, y, thick), (x, target, thick), facecolor=_ON)
        paper.box(x, target / ROW, _BAR, thick / ROW, facecolor=_ON_BAR, linewidth=0)
        lines = font.wrap(words, _NAMES)
        lines = lines if len(lines) <= 3 else [*lines[:2], lines[2] + " …"]
        middle = target + max(thick, 0.165 * len(lines)) / 2
        for i, line in enumerate(lines):
            at = middle + 0.165 * (i - (len(lines) - 1) / 2)
            paper.text(x + _BAR + 0.1, at / ROW, line, ha="left")
        y += thick


def _draw_counts(paper: Canvas, table: pd.DataFrame, last: _Stage) -> None:
    """Say above the right side how many categories there are."""
    counts = {
        row["stage"]: int(row["n"])
        for row in table.to_dict("records")
        if row["kind"] == "stage" and row["counted"] == "categories"
    }
    number = counts.get("categories", 0)
    said = f"{number:,} {'category' if number == 1 else 'categories'}"
    x = last.x + _BAR + 0.62
    style = {"ha": "left", "va": "bottom"}
    main = counts.get("main", 0)
    paper.text(x, -0.95, said, color=GREY, **style)
    if main:
        words = f"in {main:,} main {'category' if main == 1 else 'categories'}"
        paper.text(x, -0.22, words, color=GREY, **style)


def _flow(
    paper: Canvas, begin: tuple[float, float, float], end: tuple[float, float, float], **style: Any
) -> None:
    """Draw a band between two heights, in inches from the top: (x, y, thickness) of each end."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (x0, y0, h0), (x1, y1, h1) = begin, end
    half = (x0 + x1) / 2
    points = [
        *((x0, y0), (half, y0), (half, y1), (x1, y1), (x1, y1 + h1)),
        *((half, y1 + h1), (half, y0 + h0), (x0, y0 + h0), (x0, y0)),
    ]
    kinds = [
        *(Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO),
        *(Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.CLOSEPOLY),
    ]
    shape = Path([(x, y / ROW) for x, y in points], kinds)
    paper.axes.add_patch(PathPatch(shape, **{"linewidth": 0, **style}))


def _keys(stages: list[_Stage]) -> list[tuple[str, dict[str, Any]]]:
    branches = [each for stage in stages for each in stage.branches]
    keys: list[tuple[str, dict[str, Any]]] = [
        ("goes on", {"facecolor": _ON, "linewidth": 0}),
    ]
    if any(not each.open for each in branches):
        keys.append(("leaves, with its rule", {"facecolor": _OFF, "linewidth": 0}))
    if any(each.open for each in branches):
        keys.append(("still open", _OPEN))
    return keys if len(keys) > 1 else []
