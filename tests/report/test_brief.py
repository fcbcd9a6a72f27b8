"""Feedback briefs: two pages for an audience, and what is new since they last met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from p3c_qual import description
from p3c_qual.errors import P3CError
from p3c_qual.example import build_example
from p3c_qual.report.blocks import Listing, Paragraph, Quote
from p3c_qual.report.brief import AUDIENCES, PAGES, build_brief
from p3c_qual.report.model import Report, blocks_in, quotes_in
from p3c_qual.report.pdf import render_pdf
from p3c_qual.report.wanted import wanted_briefs

if TYPE_CHECKING:
    from collections.abc import Iterator

    import p3c_qual as p3c


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[p3c.Study]:
    """Give the example study; tests that write in it say so."""
    with build_example(tmp_path_factory.mktemp("brief") / "example") as study:
        yield study


def pages(report: Report) -> int:
    document = pypdfium2.PdfDocument(render_pdf(report))
    try:
        return len(document)
    finally:
        document.close()


def told(report: Report, key: str) -> str:
    section = next(each for each in report.sections if each.key == f"brief-{key}")
    found = []
    for block in blocks_in(section):
        if isinstance(block, Paragraph):
            found += [run.text for run in block.runs]
        elif isinstance(block, Listing):
            found += [term for term, _ in block.entries]
        elif not isinstance(block, Quote):
            found += [run.text for item in block.items for run in item.runs]
    return " ".join(found)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_brief_has_two_pages_and_says_what_was_left_out(
    audience: str, example: p3c.Study
) -> None:
    brief = build_brief(example, "vennside", audience)
    assert pages(brief) <= PAGES
    assert not brief.notices
    assert len({quote.reference for quote in quotes_in_all(brief)}) > 1
    assert "Left out for want of room" in told(brief, "next")
    labels = {"front_line": "Workforce", "managers": "Workforce", "commissioners": "Financing"}
    assert labels[audience] in told(brief, "found")


def quotes_in_all(report: Report) -> list[Quote]:
    return [quote for section in report.sections for quote in quotes_in(section)]


def test_a_brief_says_what_is_new_since_a_day(example: p3c.Study) -> None:
    before = build_brief(example, "vennside", "front_line", since="2024-02-06")
    assert "10 sources (0 then)" in told(before, "changed")
    assert "The course is named" in told(before, "changed")
    later = build_brief(example, "vennside", "front_line", since="2024-02-07")
    assert "The course is named" not in told(later, "changed")
    assert "No feedback of this audience is in the log since 2024-02-07" in told(later, "changed")
    today = str(example.log()["at"].max())[:10]
    now = build_brief(example, "vennside", "front_line", since=today)
    assert "Nothing was added" in told(now, "changed")
    with pytest.raises(P3CError, match="2999-01-01 lies ahead"):
        build_brief(example, "vennside", "front_line", since="2999-01-01")
    with pytest.raises(P3CError, match="'last week' is no day"):
        build_brief(example, "vennside", "front_line", since="last week")


def test_briefs_are_wanted_by_audience_each_in_a_folder_of_its_own(example: p3c.Study) -> None:
    wanted = wanted_briefs(example, ["vennside"], "all")
    assert [each.folder for each in wanted] == [f"vennside/briefs/{key}" for key in AUDIENCES]
    assert wanted[1].of == {"programme": "vennside", "audience": "managers"}
    with pytest.raises(P3CError, match=r"no audience 'manager'\. Did you mean 'managers'"):
        wanted_briefs(example, ["vennside"], "manager")


def test_an_authors_text_that_fills_two_pages_is_named_with_what_to_shorten(
    example: p3c.Study,
) -> None:
    text = "\n\n".join(["The fund pays for what is counted, and visits are not counted. " * 6] * 20)
    here = {"programme": "tallowfield"}
    key = description.add_section(example, "To those who commission it", kind="brief", **here)
    description.write_section(example, key, "It has nothing for managers.", **here)
    key = description.add_section(example, "For our commissioners", kind="brief", **here)
    description.write_section(example, key, text, **here)
    brief = build_brief(example, "tallowfield", "commissioners")
    (said,) = brief.notices
    assert "shorten “For our commissioners”" in said
    assert pages(brief) > PAGES
