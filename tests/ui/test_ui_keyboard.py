"""Coding with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

import p3c_qual as p3c

from .conftest import codings, quotes, until


def test_an_interview_is_coded_from_an_open_study_without_a_mouse(new_window, lab, folder) -> None:
    window = new_window(lab, folder).open()
    expect(window.bench.locator("*:focus")).to_be_visible()
    window.press("Alt+2")
    window.ready()
    window.press("ArrowDown")
    assert window.marked == "It was slow."
    window.press("Enter")
    # the definition is at hand while one chooses
    window.page.keyboard.type("mone")
    expect(window.page.locator(".p3c-pick-detail")).to_contain_text("Who pays, and for what.")
    window.press("Enter")
    # the same code again, on the next sentence and the one after it
    window.press("ArrowDown", "Shift+ArrowDown", ".")
    window.saved()
    assert quotes(folder) == [
        ("money", "It was slow."),
        (
            "money",
            "We met each week in the town hall. Nobody had time, but it helped us a lot.",
        ),
    ]
    window.press("ArrowDown")
    assert window.marked == "There was none at first."


def test_two_codes_are_given_to_the_same_words_in_one_go(window, folder) -> None:
    window.press("ArrowDown", "Enter")
    window.pick("money", end="Shift+Enter")
    window.pick("trust")
    window.saved()
    assert quotes(folder) == [("money", "It was slow."), ("team.trust", "It was slow.")]


def test_a_code_is_pinned_to_a_number_and_given_by_it(window, folder) -> None:
    # the tree, the code, its menu, all by keys
    window.press("/")
    window.page.keyboard.type("Money")
    window.press("Enter", "m")
    expect(window.page.get_by_role("menu")).to_be_visible()
    window.press("p", "Enter")
    expect(window.page.get_by_role("menu", name="Pin to a number key")).to_be_visible()
    window.press("Enter", "Escape")
    expect(window.bench.locator(".p3c-text")).to_be_focused()
    window.press("ArrowDown", "1")
    window.saved()
    assert quotes(folder) == [("money", "It was slow.")]


def test_units_get_finer_to_words_and_coarser_to_turns(window, folder) -> None:
    window.press("ArrowDown", "ArrowDown")
    assert window.marked == "We met each week in the town hall."
    window.press("ArrowLeft")
    assert window.marked.startswith("It was slow.")
    assert window.marked.endswith("helped us a lot.")
    window.press("ArrowRight", "ArrowRight")
    expect(window.bench.locator('[data-tool="level"]')).to_have_value("word")
    assert window.marked == "It"
    window.press("ArrowDown", "ArrowDown", "Shift+ArrowDown", "Enter")
    window.pick("time")
    window.saved()
    assert quotes(folder) == [("time", "slow. We")]


def test_the_next_uncoded_unit_is_one_key_away(window, folder) -> None:
    window.press("ArrowDown", "Enter")
    window.pick("time")
    window.press("Home", "n")
    assert window.marked == "We met each week in the town hall."
    window.press("p")
    assert window.marked == "We met each week in the town hall."
    expect(window.note).to_contain_text("No unit is left before this")


def test_a_recoded_coding_keeps_its_memo_and_its_marks(window, folder) -> None:
    window.press("ArrowDown", "Enter")
    window.pick("time")
    window.press("Space", "m")
    expect(window.page.locator(".p3c-dialog textarea")).to_be_focused()
    window.page.keyboard.type("Why so slow?")
    window.press("Control+Enter")
    expect(window.page.locator(".p3c-dialog")).to_have_count(0)
    window.press("i", "d", "r")
    window.pick("place")
    window.saved()
    [row] = codings(folder)
    assert (row["code_key"], row["quote"]) == ("place", "It was slow.")
    assert row["important"]
    assert row["unsure"]
    with p3c.open_study(folder) as study:
        [memo] = study.memos().to_dict("records")
    assert memo["text"] == "Why so slow?"
    assert memo["target"] == row["id"]


def test_the_ends_of_a_coding_are_moved_word_by_word(window, folder) -> None:
    window.press("ArrowDown", "Enter")
    window.pick("time")
    window.press("Space", "Alt+ArrowRight", "Alt+ArrowRight", "Alt+Shift+ArrowRight")
    until(lambda: quotes(folder) == [("time", "was slow. We met")])
    window.press("Alt+ArrowLeft", "Alt+Shift+ArrowLeft")
    until(lambda: quotes(folder) == [("time", "It was slow. We")])


def test_a_removed_coding_comes_back_with_undo(window, folder) -> None:
    window.press("ArrowDown", "Enter")
    window.pick("time")
    window.saved()
    window.press("Space", "Delete")
    window.saved()
    assert codings(folder) == []
    window.press("Control+z")
    window.saved()
    expect(window.chips).to_have_count(1)
    assert quotes(folder) == [("time", "It was slow.")]


def test_a_quote_is_copied_with_its_citation(window, folder) -> None:
    window.press("ArrowDown", "y")
    expect(window.note).to_contain_text("copied")
    copied = window.page.evaluate("navigator.clipboard.readText()")
    assert copied == "“It was slow.” (P1, D1, line 3)"


def test_the_keys_are_listed_and_run_from_the_list(window, folder) -> None:
    window.press("ArrowDown", "?")
    help_ = window.page.get_by_role("dialog", name="Keys and actions")
    expect(help_).to_be_visible()
    expect(help_.get_by_role("button", name="Nothing here, next X")).to_be_visible()
    window.press("Escape")
    expect(help_).to_have_count(0)
    expect(window.bench.locator(".p3c-text")).to_be_focused()


def test_focus_goes_from_pane_to_pane_and_back_to_the_text(window, folder) -> None:
    expect(window.bench.locator(".p3c-right")).to_be_visible()
    seen = []
    for _ in range(8):
        window.press("F6")
        seen.append(
            window.page.evaluate(
                "(document.activeElement.closest('.p3c-documents, .p3c-codes, .p3c-right,"
                " .p3c-bar-of-tools, .p3c-text') ?? document.body).className.split(' ').at(-1)"
            )
        )
    assert seen[:5] == ["p3c-documents", "p3c-codes", "p3c-right", "p3c-bar-of-tools", "p3c-text"]
    assert seen[5:] == seen[:3]
