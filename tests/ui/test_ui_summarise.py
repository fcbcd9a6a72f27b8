"""The Summarise view: research questions, the table of units, categories, the back-check."""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.summarising import units as writing
from p3c_qual.mayring.summarising.bundling import bundle
from p3c_qual.mayring.summarising.reduction import decide
from p3c_qual.mayring.summarising.state import Unit, read_units
from p3c_qual.store.schema import ROWS

from .conftest import TOKEN, until
from .test_ui_access import grave
from .test_ui_paraphrase import SAID

SENTENCES = {
    "P1": ["It was slow.", "We met each week in the town hall.", "We went on all the same."],
    "P2": ["With a letter to the mayor.", "He answered at once."],
}
PARAPHRASES = [
    "Slow beginning",
    "Weekly meetings",
    "Going on",
    "Writing to those in charge",
    "Quick answer",
]


def units(folder) -> list[Unit]:
    with p3c.open_study(folder) as study, study.store.read() as connection:
        return read_units(connection, read_question(connection, "help"))


@pytest.fixture
def asked(folder):
    """A study with five units, each paraphrased."""
    with p3c.open_study(folder, coder="anna") as study:
        ask_question(study, "What helped people?", "summarising", key="help", **SAID)
        words = iter(PARAPHRASES)
        for key, sentences in SENTENCES.items():
            for quote in sentences:
                start = study.text(key).index(quote)
                writing.paraphrase(study, "help", key, start, start + len(quote), next(words))
    return folder


@pytest.fixture
def reduced(asked):
    """The same with a generalisation each."""
    with p3c.open_study(asked, coder="anna") as study:
        for each in units(asked):
            writing.generalise(study, each.id, each.paraphrase)
    return asked


def opened(window):
    window.bench.get_by_role("button", name="Summarise", exact=True).click()
    expect(grid(window)).to_be_focused()
    return window


def grid(window):
    return window.bench.get_by_role("grid")


def row(window, number: int):
    return window.bench.locator(".p3c-grid-row").nth(number - 1)


def cell(window, number: int, column: str):
    return row(window, number).locator(f".p3c-grid-{column}")


def noted(window, place: str) -> None:
    """Wait until JupyterLab has kept a place, which it does by and by."""
    address = f"{window.lab.url}lab/api/workspaces/{window.workspace}"
    request = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"})

    def kept() -> bool:
        window.page.wait_for_timeout(100)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return place in answer.read().decode()
        except urllib.error.HTTPError:
            return False

    until(kept)


def test_the_first_question_is_asked_and_its_units_are_declared(new_window, lab, folder) -> None:
    window = new_window(lab, folder).open()
    window.bench.get_by_role("button", name="Summarise", exact=True).click()
    expect(window.bench.locator(".p3c-sum-techniques > li")).to_have_count(8)
    assert grave(window) == []
    window.bench.get_by_role("button", name="Summarising", exact=True).click()
    dialog = window.page.get_by_role("dialog")
    window.page.keyboard.type("What helped people?")
    dialog.get_by_label("Selection criterion").fill("What helped.")
    dialog.get_by_role("button", name="Ask it").click()
    expect(window.bench.locator(".p3c-sum-question")).to_contain_text("step 1 of 6: Units")
    # what is missing is said, and is written then
    expect(window.bench.locator(".p3c-sum-lacks")).to_contain_text("abstraction")
    window.bench.get_by_role("button", name="Edit question …").click()
    dialog.get_by_label("Level of abstraction").fill("Without names.")
    dialog.get_by_role("button", name="Save").click()
    expect(window.bench.locator(".p3c-sum-lacks")).to_have_count(0)
    window.bench.get_by_role("button", name="Close this step").click()
    expect(window.bench.locator(".p3c-sum-question")).to_contain_text("step 2 of 6")
    window.saved()
    with p3c.open_study(folder) as study, study.store.read() as connection:
        (found,) = [read_question(connection, "what_helped_people")]
    assert (found.step, found.recording_unit) == ("paraphrase", "source")


