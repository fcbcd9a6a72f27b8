"""Lines on a page: which of them are one paragraph, which are only page furniture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Line", "Passage", "join_lines", "repeated_lines"]

#: how the text layer marks a hyphen that only divides a word at the line's end
_DIVIDED = ("\x02", "\ufffe", "\xad")
_HYPHENS = ("-", "\u2010")
_LABEL = re.compile(r"\[?[^\W\d_][\w.]{0,20}(?: [\w.]{1,20}){0,2}\]?:(?:\s|$)")
_STAMP = re.compile(r"[#\[(]?\d{1,2}:\d{2}(?::\d{2})?\b")
_BULLET = re.compile(r"(?:[•▪◦‣●–—*-]|\(?\d{1,2}[.)]|[a-z]\))\s")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
#: lines this near the top or the bottom of a page may be its header or footer
_EDGE = 2
#: a header or footer is on at least this many pages
_PAGES = 3


@dataclass(frozen=True)
class Line:
    """A line of a page; lengths in points, counted from the lower left corner.

    Attributes
    ----------
    text : str
        Without white space around it.
    left, right, bottom, top : float
        Its box.
    first : float
        Width of its first word.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    first: float

    @property
    def key(self) -> str:
        """The text with each number as ``#``, to know it again on other pages."""
        return re.sub(r"\d+", "#", self.text)

    @property
    def height(self) -> float:
        """Height of the line, which grows with the size of its letters."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Passage:
    """A paragraph, with the pages it stands on and where in it each begins."""

    text: str
    pages: tuple[tuple[int, int], ...]


def repeated_lines(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Return the keys of lines that stand at the edge of most pages.

    Parameters
    ----------
    pages : sequence of sequence of Line
        The lines of each page.

    Returns
    -------
    frozenset of str
        Empty for a file of fewer than three pages with text.
    """
    seen: Counter[str] = Counter()
    filled = 0
    for lines in pages:
        if not lines:
            continue
        filled += 1
        by_height = sorted(lines, key=lambda line: line.top)
        seen.update({line.key for line in (*by_height[:_EDGE], *by_height[-_EDGE:])})
    needed = max(_PAGES, filled * 0.6)
    return frozenset(key for key, count in seen.items() if count >= needed)


def join_lines(pages: Sequence[Sequence[Line]]) -> list[Passage]:
    """Join the lines of all pages to paragraphs.

    A new paragraph begins where the first word would still have fitted on the line before,
    where there is more room than usual between the lines, where the letters change their
    size, at a first-line indent, and at a speaker's label, a time stamp or a list mark.

    Parameters
    ----------
    pages : sequence of sequence of Line
        The lines of each page, in reading order.

    Returns
    -------
    list of Passage

    Examples
    --------
    >>> lines = [Line("It was", 0, 60, 88, 100, 9), Line("long.", 0, 30, 74, 86, 28)]
    >>> join_lines([lines])
    [Passage(text='It was long.', pages=((0, 0),))]
    """
    labels = Counter(
        match.group() for lines in pages for line in lines if (match := _LABEL.match(line.text))
    )
    spoken = frozenset(label for label, count in labels.items() if count > 1)
    done: list[Passage] = []
    text = ""
    on: list[tuple[int, int]] = []
    before: Line | None = None
    began: Line | None = None
    page_before: Sequence[Line] = ()
    for number, lines in enumerate(pages):
        pitch = _pitch(lines)
        for at, line in enumerate(lines):
            after = lines[at + 1] if at + 1 < len(lines) else None
            if before is None or began is None:
                starts = True
            elif at == 0:
                setting = _Setting(before, began is before, _margin(before, page_before))
                starts = _starts(line, after, setting, spoken) or (
                    _SENTENCE_END.search(before.text) is not None
                )
            else:
                setting = _Setting(before, began is before, _margin(before, lines), pitch)
                starts = _starts(line, after, setting, spoken)
            if starts:
                if text:
                    done.append(Passage(text, tuple(on)))
                text, on, began = "", [], line
            else:
                text = _glue(text, line.text)
            if not on or on[-1][0] != number:
                on.append((number, len(text)))
            text += line.text
            before = line
        page_before = lines or page_before
    if text:
        done.append(Passage(_finished(text), tuple(on)))
    return [Passage(_finished(passage.text), passage.pages) for passage in done]


def _pitch(lines: Sequence[Line]) -> float:
    """Measure the usual way down from line to line on a page."""
    steps = [
        upper.bottom - lower.bottom
        for upper, lower in pairwise(lines)
        if upper.bottom > lower.bottom
    ]
    return median(steps) if steps else 0.0


def _margin(line: Line, lines: Sequence[Line]) -> float:
    """Tell where the lines of this line's column end."""
    near = 3 * max(line.height, 1.0)
    # more lines than fit on a page are not needed to find it
    rights = sorted(other.right for other in lines[:1000] if abs(other.left - line.left) <= near)
    # a title across both columns is not the measure of the first one
    return rights[int(0.9 * (len(rights) - 1))] if rights else line.right


@dataclass(frozen=True)
class _Setting:
    """The line before, whether its paragraph began with it, and the measures of the page."""

    before: Line
    is_first: bool
    margin: float
    pitch: float = 0.0


def _starts(line: Line, after: Line | None, setting: _Setting, spoken: frozenset[str]) -> bool:
    before = setting.before
    if _opens_turn(line, spoken) or _BULLET.match(line.text):
        return True
    size = max(line.height, before.height, 1.0)
    if abs(line.height - before.height) > 0.15 * size:
        return True
    if before.right + line.first + 0.3 * size < setting.margin:
        return True
    down = before.bottom - line.bottom
    if setting.pitch and down > 1.35 * setting.pitch:
        return True
    if down < 0:
        # the next column, which is further right by nature
        return False
    indent = 0.7 * size
    if line.left > before.left + indent:
        # a hanging indent follows the label and goes on in the next line; a first-line indent
        # follows a finished sentence and does not
        return (
            after is not None
            and after.left < line.left - indent
            and _SENTENCE_END.search(before.text) is not None
            and not _opens_turn(before, spoken)
        )
    return line.left < before.left - indent and not setting.is_first


def _opens_turn(line: Line, spoken: frozenset[str]) -> bool:
    label = _LABEL.match(line.text)
    return bool((label and label.group() in spoken) or _STAMP.match(line.text))


def _glue(text: str, following: str) -> str:
    if text.endswith(_DIVIDED):
        return text[:-1]
    if text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalpha() and following[:1].isalpha():
        # whether the hyphen belongs to the word cannot be known: it stays
        return text
    return text + " "


def _finished(text: str) -> str:
    # a division mark at the very end of a paragraph divides nothing
    return text[:-1] + "-" if text.endswith(_DIVIDED) else text
