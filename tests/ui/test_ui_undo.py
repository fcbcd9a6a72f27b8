"""Undo and redo are the store's: of any depth, and over a reload."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import codings, quotes


def ten_acts(window) -> None:
    """Six codings, two marks, a recoding and a removal."""
    window.press("ArrowDown", "Enter")
    window.pick("money")
    for _ in range(5):
        window.press("ArrowDown", ".")
    window.press("Space", "i", "r")
    window.pick("time")
    window.press("ArrowUp", "Space", "Delete", "ArrowUp", "Space", "d")
    window.saved()


def state(folder) -> list[tuple[str, str, bool]]:
    return [(row["code_key"], row["quote"], bool(row["important"])) for row in codings(folder)]


def test_ten_acts_are_undone_and_done_again_also_after_a_reload(own_window, folder) -> None:
    window = own_window
    ten_acts(window)
    full = state(folder)
    assert len(full) == 5
    assert ("time", "The mayor paid for the coffee.", True) in full
    for _ in range(4):
        window.press("Control+z")
    window.saved()
    assert len(quotes(folder)) == 6
    assert all(code == "money" for code, _ in quotes(folder))
    window.reload()
    for _ in range(6):
        window.press("Control+z")
    window.saved()
    expect(window.chips).to_have_count(0)
    assert state(folder) == []
    # nothing is left of mine to undo
    window.press("Control+z")
    expect(window.note).to_be_visible()
    assert state(folder) == []
    window.reload()
    for _ in range(10):
        window.press("Control+Shift+z")
    window.saved()
    expect(window.chips).to_have_count(5)
    assert state(folder) == full
