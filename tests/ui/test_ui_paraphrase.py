"""Paraphrasing beside the text: select a unit, one key, type, next."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.summarising import units as writing
from p3c_qual.mayring.summarising.state import Unit, read_units
from p3c_qual.store.schema import ROWS

from .conftest import BOOK, quotes, until
from .test_ui_access import grave

SAID = {
    "criterion": "What helped or hindered the meetings.",
    "abstraction": "General statements, without names.",
    "coding_unit": "sentence",
    "context_unit": "source",
    "recording_unit": "source",
}


def units(folder) -> list[Unit]:
    """Read the units of the summarising from the store, in the order of the material."""
    with p3c.open_study(folder) as study, study.store.read() as connection:
        return read_units(connection, read_question(connection, "help"))


def passed(folder, question: str) -> list[list[int]]:
    """Read what was worked through under a question."""
    reading = ROWS["reading"]
    with p3c.open_study(folder) as study, study.store.read() as connection:
        rows = connection.execute(reading.select().where(reading.c.question == question))
        return [each for row in rows for each in row.ranges or ()]


@pytest.fixture
def asked(folder):
    """The folder of a study with a research question whose units are declared."""
    with p3c.open_study(folder, coder="anna") as study:
        ask_question(study, "What helped people?", "summarising", key="help", **SAID)
    return folder


@pytest.fixture
def window(same_window, asked):
    """A window on the first interview, working under the question."""
    return under_question(same_window(asked).code())


def under_question(window):
    with window.page.expect_response(lambda answer: "/p3c/summary" in answer.url):
        window.bench.get_by_label("Research question").select_option("help")
    expect(window.bench.locator(".p3c-text")).to_be_focused()
    return window


def editor(window):
    return window.bench.get_by_role("textbox", name="Paraphrase")


def notes(window):
    return window.bench.locator(".p3c-para")


def test_units_are_paraphrased_by_keyboard_alone(window, folder) -> None:
    window.press("ArrowDown", "z")
    expect(editor(window)).to_be_focused()
    window.bench.get_by_label("Z1.3").check()
    editor(window).focus()
    window.page.keyboard.type("Slow beginning")
    window.press("Enter")
    # the next unit has the cursor, and its key writes again
    until(lambda: window.marked == "We met each week in the town hall.")
    window.press("z")
    expect(window.bench.get_by_label("Z1.3")).to_be_checked()
    window.page.keyboard.type("Meetings")
    window.press("Shift+Enter")
    window.page.keyboard.type("each week")
    window.press("Enter", "x")
    until(lambda: window.marked == "There was none at first.")
    window.saved()
    expect(notes(window)).to_have_count(2)
    expect(notes(window).first).to_have_text("Slow beginning")
    found = units(folder)
    assert [(each.quote, each.paraphrase) for each in found] == [
        ("It was slow.", "Slow beginning"),
        ("We met each week in the town hall.", "Meetings\neach week"),
    ]
    assert [each.z1 for each in found] == [("Z1.3",), ("Z1.3",)]
    # what was passed over is read under the question, and free coding knows nothing of it
    with p3c.open_study(folder) as study:
        text = study.text("P1")
    read = passed(folder, "help")
    assert text[read[0][0] : read[-1][1]].endswith("but it helped us a lot.")
    assert passed(folder, "") == []


def test_a_unit_that_is_there_is_written_on_and_undone(window, folder) -> None:
    window.press("ArrowDown", "z")
    window.page.keyboard.type("First")
    window.press("Enter")
    window.saved()
    window.press("ArrowUp", "z")
    expect(editor(window)).to_have_value("First")
    window.page.keyboard.type(" words")
    window.press("Enter")
    window.saved()
    assert [each.paraphrase for each in units(folder)] == ["First words"]
    window.press("Control+z")
    expect(notes(window)).to_have_text(["First"])
    window.press("Control+z")
    expect(notes(window)).to_have_count(0)
    window.saved()
    assert units(folder) == []
    window.press("Control+Shift+z")
    expect(notes(window)).to_have_text(["First"])


def test_words_that_were_written_are_not_lost_by_one_key(window, folder) -> None:
    window.press("ArrowDown", "z")
    window.page.keyboard.type("Half a thought")
    assert grave(window) == []
    window.press("Escape")
    expect(window.note).to_contain_text("not kept yet")
    expect(editor(window)).to_have_value("Half a thought")
    window.press("Escape")
    expect(editor(window)).to_have_count(0)
    expect(window.bench.locator(".p3c-text")).to_be_focused()
    assert units(folder) == []


def test_who_goes_elsewhere_while_writing_keeps_the_words(window, folder) -> None:
    window.press("ArrowDown", "z")
    window.page.keyboard.type("Slow beginning")
    window.code("P2")
    window.press("ArrowDown", "z")
    window.page.keyboard.type("A letter opened the door")
    window.bench.get_by_role("button", name="Summarise", exact=True).click()
    rows = window.bench.locator(".p3c-grid-row")
    expect(rows).to_have_count(2)
    window.saved()
    assert [each.paraphrase for each in units(folder)] == [
        "Slow beginning",
        "A letter opened the door",
    ]


def test_the_place_and_the_question_are_there_after_a_reload(new_window, lab, asked) -> None:
    window = under_question(new_window(lab, asked).open().code())
    window.press("ArrowDown", "z")
    window.page.keyboard.type("Slow beginning")
    window.press("Enter")
    window.saved()
    window.reload()
    expect(window.bench.get_by_label("Research question")).to_have_value("help")
    expect(notes(window)).to_have_text(["Slow beginning"])
    window.press("n")
    until(lambda: window.marked == "We met each week in the town hall.")


def test_a_span_that_overlaps_a_unit_writes_on_that_unit(window, folder) -> None:
    window.press("ArrowDown", "z")
    window.page.keyboard.type("Slow")
    window.press("Enter")
    window.saved()
    window.drag("was", "slow")
    window.press("z")
    expect(editor(window)).to_have_value("Slow")


def test_who_wrote_at_the_same_time_loses_no_words(window, folder) -> None:
    window.press("ArrowDown", "z")
    window.page.keyboard.type("My own words")
    with p3c.open_study(folder, coder="ben") as study:
        start = study.text("P1").index("It was slow.")
        writing.paraphrase(study, "help", "P1", start, start + 12, "Words of ben")
    window.press("Enter")
    expect(window.note).to_contain_text("ben")
    expect(notes(window)).to_have_text(["Words of ben"])
    assert [each.paraphrase for each in units(folder)] == ["Words of ben"]
    window.note.get_by_role("button", name="See what I wrote").click()
    expect(editor(window)).to_have_value("My own words")
    window.press("Enter")
    expect(notes(window)).to_have_text(["My own words"])
    window.saved()
    assert [each.paraphrase for each in units(folder)] == ["My own words"]


def test_a_question_without_units_says_what_it_lacks(same_window, folder) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        ask_question(study, "What helped people?", "summarising", key="help")
    window = same_window(folder).code()
    window.bench.get_by_label("Research question").select_option("help")
    expect(window.bench.locator(".p3c-hint")).to_contain_text("not ready to be worked on")
    window.press("ArrowDown", "z")
    expect(editor(window)).to_have_count(0)
    assert units(folder) == []


def test_a_source_that_is_not_of_the_question_says_so_before_anything_is_written(
    same_window, folder
) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        ask_question(
            study, "What helped people?", "summarising", key="help", material=["P1"], **SAID
        )
    window = same_window(folder).code("P2")
    window.bench.get_by_label("Research question").select_option("help")
    # the list says which are
    expect(window.bench.locator(".p3c-doc:has(.p3c-doc-asked)")).to_have_count(1)
    expect(window.bench.locator('.p3c-doc[data-key="P1"] .p3c-doc-asked')).to_be_visible()
    window.press("ArrowDown", "z")
    dialog = window.page.get_by_role("dialog")
    expect(dialog).to_contain_text("P2 is not in the material of this question")
    dialog.get_by_role("button", name="Go on in the material").click()
    window.ready("P1")
    window.code("P2")
    window.press("ArrowDown", "z")
    dialog.get_by_role("button", name="Add P2 …").click()
    expect(dialog.get_by_label("P2", exact=False)).to_be_checked()
    dialog.get_by_role("button", name="Save").click()
    expect(window.bench.locator(".p3c-doc:has(.p3c-doc-asked)")).to_have_count(2)
    expect(window.bench.locator(".p3c-text")).to_be_focused()
    window.press("z")
    expect(editor(window)).to_be_focused()


def test_a_new_category_is_always_offered_in_the_codebook_of_the_question(
    same_window, folder
) -> None:
    other = BOOK.replace("key: mini", "key: other").replace("label: Mini", "label: Other")
    (folder / "other.yml").write_text(other, encoding="utf-8")
    with p3c.open_study(folder, coder="anna") as study:
        study.load_codebook(folder / "other.yml")
        ask_question(study, "Which barriers?", "inductive", key="bar", codebook="mini", **SAID)
    window = same_window(folder).code()
    window.bench.get_by_label("Research question").select_option("bar")
    window.press("ArrowDown", "Enter")
    hits = window.page.locator(".p3c-picker .p3c-hits li")
    letters = window.page.locator(".p3c-picker input")
    expect(letters).to_be_focused()
    window.page.keyboard.type("money")
    # several codes are called so, the one of the question's codebook first
    expect(hits.last).to_have_text("New category ‘money’ in Mini")
    expect(hits.first).to_have_text("MoneyMini")
    expect(hits.filter(has_text="MoneyOther")).to_have_count(1)
    expect(hits.first).to_have_attribute("aria-selected", "true")
    window.press(*["ArrowDown"] * (hits.count() - 1))
    expect(hits.last).to_have_attribute("aria-selected", "true")
    assert grave(window) == []
    window.press("Enter")
    dialog = window.page.get_by_role("dialog", name="New code in Mini")
    expect(dialog.get_by_label("Name")).to_have_value("money")
    window.press("Escape")
    expect(dialog).to_have_count(0)
    # and by a key of its own, whatever is found
    window.press("Enter")
    expect(letters).to_be_focused()
    window.page.keyboard.type("tea")
    expect(hits.first).to_have_text("TeamMini")
    window.press("Control+Enter")
    expect(dialog.get_by_label("Name")).to_have_value("tea")
    window.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(window.chips).to_have_count(1)
    window.saved()
    assert quotes(folder) == [("tea", "It was slow.")]


def test_an_in_vivo_code_asks_for_the_codebook_a_question_lacks(same_window, asked) -> None:
    window = same_window(asked).code()
    window.bench.get_by_label("Research question").select_option("help")
    window.press("ArrowDown", "v")
    dialog = window.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Into which codebook?")
    assert quotes(asked) == []
    dialog.get_by_label("Codebook").select_option(label="Mini")
    dialog.get_by_role("button", name="Take it").click()
    expect(window.chips).to_have_count(1)


def test_an_inductive_question_is_read_by_itself(same_window, folder) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        ask_question(study, "Which barriers?", "inductive", key="bar", codebook="mini", **SAID)
    window = same_window(folder).code()
    window.press("ArrowDown", "x")
    window.saved()
    window.bench.get_by_label("Research question").select_option("bar")
    # for the question nothing was read yet
    window.press("ArrowUp", "ArrowUp")
    until(lambda: window.marked == "It was slow.")
    window.press("x", "Enter")
    window.pick("money")
    window.press("n", "Shift+d")
    until(lambda: window.marked == "Nobody had time, but it helped us a lot.")
    window.saved()
    assert quotes(folder) == [("money", "We met each week in the town hall.")]
    reading = ROWS["reading"]
    with p3c.open_study(folder) as study, study.store.read() as connection:
        done = {row.question or "": bool(row.done) for row in connection.execute(reading.select())}
    assert done == {"": False, "bar": True}
