"""The reduction funnel: how many units each stage of a summarising keeps, and what left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import GREY, HATCH, ROW, Canvas
from p3c_qual.analysis.canvas import caption as compose
from p3c_qual.mayring.summarising.funnel_layout import (
    BAR,
    BUSY,
    FAN,
    HIGH,
    LINE,
    NAMES,
    Branch,
    Stage,
    branch_end,
    branch_lines,
    branch_top,
    ends_of,
    high_of,
    read_mains,
    read_stages,
    room_of,
)

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
    from p3c_qual.mayring.summarising.funnel_table import table_funnel

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
    stages = read_stages(table)
    total = stages[0].n if stages else 0
    said = _caption(table) if caption else ""
    if not total:
        paper = Canvas(width=4.0, rows=2, left=0.0, caption=said)
        paper.text(0, 1, "No unit has been selected yet.", ha="left", color=GREY)
        return paper.figure
    scale = HIGH / total
    mains = read_mains(table) if stages[-1].name == "in categories" else []
    last = stages[-1]
    names = max(
        (font.width(line) for words, _ in mains for line in font.wrap(words, NAMES)), default=0
    )
    right = last.x + BAR + (FAN + BAR + 0.1 + max(names, 1.0) if mains else 0.35)
    if last.branches:
        right = max(right, last.x + BUSY + BAR)
    ends, low = ends_of(mains, scale)
    low = max([low, HIGH, *(branch_end(stage, scale) for stage in stages)])
    paper = Canvas(
        width=right,
        rows=round(low / ROW + 0.5),
        left=max(0.0, font.width(_heading(stages[0]), bold=True) / 2 - BAR / 2),
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


def _caption(table: pd.DataFrame) -> str:
    attrs = {str(name): value for name, value in table.attrs.items()}
    of = f" of the research question {attrs['question']}" if attrs.get("question") else ""
    # the question itself ends in a mark of its own, and may be long
    attrs["caption"] = f"Reduction funnel{of}"
    return compose(attrs, *([str(attrs["conservation"])] if attrs.get("conservation") else []))


def _heading(stage: Stage) -> str:
    return stage.name


def _draw_stage(paper: Canvas, stage: Stage, after: Stage | None, scale: float) -> None:
    high = high_of(stage.n, scale)
    middle = stage.x + BAR / 2
    down = ROW
    goes = stage.n - sum(each.n for each in stage.branches)
    if after is not None and goes:
        _flow(
            paper,
            (stage.x + BAR, 0.0, high_of(goes, scale)),
            (after.x, 0.0, high_of(after.n, scale)),
            facecolor=_ON,
        )
    y, target = high_of(goes, scale), branch_top(stage, scale)
    x = stage.x + BAR + 0.25
    for each in stage.branches:
        thick = high_of(each.n, scale)
        style = dict(_OPEN) if each.open else {"facecolor": _OFF, "linewidth": 0}
        _flow(paper, (stage.x + BAR, y, thick), (x, target, thick), **style)
        bar = GREY if each.open else _OFF_BAR
        paper.box(x, target / down, 0.07, thick / down, facecolor=bar, linewidth=0)
        _branch_words(paper, x + 0.12, target, thick, each)
        y += thick
        target += room_of(each, scale)
    paper.box(stage.x, 0, BAR, high / down, facecolor=_ON_BAR, linewidth=0)
    centre = {"ha": "center", "va": "bottom"}
    paper.text(middle, -0.95, stage.name, color=GREY, **centre)
    paper.text(middle, -0.22, f"{stage.n:,}", weight="bold", **centre)


def _branch_words(paper: Canvas, x: float, y: float, thick: float, branch: Branch) -> None:
    lines = branch_lines(branch)
    spare = max(thick - LINE * len(lines), 0.0)
    for i, (line, colour) in enumerate(lines):
        at = y + spare / 2 + LINE * (i + 0.5)
        paper.text(x, at / ROW, line, ha="left", color=colour, fontsize=7.5)


def _draw_mains(
    paper: Canvas, last: Stage, ends: list[tuple[str, int, float]], scale: float
) -> None:
    x, y = last.x + BAR + FAN, 0.0
    for words, n, target in ends:
        thick = high_of(n, scale)
        _flow(paper, (last.x + BAR, y, thick), (x, target, thick), facecolor=_ON)
        paper.box(x, target / ROW, BAR, thick / ROW, facecolor=_ON_BAR, linewidth=0)
        lines = font.wrap(words, NAMES)
        lines = lines if len(lines) <= 3 else [*lines[:2], lines[2] + " …"]
        middle = target + max(thick, 0.165 * len(lines)) / 2
        for i, line in enumerate(lines):
            at = middle + 0.165 * (i - (len(lines) - 1) / 2)
            paper.text(x + BAR + 0.1, at / ROW, line, ha="left")
        y += thick


def _draw_counts(paper: Canvas, table: pd.DataFrame, last: Stage) -> None:
    """Say above the right side how many categories there are."""
    counts = {
        row["stage"]: int(row["n"])
        for row in table.to_dict("records")
        if row["kind"] == "stage" and row["counted"] == "categories"
    }
    number = counts.get("categories", 0)
    said = f"{number:,} {'category' if number == 1 else 'categories'}"
    x = last.x + BAR + FAN
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


def _keys(stages: list[Stage]) -> list[tuple[str, dict[str, Any]]]:
    branches = [each for stage in stages for each in stage.branches]
    keys: list[tuple[str, dict[str, Any]]] = [
        ("goes on", {"facecolor": _ON, "linewidth": 0}),
    ]
    if any(not each.open for each in branches):
        keys.append(("leaves, with its rule", {"facecolor": _OFF, "linewidth": 0}))
    if any(each.open for each in branches):
        keys.append(("still open", _OPEN))
    return keys if len(keys) > 1 else []
