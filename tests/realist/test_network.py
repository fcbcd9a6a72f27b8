"""The network of configurations as a picture."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.analysis import font
from p3c_qual.errors import P3CError
from p3c_qual.realist.outputs.network import Card, Network, Tie, network_svg, read_network
from p3c_qual.realist.outputs.network_figure import draw_network, fit
from p3c_qual.realist.outputs.network_layout import WIDE, Layout, Point, curve_of, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = "Patientenbeteiligungsverfahrensordnungsänderung im abgelegenen Quartier 🙂 "


def _chained(*pairs: tuple[int, int], kind: str = "chain") -> list[Tie]:
    return [Tie(kind, f"c{one}", f"c{other}") for one, other in pairs]


def _keys(count: int) -> list[str]:
    return [f"c{number}" for number in range(1, count + 1)]


def _lay(count: int, ties: list[Tie]) -> tuple[Layout, dict[str, float]]:
    heights = {key: 1.0 + 0.13 * (number % 3) for number, key in enumerate(_keys(count))}
    return lay_out(_keys(count), ties, heights), heights


#: ties of 40 configurations: chains that branch and join, a circle, nestings
MANY = [
    *_chained((1, 2), (2, 3), (3, 4), (1, 5), (5, 4), (6, 7), (7, 8), (1, 4)),
    *_chained((9, 10), (10, 11), (11, 12), (12, 9)),
    *_chained(*((13, number) for number in range(14, 20))),
    *_chained((20, 21), (20, 22), kind="part"),
]
CASES = [
    pytest.param(1, [], id="one"),
    pytest.param(3, _chained((1, 2)), id="three"),
    pytest.param(10, _chained(*itertools.pairwise(range(1, 11))), id="a chain of ten"),
    pytest.param(4, _chained((1, 2), (2, 3), (3, 1), (3, 4)), id="a circle"),
    pytest.param(2, _chained((1, 2), (2, 1)), id="two that lead to each other"),
    pytest.param(12, _chained(*((1, n) for n in range(2, 12)), (11, 12), (12, 1)), id="a fan"),
    pytest.param(40, MANY, id="forty"),
]


@pytest.mark.parametrize(("count", "ties"), CASES)
def test_every_card_has_a_place_and_none_overlaps(count: int, ties: list[Tie]) -> None:
    made, heights = _lay(count, ties)

    assert set(made.places) == set(_keys(count))
    for (one, (x, y)), (other, (left, top)) in itertools.combinations(made.places.items(), 2):
        beside = x + WIDE <= left or left + WIDE <= x
        below = y + heights[one] <= top or top + heights[other] <= y
        assert beside or below, (one, other)
    assert all(x >= 0 and x + WIDE <= made.width + 1e-9 for x, _ in made.places.values())
    assert all(y + heights[key] <= made.height + 1e-9 for key, (_, y) in made.places.items())


@pytest.mark.parametrize(("count", "ties"), CASES)
def test_every_line_goes_from_outcome_to_context_and_crosses_no_card(
    count: int, ties: list[Tie]
) -> None:
    made, heights = _lay(count, ties)

    assert sorted(map(str, ties)) == sorted(str(tie) for tie, _ in made.routes)
    for tie, points in made.routes:
        start, end = made.places[tie.start], made.places[tie.end]
        assert points[0].y == pytest.approx(start[1] + heights[tie.start])
        assert points[-1].y == pytest.approx(end[1])
        for px, py in _along(points):
            hit = [
                key
                for key, (x, y) in made.places.items()
                if x < px < x + WIDE and y + 1e-6 < py < y + heights[key] - 1e-6
            ]
            assert not hit, (tie, hit)


def _along(points: list[Point]) -> Iterator[tuple[float, float]]:
    """Yield points along a line."""
    curve = curve_of(points)
    for at in range(0, len(curve) - 1, 3):
        ends = curve[at : at + 4]
        for t in (number / 24 for number in range(25)):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            x, y = (sum(w * p[i] for w, p in zip(weights, ends, strict=True)) for i in (0, 1))
            yield x, y


def test_chains_run_down_and_a_long_one_goes_on_in_a_second_column() -> None:
    made, _ = _lay(4, _chained((1, 2), (2, 3), (3, 4)))
    assert len({x for x, _ in made.places.values()}) == 1
    assert [made.places[key][1] for key in _keys(4)] == sorted(y for _, y in made.places.values())

    long, _ = _lay(10, _chained(*itertools.pairwise(range(1, 11))))
    assert len({x for x, _ in long.places.values()}) == 2
    assert long.height < 10


def test_words_are_broken_shortened_and_never_wider_than_their_box() -> None:
    for most in (1, 2, 4):
        lines = fit(LONG * 3, 1.5, most)
        assert len(lines) == most
        assert lines[-1].endswith("…")
        assert all(font.width(line) * 7 / 8 <= 1.5 + 1e-6 for line in lines)
    assert fit("", 1.5, 2) == []
    assert fit("kurz", 1.5, 2) == ["kurz"]


def test_the_network_holds_what_stands_and_how_it_is_tied(built: p3c.Study) -> None:
    network = read_network(built)

    assert [card.key for card in network.cards] == ["c1", "c2", "c3", "c10"]
    assert set(network.ties) == {Tie("chain", "c1", "c3"), Tie("part", "c1", "c2")}
    first = network.cards[0]
    assert first.outcome == "▲ fewer hospital stays"
    assert first.mechanism == "a nurse with time → she can be told what no doctor is told"
    assert (first.supports, first.contradicts) == (4, 2)
    assert "1 chain, 1 nesting" in network.caption


def test_a_network_of_some_says_what_it_leaves_out(built: p3c.Study) -> None:
    linked = read_network(built, kind="linked")
    assert [card.key for card in linked.cards] == ["c1", "c2", "c3"]
    assert "1 configuration without a link not drawn" in linked.caption

    south = read_network(built, programme="south")
    assert [card.key for card in south.cards] == ["c3", "c10"]
    assert "1 link to configurations that are not drawn" in south.caption
    with pytest.raises(p3c.P3CError, match="Did you mean 'chains'"):
        read_network(built, kind="chain")


def test_a_link_that_does_not_count_is_not_drawn(built: p3c.Study) -> None:
    with built.act("a circle of nesting, as copies may bring it") as act:
        act.insert("link", [{"configuration": "c1", "other": "c2", "relation": "part_of"}])

    assert sum(tie.kind == "part" for tie in read_network(built).ties) == 1


def test_too_many_to_be_read_are_refused_with_what_to_do(built: p3c.Study) -> None:
    with built.act("many") as act:
        act.insert("configuration", [{"key": f"x{number}"} for number in range(130)])

    with pytest.raises(p3c.P3CError, match=r"134 .* too many .* Choose a programme"):
        read_network(built)
    assert len(read_network(built, kind="linked").cards) == 3


def test_the_picture_names_every_configuration_for_whoever_presses_on_it(built: p3c.Study) -> None:
    svg = network_svg(built)

    assert re.findall(r'id="cmo-(\w+)"', svg) == ["c1", "c2", "c3", "c10"]
    assert svg == network_svg(built)


def test_forty_with_long_labels_are_drawn_inside_the_paper() -> None:
    cards = tuple(
        Card(
            key,
            LONG * 2,
            "triad",
            (f"p{number % 9}",),
            LONG * 3,
            LONG,
            LONG,
            number % 3,
            number % 2,
        )
        for number, key in enumerate(_keys(40))
    )
    figure = draw_network(Network(cards, tuple(MANY), "Forty"))
    (axes,) = figure.axes
    wide = axes.get_xlim()[1]

    shown = {text.get_text() for text in axes.texts}
    assert set(_keys(40)) <= shown
    assert not any("🙂" in words or "□" in words for words in shown)
    for text in axes.texts:
        box = text.get_window_extent()
        left, right = axes.transData.inverted().transform([(box.x0, 0), (box.x1, 0)])[:, 0]
        assert left > -0.1
        assert right < wide + 0.1


def test_forty_lie_on_a_page_on_its_side_and_leave_little_of_it_empty() -> None:
    made, heights = _lay(40, MANY)

    assert 1.2 < made.width / made.height < 1.9
    filled = sum(heights.values()) * WIDE / (made.width * made.height)
    assert filled > 0.55


def test_a_card_without_ties_stands_where_a_chain_leaves_room() -> None:
    made, heights = _lay(5, _chained((1, 2), (2, 3)))

    assert {made.places[key][0] for key in ("c4", "c5")} != {made.places["c1"][0]}
    assert made.height == pytest.approx(made.places["c3"][1] + heights["c3"])


def test_what_a_card_lacks_and_several_programmes_stand_beside_its_label() -> None:
    card = Card("c1", "Talk", "dyad, context and outcome", ("p0", "p1"), "A", "", "B", 1, 0)
    figure = draw_network(Network((card,), (), "One"))

    shown = " ".join(text.get_text() for text in figure.axes[0].texts)
    assert "Talk (p0, p1; dyad, context and outcome)" in shown


def test_the_words_of_the_picture_can_be_searched(built: p3c.Study) -> None:
    assert "a nurse with time" in network_svg(built)


def test_nothing_to_draw_is_said(told: p3c.Study) -> None:
    with pytest.raises(P3CError, match="no configuration stands"):
        p3c.realist.plot_network(told)
    # in the Configure view it is said in the picture's place
    (said,) = draw_network(read_network(told)).axes[0].texts
    assert said.get_text() == "There is no configuration to draw."
