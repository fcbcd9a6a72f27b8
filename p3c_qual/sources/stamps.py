"""Time stamps as transcripts carry them: f4, MAXQDA, brackets, bare."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["STAMP", "Stamps", "find_stamps", "milliseconds", "stamp_scheme"]

_MINUTES = r":[0-5]\d:[0-5]\d(?:[.,]\d{1,3})?"
_CLOCK = rf"\d{{1,2}}{_MINUTES}"
_SHORT = r"\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
_RANGE = rf"(?:{_CLOCK}|{_SHORT})(?:\s?(?:-|–|-->)\s?(?:{_CLOCK}|{_SHORT}))?"
# `#00:12:03-4#` is how f4 and MAXQDA write; the last digit is tenths of a second
_HASH = r"\d{1,2}:[0-5]\d:[0-5]\d(?:[-.,]\d{1,3})?#"

#: A stamp that cannot be anything else; a bare `10:30` may be a time of day. It begins with a
#: plain set of characters, which `re` looks for fast, and looks back to see which one it was.
STAMP = (
    rf"(?:[#\[({{<\d](?:(?<=#){_HASH}|(?<=\[){_RANGE}\]|(?<=\(){_RANGE}\)|(?<=\{{){_RANGE}\}}"
    rf"|(?<=<){_RANGE}>|(?<=\d)(?<![\w:.,]\d)\d?{_MINUTES}(?![\w:])))"
)
_FIND = re.compile(STAMP)
_ANY = re.compile(r":[0-5]\d")
_NUMBERS = re.compile(r"(\d+):(\d\d)(?::(\d\d))?(?:[-.,](\d{1,3}))?")
_BLANK = " \t\xa0"


@dataclass(frozen=True)
class Stamps:
    """The stamps at the start or the end of a line, in the order of the text, as columns.

    Attributes
    ----------
    start, end : list of int
        Half-open ranges in code points.
    time : list of int
        Milliseconds of the recording.
    opens : list of bool
        Whether the stamp stands at the start of its line; else at its end.
    scheme : str
        ``f4``, ``brackets``, ``bare`` or ``""``: how most of them are written.
    """

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    time: list[int] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)
    scheme: str = ""

    def __len__(self) -> int:
        return len(self.start)


def milliseconds(stamp: str) -> int | None:
    """Return the time a stamp names, in milliseconds.

    Parameters
    ----------
    stamp : str
        As written, with its brackets; of a range the start counts.

    Returns
    -------
    int or None
        None where the text holds no time.

    Examples
    --------
    >>> milliseconds("#00:12:03-4#"), milliseconds("(12:03)"), milliseconds("soon")
    (723400, 723000, None)
    """
    found = _NUMBERS.search(stamp)
    if found is None:
        return None
    first, second, third, fraction = found.groups()
    seconds = int(first) * 60 + int(second)
    if third is not None:
        seconds = seconds * 60 + int(third)
    return seconds * 1000 + (int(fraction.ljust(3, "0")) if fraction else 0)


def stamp_scheme(stamp: str) -> str:
    """Return how a stamp is written.

    Parameters
    ----------
    stamp : str
        As written, with its brackets.

    Returns
    -------
    str
        ``f4`` (MAXQDA's too), ``brackets`` or ``bare``.

    Examples
    --------
    >>> stamp_scheme("#00:12:03-4#")
    'f4'
    """
    return "f4" if stamp[0] == "#" else "bare" if stamp[0].isdigit() else "brackets"


def find_stamps(text: str) -> Stamps:
    r"""Find the time stamps at the start or the end of a line.

    Parameters
    ----------
    text : str
        The stored text.

    Returns
    -------
    Stamps

    Examples
    --------
    >>> found = find_stamps("I: How was it? #00:00:05-1#\n[00:12] R: We met at 10:30.")
    >>> found.start, found.time, found.scheme
    ([15, 28], [5100, 12000], 'f4')
    """
    found = Stamps()
    if _ANY.search(text) is None:  # most texts have none, and this search is the faster one
        return found
    kinds: dict[str, int] = {}
    for match in _FIND.finditer(text):
        start, end = match.span()
        before, after = start, end
        while before > 0 and text[before - 1] in _BLANK:
            before -= 1
        while after < len(text) and text[after] in _BLANK:
            after += 1
        opens = before == 0 or text[before - 1] == "\n"
        if opens or after == len(text) or text[after] == "\n":
            found.start.append(start)
            found.end.append(end)
            found.time.append(milliseconds(match[0]) or 0)
            found.opens.append(opens)
            kind = stamp_scheme(match[0])
            kinds[kind] = kinds.get(kind, 0) + 1
    scheme = max(kinds, key=lambda kind: kinds[kind]) if kinds else ""
    return Stamps(found.start, found.end, found.time, found.opens, scheme)
