"""Positions: from an original to the stored text, and between the units other tools count in."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "OffsetMap",
    "codepoints_to_utf16",
    "utf8_to_codepoints",
    "utf16_to_codepoints",
]


def _positions() -> array[int]:
    return array("q")


@dataclass(frozen=True)
class OffsetMap:
    """Where every position of an original lies in the stored text.

    Only the pieces that changed are kept; between them positions shift by a constant, so that the
    map of a text that did not change is empty.

    Attributes
    ----------
    length : int
        Length of the original in code points.
    raw_start, raw_end : array of int
        The changed pieces in the original, half-open, in the order of the text.
    stored_start, stored_end : array of int
        The same pieces in the stored text.

    Examples
    --------
    A letter and its accent became one character, so the second piece moved by one:

    >>> moved = OffsetMap.of([(3, 5, 1)], length=9)
    >>> moved.to_stored(6, 9)
    (5, 8, False)
    >>> moved.to_stored(0, 4)
    (0, 4, True)
    """

    length: int
    raw_start: array[int] = field(default_factory=_positions)
    raw_end: array[int] = field(default_factory=_positions)
    stored_start: array[int] = field(default_factory=_positions)
    stored_end: array[int] = field(default_factory=_positions)

    @classmethod
    def of(cls, pieces: Iterable[tuple[int, int, int]], *, length: int) -> Self:
        """Make the map from the pieces that changed.

        Parameters
        ----------
        pieces : iterable of (start, end, stored length)
            Ranges of the original in code points, ordered and disjoint, each with the length of
            what it became.
        length : int
            Length of the original in code points.

        Returns
        -------
        OffsetMap

        Examples
        --------
        >>> OffsetMap.of([], length=4).identical
        True
        """
        made = cls(length)
        shift = 0
        for start, end, stored in pieces:
            made.raw_start.append(start)
            made.raw_end.append(end)
            made.stored_start.append(start + shift)
            made.stored_end.append(start + shift + stored)
            shift += stored - (end - start)
        return made

    @property
    def identical(self) -> bool:
        """Whether every position stayed where it was."""
        return not self.raw_start

    def to_stored(self, start: int, end: int) -> tuple[int, int, bool]:
        """Map a span of the original to the stored text.

        Parameters
        ----------
        start, end : int
            Half-open range in code points over the original.

        Returns
        -------
        tuple of (int, int, bool)
            The range over the stored text, and whether it was widened because a boundary lay
            inside characters that became one (a composed character, a Windows line end).

        Raises
        ------
        P3CError
            Where the span lies outside the original or ends before it starts.
        """
        if not 0 <= start <= end <= self.length:
            raise P3CError(
                Problem(
                    f"the span {start}-{end} lies outside the text, "
                    f"which has {self.length} characters",
                    do="Give a start and an end between 0 and that number, the start first.",
                )
            )
        if not self.raw_start:
            return start, end, False
        new_start, _, cut_start = self._place(start)
        _, new_end, cut_end = self._place(end)
        return new_start, new_end, cut_start or cut_end

    def _place(self, position: int) -> tuple[int, int, bool]:
        """Return where a position lies as a start and as an end; they differ inside a piece."""
        at = bisect_right(self.raw_start, position) - 1
        if at < 0:
            return position, position, False
        if position == self.raw_start[at]:
            return self.stored_start[at], self.stored_start[at], False
        if position < self.raw_end[at]:
            return self.stored_start[at], self.stored_end[at], True
        moved = position - self.raw_end[at] + self.stored_end[at]
        return moved, moved, False


def utf16_to_codepoints(text: str, offset: int, *, end: bool = False) -> int:
    """Return the position in code points of a position in UTF-16 units, as JavaScript counts.

    Parameters
    ----------
    text : str
        The text both positions refer to.
    offset : int
        Position in UTF-16 units.
    end : bool
        A position between the two units of one character goes to its start; True takes it to the
        end of the character, so that a span widens to whole characters.

    Returns
    -------
    int

    Raises
    ------
    P3CError
        Where the position lies outside the text.

    Examples
    --------
    >>> utf16_to_codepoints("a😀b", 3)
    2
    """
    if text.isascii():
        return _checked(offset, len(text), "UTF-16 units")
    units = text.encode("utf-16-le", "surrogatepass")
    cut = 2 * _checked(offset, len(units) // 2, "UTF-16 units")
    if 0 < cut < len(units):
        before = int.from_bytes(units[cut - 2 : cut], "little")
        after = int.from_bytes(units[cut : cut + 2], "little")
        if 0xD800 <= before < 0xDC00 <= after < 0xE000:
            cut += 2 if end else -2
    return len(units[:cut].decode("utf-16-le", "surrogatepass"))


def codepoints_to_utf16(text: str, offset: int) -> int:
    """Return the position in UTF-16 units of a position in code points.

    Parameters
    ----------
    text : str
        The text both positions refer to.
    offset : int
        Position in code points.

    Returns
    -------
    int

    Raises
    ------
    P3CError
        Where the position lies outside the text.

    Examples
    --------
    >>> codepoints_to_utf16("a😀b", 2)
    3
    """
    _checked(offset, len(text), "characters")
    if text.isascii():
        return offset
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def utf8_to_codepoints(text: str, offset: int, *, end: bool = False) -> int:
    """Return the position in code points of a position in UTF-8 bytes.

    Parameters
    ----------
    text : str
        The text both positions refer to.
    offset : int
        Position in bytes of the text written as UTF-8.
    end : bool
        A position inside a character goes to its start; True takes it to the character's end.

    Returns
    -------
    int

    Raises
    ------
    P3CError
        Where the position lies outside the text.

    Examples
    --------
    >>> utf8_to_codepoints("aéb", 3)
    2
    """
    if text.isascii():
        return _checked(offset, len(text), "bytes")
    data = text.encode("utf-8", "surrogatepass")
    cut = _checked(offset, len(data), "bytes")
    step = 1 if end else -1
    while cut < len(data) and data[cut] & 0xC0 == 0x80:
        cut += step
    return len(data[:cut].decode("utf-8", "surrogatepass"))


def _checked(offset: int, length: int, unit: str) -> int:
    if not 0 <= offset <= length:
        raise P3CError(
            Problem(
                f"position {offset} lies outside the text, which has {length} {unit}",
                do=f"Give a position from 0 to {length}.",
            )
        )
    return offset
