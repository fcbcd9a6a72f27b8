"""The pilot and its review, categories as they came up, and the coding agenda."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.codebook.editions import list_editions
from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.categories.pilot import close_pilot, table_reviews
from p3c_qual.mayring.categories.staleness import stale_codings
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.steps import close_step

from .conftest import until
from .test_ui_access import dark, grave  # noqa: F401 - a fixture
from .test_ui_paraphrase import SAID


@pytest.fixture
def asked(folder):
    """A question that forms its categories in Mini, in its pilot; P1 is coded and read."""
    return ask(folder)


def ask(folder):
    with p3c.open_study(folder, coder="anna") as study:
        ask_question(study, "What helped people?", "inductive", key="help", codebook="mini", **SAID)
        close_step(study, "help", "define")
        text = study.text("P1")
        for words, code in (("We met each week", "team.meetings"), ("it helped us a lot", "team")):
            start = text.index(words)
            study.code("P1", start, start + len(words), f"mini:{code}")
        study.mark_read("P1", question="help", done=True)
    return folder


def opened(window, panel: str):
    window.bench.get_by_role("button", name="Summarise", exact=True).click()
    tab(window, panel)
    return window


def tab(window, panel: str) -> None:
    window.bench.get_by_role("tab", name=panel, exact=True).click()
    expect(window.bench.get_by_role("tab", name=panel, exact=True)).to_have_attribute(
        "aria-selected", "true"
    )
    expect(window.bench.locator(".p3c-sum-body .p3c-wait")).to_have_count(0)
    expect(window.bench.locator(".p3c-sum-body .p3c-keys")).to_be_focused()


def stale(folder) -> int:
    with p3c.open_study(folder) as study, study.store.read() as connection:
        return len(stale_codings(connection, read_question(connection, "help")))


def row(window, label: str):
    name = window.page.locator(".p3c-grid-label", has_text=label)
    return window.bench.locator(".p3c-grid-row").filter(has=name)


# the pilot


def test_before_the_window_nothing_can_be_decided(same_window, folder) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        ask_question(study, "What helped people?", "inductive", key="help", codebook="mini", **SAID)
        close_step(study, "help", "define")
    window = opened(same_window(folder), "Pilot")
    expect(window.bench.locator(".p3c-sum-body h3").first).to_contain_text("Before the window")
    for name in ("Categories stay …", "Categories change …"):
        expect(window.bench.get_by_role("button", name=name)).to_be_disabled()
    # a colleague reads a text meanwhile
    with p3c.open_study(folder, coder="ben") as study:
        study.mark_read("P1", question="help", done=True)
    expect(window.bench.locator(".p3c-sum-body h3").first).to_contain_text("The window is open")
    expect(window.bench.get_by_role("img", name="Recording units: 25 %")).to_be_visible()
    expect(window.bench.get_by_role("button", name="Categories stay …")).to_be_enabled()


def test_a_change_begins_anew_and_stale_codings_are_confirmed_by_key(same_window, asked) -> None:
    window = opened(same_window(asked), "Pilot")
    window.press("b")
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Begin anew").click()
    expect(dialog.get_by_role("alert")).to_contain_text("What the pilot showed is needed")
    dialog.get_by_label("What the pilot showed").fill("Two categories ran into each other.")
    dialog.get_by_role("button", name="Begin anew").click()
    # nothing was edited, and that is said; a name for the next version says that something will be
    expect(dialog.get_by_role("alert")).to_contain_text("no category or rule was edited")
    dialog.get_by_label("Next version").fill("2")
    dialog.get_by_role("button", name="Begin anew").click()
    expect(dialog).to_have_count(0)
    expect(window.bench.locator(".p3c-stale li")).to_have_count(2)
    expect(window.bench.locator(".p3c-reviews li")).to_contain_text("version 1 gave way to 2")
    expect(window.bench.locator(".p3c-sum-body h3").first).to_contain_text("Before the window")
    window.saved()
    assert stale(asked) == 2

    expect(window.bench.locator(".p3c-sum-body .p3c-keys")).to_be_focused()
    window.press("ArrowDown", "c")
    expect(window.bench.locator(".p3c-stale li")).to_have_count(1)
    window.bench.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(window.bench.locator(".p3c-stale")).to_have_count(0)
    window.saved()
    assert stale(asked) == 0
    # one undo after the other, up to the review itself
    for left in (1, 2, 0):
        window.press("Control+z")
        until(lambda left=left: stale(asked) == left)
    expect(window.bench.locator(".p3c-reviews")).to_have_count(0)


def test_unchanged_freezes_the_codebook_and_goes_on(same_window, asked) -> None:
    window = opened(same_window(asked), "Pilot")
    window.press("u")
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_label("Remark").fill("They hold.")
    dialog.get_by_role("button", name="Freeze and go on").click()
    expect(window.bench.locator(".p3c-sum-question")).to_contain_text("step 3 of 5: Final coding")
    expect(window.bench.locator(".p3c-sum-body h3").first).to_have_text("The pilot is closed")
    window.saved()
    with p3c.open_study(asked) as study:
        assert study.codebook("mini").status == "final"
        assert table_reviews(study, "help")["reason"].tolist() == ["They hold."]


def test_a_stale_coding_leads_to_its_text(same_window, asked) -> None:
    with p3c.open_study(asked, coder="anna") as study:
        close_pilot(study, "help", "changed", reason="So.", version="2")
    window = opened(same_window(asked), "Pilot")
    window.press("ArrowDown", "t")
    window.ready("P1")
    assert window.marked == "it helped us a lot"


# emerging categories


def test_categories_stand_in_the_order_in_which_they_came_up(same_window, asked) -> None:
    window = opened(same_window(asked), "Categories")
    labels = window.bench.locator(".p3c-grid-label")
    expect(labels).to_have_text(["Meetings", "Team"])
    expect(window.bench.get_by_role("img", name="Category emergence: 2 categories")).to_be_visible()
    expect(window.bench.locator(".p3c-figure").last).to_contain_text("Not assessable: 1 interview")
    # a colleague codes a third one
    with p3c.open_study(asked, coder="anna") as study:
        study.code("P2", 3, 20, "mini:money")
    expect(labels).to_have_text(["Meetings", "Team", "Money"])
    window.bench.get_by_role("button", name="P2 3–20").first.click()
    window.ready("P2")


def test_a_category_is_put_under_a_new_main_category_by_keyboard(same_window, asked) -> None:
    window = opened(same_window(asked), "Categories")
    window.press("ArrowDown", "m")
    dialog = window.page.get_by_role("dialog")
    dialog.locator("[name=parent]").select_option("")
    dialog.get_by_label("New main category").fill("People")
    dialog.get_by_role("button", name="Put there").click()
    expect(row(window, "Team").locator(".p3c-grid-main")).to_have_text("People")
    # renamed where it stands
    window.press("Enter")
    window.page.keyboard.press("Control+a")
    window.page.keyboard.type("Helping each other")
    window.press("Enter")
    expect(row(window, "Helping each other")).to_be_visible()
    window.saved()
    with p3c.open_study(asked) as study:
        code = study.codebook("mini").code("team")
    assert (code.label, code.parent) == ("Helping each other", "people")


# the agenda


def test_the_agenda_is_written_by_keyboard_and_gets_an_anchor(same_window, asked) -> None:
    window = opened(same_window(asked), "Agenda")
    window.press("ArrowDown", "ArrowRight", "Enter")
    window.page.keyboard.type("Who meets, and how often.")
    window.press("Tab")
    window.press("ArrowRight", "Enter")
    window.page.keyboard.type("Not where people only talk on the phone.")
    window.press("Escape", "Escape", "Enter")
    window.page.keyboard.type("Not by phone.")
    window.press("Enter", "Escape", "ArrowUp")
    expect(row(window, "Meetings").locator(".p3c-grid-rule")).to_have_text("Not by phone.")
    window.press("a")
    dialog = window.page.get_by_role("dialog")
    expect(dialog.locator(".p3c-anchor-offer")).to_have_count(1)
    dialog.get_by_label("prototype").check()
    dialog.get_by_role("button", name="Add it").click()
    anchors = row(window, "Meetings").locator(".p3c-grid-anchors")
    expect(anchors).to_contain_text("We met each week")
    expect(anchors).to_contain_text("prototype")
    window.saved()
    with p3c.open_study(asked) as study:
        code = study.codebook("mini").code("team.meetings")
        (coding,) = study.codings().query("code == 'team.meetings'")["id"]
    assert code.definition == "Who meets, and how often."
    assert code.rule == "Not by phone."
    assert code.anchors[0].prototype
    # when the passage is coded otherwise, the anchor says so
    with p3c.open_study(asked, coder="anna") as study:
        study.uncode([coding])
    expect(anchors).to_contain_text("the passage is no longer coded with it")


def test_a_frozen_agenda_takes_proposals_and_makes_its_next_version_of_them(
    same_window, asked
) -> None:
    window = opened(same_window(asked), "Agenda")
    window.bench.get_by_role("button", name="Freeze …").click()
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Freeze", exact=True).click()
    expect(window.bench.get_by_role("button", name="Next version …")).to_be_visible()
    expect(window.bench.locator(".p3c-sum-body .p3c-keys")).to_be_focused()
    window.press("ArrowRight", "Enter")
    window.page.keyboard.press("Control+a")
    window.page.keyboard.type("Those who carry it.")
    window.press("Enter")
    dialog.get_by_label("Reason").fill("It was too narrow.")
    dialog.get_by_role("button", name="Propose").click()
    expect(window.bench.locator(".p3c-part", has_text="Proposals: 1")).to_be_visible()
    window.bench.get_by_role("button", name="Make the next version of them …").click()
    dialog.get_by_label("Why").fill("Agreed.")
    dialog.get_by_role("button", name="Carry out").click()
    expect(row(window, "Team").locator(".p3c-grid-definition")).to_have_text("Those who carry it.")
    expect(window.bench.locator(".p3c-part", has_text="To be coded again: 1")).to_be_visible()
    window.bench.get_by_role("button", name="Confirm").click()
    expect(window.bench.locator(".p3c-part", has_text="To be coded again: none")).to_be_visible()
    window.bench.locator("summary", has_text="Versions: 2").click()
    window.bench.get_by_role("button", name="What changed since").first.click()
    expect(dialog).to_contain_text("team: changed, definition from")
    with p3c.open_study(asked) as study:
        assert list_editions(study, "mini")["version"].tolist() == ["1", "2"]


def test_confused_categories_lead_to_the_rule_that_is_missing(same_window, asked) -> None:
    with p3c.open_study(asked, coder="ben") as study:
        start = study.text("P1").index("We met each week")
        study.code("P1", start, start + 10, "mini:time", coder="ben")
    window = opened(same_window(asked), "Agenda")
    part = window.bench.locator(".p3c-part", has_text="Confused categories")
    # while the codings of others are hidden, nothing is told of them
    part.locator("summary").click()
    expect(part).to_contain_text("where the codings of others are shown")
    window.bench.get_by_role("button", name="Code", exact=True).click()
    window.code()
    window.run("others")
    window.bench.get_by_role("button", name="Summarise", exact=True).click()
    tab(window, "Agenda")
    expect(part).to_contain_text("1 without a rule")
    part.get_by_role("button", name="Write it").click()
    expect(window.page.locator(".p3c-grid-area")).to_be_focused()
    window.page.keyboard.type("Only of hours and weeks.")
    window.press("Enter", "Escape")
    window.saved()
    with p3c.open_study(asked) as study:
        rules = {code.key: code.rule for code in study.codebook("mini").codes}
    assert "Only of hours and weeks." in rules.values()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_panels(request, new_window, lab, lay, theme) -> None:
    where = lab if theme == "light" else request.getfixturevalue("dark")
    folder = ask(lay(where))
    with p3c.open_study(folder, coder="anna") as study:
        close_pilot(study, "help", "changed", reason="So.", version="2")
        study.code("P2", 3, 20, "mini:money")
    window = opened(new_window(where, folder).open(), "Pilot")
    assert grave(window) == []
    for panel in ("Categories", "Agenda"):
        tab(window, panel)
        assert grave(window) == []
    for key, name in (("a", "An anchor for ‘Team’"), ("n", "New category")):
        window.press(key)
        expect(window.page.get_by_role("dialog", name=name)).to_be_visible()
        assert grave(window) == []
        window.press("Escape")
        expect(window.page.get_by_role("dialog")).to_have_count(0)


def test_what_a_second_window_wrote_meanwhile_is_shown_beside_ones_own(same_window, asked) -> None:
    window = opened(same_window(asked), "Agenda")
    window.press("ArrowRight", "Enter", "Control+a")
    window.page.keyboard.type("Mine.")
    with p3c.open_study(asked, coder="ben") as study:
        study.edit_code("mini:team", definition="Theirs.")
    window.page.wait_for_timeout(1500)
    window.press("Enter")
    dialog = window.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Theirs.")
    expect(dialog.get_by_label("What you wrote")).to_have_value("Mine.")
    dialog.get_by_role("button", name="Put mine there").click()
    expect(dialog).to_have_count(0)
    window.saved()
    with p3c.open_study(asked) as study:
        assert study.codebook("mini").code("team").definition == "Mine."
