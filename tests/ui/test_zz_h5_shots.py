import pytest
from playwright.sync_api import expect
from .test_linking_browser import chips, tray, menu
import p3c_qual as p3c
from p3c_qual.realist.configurations import make_configuration
from p3c_qual.realist.elements import NewElement

@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("wide", [1400, 480])
def test_shot(new_lab, lay, new_window, theme, wide):
    lab = new_lab(theme=f"JupyterLab {theme}")
    folder = lay(lab)
    with p3c.open_study(folder, coder="anna") as study:
        make_configuration(study, label="Beginnings are slow where nobody knows the other", elements=[NewElement("context", "slow beginnings"), NewElement("outcome", "help")])
        make_configuration(study, label="Coffee and money")
    window = new_window(lab, folder, viewport={"width": wide, "height": 900}).open().code()
    shot = lambda name: window.page.screenshot(path=f"/tmp/shots/H5/{name}_{theme}_{wide}.png")
    for code in ("money", "team"):
        window.press("ArrowDown", "Enter"); window.pick(code)
    window.press("Shift+C", "ArrowDown", "Shift+T", "Shift+O", "Shift+Enter")
    expect(window.note).to_contain_text("made")
    expect(window.bench.locator(".p3c-linked-mark").first).to_be_visible()
    shot("1_made")
    window.press("Shift+C", "ArrowDown", "Shift+R", "ArrowDown", "Shift+O", "]")
    window.ready("P2")
    window.press("ArrowDown", "ArrowDown", "Shift+T")
    window.press("Shift+Y", "ArrowRight", "ArrowRight", "Space")
    window.page.get_by_role("menu", name="Outcome").wait_for()
    shot("2_menu")
    window.press("Enter"); window.page.get_by_role("menu", name="Direction").wait_for(); window.press("w", "Enter")
    window.press("Space"); menu(window, "Said not to be there")
    shot("3_tray")
    window.press("Shift+L"); expect(window.page.locator(".p3c-link-hit").first).to_be_visible()
    shot("4_pick")
    window.page.keyboard.type("begin"); window.press("Enter")
    window.press("Space"); menu(window, "Another voice of"); menu(window, "c1: help")
    shot("5_into")
    window.press("Escape")
    window.run("link")
    shot("6_roles")
