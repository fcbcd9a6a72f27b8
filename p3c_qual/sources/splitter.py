"""Sentences, paragraphs and words, cut by rules that are versioned and never change silently."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from p3c_qual.sources.abbreviations import (
    ABBREVIATIONS,
    BEFORE_NUMBERS,
    LANGUAGES,
    ORDINALS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["SPLITTER_VERSION", "paragraphs", "sentences", "splitter_for", "words"]

#: raised whenever the same text would be cut otherwise; recorded with every text
SPLITTER_VERSION = "1"

_CODES = {name: code for code, names in LANGUAGES.items() for name in names}
_SMALL = "".join(char for char in map(chr, range(0x590)) if char.islower())
# stops that end a sentence whatever follows: East Asian, Arabic, Indic, Armenian, Ethiopic
_SURE = "。！？｡؟۔।॥։።"
_CLOSERS = r"[\"'”’»)\]}›“‘*_」』）】》\u200e\u200f]*+"
_OPENERS = r"[\"'“‘„‚«»(\[¿¡…*_]*+"
_BULLET = r"(?=[^\S\n]*+(?:[-–—•*·▪◦‣●○]|\d{1,2}[.)])[^\S\n])"


def splitter_for(language: str) -> str:
    """Return name and version of the rules for a language.

    Parameters
    ----------
    language : str
        A code or name, such as ``de``, ``de-AT`` or ``German``.

    Returns
    -------
    str
        Such as ``de-1``; ``und-1`` for languages without rules of their own.

    Examples
    --------
    >>> splitter_for("en-GB"), splitter_for("German"), splitter_for("")
    ('en-1', 'de-1', 'und-1')
    """
    return f"{_code(language)}-{SPLITTER_VERSION}"


def sentences(
    text: str, language: str = "", within: Sequence[tuple[int, int]] | None = None
) -> tuple[list[int], list[int]]:
    """Cut a text into sentences.

    A sentence ends at a stop with the brackets and quotation marks after it, where white space
    follows and no small letter; not after an abbreviation, an initial or, in German, an ordinal.
    It ends at every paragraph, at a line with a bullet, and at the end of a range.

    Parameters
    ----------
    text : str
        The stored text.
    language : str
        A code or name; decides on the abbreviations.
    within : sequence of (int, int), optional
        Ranges to cut, such as what is said in each turn; nothing outside them is a sentence.

    Returns
    -------
    tuple of (list of int, list of int)
        Starts and ends in code points, without white space at either end.

    Examples
    --------
    >>> text = "Dr. Hill came at 3.30 p.m. We talked... and then? Yes!"
    >>> [text[start:end] for start, end in zip(*sentences(text, "en"))]
    ['Dr. Hill came at 3.30 p.m.', 'We talked... and then?', 'Yes!']
    """
    ranges = [(0, len(text))] if within is None else within
    return _cut(_sentence_end(_code(language), _by_line(text)), text, ranges)


def paragraphs(text: str, *, breaks: Sequence[int] = ()) -> tuple[list[int], list[int]]:
    r"""Cut a text into paragraphs.

    Blank lines part them; in a text without any blank line, every line is one.

    Parameters
    ----------
    text : str
        The stored text.
    breaks : sequence of int
        Where a paragraph has to start besides, such as the starts of the turns; ascending.

    Returns
    -------
    tuple of (list of int, list of int)
        Starts and ends in code points, without white space at either end.

    Examples
    --------
    >>> paragraphs("One\nmore line.\n\nTwo.")
    ([0, 16], [14, 20])
    """
    return _cut(_PARAGRAPH_END[_by_line(text)], text, pairwise([0, *breaks, len(text)]))


def words(text: str) -> tuple[list[int], list[int]]:
    """Cut a text into words.

    A word is a run of letters, digits and their marks, with apostrophes, hyphens and, in numbers,
    points and commas inside. An emoji is a word, and so is each Han or Hiragana character, since
    those scripts write no spaces. No word begins or ends inside what is seen as one character.

    Parameters
    ----------
    text : str
        The stored text.

    Returns
    -------
    tuple of (list of int, list of int)
        Starts and ends in code points.

    Examples
    --------
    >>> text = "Don't self-manage 1,200 €!"
    >>> [text[start:end] for start, end in zip(*words(text))]
    ["Don't", 'self-manage', '1,200']
    """
    spans: list[tuple[int, int]] = []
    at = 0
    # the thorough pattern is slow, so only lines that need it are read with it
    while (found := _COMPLEX.search(text, at)) is not None:
        line = text.rfind("\n", at, found.start()) + 1 or at
        stop = text.find("\n", found.end())
        stop = len(text) if stop < 0 else stop
        spans += [match.span() for match in _PLAIN_WORD.finditer(text, at, line)]
        spans += [match.span() for match in _any_word().finditer(text, line, stop)]
        at = stop
    spans += [match.span() for match in _PLAIN_WORD.finditer(text, at)]
    return [start for start, _ in spans], [end for _, end in spans]


def _code(language: str) -> str:
    return _CODES.get(re.split("[-_ ]", language.strip().casefold(), maxsplit=1)[0], "und")


def _by_line(text: str) -> bool:
    return _BLANK_LINE.search(text) is None


def _cut(
    pattern: re.Pattern[str], text: str, ranges: Iterable[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """Cut ranges at a pattern whose group 1 is the white space between two pieces."""
    starts: list[int] = []
    ends: list[int] = []
    for begin, end in ranges:
        start, stop = begin, end
        while start < stop and text[start].isspace():
            start += 1
        while start < stop and text[stop - 1].isspace():
            stop -= 1
        if start == stop:
            continue
        starts.append(start)
        for match in pattern.finditer(text, start, stop):
            here, after = match.span(1)
            while text[here - 1].isspace():  # a line end belongs to the match, not to the piece
                here -= 1
            ends.append(here)
            starts.append(after)
        if starts[-1] == stop:
            starts.pop()
        else:
            ends.append(stop)
    return starts, ends


@cache
def _sentence_end(code: str, by_line: bool) -> re.Pattern[str]:
    """Compile the rules of a language into one pattern, whose group 1 follows the sentence.

    It begins with a plain set of characters, which `re` looks for fast, and every repetition in
    it is possessive, so that the time stays proportional to the length of any text.
    """
    number = r"(?<!(?<![\d.,])\d\.)(?<!(?<![\d.,])\d\d\.)" if code in ORDINALS else ""
    single = "".join(
        (
            *(rf"(?<!\b(?i:{group})\.)" for group in _by_length(ABBREVIATIONS[code])),
            # initials and `e.g.`; a masked `Mrs X.` and `he and I.` may well end a sentence
            r"(?:(?<=\b[ap]\.m\.)|(?<!(?<![\w'’])[^\W\d_IXYZ]\.))",
            r"(?<!\n\d\.)(?<!\n\d\d\.)(?<!\A\d\.)(?<!\A\d\d\.)",
            number,
            "(?!(?:",
            "|".join(rf"(?<=\b(?i:{group})\.)" for group in _by_length(BEFORE_NUMBERS[code])),
            r")\s++[\d(])",
        )
    )
    # French puts a space before its closing quotation mark; in German one there opens
    closers = _CLOSERS + (r"(?:[ \xa0\u202f]»)?" if code == "fr" else "")
    follows = r"(?=\s|\Z)"
    no_small = rf"(?!\s++{_OPENERS}[{_SMALL}])"
    full_stop = rf"(?<=[.…])(?<![.!?…]{{2}})(?:[.!?…]++|{single}){closers}{follows}{no_small}"
    question = (
        rf"(?<=[!?])(?<![.!?…]{{2}})[.!?…]*+{closers}{follows}(?!(?<=[\"'”’»“])\s++[{_SMALL}])"
    )
    sure = rf"(?<=[{_SURE}])(?<![{_SURE}]{{2}})[{_SURE}!?…]*+{closers}"
    line = r"(?<=\n)" if by_line else rf"(?<=\n)(?:[^\S\n]*+\n|{_BULLET})"
    return re.compile(rf"[.!?…{_SURE}\n](?:{full_stop}|{question}|{line}|{sure})(\s*+)")


def _by_length(listed: str) -> list[str]:
    """Group words by length, since what is looked for backwards has to be of one length."""
    return [
        "|".join(map(re.escape, group))
        for _, group in groupby(sorted(listed.split(), key=len), len)
    ]


_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")
_PARAGRAPH_END = {True: re.compile(r"\n(\s*+)"), False: re.compile(r"\n[^\S\n]*+\n(\s*+)")}
_PLAIN_WORD = re.compile(r"\w++(?:(?:['’\-\xad‐‑](?=[^\W\d_])|[.,](?<=\d.)(?=\d)|-(?=\d))\w++)*+")
# what the plain pattern does not know: marks, joiners, emoji, scripts without spaces
_COMPLEX = re.compile(
    "[\xa9\xae\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u200c-\u200d\u203c\u2049"
    "\u20d0-\u20ff\u2122-\u2fff\u3000-\U0010ffff]"
)


@cache
def _any_word() -> Any:
    import regex

    before = r"\p{GCB=Prepend}*+"  # signs that join the character after them
    # a letter that only ever follows another (Thai am) begins no word
    letter = (
        r"(?![\p{GCB=SpacingMark}\p{GCB=Extend}])"
        rf"(?={before}[\p{{L}}\p{{N}}_])(?!{before}[\p{{Han}}\p{{Hiragana}}])\X"
    )
    inside = r"['’\-\xad‐‑](?=\p{L})|[.,](?<=\p{N}.)(?=\p{N})|-(?=\p{N})"
    single = rf"(?={before}[\p{{Han}}\p{{Hiragana}}])\X"
    emoji = (
        rf"(?={before}[\p{{Extended_Pictographic}}\p{{Regional_Indicator}}])\X"
        r"(?<![\xa9\xae\u2122])"
    )
    return regex.compile(rf"(?:{letter})++(?:(?:{inside})(?:{letter})++)*+|{single}|{emoji}")
