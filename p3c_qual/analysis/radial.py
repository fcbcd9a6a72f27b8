"""The framework as a wheel: person and environment in the middle, a sector a segment, a ring a level."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import canvas, font
from p3c_qual.analysis.canvas import GREY, INK, NOT_ASKED, ROW, Canvas, shorten
from p3c_qual.analysis.framework import AROUND, LEVELS
from p3c_qual.analysis.radial_words import fit_names, initials, room_beside, wrap_bold
from p3c_qual.analysis.shades import shade
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["plot_selfie"]

#: what stands in the middle, upper half first, and what at the rim
_MIDDLE, _RIM = AROUND[:2], AROUND[2]
_WORDS = {"core": "person", "environment": "environment"}
#: inches across for a page upright with its margins
_PAGE = 6.1
#: degrees left white between two sectors
_APART = 1.6
_CELL: dict[str, Any] = {"edgecolor": "#8a9099", "linewidth": 0.5}


@dataclass(frozen=True)
class _Look:
    """Inches and points of a wheel: one by itself, or one among others."""

    middle: float
    ring: float
    number: float
    small: float
    single: bool

    @property
    def edge(self) -> float:
        return self.middle + 0.03 + len(LEVELS) * self.ring


_ALONE = _Look(middle=0.56, ring=0.4, number=9.5, small=6.5, single=True)


@dataclass(frozen=True)
class _Wheel:
    title: str
    people: int
    cells: dict[tuple[str, str], int | None] = field(default_factory=dict)

    def merged(self, segment: str) -> bool:
        """Say whether something is known of a segment, and nothing of its levels."""
        levels = [self.cells.get((segment, level)) for level in LEVELS]
        return levels == [None] * 3 and self.cells.get((segment, "whole")) is not None

    def share(self, value: int) -> float:
        return value / self.people if self.people else 0.0


def plot_selfie(table: pd.DataFrame) -> Figure:
    """Draw a table of a framework as a wheel, or as one wheel a group side by side.

    The shade of a cell is the share of the interviewees, on one scale for all wheels, and its
    number how many they are. White with a 0 is zero; hatched is "not asked".

    Parameters
    ----------
    table : DataFrame
        As `table_selfie` gives it. The attributes ``denominators``, ``groups``, ``unit``,
        ``reading_set`` and ``caption`` are used.

    Returns
    -------
    matplotlib.figure.Figure
        At most as wide as a page.

    Raises
    ------
    P3CError
        If the table holds no group or no segment with levels.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"group": "harbour", "segment": "workforce", "label": "Workforce", "micro": 2}
    >>> table = pd.DataFrame([{**row, "meso": 0, "macro": None, "whole": 2}])
    >>> table.attrs = {"denominators": {"harbour": 4}}
    >>> len(plot_selfie(table).axes)
    1
    """
    records = table.to_dict("records")
    labels = {
        str(row["segment"]): str(row["label"])
        for row in records
        if str(row["segment"]) not in AROUND
    }
    sizes: dict[str, int] = table.attrs.get("denominators") or {}
    names: dict[str, str] = table.attrs.get("groups") or {}
    wheels: dict[str, _Wheel] = {}
    for row in records:
        group = str(row["group"])
        wheel = wheels.setdefault(group, _Wheel(names.get(group, group), sizes.get(group, 0)))
        for level in (*LEVELS, "whole"):
            wheel.cells[str(row["segment"]), level] = _value(row.get(level))
    if not wheels or not labels:
        what = f"there is nothing to draw: no {'segment' if wheels else 'group'} is in the table"
        raise P3CError(Problem(what, do="Code something first, or name another group."))
    attrs = {str(name): value for name, value in table.attrs.items()}
    some = list(wheels.values())
    return _alone(some[0], labels, attrs) if len(some) == 1 else _among(some, labels, attrs)


def _alone(wheel: _Wheel, labels: dict[str, str], attrs: dict[str, Any]) -> Figure:
    look = _ALONE
    rim = wheel.cells.get((_RIM, "whole")) is not None
    edge = look.edge + (0.22 if rim else 0.0) + 0.1
    angles = {key: _mid(n, len(labels)) for n, key in enumerate(labels)}
    size, words = fit_names(
        labels, {key: room_beside(angle, edge, _PAGE) for key, angle in angles.items()}
    )
    step = 0.155
    # the first name stands above the wheel; below it there is one, or two beside each other
    beyond = [len(words[key]) + 1 for key, angle in angles.items() if abs(math.sin(angle)) > 0.7]
    high = 2 * (edge + step * max(beyond, default=1))
    paper = _paper(_PAGE, high, _keys([wheel]), _caption(attrs, [wheel]))
    middle = (_PAGE / 2, high / 2)
    _draw(paper, wheel, list(labels), middle, look)
    if rim:
        _rim(paper, wheel, middle, look)
    for key, angle in angles.items():
        whole = wheel.cells.get((key, "whole"))
        lines = [*words[key], "not asked" if whole is None else f"{whole} in all"]
        across, up = math.cos(angle), math.sin(angle)
        align = "center" if abs(across) < 0.1 else "left" if across > 0 else "right"
        x, y = middle[0] + edge * across, middle[1] - edge * up
        # away from the middle of the wheel, so that no line runs into the next sector
        grown = 0.5 if align == "center" else 0.0
        y -= step * (len(lines) - 1 + grown if up >= 0 else -grown)
        for i, line in enumerate(lines):
            last = i == len(lines) - 1
            style = {"color": GREY} if last else {"weight": "bold", "fontsize": size}
            paper.text(x, y + step * i, line, ha=align, **style)
    return paper.figure


def _among(wheels: list[_Wheel], labels: dict[str, str], attrs: dict[str, Any]) -> Figure:
    """Draw wheels side by side, before them one that says what is where."""
    panels = len(wheels) + 1
    across = 3 if panels <= 6 else 4 if panels <= 12 else 5
    width = _PAGE / across
    edge = min(width / 2 - 0.07, 0.78)
    ring = (edge - 0.03) * 0.22
    look = _Look(
        middle=edge - 0.03 - 3 * ring,
        ring=ring,
        number=max(5.2, 43 * ring),
        small=5.2,
        single=False,
    )
    titles = [wrap_bold(wheel.title, width - 0.12, 7.0, most=2) for wheel in wheels]
    head = 0.13 * (max(map(len, titles)) + 1) + 0.12
    tall = head + 2 * edge + 0.16
    short = initials(labels)
    notes = font.wrap(_reading(short, labels), _PAGE * 8 / 7)
    down = math.ceil(panels / across)
    paper = _paper(_PAGE, down * tall + 0.16 * len(notes), _keys(wheels), _caption(attrs, wheels))
    for n in range(panels):
        x, top = (n % across + 0.5) * width, n // across * tall
        middle = (x, top + head + edge)
        if not n:
            paper.text(x, top + head - 0.12, "What is where", ha="center", fontsize=7, color=GREY)
            _draw(paper, None, list(labels), middle, look, list(short.values()))
            continue
        wheel = wheels[n - 1]
        for i, line in enumerate([f"n = {wheel.people}", *reversed(titles[n - 1])]):
            style = {"weight": "bold"} if i else {"color": GREY}
            paper.text(x, top + head - 0.12 - 0.13 * i, line, ha="center", fontsize=7, **style)
        _draw(paper, wheel, list(labels), middle, look)
    for i, line in enumerate(notes):
        paper.text(0, down * tall + 0.16 * i + 0.04, line, ha="left", fontsize=7, color=GREY)
    return paper.figure


def _paper(width: float, high: float, keys: Any, said: str) -> Canvas:
    rows = math.ceil(high / ROW)
    paper = Canvas(width=width, rows=rows, left=0.0, keys=keys, caption=said)
    # a wheel is round where an inch across is an inch down
    paper.axes.set(ylim=(rows * ROW, 0))
    return paper


def _keys(wheels: list[_Wheel]) -> list[tuple[str, dict[str, Any]]]:
    """Return what the shades mean."""
    shown = [(0.0, "0"), (0.25, "25 %"), (0.5, "50 %"), (0.75, "75 %")]
    shown.append((1.0, "100 % of the interviewees"))
    keys = [(words, {"facecolor": shade(share)[0], **_CELL}) for share, words in shown]
    drawn = [
        value
        for wheel in wheels
        for (segment, level), value in wheel.cells.items()
        if level != "whole" and segment not in AROUND and not wheel.merged(segment)
    ]
    return [*keys, *([("not asked", NOT_ASKED)] if None in drawn else [])]


def _draw(
    paper: Canvas,
    wheel: _Wheel | None,
    segments: list[str],
    middle: tuple[float, float],
    look: _Look,
    names: Sequence[str] = (),
) -> None:
    """Draw a wheel, or one with nothing but the names of its sectors."""
    step = 360 / len(segments)
    for n, segment in enumerate(segments):
        mid = math.degrees(_mid(n, len(segments)))
        if wheel and wheel.merged(segment):
            angles = (mid - step / 2 + _APART / 2, mid + step / 2 - _APART / 2)
            whole, rings = wheel.cells[segment, "whole"], (look.middle + 0.03, look.edge)
            style = {"ha": "center", "color": _cell(paper, wheel, whole, middle, rings, angles)}
            away = (rings[0] + rings[1]) / 2
            x = middle[0] + away * math.cos(math.radians(mid))
            y = middle[1] - away * math.sin(math.radians(mid))
            paper.text(x, y, str(whole), fontsize=look.number, **style)
            continue
        for ring, level in enumerate(LEVELS):
            inner = look.middle + 0.03 + ring * look.ring
            angles = (mid - step / 2 + _APART / 2, mid + step / 2 - _APART / 2)
            value = wheel.cells.get((segment, level)) if wheel else 0
            ink = _cell(paper, wheel, value, middle, (inner, inner + look.ring), angles)
            away = inner + look.ring / 2
            x = middle[0] + away * math.cos(math.radians(mid))
            y = middle[1] - away * math.sin(math.radians(mid))
            style = {"ha": "center", "color": ink}
            if wheel is None:
                words = names[n] if level == "meso" else ""
                paper.text(x, y, words, fontsize=look.number, weight="bold", **style)
                continue
            named = look.single and n == 0
            up = 0.075 if named else 0.0
            if value is not None:
                paper.text(x, y - up, str(value), fontsize=look.number, **style)
            if named:
                down = 0.09 if value is not None else 0.0
                paper.text(x, y + down, level, fontsize=look.small, **style)
    for half, key in enumerate(_MIDDLE):
        if wheel is None or (key, "whole") in wheel.cells:
            _half(paper, wheel, key, middle, look, upper=not half)


def _half(
    paper: Canvas,
    wheel: _Wheel | None,
    key: str,
    middle: tuple[float, float],
    look: _Look,
    *,
    upper: bool,
) -> None:
    """Draw a half of the disc in the middle."""
    value = wheel.cells[key, "whole"] if wheel else 0
    angles = (0.0, 180.0) if upper else (180.0, 360.0)
    # nothing coded is white without a number, and no zero
    ink = _cell(paper, wheel, value or 0, middle, (0.0, look.middle), angles)
    way = -1 if upper else 1
    style = {"ha": "center", "color": ink}
    if wheel:
        away = look.middle * (0.28 if look.single else 0.44)
        words = "–" if value is None else str(value)
        paper.text(middle[0], middle[1] + way * away, words, fontsize=look.number, **style)
    if look.single:
        away = look.middle * 0.62
        words = _WORDS[key]
        paper.text(middle[0], middle[1] + way * away, words, fontsize=look.small, **style)


def _rim(paper: Canvas, wheel: _Wheel, middle: tuple[float, float], look: _Look) -> None:
    """Draw what goes round all of it."""
    inner, outer = look.edge + 0.05, look.edge + 0.22
    value = wheel.cells[_RIM, "whole"]
    ink = _cell(paper, wheel, value, middle, (inner, outer), (0.0, 360.0))
    x = middle[0] + (inner + outer) / 2
    style = {"ha": "center", "color": ink, "fontsize": look.small, "rotation": 270}
    paper.text(x, middle[1], f"monitoring {value}", **style)


def _cell(
    paper: Canvas,
    wheel: _Wheel | None,
    value: int | None,
    middle: tuple[float, float],
    rings: tuple[float, float],
    angles: tuple[float, float],
) -> str:
    """Draw a piece of a ring and return the colour of what stands on it."""
    from matplotlib.patches import Wedge

    colour, ink = shade(wheel.share(value) if wheel and value else 0.0)
    style: dict[str, Any] = {**_CELL, "facecolor": colour}
    if value is None:
        style = {**NOT_ASKED, "linewidth": 0.5}
    # the axis runs downwards, so angles do too
    first, last = -angles[1], -angles[0]
    patch = Wedge(middle, rings[1], first, last, width=rings[1] - rings[0], **style)
    paper.axes.add_patch(patch)
    return ink if value is not None else INK


def _mid(n: int, of: int) -> float:
    """Return the angle of a sector, the first at the top and then clockwise."""
    return math.radians(90 - 360 / of * n)


def _reading(short: dict[str, str], labels: dict[str, str]) -> str:
    said = "; ".join(f"{short[key]} {shorten(label, 46)}" for key, label in labels.items())
    return f"From the middle outwards: person (above) and environment (below), micro, meso, macro. {said}."


def _caption(attrs: dict[str, Any], wheels: list[_Wheel]) -> str:
    said = canvas.caption(attrs)
    one = f"n = {wheels[0].people} interviewees"
    return (
        canvas.caption(attrs, one if len(wheels) == 1 else "n: interviewees in it") if said else ""
    )


def _value(value: Any) -> int | None:
    import pandas as pd

    return None if value is None or pd.isna(value) else int(value)