def test_a_row_goes_from_paraphrase_to_category_by_keyboard_alone(same_window, asked) -> None:
    window = opened(same_window(asked))
    window.press("Enter")
    window.page.keyboard.type(" of the work")
    window.press("Tab")
    window.page.keyboard.type("Beginnings take time")
    window.press("Escape", "Escape")
    expect(cell(window, 1, "generalisation")).to_have_text("")
    window.page.keyboard.type("Beginnings take time")
    window.press("Enter", "Escape", "ArrowUp", "ArrowRight", "k")
    expect(cell(window, 1, "reduce")).to_have_text(re.compile("kept ?Z3.3"))
    window.press("ArrowRight", "b")
    dialog = window.page.get_by_role("dialog")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    expect(dialog).to_contain_text("Z4.2")
    window.page.keyboard.type("Time is needed")
    expect(dialog.get_by_role("status")).to_have_text("Into a new category ‘Time is needed’.")
    window.press("Alt+1", "Enter")
    expect(cell(window, 1, "category")).to_contain_text("Time is needed")
    window.saved()
    first = units(asked)[0]
    assert first.paraphrase == "Slow beginning of the work"
    assert (first.generalisation, first.state, first.z3, first.z4) == (
        "Beginnings take time",
        "bundled",
        "Z3.3",
        "Z4.1",
    )
    expect(window.bench.locator(".p3c-sum-counts")).to_contain_text("5 units")
    expect(window.bench.locator(".p3c-sum-counts")).to_contain_text("4 paraphrased")
    # one by one, all of it is taken back
    for state in ("kept", "generalised", "paraphrased"):
        window.press("Control+z")
        until(lambda state=state: units(asked)[0].state == state)
    window.press("Control+z")
    until(lambda: units(asked)[0].paraphrase == "Slow beginning")
    expect(cell(window, 1, "paraphrase")).to_have_text("Slow beginning")


