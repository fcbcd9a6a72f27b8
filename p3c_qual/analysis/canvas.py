"""The paper the figures are drawn on: sizes in inches, labels, legend, files."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Canvas", "caption", "figure_bytes", "save_figure", "shorten", "svg_bytes"]

INK, GREY, LINE, HATCH = "#1f2328", "#5f6670", "#c9ced6", "#9aa1ab"
#: inches: height of a row, of a line of words, white space around
ROW, LINE_HEIGHT, PAD = 0.24, 0.16, 0.18
#: inches: side of a key, height of a line of keys
KEY, KEY_HEIGHT = 0.15, 0.22
#: the narrowest picture in which a caption is still comfortable to read
NARROWEST = 5.6
DPI = 160
#: style of a cell nobody asked about: no fill, so that it is not taken for a value
NOT_ASKED: dict[str, Any] = {
    "facecolor": "white",
    "edgecolor": HATCH,
    "hatch": "/////",
    "linewidth": 0,
}


@dataclass
class Canvas:
    """A picture laid out in inches, so that no size depends on the machine it is drawn on.

    Attributes
    ----------
    width : float
        Inches of the drawing itself.
    rows : int
        Each `ROW` inches high.
    left, head, foot, overhang : float
        Inches for row labels, for headings above, for an axis below, and for what reaches
        beyond on the right.
    keys : list of (str, dict)
        What each colour means, set below the drawing.
    caption : str
        Set below in as many lines as it needs.
    """

    width: float
    rows: int
    left: float
    head: float = 0.0
    foot: float = 0.0
    overhang: float = 0.0
    keys: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    caption: str = ""
    figure: Figure = field(init=False)
    axes: Axes = field(init=False)

    def __post_init__(self) -> None:
        wide = max(PAD + self.left + self.width + self.overhang + PAD, NARROWEST)
        said = shorten(self.caption, 2_000)
        lines = font.wrap(said, wide - 2 * PAD) if said else []
        keys = self._key_lines(wide - 2 * PAD)
        captions = 0.12 + LINE_HEIGHT * len(lines)
        below = captions + (0.1 + KEY_HEIGHT * len(keys) if keys else 0.04) + self.foot
        high = PAD + self.head + self.rows * ROW + 0.12 + below
        self.figure = _picture()(figsize=(wide, high), facecolor="white")
        box = (PAD + self.left, 0.12 + below, self.width, self.rows * ROW)
        self.axes = self.figure.add_axes(
            (box[0] / wide, box[1] / high, box[2] / wide, box[3] / high)
        )
        self.axes.set_axis_off()
        # one unit is one inch across, one row down
        self.axes.set(xlim=(0, self.width), ylim=(self.rows, 0))
        for i, line in enumerate(reversed(lines)):
            self._note(PAD, 0.12 + LINE_HEIGHT * i, line, va="bottom")
        for i, entries in enumerate(reversed(keys)):
            self._key(captions + 0.1 + KEY_HEIGHT * i, entries)

    def _key_lines(self, wide: float) -> list[list[tuple[float, str, dict[str, Any]]]]:
        lines: list[list[tuple[float, str, dict[str, Any]]]] = []
        x = wide
        for label, style in self.keys:
            taken = KEY + 0.06 + font.width(label)
            if x + taken > wide:
                lines.append([])
                x = 0.0
            lines[-1].append((PAD + x, label, style))
            x += taken + 0.22
        return lines

    def _key(self, y: float, entries: list[tuple[float, str, dict[str, Any]]]) -> None:
        from matplotlib.patches import Rectangle

        wide, high = self.figure.get_size_inches()
        for x, label, style in entries:
            patch = Rectangle(
                (x / wide, y / high),
                KEY / wide,
                KEY / high,
                transform=self.figure.transFigure,
                **style,
            )
            self.figure.add_artist(patch)
            self._note(x + KEY + 0.06, y + KEY / 2, label)

    def _note(self, x: float, y: float, words: str, **style: Any) -> None:
        wide, high = self.figure.get_size_inches()
        merged = {"family": font.FAMILY, "fontsize": 8, "color": GREY, "va": "center", **style}
        self.figure.text(x / wide, y / high, words, parse_math=False, **merged)

    def box(self, x: float, y: float, width: float, height: float, **style: Any) -> None:
        """Draw a rectangle; inches across, rows down."""
        from matplotlib.patches import Rectangle

        self.axes.add_patch(Rectangle((x, y), width, height, **style))

    def text(self, x: float, y: float, words: str, **style: Any) -> None:
        """Write words as they are; `$` and `_` mean nothing here."""
        merged = {"family": font.FAMILY, "fontsize": 8, "color": INK, "va": "center", **style}
        self.axes.text(x, y, words, parse_math=False, clip_on=False, **merged)

    def labels(self, names: list[str], steps: list[int]) -> None:
        """Write the row labels, those at the top bold where others stand below them."""
        for y, (name, step) in enumerate(zip(names, steps, strict=True)):
            weight = "bold" if step == 0 and max(steps) > 0 else "normal"
            x = -self.left + font.INDENT * step
            self.text(x, y + 0.53, name, ha="left", weight=weight)


@lru_cache(maxsize=1)
def _picture() -> type[Figure]:
    from matplotlib.figure import Figure as Plain

    class Picture(Plain):
        """A figure that a notebook shows without pyplot, whose state all figures share."""

        def _repr_png_(self) -> bytes:
            return figure_bytes(self)[0]

    return Picture


def save_figure(figure: Figure, path: Path | str) -> tuple[Path, Path]:
    """Save a figure as PNG and SVG, the same bytes for the same figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What to save.
    path : Path or str
        Of both files; an ending `.png` or `.svg` of it is left off. The folder is made where it is
        missing.

    Returns
    -------
    tuple of Path
        The PNG and the SVG.

    Examples
    --------
    >>> import tempfile
    >>> from matplotlib.figure import Figure
    >>> png, svg = save_figure(Figure(), tempfile.mkdtemp() + "/codes")
    >>> png.name, svg.name
    ('codes.png', 'codes.svg')
    """
    base = Path(path)
    if base.suffix.lower() in {".png", ".svg"}:
        base = base.with_suffix("")
    base.parent.mkdir(parents=True, exist_ok=True)
    files = (base.with_name(base.name + ".png"), base.with_name(base.name + ".svg"))
    for file, data in zip(files, figure_bytes(figure), strict=True):
        file.write_bytes(data)
    return files


def figure_bytes(figure: Figure) -> tuple[bytes, bytes]:
    """Return a figure as PNG and SVG without a date, the same bytes for the same figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What to render.

    Returns
    -------
    tuple of bytes
        The PNG at 160 dots an inch, and the SVG with its letters as outlines.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> png, svg = figure_bytes(Figure())
    >>> png[1:4], b"<svg" in svg
    (b'PNG', True)
    """
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=DPI, metadata={"Software": None})
    return png.getvalue(), svg_bytes(figure)


def svg_bytes(figure: Figure, *, words: bool = False) -> bytes:
    """Return a figure as SVG alone, as `figure_bytes` does.

    With `words` they stay words, which can be searched and are drawn sooner; where the font is
    missing, one as wide stands for it.
    """
    import matplotlib as mpl

    svg = io.BytesIO()
    # ids inside an SVG are random and its head carries the time unless both are set
    kind = "none" if words else "path"
    with mpl.rc_context({"svg.hashsalt": "p3c_qual", "svg.fonttype": kind}):
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    family = f"font-family: '{font.FAMILY}'"
    return svg.getvalue().replace(
        family.encode(), f"{family}, Verdana, Geneva, sans-serif".encode()
    )


def shorten(text: str, most: int) -> str:
    r"""Shorten a label and drop controls and direction marks; a box stands for a missing letter.

    Examples
    --------
    >>> shorten("Shared decision\u202e making", 12)
    'Shared deci…'
    >>> shorten("好", 12)
    '□'
    """
    shown = (
        " " if unicodedata.category(c).startswith("Z") else c if c in font.letters() else "□"
        for c in text
        if unicodedata.category(c) not in {"Cc", "Cf"}
    )
    text = "".join(shown)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def caption(attrs: dict[str, Any], *more: str) -> str:
    """Compose a caption that names unit and reading set, each said once.

    Examples
    --------
    >>> caption({"caption": "Codings by site", "unit": "coded segments"})
    'Codings by site. Unit: coded segments.'
    """
    parts = [str(attrs.get("caption") or "").strip().rstrip(".")]
    for label, name in (("Unit", "unit"), ("Reading set", "reading_set")):
        value = str(attrs.get(name) or "").strip().rstrip(".").removeprefix(f"{label}: ")
        if value and value not in parts[0]:
            parts.append(f"{label}: {value}")
    said = [part for part in (*parts, *more) if part]
    return ". ".join(said) + "." if said else ""
