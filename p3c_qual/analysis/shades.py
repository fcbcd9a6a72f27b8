"""Shades that still tell more from less in grey print, with a number that can be read on each."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["contrast", "shade"]

#: where the palette begins and how far it goes: its palest end could be taken for white
_FIRST, _ROOM = 0.14, 0.80
_BLACK, _WHITE = "#000000", "#ffffff"


@lru_cache(maxsize=1024)
def shade(share: float) -> tuple[str, str]:
    """Return the colour of a cell and of its number.

    Parameters
    ----------
    share : float
        From 0 to 1; white is zero and nothing else.

    Returns
    -------
    tuple of str
        Of black and white the number takes what stands out more, at least 4.5 to 1.

    Examples
    --------
    >>> shade(0.0)
    ('#ffffff', '#000000')
    >>> contrast(*shade(0.5)) >= 4.5
    True
    """
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    if share <= 0:
        return _WHITE, _BLACK
    colour = to_hex(colormaps["YlGnBu"](_FIRST + _ROOM * min(share, 1.0))[:3])
    return colour, max((_BLACK, _WHITE), key=lambda ink: contrast(colour, ink))


def contrast(colour: str, other: str) -> float:
    """Return how far two colours stand apart in lightness, from 1 to 21 (WCAG 2.2).

    Parameters
    ----------
    colour, other : str
        As ``#rrggbb``.

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    dark, light = sorted(map(_lightness, (colour, other)))
    return (light + 0.05) / (dark + 0.05)


def _lightness(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
