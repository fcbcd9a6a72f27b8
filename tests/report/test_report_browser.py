"""The file in a real browser: links, narrow screens, no word to the network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from p3c_qual.report.html import write_html
from p3c_qual.report.programme import build_programme_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page


AXE = Path(__file__).parents[2] / "p3c_qual/workbench/_frontend/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def file(harbour, tmp_path_factory) -> Path:
    report = build_programme_report(harbour, "harbour")
    return write_html(report, tmp_path_factory.mktemp("html") / "report.html")


@pytest.fixture
def page(browser, file) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    opened.goto(file.as_uri())
    yield opened
    context.close()


def test_a_quote_leads_to_its_place_and_back(page) -> None:
    quote = page.locator("figure.quote").first
    quote.locator("figcaption a").first.click()
    passage = page.locator(".passage:target")
    assert passage.locator("mark").inner_text() in quote.locator(".words").inner_text()
    assert passage.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    passage.locator("a").first.click()
    assert page.locator("figure.quote:target").get_attribute("id") == quote.get_attribute("id")


def test_the_page_asks_nobody_for_anything(browser, file) -> None:
    context = browser.new_context()
    asked: list[str] = []
    said: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("dialog", lambda dialog: said.append(dialog.message))
    opened.goto(file.as_uri(), wait_until="networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert said == []
    assert opened.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    context.close()


@pytest.mark.parametrize("width", [320, 600, 1000, 1600])
def test_no_word_pushes_the_page_wider_than_the_screen(page, width) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_line_of_text_has_about_seventy_characters(page) -> None:
    wide = page.evaluate(
        """() => {
            const p = document.querySelector('figure.quote p');
            const probe = document.createElement('span');
            probe.textContent = 'the quick brown fox jumps over the lazy dog '.repeat(5);
            probe.style.whiteSpace = 'nowrap';
            p.append(probe);
            const one = probe.getBoundingClientRect().width / probe.textContent.length;
            probe.remove();
            return p.getBoundingClientRect().width / one;
        }"""
    )
    assert 58 <= wide <= 82


def test_the_first_tab_offers_to_skip_to_the_report(page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page, scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    weak = page.evaluate(
        """() => {
            const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
            const light = ([r, g, b]) => {
                const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
                return .2126 * f(r) + .7152 * f(g) + .0722 * f(b);
            };
            const ground = e => {
                for (; e; e = e.parentElement) {
                    const c = rgb(getComputedStyle(e).backgroundColor);
                    if (c.length === 3 || c[3] === 1) return c;
                }
                return [255, 255, 255];
            };
            return [...document.querySelectorAll('main *, nav *, .banner')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                .map(e => {
                    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
                    return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.outerHTML];
                })
                .filter(([ratio]) => ratio < 4.5);
        }"""
    )
    assert weak == []


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_axe_finds_nothing_serious(browser, file, medium) -> None:
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    opened.emulate_media(media=medium)
    opened.goto(file.as_uri())
    opened.add_script_tag(path=str(AXE))
    found = opened.evaluate(
        "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
    )
    assert not [
        (each["id"], each["nodes"][0]["html"])
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
    context.close()


def test_a_direction_mark_in_a_quote_turns_nothing_outside_it(page) -> None:
    quote = page.locator("figure.quote", has_text="alert(1)").first
    assert quote.locator(".ref").inner_text() == "(IP02_1)"
    left = quote.locator("figcaption").bounding_box()["x"]
    assert left == quote.locator("blockquote").bounding_box()["x"]
