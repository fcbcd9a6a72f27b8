"""A window of the browser before JupyterLab, and what a coder does in it while it is timed."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from browser_study import GIVEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browser_lab import Lab
    from browser_study import Written
    from browser_table import Measures
    from playwright.sync_api import Browser, Page

PROBE = Path(__file__).resolve().parent / "probe.js"
#: milliseconds of scrolling
SCROLL = 3_000
#: pixels of a small step, one a frame; share of the window a page is, one every second frame
STEPS = {"small steps": (60, 1), "pages": (0.9, 2)}
#: milliseconds in which a page that was left alone has come to rest
REST = 400


class Window:
    """A page of the browser; what is timed is seen by `probe.js` inside it."""

    def __init__(self, page: Page, lab: Lab) -> None:
        self.page, self.lab = page, lab

    def timed(self, probe: str, arguments: list[Any], do: Callable[[], object]) -> Any:
        """Set the probe, do something, and return what the probe saw."""
        self.page.evaluate(f"given => probe.{probe}(...given)", arguments)
        do()
        return self.page.evaluate("probe.result()")

    def open(self, written: Written) -> float:
        """Click on a source in the list; return the milliseconds until it can be coded."""
        key = written.text.key
        self.page.wait_for_timeout(REST)
        # the list is drawn anew whenever progress comes in: a place stays, an element does not
        place = self.page.evaluate("key => probe.place(key)", key)
        click = self.page.mouse.click
        return float(self.timed("open", [key, written.coded], lambda: click(*place)))

    def give(self) -> list[float]:
        """Go to the next sentence and code it; return when that was painted, and definite."""
        self.page.keyboard.press("ArrowDown")
        self.page.wait_for_timeout(REST)
        return list(self.timed("give", [GIVEN], lambda: self.page.keyboard.press(".")))

    def scroll(self, kind: str) -> float:
        """Return the longest frame."""
        return float(self.page.evaluate("g => probe.scroll(...g)", [*STEPS[kind], SCROLL]))


@contextmanager
def window(browser: Browser, lab: Lab, *, first: str = "") -> Iterator[Window]:
    """Give a page with nothing kept from earlier ones; `first` runs before the page's own."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.add_init_script(PROBE.read_text("utf-8") + first)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield Window(page, lab)
    context.close()
    if faults:
        sys.exit(f"The page met a fault: {faults[0]}")


@contextmanager
def workbench(browser: Browser, lab: Lab, study: str, *, first: str = "") -> Iterator[Window]:
    """Give a page with the Code view of a study."""
    with window(browser, lab, first=first) as shown:
        shown.page.goto(lab.address(f"{study}/study.yml", f"w-{study}"))
        shown.page.locator(".p3c-root:visible .p3c-views >> text=Code").click()
        shown.page.locator(".p3c-root:visible .p3c-row").first.wait_for()
        yield shown


def open_view(shown: Window, study: str, title: str, probe: str) -> float:
    """Open a study at its start and go to a view; return the milliseconds until it is there."""
    # a workspace that was there would come back to where it was
    shown.page.goto(shown.lab.address(f"{study}/study.yml", f"s{os.urandom(4).hex()}"))
    tab = shown.page.locator(f".p3c-root:visible .p3c-views >> text={title}")
    tab.wait_for()
    shown.page.wait_for_timeout(5 * REST)
    return float(shown.timed(probe, [], tab.click))


def plain_floors(measures: Measures, browser: Browser, lab: Lab, page: str) -> tuple[float, float]:
    """Return the milliseconds in which a plain page is painted, and a key on it."""
    with window(browser, lab) as plain:

        def load() -> float:
            plain.page.goto(lab.address(page))
            plain.page.wait_for_function("window.painted")
            return float(plain.page.evaluate("painted"))

        def empty() -> float:
            plain.page.wait_for_timeout(REST)
            return float(plain.timed("key", [], lambda: plain.page.keyboard.press(".")))

        return median(measures.times(load)), median(measures.times(empty))


def first_code(shown: Window) -> None:
    """Give the benchmark's code once and take it back, so that a key repeats it."""
    keys = shown.page.keyboard
    shown.page.locator(".p3c-root:visible .p3c-text").focus()
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type(GIVEN)
    keys.press("Enter")
    chip = shown.page.locator(f'.p3c-chip[aria-label^="{GIVEN}"]')
    chip.and_(shown.page.locator(":not(.p3c-pending)")).wait_for()
    keys.press("Control+z")
    chip.wait_for(state="detached")
