"""Tables and figures as they stand below a cell of a notebook."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from p3c_qual.analysis.said import said_of
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["ShownFigure", "ShownTable", "show_figure", "show_table"]

#: inches of a figure that a notebook shows at its full width; a wider one is scaled down
_WIDE = 10.0


@dataclass(frozen=True, eq=False)
class ShownTable:
    """A table below a cell; shown as HTML, or as plain text where there is none.

    Attributes
    ----------
    frame : DataFrame
    rows : int or None
        How many rows are shown; all of them if None.
    """

    frame: pd.DataFrame
    rows: int | None = None

    def _repr_html_(self) -> str:
        from p3c_qual.report.table_html import render_rows

        return render_rows(self.frame, rows=self.rows)

    def __repr__(self) -> str:
        said = said_of(self.frame)
        shown = self.frame if self.rows is None else self.frame.head(self.rows)
        words = shown[list(said.shown)].to_string(index=False) if len(shown) else "no row"
        count = f"({len(shown)} of {len(self.frame):,} rows)"
        return "\n".join([said.title, words, count, *said.notices, *said.notes])


@dataclass(frozen=True, eq=False)
class ShownFigure:
    """A figure below a cell, with words for those who do not see it.

    Attributes
    ----------
    figure : matplotlib.figure.Figure or None
        None where there was nothing to draw.
    alt : str
        What is to be seen, followed by what stands in the figure's caption; or why there was
        nothing to draw.
    """

    figure: Figure | None
    alt: str

    def _repr_html_(self) -> str:
        from p3c_qual.analysis.canvas import figure_bytes

        if self.figure is None:
            return f"<p>{escape(self.alt)}</p>"
        png = base64.b64encode(figure_bytes(self.figure)[0]).decode("ascii")
        wide = min(float(self.figure.get_size_inches()[0]), _WIDE)
        style = f"width: {wide * 96:.0f}px; max-width: 100%; background: white"
        return f'<img src="data:image/png;base64,{png}" alt="{escape(self.alt)}" style="{style}" />'

    def __repr__(self) -> str:
        return self.alt


def show_table(frame: pd.DataFrame, *, title: str = "", rows: int | None = None) -> ShownTable:
    """Show a table below a cell as people read it.

    Its title stands above it; what was counted, out of how many and in which reading set, and
    its notes stand below. Columns that only programs read are left out.

    Parameters
    ----------
    frame : DataFrame
        Any table of a study.
    title : str
        By default the one the table has; a listing has none.
    rows : int, optional
        How many rows are shown, from the first on; all of them by default. How many there are is
        said below.

    Returns
    -------
    ShownTable

    Raises
    ------
    P3CError
        If `rows` is no number from 1 on.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"code": ["workforce", "finance"], "segments": [3, 1]})
    >>> table.attrs = {"caption": "Codes"}
    >>> show_table(table, rows=1)
    Codes
         code  segments
    workforce         3
    (1 of 2 rows)
    """
    if rows is not None and (not isinstance(rows, int) or rows < 1):
        raise P3CError(Problem(f"rows is a number from 1 on, not {rows!r}"))
    if title:
        said, frame = dict(frame.attrs), frame.copy()
        frame.attrs = {**said, "title": title, "caption": said.get("caption") or title}
    return ShownTable(frame, rows)


def show_figure(figure: Figure | Callable[[], Figure], about: str) -> ShownFigure:
    """Show a figure below a cell, with words for those who do not see it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure or callable
        Any figure of a study; or, where there may be nothing to draw, what draws it: then a
        sentence says so, and the notebook runs on.
    about : str
        What is to be seen: the kind of figure, what its rows, columns and colours are. What
        stands in the figure's caption is added.

    Returns
    -------
    ShownFigure

    Raises
    ------
    P3CError
        If nothing is said of it.

    Examples
    --------
    >>> import pandas as pd
    >>> from p3c_qual.analysis.figures import plot_frequencies
    >>> table = pd.DataFrame({"code": ["workforce"], "north": [3], "total": [3]})
    >>> table.attrs = {"unit": "coded segments"}
    >>> show_figure(plot_frequencies(table), "Heat map of one code.")
    Heat map of one code. Unit: coded segments.
    """
    if not about.strip():
        do = "Say in a sentence what is to be seen."
        raise P3CError(Problem("a figure needs words for those who do not see it", do=do))
    if callable(figure):
        try:
            figure = figure()
        except P3CError as error:
            if any(problem.code != "empty" for problem in error.problems):
                raise
            return ShownFigure(None, f"{str(error)[:1].upper()}{str(error)[1:]}")
    # the caption is set at the left edge below the drawing, line by line from the top
    lines = sorted(
        (-each.get_position()[1], each.get_text().strip())
        for each in figure.texts
        if each.get_verticalalignment() == "bottom"
    )
    return ShownFigure(figure, " ".join([about.strip(), *(line for _, line in lines if line)]))
