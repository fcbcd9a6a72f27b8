"""Linked coding in the text: spans take roles, and form a dyad or a triad at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.realist.building.configurations import make_configuration
from p3c_qual.realist.building.elements import NewElement
from p3c_qual.realist.building.linking import RoleSpan, link_spans
from p3c_qual.realist.judging.completeness import completeness_of
from p3c_qual.realist.read import read_realist

from .conftest import quotes, until
from .test_ui_access import grave

if TYPE_CHECKING:
    from p3c_qual.realist.model import Configuration

SLOW, MET, NOBODY = (
    "It was slow.",
    "We met each week in the town hall.",
    "Nobody had time, but it helped us a lot.",
)


@pytest.fixture
def window(same_window, folder):
    """The window that tests share, with the Code view open on the first interview."""
    return same_window(folder).code()


def cards(folder) -> list[Configuration]:
    """Read the configurations of a study from its store."""
    with p3c.open_study(folder) as study, study.store.read() as connection:
        return list(read_realist(connection).configurations.values())


def said(configuration) -> list[tuple[str, list[str]]]:
    """Return the elements of a configuration with what is quoted for each."""
    return [
        (each.role, [voice.quote for voice in configuration.voices(each.id)])
        for each in configuration.elements
    ]


def tray(window):
    return window.bench.get_by_role("region", name="Link tray")


def chips(window):
    return tray(window).locator(".p3c-tray-chip")


def makes(window):
    return tray(window).get_by_role("status")


def reload(window) -> None:
    """Reload the page; which source is open then is no matter here."""
    window.kept()
    window.page.reload()
    expect(window.bench.locator(".p3c-text")).to_be_focused(timeout=60_000)


def menu(window, label: str) -> None:
    """Choose an entry of the open menu."""
    window.page.get_by_role("menuitem", name=label).first.click()


def test_a_triad_is_linked_by_keyboard_alone_and_undone(window, folder) -> None:
    window.press("ArrowDown", "Shift+C", "ArrowDown", "Shift+R")
    expect(makes(window)).to_contain_text("a dyad of context and mechanism")
    window.press("ArrowDown", "Shift+T", "ArrowDown", "Shift+O")
    expect(chips(window)).to_have_count(4)
    expect(makes(window)).to_contain_text("a triad: context, mechanism and outcome")
    # the outcome gets its direction, still by keyboard
    window.press("Shift+Y", "End")
    expect(chips(window).last).to_be_focused()
    window.press("Space")
    window.page.get_by_role("menu", name="Outcome").wait_for()
    window.press("Enter")
    window.page.get_by_role("menu", name="Direction").wait_for()
    window.press("w", "Enter")
    expect(chips(window).last).to_contain_text("Worsens")
    expect(chips(window).last).to_be_focused()
    window.press("Enter")
    expect(window.note).to_contain_text("Triad c1 made")
    expect(window.note).to_contain_text("Undo (Ctrl Z) takes it back.")
    expect(tray(window)).to_have_count(0)
    expect(window.bench.locator(".p3c-text")).to_be_focused()
    window.saved()
    [made] = cards(folder)
    assert completeness_of(made) == "triad"
    assert said(made) == [
        ("context", [SLOW]),
        ("resource", [MET]),
        ("reasoning", [NOBODY]),
        ("outcome", ["There was none at first."]),
    ]
    assert [each.direction for each in made.elements] == ["", "", "", "worsens"]
    assert made.programme is not None
    # what is linked is shown beside its lines, and one act takes all of it back
    mark = window.bench.locator(".p3c-linked-mark")
    expect(mark).to_have_count(2)
    expect(mark.first).to_have_text("c1CMM")
    window.press("Control+z")
    expect(mark).to_have_count(0)
    window.saved()
    assert cards(folder) == []


def test_a_triad_is_linked_by_mouse_alone(window, folder) -> None:
    for words, role in ((SLOW, "Context"), (MET, "Resource"), (NOBODY, "Outcome")):
        window.drag(words)
        window.run("link")
        menu(window, role)
    expect(makes(window)).to_contain_text("a triad whose reasoning is open")
    tray(window).get_by_role("button", name="Link", exact=True).click()
    expect(window.note).to_contain_text("c1 made")
    window.note.get_by_role("button", name="Open in Configure").click()
    expect(
        window.bench.get_by_role("button", name="Configure", exact=True).first
    ).to_have_attribute("aria-current", "page")
    window.saved()
    [made] = cards(folder)
    assert said(made) == [("context", [SLOW]), ("resource", [MET]), ("outcome", [NOBODY])]


def test_the_menu_of_marked_words_links_them_too(window, folder) -> None:
    window.drag(SLOW)
    (x, y), _ = window.ends(SLOW)
    window.page.mouse.click(x + 3, y, button="right")
    menu(window, "Link as …")
    menu(window, "Actor")
    expect(chips(window)).to_have_text("A Actor“It was slow.”")
    assert cards(folder) == []


def test_spans_are_added_to_a_configuration_as_one_more_voice(same_window, folder) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        parts = [NewElement("context", "slow beginnings"), NewElement("outcome", "help")]
        make_configuration(study, label="Beginnings", elements=parts)
        make_configuration(study, label="Coffee and money")
    window = same_window(folder).code()
    window.press("ArrowDown", "Shift+C", "ArrowDown", "Shift+R", "Shift+L")
    box = window.page.get_by_role("combobox", name="Add the spans to a configuration")
    expect(box).to_be_focused()
    window.page.keyboard.type("begin")
    expect(window.page.locator(".p3c-link-hit")).to_have_count(1)
    window.press("Enter")
    expect(chips(window).first).to_be_focused()
    expect(makes(window)).to_contain_text("c1 is then a triad whose reasoning is open")
    window.press("Space")
    menu(window, "Another voice of …")
    menu(window, "c1: slow beginnings")
    expect(chips(window).first).to_have_accessible_name(
        f"Context: {SLOW}, another voice of: slow beginnings"
    )
    window.press("Enter")
    expect(window.note).to_contain_text("Added to c1")
    window.saved()
    first, second = cards(folder)
    assert said(first) == [("context", [SLOW]), ("outcome", []), ("resource", [MET])]
    assert second.elements == ()
    # the one used last stands on top
    window.press("ArrowDown", "Shift+A", "Shift+L")
    expect(window.page.locator(".p3c-link-hit b")).to_have_text(["c1", "c2"])
    window.press("Escape")
    expect(tray(window)).to_be_visible()


def test_the_tray_goes_along_to_another_source_and_over_a_reload(new_window, lab, folder) -> None:
    window = new_window(lab, folder).open().code()
    window.press("ArrowDown", "Shift+C", "]")
    window.ready("P2")
    expect(chips(window)).to_contain_text("P1")
    window.press("ArrowDown", "ArrowDown", "Shift+O")
    expect(chips(window)).to_have_count(2)
    reload(window)
    expect(chips(window)).to_have_count(2)
    expect(makes(window)).to_contain_text("a dyad of context and outcome")
    window.press("Shift+Enter")
    expect(window.note).to_contain_text("Dyad c1 made, context and outcome: He answered at once.")
    window.saved()
    [made] = cards(folder)
    assert said(made) == [("context", [SLOW]), ("outcome", ["He answered at once."])]
    reload(window)
    expect(tray(window)).to_have_count(0)


def test_a_span_serves_in_several_roles_and_configurations(window, folder) -> None:
    for _ in range(2):
        window.press("Shift+C") if cards(folder) else window.press("ArrowDown", "Shift+C")
        window.press("Shift+O", "Control+Enter")
        expect(window.note).to_contain_text("made")
        window.saved()
    one, other = cards(folder)
    assert said(one) == said(other) == [("context", [SLOW]), ("outcome", [SLOW])]
    # under the cursor lie two, and both are offered
    until(lambda: window.bench.locator(".p3c-linked-mark").count() == 2)
    window.press("Shift+G")
    expect(
        window.page.get_by_role("menu", name="Linked here").get_by_role("menuitem")
    ).to_have_count(2)


def test_words_behind_an_emoji_keep_their_place(same_window, folder) -> None:
    window = same_window(folder).code("P3")
    window.drag("family came")
    window.press("Shift+R", "Shift+Enter")
    expect(window.note).to_contain_text("c1 made")
    window.saved()
    [made] = cards(folder)
    [voice] = made.evidence
    with p3c.open_study(folder) as study:
        text = study.text("P3")
    assert (text[voice.start : voice.end], voice.quote) == ("family came", "family came")


def test_letters_that_are_written_are_no_keys(window, folder) -> None:
    window.press("ArrowDown", "f")
    window.page.keyboard.type("COTRIALE")
    expect(window.bench.locator(".p3c-side-body input").first).to_have_value("COTRIALE")
    expect(tray(window)).to_have_count(0)
    window.press("Escape")
    window.press("Shift+C", "Shift+Y", "Space")
    menu(window, "In my own words …")
    window.page.keyboard.type("ROOTS")
    window.press("Control+Enter")
    expect(chips(window)).to_have_text("C ContextROOTS")
    expect(chips(window)).to_be_focused()
    assert quotes(folder) == []


def test_a_chip_is_taken_out_by_key_and_the_tray_is_left_and_emptied(window, folder) -> None:
    window.press("ArrowDown", "Shift+C", "Shift+C")
    expect(window.note).to_contain_text("in the tray as context already")
    window.press("Shift+R", "ArrowDown", "Shift+O", "Shift+Y", "ArrowRight")
    expect(chips(window).nth(1)).to_be_focused()
    window.press("Delete")
    expect(chips(window)).to_have_count(2)
    expect(chips(window).nth(1)).to_be_focused()
    window.press("Backspace", "Escape")
    expect(window.bench.locator(".p3c-text")).to_be_focused()
    expect(chips(window)).to_have_count(1)
    tray(window).get_by_role("button", name="Empty the tray").click()
    expect(tray(window)).to_have_count(0)
    window.note.get_by_role("button", name="Put the spans back").click()
    expect(chips(window)).to_have_text("C Context“It was slow.”")
    assert cards(folder) == []


def test_what_is_refused_is_in_the_tray_again(same_window, folder) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        make_configuration(study, label="Beginnings")
    window = same_window(folder).code()
    window.press("ArrowDown", "Shift+C", "Shift+L")
    expect(window.page.locator(".p3c-link-hit")).to_have_count(1)
    window.press("Enter")
    expect(makes(window)).to_contain_text("c1 is then")
    with p3c.open_study(folder, coder="ben") as study:
        from p3c_qual.realist.building.configurations import set_aside

        set_aside(study, "c1", reason="too thin")
    window.press("Enter")
    expect(window.note).to_contain_text("set aside")
    expect(chips(window)).to_have_count(1)


def test_what_is_linked_can_be_hidden_and_comes_from_others_by_itself(
    new_window, lab, folder
) -> None:
    window = new_window(lab, folder).open().code()
    mark = window.bench.locator(".p3c-linked-mark")
    expect(mark).to_have_count(0)
    with p3c.open_study(folder, coder="ben") as study:
        at = study.text("P1").index(SLOW)
        link_spans(study, [RoleSpan("context", "P1", at, at + len(SLOW), absent=True)])
    expect(mark).to_have_text("c1C")
    expect(mark).to_have_accessible_name(
        f"Linked in c1 {SLOW}, empty. Context, said not to be there. Open in Configure"
    )
    window.press("Shift+E")
    expect(mark).to_have_count(0)
    window.reload()
    expect(mark).to_have_count(0)
    window.press("Shift+E")
    expect(mark).to_have_count(1)
    # what speaks against the claim has a line and a tip of its own
    with p3c.open_study(folder, coder="ben") as study:
        at = study.text("P1").index(MET)
        span = RoleSpan("context", "P1", at, at + len(MET), evidence_role="contradicts")
        link_spans(study, [span], configuration="c1")
    expect(mark).to_have_text("c1CC")
    expect(mark).to_have_attribute("title", re.compile(f"Context, speaks against it: “{MET[:-1]}”"))
    lines = "name => [...CSS.highlights.get(name)].map(each => each.toString())"
    assert window.page.evaluate(lines, "p3c-linked-against") == [MET]
    assert window.page.evaluate(lines, "p3c-linked-absent") == [SLOW]
    assert window.page.evaluate(lines, "p3c-linked") == []
    mark.click()
    expect(
        window.bench.get_by_role("button", name="Configure", exact=True).first
    ).to_have_attribute("aria-current", "page")


def test_axe_finds_nothing_serious_in_the_tray(new_window, lab, folder) -> None:
    window = new_window(lab, folder).open().code()
    window.page.evaluate("jupyterapp.shell.collapseLeft()")
    window.press("ArrowDown", "Shift+C", "ArrowDown", "Shift+R", "Shift+O", "Shift+Enter")
    expect(window.bench.locator(".p3c-linked-mark").first).to_be_visible()
    window.press("Shift+C", "ArrowDown", "Shift+T", "Shift+Y")
    for wide in (1600, 480):
        window.page.set_viewport_size({"width": wide, "height": 900})
        expect(chips(window).first).to_be_focused()
        assert tray(window).evaluate("e => e.scrollWidth <= e.clientWidth")
        assert grave(window) == [], wide
        window.press("Shift+L")
        expect(window.page.locator(".p3c-link-hit")).to_have_count(1)
        assert grave(window) == [], wide
        window.press("Escape")
