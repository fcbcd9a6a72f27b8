"""The logic model as a figure: an arrow is as wide as what it rests on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import canvas, font
from p3c_qual.analysis.canvas import INK, Canvas, shorten
from p3c_qual.errors import P3CError, Problem
from p3c_qual.realist.judging.profile import Voices
from p3c_qual.realist.logic.logic_model import shipped_model
from p3c_qual.realist.logic.logic_table import Borne, borne_by, table_logic_model
from p3c_qual.realist.read import read_realist

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from p3c_qual.opened import Opened
    from p3c_qual.realist.model import Arrow, Block

__all__ = ["plot_logic_model"]

#: inches: a block, the way from one column to the next
_WIDE, _COLUMN = 1.9, 3.75
#: rows of the canvas: a block, the way from one row of blocks to the next
_HIGH, _STEP = 3.6, 6.6
#: told apart by hue, by lightness and by the line itself
_FOR, _BOTH, _BARE = "#0072B2", "#D55E00", "#8a919c"
_LINES = {_FOR: "-", _BOTH: (0, (6, 2)), _BARE: (0, (1, 2))}


def plot_logic_model(study: Opened) -> Figure:
    """Draw the logic model with the evidence on its arrows.

    An arrow is wider the more passages support what it rests on, dashed where passages also
    speak against it, and thin and dotted where it rests on no configuration. The numbers stand on it.

    Parameters
    ----------
    study : Study

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    P3CError
        If the study has no logic model.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> from p3c_qual.realist.logic.logic_model import take_logic_model
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> made = take_logic_model(study)
    >>> len(plot_logic_model(study).axes)
    1
    """
    with study.store.read() as connection:
        realist = read_realist(connection)
        borne = borne_by(realist, Voices(connection))
    if not realist.blocks:
        do = "Take in the one that comes with the workbench, or make a block."
        raise P3CError(Problem("the study has no logic model", do=do, code="empty"))
    table = table_logic_model(study)
    middle = _places(list(realist.blocks.values()))
    right = max(x for x, _ in middle.values()) + _WIDE / 2 + 0.05
    rows = math.ceil(max(y for _, y in middle.values()) + _HIGH / 2)
    paper = Canvas(
        width=right,
        rows=rows,
        left=0.05,
        keys=[
            ("supported", {"facecolor": _FOR}),
            ("also spoken against (dashed)", {"facecolor": _BOTH}),
            ("rests on no configuration (dotted)", {"facecolor": _BARE}),
        ],
        caption=canvas.caption({str(name): said for name, said in table.attrs.items()}),
    )
    drawn = [
        each
        for each in realist.arrows.values()
        if {each.block, each.other} <= realist.blocks.keys()
    ]
    both_ways = {(each.block, each.other) for each in drawn}
    most = max((borne[each.id].supporting for each in drawn), default=0)
    for each in drawn:
        pair = (each.other, each.block) in both_ways
        _draw(paper, each, middle, borne[each.id], most, pair=pair)
    for name, block in realist.blocks.items():
        _block(paper, block, *middle[name])
    return paper.figure


def _places(blocks: list[Block]) -> dict[str, tuple[float, float]]:
    """Return the middle of each block: where the shipped model has it, the others below."""
    shipped = {each["key"]: each["at"] for each in shipped_model()["blocks"]}
    known = [each for each in blocks if each.key in shipped]
    others = [each for each in blocks if each.key not in shipped]
    at = {each.id: tuple(shipped[each.key]) for each in known}
    first = max((row for _, row in at.values()), default=-1) + 1
    at |= {each.id: (number % 3, first + number // 3) for number, each in enumerate(others)}
    return {
        name: (_WIDE / 2 + 0.05 + _COLUMN * column, _HIGH / 2 + 0.2 + _STEP * row)
        for name, (column, row) in at.items()
    }


def _block(paper: Canvas, block: Block, x: float, y: float) -> None:
    left, top = x - _WIDE / 2, y - _HIGH / 2
    style = {"facecolor": "#f3f5f8", "edgecolor": "#4a525e", "linewidth": 1.1, "zorder": 3}
    paper.box(left, top, _WIDE, _HIGH, **style)
    lines = font.wrap(shorten(block.label or block.key, 110), _WIDE - 0.2)[:5]
    for number, line in enumerate(lines):
        paper.text(x, y + 0.68 * (number - (len(lines) - 1) / 2), line, ha="center", zorder=4)


def _draw(
    paper: Canvas,
    arrow: Arrow,
    middle: dict[str, tuple[float, float]],
    borne: Borne,
    most: int,
    *,
    pair: bool,
) -> None:
    from matplotlib.patches import FancyArrowPatch

    (x1, y1), (x2, y2) = middle[arrow.block], middle[arrow.other]
    # at right angles to the way, in inches; a row is ROW inches high
    dx, dy = x2 - x1, (y2 - y1) * canvas.ROW
    length = math.hypot(dx, dy) or 1.0
    aside = 0.34 if pair else 0.0
    ox, oy = -dy / length * aside, dx / length * aside / canvas.ROW
    start, end = (x1 + ox, y1 + oy), (x2 + ox, y2 + oy)
    start, end = _edge(start, end, (x1, y1)), _edge(end, start, (x2, y2))
    colour = _BARE
    if borne.configurations:
        colour = _BOTH if borne.contradicting else _FOR
    wide = 1.2 if not borne.supporting else 1.4 + 4.2 * math.sqrt(borne.supporting / max(most, 1))
    style: dict[str, Any] = {"color": colour, "linewidth": wide, "linestyle": _LINES[colour]}
    head = 10 + 2.2 * wide
    # the shaft in its own dashes, the head whole
    paper.axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-", shrinkA=2, shrinkB=head * 0.36, zorder=1, **style
        )
    )
    paper.axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=head,
            shrinkA=2,
            shrinkB=2,
            zorder=2,
            facecolor=colour,
            edgecolor=colour,
            linewidth=0,
        )
    )
    mx, my = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    align = "center"
    if pair:
        align = "left" if ox > 0 else "right"
        mx += 0.14 if ox > 0 else -0.14
    _label(paper, mx, my, _words(arrow, borne), align)


def _edge(
    at: tuple[float, float], towards: tuple[float, float], block: tuple[float, float]
) -> tuple[float, float]:
    """Return where the way from a point in a block leaves it."""
    dx, dy = towards[0] - at[0], towards[1] - at[1]
    steps = [1.0]
    if dx:
        steps.append((block[0] + math.copysign(_WIDE / 2, dx) - at[0]) / dx)
    if dy:
        steps.append((block[1] + math.copysign(_HIGH / 2, dy) - at[1]) / dy)
    step = min(each for each in steps if each >= 0)
    return at[0] + dx * step, at[1] + dy * step


def _words(arrow: Arrow, borne: Borne) -> list[str]:
    lines = font.wrap(shorten(arrow.label, 60), 1.35)[:3] if arrow.label else []
    count = len(borne.configurations)
    if not count:
        return [*lines, "no configuration"]
    claims = f"{count} configuration{'' if count == 1 else 's'}"
    return [*lines, claims, f"{borne.supporting} for, {borne.contradicting} against"]


def _label(paper: Canvas, x: float, y: float, lines: list[str], align: str) -> None:
    paper.text(
        x,
        y,
        "\n".join(lines),
        ha=align,
        fontsize=7,
        linespacing=1.25,
        color=INK,
        zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.92},
    )
