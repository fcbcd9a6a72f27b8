"""How far one is: nothing here, source done."""

from __future__ import annotations

import re

from playwright.sync_api import expect

import p3c_qual as p3c


def test_nothing_here_goes_on_and_counts_as_worked_through(window, folder) -> None:
    line = window.bench.locator(".p3c-line-of-state")
    expect(line).to_contain_text("worked through 0 %")
    window.press("ArrowDown", "x")
    assert window.marked == "We met each week in the town hall."
    window.press("Enter")
    window.pick("team")
    window.saved()
    window.press("n")
    assert window.marked == "Nobody had time, but it helped us a lot."
    with p3c.open_study(folder, coder="anna") as study:
        text = study.text("P1")
        [row] = study.readings().to_dict("records")
    assert row["characters"] >= len("It was slow.")
    expect(line).not_to_contain_text("worked through 0 %")
    spoken = len("It was slow.") + len("We met each week in the town hall.")
    assert spoken < len(text)


def test_a_source_is_done_and_open_again_with_one_key(window, folder) -> None:
    window.press("Shift+D")
    window.saved()
    with p3c.open_study(folder) as study:
        assert [row["source"] for row in study.readings().to_dict("records") if row["done"]] == [
            "P1"
        ]
    expect(window.bench.locator(".p3c-line-of-state")).to_contain_text("worked through 100 %")
    expect(window.bench.locator('.p3c-doc[data-key="P1"]')).to_have_class(re.compile("p3c-done"))
    expect(window.bench.locator(".p3c-documents .p3c-book").first).to_contain_text("1/3")
    window.press("Shift+D")
    window.saved()
    with p3c.open_study(folder) as study:
        assert not any(study.readings()["done"])


def test_sources_are_grouped_and_searched(window, folder) -> None:
    groups = window.bench.locator(".p3c-documents .p3c-book .p3c-name")
    expect(groups).to_have_text(["north", "south"])
    window.bench.get_by_label("Group sources by").select_option("stakeholder")
    expect(groups).to_contain_text(["D1", "F"])
    window.press("Escape")
    window.bench.locator(".p3c-text").focus()
    window.press("l")
    window.page.keyboard.type("P2")
    window.press("ArrowDown", "ArrowDown", "Enter")
    window.ready("P2")


def test_a_memo_on_the_case_is_written_while_reading(window, folder) -> None:
    window.press("Shift+M")
    window.page.keyboard.type("Tired, but proud.")
    window.press("Control+Enter")
    expect(window.page.locator(".p3c-dialog")).to_have_count(0)
    window.saved()
    with p3c.open_study(folder) as study:
        [memo] = study.memos().to_dict("records")
    assert (memo["about"], memo["text"]) == ("interviewee", "Tired, but proud.")
    window.press("Shift+N")
    expect(window.bench.locator(".p3c-memo")).to_contain_text("Tired, but proud.")
