"""The network of configurations as a picture: cards, and the lines between them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import GREY, INK, LINE, NARROWEST, PAD, ROW, Canvas, shorten
from p3c_qual.analysis.portrait import COLOURS
from p3c_qual.realist.outputs.network_card import (
    BAR,
    HEAD,
    LETTER,
    SIDE,
    SMALL,
    SPACE,
    Drawn,
    broken,
    fit,
    high,
)
from p3c_qual.realist.outputs.network_layout import WIDE, Layout, curve_of, lay_out

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    from p3c_qual.realist.outputs.network import Card, Network

__all__ = ["draw_network", "fit"]

#: points of the key of a card
_KEY = 8.5
_NO_PROGRAMME, _SEVERAL, _TIE = "#7b828c", "#33383f", "#3d444d"
#: how a card is framed, by what was said for and against it
_FRAMES: dict[str, dict[str, Any]] = {
    "nothing speaks against it": {"linestyle": "-"},
    "something speaks against it": {"linestyle": (0, (4, 2))},
    "no passage yet": {"linestyle": (0, (1, 1.6))},
}
_TOLD = {
    "chain": "Arrow: the outcome becomes a context of the next",
    "part": "Line with a diamond: the lower one is part of the upper one",
}


def draw_network(network: Network) -> Figure:
    """Draw a network, as `p3c_qual.realist.outputs.network.read_network` gives it.

    Examples
    --------
    >>> from p3c_qual.realist.outputs.network import Network
    >>> len(draw_network(Network((), (), "")).axes)
    1
    """
    if not network.cards:
        paper = Canvas(width=4.0, rows=2, left=0.0, caption=_caption(network))
        paper.text(0, 1, "There is no configuration to draw.", ha="left", color=GREY)
        return paper.figure
    drawn = broken(network.cards)
    made = lay_out(list(drawn), network.ties, {key: each.height for key, each in drawn.items()})
    colours = _colours(network.cards)
    rows = int(made.height / ROW) + 1
    paper = Canvas(
        width=max(made.width, NARROWEST - 2 * PAD),
        rows=rows,
        left=0.0,
        head=0.02,
        keys=_keys(drawn, colours),
        caption=_caption(network),
    )
    # one unit is an inch down, too
    paper.axes.set_ylim(rows * ROW, 0)
    _ties(paper.axes, made)
    _shapes(paper.axes, drawn, made, colours)
    for key, (x, y) in made.places.items():
        _words(paper.axes, drawn[key], x, y)
    _frames(paper.axes, drawn, made)
    return paper.figure


def _caption(network: Network) -> str:
    said = [text for kind, text in _TOLD.items() if any(t.kind == kind for t in network.ties)]
    if network.cards:
        said.insert(0, "C context, M mechanism (resource → reasoning), O outcome")
        said.append("▲ improves, ▼ worsens, = unchanged, ▲▼ mixed")
        said.append("Numbers: passages that support or refine a configuration, and against it")
    several = any(len(each.programmes) > 1 for each in network.cards)
    lacks = any(each.completeness != "triad" for each in network.cards)
    brackets = ["the programmes where there are several"] if several else []
    brackets += ["what is there where it is not a whole triad"] if lacks else []
    if brackets:
        said.append(f"In brackets: {', and '.join(brackets)}")
    return ". ".join(filter(None, [network.caption, *said])) + "."


def _ties(axes: Axes, made: Layout) -> None:
    """Draw the lines through their points; at each they run straight up or down."""
    from matplotlib.collections import PathCollection, PolyCollection
    from matplotlib.path import Path

    dashes = {"chain": "-", "part": (0, (1.2, 1.6))}
    for kind, dash in dashes.items():
        lines, ends = [], []
        for tie, points in made.routes:
            if tie.kind != kind:
                continue
            curve = curve_of(points)
            (x, y), (left, down) = curve[-1], curve[0]
            if kind == "chain":
                # the line ends inside the head of the arrow
                curve[-1] = (x, y - 0.06)
                ends.append([(x, y), (x - 0.042, y - 0.11), (x + 0.042, y - 0.11)])
            else:
                diamond = [(0.0, 0.0), (0.045, 0.06), (0.0, 0.12), (-0.045, 0.06)]
                ends.append([(left + a, down + b) for a, b in diamond])
            lines.append(Path(curve, [Path.MOVETO, *[Path.CURVE4] * (len(curve) - 1)]))
        if lines:
            style: dict[str, Any] = {"edgecolors": _TIE, "linewidths": 1.2, "clip_on": False}
            drawn = PathCollection(lines, facecolors="none", linestyles=[dash], **style)
            # a collection of paths has its sizes in points of its own unless told
            drawn.set_transform(axes.transData)
            axes.add_artist(drawn)
            filled = _TIE if kind == "chain" else "white"
            axes.add_artist(PolyCollection(ends, facecolors=filled, **(style | {"linewidths": 1})))


def _shapes(axes: Axes, drawn: dict[str, Drawn], made: Layout, colours: dict[str, str]) -> None:
    """Draw the bars of the programmes, and the lines between the parts of the cards."""
    from matplotlib.collections import LineCollection, PolyCollection

    heads, bars, filled, lines = [], [], [], []
    for key, (x, y) in made.places.items():
        each = drawn[key]
        bottom = y + each.height
        bars.append([(x, y), (x + BAR, y), (x + BAR, bottom), (x, bottom)])
        filled.append(_colour(each.card, colours))
        at = y + each.under
        heads.append([(x, y), (x + WIDE, y), (x + WIDE, at), (x, at)])
        for _, words in each.parts:
            lines.append([(x + BAR, at), (x + WIDE, at)])
            at += high(words)
    axes.add_artist(PolyCollection(heads, facecolors="#f1f3f6", linewidths=0, clip_on=False))
    axes.add_artist(PolyCollection(bars, facecolors=filled, linewidths=0, clip_on=False))
    axes.add_artist(LineCollection(lines, colors=LINE, linewidths=0.7, clip_on=False))


def _words(axes: Axes, drawn: Drawn, x: float, y: float) -> None:
    """Write what a card says."""
    card = drawn.card
    left, right = x + BAR + SIDE, x + WIDE - SIDE
    evidence = f"{card.supports} for, {card.contradicts} against"
    room = right - left - 0.12 - font.width(evidence) * SMALL / 8
    base = y + HEAD - 0.07
    _text(axes, left, base, fit(card.key, room, 1, _KEY), size=_KEY, bold=True)
    _text(axes, right, base, [evidence], ha="right", color=GREY)
    at = y + HEAD + SPACE - 0.025
    _text(axes, left, at, drawn.label)
    at = y + drawn.under
    for name, lines in drawn.parts:
        first = at + 0.13
        _text(axes, left, first, [name], bold=True)
        _text(axes, left + LETTER, first, lines or ["not said"], color=INK if lines else GREY)
        at += high(lines)


def _text(
    axes: Axes,
    x: float,
    first: float,
    lines: list[str] | tuple[str, ...],
    *,
    size: float = SMALL,
    bold: bool = False,
    **style: Any,
) -> None:
    """Write lines, the first one on the base line `first`."""
    from matplotlib.text import Text

    for number, line in enumerate(lines):
        words = Text(
            x,
            first + SPACE * number,
            line,
            fontproperties=_letters(size, bold),
            parse_math=False,
            **{"color": INK, **style},
        )
        axes.add_artist(words)
        words.set_clip_on(False)


@lru_cache(maxsize=8)
def _letters(size: float, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=font.FAMILY, size=size, weight="bold" if bold else "normal")


def _frames(axes: Axes, drawn: dict[str, Drawn], made: Layout) -> None:
    """Draw the frames above all words, so that a press anywhere on a card finds it."""
    from matplotlib.patches import Rectangle

    for key, each in drawn.items():
        x, y = made.places[key]
        style = {"edgecolor": INK, "linewidth": 0.9, **_FRAMES[each.frame]}
        # what is filled with nothing at all cannot be pressed
        frame = Rectangle(
            (x, y), WIDE, each.height, facecolor=(1, 1, 1, 0.004), gid=f"cmo-{key}", **style
        )
        axes.add_artist(frame)
        frame.set_clip_on(False)


def _colours(cards: tuple[Card, ...]) -> dict[str, str]:
    """Return a colour a programme; black says several, and yellow is too pale for a bar."""
    usable = [colour for colour in COLOURS if colour not in {"#000000", "#F0E442"}]
    programmes = sorted({each.programmes[0] for each in cards if len(each.programmes) == 1})
    return {name: usable[number % len(usable)] for number, name in enumerate(programmes)}


def _colour(card: Card, colours: dict[str, str]) -> str:
    if len(card.programmes) == 1:
        return colours[card.programmes[0]]
    return _SEVERAL if card.programmes else _NO_PROGRAMME


def _keys(drawn: dict[str, Drawn], colours: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    keys: list[tuple[str, dict[str, Any]]] = [
        (shorten(name, 30), {"facecolor": colour, "linewidth": 0})
        for name, colour in colours.items()
    ]
    cards = [each.card for each in drawn.values()]
    if any(len(each.programmes) > 1 for each in cards):
        keys.append(("several programmes", {"facecolor": _SEVERAL, "linewidth": 0}))
    if any(not each.programmes for each in cards):
        keys.append(("no programme", {"facecolor": _NO_PROGRAMME, "linewidth": 0}))
    there = {each.frame for each in drawn.values()}
    keys += [
        (name, {"facecolor": "white", "edgecolor": INK, "linewidth": 0.9, **style})
        for name, style in _FRAMES.items()
        if name in there
    ]
    return keys
