"""The further panels of the Configure view: theories, patterns, searches, candidates and the rest."""

from __future__ import annotations

import shutil
import uuid

import pytest
from playwright.sync_api import expect
from realist_kit import make, span

import p3c_qual as p3c
from p3c_qual.realist.building.evidence import add_evidence
from p3c_qual.realist.building.linking import RoleSpan, link_spans
from p3c_qual.realist.building.links import chain
from p3c_qual.realist.building.mechanisms import name_mechanism
from p3c_qual.realist.building.theories import edit_theory, write_theory
from p3c_qual.realist.logic.logic_model import take_logic_model
from p3c_qual.realist.read import read_realist
from p3c_qual.standards.items import table_standards

from .conftest import until
from .test_ui_access import grave

#: by configuration: label, programme, and its spans in their roles
CLAIMS = {
    "Heard on the hill": (
        "north",
        ("context", "N1", "On the hill everyone knows everyone.", {}),
        ("resource", "N1", "The nurse had time for a talk.", {}),
        ("reasoning", "N1", "I told her what I never tell the doctor.", {"text": "she tells"}),
        ("outcome", "N1", "I have not been in hospital.", {"direction": "improves"}),
    ),
    "Trust without a bus": (
        "north",
        ("context", "N2", "We have no bus.", {}),
        ("reasoning", "N2", "I trusted her", {}),
        ("outcome", "N2", "still I fell.", {"direction": "worsens"}),
    ),
    "Heard in town": (
        "south",
        ("context", "S2", "In town nobody knows anybody.", {}),
        ("resource", "S2", "She sat down with me and had time.", {}),
        ("outcome", "S2", "I sleep better now.", {"text": "sleep", "direction": "improves"}),
    ),
}
THEORY = {"if_": "a nurse has time", "then_": "people say more", "because": "they feel heard"}


