"""The codebook is changed where one codes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c

from .conftest import BOOK, quotes


def codes(folder) -> dict[str, dict]:
    with p3c.open_study(folder) as study:
        return {row["code"]: row for row in study.codes("mini").to_dict("records")}


def order(window) -> list[str]:
    """The codes of Mini as they stand in the tree, with their depth."""
    return [
        str(each)
        for each in window.bench.evaluate(
            """root => {
                const all = [...root.querySelectorAll('.p3c-codes .p3c-leaf')];
                const from = all.findIndex(e => e.textContent.includes('Mini'));
                const to = all.findIndex((e, i) => i > from && e.classList.contains('p3c-book'));
                return all.slice(from + 1, to < 0 ? undefined : to).map(e =>
                    '>'.repeat(e.ariaLevel - 2) + e.querySelector('.p3c-name').textContent);
            }"""
        )
    ]


def menu(window, label: str, entry: str) -> None:
    window.leaf(label).click(button="right")
    window.page.get_by_role("menuitem", name=entry).click()


def answer(window, ok: str, **fields: str) -> None:
    dialog = window.page.locator(".p3c-dialog")
    for name, value in fields.items():
        dialog.locator(f'[name="{name}"]').fill(value)
    dialog.get_by_role("button", name=ok, exact=True).click()
    expect(dialog).to_have_count(0)
    window.saved()


def test_a_code_is_made_renamed_and_retired(window, folder) -> None:
    menu(window, "Team", "New code below …")
    answer(window, "Make", label="Leadership", definition="Who leads.")
    assert codes(folder)["team.leadership"]["definition"] == "Who leads."
    menu(window, "Leadership", "Edit …")
    answer(window, "Save", label="Leading", rule="Not for the mayor.")
    made = codes(folder)["team.leadership"]
    assert (made["label"], made["rule"]) == ("Leading", "Not for the mayor.")
    menu(window, "Leading", "Retire …")
    answer(window, "Retire")
    assert codes(folder)["team.leadership"]["status"] == "retired"
    # nothing was coded with it: it is out of the way, and offered no more
    expect(window.leaf("Leading")).to_have_count(0)
    window.click("slow")
    window.press("Enter")
    window.page.keyboard.type("leading")
    expect(window.page.locator(".p3c-pick-detail")).to_contain_text("makes it: New code")
    assert quotes(folder) == []


def test_codes_are_dragged_to_another_place_and_below_one_another(window, folder) -> None:
    assert order(window) == ["Team", ">Meetings", ">Trust", "Money", "Time", "Place"]
    line = window.leaf("Time").bounding_box()
    window.leaf("Money").drag_to(
        window.leaf("Time"), target_position={"x": 60, "y": line["height"] - 3}
    )
    expect(window.leaf("Time")).to_be_visible()
    window.page.wait_for_function(
        "[...document.querySelectorAll('.p3c-name')].map(e => e.textContent).join()"
        ".includes('Time,Money,Place')"
    )
    window.leaf("Place").drag_to(
        window.leaf("Team"), target_position={"x": 60, "y": line["height"] / 2}
    )
    window.page.wait_for_function(
        "[...document.querySelectorAll('.p3c-name')].map(e => e.textContent).join()"
        ".includes('Trust,Place,Time,Money')"
    )
    window.saved()
    assert order(window) == ["Team", ">Meetings", ">Trust", ">Place", "Time", "Money"]
    with p3c.open_study(folder) as study:
        kept = list(study.codes("mini")["code"])
    assert [code for code in kept if code in {"time", "money"}] == ["time", "money"]
    assert codes(folder)["team.place" if "team.place" in kept else "place"]["parent"] == "team"


def test_codes_are_moved_by_keys(window, folder) -> None:
    window.leaf("Money").click()
    for key, wanted in [
        ("Alt+ArrowDown", ["Team", ">Meetings", ">Trust", "Time", "Money", "Place"]),
        ("Alt+ArrowRight", ["Team", ">Meetings", ">Trust", "Time", ">Money", "Place"]),
        ("Alt+ArrowLeft", ["Team", ">Meetings", ">Trust", "Time", "Money", "Place"]),
        ("Alt+ArrowUp", ["Team", ">Meetings", ">Trust", "Money", "Time", "Place"]),
    ]:
        window.press(key)
        for _ in range(200):
            if order(window) == wanted:
                break
            window.page.wait_for_timeout(50)
        assert order(window) == wanted
        expect(window.leaf("Money")).to_be_focused()


@pytest.fixture
def coded(folder):
    with p3c.open_study(folder, coder="anna") as study:
        text = study.text("P1")
        for words in ("It was slow.", "There was none at first.", "The mayor paid"):
            start = text.index(words)
            study.code("P1", start, start + len(words), "money")
    return folder


def test_a_code_is_merged_into_another_with_its_codings(window, coded) -> None:
    expect(window.chips).to_have_count(3)
    menu(window, "Money", "Merge into another …")
    dialog = window.page.locator(".p3c-dialog")
    dialog.locator('select[name="into"]').select_option(label="Time")
    answer(window, "Merge")
    assert {code for code, _ in quotes(coded)} == {"time"}
    expect(window.chips.locator(".p3c-name").first).to_have_text("Time")
    window.press("Escape")
    window.bench.get_by_role("button", name="Undo").first.click()
    window.saved()
    expect(window.chips.locator(".p3c-name").first).to_have_text("Money")
    assert {code for code, _ in quotes(coded)} == {"money"}


def test_a_code_is_split_segment_by_segment(window, coded) -> None:
    menu(window, "Money", "Split …")
    dialog = window.page.locator(".p3c-dialog")
    parts = dialog.locator(".p3c-split")
    expect(parts).to_have_count(3)
    dialog.get_by_label("Name of new code 1").fill("Public money")
    parts.filter(has_text="The mayor paid").get_by_text("Public money").click()
    answer(window, "Split")
    assert {quote: code for code, quote in quotes(coded)} == {
        "It was slow.": "money",
        "There was none at first.": "money",
        "The mayor paid": next(code for code in codes(coded) if "public" in code),
    }


def test_a_change_of_a_frozen_codebook_becomes_a_proposal_with_a_reason(
    same_window, folder, tmp_path
) -> None:
    final = BOOK.replace("label: Mini\n", "label: Mini\nversion: '1.0'\nstatus: final\n")
    (tmp_path / "final.yml").write_text(final, encoding="utf-8")
    with p3c.open_study(folder, coder="anna") as study:
        study.load_codebook(tmp_path / "final.yml")
    window = same_window(folder).code()
    expect(window.bench.locator(".p3c-book", has_text="Mini")).to_contain_text("frozen")
    menu(window, "Money", "Edit …")
    dialog = window.page.locator(".p3c-dialog")
    dialog.locator('[name="label"]').fill("Funds")
    dialog.get_by_role("button", name="Propose").click()
    expect(dialog.locator(".p3c-fault")).to_contain_text("Reason")
    answer(window, "Propose", reason="Clearer")
    with p3c.open_study(folder) as study:
        [proposal] = study.proposals().to_dict("records")
    assert (proposal["code"], proposal["reason"]) == ("money", "Clearer")
    assert codes(folder)["money"]["label"] == "Money"
    # codes are given as before
    window.click("slow")
    window.leaf("Money").dblclick()
    window.saved()
    assert quotes(folder) == [("money", "It was slow.")]


def test_a_code_with_markup_and_accents_is_found_whatever_the_case(window, folder) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        study.create_code("mini", "Élan & <care>")
    window.press("/")
    window.page.keyboard.type("elan")
    hit = window.bench.locator(".p3c-leaf.p3c-hit:visible")
    expect(hit.locator(".p3c-name")).to_have_text(["Élan & <care>"])
    window.press("Enter", "Escape", "ArrowDown", "Enter")
    window.pick("ELAN")
    window.saved()
    assert [quote for _, quote in quotes(folder)] == ["It was slow."]