def test_rows_that_are_chosen_are_bundled_together(same_window, reduced) -> None:
    window = opened(same_window(reduced))
    window.press("Shift+ArrowDown", "Shift+ArrowDown", "k")
    for number in (1, 2, 3):
        expect(cell(window, number, "reduce")).to_contain_text("kept")
    window.press("Home", "Space", "ArrowDown", "ArrowDown", "Space", "b")
    window.page.keyboard.type("Endurance")
    window.press("Alt+1", "Enter")
    window.saved()
    assert [each.state for each in units(reduced)] == [
        "bundled",
        "kept",
        "bundled",
        "generalised",
        "generalised",
    ]
    # a category that is there is found by some of its letters
    window.press("ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "b")
    window.page.keyboard.type("dura")
    window.press("Alt+2", "Enter")
    expect(cell(window, 2, "category")).to_contain_text("Endurance")
    window.saved()
    assert len({each.reduction for each in units(reduced)[:3]}) == 1


def test_what_is_not_kept_yet_cannot_be_bundled_and_the_row_is_as_it_was(
    same_window, reduced
) -> None:
    window = opened(same_window(reduced))
    window.press("Alt+b")
    expect(window.note).to_have_text(re.compile("No. 1 cannot be bundled: it is not kept by Z3"))
    expect(window.page.get_by_role("dialog")).to_have_count(0)
    expect(cell(window, 1, "category")).to_have_text("")
    assert units(reduced)[0].state == "generalised"


def test_no_rule_of_a_category_is_used_that_was_not_chosen(same_window, reduced) -> None:
    window = opened(same_window(reduced))
    window.press("Alt+k", "Alt+b")
    dialog = window.page.get_by_role("dialog")
    window.page.keyboard.type("Endurance")
    expect(dialog.locator("input:checked")).to_have_count(0)
    window.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("Choose the rule: keys 1 to 4.")
    # the rules have the focus, and their numbers choose
    expect(dialog.get_by_label("Z4.1")).to_be_focused()
    window.press("3")
    expect(dialog.get_by_label("Z4.3")).to_be_checked()
    expect(dialog.get_by_role("alert")).to_have_count(0)
    window.press("Enter")
    expect(cell(window, 1, "category")).to_have_text("EnduranceZ4.3")
    expect(dialog).to_have_count(0)
    # so it is with what is decided in doubt
    window.press("ArrowDown", "Alt+i")
    expect(dialog.get_by_label("keep")).to_be_focused()
    expect(dialog.locator("input:checked")).to_have_count(0)
    dialog.get_by_label("Which assumption decides").fill("Meetings matter in theory.")
    window.press("Control+Enter")
    expect(dialog.get_by_role("alert")).to_have_text("Choose the decision: keys 1 to 2.")
    window.press("2", "Enter")
    expect(cell(window, 2, "reduce")).to_have_text("deletedZ3.4")
    window.saved()
    assert [each.z4 for each in units(reduced)[:1]] == ["Z4.3"]


def test_a_letter_typed_on_words_writes_none_of_them_over(same_window, asked) -> None:
    window = opened(same_window(asked))
    area = window.page.locator(".p3c-grid-area")
    # the key of a deed is the deed: its generalisation is the paraphrase
    window.press("g")
    expect(cell(window, 1, "generalisation")).to_have_text("Slow beginning")
    expect(area).to_have_count(0)
    # any other goes behind the words
    window.press("s")
    expect(area).to_have_value("Slow beginnings")
    window.press("Enter", "Escape")
    expect(cell(window, 1, "paraphrase")).to_have_text("Slow beginnings")
    # and in an empty cell all of them are words
    window.press("ArrowRight", "g")
    expect(area).to_have_value("g")
    window.press("Enter", "Escape")
    expect(cell(window, 2, "generalisation")).to_have_text("g")
    window.saved()
    assert [each.paraphrase for each in units(asked)][1:] == PARAPHRASES[1:]


def test_deeds_on_several_rows_take_those_they_are_for_and_say_which_are_left_out(
    same_window, asked
) -> None:
    with p3c.open_study(asked, coder="anna") as study:
        ids = [each.id for each in units(asked)]
        writing.drop(study, ids[0], "Only about the weather.")
        for each in ids[2:4]:
            writing.generalise(study, each, "Something general")
    window = opened(same_window(asked))
    left = "3 rows were left out: dropped by Z1.1, or without a generalisation."
    window.press("Control+a", "k")
    expect(window.note).to_contain_text(f"2 rows kept by Z3.3. {left}")
    window.saved()
    states = ["dropped", "paraphrased", "kept", "kept", "paraphrased"]
    assert [each.state for each in units(asked)] == states
    # what is asked about says it beforehand
    window.press("Control+a", "d")
    dialog = window.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Delete 2 rows")
    expect(dialog).to_contain_text(left)
    window.press("Escape")
    # none is in a state for it
    window.press("Escape", "Home", "Shift+ArrowDown", "b")
    expect(window.note).to_contain_text("None of the 2 rows can be bundled: dropped by Z1.1, or")
    expect(dialog).to_have_count(0)
    # rules are written row by row: for the row of the cursor
    window.press("r")
    expect(dialog).to_contain_text("Rules used for no. 2")
    window.press("Escape", "Control+a", "u")
    expect(window.note).to_contain_text("3 rows undecided again. 2 rows were left out")
    window.saved()
    states = ["paraphrased", "paraphrased", "generalised", "generalised", "paraphrased"]
    assert [each.state for each in units(asked)] == states


def test_who_comes_back_from_the_text_comes_back_to_the_row(same_window, asked) -> None:
    window = opened(same_window(asked))
    window.press("ArrowDown", "ArrowDown", "t")
    window.ready("P1")
    until(lambda: window.marked == "We went on all the same.")
    window.press("Alt+3")
    expect(grid(window)).to_be_focused()
    expect(row(window, 3)).to_have_class(re.compile("p3c-grid-here"))


def test_a_refused_dialog_keeps_the_focus_and_a_saved_one_gives_it_to_the_view(
    same_window, asked
) -> None:
    window = opened(same_window(asked))
    window.bench.get_by_role("button", name="Edit question …").click()
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_label("Question", exact=True).fill("")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_have_text("Question is needed.")
    expect(dialog.get_by_label("Question", exact=True)).to_be_focused()
    window.page.keyboard.type("What helped?")
    expect(dialog.get_by_role("alert")).to_have_count(0)
    window.press("Enter")
    expect(dialog).to_have_count(0)
    expect(grid(window)).to_be_focused()
    # so it is with a new one, for which a codebook is made on the way
    window.bench.get_by_role("button", name="New research question").click()
    dialog.locator("[name=label]").fill("Which barriers?")
    dialog.locator("[name=technique]").select_option("inductive")
    book = dialog.locator("[name=codebook]")
    book.select_option(label="a new codebook …")
    inner = window.page.get_by_role("dialog", name="New codebook")
    inner.get_by_role("button", name="Make it").click()
    expect(inner.get_by_role("alert")).to_have_text("What it is called is needed.")
    window.page.keyboard.type("Barriers")
    window.press("Enter")
    expect(inner).to_have_count(0)
    expect(book.locator("option:checked")).to_have_text("Barriers")
    dialog.get_by_role("button", name="Ask it").click()
    expect(dialog).to_have_count(0)
    until(lambda: window.page.evaluate("document.activeElement.closest('.p3c-sum-right') !== null"))
    window.saved()
    with p3c.open_study(asked) as study, study.store.read() as connection:
        assert read_question(connection, "which_barriers").codebook


def test_meaning_the_same_across_interviews_is_refused_by_the_name_of_the_rule(
    same_window, reduced
) -> None:
    window = opened(same_window(reduced))
    window.press("Alt+k", "End", "Delete")
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_label("Z3.1").check()
    window.page.keyboard.press("Tab")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    window.page.keyboard.type("slow")
    window.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Z3.1")
    expect(dialog.get_by_role("alert")).to_contain_text("one recording unit")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    window.press("Escape", "Escape")
    expect(cell(window, 5, "reduce")).to_have_text("")
    # within one interview it is the rule that fits, and the row stays, struck through
    window.press("Home", "ArrowDown", "Delete")
    dialog.get_by_label("Z3.1").check()
    window.page.keyboard.press("Tab")
    window.press("Enter")
    expect(cell(window, 2, "reduce")).to_contain_text("as no. 1")
    expect(cell(window, 2, "generalisation").locator("s")).to_have_text("Weekly meetings")
    window.saved()
    assert units(reduced)[1].state == "deleted"


def test_a_stale_write_from_a_second_window_keeps_the_words(same_window, reduced) -> None:
    window = opened(same_window(reduced))
    other = units(reduced)[1].id
    window.press("ArrowRight", "ArrowDown", "Enter")
    # what comes meanwhile leaves alone what is being written
    with p3c.open_study(reduced, coder="ben") as study:
        writing.generalise(study, other, "Regular exchange")
    window.page.wait_for_timeout(2500)
    area = window.page.locator(".p3c-grid-area")
    expect(area).to_have_value("Weekly meetings")
    window.page.keyboard.type(" hold it together")
    window.press("Enter")
    box = window.bench.locator(".p3c-sum-conflict")
    expect(box).to_contain_text("ben")
    # it is said once, and covers neither what can be done nor the row that is written in
    expect(window.note).to_be_hidden()
    expect(window.page.locator(".p3c-grid-area")).to_be_in_viewport()
    expect(box.locator("blockquote")).to_have_text("Regular exchange")
    own = box.get_by_role("textbox", name="Your words")
    expect(own).to_have_value("Weekly meetings hold it together")
    assert units(reduced)[1].generalisation == "Regular exchange"
    own.fill("Regular meetings hold it together")
    box.get_by_role("button", name="Keep mine").click()
    expect(box).to_have_count(0)
    expect(cell(window, 2, "generalisation")).to_have_text("Regular meetings hold it together")
    window.saved()
    assert units(reduced)[1].generalisation == "Regular meetings hold it together"


def test_the_row_opens_its_text_and_a_reload_comes_back_to_it(new_window, lab, asked) -> None:
    window = opened(new_window(lab, asked).open())
    window.press("End")
    expect(window.bench.locator(".p3c-sum-strip blockquote")).to_have_text("He answered at once.")
    noted(window, units(asked)[-1].id)
    window.page.reload()
    expect(grid(window)).to_be_focused(timeout=60_000)
    expect(row(window, 5)).to_have_class(re.compile("p3c-grid-here"))
    window.press("Control+Enter")
    window.ready("P2")
    until(lambda: window.marked == "He answered at once.")
    # the question goes along
    expect(window.bench.get_by_label("Research question")).to_have_value("help")
    # and a click on the place does the same
    window.bench.get_by_role("button", name="Summarise", exact=True).click()
    cell(window, 1, "place").get_by_role("button", name="line 3").click()
    window.ready("P1")
    until(lambda: window.marked == "It was slow.")


def test_filters_show_what_the_step_still_needs(same_window, asked) -> None:
    with p3c.open_study(asked, coder="anna") as study:
        writing.drop(study, units(asked)[0].id, "Only about the weather.")
    window = opened(same_window(asked))
    expect(row(window, 1)).to_contain_text("Only about the weather.")
    window.press("/")
    window.page.keyboard.type("mayor")
    expect(window.bench.locator(".p3c-grid-row")).to_have_count(1)
    expect(row(window, 1)).to_contain_text("Writing to those in charge")
    window.press("Escape")
    expect(window.bench.locator(".p3c-grid-row")).to_have_count(5)
    window.bench.get_by_label("State", exact=True).select_option("dropped")
    expect(window.bench.locator(".p3c-grid-row")).to_have_count(1)
    window.bench.get_by_role("button", name="Show all").click()
    expect(window.bench.locator(".p3c-grid-row")).to_have_count(5)


def test_each_decision_is_made_by_its_key_and_taken_back(same_window, reduced) -> None:
    window = opened(same_window(reduced))
    dialog = window.page.get_by_role("dialog")
    # in doubt, with the assumption
    window.press("Alt+i")
    expect(dialog).to_contain_text("Z3.4")
    window.press("1")
    dialog.get_by_label("Which assumption decides").fill("Beginnings matter in theory.")
    dialog.get_by_role("button", name="Decide").click()
    expect(cell(window, 1, "reduce")).to_contain_text("Z3.4")
    expect(dialog).to_have_count(0)
    # left over, with the reason
    window.press("Alt+o")
    window.page.keyboard.type("Nobody else says so.")
    window.press("Control+Enter")
    expect(cell(window, 1, "category")).to_contain_text("Nobody else says so.")
    expect(dialog).to_have_count(0)
    window.press("Alt+u")
    expect(cell(window, 1, "category")).to_have_text("")
    window.press("Alt+u")
    expect(cell(window, 1, "reduce")).to_have_text("")
    # the rules used for its words
    window.press("Alt+r")
    dialog.get_by_label("Z2.1").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    # by Z3.2, with its reason
    window.press("Delete")
    expect(dialog.get_by_label("Z3.2")).to_be_checked()
    dialog.get_by_label("Why it is not essential").fill("An example only.")
    dialog.get_by_role("button", name="Delete").click()
    expect(cell(window, 1, "generalisation").locator("s")).to_have_text("Slow beginning")
    expect(window.bench.locator(".p3c-sum-strip")).to_contain_text("An example only.")
    window.saved()
    first = units(reduced)[0]
    assert (first.state, first.z3, first.reason) == ("deleted", "Z3.2", "An example only.")
    assert first.z2 == ("Z2.1", "Z2.3")


def test_the_paraphrase_is_taken_as_generalisation_for_all_that_are_chosen(
    same_window, asked
) -> None:
    window = opened(same_window(asked))
    window.press("Control+a", "g")
    expect(cell(window, 5, "generalisation")).to_have_text("Quick answer")
    window.saved()
    assert [each.generalisation for each in units(asked)] == PARAPHRASES
    assert {each.z2 for each in units(asked)} == {("Z2.3",)}


def test_a_step_says_what_it_lacks_and_one_returns_with_a_reason(same_window, reduced) -> None:
    window = opened(same_window(reduced))
    question = window.bench.locator(".p3c-sum-question")
    expect(question).to_contain_text("step 2 of 6")
    expect(window.bench.locator(".p3c-sum-lacks")).to_contain_text("worked through")
    window.bench.get_by_role("button", name="Close this step").click()
    expect(window.note).to_contain_text("worked through")
    expect(question).to_contain_text("step 2 of 6")
    with p3c.open_study(reduced, coder="anna") as study:
        for key in ("P1", "P2", "P3", "plan"):
            study.mark_read(key, question="help")
    # what is done elsewhere is known here a moment later
    expect(window.bench.locator(".p3c-sum-lacks")).to_have_count(0)
    window.bench.get_by_role("button", name="Close this step").click()
    expect(question).to_contain_text("step 3 of 6")
    window.bench.get_by_role("button", name="Return to …").click()
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Return").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Reason is needed")
    dialog.get_by_label("Reason").fill("Two passages were overlooked.")
    dialog.get_by_role("button", name="Return").click()
    expect(question).to_contain_text("step 2 of 6")


