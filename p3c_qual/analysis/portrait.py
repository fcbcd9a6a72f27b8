"""Portraits: where in a text each code was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import GREY, LINE, Canvas, shorten
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["plot_portrait"]

#: Okabe and Ito's colours, told apart by colour-blind readers; yellow last, as it is the palest
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000", "#F0E442")
#: inches the text takes across; the thinnest a coding is drawn
ACROSS, THINNEST = 6.2, 0.02
#: rows of the paper a text takes, so that its lanes can be told apart
TALL = 2
SHADED = "#eceef1"


def plot_portrait(
    codings: pd.DataFrame,
    parts_or_length: pd.DataFrame | int | Mapping[str, pd.DataFrame | int],
    *,
    codes: Sequence[str] | Mapping[str, str],
    captioned: bool = True,
) -> Figure:
    """Draw where in a text each code was given, or one row a text for several texts.

    A row takes in the codings of its code and of all codes below it. For several texts each
    row is split into one lane a main category, so that overlapping codings stay visible.

    Parameters
    ----------
    codings : DataFrame
        Columns ``source``, ``start``, ``end`` (code points) and ``code``.
    parts_or_length : DataFrame, int or mapping
        The turns of the text (``start``, ``end``, ``role``), or its length in code points; for
        several texts one of them for each source. With turns the axis counts turns and the
        interviewer's are shaded, otherwise it counts code points, as it does for several texts of
        which only some have turns.
    codes : sequence of str, or mapping of str to str
        Keys of the codes in order, with their labels where it is a mapping.
    captioned : bool
        Whether unit and coders stand below; a report says them in its own letters.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    P3CError
        If there is no code or no text, or codings of several texts come with one length.

    Examples
    --------
    >>> import pandas as pd
    >>> codings = pd.DataFrame(
    ...     {"source": ["s"], "start": [10], "end": [40], "code": ["workforce.micro.core_group"]}
    ... )
    >>> figure = plot_portrait(codings, 100, codes={"workforce": "Workforce"})
    >>> len(figure.axes)
    1
    """
    labels = dict(codes) if isinstance(codes, Mapping) else {code: code for code in codes}
    texts = _texts(codings, parts_or_length)
    if not labels or not texts:
        what = f"there is nothing to draw: no {'text' if labels else 'code'} was named"
        raise P3CError(Problem(what, do="Name at least one code and one text."))
    if isinstance(parts_or_length, Mapping):
        return _many(codings, texts, labels, captioned=captioned)
    return _one(codings, next(iter(texts.values())), labels, captioned=captioned)


class _Text:
    """A text as an axis: from code points to turns, or to itself."""

    def __init__(self, parts: pd.DataFrame | int) -> None:
        self.turns: list[tuple[int, int]] = []
        self.asked: list[int] = []
        self.unit = "code points"
        self.length = parts if isinstance(parts, int) else 0
        if not isinstance(parts, int):
            self.unit = "turns"
            self.turns = list(zip(parts["start"], parts["end"], strict=True))
            self.length = len(self.turns)
            roles = parts["role"] if "role" in parts.columns else [""] * self.length
            self.asked = [i for i, role in enumerate(roles) if role == "interviewer"]

    def at(self, place: int) -> float:
        if self.unit == "code points":
            return float(min(max(place, 0), self.length))
        for i, (start, end) in enumerate(self.turns):
            if place < end:
                return i + max(place - start, 0) / max(end - start, 1)
        return float(self.length)


def _texts(codings: pd.DataFrame, given: Any) -> dict[str, _Text]:
    if isinstance(given, Mapping):
        # turns and code points have no common scale, so all are measured in code points
        mixed = len({isinstance(parts, int) for parts in given.values()}) > 1
        return {str(s): _Text(_length(p) if mixed else p) for s, p in given.items()}
    sources = [str(source) for source in codings["source"].unique()]
    if len(sources) > 1:
        problem = Problem(
            f"the codings are of {len(sources)} texts, but the length of one was given",
            valid=tuple(sources),
            do="Pass a mapping from source to its turns or length.",
        )
        raise P3CError(problem)
    return {sources[0] if sources else "": _Text(given)}


def _length(parts: pd.DataFrame | int) -> int:
    return parts if isinstance(parts, int) else int(parts["end"].max())


def _one(codings: pd.DataFrame, text: _Text, labels: dict[str, str], *, captioned: bool) -> Figure:
    names = [shorten(label, 46) for label in labels.values()]
    asked = [("interviewer's turns", {"facecolor": SHADED, "edgecolor": LINE})]
    words = f"{_title(codings)}. {_axis_is(text.unit)}" if captioned else ""
    paper = _paper(names, 1, asked if text.asked else [], words)
    scale = ACROSS / max(text.length, 1)
    for turn in text.asked:
        paper.box(turn * scale, 0, scale, len(names), facecolor=SHADED, linewidth=0)
    for y, code in enumerate(labels):
        paper.box(0, y, ACROSS, 1, fill=False, edgecolor=LINE, linewidth=0.5)
        for start, end in _spans(codings, code):
            _bar(paper, (text.at(start) * scale, text.at(end) * scale), y + 0.2, 0.6, COLOURS[0])
    _ticks(paper, text.length)
    return paper.figure


def _many(
    codings: pd.DataFrame, texts: dict[str, _Text], labels: dict[str, str], *, captioned: bool
) -> Figure:
    if len(labels) > len(COLOURS):
        problem = Problem(
            f"{len(labels)} main categories cannot be told apart by colour",
            do=f"Name at most {len(COLOURS)}, or draw one text with a row a code.",
        )
        raise P3CError(problem)
    names = [shorten(source, 46) for source in texts]
    longest = max(1, *(text.length for text in texts.values()))
    keys = [
        (shorten(label, 40), {"facecolor": colour, "linewidth": 0})
        for label, colour in zip(labels.values(), COLOURS, strict=False)
    ]
    unit = next(iter(texts.values())).unit
    words = f"{_title(codings)}. {_axis_is(unit)} The grey of a row ends where its text ends."
    paper = _paper(names, TALL, keys, words if captioned else "")
    scale, lane = ACROSS / longest, (TALL - 0.3) / len(labels)
    for row, (source, text) in enumerate(texts.items()):
        top = row * TALL
        paper.box(0, top + 0.1, text.length * scale, TALL - 0.2, facecolor=SHADED, linewidth=0)
        of_text = codings[codings["source"] == source]
        for i, code in enumerate(labels):
            for start, end in _spans(of_text, code):
                span = (text.at(start) * scale, text.at(end) * scale)
                _bar(paper, span, top + 0.15 + lane * i, lane, COLOURS[i])
    _ticks(paper, longest)
    return paper.figure


def _paper(
    names: list[str], tall: int, keys: list[tuple[str, dict[str, Any]]], words: str
) -> Canvas:
    paper = Canvas(
        width=ACROSS,
        rows=len(names) * tall,
        left=max(font.width(name) for name in names) + 0.14,
        foot=0.2,
        keys=keys,
        caption=words,
    )
    for row, name in enumerate(names):
        paper.text(-paper.left, (row + 0.5) * tall + 0.03, name, ha="left")
    return paper


def _title(codings: pd.DataFrame) -> str:
    coders = sorted({str(c) for c in codings["coder"]}) if "coder" in codings.columns else []
    whose = f"coder {', '.join(coders)}" if coders else "all codings passed"
    return f"Where codes were given, {whose}"


def _axis_is(unit: str) -> str:
    return f"From left to right the text in {unit}; unit: coded segments, one bar each."


def _spans(codings: pd.DataFrame, code: str) -> list[tuple[int, int]]:
    keys = codings["code"].astype(str)
    of_code = codings[(keys == code) | keys.str.startswith(f"{code}.")]
    return sorted({(int(s), int(e)) for s, e in zip(of_code["start"], of_code["end"], strict=True)})


def _bar(paper: Canvas, span: tuple[float, float], top: float, high: float, colour: str) -> None:
    left, right = span
    paper.box(left, top, max(right - left, THINNEST), high, facecolor=colour, linewidth=0)


def _ticks(paper: Canvas, length: int) -> None:
    """Write round numbers below: about five of them."""
    step = 10 ** max(len(str(max(length, 1))) - 1, 0)
    while step > 1 and length / step < 3:
        step = step // 2 if step % 2 == 0 else step // 5
    for place in range(0, length + 1, max(step, 1)):
        x = place / max(length, 1) * ACROSS
        paper.axes.plot(
            [x, x], [paper.rows, paper.rows + 0.25], color=LINE, linewidth=0.6, clip_on=False
        )
        paper.text(x, paper.rows + 0.75, f"{place:,}", ha="center", color=GREY)
