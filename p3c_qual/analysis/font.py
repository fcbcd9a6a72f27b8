"""How wide words are, measured from the font itself and not on a screen."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["INDENT", "width", "wrap"]

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
    from matplotlib.textpath import TextPath

    if not words.strip():
        return 0.0
    weight = "bold" if bold else "normal"
    # a path measured at 100 points is not rounded to pixels
    path = TextPath((0, 0), words, size=100, prop=FontProperties(weight=weight))
    return float(path.get_extents().x1) / 100 * size / 72


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
