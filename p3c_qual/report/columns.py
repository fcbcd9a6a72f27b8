"""How wide the columns of a table are on a page, and whether the page has to be turned."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ACROSS", "UPRIGHT", "Fit", "fit_columns"]

#: millimetres between the margins of an upright page, and of one turned on its side
UPRIGHT, ACROSS = 156.0, 249.0
#: points, and the larger first: smaller type is tried before the page is turned
_SIZES = (8.5, 7.5)
#: a letter is somewhat more than half as wide as high, bold ones and digits included
_LETTER = 0.54 * 0.3528
_PADDING = 2.6
#: characters that are kept together, that a text gets at least, and of the longest line
_WORD, _TEXT, _LINE = 22, 16, 90
#: how much wider a heading is, since it is bold
_BOLD = 1.15
#: characters of a cell past which it gets no wider
_VOLUME = 400


@dataclass(frozen=True)
class Fit:
    """How a table is set.

    Attributes
    ----------
    widths : tuple of float
        Of the columns, in millimetres, padding included.
    size : float
        Of the type, in points.
    turned : bool
        Whether the page is turned on its side.
    """

    widths: tuple[float, ...]
    size: float
    turned: bool

    @property
    def room(self) -> tuple[int, ...]:
        """How many letters stand on a line of each column."""
        unit = self.size * _LETTER
        return tuple(max(int((width - _PADDING) / unit + 0.01), 3) for width in self.widths)


def fit_columns(
    rows: Sequence[Sequence[str]],
    kinds: Sequence[str],
    *,
    inside: bool = False,
    dense: bool = False,
) -> Fit:
    """Fit a table to a page: type as large, and page as upright, as its words allow.

    Parameters
    ----------
    rows : sequence of sequence of str
        What is printed, the headings first.
    kinds : sequence of str
        Of each column: ``text``, ``short`` or ``number``.
    inside : bool
        Whether it stands in a box, where no page can be turned.
    dense : bool
        Whether it is set in the smaller type at once, as in an appendix.

    Returns
    -------
    Fit

    Examples
    --------
    >>> fit_columns([("Code", "n"), ("Workforce", "12")], ("text", "number")).turned
    False
    >>> fit_columns([["responsibility"] * 12], ["text"] * 12).turned
    True
    """
    page = UPRIGHT - 10 if inside else UPRIGHT
    sizes = _SIZES[-1:] if dense else _SIZES
    ways = [(page, size, False) for size in sizes]
    if not inside:
        ways += [(ACROSS, size, True) for size in sizes]
    least, wanted = _least_and_wanted(rows, kinds)
    for wide, size, turned in ways:  # noqa: B007
        needed = sum(least) * size * _LETTER + _PADDING * len(kinds)
        if needed <= wide:
            break
    unit = size * _LETTER
    room = wide - _PADDING * len(kinds)
    if needed > wide:
        # nothing fits: every column gives the same share, and long words are broken
        scale = room / (sum(least) * unit)
        return Fit(tuple(each * unit * scale + _PADDING for each in least), size, turned)
    given = _shared(room / unit - sum(least), least, *wanted)
    widths = tuple((a + b) * unit + _PADDING for a, b in zip(least, given, strict=True))
    return Fit(widths, size, turned)


def _shared(
    spare: float, least: Sequence[int], lines: Sequence[int], volumes: Sequence[int]
) -> list[float]:
    """Share out what is left over: by how much there is to say, and to none more than a line."""
    wishes = [float(line - low) for line, low in zip(lines, least, strict=True)]
    if sum(wishes) <= spare:
        most = max(range(len(wishes)), key=lambda at: volumes[at])
        wishes[most] += spare - sum(wishes)
        return wishes
    given = [0.0] * len(wishes)
    open_ = {at for at, wish in enumerate(wishes) if wish > 0}
    while open_:
        total = sum(volumes[at] for at in open_)
        full = {at for at in open_ if spare * volumes[at] / total >= wishes[at]}
        for at in full or open_:
            given[at] = wishes[at] if full else spare * volumes[at] / total
        spare -= sum(given[at] for at in full)
        open_ = open_ - full if full else set()
    return given


def _least_and_wanted(
    rows: Sequence[Sequence[str]], kinds: Sequence[str]
) -> tuple[list[int], tuple[list[int], list[int]]]:
    """Return the letters each column needs; its longest line and how much it says at most."""
    least, lines, volumes = [], [], []
    for at, kind in enumerate(kinds):
        heading, *cells = [row[at] for row in rows]
        title = ceil(_BOLD * max((len(word) for word in heading.split()), default=1))
        word = max((len(word) for cell in cells for word in cell.split()), default=1)
        line = max((len(line) for cell in cells for line in cell.split("\n")), default=1)
        if kind == "text":
            low = max(min(max(word, title), _WORD), min(line, _TEXT), 4)
        else:
            low = max(min(line, _WORD + 10), min(title, _WORD), 4)
        least.append(low)
        lines.append(max(low, min(max(line, len(heading)), _LINE) if kind == "text" else low))
        volumes.append(max(1, *(min(len(cell), _VOLUME) for cell in cells)) if cells else 1)
    return least, (lines, volumes)
