"""Finding, filtering and segments, and coding from there."""

from __future__ import annotations

from playwright.sync_api import expect

import p3c_qual as p3c

from .conftest import codings, quotes, until


def test_words_become_a_code_of_their_own(window, folder) -> None:
    window.leaf("Money").click()
    window.drag("none at", "first")
    window.press("v")
    window.saved()
    [row] = codings(folder)
    assert (row["quote"], row["origin"]) == ("none at first", "in_vivo")
    expect(window.leaf("none at first")).to_be_visible()
    with p3c.open_study(folder) as study:
        made = study.codes("mini").set_index("code").loc[row["code_key"]]
    assert (made["label"], made["parent"]) == ("none at first", "money")


def test_hits_are_coded_one_by_one_and_marked_as_from_a_search(window, folder) -> None:
    window.press("f")
    window.page.keyboard.type("MONEY")
    expect(window.bench.locator(".p3c-find")).to_contain_text("1 hit")
    window.press("Control+a")
    window.page.keyboard.type("was")
    expect(window.bench.locator(".p3c-find")).to_contain_text("3 hits")
    window.press("Enter", "Enter", "Escape")
    assert window.marked == "was"
    window.bench.locator(".p3c-text").focus()
    window.press("Enter")
    window.pick("time")
    window.saved()
    # the next hit, extended to more words, is from the search still
    window.press("F3")
    hit = window.marked
    window.press("Shift+ArrowRight")
    until(lambda: window.marked != hit)
    window.press(".")
    until(lambda: len(codings(folder)) == 2)
    found = codings(folder)
    assert [row["origin"] for row in found] == ["search", "search"]
    # what is coded elsewhere is not
    window.drag("Nobody", "time")
    window.press(".")
    window.saved()
    [other] = [row for row in codings(folder) if row["quote"] == "Nobody had time"]
    assert not other["origin"]


def test_a_search_in_all_sources_goes_to_the_source_of_a_hit(window, folder) -> None:
    window.press("f")
    window.page.keyboard.type("mayor")
    window.bench.get_by_label("in all sources").check()
    hits = window.bench.locator(".p3c-find .p3c-segment")
    expect(hits).to_have_count(2)
    hits.filter(has_text="P2").click()
    expect(window.bench.locator(".p3c-line-of-state b")).to_have_text("P2")
    window.bench.locator(".p3c-text").focus()
    assert window.marked == "mayor"
    window.press("Enter")
    window.pick("place")
    window.saved()
    [row] = codings(folder)
    assert (row["key"], row["quote"], row["origin"]) == ("P2", "mayor", "search")


def test_the_segments_of_a_code_show_their_context_and_lead_to_the_text(window, folder) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        for source, words in [("P1", "We met each week"), ("P2", "He answered")]:
            start = study.text(source).index(words)
            study.code(source, start, start + len(words), "team")
    window.leaf("Team").click()
    window.bench.get_by_role("tab", name="Segments").click()
    segments = window.bench.locator(".p3c-side-body .p3c-segment")
    expect(segments).to_have_count(2)
    first = segments.filter(has_text="P1")
    # the question before it, and the turn around it
    expect(first.locator(".p3c-question")).to_contain_text("How was it at the beginning?")
    expect(first.locator(".p3c-turn-text")).to_contain_text("Nobody had time")
    expect(first.locator("mark")).to_have_text("We met each week")
    segments.filter(has_text="P2").click()
    window.ready("P2")
    expect(window.bench.locator(".p3c-chip[aria-pressed=true]")).to_have_count(1)
    # the list stays beside the text, which is coded on
    expect(segments).to_have_count(2)
    window.drag("at once")
    window.press("Enter")
    window.pick("team")
    window.saved()
    expect(segments).to_have_count(3)


def test_only_one_code_is_shown_and_all_again(window, folder) -> None:
    window.press("ArrowDown", "Enter")
    window.pick("money")
    window.press("ArrowDown", "Enter")
    window.pick("team")
    expect(window.chips).to_have_count(2)
    window.leaf("Money").click()
    window.bench.locator(".p3c-text").focus()
    window.press("h")
    expect(window.chips.locator(".p3c-name")).to_have_text(["Money"])
    window.press("h")
    expect(window.chips).to_have_count(2)
    window.saved()
    assert len(quotes(folder)) == 2
