"""The Report view: a section is written from its material, and nothing that is written is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.description import read_outline, write_section
from p3c_qual.description.read import read_description

from .conftest import LETTER, MEETING, ROOT, until
from .test_ui_access import grave
from .test_ui_summarise import noted

TEXTS = {"P1": MEETING, "P2": LETTER}
SAID = [
    ("P1", "Nobody had time, but it helped us a lot."),
    ("P1", "We went on all the same."),
    ("P2", "He answered at once."),
]


@pytest.fixture
def told(folder):
    """A study whose programme has three passages on its workforce; P2 is not to be quoted."""
    with p3c.open_study(folder, coder="anna") as study:
        study.load_codebook(ROOT / "codebooks" / "selfie.yml")
        for source, words in SAID:
            start = TEXTS[source].index(words)
            study.code(source, start, start + len(words), "selfie:workforce")
        study.set_fields("source", "P2", {"consent_quoted": "no"})
    return folder


def stored(folder, section="workforce"):
    """The section as the store has it."""
    with p3c.open_study(folder) as study:
        return next(each for each in read_outline(study, "north") if each.key == section)


def quotes(folder):
    """What is quoted, and why it was chosen."""
    with p3c.open_study(folder) as study, study.store.read() as connection:
        found = read_description(connection).quotes.values()
    return {each.quote: (each.key, each.chosen_as) for each in found}


def opened(window, section="workforce"):
    """The window, with a section open."""
    window.page.evaluate(
        """([study, address]) => jupyterapp.commands.execute('p3c:open', { study, address })""",
        [window.folder.name, f"report/write%40north%2F{section}"],
    )
    expect(text(window)).to_be_enabled()
    expect(line(window, section)).to_have_attribute("aria-selected", "true")
    return window


def text(window):
    return window.bench.locator("textarea[data-name=text]")


def line(window, section):
    return window.bench.locator(f'.p3c-rep-sections [data-line="{section}"]')


def material(window):
    return window.bench.get_by_role("grid", name="Material")


def status(window):
    return window.bench.locator(".p3c-rep-status")


def badge(window, state):
    return window.bench.locator(f".p3c-rep-badge-{state}")


def test_a_section_is_written_from_its_material_by_keyboard_alone(same_window, told) -> None:
    window = opened(same_window(told))
    expect(badge(window, "material")).to_be_visible()
    expect(material(window).get_by_role("row")).to_have_count(3)
    line(window, "workforce").click()
    window.press("Enter")
    expect(text(window)).to_be_focused()
    window.page.keyboard.type("People stay although they have no time.")
    expect(status(window)).to_have_text("Kept in this browser, not saved yet")
    assert stored(told).text == ""
    window.press("Control+s")
    expect(status(window)).to_have_text("✓ Saved")
    expect(badge(window, "material")).to_be_visible()
    # to the material, and back with a quotation on a line of its own
    window.press("F6")
    expect(material(window)).to_be_focused()
    window.press("q")
    expect(window.page.get_by_role("menu", name="Why this quote?")).to_be_visible()
    window.press("3")
    # who quotes by key stays in the material, so that no further key is typed into the text
    expect(window.note).to_contain_text("is set in as telling")
    expect(material(window)).to_be_focused()
    until(lambda: quotes(told))
    key, why = quotes(told)[SAID[0][1]]
    assert why == "telling"
    block = f"People stay although they have no time.\n\n![P1](quote:{key})\n\n"
    expect(text(window)).to_have_value(block)
    window.press("Escape")
    expect(text(window)).to_be_focused()
    window.page.keyboard.type("They said so")
    window.press("Escape", "ArrowDown", "r")
    expect(window.note).to_contain_text("is named in the text")
    expect(material(window)).to_be_focused()
    until(lambda: len(quotes(told)) == 2)
    other, why = quotes(told)[SAID[1][1]]
    assert why == ""
    expect(text(window)).to_have_value(f"{block}They said so [P1](quote:{other})")
    window.press("Escape")
    window.page.keyboard.type(".")
    window.press("Control+s")
    expect(badge(window, "description")).to_be_visible()
    until(lambda: stored(told).text == f"{block}They said so [P1](quote:{other}).")
    assert stored(told).state == "description"
    named = window.bench.locator(".p3c-rep-named li")
    expect(named).to_have_count(2)
    expect(named.first).to_contain_text("Nobody had time")
    expect(named.first).to_contain_text("telling")
    # and so it will be printed
    window.bench.get_by_role("button", name="Side by side").click()
    page = window.page.frame_locator(".p3c-rep-frame")
    expect(page.locator("blockquote")).to_contain_text("Nobody had time")
    expect(page.locator("main > header")).to_be_hidden()
    window.bench.get_by_role("button", name="Write", exact=True).last.click()


def test_what_was_typed_is_undone_in_runs_and_not_letter_by_letter(same_window, told) -> None:
    before = "See [P1](source:P1)"
    with p3c.open_study(told, coder="anna") as study:
        write_section(study, "workforce", before, programme="north")
    window = opened(same_window(told))
    text(window).click()
    window.press("Control+End")
    window.page.keyboard.type(" and some more.", delay=20)
    expect(window.bench.locator(".p3c-rep-words-of")).to_have_text("4 words")
    # a list that changes meanwhile, on a slow machine, parts a run in two; letters would be fifteen
    for _ in range(4):
        if text(window).input_value() != before:
            window.press("Control+z")
    expect(text(window)).to_have_value(before)
    window.press("Control+s")
    expect(status(window)).to_have_text("✓ Saved")


def test_a_key_of_one_pane_does_nothing_in_another_and_lists_let_keys_through(
    same_window, told
) -> None:
    window = opened(same_window(told))
    line(window, "workforce").click()
    window.press("q")
    expect(window.note).to_contain_text("That is for the material")
    window.press("r")
    window.bench.get_by_label("Material of").focus()
    window.press("Alt+m")
    expect(material(window)).to_be_focused()
    window.press("x")
    expect(window.note).to_contain_text("That is for the sections")
    window.bench.get_by_label("Material of").focus()
    window.press("Alt+s")
    expect(window.bench.get_by_role("tree", name="Sections")).to_be_focused()
    # to another panel and back to the section one was at
    window.bench.get_by_label("Report on").focus()
    window.press("Alt+PageDown")
    expect(window.bench.get_by_role("tab", name="Forms")).to_have_attribute("aria-selected", "true")
    window.press("Alt+PageUp")
    expect(text(window)).to_be_enabled()
    expect(line(window, "workforce")).to_have_attribute("aria-selected", "true")
    expect(line(window, "workforce")).not_to_contain_text("left out")
    expect(text(window)).to_have_value("")
    assert quotes(told) == {}


def test_a_passage_without_consent_is_seen_opened_and_not_quoted(same_window, told) -> None:
    window = opened(same_window(told))
    text(window).click()
    window.press("F6", "End")
    last = material(window).get_by_role("row").last
    expect(last).to_contain_text("may not be quoted")
    expect(last.get_by_role("button", name="Quote")).to_be_disabled()
    window.press("q")
    expect(window.note).to_contain_text("not consented")
    assert quotes(told) == {}
    assert grave(window) == []
    window.press("o")
    window.ready("P2")
    assert window.marked == SAID[2][1]


def test_words_of_two_people_stand_side_by_side_until_one_is_chosen(same_window, told) -> None:
    window = opened(same_window(told))
    text(window).click()
    window.page.route("**/p3c/act*", lambda route: route.abort())
    window.page.keyboard.type("Mine.")
    window.press("Control+s")
    with p3c.open_study(told, coder="ben") as study:
        write_section(study, "workforce", "Theirs.", programme="north")
    window.page.unroute("**/p3c/act*")
    expect(status(window)).to_contain_text("somebody else wrote here")
    expect(window.bench.locator(".p3c-rep-conflict blockquote")).to_have_text("Theirs.")
    expect(text(window)).to_have_value("Mine.")
    expect(line(window, "workforce")).to_contain_text("not saved")
    assert stored(told).text == "Theirs."
    assert grave(window) == []
    window.bench.get_by_role("button", name="Put theirs under mine").click()
    expect(status(window)).to_have_text("✓ Saved")
    assert stored(told).text == "Mine.\n\nTheirs."
    # what somebody writes while nobody writes here is simply shown
    with p3c.open_study(told, coder="ben") as study:
        write_section(study, "workforce", "Anew.", programme="north")
    expect(text(window)).to_have_value("Anew.")


def test_sections_are_left_out_moved_and_added_by_key_and_put_back(same_window, told) -> None:
    window = opened(same_window(told))
    titles = window.bench.locator(".p3c-rep-sections .p3c-rep-name")

    def order() -> list[str]:
        return titles.all_text_contents()

    line(window, "workforce").click()
    before = order()
    at = before.index("Workforce", 8)
    window.press("Alt+ArrowUp")
    until(lambda: order().index("Workforce", 8) == at - 1)
    window.press("Alt+ArrowDown")
    until(lambda: order() == before)
    window.press("x")
    expect(line(window, "workforce")).to_contain_text("left out")
    window.press("Control+z")
    expect(line(window, "workforce")).not_to_contain_text("left out")
    window.press("n")
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_label("Heading").fill("A week in the hill surgery")
    dialog.get_by_label("What it is").select_option("vignette")
    window.press("Control+Enter")
    expect(text(window)).to_be_focused()
    window.page.keyboard.type("It begins on Monday.")
    window.press("Control+s")
    expect(status(window)).to_have_text("✓ Saved")
    made = stored(told, "a_week_in_the_hill_surgery")
    assert (made.kind, made.own, made.text) == ("vignette", True, "It begins on Monday.")
    # it has no code, and is written from what other sections have
    window.bench.get_by_label("Material of").select_option("workforce")
    expect(material(window).get_by_role("row")).to_have_count(3)
    assert grave(window) == []


def test_what_is_not_sent_outlasts_a_reload_and_a_narrow_window_shows_one_pane(
    new_window, lab, told
) -> None:
    window = new_window(lab, told, viewport={"width": 480, "height": 800}).open()
    window.page.evaluate("jupyterapp.shell.collapseLeft()")
    opened(window)
    noted(window, "report/write")
    window.page.route("**/p3c/act*", lambda route: route.abort())
    text(window).click()
    window.page.keyboard.type("Written on a train.")
    window.press("Control+s")
    window.page.keyboard.type(" In a tunnel.")
    window.page.on("dialog", lambda dialog: dialog.accept())
    window.page.reload()
    window.page.unroute("**/p3c/act*")
    expect(text(window)).to_have_value("Written on a train. In a tunnel.", timeout=60_000)
    expect(status(window)).to_have_text("✓ Saved")
    assert stored(told).text == "Written on a train. In a tunnel."
    expect(material(window)).to_be_hidden()
    window.bench.get_by_role("button", name="Material", exact=True).click()
    expect(text(window)).to_be_hidden()
    assert grave(window) == []
    material(window).get_by_role("button", name=re.compile("^Quote")).first.click()
    window.press("Enter")
    expect(text(window)).to_be_focused()
    expect(text(window)).to_have_value(re.compile(r"tunnel\.\n\n!\[P1\]\(quote:"))
