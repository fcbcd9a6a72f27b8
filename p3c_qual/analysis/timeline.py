"""A timeline: lanes from top to bottom, years from left to right, a mark or a bar an event."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import canvas, font
from p3c_qual.analysis.canvas import GREY, INK, LINE, Canvas, shorten
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["plot_timeline"]

#: inches: the names of the lanes, the time itself, from a mark to its words and to the next ones
_LANES, _ACROSS, _NEXT, _APART = 0.92, 5.05, 0.1, 0.14
#: the longest words beside a mark, and the shortest they are cut down to
_LONGEST, _SHORTEST = 70, 12
_MARK = "#1f5a86"
_BAR: dict[str, Any] = {"facecolor": "#a9c4d8", "edgecolor": _MARK, "linewidth": 0.6}
#: only the year is known, or only the month
_ROUGH: dict[str, Any] = {"facecolor": "white", "edgecolor": _MARK, "linewidth": 0.9}
_QUARTERS = ("Jan", "Apr", "Jul", "Oct")


@dataclass(frozen=True)
class _Item:
    """An event as it is drawn; times are years with fractions."""

    lane: str
    words: str
    first: float
    last: float
    #: whether it lasted from one date to the other, or was some time between the two
    lasted: bool
    dates: tuple[float, ...] = ()


@dataclass(frozen=True)
class _Placed:
    item: _Item
    row: int
    left: float
    right: float
    at: float
    align: str
    words: str


def plot_timeline(table: pd.DataFrame) -> Figure:
    """Draw dated events and periods in lanes.

    A dot is a day or a month, a full bar a period, an empty bar a year of which no more is known.
    Words are shortened where there is no room for them; the table has them in full.

    Parameters
    ----------
    table : DataFrame
        As `table_timeline` gives it: ``lane``, ``date_from``, ``date_to``, ``what`` and ``dates``;
        with ``programme`` where several are in it. The attributes ``unit``, ``caption`` and
        ``undated`` are used.

    Returns
    -------
    matplotlib.figure.Figure
        As high as the events need, so that no words overlap.

    Raises
    ------
    P3CError
        If there is no event with a date.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"lane": "Programme", "date_from": "2019-10", "date_to": "", "what": "Start"}
    >>> len(plot_timeline(pd.DataFrame([row])).axes)
    1
    """
    rows = table.to_dict("records")
    if not rows:
        what = "there is nothing to draw: nothing in the study has a date"
        raise P3CError(Problem(what, do="Give facts, sources or the feedback log their dates."))
    several = len({row.get("programme", "") for row in rows}) > 1
    items = [_item({str(n): v for n, v in row.items()}, several=several) for row in rows]
    begin, end, ticks = _axis(items)
    scale = _ACROSS / (end - begin)
    placed: list[_Placed] = []
    lanes: list[tuple[str, int, int]] = []
    row = 0
    for lane, some in groupby(items, key=lambda each: each.lane):
        here = list(_place(list(some), begin, scale))
        high = max(each.row for each in here) + 1
        lanes.append((lane, row, high))
        placed += [replace(each, row=each.row + row) for each in here]
        row += high
    undated = int(table.attrs.get("undated") or 0)
    attrs = {str(name): value for name, value in table.attrs.items()}
    more = [f"Without a date, and left out: {undated}"] if undated else []
    paper = Canvas(
        width=_ACROSS,
        rows=row,
        left=_LANES,
        foot=0.2,
        # half of the last date below the axis
        overhang=0.22,
        keys=_keys(items),
        caption=canvas.caption(attrs, *more) if canvas.caption(attrs) else "",
    )
    _frame(paper, lanes, [((at - begin) * scale, words) for at, words in ticks])
    for each in placed:
        _draw(paper, each, begin, scale)
    return paper.figure


def _item(row: dict[str, Any], *, several: bool) -> _Item:
    first, last = str(row["date_from"]), str(row.get("date_to") or "")
    home = str(row.get("programme") or "")
    words = str(row["what"])
    dates = [each for each in str(row.get("dates") or "").split("; ") if each]
    return _Item(
        lane=str(row["lane"]),
        words=f"{home}: {words}" if several and home else words,
        first=_year(first),
        last=_year(last or first, end=True),
        lasted=bool(last),
        dates=tuple(_year(each) for each in dates) if last else (),
    )


def _year(date: str, *, end: bool = False) -> float:
    """Return a date as a year with a fraction: its first day, or the end of its last one."""
    parts = [int(part) for part in date.split("-")]
    year, month, day = (*parts, *(0,) * (3 - len(parts)))
    if not month:
        return year + float(end)
    if not day:
        return year + (month - 1 + float(end)) / 12
    return year + (month - 1) / 12 + (day - 1 + float(end)) / 372


def _axis(items: list[_Item]) -> tuple[float, float, list[tuple[float, str]]]:
    """Return where time begins and ends, and what is written below it."""
    first = min(each.first for each in items)
    last = max(each.last for each in items)
    if last - first <= 1.5:
        # whole quarters: less than two years has room for months
        begin, end = math.floor(first * 4 + 0.01) / 4, math.ceil(last * 4 - 0.01) / 4
        end = max(end, begin + 0.5)
        quarters = range(round(begin * 4), round(end * 4) + 1)
        return begin, end, [(q / 4, f"{_QUARTERS[q % 4]} {q // 4}") for q in quarters]
    begin, end = math.floor(first + 0.001), math.ceil(last - 0.001)
    step = next((s for s in (1, 2, 5, 10, 20, 50) if (end - begin) / s <= 10), 100)
    years = range(-(-begin // step) * step, end + 1, step)
    return begin, end, [(float(year), str(year)) for year in years]


def _place(items: list[_Item], begin: float, scale: float) -> Iterator[_Placed]:
    """Give the events of a lane their rows: the first in which mark and words have room."""
    taken: list[list[tuple[float, float]]] = []
    for item in sorted(items, key=lambda each: (each.first, each.last, each.words)):
        left, right = (item.first - begin) * scale, (item.last - begin) * scale
        if not _wide(item):
            left = right = (left + right) / 2
        words, at, align = _beside(item, left, right)
        ends = {"left": (at, at + font.width(words)), "right": (at - font.width(words), at)}[align]
        span = (min(left, ends[0]) - 0.06, max(right, ends[1]) + 0.06)
        row = next((n for n, some in enumerate(taken) if _free(some, span)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(span)
        yield _Placed(item, row, left, right, at, align, words)


def _beside(item: _Item, left: float, right: float) -> tuple[str, float, str]:
    """Return the words of an event, where they stand, and which way they run from there.

    To the right of a mark where they fit, else to the left, else in the bar, else where there is
    the most room.
    """
    words = shorten(item.words, _LONGEST)
    rooms = {
        "right": (_ACROSS - right - _NEXT - 0.05, right + _NEXT, "left"),
        "left": (left - _NEXT, left - _NEXT, "right"),
        "in": (
            right - left - 2 * _NEXT if item.lasted and not item.dates else 0.0,
            left + _NEXT,
            "left",
        ),
    }
    wide = font.width(words)
    room, at, align = next(
        (each for each in rooms.values() if each[0] >= wide), max(rooms.values())
    )
    return _fitted(words, room), at, align


def _free(taken: list[tuple[float, float]], span: tuple[float, float]) -> bool:
    return all(span[1] + _APART <= left or right + _APART <= span[0] for left, right in taken)


def _fitted(words: str, room: float) -> str:
    while font.width(words) > room and len(words) > _SHORTEST:
        words = words.rstrip("…")[:-1].rstrip() + "…"
    return words


def _wide(item: _Item) -> bool:
    """Say whether it is a bar: a period, or a year."""
    return item.lasted or item.last - item.first > 0.5


def _keys(items: list[_Item]) -> list[tuple[str, dict[str, Any]]]:
    keys = []
    if any(not _wide(each) for each in items):
        keys.append(("a day or a month", {"facecolor": _MARK, "edgecolor": _MARK}))
    if any(each.lasted for each in items):
        keys.append(("from one date to another; a line in it: one of several dates", _BAR))
    if any(_wide(each) and not each.lasted for each in items):
        keys.append(("some time in that year", _ROUGH))
    return keys


def _frame(
    paper: Canvas, lanes: list[tuple[str, int, int]], ticks: list[tuple[float, str]]
) -> None:
    for x, words in ticks:
        paper.axes.plot([x, x], [0, paper.rows], color=LINE, linewidth=0.5, zorder=0, clip_on=False)
        paper.text(x, paper.rows + 0.7, words, ha="center", color=GREY)
    for n, (lane, row, _) in enumerate(lanes):
        paper.text(-paper.left, row + 0.53, lane, ha="left", weight="bold")
        if n:
            ends = [-paper.left, _ACROSS]
            paper.axes.plot(ends, [row, row], color=GREY, linewidth=0.5, clip_on=False)


def _draw(paper: Canvas, placed: _Placed, begin: float, scale: float) -> None:
    y, item = placed.row, placed.item
    if not _wide(item):
        style: dict[str, Any] = {"marker": "o", "markersize": 4.5, "color": _MARK}
        paper.axes.plot([placed.left], [y + 0.5], clip_on=False, zorder=3, **style)
    else:
        look = _BAR if item.lasted else _ROUGH
        high = 0.44 if item.lasted else 0.26
        wide = placed.right - placed.left
        paper.box(placed.left, y + (1 - high) / 2, wide, high, zorder=2, **look)
        for date in item.dates:
            x = (date - begin) * scale
            paper.axes.plot([x, x], [y + 0.28, y + 0.72], color=INK, linewidth=1, zorder=3)
    # white behind the words, so that no year's line runs through them
    inside = _wide(item) and placed.left < placed.at < placed.right
    behind = None if inside else {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    order = 3 if inside else 1
    paper.text(placed.at, y + 0.53, placed.words, ha=placed.align, bbox=behind, zorder=order)
