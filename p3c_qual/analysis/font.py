"""How wide words are, measured from the font itself and not on a screen."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["FAMILY", "INDENT", "letters", "width", "wrap"]

#: comes with matplotlib, so that a figure is the same on every machine
FAMILY = "DejaVu Sans"
#: inches one step down the code tree is moved in
INDENT = 0.14


@lru_cache(maxsize=4096)
def width(words: str, *, size: float = 8.0, bold: bool = False) -> float:
    """Return the width of one line of words in inches.

    Parameters
    ----------
    words : str
        One line.
    size : float
        In points.
    bold : bool
        Whether it is set bold.

    Returns
    -------
    float

    Examples
    --------
    >>> width("workforce") < width("workforce", bold=True)
    True
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FAMILY, size=100, weight="bold" if bold else "normal")
    # measured at 100 points nothing is rounded to pixels
    wide, _, _ = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return float(wide) / 100 * size / 72


@lru_cache(maxsize=1)
def letters() -> frozenset[str]:
    """Return the characters the font has; it comes with matplotlib, so they are known.

    Examples
    --------
    >>> "é" in letters(), "好" in letters()
    (True, False)
    """
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(map(chr, get_font(findfont(FontProperties(family=FAMILY))).get_charmap()))


def wrap(words: str, wide: float) -> list[str]:
    """Break words into lines of at most `wide` inches.

    Parameters
    ----------
    words : str
        A sentence or more.
    wide : float
        Inches.

    Returns
    -------
    list of str
        One line at least; a single word that is too wide stands alone.

    Examples
    --------
    >>> wrap("coded segments of nine interviews", 1.2)
    ['coded segments of', 'nine interviews']
    """
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer) <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]
