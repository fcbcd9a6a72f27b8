"""Ratings as a figure: bars of levels, one a group, in shades of one colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import canvas, font
from p3c_qual.analysis.canvas import GREY, HATCH, INK, LINE, Canvas, shorten
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.mayring.structuring.rated import CASES, SEGMENTS
from p3c_qual.mayring.structuring.rating_table import table_ratings

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from p3c_qual.opened import Opened

__all__ = ["draw_ratings", "plot_ratings"]

#: inches that the longest bar takes
ACROSS = 5.0
#: what is no level has no shade of the scale either
UNRATED: dict[str, Any] = {
    "facecolor": "#f3f4f6",
    "edgecolor": HATCH,
    "hatch": "/////",
    "linewidth": 0.6,
}


def plot_ratings(
    study: Opened,
    question: str,
    *,
    by: str = "programme",
    unit: str = SEGMENTS,
    code: str | None = None,
    coder: str | None = None,
    round: str | None = None,
) -> Figure:
    """Draw how often each level was given by group; what is not ratable is hatched, behind it.

    Parameters
    ----------
    study : Study
    question : str
        Key or row id of a question of scaling structuring.
    by : str
        ``programme``, ``stakeholder_type`` or ``site``.
    unit : str
        ``segments`` or ``cases``.
    code : str, optional
        Key of the only ordinal code that is drawn; needed where codes have different scales.
    coder, round : str, optional
        See `table_ratings`.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    P3CError
        As `table_ratings`; if there is nothing to draw, or scales differ.
    """
    table = table_ratings(study, question, by=by, coder=coder, round=round)
    return draw_ratings(table, unit=unit, code=code)


@dataclass(frozen=True)
class _Bar:
    name: str
    step: int
    counts: tuple[int, ...]
    unrated: int

    @property
    def total(self) -> int:
        return sum(self.counts) + self.unrated


def draw_ratings(table: pd.DataFrame, *, unit: str = SEGMENTS, code: str | None = None) -> Figure:
    """Draw a table of ratings that is grouped.

    Parameters
    ----------
    table : DataFrame
        As `table_ratings` gives it with `by`.
    unit, code : str
        As for `plot_ratings`.

    Raises
    ------
    P3CError
        If there is nothing to draw, or the codes have different scales.
    """
    units = (SEGMENTS, CASES)
    if unit not in units:
        raise P3CError(Problem(f"unknown unit {unit!r}", "unit=", units, nearest(unit, units)))
    scales: dict[str, dict[str, str]] = table.attrs["levels"]
    if code is not None and code not in scales:
        valid = tuple(scales)
        raise P3CError(
            Problem(f"there is no ordinal code {code!r}", "code=", valid, nearest(code, valid))
        )
    rows = [
        row
        for row in table.to_dict("records")
        if row["unit"] == unit and code in {None, row["code"]}
    ]
    if not rows:
        raise P3CError(Problem(f"no {unit} are rated", do="Rate some first."))
    drawn = list(dict.fromkeys(str(row["code"]) for row in rows))
    scale = scales[drawn[0]]
    if any(scales[each] != scale for each in drawn):
        do = "Name one of them with code=."
        raise P3CError(Problem("the codes have different scales", "", tuple(drawn), do=do))
    return _draw(table, rows, drawn, scale)


def _draw(
    table: pd.DataFrame, rows: list[dict[Any, Any]], drawn: list[str], scale: dict[str, str]
) -> Figure:
    bars = []
    for each in drawn:
        if len(drawn) > 1:
            bars.append(_Bar(shorten(table.attrs["labels"][each], 46), 0, (), 0))
        for row in rows:
            if row["code"] == each:
                counts = tuple(int(row[value]) for value in scale)
                name = shorten(str(row["group"]), 40)
                bars.append(_Bar(name, int(len(drawn) > 1), counts, int(row["not_ratable"])))
    most = max(bar.total for bar in bars)
    inch = ACROSS / most
    shades = _shades(len(scale))
    frame = {"edgecolor": LINE, "linewidth": 0.6}
    keys = [
        (shorten(label, 40), {"facecolor": shade, **frame})
        for label, (shade, _) in zip(scale.values(), shades, strict=True)
    ]
    if any(bar.unrated for bar in bars):
        keys.append(("not ratable", UNRATED))
    left = max(font.width(bar.name, bold=bar.step == 0) + font.INDENT * bar.step for bar in bars)
    rated = [_beside(bar, inch) for bar in bars]
    paper = Canvas(
        width=ACROSS,
        rows=len(bars),
        left=left + 0.14,
        overhang=max(font.width(words) for words in rated) + 0.1,
        keys=keys,
        caption=canvas.caption({str(name): value for name, value in table.attrs.items()}),
    )
    for number, bar in enumerate(bars):
        middle = number + 0.5
        weight = "bold" if bar.step == 0 and len(drawn) > 1 else "normal"
        x = -paper.left + font.INDENT * bar.step
        paper.text(x, middle + 0.03, bar.name, ha="left", weight=weight)
        if not bar.counts:
            continue
        at = 0.0
        styles = [({"facecolor": shade, **frame}, ink) for shade, ink in shades]
        for count, (style, ink) in zip(
            (*bar.counts, bar.unrated), [*styles, (UNRATED, INK)], strict=True
        ):
            wide = count * inch
            if not count:
                continue
            paper.box(at, middle - 0.35, wide, 0.7, **style)
            words = f"{count:,}"
            if _fits(count, inch):
                # on the hatching a number is read only with ground of its own
                ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
                more: dict[str, Any] = {"bbox": ground} if style is UNRATED else {}
                paper.text(at + wide / 2, middle + 0.03, words, ha="center", color=ink, **more)
            at += wide
        paper.text(at + 0.08, middle + 0.03, rated[number], ha="left", color=GREY)
    return paper.figure


def _fits(count: int, inch: float) -> bool:
    return font.width(f"{count:,}") + 0.06 <= count * inch


def _beside(bar: _Bar, inch: float) -> str:
    """Return what stands behind a bar: its n, and all counts where one is too thin to hold it."""
    said = f"n = {sum(bar.counts):,}"
    if any(count and not _fits(count, inch) for count in (*bar.counts, bar.unrated)):
        said += f" ({' · '.join(f'{count:,}' for count in bar.counts)})"
        if bar.unrated:
            said += f", {bar.unrated:,} not ratable"
    return said


def _shades(count: int) -> list[tuple[str, str]]:
    """Return a shade a level, the darker the higher, each with the colour of its number."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    found = []
    for number in range(count):
        share = number / (count - 1) if count > 1 else 0.6
        red, green, blue, _ = colormaps["Blues"](0.12 + 0.78 * share)
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.52
        found.append((to_hex((red, green, blue)), "white" if dark else INK))
    return found
