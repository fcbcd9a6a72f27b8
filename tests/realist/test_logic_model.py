"""The logic model: taken in, edited, and arrow by arrow what it rests on."""

from __future__ import annotations

import pytest
from judging_kit import claim, layer, says

import p3c_qual as p3c
from p3c_qual.analysis.canvas import figure_bytes
from p3c_qual.errors import P3CError
from p3c_qual.realist.logic.logic_figure import plot_logic_model
from p3c_qual.realist.logic.logic_model import (
    carry,
    draw_arrow,
    edit_arrow,
    edit_block,
    make_block,
    remove_arrow,
    remove_block,
    shipped_model,
    take_logic_model,
    uncarry,
)
from p3c_qual.realist.logic.logic_table import table_logic_model


@pytest.fixture
def drawn(told):
    """Give the study with the shipped logic model and two claims."""
    take_logic_model(told)
    claim(told, "c1", {"r": ("reasoning", "trust"), "o": ("outcome", "stays")})
    claim(told, "c2", {"r": ("reasoning", "ease"), "o": ("outcome", "quicker")})
    return told


def arrow_of(told, block, other):
    found = layer(told)
    keys = {each.id: each.key for each in found.blocks.values()}
    return next(
        each.id
        for each in found.arrows.values()
        if (keys[each.block], keys[each.other]) == (block, other)
    )


def test_the_shipped_model_has_five_blocks_and_no_arrow_to_nowhere():
    model = shipped_model()
    keys = [each["key"] for each in model["blocks"]]
    assert len(set(keys)) == len(keys) == 5
    ways = [(each["from"], each["to"]) for each in model["arrows"]]
    assert len(set(ways)) == len(ways)
    assert {name for way in ways for name in way} == set(keys)
    assert all(one != other for one, other in ways)
    # care interactions go both ways
    assert ("practitioners", "people") in ways
    assert ("people", "practitioners") in ways


def test_taking_it_in_again_brings_back_what_is_missing_and_leaves_what_was_changed(told):
    assert len(take_logic_model(told)) == 12
    edit_block(told, "people", fields={"label": "People and kin"})
    remove_block(told, "system")
    assert len(take_logic_model(told)) == 3
    blocks = {each.key: each.label for each in layer(told).blocks.values()}
    assert (len(blocks), blocks["people"]) == (5, "People and kin")
    assert take_logic_model(told) == []


def test_two_copies_take_in_the_same_rows(told, tmp_path):
    other = p3c.new_study(tmp_path / "other", title="Other", coder="ben")
    assert take_logic_model(told) == take_logic_model(other)


