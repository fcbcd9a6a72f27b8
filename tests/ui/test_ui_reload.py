"""A reload brings the person back to where they were."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import quotes, until


def test_view_source_and_place_come_back_and_nothing_is_lost(new_window, lab, folder) -> None:
    window = new_window(lab, folder).open().code("P2")
    window.press("ArrowDown", "ArrowDown")
    assert window.marked == "He answered at once."
    window.kept()
    window.press("Enter")
    window.pick("time")
    # at once, whether the server has answered or not
    window.page.reload()
    window.ready("P2")
    window.saved()
    expect(window.chips).to_have_count(1)
    assert quotes(folder) == [("time", "He answered at once.")]
    window.press("ArrowUp", "ArrowDown")
    # the place is kept a moment after the last step
    until(lambda: window.page.wait_for_timeout(100) or "P2%40" in _address(window))
    window.reload("P2")
    until(lambda: window.page.wait_for_timeout(50) or window.marked == "He answered at once.")


def test_each_source_keeps_its_own_place(own_window) -> None:
    window = own_window
    window.press("ArrowDown", "ArrowDown", "ArrowDown")
    place = window.marked
    until(lambda: window.page.wait_for_timeout(100) or "P1%40" in _address(window))
    window.press("]")
    window.ready("P2")
    window.press("ArrowDown")
    until(lambda: window.page.wait_for_timeout(100) or "P2%40" in _address(window))
    window.press("[")
    window.ready("P1")
    until(lambda: window.page.wait_for_timeout(50) or window.marked == place)


def _address(window) -> str:
    return str(
        window.page.evaluate(
            "Object.entries(sessionStorage).find(([k]) => k.startsWith('p3c:address:'))?.[1] ?? ''"
        )
    )


def test_a_study_is_opened_from_the_launcher_and_coded_by_keyboard(
    new_window, new_lab, lay
) -> None:
    # a server of its own: the list of the shared one grows with the tests
    lab = new_lab()
    folder = lay(lab)
    window = new_window(lab, folder)
    window.page.goto(window.address.replace(f"/tree/{folder.name}/study.yml", ""))
    tile = window.page.locator(".jp-LauncherCard", has_text="Qualitative workbench")
    expect(tile).to_be_visible(timeout=60_000)
    _go_to(window, tile, "Tab")
    window.press("Enter")
    study = window.bench.get_by_role("button").filter(has_text=folder.name)
    expect(study).to_be_visible()
    # the list of studies is one stop of Tab; arrows go through it
    _go_to(window, window.bench.locator(".p3c-start-line[tabindex='0']").first, "Tab")
    _go_to(window, study, "ArrowDown")
    window.press("Enter")
    # the study's page offers to begin, and has the focus
    expect(window.bench.get_by_role("button", name="Begin coding")).to_be_focused()
    window.press("Enter")
    window.ready()
    window.press("ArrowDown", "Enter")
    window.pick("money")
    window.saved()
    assert quotes(folder) == [("money", "It was slow.")]


def _go_to(window, wanted, key: str) -> None:
    for _ in range(80):
        if wanted.evaluate("e => e === document.activeElement"):
            return
        window.press(key)
    expect(wanted).to_be_focused()
