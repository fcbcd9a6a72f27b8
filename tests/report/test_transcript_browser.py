"""The coded transcript in a real browser: what is drawn, and what is never run."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from p3c_qual.report.transcript import Mark, Transcript
from p3c_qual.report.transcript_html import render_transcript_html
from p3c_qual.report.transcript_rows import lay_rows
from p3c_qual.sources.turns import find_turns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

TEXT = (
    "I: Tell me.\n\nR: "
    + "We meet every week and talk about the plan of the people we share. " * 10
    + "\n\nR: <script>document.title = 'run'</script><img src=x onerror=\"document.title='run'\">\n\n"
    + f"R: {'x' * 10_000}\n"
)
#: thirty from within the first answer into the last, and one on a few words near its end
SPANS = [*((20 + n * 4, 760 + n) for n in range(30)), (650, 670)]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    marks = tuple(
        Mark(n, start, end, f"c{n}", f"Code {n}", n) for n, (start, end) in enumerate(SPANS, 1)
    )
    rows, lanes = lay_rows(TEXT, marks, find_turns(TEXT).parts)
    page = render_transcript_html(
        Transcript("P1", "", "en", (), ("Working copy.",), rows, lanes, marks, (), ())
    )
    path = tmp_path_factory.mktemp("page") / "P1.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    opened.goto(file.as_uri())
    yield opened
    context.close()


def test_no_bar_is_hidden_by_another(page: Page) -> None:
    boxes = [bar.bounding_box() for bar in page.locator("#L3 .bars i").all()]

    assert len(boxes) == 31
    for one, two in combinations(boxes, 2):
        assert one["x"] + one["width"] <= two["x"] or two["x"] + two["width"] <= one["x"]
    codes = page.locator("#L3 td.codes").bounding_box()
    assert max(box["x"] + box["width"] for box in boxes) <= codes["x"]


def test_a_bar_stands_beside_the_words_it_is_for(page: Page) -> None:
    bar = page.locator("#L3 .bars i[title^='31 ']").bounding_box()
    opens = page.locator("#L3 .at[data-n='31[']").bounding_box()

    middle = bar["y"] + bar["height"] / 2
    assert abs(middle - opens["y"]) < 40
    # the labels of thirty codings are higher than the words
    words, row = (page.locator(f"#L3 {part}").bounding_box() for part in (".words div", "th"))
    assert words["height"] < row["height"] / 2
    assert bar["y"] + bar["height"] <= words["y"] + words["height"] + 4


def test_what_people_said_is_never_run(page: Page) -> None:
    assert page.title() == "P1: coded transcript"
    assert "<script>document.title" in page.locator("#L5 .words").inner_text()


@pytest.mark.parametrize("width", [390, 1200])
def test_nothing_stands_out_of_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_printed_page_names_the_source_and_counts_its_pages(page: Page, tmp_path: Path) -> None:
    page.pdf(path=tmp_path / "P1.pdf", prefer_css_page_size=True)
    printed = pypdfium2.PdfDocument(tmp_path / "P1.pdf")

    assert len(printed) > 1
    assert [round(size) for size in printed[0].get_size()] == [595, 842]
    for number, sheet in enumerate(printed, 1):
        text = sheet.get_textpage().get_text_range()
        assert f"{number} of {len(printed)}" in text
        assert "P1" in text
        assert "Working copy, not for publication" in text
