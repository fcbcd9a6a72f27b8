from __future__ import annotations

import pytest
from format_kit import FILES, refusal
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources import read_bytes, read_file
from p3c_qual.sources.pdf_lines import Line, join_lines, repeated_lines


@pytest.fixture(scope="module")
def report():
    return read_file(FILES / "report.pdf")


def cut(reading, kind):
    part = reading.parts[kind]
    return [reading.text[a:b] for a, b in zip(part.start, part.end, strict=True)]


def test_pages_are_parts_labelled_by_number(report):
    assert report.parts["page"].label == ["1", "2", "3"]
    assert [page.split("\n")[0] for page in cut(report, "page")] == [
        "Yearly account",
        "People",
        "Money",
    ]


def test_pages_cover_the_whole_text_without_a_gap(report):
    pages = report.parts["page"]
    assert pages.start == [0, *pages.end[:-1]]
    assert pages.end[-1] == len(report.text)


def test_lines_are_joined_to_paragraphs(report):
    assert "found four doors open. In week 2 nobody could drive" in report.text
    assert cut(report, "paragraph")[-1] == "The rest is asked for each year."


def test_headings_come_from_the_bookmarks(report):
    assert report.parts["section"].label == ["Aims", "People", "Money"]
    assert "3 of 3 bookmarks found as headings in the text." in report.notes


def test_page_headers_and_footers_are_left_out_and_counted(report):
    assert "Yearly account of the rounds" not in report.text
    assert "Page 2" not in report.text
    assert any(note.startswith("6 lines left out as page headers") for note in report.notes)


def test_columns_are_read_one_after_the_other():
    reading = read_file(FILES / "columns.pdf")
    assert len(reading.parts["paragraph"]) == 4
    assert "within a week. People who had not come before" in reading.text


def test_a_scanned_pdf_is_refused_with_what_to_do():
    said = refusal(read_file, FILES / "scanned.pdf")
    assert "The PDF is scanned: its 2 pages hold pictures and no text" in said
    assert "text recognition" in said


def test_pages_without_text_are_listed_and_the_others_read():
    reading = read_file(FILES / "partly_scanned.pdf")
    assert "1 page without text, probably scanned: 2." in reading.notes
    assert reading.parts["page"].label == ["1", "3"]


def test_a_pdf_with_a_password_is_named():
    assert "protected by a password" in refusal(read_file, FILES / "locked.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.4 hello", b"%PDF-"])
def test_a_damaged_pdf_is_named(data):
    assert "is damaged: it is no PDF" in refusal(read_bytes, data, "a.pdf")


def line(text, left=0.0, right=400.0, bottom=0.0, height=12.0, first=30.0):
    return Line(text, left, right, bottom, bottom + height, first)


def texts(*pages):
    return [passage.text for passage in join_lines(pages)]


def test_a_word_divided_at_the_end_of_a_line_is_whole_again():
    assert texts([line("co\xad", bottom=20), line("ordination", bottom=6)]) == ["coordination"]


def test_a_hyphen_at_the_end_of_a_line_stays():
    assert texts([line("self-", bottom=20), line("management", bottom=6)]) == ["self-management"]


def test_a_short_line_ends_a_paragraph():
    lines = [line("Long", bottom=34), line("short.", right=90, bottom=20), line("New", bottom=6)]
    assert texts(lines) == ["Long short.", "New"]


def test_room_between_lines_begins_a_paragraph():
    lines = [line(f"l{n}", bottom=100 - 14 * n) for n in range(4)] + [line("after", bottom=20)]
    assert texts(lines) == ["l0 l1 l2 l3", "after"]


def test_labels_that_occur_twice_and_list_marks_begin_paragraphs():
    lines = ["Jo: one", "and on", "Jo: two", "• three", "Note: once"]
    page = [line(text, bottom=100 - 14 * n) for n, text in enumerate(lines)]
    assert texts(page) == ["Jo: one and on", "Jo: two", "• three Note: once"]


def test_a_sentence_that_runs_over_the_page_is_joined_and_its_page_kept():
    passages = join_lines([[line("It went on")], [line("and on.")]])
    assert [passage.text for passage in passages] == ["It went on and on."]
    assert passages[0].pages == ((0, 0), (1, 11))


def test_two_pages_have_no_headers():
    assert not repeated_lines([[line("Header"), line("a")], [line("Header"), line("b")]])


@given(
    st.lists(
        st.lists(
            st.builds(
                Line,
                st.text("ab:•- 1.", min_size=1).filter(lambda t: t.strip() == t and t),
                *[st.floats(0, 600, allow_nan=False)] * 5,
            ),
            max_size=6,
        ),
        max_size=4,
    )
)
def test_no_word_is_lost_whatever_the_lines_look_like(pages):
    joined = "".join(passage.text for passage in join_lines(pages))
    assert joined.replace(" ", "") == "".join(one.text for page in pages for one in page).replace(
        " ", ""
    )