def test_blocks_are_made_edited_and_removed_with_their_arrows(drawn):
    block = make_block(drawn, "Kin and neighbours")
    assert layer(drawn).blocks[block].key == "kin_and_neighbours"
    assert edit_block(drawn, block, fields={"key": "kin"}, was={"key": "kin_and_neighbours"})
    arrow = draw_arrow(drawn, "kin", "people", label="stand by")
    carry(drawn, arrow, "c1")
    assert remove_block(drawn, "kin") == 1
    found = layer(drawn)
    assert block not in found.blocks
    assert arrow not in found.arrows
    drawn.undo()
    assert layer(drawn).arrows[arrow].carries == ("c1",)


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (lambda s: make_block(s, "  "), "a block needs a label"),
        (lambda s: make_block(s, "X", key="people"), "there is a block 'people' already"),
        (lambda s: make_block(s, "X", key="P 1"), "cannot be a key"),
        (lambda s: edit_block(s, "people", fields={"key": "system"}), "'system' already"),
        (lambda s: edit_block(s, "people", fields={"label": ""}), "a block needs a label"),
        (lambda s: edit_block(s, "people", fields={"colour": "red"}), "no field 'colour'"),
        (lambda s: edit_block(s, "peple", fields={"label": "x"}), "Did you mean 'people'"),
        (lambda s: draw_arrow(s, "people", "people"), "back to itself"),
        (lambda s: draw_arrow(s, "people", "outcomes"), "already"),
        (lambda s: draw_arrow(s, "people", "nowhere"), "no block of the logic model 'nowhere'"),
        (lambda s: remove_arrow(s, "none"), "there is no arrow"),
        (lambda s: carry(s, "none", "c1"), "there is no arrow"),
        (lambda s: carry(s, arrow_of(s, "people", "outcomes"), "c9"), "'c9'"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(drawn, do, said):
    before = layer(drawn)
    with pytest.raises(P3CError, match=said):
        do(drawn)
    assert layer(drawn) == before


def test_what_somebody_changed_meanwhile_is_not_written_over(drawn):
    arrow = arrow_of(drawn, "people", "outcomes")
    edit_arrow(drawn, arrow, fields={"label": "self-care"})
    with pytest.raises(P3CError) as caught:
        edit_arrow(drawn, arrow, fields={"label": "x"}, was={"label": "as it was"})
    assert caught.value.problems[0].code == "stale"
    with pytest.raises(P3CError) as caught:
        edit_block(drawn, "people", fields={"label": "x"}, was={"label": "as it was"})
    assert caught.value.problems[0].code == "stale"


def test_an_arrow_rests_on_a_configuration_once(drawn):
    arrow = arrow_of(drawn, "practitioners", "people")
    assert carry(drawn, arrow, "c1") == carry(drawn, arrow, "c1")
    assert uncarry(drawn, arrow, "c1")
    assert not uncarry(drawn, arrow, "c1")
    carry(drawn, arrow, "c1")
    assert layer(drawn).arrows[arrow].carries == ("c1",)


def test_an_arrow_takes_no_configuration_that_does_not_stand(drawn):
    with drawn.act("set aside") as act:
        act.update("configuration", {"c1": {"state": "set_aside"}})
    with pytest.raises(P3CError, match="set aside"):
        carry(drawn, arrow_of(drawn, "people", "outcomes"), "c1")


def row(told, start):
    table = table_logic_model(told)
    return table[table["label"] == start].iloc[0]


def test_the_table_counts_each_passage_once_an_arrow(drawn, tmp_path):
    arrow = arrow_of(drawn, "people", "outcomes")
    carry(drawn, arrow, "c1")
    carry(drawn, arrow, "c2")
    says(drawn, "c1.r", "N1", "I told her")
    says(drawn, "c2.r", "N1", "I told her")
    says(drawn, "c2.r", "S2", "I could say it", role="refines")
    says(drawn, "c2.o", "plan", "Admissions fall")
    says(drawn, "c1.o", "N2", "Nothing got better", role="contradicts")
    says(drawn, "c1.o", "S1", "budget", role="rival")
    says(drawn, "c1.o", "S1", "stopped filling", absent=True)
    found = row(drawn, "what people bring about themselves")
    assert (found["configurations"], found["keys"]) == (2, "c1;c2")
    assert (found["supporting"], found["contradicting"], found["interviewees"]) == (3, 2, 2)
    assert found["programmes"] == "north;south"
    assert row(drawn, "what care brings about")["configurations"] == 0
    caption = table_logic_model(drawn).attrs["caption"]
    assert "7 arrows, of which 6 rest on no configuration" in caption
    for ending in ("csv", "xlsx", "html"):
        path = p3c.write_table(table_logic_model(drawn), tmp_path / f"logic.{ending}")
        assert path.stat().st_size


def test_a_configuration_that_was_set_aside_counts_no_more(drawn):
    arrow = arrow_of(drawn, "people", "outcomes")
    carry(drawn, arrow, "c1")
    says(drawn, "c1.r", "N1", "I told her")
    with drawn.act("set aside") as act:
        act.update("configuration", {"c1": {"state": "set_aside"}})
    found = row(drawn, "what people bring about themselves")
    assert (found["configurations"], found["supporting"]) == (0, 0)


def test_the_figure_shows_every_block_and_what_each_arrow_rests_on(drawn):
    from matplotlib.patches import FancyArrowPatch

    arrow = arrow_of(drawn, "people", "outcomes")
    carry(drawn, arrow, "c1")
    says(drawn, "c1.r", "N1", "I told her")
    says(drawn, "c1.o", "N2", "Nothing got better", role="contradicts")
    make_block(drawn, "A block that the team added and that has a rather long label, for a test")
    figure = plot_logic_model(drawn)
    (axes,) = figure.axes
    words = " ".join(text.get_text() for text in axes.texts)
    assert "1 configuration\n1 for, 1 against" in words
    assert words.count("no configuration") == 6
    assert "A block that the team" in words
    arrows = [each for each in axes.patches if isinstance(each, FancyArrowPatch)]
    widths = {round(each.get_linewidth(), 1) for each in arrows}
    assert len(arrows) == 14, "a shaft and a head each"
    assert max(widths) > 5
    assert figure_bytes(figure) == figure_bytes(plot_logic_model(drawn))


def test_no_blocks_overlap_and_none_leaves_the_paper(drawn):
    from matplotlib.patches import Rectangle

    for number in range(5):
        make_block(drawn, f"Block {number}")
    (axes,) = plot_logic_model(drawn).axes
    boxes = [each.get_bbox() for each in axes.patches if isinstance(each, Rectangle)]
    assert len(boxes) == 10
    right, bottom = axes.get_xlim()[1], axes.get_ylim()[0]
    assert all(b.x0 >= 0 and b.x1 <= right and b.y0 >= 0 and b.y1 <= bottom for b in boxes)
    assert not any(
        a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1
        for n, a in enumerate(boxes)
        for b in boxes[n + 1 :]
    )


def test_a_study_without_a_logic_model_has_no_figure(told):
    with pytest.raises(P3CError, match="has no logic model"):
        plot_logic_model(told)
    assert table_logic_model(told).empty
