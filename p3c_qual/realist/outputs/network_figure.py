"""The network of configurations as a picture: cards, lines between them, and the keys in full."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis import font
from p3c_qual.analysis.canvas import GREY, INK, LINE, NARROWEST, PAD, ROW, Canvas, shorten
from p3c_qual.analysis.portrait import COLOURS
from p3c_qual.realist.outputs.network_layout import WIDE, curve_of, lay_out

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from p3c_qual.realist.outputs.network import Card, Network, Tie
    from p3c_qual.realist.outputs.network_layout import Point

__all__ = ["draw_network", "fit"]

#: points of the words in a card and below it; inches of a line of them
SMALL, BELOW, SPACE = 7.0, 7.5, 0.132
#: inches: the head of a card, the bar of its programme, the letter of a part, white in a part
HEAD, BAR, LETTER, INSIDE = 0.25, 0.08, 0.2, 0.055
#: inches between the parts of a card; of the list below, how wide one column is at least
BETWEEN, COLUMN = 0.1, 3.2
#: lines of words in a part, by how many cards there are at most
_LINES = ((3, 6), (12, 4), (24, 3))
#: emoji, and the marks that change their colour
_PICTURES = {"So", "Sk"}
_NO_PROGRAMME, _SEVERAL = "#7b828c", "#33383f"
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


@dataclass(frozen=True)
class _Drawn:
    """A card with its words broken into lines."""

    card: Card
    parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def height(self) -> float:
        inside = sum(_high(lines) for _, lines in self.parts)
        return HEAD + inside + BETWEEN * (len(self.parts) - 1) + 0.07

    @property
    def frame(self) -> str:
        if self.card.contradicts:
            return "something speaks against it"
        return "nothing speaks against it" if self.card.supports else "no passage yet"


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
    most = next((lines for cards, lines in _LINES if len(network.cards) <= cards), 2)
    drawn = {card.key: _broken(card, most) for card in network.cards}
    made = lay_out(list(drawn), network.ties, {key: each.height for key, each in drawn.items()})
    wide = max(made.width, NARROWEST - 2 * PAD)
    listed = _Listing(network.cards, wide)
    colours = _colours(network.cards)
    paper = Canvas(
        width=wide,
        rows=round((made.height + 0.3 + listed.height) / ROW + 0.5),
        left=0.0,
        head=0.05,
        keys=_keys(drawn, colours),
        caption=_caption(network),
    )
    for tie, points in made.routes:
        _line(paper, tie, points)
    for key, (x, y) in made.places.items():
        _card(paper, drawn[key], x, y, colours)
    listed.draw(paper, made.height + 0.3, colours)
    for key, each in drawn.items():
        # above the words, so that a press anywhere on a card finds it
        (x, y), high = made.places[key], each.height
        area = (x, y / ROW, WIDE, high / ROW)
        paper.box(*area, facecolor="white", alpha=0.0, linewidth=0, gid=f"cmo-{key}")
    return paper.figure


def _caption(network: Network) -> str:
    said = [text for kind, text in _TOLD.items() if any(t.kind == kind for t in network.ties)]
    if network.cards:
        said.insert(0, "C context, M mechanism (resource → reasoning), O outcome")
        said.append("▲ improves, ▼ worsens, = unchanged, ▲▼ mixed")
        said.append("Numbers: passages that support or refine a configuration, and against it")
    return ". ".join(filter(None, [network.caption, *said])) + "."


def _broken(card: Card, most: int) -> _Drawn:
    said = (("C", card.context), ("M", card.mechanism), ("O", card.outcome))
    room = WIDE - BAR - LETTER - 0.2
    return _Drawn(card, tuple((name, tuple(fit(words, room, most))) for name, words in said))


def fit(words: str, wide: float, most: int, size: float = SMALL) -> list[str]:
    """Break words into at most `most` lines; a word that is too wide is broken too.

    Examples
    --------
    >>> fit("Patientenbeteiligungsverfahren im Quartier", 1.2, 2)
    ['Patientenbeteiligungsv-', 'erfahren im Quartier']
    """
    # widths are measured at 8 points
    room = wide * 8 / size
    known = font.letters()
    # a picture that the font lacks carries no word; of a missing letter a box is shown
    words = "".join(c for c in words if c in known or unicodedata.category(c) not in _PICTURES)
    pieces = [part for word in shorten(words, 400).split() for part in _pieces(word, room)]
    lines = font.wrap(" ".join(pieces), room) if pieces else []
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while font.width(f"{last} …") > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], f"{last} …"]


def _pieces(word: str, room: float) -> list[str]:
    found = []
    while font.width(word) > room:
        end = next(
            n for n in range(len(word) - 1, 0, -1) if font.width(f"{word[:n]}-") <= room or n == 1
        )
        found.append(f"{word[:end]}-")
        word = word[end:]
    return [*found, word]


def _high(lines: tuple[str, ...]) -> float:
    return SPACE * max(len(lines), 1) + 2 * INSIDE


def _card(paper: Canvas, drawn: _Drawn, x: float, y: float, colours: dict[str, str]) -> None:
    card, frame = drawn.card, _FRAMES[drawn.frame]
    high = drawn.height
    paper.box(
        *(x, y / ROW, WIDE, high / ROW),
        **{"facecolor": "white", "edgecolor": INK, "linewidth": 0.9, "clip_on": False, **frame},
    )
    paper.box(x, y / ROW, BAR, high / ROW, facecolor=_colour(card, colours), linewidth=0)
    evidence = f"{card.supports} for, {card.contradicts} against"
    room = WIDE - BAR - 0.22 - font.width(evidence) * SMALL / 8
    key = fit(card.key, room, 1, 8.5)[0]
    middle = (y + HEAD / 2 + 0.01) / ROW
    paper.text(x + BAR + 0.07, middle, key, ha="left", weight="bold", fontsize=8.5)
    paper.text(x + WIDE - 0.07, middle, evidence, ha="right", color=GREY, fontsize=SMALL)
    y += HEAD
    left, wide = x + BAR + 0.06, WIDE - BAR - 0.12
    for number, (name, lines) in enumerate(drawn.parts):
        if number:
            _step(paper, x + WIDE / 2, y - BETWEEN, frame)
        _part(paper, (left, y, wide), name, lines)
        y += _high(lines) + BETWEEN


def _part(paper: Canvas, at: tuple[float, float, float], name: str, lines: tuple[str, ...]) -> None:
    left, y, wide = at
    high = _high(lines)
    style: dict[str, Any] = {"facecolor": "#f3f5f8", "edgecolor": LINE, "linewidth": 0.6}
    if not lines:
        style |= {"facecolor": "white", "linestyle": (0, (2, 2))}
    paper.box(left, y / ROW, wide, high / ROW, **style)
    top = y + INSIDE + SPACE / 2
    paper.text(left + 0.05, top / ROW, name, ha="left", weight="bold", fontsize=SMALL, color=INK)
    for number, line in enumerate(lines or ("not said",)):
        colour = INK if lines else GREY
        words = {"ha": "left", "fontsize": SMALL, "color": colour}
        paper.text(left + LETTER, (top + SPACE * number) / ROW, line, **words)


def _step(paper: Canvas, x: float, y: float, frame: dict[str, Any]) -> None:
    from matplotlib.lines import Line2D

    line = Line2D([x, x], [y / ROW, (y + BETWEEN) / ROW], color=INK, linewidth=0.9, **frame)
    paper.axes.add_line(line)


def _line(paper: Canvas, tie: Tie, points: list[Point]) -> None:
    """Draw a line through its points; at each it runs straight up or down."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    chain = tie.kind == "chain"
    curve = curve_of(points)
    kinds = [Path.MOVETO, *[Path.CURVE4] * (len(curve) - 1)]
    path = Path([(x, y / ROW) for x, y in curve], kinds)
    style: dict[str, Any] = {"linewidth": 1.3, "color": "#3d444d", "shrinkA": 0, "shrinkB": 0}
    if chain:
        style |= {"arrowstyle": "-|>", "mutation_scale": 9}
    else:
        style |= {"arrowstyle": "-", "linestyle": (0, (1.2, 1.6)), "linewidth": 1.2}
    paper.axes.add_patch(FancyArrowPatch(path=path, **style))
    if not chain:
        _diamond(paper, points[0].x, points[0].y)


