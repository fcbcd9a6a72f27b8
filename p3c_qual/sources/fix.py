"""The text as it is stored: one kind of line end, composed characters, no control characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from p3c_qual.sources.offsets import OffsetMap

__all__ = ["Fixed", "fix_text"]

# Vertical tab (Word's line break), form feed (a new page in text made from PDF) and NEL end a
# line; losing that would glue paragraphs together, so they become newlines and nothing else does.
_BREAKS = "\x0b\x0c\x85"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_SURROGATES = "\ud800-\udfff"
_ODD = re.compile(f"[{_BREAKS}{_CONTROLS}{_SURROGATES}]")
_ONE_TO_ONE = dict.fromkeys(map(ord, _BREAKS), "\n") | dict.fromkeys(
    [*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xD800, 0xE000)],
    "\ufffd",
)
# the control characters of ASCII, for a pass at the speed of a copy
_ASCII_ODD = bytes([*range(9), *range(0x0B, 0x20), 0x7F])
# letters that join the one before although they are no marks: Hangul vowels and finals, Kirat Rai
_JOINING = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\U00016d63-\U00016d6a]")


@dataclass(frozen=True)
class Fixed:
    r"""A text as it will be stored, and how it came about.

    Attributes
    ----------
    text : str
        The text with ``\n`` line ends, in NFC, without control characters but tab and newline.
    offsets : OffsetMap
        From positions in the original to positions in `text`.
    notes : tuple of str
        What was changed, one plain sentence each; line ends are not worth one.
    """

    text: str
    offsets: OffsetMap
    notes: tuple[str, ...] = ()


def fix_text(raw: str) -> Fixed:
    r"""Bring a decoded text into the form in which it is stored.

    Line ends become ``\n``: ``\r\n``, ``\r``, and also vertical tab, form feed and NEL, which
    stand for line and page ends. Other control characters but the tab, and lone surrogates,
    become U+FFFD one for one. Characters are composed (NFC). Applied twice, it changes nothing
    more.

    Parameters
    ----------
    raw : str
        The decoded text.

    Returns
    -------
    Fixed

    Examples
    --------
    >>> fixed = fix_text("Cafe\u0301\r\nopen\x00")
    >>> fixed.text
    'Café\nopen\ufffd'
    >>> fixed.offsets.to_stored(7, 11)
    (5, 9, False)
    >>> fixed.notes[0]
    '1 control character became U+FFFD, the first in line 2.'
    """
    text, pieces, notes = raw, list[tuple[int, int, int]](), list[str]()
    if "\r" in text:
        pieces = [(m.start(), m.end(), 1) for m in re.finditer("\r\n", text)]
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _has_odd(text):
        notes += _odd_notes(text)
        text = text.translate(_ONE_TO_ONE)
    if not unicodedata.is_normalized("NFC", text):
        text, composed = _compose(text)
        notes.append(
            f"{_count(len(composed), 'character was', 'characters were')} composed "
            "(Unicode form NFC)."
        )
        moved = [piece for piece in composed if piece[1] - piece[0] > 1 or piece[2] > 1]
        pieces = _merge(pieces, moved)
    return Fixed(text, OffsetMap.of(pieces, length=len(raw)), tuple(notes))


def _has_odd(text: str) -> bool:
    if text.isascii():
        data = text.encode("ascii")
        return len(data.translate(None, _ASCII_ODD)) != len(data)
    return _ODD.search(text) is not None


def _odd_notes(text: str) -> list[str]:
    """Say how many characters are replaced, and where the first of each sort is."""
    notes = []
    for class_, one, many in (
        (_CONTROLS, "control character became U+FFFD", "control characters became U+FFFD"),
        (_SURROGATES, "half of a character became U+FFFD", "halves of characters became U+FFFD"),
        (_BREAKS, "page or line break became a new line", "page or line breaks became new lines"),
    ):
        found = [m.start() for m in re.finditer(f"[{class_}]", text)]
        if found:
            line = text.count("\n", 0, found[0]) + 1
            notes.append(f"{_count(len(found), one, many)}, the first in line {line}.")
    return notes


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _compose(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """Compose a text (NFC) and list the pieces that changed, in positions of the text given.

    A piece is a base and the marks after it: composition never reaches further, which is what
    makes the pieces independent of each other.
    """
    letters = set(text)
    marks = {c for c in letters if unicodedata.category(c)[0] == "M" or _JOINING.match(c)}
    single = {c for c in letters if not unicodedata.is_normalized("NFC", c)}
    special = "".join(map(re.escape, sorted(marks | single)))
    pieces, parts, done = list[tuple[int, int, int]](), list[str](), 0
    for run in re.finditer(f"[{special}]+", text):
        cuts = [p for p in range(run.start(), run.end()) if text[p] not in marks]
        if not cuts or cuts[0] != run.start():
            # marks that open the run sit on what is before; nothing ever joins a line end
            alone = text[max(run.start() - 1, 0)] == "\n"
            cuts.insert(0, run.start() if alone else max(run.start() - 1, 0))
        cuts.append(run.end())
        for start, end in pairwise(cuts):
            old = text[start:end]
            new = unicodedata.normalize("NFC", old)
            if new != old:
                parts += (text[done:start], new)
                pieces.append((start, end, len(new)))
                done = end
    parts.append(text[done:])
    return "".join(parts), pieces


def _merge(
    line_ends: list[tuple[int, int, int]], composed: list[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Join both lists in positions of the original; a line end never lies inside a composition."""
    merged, at = list[tuple[int, int, int]](), 0
    for start, end, stored in composed:
        # the k-th Windows line end moved everything after it k positions to the left
        while at < len(line_ends) and line_ends[at][0] - at < start:
            merged.append(line_ends[at])
            at += 1
        merged.append((start + at, end + at, stored))
    return merged + line_ends[at:]