def test_the_words_of_a_second_window_are_seen_in_this_one(new_window, lab, asked) -> None:
    one = opened(new_window(lab, asked).open())
    two = opened(new_window(lab, asked).open())
    one.press("ArrowDown", "ArrowRight")
    one.page.keyboard.type("Meetings")
    one.press("Enter", "Escape")
    expect(cell(two, 2, "generalisation")).to_have_text("Meetings")
    two.press("ArrowDown", "Alt+k")
    expect(cell(one, 2, "reduce")).to_contain_text("kept")
    one.press("Control+z")
    # both are one person, whose last act is that of the other window
    expect(cell(one, 2, "reduce")).to_have_text("")


def test_a_unit_whose_text_was_edited_is_flagged(same_window, asked) -> None:
    window = opened(same_window(asked))
    text, src = ROWS["text"], ROWS["source"]
    with p3c.open_study(asked, coder="ben") as study, study.act("another text") as act:
        wanted = text.select().join(src, src.c.text == text.c.id).where(src.c.key == "P1")
        old = act.connection.execute(wanted).mappings().one()
        (new,) = act.insert("text", [{k: v for k, v in old.items() if k != "id"}])
        act.update("source", {old["source"]: {"text": new}})
    expect(cell(window, 1, "no")).to_contain_text("text was edited")
    expect(window.bench.locator(".p3c-sum-strip")).to_contain_text("was edited since")
    expect(cell(window, 5, "no")).to_have_text("5")
    window.bench.get_by_label("needs something").check()
    expect(window.bench.locator(".p3c-grid-row")).to_have_count(3)


