"""Several windows and Python on one study stay in step; blind coding sees nothing of others."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

import p3c_qual as p3c

from .conftest import codings, quotes, until

#: seconds in which a window has what another one did; the aim is two, on a machine that rests
IN_STEP = 5


def test_two_windows_and_python_stay_in_step(new_window, lab, folder) -> None:
    one = new_window(lab, folder).open().code()
    two = new_window(lab, folder, color_scheme="light").open().code()
    one.press("ArrowDown", "Enter")
    one.pick("money")
    began = time.monotonic()
    expect(two.chips).to_have_count(1, timeout=IN_STEP * 1000)
    print(f"window to window: {time.monotonic() - began:.2f} s")
    assert two.chips.locator(".p3c-name").all_inner_texts() == ["Money"]
    two.press("ArrowDown", "Space", "r")
    two.pick("time")
    expect(one.chips.locator(".p3c-name")).to_have_text(["Time"], timeout=IN_STEP * 1000)
    with p3c.open_study(folder, coder="anna") as study:
        start = study.text("P1").index("The mayor")
        study.code("P1", start, start + 9, "place")
    began = time.monotonic()
    for window in (one, two):
        expect(window.chips).to_have_count(2, timeout=IN_STEP * 1000)
    print(f"Python to both windows: {time.monotonic() - began:.2f} s")
    two.press("Control+z")
    two.saved()
    expect(one.chips).to_have_count(1 if len(codings(folder)) == 1 else 2)
    assert one.chips.count() == two.chips.count() == len(codings(folder))


def test_a_code_made_elsewhere_is_in_the_tree_and_the_picker(window, folder) -> None:
    window.leaf("Team").click()
    with p3c.open_study(folder, coder="ben") as study:
        study.create_code("mini", "Harbour", definition="Where ships lie.")
    expect(window.leaf("Harbour")).to_be_visible(timeout=IN_STEP * 1000)
    # who is in the tree stays in it
    expect(window.leaf("Team")).to_be_focused()
    window.press("Escape", "ArrowDown", "Enter")
    window.pick("harb")
    window.saved()
    assert quotes(folder) == [("harbour", "It was slow.")]


@pytest.fixture
def shared(folder) -> dict[str, str]:
    """What ben did: nothing of it may reach anna while she codes blind."""
    with p3c.open_study(folder, coder="ben") as study:
        text = study.text("P1")
        made = study.code("P1", text.index("We met"), text.index("week") + 4, "team")
        study.memo("coding", "Thought of by ben alone", target=made.id)
    return {"id": made.id, "memo": "Thought of by ben alone", "coder": "ben"}


def test_blind_coding_gets_nothing_of_others_until_it_is_wanted(
    new_window, lab, folder, shared
) -> None:
    window = new_window(lab, folder)
    heard: list[str] = []

    def hear(response) -> None:
        if "/p3c/" in response.url and response.request.resource_type != "document":
            heard.append(f"{response.url}\n{response.text()}")

    window.page.on("response", hear)
    window.open().code()
    window.press("ArrowDown", "Enter")
    window.pick("money")
    window.saved()
    expect(window.chips).to_have_count(1)
    window.press("s")
    window.press("Alt+1")
    window.press("Alt+2")
    window.ready()
    assert any("/p3c/source/" in each for each in heard)
    said = "\n".join(heard)
    assert shared["id"] not in said
    assert shared["memo"] not in said
    assert '"ben"' not in said
    window.run("others")
    expect(window.chips).to_have_count(2)
    expect(window.chips.last).to_contain_text("ben")
    until(lambda: window.page.wait_for_timeout(50) or any(shared["id"] in each for each in heard))
    # what is another's is not changed
    window.click("We met")
    window.press("Delete")
    expect(window.note).to_contain_text("another coder’s")
    # and only one coder's are shown when that is wanted
    window.bench.locator('[data-tool="coder"]').select_option("ben")
    expect(window.chips).to_have_count(1)
    expect(window.chips).to_contain_text("ben")
    window.run("others")
    expect(window.chips).to_have_count(1)
    expect(window.chips).to_contain_text("Money")
    assert len(codings(folder)) == 2
