"""The Configure view: cards of configurations, filtered, built, split, merged, tied and compared."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

import p3c_qual as p3c
from p3c_qual.realist.building.configurations import edit_configuration, remove_configuration
from p3c_qual.realist.building.elements import edit_element
from p3c_qual.realist.building.linking import RoleSpan, link_spans
from p3c_qual.realist.building.mechanisms import name_mechanism
from p3c_qual.realist.read import read_realist

from .conftest import LETTER, MEETING, PLAN, until
from .test_ui_access import grave
from .test_ui_summarise import noted

FULL = re.compile("p3c-card-open")
TEXTS = {"P1": MEETING, "P2": LETTER, "plan": PLAN}


def said(role: str, source: str, words: str, text: str = "", **more) -> RoleSpan:
    """Some words of a source in a role."""
    start = TEXTS[source].index(words)
    return RoleSpan(role, source, start, start + len(words), text=text, **more)


MEETINGS = [
    said("context", "P1", "Nobody had time", "Nobody has time"),
    said("resource", "P1", "We met each week in the town hall", "A weekly meeting"),
    said("reasoning", "P1", "it helped us a lot", "People feel helped"),
    said("outcome", "P1", "We went on all the same", "They go on", direction="improves"),
    said("outcome", "P1", "There was none at first", "No money", evidence_role="contradicts"),
]
LETTERS = [
    said("context", "P2", "With a letter to the mayor", "The mayor has time"),
    said("resource", "P2", "He answered at once", "A quick answer"),
]
PLANS = [said("outcome", "plan", "three aims", "Three aims are met", direction="improves")]


@pytest.fixture
def told(folder):
    """A study with a triad, a dyad and a single; two of them have one mechanism."""
    with p3c.open_study(folder, coder="anna") as study:
        help_ = name_mechanism(study, "Being helped")
        link_spans(study, MEETINGS, label="Meetings carry people", mechanism=help_)
        link_spans(study, LETTERS, label="An answer carries people", mechanism=help_)
        link_spans(study, PLANS, label="What the plan hopes")
    return folder


def held(folder):
    """What the store holds, by key."""
    with p3c.open_study(folder) as study, study.store.read() as connection:
        found = read_realist(connection)
        return {each.key: each for each in found.configurations.values()}, found


def opened(window):
    """The window, with the Configure view open on its cards."""
    window.bench.get_by_role("button", name="Configure", exact=True).click()
    expect(cards(window)).to_be_focused()
    return window


def cards(window):
    return window.bench.get_by_role("grid", name="Configurations")


def card(window, key):
    return (
        cards(window)
        .get_by_role("row")
        .filter(has=window.page.locator(".p3c-card-key", has_text=re.compile(f"^{key}$")))
    )


def keys(window):
    return window.bench.locator(".p3c-card-key")


def facet(window, name):
    return window.bench.get_by_role("combobox", name=name, exact=True)


def dialog(window):
    return window.page.get_by_role("dialog")


def test_a_study_without_any_says_what_it_is_for_and_a_triad_is_built_by_keyboard(
    same_window, folder
) -> None:
    window = same_window(folder)
    window.bench.get_by_role("button", name="Configure", exact=True).click()
    first = window.bench.get_by_role("button", name="Link words in the Code view")
    expect(first).to_be_focused()
    expect(window.bench.get_by_role("button", name="Write a theory")).to_be_visible()
    window.press("n")
    for words in ("Nobody has time", "A weekly meeting", "They feel helped", "They go on"):
        window.page.keyboard.type(words)
        window.press("Tab")
    dialog(window).get_by_label("Direction").select_option(label="Improves")
    dialog(window).get_by_role("combobox", name="Programme").select_option(label="North")
    window.press("Control+Enter")
    expect(dialog(window)).to_have_count(0)
    expect(cards(window)).to_be_focused()
    expect(card(window, "c1")).to_contain_text("triad")
    # whatever is open takes one more, at a key
    window.press("o")
    window.page.keyboard.type("They stay")
    window.press("Enter")
    expect(card(window, "c1").locator(".p3c-role-outcome.p3c-el")).to_have_count(2)
    expect(cards(window)).to_be_focused()
    window.press("e")
    window.page.keyboard.type("Meetings")
    window.press("Enter")
    expect(card(window, "c1").locator(".p3c-card-title")).to_have_text("Meetings")
    window.saved()
    one = held(folder)[0]["c1"]
    assert one.label == "Meetings"
    assert [(each.role, each.text, each.direction) for each in one.elements] == [
        ("context", "Nobody has time", ""),
        ("resource", "A weekly meeting", ""),
        ("reasoning", "They feel helped", ""),
        ("outcome", "They go on", "improves"),
        ("outcome", "They stay", ""),
    ]
    window.press("Control+z", "Control+z")
    expect(card(window, "c1").locator(".p3c-role-outcome.p3c-el")).to_have_count(1)


def test_words_and_properties_are_changed_where_they_stand(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("Home", "Enter")
    one = card(window, "c1")
    one.get_by_role("button", name=re.compile("^Context of c1")).click()
    window.press("Control+a")
    window.page.keyboard.type("Time is short")
    # a click elsewhere keeps it
    one.get_by_role("button", name=re.compile("^rigour of c1")).click()
    expect(one.locator(".p3c-role-context.p3c-el")).to_contain_text("Time is short")
    window.page.keyboard.type("One person, in her own words")
    window.press("Enter")
    expect(one).to_contain_text("One person, in her own words")
    one.get_by_role("button", name="Direction: not said").click()
    window.page.get_by_role("menuitem", name="Worsens").click()
    expect(one.get_by_role("button", name="Direction: Worsens")).to_be_visible()
    window.press("b")
    window.page.get_by_role("menuitem", name="Partial").click()
    expect(one.get_by_role("button", name=re.compile("Activation: . Partial"))).to_be_visible()
    # a theory is named by typing it
    window.press("y")
    window.page.keyboard.type("Meetings help")
    window.press("Enter")
    for words in ("people meet", "they go on", "they feel helped"):
        window.page.keyboard.type(words)
        window.press("Tab")
    window.press("Control+Enter")
    expect(one.get_by_role("button", name="Theory: Meetings help")).to_be_visible()
    expect(dialog(window)).to_have_count(0)
    # words that were begun are not lost by one key
    window.press("c")
    window.page.keyboard.type("half a th")
    window.press("Escape")
    expect(one.get_by_label("New context of c1")).to_have_value("half a th")
    window.press("Escape")
    expect(one.get_by_label("New context of c1")).to_have_count(0)
    window.saved()
    by_key, found = held(told)
    assert by_key["c1"].rigour == "One person, in her own words"
    assert by_key["c1"].activation == "partial"
    theory = found.theories[by_key["c1"].theory]
    assert (theory.label, theory.if_) == ("Meetings help", "people meet")
    assert [each.direction for each in by_key["c1"].of_role("outcome")] == ["improves", "worsens"]
    assert [each.text for each in by_key["c1"].of_role("context")] == ["Time is short"]


def test_filters_say_how_many_and_one_key_clears_them(new_window, lab, told) -> None:
    window = opened(new_window(lab, told).open())
    number = window.bench.locator(".p3c-con-count")
    expect(number).to_have_text("3 configurations")
    mechanism = facet(window, "Mechanism")
    mechanism.select_option(label="Being helped (2)")
    expect(keys(window)).to_have_text(["c1", "c2"])
    expect(number).to_have_text("2 of 3 configurations")
    facet(window, "To look at").select_option(label="contradicted, still open (1)")
    expect(keys(window)).to_have_text(["c1"])
    # they are there again after a reload
    window.bench.get_by_label("Words on a card").press("Enter")
    window.kept()
    window.page.reload()
    expect(cards(window)).to_be_focused(timeout=60_000)
    expect(number).to_have_text("1 of 3 configurations")
    window.press("0")
    expect(number).to_have_text("3 configurations")
    window.press("/")
    window.page.keyboard.type("COFFEE")
    expect(window.bench.get_by_text("No configuration passes these filters.")).to_be_visible()
    window.press("Control+a")
    window.page.keyboard.type("mayor")
    expect(keys(window)).to_have_text(["c2"])
    # an address leads to a card whatever is filtered
    facet(window, "Programme").select_option(index=1)
    window.press("Escape")
    expect(cards(window)).to_be_focused()


def test_a_card_is_split_and_each_part_is_what_the_preview_said(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("Home", "s")
    box = dialog(window)
    expect(box.get_by_label("Name of part 1")).to_be_focused()
    window.page.keyboard.type("Going on")
    box.get_by_label("Name of part 2").fill("Without money")
    box.get_by_label(re.compile("^Reasoning .* in part 2$")).uncheck()
    said_ = box.locator(".p3c-con-preview td").all_text_contents()
    assert said_ == ["triad", "triad, resource only"]
    box.get_by_role("button", name="Split").click()
    expect(keys(window)).to_have_text(["c2", "c3", "c4", "c5"])
    assert [
        card(window, key).locator(".p3c-con-class").text_content() for key in ("c4", "c5")
    ] == said_
    # the one that was split is kept, and found by its state
    facet(window, "State").select_option(label="split (1)")
    expect(keys(window)).to_have_text(["c1"])
    expect(card(window, "c1")).to_contain_text("split into c4, c5")
    by_key, _ = held(told)
    assert by_key["c1"].state == "split"
    assert [len(by_key[key].elements) for key in ("c4", "c5")] == [4, 3]
    assert [each.role for each in by_key["c5"].evidence].count("contradicts") == 1


def test_marked_cards_are_merged_into_the_one_that_stays(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("Home", "Space", "ArrowDown", "x", "m")
    box = dialog(window)
    box.get_by_label(re.compile(r"^\s*c2 ")).check()
    expect(box).to_contain_text("Together: triad")
    box.get_by_label("Why").fill("They say the same.")
    window.press("Control+Enter")
    expect(keys(window)).to_have_text(["c2", "c3"])
    expect(card(window, "c2")).to_have_class(FULL)
    expect(card(window, "c2").locator(".p3c-con-class")).to_have_text("triad")
    by_key, _ = held(told)
    assert (by_key["c1"].state, by_key["c1"].merged_into) == ("merged", by_key["c2"].id)
    assert len(by_key["c2"].evidence) == len(MEETINGS) + len(LETTERS)


def choose(window, key):
    window.page.keyboard.type(f"{key} ")
    option = dialog(window).locator(".p3c-combo-list li").first
    expect(option).to_contain_text(key)


def test_a_card_is_nested_and_a_circle_is_refused_in_the_dialog(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("Home", "p")
    choose(window, "c2")
    window.press("Enter")
    expect(dialog(window)).to_have_count(0)
    window.press("Enter")
    expect(card(window, "c1").get_by_role("region", name="Links")).to_contain_text("Part of c2")
    # the other way round is a circle; the words that were chosen stay
    card(window, "c1").get_by_role("button", name=re.compile("^c2 ")).click()
    expect(card(window, "c2")).to_contain_text("Has as a part c1")
    window.press("p")
    choose(window, "c1")
    window.press("Enter")
    fault = dialog(window).get_by_role("alert")
    expect(fault).not_to_be_empty()
    expect(fault).to_contain_text("c1")
    # the dialog has said it; a note would say it twice
    expect(window.note).to_be_hidden()
    window.press("Escape", "Escape")
    expect(dialog(window)).to_have_count(0)
    _, found = held(told)
    assert [each.relation for each in found.links] == ["part_of"]
    card(window, "c2").get_by_role("button", name=re.compile("^Unlink")).click()
    expect(card(window, "c2")).to_contain_text("It stands for itself")
    assert held(told)[1].links == ()


def test_an_outcome_becomes_a_context_of_another(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("Home", "l")
    dialog(window).get_by_label("The outcome").select_option(label="They go on")
    dialog(window).get_by_role("combobox", name="The later one").focus()
    choose(window, "c3")
    dialog(window).get_by_label("Why").fill("Who goes on sees the aims.")
    window.press("Control+Enter")
    expect(dialog(window)).to_have_count(0)
    window.press("End", "Enter")
    later = card(window, "c3")
    expect(later.locator(".p3c-role-context.p3c-el")).to_contain_text("They go on")
    expect(later).to_contain_text("Its context ‘They go on’ comes from")
    expect(later).to_contain_text("Who goes on sees the aims.")
    by_key, found = held(told)
    [link] = found.links
    assert (link.configuration, link.other) == (by_key["c1"].id, by_key["c3"].id)


def test_cards_are_compared_side_by_side(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("=")
    expect(window.note).to_contain_text("Mark two cards")
    window.press("Home", "Space", "ArrowDown", "Space", "=")
    table = window.bench.get_by_role("region", name="Configurations side by side")
    expect(table).to_be_focused()
    row = table.get_by_role("row", name=re.compile("^Context"))
    expect(row.locator("mark")).to_have_text(["Nobody", "The mayor"])
    expect(table.get_by_role("row", name=re.compile("^Mechanism"))).to_contain_text("the same")
    table.get_by_role("button", name="All 2 with the mechanism ‘Being helped’").click()
    expect(keys(window)).to_have_text(["c1", "c2"])
    expect(window.bench.locator(".p3c-con-count")).to_have_text("2 of 3 configurations")
    expect(cards(window)).to_be_focused()
    # what is marked stays so when it is filtered out
    window.press("Escape", "0", "End", "Space", "/")
    window.page.keyboard.type("meetings")
    window.press("Enter", "Space", "=")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(table.get_by_role("columnheader").last).to_contain_text("What the plan hopes")
    window.press("Escape", "0", "Escape")
    expect(window.bench.get_by_text("marked", exact=False).first).not_to_be_visible()


def test_what_another_window_wrote_meanwhile_is_shown_before_it_is_written_over(
    new_window, lab, told
) -> None:
    one, other = opened(new_window(lab, told).open()), opened(new_window(lab, told).open())
    for window in (one, other):
        window.press("Home", "Enter")
        card(window, "c1").get_by_role("button", name=re.compile("^Context of c1")).click()
        window.press("Control+a")
    one.page.keyboard.type("Written by the first")
    one.press("Enter")
    expect(card(one, "c1").locator(".p3c-role-context.p3c-el")).to_contain_text("by the first")
    other.page.keyboard.type("Written by the second")
    other.press("Enter")
    alert = card(other, "c1").locator(".p3c-con-said")
    expect(alert.locator("blockquote")).to_have_text("Written by the first")
    expect(card(other, "c1").get_by_label("Context of c1")).to_have_value("Written by the second")
    expect(other.note).to_be_hidden()
    alert.get_by_role("button", name="Keep mine all the same").click()
    for window in (one, other):
        expect(card(window, "c1").locator(".p3c-role-context.p3c-el")).to_contain_text("the second")
    [context] = held(told)[0]["c1"].of_role("context")
    assert context.text == "Written by the second"


def test_what_somebody_writes_elsewhere_comes_in_and_leaves_who_writes_alone(
    same_window, told
) -> None:
    window = opened(same_window(told))
    window.press("Home", "Enter", "c")
    window.page.keyboard.type("Being writ")
    by_key, _ = held(told)
    with p3c.open_study(told, coder="ben") as study:
        edit_configuration(study, "c2", fields={"label": "Called otherwise"})
        outcome = by_key["c1"].of_role("outcome")[0]
        edit_element(study, outcome.id, fields={"text": "They go on and on"})
    expect(card(window, "c2")).to_contain_text("Called otherwise")
    area = card(window, "c1").get_by_label("New context of c1")
    expect(area).to_be_focused()
    window.page.keyboard.type("ten")
    window.press("Enter")
    expect(card(window, "c1")).to_contain_text("They go on and on")
    expect(card(window, "c1").locator(".p3c-role-context.p3c-el")).to_have_count(2)


def test_a_quote_opens_the_text_and_one_comes_back_to_the_card(new_window, lab, told) -> None:
    window = opened(new_window(lab, told).open())
    window.press("ArrowDown", "Enter")
    card(window, "c2").get_by_role("button", name="“He answered at once”").click()
    window.ready("P2")
    until(lambda: window.marked == "He answered at once")
    window.bench.get_by_role("button", name="Configure", exact=True).click()
    expect(card(window, "c2")).to_have_class(FULL)
    noted(window, "configure/c2")
    window.page.reload()
    expect(card(window, "c2")).to_have_class(FULL, timeout=60_000)
    expect(card(window, "c2")).to_have_class(re.compile("p3c-card-at"))


def test_a_passage_is_added_from_a_search_and_a_contradiction_decided(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("Home", "Enter", "q")
    window.page.keyboard.type("coffe")
    window.press("Enter")
    expect(dialog(window)).to_contain_text("Nothing was found. Words are found whole")
    window.page.keyboard.type("e")
    window.press("Enter")
    expect(dialog(window).get_by_text("The mayor paid for the coffee.")).to_be_visible()
    box = dialog(window)
    box.get_by_label("What it speaks of").select_option(label="Outcome: They go on")
    box.get_by_label("Directness").select_option(index=1)
    box.get_by_role("button", name="Add it").click()
    one = card(window, "c1")
    expect(one).to_contain_text("“The mayor paid for the coffee.”")
    expect(one.locator(".p3c-con-open")).to_have_text("1 against, open")
    one.get_by_role("button", name="Decide …").click()
    dialog(window).get_by_label("What was decided, and why").fill(
        "It is bounded to the first year."
    )
    window.press("Control+Enter")
    expect(one).to_contain_text("It is bounded to the first year.")
    expect(one.locator(".p3c-con-open")).to_have_count(0)
    found = held(told)[0]["c1"].evidence
    added = next(each for each in found if "coffee" in each.quote)
    assert (added.quote, added.directness) == ("The mayor paid for the coffee.", "explicit")
    assert [each.resolution for each in found if each.role == "contradicts"] == [
        "It is bounded to the first year."
    ]


def test_a_card_is_set_aside_taken_up_and_removed(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("End", "d")
    dialog(window).get_by_label("Why").fill("Only a hope.")
    window.press("Control+Enter")
    expect(keys(window)).to_have_text(["c1", "c2"])
    facet(window, "State").select_option(label="set aside (1)")
    facet(window, "State").press("Escape")
    window.press("o")
    expect(window.note).to_contain_text("take it up again first")
    window.press("d")
    expect(window.bench.get_by_text("No configuration passes these filters.")).to_be_visible()
    window.press("0", "Home", "Delete")
    expect(dialog(window)).to_contain_text("5 elements, 5 passages")
    window.press("Enter")
    expect(keys(window)).to_have_text(["c2", "c3"])
    window.press("Control+z")
    expect(keys(window)).to_have_text(["c1", "c2", "c3"])
    assert [each.state for each in held(told)[0].values()] == ["", "", ""]


def test_a_label_of_strength_is_off_until_it_is_wanted_and_prints_its_rubric(
    same_window, told
) -> None:
    window = opened(same_window(told))
    rubric = window.bench.locator(".p3c-con-rubric")
    expect(rubric).not_to_be_visible()
    expect(window.bench.locator(".p3c-con-strength")).to_have_count(0)
    window.bench.get_by_label("Strength label").check()
    expect(rubric).to_contain_text("3 interviewees")
    expect(card(window, "c1").locator(".p3c-con-strength")).to_have_text("contested")
    cards(window).focus()
    window.press("Shift+s")
    expect(rubric).not_to_be_visible()


def test_words_are_shown_that_were_refused_when_their_field_was_gone(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("Home", "Enter")
    card(window, "c1").get_by_role("button", name=re.compile("^Context of c1")).click()
    window.press("Control+a")
    window.page.keyboard.type("Words that nobody shall lose")
    context = held(told)[0]["c1"].of_role("context")[0]
    with p3c.open_study(told, coder="ben") as study:
        edit_element(study, context.id, fields={"text": "Written by ben"})
    window.bench.get_by_role("tab", name="Theories").click()
    expect(dialog(window)).to_contain_text("These words were not kept")
    expect(dialog(window).locator("blockquote")).to_have_text("Words that nobody shall lose")
    assert held(told)[0]["c1"].of_role("context")[0].text == "Written by ben"
    # nor when the card is taken away under the hands of who writes
    dialog(window).get_by_role("button", name="Close").click()
    window.bench.get_by_role("tab", name="Configurations").click()
    cards(window).focus()
    window.press("End", "Enter", "c")
    window.page.keyboard.type("More words")
    with p3c.open_study(told, coder="ben") as study:
        remove_configuration(study, "c3")
    expect(dialog(window).locator("blockquote")).to_have_text("More words")
    expect(keys(window)).to_have_text(["c1", "c2"])


def test_a_tab_chosen_while_all_is_loading_is_shown_and_has_the_focus(same_window, told) -> None:
    window = same_window(told)
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    window.page.route("**/p3c/realist?*", hold)
    try:
        window.bench.get_by_role("button", name="Configure", exact=True).click()
        until(lambda: window.page.wait_for_timeout(50) or asked)
        tab = window.bench.get_by_role("tab", name="Standards")
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
    finally:
        for each in asked:
            each.continue_()
        window.page.unroute("**/p3c/realist?*")
    expect(window.bench.get_by_role("table")).to_be_visible()
    assert window.page.evaluate("document.activeElement.closest('.p3c-con-body') !== null")


def test_a_panel_opened_by_its_address_has_the_focus(same_window, told) -> None:
    window = same_window(told)
    window.page.evaluate(
        "async study => { await jupyterapp.commands.execute('application:close-all'); "
        "await jupyterapp.commands.execute('p3c:open', { study, address: 'configure/c2' }) }",
        told.name,
    )
    expect(card(window, "c2")).to_have_class(FULL)
    expect(cards(window)).to_be_focused()


def test_every_view_is_reached_in_a_narrow_window(new_window, lab, told) -> None:
    window = new_window(lab, told).open()
    views = window.bench.get_by_role("navigation", name="Views").get_by_role("button")
    expect(views).to_have_count(5)
    # with the file browser beside it, and without
    for width, side in ((480, "expandLeft"), (480, "collapseLeft"), (360, "collapseLeft")):
        window.page.evaluate("side => jupyterapp.shell[side]()", side)
        window.page.set_viewport_size({"width": width, "height": 800})
        for at in (4, 3, 1, 2, 0):
            views.nth(at).click()
            expect(views.nth(at)).to_have_attribute("aria-current", "page")
        # the start page takes the focus once it is drawn
        expect(window.bench.locator(".p3c-start button").first).to_be_visible()
        window.page.wait_for_timeout(500)
        views.first.focus()
        window.press("Tab", "Tab", "Tab", "Tab", "Enter")
        expect(views.nth(4)).to_have_attribute("aria-current", "page")


def test_a_narrow_window_has_the_cards_and_the_filters_over_them(new_window, lab, told) -> None:
    window = new_window(lab, told, viewport={"width": 1000, "height": 800}).open()
    window.page.keyboard.press("Control+b")
    window.page.set_viewport_size({"width": 560, "height": 800})
    window.bench.get_by_role("button", name="Configure", exact=True).click()
    expect(cards(window)).to_be_focused()
    width = window.bench.evaluate("e => e.clientWidth")
    assert width < 520
    window.press("Home", "Enter")
    assert cards(window).evaluate("e => e.scrollWidth <= e.clientWidth")
    expect(facet(window, "Mechanism")).not_to_be_visible()
    window.press("/")
    window.page.keyboard.type("mayor")
    window.press("Enter")
    expect(keys(window)).to_have_text(["c2"])


def wear(window, theme):
    """Let JupyterLab have a theme."""
    command = "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    window.page.evaluate(command, f"JupyterLab {theme}")
    light = str(theme == "Light").lower()
    expect(window.page.locator(f'body[data-jp-theme-light="{light}"]')).to_have_count(1)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing_serious_on_the_cards(request, same_window, told, theme) -> None:
    window = opened(same_window(told))
    request.addfinalizer(lambda: wear(window, "Light"))
    wear(window, theme)
    cards(window).focus()
    window.press("Home", "Space", "Enter")
    expect(card(window, "c1")).to_have_class(FULL)
    assert grave(window) == []
    for key in ("n", "s", "m", "p", "l", "q", "k"):
        window.press(key)
        expect(dialog(window)).to_be_visible()
        assert grave(window) == [], key
        window.press("Escape")
        expect(dialog(window)).to_have_count(0)
    window.press("ArrowDown", "Space", "=")
    expect(window.bench.get_by_role("region", name="Configurations side by side")).to_be_visible()
    assert grave(window) == []


def test_a_card_is_marked_by_mouse_wherever_one_is(same_window, told) -> None:
    window = opened(same_window(told))
    window.press("Home")
    for key in ("c3", "c2"):
        window.bench.get_by_role("checkbox", name=f"Mark {key}", exact=True).click()
    expect(window.bench.get_by_text("2 marked")).to_be_visible()
    window.bench.get_by_role("button", name="Compare", exact=True).click()
    expect(window.bench.locator(".p3c-con-count")).to_have_text("2 side by side")
    window.press("Escape", "Escape")
    expect(window.bench.get_by_text("2 marked")).to_have_count(0)


def test_the_buttons_of_the_first_page_are_pressed_by_keyboard(new_window, lab, folder) -> None:
    window = new_window(lab, folder).open()
    window.bench.get_by_role("button", name="Configure", exact=True).click()
    expect(window.bench.get_by_role("button", name="Link words in the Code view")).to_be_focused()
    window.press("Tab", "Tab", "Enter")
    expect(window.bench.get_by_role("tab", name="Theories")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(window.bench.get_by_text("There is no theory yet")).to_be_visible()
    # Enter presses the button, and does not do what it does in a list
    expect(window.bench.get_by_role("button", name="New theory")).to_be_focused()
    window.press("Space")
    expect(dialog(window)).to_contain_text("New theory")