@pytest.fixture
def bundled(reduced):
    """The same with everything in two categories, and the second reduction closed."""
    from p3c_qual.mayring.steps import close_step

    with p3c.open_study(reduced, coder="anna") as study:
        ids = [each.id for each in units(reduced)]
        decide(study, ids, keep=True, rule="Z3.3")
        bundle(study, ids[:3], label="Endurance", rule="Z4.1")
        bundle(study, ids[3:], label="Access to those in charge", rule="Z4.2")
        for key in ("P1", "P2", "P3", "plan"):
            study.mark_read(key, question="help")
        with study.store.read() as connection:
            order = read_question(connection, "help").how.order
        for step in order[order.index("paraphrase") : order.index("check")]:
            close_step(study, "help", step)
    return reduced


def test_categories_are_lifted_and_made_codes_of(same_window, bundled) -> None:
    from p3c_qual.mayring.steps import return_to

    with p3c.open_study(bundled, coder="anna") as study:
        return_to(study, "help", "bundle", reason="Main categories are wanted.")
    window = opened(same_window(bundled))
    window.bench.get_by_role("tab", name="Categories").click()
    tree = window.bench.get_by_role("tree", name="Categories")
    expect(tree).to_be_focused()
    expect(tree.get_by_role("treeitem")).to_have_count(2)
    window.press("Space", "ArrowDown", "Space", "l")
    window.page.keyboard.type("What carries it")
    window.press("Alt+1", "Enter")
    expect(window.page.get_by_role("dialog")).to_have_count(0)
    expect(tree.get_by_role("treeitem").first).to_contain_text("What carries it")
    expect(tree.get_by_role("treeitem").first).to_contain_text("5 units, 2 cases")
    # the units of one are unfolded, and each is one key from its text
    window.press("ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowRight")
    expect(tree.get_by_role("treeitem")).to_have_count(6)
    window.press("c")
    window.page.get_by_role("dialog").get_by_label("Codebook").select_option(label="Mini")
    window.page.get_by_role("dialog").get_by_role("button", name="Make codes").click()
    expect(window.note).to_contain_text("5 codings made")
    window.press("ArrowDown", "Enter")
    window.ready("P1")
    until(lambda: window.marked == "It was slow.")


