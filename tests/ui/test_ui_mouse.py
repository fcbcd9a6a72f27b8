"""Coding by mouse."""

from __future__ import annotations

from playwright.sync_api import expect

import p3c_qual as p3c

from .conftest import codings, quotes


def test_words_dragged_over_a_turn_boundary_are_coded_as_they_stand(window, folder) -> None:
    window.drag("it helped us", "none at first.")
    window.press("Enter")
    window.pick("money")
    window.saved()
    [(code, quote)] = quotes(folder, "P1")
    assert code == "money"
    assert quote == (
        "it helped us a lot.\n\nI: And what about the money?\n\nR: There was none at first."
    )
    assert window.page.evaluate("document.getSelection().isCollapsed")


def test_a_drag_from_the_end_backwards_marks_the_same_words(window, folder) -> None:
    window.drag("it helped us", "none at first.", back=True)
    window.run("code")
    window.pick("money")
    window.saved()
    [(_, quote)] = quotes(folder, "P1")
    assert quote.startswith("it helped us")
    assert quote.endswith("none at first.")


def test_an_edge_in_an_interviewers_turn_is_trimmed(window, folder) -> None:
    window.drag("what about", "none at first.")
    window.press("Enter")
    window.pick("money")
    window.saved()
    window.drag("helped us", "the money?")
    window.press("Enter")
    window.pick("team")
    window.saved()
    assert quotes(folder, "P1") == [
        ("team", "helped us a lot."),
        ("money", "There was none at first."),
    ]


def test_a_drag_wholly_in_an_interviewers_turn_codes_nothing_unless_that_is_wanted(
    window, folder
) -> None:
    window.drag("what about", "the money?")
    window.press("Enter")
    expect(window.page.locator(".p3c-picker")).to_have_count(0)
    expect(window.note).to_contain_text("interviewer’s words")
    assert codings(folder) == []
    window.note.get_by_role("button", name="Let interviewer’s words be coded").click()
    window.drag("what about", "the money?")
    window.press("Enter")
    window.pick("money")
    window.saved()
    assert quotes(folder) == [("money", "what about the money?")]


def test_a_coding_is_chosen_by_a_click_and_resized_by_its_end(window, folder) -> None:
    window.drag("We met", "each week")
    window.press("Enter")
    window.pick("meetings")
    window.saved()
    window.click("met")
    handle = window.bench.locator(".p3c-handle-end")
    expect(handle).to_be_visible()
    box = handle.bounding_box()
    _, to = window.ends("Nobody had")
    window.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    window.page.mouse.down()
    window.page.mouse.move(*to, steps=6)
    window.page.mouse.up()
    window.saved()
    assert quotes(folder) == [("team.meetings", "We met each week in the town hall. Nobody had")]
    expect(window.bench.locator(".p3c-chip[aria-pressed=true]")).to_have_count(1)


def test_a_click_on_a_code_in_the_tree_looks_and_two_clicks_give_it(window, folder) -> None:
    window.click("slow")
    leaf = window.leaf("Money")
    leaf.click()
    expect(window.bench.locator(".p3c-side-body")).to_contain_text("Who pays, and for what.")
    assert codings(folder) == []
    leaf.dblclick()
    window.saved()
    assert quotes(folder) == [("money", "It was slow.")]


def test_the_whole_extent_of_a_coding_is_shown_when_the_mouse_is_over_its_name(
    window, folder
) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        text = study.text("P1")
        start, end = text.index("We met"), text.index("first.") + 6
        study.code("P1", start, end, "team")
        study.code("P1", text.index("Nobody"), text.index("time,") + 4, "time")
    expect(window.chips).to_have_count(2)
    window.chips.filter(has_text="Team").hover()
    hot = window.bench.locator(".p3c-seg.p3c-hot")
    assert " ".join(hot.all_inner_texts()).replace("\n", " ").startswith("We met each week")
    assert "There was none at first." in "".join(hot.all_inner_texts())