def _diamond(paper: Canvas, x: float, y: float) -> None:
    from matplotlib.patches import Polygon

    corners = [(x, y), (x + 0.045, y + 0.06), (x, y + 0.12), (x - 0.045, y + 0.06)]
    shape = Polygon(
        [(a, b / ROW) for a, b in corners], facecolor="white", edgecolor="#3d444d", linewidth=1.0
    )
    paper.axes.add_patch(shape)


def _colours(cards: tuple[Card, ...]) -> dict[str, str]:
    """Return a colour a programme; black says several, and yellow is too pale for a bar."""
    usable = [colour for colour in COLOURS if colour not in {"#000000", "#F0E442"}]
    programmes = sorted({each.programmes[0] for each in cards if len(each.programmes) == 1})
    return {name: usable[number % len(usable)] for number, name in enumerate(programmes)}


def _colour(card: Card, colours: dict[str, str]) -> str:
    if len(card.programmes) == 1:
        return colours[card.programmes[0]]
    return _SEVERAL if card.programmes else _NO_PROGRAMME


def _keys(drawn: dict[str, _Drawn], colours: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
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


class _Listing:
    """The keys of all cards with their labels in full, in columns."""

    def __init__(self, cards: tuple[Card, ...], wide: float) -> None:
        self.count = max(1, min(int(wide // COLUMN), len(cards)))
        self.column = wide / self.count
        self.key = min(max(font.width(each.key, bold=True) for each in cards) + 0.12, 1.1)
        self.rows = [
            (
                card,
                fit(card.key, self.key - 0.06, 1, 8)[0],
                fit(_said(card), self.column - self.key - 0.35, 4, BELOW),
            )
            for card in cards
        ]
        self.columns = self._columns()
        self.height = max(sum(self._high(row) for row in column) for column in self.columns)

    def _high(self, row: tuple[Card, str, list[str]]) -> float:
        return 0.14 * len(row[2]) + 0.05

    def _columns(self) -> list[list[tuple[Card, str, list[str]]]]:
        """Break the list into columns that are about as high."""
        whole = sum(map(self._high, self.rows))
        columns: list[list[tuple[Card, str, list[str]]]] = [[] for _ in range(self.count)]
        done = 0.0
        for row in self.rows:
            columns[min(int(done / whole * self.count), self.count - 1)].append(row)
            done += self._high(row)
        return columns

    def draw(self, paper: Canvas, top: float, colours: dict[str, str]) -> None:
        """Write the list below the cards."""
        for number, column in enumerate(self.columns):
            x, y = number * self.column, top
            for card, key, lines in column:
                middle = (y + 0.07) / ROW
                paper.box(
                    x, y / ROW, 0.05, 0.13 / ROW, facecolor=_colour(card, colours), linewidth=0
                )
                paper.text(x + 0.1, middle, key, ha="left", weight="bold", fontsize=BELOW)
                for line_number, line in enumerate(lines):
                    at = (y + 0.07 + 0.14 * line_number) / ROW
                    paper.text(x + 0.1 + self.key, at, line, ha="left", fontsize=BELOW)
                y += self._high((card, key, lines))


def _said(card: Card) -> str:
    programmes = ", ".join(card.programmes) or "no programme"
    return f"{card.label or 'no label'} ({programmes}; {card.completeness})"