def test_only_a_category_that_holds_nothing_is_removed(same_window, bundled) -> None:
    from p3c_qual.mayring.steps import return_to

    with p3c.open_study(bundled, coder="anna") as study:
        return_to(study, "help", "bundle", reason="One category is too many.")
        last = [each for each in units(bundled) if each.state == "bundled"][-1:]
        bundle(study, [last[0].id], label="A spare one", rule="Z4.1")
        bundle(study, [last[0].id], last[0].reduction, rule="Z4.1")
    window = opened(same_window(bundled))
    window.bench.get_by_role("tab", name="Categories").click()
    tree = window.bench.get_by_role("tree", name="Categories")
    expect(tree.get_by_role("treeitem")).to_have_count(3)
    window.press("Home", "Delete")
    expect(window.note).to_contain_text("still holds")
    expect(tree.get_by_role("treeitem")).to_have_count(3)
    tree.get_by_text("A spare one").click()
    window.press("Delete")
    expect(tree.get_by_role("treeitem")).to_have_count(2)


def test_the_back_check_is_drawn_and_judged_by_keyboard(same_window, bundled) -> None:
    window = opened(same_window(bundled))
    window.bench.get_by_role("tab", name="Back-check").click()
    window.bench.get_by_role("button", name="Draw a sample …").click()
    dialog = window.page.get_by_role("dialog")
    dialog.get_by_label("How many units").fill("3")
    dialog.get_by_label("Seed").fill("7")
    window.press("Enter")
    card = window.bench.get_by_role("group", name="The unit that is checked")
    expect(card).to_contain_text("1 of 3")
    expect(card).to_be_focused()
    remark = window.bench.get_by_label("Remark")
    # yes goes on; with partly and no what is missed can be said, on that unit
    window.press("y", "p")
    expect(remark).to_be_focused()
    expect(card).to_contain_text("2 of 3")
    window.press("Enter")
    expect(card).to_contain_text("3 of 3")
    window.press("n")
    window.page.keyboard.type("The coffee is missing.")
    window.press("Enter")
    expect(card).to_be_focused()
    counts = window.bench.locator(".p3c-sum-counts")
    expect(counts).to_contain_text("3 checked")
    for each in ("yes 1", "partly 1", "no 1", "open 0"):
        expect(counts).to_contain_text(each)
    window.press("ArrowUp", "r")
    expect(remark).to_have_value("")
    window.page.keyboard.type("The letter is named, its tone is not.")
    window.press("Escape")
    expect(card).to_contain_text("2 of 3")
    window.saved()
    table = ROWS["back_check"]
    with p3c.open_study(bundled) as study, study.store.read() as connection:
        rows = connection.execute(table.select().order_by(table.c.position)).all()
    assert [each.verdict for each in rows] == ["yes", "partly", "no"]
    assert [each.remark or "" for each in rows] == [
        "",
        "The letter is named, its tone is not.",
        "The coffee is missing.",
    ]


@pytest.fixture(scope="module")
def dark(new_lab):
    """A JupyterLab of the dark theme."""
    return new_lab(theme="JupyterLab Dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_summarise_view(
    request, new_window, lab, bundled, theme
) -> None:
    where, folder = lab, bundled
    if theme == "dark":
        where = request.getfixturevalue("dark")
        folder = shutil.copytree(bundled, where.root / bundled.name)
    window = opened(new_window(where, folder).open())
    window.press("Shift+ArrowDown")
    assert grave(window) == []
    window.press("Delete")
    expect(window.page.get_by_role("dialog")).to_be_visible()
    assert grave(window) == []
    window.press("Escape")
    for name in ("Categories", "Back-check"):
        window.bench.get_by_role("tab", name=name).click()
        expect(window.bench.locator(".p3c-sum-counts")).to_be_visible()
        assert grave(window) == []
    window.bench.get_by_role("button", name="Edit question …").click()
    expect(window.page.get_by_role("dialog")).to_be_visible()
    assert grave(window) == []
