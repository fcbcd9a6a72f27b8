"""Studies that are not as they should be: said plainly, and read all the same."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import expect

from .conftest import codings


def change(folder, sql: str) -> None:
    raw = sqlite3.connect(folder / "study.sqlite")
    raw.execute(sql)
    raw.commit()
    raw.close()


def test_a_text_that_is_not_what_its_hash_says_is_read_and_not_coded(
    new_window, lab, folder
) -> None:
    change(folder, "update payload set text = replace(text, 'each week', 'each year')")
    window = new_window(lab, folder).open().code()
    hint = window.bench.locator(".p3c-hint")
    expect(hint).to_contain_text("hash")
    expect(window.bench.locator(".p3c-page")).to_contain_text("We met each year")
    window.press("ArrowDown", "Enter")
    expect(window.page.locator(".p3c-picker")).to_have_count(0)
    expect(window.note).to_be_visible()
    assert codings(folder) == []
    # another source of the study is coded as ever
    window.press("]")
    window.ready("P2")
    expect(hint).to_be_hidden()
    window.press("ArrowDown", "Enter")
    window.pick("money")
    window.saved()
    assert len(codings(folder)) == 1


def test_a_study_of_a_newer_version_says_so_and_what_to_do(new_window, lab, folder) -> None:
    change(folder, "update meta set value = '999' where key = 'format'")
    window = new_window(lab, folder).open()
    expect(window.bench).to_contain_text("newer version")
    expect(window.bench).to_contain_text("Update p3c_qual")


def test_a_codebook_that_fails_its_check_is_told_and_coded_with(new_window, lab, folder) -> None:
    change(
        folder,
        "update code set parent = (select id from code where key = 'team.trust')"
        " where key = 'team'",
    )
    window = new_window(lab, folder).open().code()
    banner = window.bench.locator(".p3c-banner")
    expect(banner).to_contain_text("stands below itself")
    expect(banner).to_contain_text("Coding goes on as before")
    window.press("ArrowDown", "Enter")
    window.pick("money")
    window.saved()
    assert len(codings(folder)) == 1


@pytest.mark.parametrize("key", ["Enter", "x", "Shift+D"])
def test_a_study_that_can_only_be_read_is_read(new_window, lab, folder, key) -> None:
    window = new_window(lab, folder)

    def closed(route) -> None:
        # who runs the tests may be allowed to write everything: the answer is changed on its way
        answer = route.fetch()
        said = answer.json()
        what, do = "This study can be read but not written.", "Ask for write access to its folder."
        said |= {"writable": False, "banners": [{"kind": "read_only", "what": what, "do": do}]}
        route.fulfill(response=answer, json=said)

    window.page.route("**/p3c/study?*", closed)
    window.open().code()
    expect(window.bench.locator(".p3c-banner")).to_contain_text("Ask for write access")
    expect(window.bench.locator(".p3c-state")).to_have_text("Read only")
    window.press("ArrowDown")
    assert window.marked == "It was slow."
    window.press(key)
    expect(window.page.locator(".p3c-picker")).to_have_count(0)
    assert codings(folder) == []
    window.press("f")
    window.page.keyboard.type("mayor")
    expect(window.bench.locator(".p3c-find")).to_contain_text("1 hit")
