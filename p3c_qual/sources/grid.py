"""Transcripts that come as a table: which column is the time, the speaker, the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from p3c_qual.sources.labels import is_known, label_key
from p3c_qual.sources.stamps import milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Columns", "clean_speaker", "read_stamp", "transcript_columns"]

Rows = tuple[tuple[str, ...], ...]

_CLOCK = r"[#\[(<{]?\s*\d{1,3}:\d{2}(?::\d{2})?(?:[.,:-]\d{1,3})?\s*[#\])>}]?"
#: a cell that holds a stamp, or a stamp and the one where the turn ends
_STAMP = re.compile(rf"{_CLOCK}(?:\s*(?:-->|[-–—]|to|bis)?\s*{_CLOCK})?")
_NUMBER = re.compile(r"\d{1,6}[.)]?")
_HEADER = re.compile(
    r"(?:time(?:[ -]?(?:stamp|code))?|start|begin(?:n)?|zeit(?:marke|stempel)?|uhrzeit|hora|tijd|tid"
    r"|speaker|person|who|name|sprecher(?:in)?|wer|hablante|spreker"
    r"|text|transcript(?:ion)?|utterance|words|what(?: was said)?|content|transkript|aussage"
    r"|tekst|texto|no\.?|nr\.?|#|line|turn|zeile)",
    re.IGNORECASE,
)
#: a name of a speaker is not longer than this
_NAME_LENGTH = 40
#: this share of a column's cells has to look alike
_SHARE = 0.8


@dataclass(frozen=True)
class Columns:
    """Where a transcript's table has its parts, and how many header rows it has."""

    text: int
    speaker: int
    time: int | None = None
    header: int = 0


def read_stamp(cell: str) -> int | None:
    """Return the milliseconds of a time stamp that fills a cell, or None.

    Examples
    --------
    >>> read_stamp("00:01:10"), read_stamp("#00:12:03-4#"), read_stamp("[02:05]")
    (70000, 723400, 125000)
    >>> read_stamp("00:01:10 - 00:01:20"), read_stamp("at ten")
    (70000, None)
    """
    cell = cell.strip()
    return milliseconds(cell) if _STAMP.fullmatch(cell) else None


def clean_speaker(cell: str) -> str:
    """Return a speaker's name without the colon or brackets around it.

    Examples
    --------
    >>> clean_speaker(" I: "), clean_speaker("[Mira]:"), clean_speaker("R1")
    ('I', 'Mira', 'R1')
    """
    name = " ".join(cell.split()).rstrip(":").rstrip()
    if name[:1] in "[<(" and name[-1:] in "])>":
        name = name[1:-1].strip()
    return name


def transcript_columns(tables: Sequence[Rows]) -> list[Columns | None]:
    """Recognise which of a document's tables are transcripts.

    A transcript has two to four columns: one whose cells name few speakers again and
    again, one with the words, and perhaps one with the time or a running number.

    Parameters
    ----------
    tables : sequence of tuple of tuple of str
        Each table's rows of cells.

    Returns
    -------
    list of Columns or None
        One per table; None where it is no transcript.

    Examples
    --------
    >>> rows = (("00:01", "I", "How was it?"), ("00:04", "R", "It was long."))
    >>> transcript_columns([rows])
    [Columns(text=2, speaker=1, time=0, header=0)]
    >>> transcript_columns([(("North", "12"), ("Quay", "7"))])
    [None]
    """
    found = [_columns(rows, frozenset()) for rows in tables]
    # a short table between two pages has too few rows to be known by itself
    known = frozenset(
        clean_speaker(row[columns.speaker])
        for rows, columns in zip(tables, found, strict=True)
        if columns
        for row in rows[columns.header :]
        if columns.speaker < len(row)
    ) - {""}
    if known:
        found = [
            columns or _columns(rows, known) for rows, columns in zip(tables, found, strict=True)
        ]
    return found


def _columns(rows: Rows, known: frozenset[str]) -> Columns | None:
    width = max((len(row) for row in rows), default=0)
    if not 2 <= width <= 4:
        return None
    header = int(bool(rows) and _is_header(rows[0]))
    body = rows[header:]
    cells = [[row[at].strip() for row in body if at < len(row)] for at in range(width)]
    filled = [[cell for cell in column if cell] for column in cells]
    times = [at for at in range(width) if _mostly(filled[at], lambda c: read_stamp(c) is not None)]
    rest = [
        at
        for at in range(width)
        if filled[at]
        and at not in times
        and not _mostly(filled[at], lambda c: _NUMBER.fullmatch(c) is not None)
    ]
    speakers = [at for at in rest if _names_speakers(filled[at], known, titled=header > 0)]
    if not speakers:
        return None
    speaker = speakers[0]
    words = [at for at in rest if at != speaker]
    if not words:
        return None
    text = max(words, key=lambda at: sum(map(len, filled[at])))
    if sum(map(len, filled[text])) <= sum(map(len, filled[speaker])):
        return None
    return Columns(text=text, speaker=speaker, time=times[0] if times else None, header=header)


def _is_header(row: tuple[str, ...]) -> bool:
    named = [cell.strip() for cell in row if cell.strip()]
    return len(named) > 1 and all(_HEADER.fullmatch(cell.rstrip(":")) for cell in named)


def _mostly(cells: list[str], is_so: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(is_so, cells)) >= _SHARE * len(cells)


def _names_speakers(cells: list[str], known: frozenset[str], *, titled: bool) -> bool:
    names = [clean_speaker(cell) for cell in cells]
    if any(len(name) > _NAME_LENGTH or len(name.split()) > 4 for name in names):
        return False
    if not any(any(letter.isalpha() for letter in name) for name in names):
        return False
    if known:
        return bool(names) and set(names) <= known
    if len(names) < 2:
        return False
    keys = {label_key(name) for name in names}
    if all(is_known(key, keys) for key in keys):
        return True
    # few people in turn; a column of places or groups has many, or the same one row after row
    changes = sum(name != before for before, name in pairwise(names))
    return 2 * len(keys) <= len(names) + 1 and (titled or 2 * changes >= len(names) - 1)
