"""The rows of a coded transcript: its lines, with the codings beside them in lanes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from p3c_qual.report.transcript_lines import cut_lines, is_rtl, lay_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from p3c_qual.report.transcript import Mark
    from p3c_qual.sources.parts import PartList

__all__ = ["Bar", "Row", "Run", "lay_rows"]

#: how far a speaker's label may stand from the start of the turn, behind a time stamp
_STAMP = 40


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a row that the same codings cover.

    Attributes
    ----------
    text : str
    depth : int
        How many codings cover it.
    speaker : bool
        Whether it is the speaker's label.
    opens, closes : tuple of int
        Numbers of the codings that begin at its start, and that end at its end.
    """

    text: str
    depth: int = 0
    speaker: bool = False
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """The piece of a coding's bar beside one row.

    Attributes
    ----------
    lane, number, family : int
        Where it stands, whose it is, and its colour.
    first, last : bool
        Whether the bar begins, or ends, in this row.
    top, bottom : float
        Share of the row's characters before it and up to its end.
    """

    lane: int
    number: int
    family: int
    first: bool
    last: bool
    top: float = 0.0
    bottom: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text, or a piece of a long one.

    Attributes
    ----------
    number : int
        Of the line, from 1.
    start : int
        Code point at which it begins.
    runs : tuple of Run
        Its characters; none where the line is empty.
    bars : tuple of Bar
        By lane.
    begins : tuple of int
        Numbers of the codings that begin here.
    goes_on : tuple of int
        Numbers of those that began before.
    role : str
        Of the speaker: ``interviewer``, ``interviewee`` or empty.
    opens_line, opens_turn : bool
        Whether a line, or a speaker's turn, begins here.
    rtl : bool
        Whether it is written from right to left.
    """

    number: int
    start: int
    runs: tuple[Run, ...] = ()
    bars: tuple[Bar, ...] = ()
    begins: tuple[int, ...] = ()
    goes_on: tuple[int, ...] = ()
    role: str = ""
    opens_line: bool = True
    opens_turn: bool = False
    rtl: bool = False

    @property
    def text(self) -> str:
        """The characters of the row."""
        return "".join(run.text for run in self.runs)


def lay_rows(
    text: str, marks: Sequence[Mark], turns: PartList, stops: Sequence[int] = ()
) -> tuple[tuple[Row, ...], int]:
    """Lay a text and its codings out in rows.

    Parameters
    ----------
    text : str
    marks : sequence of Mark
        In the order of their starts.
    turns : PartList
    stops : sequence of int
        Ends of sentences.

    Returns
    -------
    rows : tuple of Row
    lanes : int
        How many there are.
    """
    starts = cut_lines(text, stops)
    spans = [
        (bisect_right(starts, mark.start) - 1, bisect_right(starts, mark.end - 1) - 1)
        for mark in marks
    ]
    lanes = lay_spans(spans)
    words = [_words(text, mark) for mark in marks]
    beside: list[list[int]] = [[] for _ in starts]
    for at, (first, last) in enumerate(spans):
        for row in range(first, last + 1):
            beside[row].append(at)
    rows = []
    number, opens_line = 0, True
    for at, start in enumerate(starts):
        stop = starts[at + 1] if at + 1 < len(starts) else len(text) + 1
        opens_line = not at or text[start - 1] == "\n"
        number += opens_line
        end = stop - 1 if stop > len(text) or text[stop - 1] == "\n" else stop
        here = [words[each] for each in beside[at]]
        bars = [
            Bar(
                lanes[each],
                marks[each].number,
                marks[each].family,
                first=spans[each][0] == at,
                last=spans[each][1] == at,
                top=_share(words[each][1], start, end),
                bottom=_share(words[each][2], start, end),
            )
            for each in beside[at]
        ]
        turn = _turn(text, start, end, turns)
        label = _label(text, start, end, turns, turn)
        rows.append(
            Row(
                number=number,
                start=start,
                runs=tuple(_runs(text, start, end, label, here)),
                bars=tuple(sorted(bars, key=lambda bar: bar.lane)),
                begins=tuple(bar.number for bar in bars if bar.first),
                goes_on=tuple(bar.number for bar in bars if not bar.first),
                role=turns.role[turn] if turn is not None and turns.role else "",
                opens_line=opens_line,
                opens_turn=turn is not None and start <= turns.start[turn] < end,
                rtl=is_rtl(text, start, end),
            )
        )
    if len(rows) > 1 and not rows[-1].runs:
        # nothing stands behind the last line break, and no coding reaches there
        rows.pop()
    return tuple(rows), max(lanes, default=-1) + 1


def _share(at: int, start: int, end: int) -> float:
    """Return how much of a row lies before a place."""
    return min(max(at - start, 0), end - start) / max(end - start, 1)


def _turn(text: str, start: int, end: int, turns: PartList) -> int | None:
    """Return the turn that the first words of a row belong to."""
    at = start
    while at < end and text[at].isspace():
        at += 1
    found = bisect_right(turns.start, at) - 1
    return found if found >= 0 and at < min(end, turns.end[found]) else None


def _label(text: str, start: int, end: int, turns: PartList, turn: int | None) -> tuple[int, int]:
    """Return where the speaker's label of a turn stands, where the turn begins in this row."""
    if turn is None or not turns.speaker or not start <= turns.start[turn] < end:
        return start, start
    speaker, begin = turns.speaker[turn], turns.start[turn]
    found = text.find(speaker, begin, min(end, begin + _STAMP + len(speaker))) if speaker else -1
    if found < 0:
        return start, start
    behind = found + len(speaker)
    while behind < end and text[behind] in ":]>*":
        behind += 1
    return begin, behind


def _words(text: str, mark: Mark) -> tuple[int, int, int]:
    """Return a coding's number and its characters without line breaks at its ends."""
    start, end = mark.start, mark.end
    while start < end and text[start] == "\n":
        start += 1
    while start < end and text[end - 1] == "\n":
        end -= 1
    return mark.number, start, end


def _runs(
    text: str,
    start: int,
    end: int,
    label: tuple[int, int],
    here: Sequence[tuple[int, int, int]],
) -> Iterator[Run]:
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[tuple[int, int]]] = {}
    change: dict[int, int] = {}
    depth = 0
    for number, first, last in here:
        low, high = max(first, start), min(last, end)
        if low >= high:
            # a line break alone is coded in this row; the bar shows it
            continue
        if first >= start:
            begins.setdefault(low, []).append(number)
        if last <= end:
            ends.setdefault(high, []).append((low, number))
        change[low] = change.get(low, 0) + 1
        change[high] = change.get(high, 0) - 1
    edges = sorted({start, end, *label, *change})
    for low, high in pairwise(edges):
        depth += change.get(low, 0)
        yield Run(
            text=text[low:high],
            depth=depth,
            speaker=label[0] <= low and high <= label[1],
            opens=tuple(begins.get(low, ())),
            # what began last ends first
            closes=tuple(number for _, number in sorted(ends.get(high, ()), reverse=True)),
        )
