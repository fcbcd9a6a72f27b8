"""The panels beside Write: quotes, forms, facts, plan and practice, checks, measures, renders."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.description import give_answer, make_quote, note_fact, write_contrast
from p3c_qual.description.read import read_description

from .conftest import MEETING, until
from .test_ui_access import grave

WORDS = "It was slow. We met each week in the town hall. Nobody had time, but it helped us a lot."
PANELS = ("forms", "quotes", "facts", "practice", "checks", "measures", "render")


@pytest.fixture
def filled(folder):
    """A study with a quote, two facts that do not agree, and a claim held against practice."""
    with p3c.open_study(folder, coder="anna") as study:
        start = MEETING.index(WORDS)
        make_quote(study, "P1", start, start + len(WORDS))
        about = {"programme": "north"}
        give_answer(study, "formal_description", "name", "Care in the north", **about)
        note_fact(study, "Practices", "18 of 19", date="2015", source="plan", **about)
        note_fact(study, "Practices", "18 of 20", date="2015", source="P2", **about)
        write_contrast(study, "Time", claim="An hour for each.", **about)
    return folder


def described(folder):
    with p3c.open_study(folder) as study, study.store.read() as connection:
        return read_description(connection)


def opened(window, panel):
    """The window, with a panel open."""
    window.page.evaluate(
        """([study, address]) => jupyterapp.commands.execute('p3c:open', { study, address })""",
        [window.folder.name, f"report/{panel}%40north"],
    )
    tab = window.bench.get_by_role("tab", selected=True)
    expect(tab).to_have_attribute("data-name", f"panel {panel}")
    expect(window.bench.locator(".p3c-wait")).to_have_count(0)
    return window


def first(window):
    return window.bench.get_by_role("listbox").get_by_role("option").first


def test_words_of_a_quote_are_omitted_masked_and_cut_by_keyboard_alone(same_window, filled) -> None:
    window = opened(same_window(filled), "quotes")
    words = window.bench.locator(".p3c-rp-words")
    printed = window.bench.locator(".p3c-rp-print")
    chosen = window.bench.locator(".p3c-rp-chosen")

    def edits():
        return [each.kind for each in next(iter(described(filled).quotes.values())).edits]

    first(window).click()
    window.press("Enter")
    expect(words).to_be_focused()
    expect(chosen).to_contain_text("“It”")
    for _ in range(5):
        window.press("ArrowRight")
    window.press("Shift+ArrowRight")
    expect(chosen).to_contain_text("“each week”")
    window.press("o")
    expect(printed).to_contain_text("We met ... in the town hall.")
    # who goes on by keyboard is still in the words
    expect(words).to_be_focused()
    for _ in range(3):
        window.press("ArrowRight")
    expect(chosen).to_contain_text("“town”")
    window.press("m")
    window.page.keyboard.type("place")
    window.press("Enter")
    expect(printed).to_contain_text("in the [place] hall.")
    expect(words).to_be_focused()
    # a beginning that goes takes along what was done in it
    for _ in range(2):
        window.press("ArrowRight")
    expect(chosen).to_contain_text("“Nobody”")
    window.press("[")
    expect(printed).to_contain_text("“Nobody had time")
    until(lambda: edits() == ["trim"])
    window.press("u")
    expect(printed).to_contain_text(WORDS)
    assert edits() == []
    # by mouse, parts of words count as words
    window.page.evaluate(
        """() => {
            const [node] = document.querySelector('.p3c-rp-words span').childNodes;
            document.getSelection().setBaseAndExtent(node, 8, node, 15);
        }"""
    )
    words.dispatch_event("pointerup")
    expect(chosen).to_contain_text("“slow. We”")
    window.bench.get_by_label("Telling").check()
    until(lambda: next(iter(described(filled).quotes.values())).chosen_as == "telling")


def test_an_item_rests_on_a_passage_and_a_conflict_is_decided(same_window, filled) -> None:
    window = opened(same_window(filled), "forms")
    told = window.bench.locator(".p3c-rp-filled")
    expect(told).to_contain_text("1 of 14: 1 without a status")
    # only the sheet scrolls: what is at its end pushes nothing out of the window
    body = window.bench.locator(".p3c-con-body")
    assert body.evaluate("each => each.scrollHeight - each.clientHeight") == 0
    item = window.bench.locator('[data-item="aim"]')
    item.get_by_role("button", name="Add a reference").click()
    dialog = window.page.locator("dialog")
    window.page.keyboard.type("P1")
    window.press("Enter")
    expect(dialog.get_by_label("Words to look for")).to_be_focused()
    expect(dialog.locator(".p3c-fault")).to_have_text("")
    window.page.keyboard.type("helped")
    window.press("Enter")
    expect(dialog.get_by_role("radio", checked=True).last).to_be_visible()
    expect(dialog.locator("q")).to_have_text("Nobody had time, but it helped us a lot.")
    # an item that rests on something says something
    window.press("Control+Enter")
    expect(dialog.locator(".p3c-fault")).to_contain_text("What it says is needed")
    dialog.get_by_label("What it says").fill("To help those who have no time.")
    window.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(item.locator(".p3c-rp-cited")).to_contain_text("it helped us a lot")
    expect(item.get_by_label("From an interview")).to_be_checked()
    expect(told).to_contain_text("2 of 14: 1 from interviews, 1 without a status")
    contact = window.bench.locator('[data-item="contact"]')
    contact.get_by_label("Not found").check()
    expect(told).to_contain_text("3 of 14")
    expect(contact.get_by_label("Documented")).to_be_disabled()
    given = {each.item: each for each in described(filled).answers.values()}
    assert given["aim"].status == "interview"
    assert (given["contact"].value, given["contact"].status) == ("", "not_found")

    opened(window, "facts")
    window.bench.get_by_role("button", name="Go by this one, because").last.click()
    window.page.keyboard.type("It was counted later.")
    window.press("Control+Enter")
    expect(window.bench.locator(".p3c-rp-decided")).to_contain_text("It was counted later.")
    facts = described(filled).facts.values()
    assert {each.value: each.chosen for each in facts} == {"18 of 19": False, "18 of 20": True}


def test_who_was_slower_sees_what_the_other_wrote_and_keeps_what_was_meant(
    same_window, filled
) -> None:
    window = opened(same_window(filled), "forms")
    item = window.bench.locator('[data-item="name"]')
    asked = "**/p3c/changes?*"
    window.page.route(asked, lambda route: route.abort())
    with p3c.open_study(filled, coder="ben") as study:
        give_answer(study, "formal_description", "name", "Care of the north", programme="north")
    item.get_by_label("Documented").check()
    expect(item.get_by_role("alert").last).to_contain_text("ben changed the value")
    expect(item.locator("textarea")).to_have_value("Care of the north")
    item.get_by_role("button", name="Keep mine all the same").click()
    expect(item.get_by_label("Documented")).to_be_checked()
    window.page.unroute(asked)
    answer = next(iter(described(filled).answers.values()))
    assert (answer.value, answer.status) == ("Care of the north", "documented")


def test_every_panel_is_read_where_nothing_may_be_written(new_window, lab, filled) -> None:
    window = new_window(lab, filled, viewport={"width": 480, "height": 800})

    def closed(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"writable": False})

    window.page.route("**/p3c/study?*", closed)
    window.open()
    window.page.evaluate("jupyterapp.shell.collapseLeft()")
    for panel in PANELS:
        opened(window, panel)
        assert (panel, grave(window)) == (panel, [])
        for field in window.bench.locator("textarea").all():
            expect(field).to_have_attribute("readonly", "")
    opened(window, "quotes")
    first(window).click()
    window.press("Enter", "o")
    expect(window.note).to_contain_text("can only be read")
    assert all(not each.edits for each in described(filled).quotes.values())
