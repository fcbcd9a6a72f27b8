"""Ratings, the framework matrix, types, outlines and explications in the Summarise view."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c
from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.structuring.explication_table import table_explications
from p3c_qual.mayring.structuring.matrix import write_cell
from p3c_qual.mayring.structuring.matrix_table import list_cells
from p3c_qual.mayring.structuring.rating_table import list_ratings
from p3c_qual.mayring.structuring.typology_table import table_types

from .conftest import until
from .test_ui_access import grave

SCALE = """\
format: 1
key: scale
label: Scale
codes:
  - id: valence
    label: Valence
    definition: Whether it hinders or helps.
    kind: ordinal
    levels:
      - value: 1
        label: hindering
      - value: 2
        label: mixed
      - value: 3
        label: enabling
"""
UNITS = {
    "coding_unit": "sentence",
    "context_unit": "source",
    "recording_unit": "source",
    "criterion": "whatever is said of it",
}
CODED = (
    ("P1", "We met each week in the town hall.", "team.meetings"),
    ("P1", "it helped us a lot.", "team"),
    ("P1", "The mayor paid for the coffee.", "money"),
    ("P2", "With a letter to the mayor.", "team"),
)


@pytest.fixture
def structured(folder):
    """A study with four codings and a question for each technique of structuring."""
    (folder / "scale.yml").write_text(SCALE, "utf-8")
    with p3c.open_study(folder, coder="anna") as study:
        study.load_codebook(folder / "scale.yml")
        for key, words, code in CODED:
            start = study.text(key).index(words)
            study.code(key, start, start + len(words), f"mini:{code}")
        asked = {"theme": "mini", "scaling": "scale", "formal": "mini", "type": None}
        asked |= {"explication_narrow": None}
        for technique, book in asked.items():
            ask_question(
                study, f"On {technique}?", technique, key=technique, codebook=book, **UNITS
            )  # type: ignore[arg-type]
    return folder


def opened(window, key: str, panel: str, place: str = ""):
    """Go to a panel of a question."""
    at = f"{key}/{panel}" + (f"@{place}" if place else "")
    # what the command answers, a widget, is no value that can be sent here
    window.page.evaluate(
        "async ([study, at]) => { await window.jupyterapp.commands.execute('p3c:open', "
        "{ study, address: 'summarise/' + encodeURIComponent(at) }) }",
        [window.folder.name, at],
    )
    expect(window.bench.locator('[data-name="panel ' + panel + '"]')).to_have_attribute(
        "aria-selected", "true"
    )
    return window


def grid(window):
    found = window.bench.get_by_role("grid")
    expect(found).to_be_visible()
    found.focus()
    return found


def cell(window, row: int, column: int):
    rows = window.bench.locator(".p3c-grid-row")
    return rows.nth(row - 1).get_by_role("gridcell").nth(column - 1)


def stored(folder, table, *args, **more):
    with p3c.open_study(folder) as study:
        return table(study, *args, **more)


@pytest.fixture
def window(same_window, structured):
    """A window on the study."""
    return same_window(structured)


def test_segments_and_cases_are_rated_by_key(window, structured) -> None:
    opened(window, "scaling", "ratings")
    grid(window)
    window.press("3", "0", "1", "ArrowUp", "r")
    window.page.keyboard.type("Who pays is named.")
    window.press("Control+Enter")
    expect(cell(window, 3, 3)).to_contain_text("Who pays is named.")
    expect(window.bench.locator(".p3c-str-aside")).to_contain_text("n = 2 segments, 1 not ratable")
    expect(cell(window, 2, 3)).to_contain_text("not ratable")
    window.press("Delete", "4")
    expect(window.note).to_contain_text("has 3 levels")
    expect(cell(window, 3, 3)).to_have_text("–")
    window.press("u")
    expect(cell(window, 1, 2)).to_have_text("P1")
    window.press("2")
    expect(cell(window, 1, 3)).to_have_text("mixed")
    window.saved()
    found = stored(structured, list_ratings, "scaling")
    assert found[["unit", "case", "label"]].values.tolist() == [
        ["cases", "P1", "mixed"],
        ["segments", "P1", "enabling"],
        ["segments", "P1", "not ratable"],
    ]


def test_a_cell_is_written_from_its_passages_by_keyboard_alone(window, structured) -> None:
    opened(window, "theme", "matrix")
    grid(window)
    expect(cell(window, 1, 2)).to_contain_text("empty2 passages")
    expect(cell(window, 1, 4)).to_contain_text("nothing coded")
    expect(cell(window, 3, 2)).to_contain_text("not worked through")
    window.press("Enter")
    pane = window.bench.get_by_role("region", name="The cell")
    area = pane.get_by_label("What the case says here")
    expect(area).to_be_focused()
    expect(pane.locator("[data-passage]")).to_have_count(2)
    window.page.keyboard.type("They meet each week")
    window.press("Control+1")
    window.press("Escape")
    expect(window.note).to_contain_text("not kept yet")
    window.press("Control+Enter")
    expect(pane).to_be_hidden()
    expect(cell(window, 1, 2)).to_contain_text("✎ draft1 of 2 passages")
    window.saved()
    found = stored(structured, list_cells, "theme").iloc[0]
    start = stored(structured, p3c.Study.text, "P1").index(CODED[0][1])
    place = f"{start}-{start + len(CODED[0][1])}"
    assert found["text"] == f"They meet each week [{place}]"
    assert found["refs"] == f"P1:{place}"
    # then comes the other one of the case that has passages and is empty
    window.press("n")
    expect(window.bench.locator(".p3c-grid-at")).to_have_text("empty1 passage")


def test_a_refused_cell_stays_open_with_both_texts(window, structured) -> None:
    opened(window, "theme", "matrix")
    grid(window)
    window.press("Enter")
    pane = window.bench.get_by_role("region", name="The cell")
    area = pane.get_by_label("What the case says here")
    area.fill("Mine.")
    with p3c.open_study(structured, coder="ben") as other:
        write_cell(other, "theme", "P1", "team", "Theirs.")
    expect(cell(window, 1, 2)).to_contain_text("Theirs.")
    window.press("Control+Enter")
    expect(pane.get_by_role("alert")).to_contain_text("ben wrote this cell meanwhile")
    expect(pane.get_by_role("alert")).to_contain_text("Theirs.")
    pane.get_by_role("button", name="Write mine over it").click()
    expect(pane.get_by_role("alert")).to_be_hidden()
    window.saved()
    until(lambda: stored(structured, list_cells, "theme")["text"].iloc[0] == "Mine.")


def test_a_stale_cell_says_so_until_it_is_confirmed(window, structured) -> None:
    with p3c.open_study(structured, coder="anna") as study:
        write_cell(study, "theme", "P2", "team", "A letter.", status="final")
    opened(window, "theme", "matrix")
    grid(window)
    expect(cell(window, 2, 2)).to_contain_text("◆ final")
    expect(cell(window, 2, 2)).not_to_contain_text("stale")
    with p3c.open_study(structured, coder="anna") as study:
        start = study.text("P2").index("He answered")
        study.code("P2", start, start + 19, "mini:team")
    expect(cell(window, 2, 2)).to_contain_text("⚠ stale")
    window.press("ArrowDown", "Enter")
    window.bench.get_by_role("button", name="It still holds").click()
    expect(cell(window, 2, 2)).not_to_contain_text("stale")


def test_whatever_is_written_in_a_cell_is_shown_as_text(window, structured) -> None:
    words = "<img src=x onerror=alert(1)> الأسبوع " + "long " * 1_900
    with p3c.open_study(structured, coder="anna") as study:
        write_cell(study, "theme", "P1", "team", words)
    opened(window, "theme", "matrix")
    grid(window)
    expect(cell(window, 1, 2)).to_contain_text("<img src=x onerror=alert(1)> الأسبوع")
    assert window.bench.locator(".p3c-grid img").count() == 0
    # the row stays a row
    assert cell(window, 1, 2).bounding_box()["height"] < 200


def test_who_codes_blind_sees_no_passages_of_others_until_they_ask(window, structured) -> None:
    with p3c.open_study(structured, coder="ben") as study:
        start = study.text("P2").index("He answered")
        study.code("P2", start, start + 20, "mini:money")
        study.set_fields("source", "P2", {"main_coder": "ben"})
    opened(window, "theme", "matrix")
    grid(window)
    expect(window.bench.locator(".p3c-str-blind")).to_contain_text("you are coding blind")
    expect(cell(window, 2, 3)).to_have_text("hidden")
    window.bench.get_by_role("button", name="Show the work of others").click()
    expect(window.bench.locator(".p3c-str-blind")).to_be_hidden()
    expect(cell(window, 2, 3)).to_contain_text("1 passage")


def test_types_are_made_and_cases_put_into_them_by_key(window, structured) -> None:
    opened(window, "type", "types")
    grid(window)
    for label in ("Near", "Far"):
        window.press("c")
        window.page.get_by_role("dialog").get_by_label("Type", exact=True).fill(label)
        window.press("Control+Enter")
        expect(window.bench.get_by_role("region", name=label)).to_be_visible()
    window.press("1")
    expect(cell(window, 1, 2)).to_contain_text("Near")
    window.press("p")
    expect(window.page.get_by_role("dialog")).to_contain_text("prototype of ‘Near’")
    window.press("Control+Enter")
    expect(window.page.get_by_role("dialog")).to_contain_text("is needed")
    window.page.keyboard.type("They meet.")
    window.press("Control+Enter")
    expect(cell(window, 1, 2)).to_contain_text("★ prototype")
    window.press("ArrowDown", "2")
    expect(cell(window, 2, 2)).to_have_text("Far")
    window.saved()
    found = stored(structured, table_types, "type").set_index("type")
    assert found.loc["Near", "prototypes"] == "P1: They meet."
    assert found.loc["Far", "members"] == "P2"
    window.press("0")
    expect(cell(window, 2, 2)).to_have_text("no type")


def test_the_outline_leads_to_the_text(window) -> None:
    opened(window, "formal", "outline")
    grid(window)
    expect(window.bench.locator(".p3c-grid-row")).to_have_count(5)
    expect(window.bench.locator(".p3c-str-aside")).to_contain_text("Who speaks how much")
    expect(cell(window, 2, 7)).to_have_text("TeamMeetings")
    window.press("ArrowDown", "Enter")
    window.ready("P1")
    assert window.marked.startswith("R: It was slow.")


def test_a_doubtful_passage_is_explained_from_its_own_text(window, structured) -> None:
    window.code("P1")
    window.drag("The mayor paid")
    window.press("e")
    expect(window.page.get_by_role("dialog")).to_contain_text("The mayor paid")
    window.press("Control+Enter")
    form = window.bench.get_by_role("region", name="The explication")
    lexical = form.get_by_label("E2 What the words and the grammar can mean")
    expect(lexical).to_be_focused()
    window.page.keyboard.type("Paid himself, or had it paid.")
    form.get_by_label("Verdict", exact=True).select_option("suffices")
    window.press("Control+Enter")
    expect(form.get_by_role("alert")).to_contain_text("E4: no material")
    expect(form.get_by_role("alert")).to_contain_text("E5: what the passage means")
    search = form.get_by_role("searchbox")
    search.fill("mayor")
    search.press("Enter")
    # the only place besides is in another source, which a narrow one may not consult
    expect(form.get_by_role("region", name="Found")).to_contain_text("Not found in P1")
    search.fill("none")
    search.press("Enter")
    form.get_by_role("button", name="Take this place").click()
    form.get_by_label("E5 What the passage means").fill("Somebody else paid.")
    window.press("Control+Enter")
    expect(window.bench.locator(".p3c-str-item")).to_contain_text("suffices")
    window.saved()
    (row,) = stored(structured, table_explications).to_dict("records")
    assert (row["quote"], row["verdict"]) == ("The mayor paid", "suffices")
    assert "There was none at first." in row["material"]


def test_words_are_kept_when_one_goes_on_with_a_verdict_that_is_refused(window, structured) -> None:
    from p3c_qual.mayring.structuring.explication import explicate

    with p3c.open_study(structured, coder="anna") as study:
        for words in ("The mayor paid", "the town hall"):
            start = study.text("P1").index(words)
            place = ("P1", start, start + len(words))
            explicate(study, *place, "narrow", question="explication_narrow")
    opened(window, "explication_narrow", "explications")
    form = window.bench.get_by_role("region", name="The explication")
    form.get_by_label("E2 What the words and the grammar can mean").fill("A hall of the town.")
    form.get_by_label("Verdict", exact=True).select_option("suffices")
    window.bench.locator(".p3c-str-item", has_text="The mayor paid").click()
    expect(window.note).to_contain_text("is kept; the verdict is not")
    window.saved()
    found = stored(structured, table_explications)
    assert found[["lexical", "verdict"]].values.tolist() == [
        ["A hall of the town.", "open"],
        ["", "open"],
    ]


@pytest.mark.parametrize(
    ("key", "panel"),
    [
        ("scaling", "ratings"),
        ("theme", "matrix"),
        ("type", "types"),
        ("formal", "outline"),
        ("explication_narrow", "explications"),
    ],
)
def test_a_panel_keeps_to_the_rules_of_access_in_both_themes(
    window, structured, key, panel
) -> None:
    from p3c_qual.mayring.structuring.explication import explicate
    from p3c_qual.mayring.structuring.rating import rate
    from p3c_qual.mayring.structuring.typology import assign, make_type

    with p3c.open_study(structured, coder="anna") as study:
        rate(study, "scaling", "valence", case="P1", level=2, reason="So.")
        start = study.text("P1").index("The mayor paid")
        rate(study, "scaling", "valence", source="P1", start=start, end=start + 14, level=3)
        write_cell(study, "theme", "P1", "team", "They meet.", status="checked")
        near = make_type(study, "type", "Near", found_by="extreme")
        assign(study, near, "P1", prototype=True, reason="So.")
        explicate(study, "P1", start, start + 14, "narrow", question="explication_narrow")
        study.flag(study.codings(code="mini:money")["id"].tolist(), unsure=True)
    opened(window, key, panel)
    expect(window.bench.locator(".p3c-str")).to_contain_text("P1")
    if panel == "matrix":
        grid(window)
        window.press("Enter")
        expect(window.bench.locator("[data-passage]")).to_have_count(2)
    assert grave(window) == []
    window.page.evaluate(
        "window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })"
    )
    expect(window.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    assert grave(window) == []
    window.page.evaluate(
        "window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })"
    )
    expect(window.page.locator("body")).to_have_attribute("data-jp-theme-light", "true")


def test_on_a_narrow_screen_a_cell_takes_the_place_of_the_matrix(
    new_window, lab, structured
) -> None:
    window = new_window(lab, structured, viewport={"width": 480, "height": 900}).open()
    window.page.evaluate("window.jupyterapp.shell.collapseLeft()")
    opened(window, "theme", "matrix")
    cell(window, 1, 2).dblclick()
    pane = window.bench.get_by_role("region", name="The cell")
    expect(pane.get_by_label("What the case says here")).to_be_focused()
    expect(window.bench.get_by_role("grid")).to_be_hidden()
    keep = pane.get_by_role("button", name="Keep", exact=True)
    # the pane is drawn anew once the table has its place
    box = until(keep.bounding_box)
    assert box["x"] + box["width"] <= 480
    window.press("Escape")
    expect(window.bench.get_by_role("grid")).to_be_focused()
