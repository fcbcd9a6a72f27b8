"""Whoever hears the page, sees little, or works in a dark or a narrow window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import ROOT, quotes

AXE = ROOT / "p3c_qual/workbench/_frontend/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def dark(new_lab):
    """A JupyterLab of the dark theme."""
    return new_lab(theme="JupyterLab Dark")


def grave(window) -> list[str]:
    """What axe finds in the workbench that is serious or worse."""
    assert Path(AXE).is_file(), "axe-core is missing: run make frontend"
    window.page.add_script_tag(path=AXE)
    found = window.page.evaluate(
        """async () => (await axe.run('.p3c-root', { resultTypes: ['violations'] })).violations
            .filter(each => ['serious', 'critical'].includes(each.impact))
            .flatMap(each => each.nodes.map(node => `${each.id}: ${node.html} ${node.failureSummary}`))"""
    )
    return [str(each) for each in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_view(request, new_window, lab, lay, theme) -> None:
    where = lab if theme == "light" else request.getfixturevalue("dark")
    folder = lay(where)
    window = new_window(where, folder).open()
    expect(window.bench.locator("h2").first).to_be_visible()
    assert grave(window) == []
    window.code()
    for code in ("money", "team", "place"):
        window.press("ArrowDown", "Enter")
        window.pick(code)
    window.press("Space", "i")
    window.saved()
    assert grave(window) == []
    window.press("ArrowUp", "Enter")
    window.page.keyboard.type("t")
    expect(window.page.locator(".p3c-hits li").first).to_be_visible()
    assert grave(window) == []
    window.press("Escape", "?")
    expect(window.page.get_by_role("dialog", name="Keys and actions")).to_be_visible()
    assert grave(window) == []


def test_the_workbench_follows_the_dark_theme(new_window, dark, lay) -> None:
    folder = lay(dark)
    window = new_window(dark, folder).open().code()
    ground, ink = window.bench.evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    )
    light = [sum(int(each) for each in re.findall(r"\d+", colour)[:3]) for colour in (ground, ink)]
    dark_at_most, light_at_least = 200, 500
    assert light[0] < dark_at_most
    assert light[1] > light_at_least


def test_what_is_coded_is_said_to_a_screen_reader(window) -> None:
    voice = window.bench.locator("[aria-live=polite].p3c-voice")
    window.press("ArrowDown")
    expect(voice).to_contain_text("Line 3. It was slow. 0 codes here.")
    window.press("Enter")
    window.pick("money")
    expect(voice).to_contain_text("Code Money added in line 3, 1 code here.")
    window.press("Space")
    expect(voice).to_contain_text("Money, by anna. 1 of 1.")
    window.press("i")
    expect(voice).to_contain_text("Important: on.")


def test_nothing_moves_where_motion_is_not_wanted(window) -> None:
    window.press("ArrowDown", "Enter")
    window.pick("money")
    window.saved()
    moving = window.bench.evaluate(
        """root => [...root.querySelectorAll('*')].filter(e => {
            const s = getComputedStyle(e);
            return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none';
        }).map(e => e.className)"""
    )
    assert moving == []


def test_every_action_of_the_list_is_a_command_of_jupyterlab(window) -> None:
    window.press("?")
    lines = window.page.locator(".p3c-help-line > span:first-child")
    expect(lines.first).to_be_visible()
    titles = lines.all_inner_texts()
    assert len(titles) > 40
    known = window.page.evaluate(
        """() => jupyterapp.commands.listCommands().filter(id => id.startsWith('p3c:'))
            .map(id => jupyterapp.commands.label(id))"""
    )
    assert set(titles) <= set(known)
    window.press("Escape")
    # and the palette runs them
    window.press("ArrowDown", "Control+Shift+c")
    palette = window.page.locator(".lm-CommandPalette-input:visible")
    expect(palette).to_be_focused()
    window.page.keyboard.type("Code what is marked")
    window.press("Enter")
    window.pick("money")
    window.saved()
    assert quotes(window.folder) == [("money", "It was slow.")]


def test_in_a_narrow_window_one_reads_and_codes_without_scrolling_sideways(
    new_window, lab, folder
) -> None:
    window = new_window(lab, folder).open().code()
    window.page.evaluate("jupyterapp.shell.collapseLeft()")
    window.page.set_viewport_size({"width": 400, "height": 800})
    # the pane beside the text makes room
    expect(window.bench.locator(".p3c-right")).to_be_hidden()
    window.page.wait_for_function(
        "document.querySelector('.p3c-root').getBoundingClientRect().width < 400"
    )
    assert window.bench.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert window.bench.locator(".p3c-text").evaluate("e => e.scrollWidth <= e.clientWidth")
    window.drag("each", "week")
    window.run("code")
    window.pick("money")
    window.saved()
    assert quotes(folder) == [("money", "each week")]
    chip = window.chips.first
    expect(chip).to_be_visible()
    box, pane = chip.bounding_box(), window.bench.bounding_box()
    assert box["x"] + box["width"] <= pane["x"] + pane["width"]
    wide = window.bench.locator(".p3c-line").nth(2).bounding_box()["width"]
    assert wide > 200
