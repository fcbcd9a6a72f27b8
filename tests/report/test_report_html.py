"""The HTML file: safe, self-contained, the same each time, and linked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_kit import everywhere

from p3c_qual.errors import P3CError
from p3c_qual.report.html import render_html, write_html
from p3c_qual.report.programme import build_programme_report

if TYPE_CHECKING:
    from p3c_qual.report.model import Report

BIDI = "ab \u202egnikam\u202c \u2066x"
WHEN = datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001


@pytest.fixture(scope="module")
def report(harbour) -> Report:
    return build_programme_report(harbour, "harbour", generated_at=WHEN)


@pytest.fixture(scope="module")
def page(report) -> BeautifulSoup:
    return BeautifulSoup(render_html(report), "lxml")


class Outline(HTMLParser):
    """Collects tags with their attributes, without mending anything."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


PLAIN = Outline(render_html(everywhere("word"))).tags


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "' onfocus='alert(1)",
        "{{ 7 * 7 }}{% include 'x' %}",
        "]]><!-- </style></title></bdi>",
        "[link](javascript:alert(1)) **bold**",
        BIDI,
        "x" * 10_000,
    ],
)
def test_no_words_of_a_user_become_markup(words: str) -> None:
    html = render_html(everywhere(words))
    assert [tag for tag, _ in Outline(html).tags] == [tag for tag, _ in PLAIN]
    assert [sorted(attrs) for _, attrs in Outline(html).tags] == [sorted(a) for _, a in PLAIN]
    soup = BeautifulSoup(html, "lxml")
    assert soup.find("mark").get_text() == words


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_words_come_out_as_they_went_in(words: str) -> None:
    html = render_html(everywhere(words))
    assert [tag for tag, _ in Outline(html).tags] == [tag for tag, _ in PLAIN]
    assert BeautifulSoup(html, "html.parser").find("mark").get_text() == words


def test_the_file_names_nothing_outside_itself(report) -> None:
    tags = Outline(render_html(report)).tags
    for _, attrs in tags:
        for name in ("src", "href"):
            value = attrs.get(name)
            assert value is None or value.startswith(("#", "data:image/"))
    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in tags}
    policy = next(a for t, a in tags if t == "meta" and a.get("http-equiv"))
    assert policy["content"].startswith("default-src 'none'")


def test_every_link_leads_to_a_place_in_the_page(page) -> None:
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    links = [a["href"][1:] for a in page.find_all("a")]
    assert links
    assert set(links) <= set(ids)


def test_every_quote_links_to_the_very_words_in_its_source(page, report) -> None:
    figures = page.select("figure.quote")
    assert len(figures) == len(report.quotes())
    for figure, quote in zip(figures, report.quotes(), strict=True):
        link = figure.figcaption.a
        assert link.get_text() == quote.origin.place
        assert figure["data-origin"] == (
            f"span:{quote.origin.source}:{quote.origin.start}-{quote.origin.end}"
        )
        passage = page.find(id=link["href"][1:])
        assert "".join(m.get_text() for m in passage.find_all("mark")) == quote.text
        assert f"#{figure['id']}" in {a["href"] for a in passage.find_all("a")}


def test_a_quote_is_printed_with_marks_and_its_reference(page) -> None:
    text = page.find("figure", class_="quote").blockquote.p.get_text()
    assert re.fullmatch(r"“.+” \((IP\d\d_\d)\)", text, re.DOTALL)


def test_a_screen_reader_finds_its_way(page) -> None:
    assert page.html["lang"] == "en"
    assert page.find("a", class_="skip")["href"] == "#main"
    assert len(page.find_all("main")) == 1
    assert len(page.find_all("h1")) == 1
    assert all(img["alt"] for img in page.find_all("img"))
    assert all(th.get("scope") in {"col", "row"} for th in page.find_all("th"))
    assert all(table.caption.get_text(strip=True) for table in page.find_all("table"))
    ids = {tag["id"] for tag in page.find_all(id=True)}
    named = [tag["aria-labelledby"] for tag in page.find_all(attrs={"aria-labelledby": True})]
    assert set(named) <= ids
    levels = [int(h.name[1]) for h in page.main.find_all(["h1", "h2", "h3"])]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_not_asked_is_not_zero(report) -> None:
    page = BeautifulSoup(render_html(everywhere("word")), "lxml")
    cells = page.select("tbody td")
    assert [cell["class"][-1] for cell in cells] == ["blank", "zero"]
    assert [cell.get_text() for cell in cells] == ["not asked", "0"]


def test_a_draft_says_so_and_a_final_one_does_not(report, page) -> None:
    assert page.select_one(".banner").get_text().startswith("Draft.")
    final = render_html(replace(report, draft=False))
    assert not BeautifulSoup(final, "lxml").select(".banner")


def test_a_figure_without_data_says_so() -> None:
    page = BeautifulSoup(render_html(everywhere("word", pictured=False)), "lxml")
    assert not page.select("img")
    assert "no data to draw this figure" in page.select_one("figure.picture .note").get_text()


def test_the_same_report_gives_the_same_bytes(harbour, report, tmp_path) -> None:
    again = build_programme_report(harbour, "harbour", generated_at=WHEN)
    one = write_html(report, tmp_path / "a" / "report.html").read_bytes()
    assert one == write_html(again, tmp_path / "b.html").read_bytes()
    assert b"2026-01-02 03:04" in one
    assert b"\r" not in one


def test_a_report_that_cannot_be_written_leaves_the_earlier_one(
    report, tmp_path, monkeypatch
) -> None:
    target = write_html(report, tmp_path / "report.html")
    before = target.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(P3CError, match="No space left"):
        write_html(report, target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
