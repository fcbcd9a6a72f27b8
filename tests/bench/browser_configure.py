"""Time the Configure view on 500 configurations with 3,000 passages, and linked coding."""

from __future__ import annotations

import html
import itertools
from statistics import median
from typing import TYPE_CHECKING

from browser_study import plain_page
from browser_window import REST, Window, open_view, plain_floors, window, workbench
from realist_study import CONFIGURATIONS, PASSAGES, make_realist_study

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from browser_lab import Lab
    from browser_table import Measures
    from playwright.sync_api import Browser

    from p3c_qual.realist.model import Configuration

#: seconds: the view opened, the cards filtered
OPENS, FILTERED = 1.0, 0.1
#: a list of choices in the view, and what it filters by
FACETS = {
    "programme": "programme",
    "mechanism": "mechanism",
    "code": "SELFIE element",
    "type": "stakeholder type",
}
#: what is typed into the free text, one a run
LETTERS = "eatoinsrhldu"
#: the keys that give a sentence its role: context, resource, outcome
ROLES = ("Shift+C", "Shift+R", "Shift+O")
STUDY, PAGE = "configure", "configure.html"


def build_configure(folder: Path) -> None:
    """Make the study, and a plain page of as many cards and quotes beside it."""
    from p3c_qual.realist.read import read_realist

    with (
        make_realist_study(folder / STUDY) as study,
        study.store.read() as connection,
    ):
        cards = read_realist(connection).configurations.values()
    (folder / PAGE).write_text(plain_cards(cards), "utf-8")


def plain_cards(configurations: Iterable[Configuration]) -> str:
    """Return configurations as a page of plain paragraphs, with every quote."""
    cards = "\n".join(
        f"<article><h3>{each.key} {html.escape(each.label)}</h3>"
        + "".join(f"<p>{html.escape(part.text)}</p>" for part in each.elements)
        + "".join(f"<blockquote>{html.escape(item.quote)}</blockquote>" for item in each.evidence)
        + "</article>"
        for each in configurations
    )
    return plain_page("body { font: 13px sans-serif }", cards)


def measure_configure(measures: Measures, browser: Browser, lab: Lab) -> None:
    """Open the view, filter its cards in every way, and link spans in the Code view."""
    floor, least = plain_floors(measures, browser, lab, PAGE)
    beside = "a key on the plain cards"
    with measures.about(
        label := f"configure: {CONFIGURATIONS} cards, {PASSAGES:,} passages opened"
    ):
        found = measures.times(lambda: _fresh(browser, lab))
        measures.add(label, found, floor, beside="plain cards", aim=OPENS)
    with window(browser, lab) as shown:
        _open(shown)
        for facet, name in FACETS.items():
            with measures.about(label := f"configure: filtered by {name}"):
                values = itertools.cycle(_values(shown, facet))
                found = measures.times(lambda f=facet, v=values: _choose(shown, f, next(v)))
                measures.add(label, found, least, beside=beside, aim=FILTERED)
        with measures.about(label := "configure: a letter filters the cards"):
            letters = itertools.cycle(LETTERS)
            found = measures.times(lambda: _type(shown, next(letters)))
            measures.add(label, found, least, beside=beside, aim=FILTERED)
        with measures.about(label := "configure: the filters cleared"):
            values = itertools.cycle(_values(shown, "mechanism"))
            found = measures.times(lambda: _back(shown, next(values)))
            measures.add(label, found, least, beside=beside, aim=FILTERED)
    with workbench(browser, lab, STUDY) as shown:
        address = f"{lab.url}api"
        asked = median(measures.times(lambda: shown.page.evaluate("probe.ask", address)))
        shown.page.locator(".p3c-root:visible .p3c-text").focus()
        with measures.about(label := "configure: three spans linked to a triad"):
            found = measures.times(lambda: _link(shown))
            measures.add(label, found, least + asked, beside="a key and an empty request")


def _open(shown: Window) -> float:
    return open_view(shown, STUDY, "Configure", "cards")


def _fresh(browser: Browser, lab: Lab) -> float:
    with window(browser, lab) as shown:
        return _open(shown)


def _values(shown: Window, facet: str) -> list[str]:
    """Return what can be chosen in a list, beside all and none."""
    values = shown.page.locator(f".p3c-con-filters [data-facet={facet}] option").evaluate_all(
        "options => options.map(each => each.value)"
    )
    return [value for value in values if value not in {"", "-"}]


def _choose(shown: Window, facet: str, value: str) -> float:
    choices = shown.page.locator(f".p3c-con-filters [data-facet={facet}]")
    shown.page.wait_for_timeout(REST)
    taken = shown.timed("filter", ["change"], lambda: choices.select_option(value))
    _clear(shown)
    return float(taken)


def _type(shown: Window, letter: str) -> float:
    shown.page.locator(".p3c-con-filters .p3c-search").focus()
    shown.page.wait_for_timeout(REST)
    taken = shown.timed("filter", ["keydown"], lambda: shown.page.keyboard.press(letter))
    _clear(shown)
    return float(taken)


def _back(shown: Window, value: str) -> float:
    shown.page.locator(".p3c-con-filters [data-facet=mechanism]").select_option(value)
    shown.page.wait_for_timeout(REST)
    return _clear(shown)


def _clear(shown: Window) -> float:
    clear = shown.page.locator(".p3c-con-filters [data-name=clear]")
    return float(shown.timed("filter", ["click"], clear.click))


def _link(shown: Window) -> float:
    keys = shown.page.keyboard
    for number, role in enumerate(ROLES, start=1):
        keys.press("ArrowDown")
        keys.press(role)
        shown.page.locator(".p3c-tray-chip").nth(number - 1).wait_for()
    shown.page.wait_for_timeout(REST)
    return float(shown.timed("link", [], lambda: keys.press("Shift+Enter")))