def span_of(role, source, words, more):
    return RoleSpan(role, *span(source, words), **more)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The folder of a study with texts and nothing of the realist layer."""
    with make(tmp_path_factory.mktemp("plain")) as study:
        return study.path


@pytest.fixture(scope="module")
def full(plain, tmp_path_factory):
    """The folder of a study with a theory, and a mechanism in three configurations."""
    folder = tmp_path_factory.mktemp("full") / "study"
    shutil.copytree(plain, folder)
    with p3c.open_study(folder, coder="anna") as study:
        theory = write_theory(study, "Time to talk", programme="north", **THEORY)
        heard = name_mechanism(study, "Feeling heard")
        for label, (programme, *spans) in CLAIMS.items():
            link_spans(
                study,
                [span_of(*each) for each in spans],
                label=label,
                programme=programme,
                theory=theory,
                mechanism=heard,
            )
    return folder


@pytest.fixture
def told(lab, full):
    """A copy of the full study before JupyterLab."""
    return shutil.copytree(full, lab.root / f"s{uuid.uuid4().hex[:8]}")


@pytest.fixture
def bare(lab, plain):
    """A copy of the study without any theory."""
    return shutil.copytree(plain, lab.root / f"s{uuid.uuid4().hex[:8]}")


def held(folder):
    with p3c.open_study(folder) as study, study.store.read() as connection:
        return read_realist(connection)


def opened(same_window, folder, panel: str):
    """The window on a panel, come to by its tab."""
    window = same_window(folder)
    window.bench.get_by_role("button", name="Configure", exact=True).click()
    expect(window.bench.get_by_text("Loading theories and configurations")).to_have_count(0)
    to(window, panel)
    return window


def to(window, panel: str) -> None:
    window.bench.get_by_role("tab", name=panel, exact=True).click()
    tab = window.bench.get_by_role("tab", name=panel, exact=True)
    expect(tab).to_have_attribute("aria-selected", "true")


def line(window, words: str):
    """A line of the list at the left."""
    return window.bench.get_by_role("option").filter(has_text=words)


def sheet(window):
    return window.bench.locator(".p3c-pan-sheet")


def dialog(window):
    return window.page.get_by_role("dialog")


# theories


def test_a_theory_is_written_changed_where_it_stands_and_refined(same_window, bare) -> None:
    window = opened(same_window, bare, "Theories")
    first = window.bench.get_by_role("button", name="New theory …")
    expect(first).to_be_focused()
    window.press("Enter")
    for name, words in (
        ("Name", "Time to talk"),
        ("If", "a nurse has time"),
        ("Then", "people say more"),
        ("Because", "they feel heard"),
    ):
        dialog(window).get_by_role("textbox", name=name).first.fill(words)
    window.press("Control+Enter")
    expect(line(window, "Time to talk")).to_contain_text("v0")
    window.press("Enter", "Tab")
    expect(dialog(window)).to_have_count(0)
    words = sheet(window).get_by_label("Then", exact=True)
    words.fill("people say what they never said")
    # leaving it keeps it, and Escape before that does not
    window.press("Tab")
    window.saved()
    because = sheet(window).get_by_label("Because", exact=True)
    # nor are words lost by one key
    because.fill("nonsense")
    window.press("Escape")
    expect(because).to_have_value("nonsense")
    window.press("Escape")
    expect(because).to_have_value("they feel heard")
    (theory,) = held(bare).theories.values()
    assert (theory.then_, theory.because) == ("people say what they never said", "they feel heard")
    line(window, "Time to talk").click()
    window.bench.get_by_role("listbox", name="Theories by chain").focus()
    window.press("r")
    asked = dialog(window)
    asked.get_by_label("What changed, and why").fill("Without a bus nobody comes.")
    asked.get_by_role("textbox", name="If").fill("a nurse has time and comes to the door")
    window.press("Control+Enter")
    expect(line(window, "comes to the door")).to_have_attribute("aria-selected", "true")
    expect(line(window, "comes to the door")).to_contain_text("v1")
    expect(sheet(window).get_by_label("What changed, and why")).to_have_value(
        "Without a bus nobody comes."
    )
    assert grave(window) == []
    window.saved()
    before, after = sorted(held(bare).theories.values(), key=lambda each: each.version)
    assert (after.supersedes, after.status, before.if_) == (before.id, "testing", THEORY["if_"])


def test_refined_is_refused_until_a_search_is_logged_and_the_refusal_leads_there(
    same_window, told
) -> None:
    window = opened(same_window, told, "Theories")
    status = sheet(window).get_by_label("Status")
    status.select_option("refined")
    refused = sheet(window).locator(".p3c-pan-refused")
    expect(refused).to_contain_text("looked for negative cases")
    # what was refused is not shown as if it held
    expect(status).to_have_value("initial")
    refused.get_by_role("button", name="Search for negative cases of c1").click()
    expect(line(window, "Heard on the hill")).to_have_attribute("aria-selected", "true")
    expect(line(window, "Heard on the hill")).to_contain_text("never searched")
    # an empty search counts, and is logged
    window.press("2")
    search = window.bench.get_by_role("region", name="the outcome is there, the mechanism is not")
    expect(search).to_contain_text("No negative case found")
    expect(line(window, "Heard on the hill")).to_contain_text("1 of 3 searched, 0 found")
    to(window, "Theories")
    sheet(window).get_by_label("Status").select_option("refined")
    expect(line(window, "Time to talk")).to_contain_text("Refined")
    window.saved()
    (theory,) = held(told).theories.values()
    assert theory.status == "refined"


def test_what_somebody_else_changed_meanwhile_is_not_written_over_unseen(same_window, told) -> None:
    window = opened(same_window, told, "Theories")
    words = sheet(window).get_by_label("If", exact=True)
    words.fill("mine")
    with p3c.open_study(told, coder="ben") as study:
        edit_theory(study, "time_to_talk", fields={"if_": "theirs"})
    window.press("Tab")
    mine = sheet(window).get_by_role("button", name="Keep mine all the same")
    expect(mine).to_be_visible()
    expect(words).to_have_value("mine")
    expect(sheet(window).locator(".p3c-con-said blockquote")).to_have_text("theirs")
    expect(window.note).to_be_hidden()
    assert next(iter(held(told).theories.values())).if_ == "theirs"
    mine.click()
    until(lambda: next(iter(held(told).theories.values())).if_ == "mine")
    expect(mine).to_have_count(0)


def test_a_passage_is_put_on_a_theory_and_a_memo_of_retroduction_is_kept(same_window, told) -> None:
    window = opened(same_window, told, "Theories")
    sheet(window).get_by_role("button", name="Add a passage …").click()
    asked = dialog(window)
    expect(asked.get_by_label("Words to look for")).to_be_focused()
    window.page.keyboard.type("better")
    window.press("Enter")
    asked.get_by_text("Nothing got better.").click()
    asked.get_by_label("What it does to the theory").select_option("contradicts")
    window.press("Control+Enter")
    passage = sheet(window).get_by_role("button", name="“Nothing got better.”")
    expect(passage).to_be_visible()
    sheet(window).get_by_role("button", name="New memo …").click()
    dialog(window).get_by_label("Observed").fill("She fell all the same.")
    dialog(window).get_by_label("Rival explanation").fill("She would have fallen anyway.")
    window.press("Control+Enter")
    memos = sheet(window).get_by_role("region", name="Memos of retroduction and abduction")
    expect(memos).to_contain_text("She would have fallen anyway.")
    window.saved()
    found = held(told)
    (theory,) = found.theories
    assert [(each.quote, each.role) for each in found.loose] == [
        ("Nothing got better.", "contradicts")
    ]
    assert [(each.kind, each.theory) for each in found.inferences] == [("retroduction", theory)]
    passage.click()
    window.ready("N2")


# patterns


def test_a_mechanism_stands_side_by_side_and_a_regularity_is_stated_over_some(
    same_window, told
) -> None:
    window = opened(same_window, told, "Patterns")
    expect(line(window, "Feeling heard")).to_contain_text("3 configurations")
    expect(line(window, "Feeling heard")).to_contain_text("2 programmes")
    expect(sheet(window)).to_contain_text("The outcomes go different ways.")
    expect(sheet(window).get_by_role("article", name="Trust without a bus")).to_contain_text(
        "↘ worsens"
    )
    assert grave(window) == []
    sheet(window).get_by_label("c1 for a regularity").check()
    sheet(window).get_by_label("c3 for a regularity").check()
    sheet(window).get_by_role("button", name="State a demi-regularity over 2 …").click()
    dialog(window).get_by_role("textbox", name="Name").fill("Time opens")
    window.press("Control+Enter")
    expect(line(window, "Time opens")).to_contain_text("2 for")
    window.bench.get_by_role("button", name="Add a configuration …").click()
    window.page.keyboard.type("bus")
    dialog(window).get_by_label("For or against").select_option("contradicts")
    dialog(window).get_by_label("Why").fill("The bus was missing.")
    window.press("Control+Enter")
    expect(line(window, "Time opens")).to_contain_text("1 against")
    against = window.bench.get_by_role("region", name="Against it")
    expect(against.get_by_label("Why against")).to_have_value("The bus was missing.")
    assert grave(window) == []
    window.saved()
    found = held(told)
    keys = {each.id: each.key for each in found.configurations.values()}
    (regularity,) = found.regularities.values()
    said = {(keys[each.configuration], each.role) for each in regularity.instances}
    assert said == {("c1", "supports"), ("c2", "contradicts"), ("c3", "supports")}


# negative cases


def test_a_search_finds_a_case_names_the_silent_apart_and_is_decided(same_window, told) -> None:
    with p3c.open_study(told, coder="anna") as study:
        layer = held(told)
        first = next(each for each in layer.configurations.values() if each.key == "c1")
        element = {each.role: each.id for each in first.elements}
        where = {"configuration": first.id, "coder": "anna"}
        add_evidence(study, *span("N2", "We have no bus."), element=element["context"], **where)
        add_evidence(
            study,
            *span("N2", "Nothing got better."),
            element=element["outcome"],
            role="contradicts",
            **where,
        )
        add_evidence(study, *span("S1", "The budget"), element=element["context"], **where)
    window = opened(same_window, told, "Negative cases")
    kind = "the context is there, the outcome is not"
    window.press("1")
    search = window.bench.get_by_role("region", name=kind)
    expect(search).to_contain_text("1 negative case found in 1 passage, 1 silent source.")
    expect(search.get_by_role("list", name="Of how many")).to_contain_text("3 of 6 sources")
    expect(search).to_contain_text("They are no negative cases.")
    expect(search.get_by_role("button", name="S1", exact=True)).to_be_visible()
    keep = search.get_by_role("button", name="Keep the decision")
    search.get_by_label("What follows from it").select_option("bound")
    keep.click()
    expect(search.get_by_role("alert")).to_contain_text("needs a reason")
    search.get_by_label("What follows from it").select_option("bound")
    search.get_by_label("Reason").fill("Only where somebody can come again.")
    window.press("Enter")
    window.saved()
    expect(keep).to_be_disabled()
    window.bench.get_by_role("button", name="Log of 1 search").click()
    log = sheet(window).get_by_role("table")
    expect(log).to_contain_text("Only where somebody can come again.")
    expect(sheet(window)).to_contain_text("Never searched: c2, c3.")
    assert grave(window) == []
    log.get_by_role("button", name="c1").click()
    search.get_by_role("button", name="“Nothing got better.”").click()
    window.ready("N2")


# the logic model


def test_the_logic_model_is_taken_in_and_an_arrow_says_what_it_rests_on(same_window, told) -> None:
    window = opened(same_window, told, "Logic model")
    window.bench.get_by_role("button", name="Take in the one").click()
    expect(window.bench.locator(".p3c-pan-block")).to_have_count(5)
    arrow = window.bench.locator(".p3c-pan-chip").first
    expect(arrow).to_have_text("none")
    arrow.click()
    window.bench.get_by_role("button", name="Attach a configuration …").click()
    window.page.keyboard.type("hill")
    window.press("Enter")
    expect(dialog(window)).to_have_count(0)
    expect(arrow).to_have_text("+4 −0")
    assert grave(window) == []
    window.bench.get_by_role("button", name="New block …").click()
    window.page.keyboard.type("A block of our own")
    window.press("Enter")
    own = window.bench.locator(".p3c-pan-block", has_text="A block of our own")
    own.click()
    window.page.get_by_role("menuitem", name="Draw an arrow from here").click()
    dialog(window).get_by_label("To").select_option(label="Organisational changes and support")
    dialog(window).get_by_role("button", name="Draw it").click()
    expect(window.bench.locator(".p3c-pan-chip")).to_have_count(8)
    window.bench.get_by_role("button", name="Detach c1").click()
    expect(window.bench.locator(".p3c-pan-chip", has_text="none")).to_have_count(8)
    window.saved()
    assert all(not each.carries for each in held(told).arrows.values())


def test_no_two_blocks_lie_on_each_other_in_a_narrow_window(new_window, lab, told) -> None:
    with p3c.open_study(told, coder="anna") as study:
        take_logic_model(study)
    window = new_window(lab, told, viewport={"width": 480, "height": 900}).open()
    window.page.evaluate(
        "async study => { await jupyterapp.commands.execute('p3c:open', "
        "{ study, address: 'configure/logic' }); jupyterapp.shell.collapseLeft() }",
        told.name,
    )
    expect(window.bench.locator(".p3c-pan-block")).to_have_count(5)
    crossing = window.page.evaluate(
        """() => {
            const all = [...document.querySelectorAll('.p3c-pan-block')].map(e => e.getBoundingClientRect());
            return all.flatMap((a, i) => all.slice(i + 1).filter(b =>
                a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
        }"""
    )
    assert crossing == 0


# standards


def test_an_item_is_graded_with_its_place_and_nothing_is_added_up(same_window, told) -> None:
    window = opened(same_window, told, "Standards")
    rows = window.bench.locator(".p3c-pan-standards tbody tr:not(.p3c-pan-section)")
    expect(rows).to_have_count(20)
    expect(rows.nth(1)).to_contain_text("Not held here.")
    expect(rows.nth(3)).to_contain_text("1 initial programme theory")
    rows.nth(3).get_by_label("Reported, item 4").select_option("yes")
    expect(window.bench.get_by_role("button", name="Without a grade: 19")).to_be_visible()
    rows.nth(3).get_by_label("Place in the report, item 4").fill("page 3")
    window.press("Tab")
    window.saved()
    assert grave(window) == []
    window.bench.get_by_role("button", name="RAMESES II quality (8)").click()
    expect(rows).to_have_count(8)
    expect(window.bench.locator(".p3c-pan-page")).to_contain_text("there is no total")
    with p3c.open_study(told) as study:
        table = table_standards(study, "rameses_reporting")
    said = table[table["item"] == 4].iloc[0]
    assert [said["grade"], said["place"]] == ["yes", "page 3"]
    window.bench.get_by_role("button", name="RAMESES II reporting (20)").click()
    rows.nth(3).get_by_role("button", name="Configure view, Theories").click()
    expect(line(window, "Time to talk")).to_be_visible()


# candidates


def test_candidates_show_their_cues_and_open_in_the_text(same_window, told) -> None:
    window = opened(same_window, told, "Candidates")
    feed = window.bench.get_by_role("feed")
    first = feed.get_by_role("article").first
    expect(first).to_be_visible(timeout=90_000)
    expect(window.bench.locator(".p3c-pan-about")).to_contain_text("a person decides")
    expect(feed.locator("mark.p3c-pan-cue-change").first).to_be_visible()
    marked = feed.locator("article").filter(has_text="In town nobody knows anybody")
    assert "better" in marked.locator("mark").all_inner_texts()
    expect(marked).to_contain_text("in c3 already")
    assert grave(window) == []
    # hiding stores nothing
    everything = feed.get_by_role("article").count()
    first.focus()
    window.press("x")
    expect(feed.get_by_role("article")).to_have_count(everything - 1)
    expect(feed.get_by_role("article").first).to_be_focused()
    window.bench.get_by_role("button", name="Show what is hidden (1)").click()
    expect(feed.get_by_role("article")).to_have_count(everything)
    marked.focus()
    window.press("t")
    window.ready("S2")
    assert "In town nobody knows anybody" in window.marked


# the network


def test_the_network_is_shown_as_a_picture_and_said_in_words(same_window, told) -> None:
    with p3c.open_study(told, coder="anna") as study:
        first, third = (
            next(each for each in held(told).configurations.values() if each.key == key)
            for key in ("c1", "c3")
        )
        outcome = next(each.id for each in third.elements if each.role == "outcome")
        chain(study, third.id, first.id, outcome=outcome, reason="Who sleeps can talk.")
    window = opened(same_window, told, "Network")
    image = window.bench.locator(".p3c-pan-image")
    expect(image).to_be_visible(timeout=90_000)
    until(lambda: image.evaluate("e => e.naturalWidth") > 0)
    assert str(image.get_attribute("src")).startswith("data:image/svg+xml")
    chains = window.bench.locator(".p3c-pan-chains li")
    expect(chains).to_have_count(2)
    expect(chains.nth(1)).to_contain_text("its outcome ‘sleep’ becomes the context")
    expect(chains.nth(1)).to_contain_text("Who sleeps can talk.")
    assert grave(window) == []
    width = image.evaluate("e => e.clientWidth")
    window.bench.get_by_role("button", name="Larger").click()
    until(lambda: image.evaluate("e => e.clientWidth") > width)
    window.bench.get_by_label("Programme").select_option(label="South")
    expect(window.bench.locator(".p3c-pan-below")).to_contain_text("No outcome becomes the context")


@pytest.mark.parametrize(
    ("panel", "says"),
    [
        ("Theories", "There is no theory yet"),
        ("Patterns", "No mechanism is named yet"),
        ("Negative cases", "Nothing to search against yet"),
        ("Network", "There is nothing to draw yet"),
        ("Logic model", "There is no logic model yet"),
    ],
)
def test_an_empty_panel_says_what_it_is_for(same_window, bare, panel, says) -> None:
    window = opened(same_window, bare, panel)
    expect(window.bench.get_by_role("heading", name=says)).to_be_visible(timeout=90_000)
    assert grave(window) == []
