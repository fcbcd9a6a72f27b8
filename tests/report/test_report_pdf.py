"""The PDF: read back, the same each time, linked both ways, safe with any words."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import replace
from time import process_time

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pages_kit import HOSTILE, WHEN, everywhere, quoting

from p3c_qual.errors import P3CError
from p3c_qual.report.blocks import Figure, Origin
from p3c_qual.report.columns import ACROSS, UPRIGHT, fit_columns
from p3c_qual.report.model import Report, Section
from p3c_qual.report.pdf import render_pdf, write_pdf
from p3c_qual.report.programme import build_programme_report


def pages(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_range() for page in document]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufffe\x02-]+", "", text)


def links(made: bytes) -> Counter[tuple[int, int]]:
    """How many links lead from a page to a page."""
    document = pypdfium2.PdfDocument(made)
    found: Counter[tuple[int, int]] = Counter()
    for at, page in enumerate(document):
        place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(place), ctypes.byref(link)):
            to = pdfium.FPDFLink_GetDest(document.raw, link)
            found[at, pdfium.FPDFDest_GetDestPageIndex(document.raw, to)] += 1
    return found


@pytest.fixture(scope="module")
def report(harbour) -> Report:
    return build_programme_report(harbour, "harbour", generated_at=WHEN)


@pytest.fixture(scope="module")
def made(report) -> bytes:
    return render_pdf(report)


def test_every_section_and_every_quotation_is_there(report, made) -> None:
    whole = squeezed("".join(pages(made)))
    for section in report.walk():
        assert squeezed(f"{section.number}{section.title}") in whole
    marks = [b.get_title() for b in pypdfium2.PdfDocument(made).get_toc()]
    assert len(marks) >= len(list(report.walk()))
    assert report.quotes()
    for quote in report.quotes():
        assert squeezed(quote.reference) in whole


def test_every_quotation_leads_to_its_passage_and_back() -> None:
    made = render_pdf(quoting(60))
    said = pages(made)
    of = next(n for n, text in enumerate(said) if n > 1 and "Sources of the quotations" in text)
    found = links(made)
    there = sum(n for (a, b), n in found.items() if 1 < a < of <= b)
    back = sum(n for (a, b), n in found.items() if a >= of > b)
    # sixty quotations and the one mention in a sentence
    assert (there, back) == (61, 61)


def test_a_file_says_what_it_is_in_words_for_machines(report, made) -> None:
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_dict()["Title"] == report.title
    assert document.get_metadata_dict()["CreationDate"].startswith("D:20260102030400")
    assert document.is_tagged()
    assert b"/Lang" in made


def test_the_same_report_gives_the_same_bytes(report, made) -> None:
    assert render_pdf(report) == made


def test_any_words_stand_as_they_were_written() -> None:
    visible = squeezed("#set page(width: 1cm) $x^2$ @ref *bold* `code` \\u{41} ]]>")
    whole = squeezed("".join(pages(render_pdf(everywhere(HOSTILE)))))
    assert whole.count(visible) > 10


def test_long_words_stay_on_the_page() -> None:
    document = pypdfium2.PdfDocument(render_pdf(everywhere("W" * 900)))
    for page in document:
        wide, _ = page.get_size()
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(0, text.count_chars(), 37)]
        assert max(box[2] for box in boxes) <= wide - 60


def test_a_wide_table_lies_on_its_side_with_its_heading_on_every_page() -> None:
    made = render_pdf(quoting(2))
    turned = [
        text
        for page, text in zip(pypdfium2.PdfDocument(made), pages(made), strict=True)
        if page.get_width() > page.get_height()
    ]
    assert len(turned) > 1
    assert all(squeezed(text).count("responsibility") == 12 for text in turned)
    assert "Appendix" in turned[0]


def test_a_draft_says_so_on_every_page_and_a_report_on_none() -> None:
    assert all("DRAFT" in text for text in pages(render_pdf(quoting(2))))
    assert not any("DRAFT" in t for t in pages(render_pdf(replace(quoting(2), draft=False))))


@pytest.mark.parametrize(
    ("png", "svg", "says"),
    [
        (b"", b"", "There were no data to draw this figure from."),
        (b"png", b"<svg/>", "The picture of this figure cannot be read."),
    ],
)
def test_a_figure_that_cannot_be_drawn_says_why(png, svg, says) -> None:
    figure = Figure("f", "Counts", "Counts", png, svg, Origin("table"))
    report = Report("A", "", "a", "en", (Section("s", "1", "One", 1, (figure,)),))
    assert says in " ".join(pages(render_pdf(report))[-1].split())


def test_a_report_with_nothing_is_a_file_that_says_so() -> None:
    assert "This report has no section." in pages(render_pdf(Report("A", "", "a", "en", ())))[0]


def test_three_hundred_quotations_are_set_in_three_seconds() -> None:
    report = quoting(300)
    begun = process_time()
    made = render_pdf(report)
    assert process_time() - begun < 3
    assert len(pages(made)) > 30


def test_a_file_that_cannot_be_written_says_why(tmp_path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(P3CError, match="the report cannot be written"):
        write_pdf(Report("A", "", "a", "en", ()), tmp_path / "file" / "report.pdf")


def test_columns_fill_the_page_and_the_longest_text_gets_most() -> None:
    rows = [("Code", "Said", "n"), ("a", "x " * 200, "12"), ("b", "yes", "3")]
    fit = fit_columns(rows, ("text", "text", "number"))
    assert sum(fit.widths) == pytest.approx(UPRIGHT)
    assert max(fit.widths) == fit.widths[1]
    turned = fit_columns([["x" * 30] * 30], ["text"] * 30)
    assert turned.turned
    assert sum(turned.widths) == pytest.approx(ACROSS)


def test_the_words_of_a_heading_have_room_though_they_are_bold() -> None:
    rows = [("Round", "Wave", "n"), ("main", "2021", "1")]
    fit = fit_columns([*rows, ("main", "2023", "2")], ("text", "short", "number"))
    letters = [1.15 * len(heading) for heading in rows[0]]
    assert all(room >= wide for room, wide in zip(fit.room, letters, strict=True))
