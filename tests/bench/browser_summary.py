"""Time the Summarise view on a summarising of 5,000 units."""

from __future__ import annotations

import html
import itertools
import random
from typing import TYPE_CHECKING, Any

import product
from browser_study import plain_page
from browser_window import REST, Window, open_view, plain_floors, window
from words import cumulative_weights, vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from browser_lab import Lab
    from browser_table import Measures
    from playwright.sync_api import Browser

UNITS, TALKS, CATEGORIES = 5_000, 20, 25
#: seconds: the table opened, a key, rows bundled
OPENS, KEY, BUNDLED = 1.0, 0.05, 0.2
#: rows that are bundled at a time
MANY = 50
STUDY, PAGE = "summary", "summary.html"


def build_summary(folder: Path, *, seed: int) -> None:
    """Make the study, and a plain table of as many rows beside it."""
    rng = random.Random(seed)
    words, weights = vocabulary(rng), cumulative_weights()

    def say(number: int) -> str:
        return " ".join(rng.choices(words, cum_weights=weights, k=number))

    each = UNITS // TALKS
    talks = [[f"{say(12).capitalize()}." for _ in range(each)] for _ in range(TALKS)]
    rows = [[quote, say(7), say(5)] for quotes in talks for quote in quotes]
    labels = [say(6).capitalize() for _ in range(CATEGORIES)]
    product.summarise(folder / STUDY, folder, talks, rows, labels)
    (folder / PAGE).write_text(plain_table(rows), "utf-8")


def plain_table(rows: list[list[str]]) -> str:
    """Return rows as a page with a plain table."""
    lines = "\n".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return plain_page("td { font: 13px sans-serif }", f"<table>\n{lines}\n</table>")


def measure_summary(measures: Measures, browser: Browser, lab: Lab) -> None:
    """Open the table, walk and write in it, and bundle rows."""
    floor, least = plain_floors(measures, browser, lab, PAGE)
    with measures.about(label := f"summarise: the table of {UNITS:,} units opened"):
        found = measures.times(lambda: _fresh(browser, lab))
        measures.add(label, found, floor, beside="plain table", aim=OPENS)
    with window(browser, lab) as shown:
        _open(shown)
        with measures.about(label := "summarise: a key goes to the next row"):
            found = measures.times(lambda: _key(shown, "ArrowDown"))
            measures.add(label, found, least, beside="a key there", aim=KEY)
        with measures.about(label := "summarise: a letter in a cell"):
            shown.page.keyboard.press("Enter")
            found = measures.times(lambda: _key(shown, "e"))
            measures.add(label, found, least, beside="a key there", aim=KEY)
            shown.page.keyboard.press("Escape")
            shown.page.keyboard.press("Escape")
        with measures.about(label := f"summarise: {MANY} rows bundled"):
            numbers = itertools.count(1)
            given = measures.times(lambda: _bundle(shown, f"Bundle {next(numbers)}"))
            drawn, definite = zip(*given, strict=True)
            measures.add(f"{label}, painted", drawn, least, beside="a key there", aim=BUNDLED)
            measures.add(f"{label}, definite", definite, least, beside="a key there")


def _open(shown: Window) -> float:
    return open_view(shown, STUDY, "Summarise", "table")


def _fresh(browser: Browser, lab: Lab) -> float:
    with window(browser, lab) as shown:
        return _open(shown)


def _key(shown: Window, key: str) -> float:
    shown.page.wait_for_timeout(REST)
    return float(shown.timed("key", [], lambda: shown.page.keyboard.press(key)))


def _bundle(shown: Window, label: str) -> list[Any]:
    keys = shown.page.keyboard
    keys.press("Home")
    for _ in range(MANY - 1):
        keys.press("Shift+ArrowDown")
    keys.press("Alt+b")
    shown.page.locator(".p3c-dialog input[role=combobox]").wait_for()
    keys.type(label)
    # no rule is chosen beforehand
    keys.press("Alt+1")
    shown.page.wait_for_timeout(REST)
    found = shown.timed("bundle", [label], lambda: keys.press("Enter"))
    shown.page.locator(".p3c-dialog").wait_for(state="detached")
    return list(found)
