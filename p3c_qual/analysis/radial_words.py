"""The names of the sectors of a wheel: in lines that have room, or a few letters for each."""

from __future__ import annotations

import math

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import shorten

__all__ = ["fit_names", "initials", "room_beside", "wrap_bold"]

#: points, the largest first
_SIZES = (8.0, 7.5, 7.0, 6.5)


def room_beside(angle: float, edge: float, page: float) -> float:
    """Return how wide the name of a sector may be: beside the wheel, or above and below it."""
    across = abs(math.cos(angle))
    return 3.0 if across < 0.1 else page / 2 - edge * across


def fit_names(labels: dict[str, str], room: dict[str, float]) -> tuple[float, dict[str, list[str]]]:
    """Return the names in lines, in the largest letters in which no word is cut."""
    for size in _SIZES:
        longest = {
            key: max((font.width(w, size=size, bold=True) for w in label.split()), default=0.0)
            for key, label in labels.items()
        }
        if all(longest[key] <= room[key] for key in labels):
            break
    return size, {key: wrap_bold(label, room[key], size) for key, label in labels.items()}


def wrap_bold(label: str, room: float, size: float, *, most: int = 4) -> list[str]:
    """Break a name into lines of bold letters; what does not fit is cut."""
    lines: list[str] = []
    for word in shorten(label, 80).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (font.width(longer, size=size, bold=True) <= room or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(word)
    found = []
    for line in lines:
        fits = line
        while font.width(fits, size=size, bold=True) > room and len(fits) > 2:
            fits = fits.rstrip("…")[:-1].rstrip() + "…"
        found.append(fits)
    return found or [""]


def initials(labels: dict[str, str]) -> dict[str, str]:
    """Return a few letters for each segment, no two the same."""
    found: dict[str, str] = {}
    for key, label in labels.items():
        words = [word for word in label.split() if word[:1].isupper() or len(word) > 3]
        letters = "".join(word[0].upper() for word in words) or label[:2].upper() or "?"
        letters = letters if len(letters) > 1 else label[:2].upper()
        taken = set(found.values())
        found[key] = next(
            name
            for name in (letters, *(f"{letters}{i}" for i in range(2, 99)))
            if name not in taken
        )
    return found
