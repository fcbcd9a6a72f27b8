"""The Word file: read back, the same each time, linked both ways, safe with any words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from time import process_time

import pytest
from docx import Document
from docx.oxml.ns import qn
from pages_kit import HOSTILE, WHEN, everywhere, quoting

from p3c_qual.errors import P3CError
from p3c_qual.report.docx import render_docx, write_docx
from p3c_qual.report.model import Report
from p3c_qual.report.programme import build_programme_report
from p3c_qual.report.transcript_look import literal


def opened(report: Report):
    return Document(io.BytesIO(render_docx(report)))


def values(document, tag: str, name: str) -> list[str]:
    return [e.get(qn(name)) for e in document.element.body.iter(qn(tag))]


def words_of(element) -> str:
    return "".join(e.text or "" for e in element.iter(qn("w:t")))


@pytest.fixture(scope="module")
def report(harbour) -> Report:
    return build_programme_report(harbour, "harbour", generated_at=WHEN)


@pytest.fixture(scope="module")
def document(report):
    return opened(report)


def test_every_section_has_a_heading_of_its_level_and_stands_in_the_contents(
    report, document
) -> None:
    said = {
        (p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")
    }
    for section in report.walk():
        assert (f"Heading {section.level}", f"{section.number} {section.title}".strip()) in said
    listed = [p for p in document.paragraphs if p.style.name.lower().startswith("toc ")]
    assert any(
        "TOC" in words for words in [e.text for e in document.element.iter(qn("w:instrText"))]
    )
    assert len(listed) > len(report.sections)


def test_every_quotation_leads_to_its_passage_and_back(report, document) -> None:
    named = values(document, "w:bookmarkStart", "w:name")
    assert len(named) == len(set(named))
    leads = set(values(document, "w:hyperlink", "w:anchor"))
    assert leads <= set(named)
    assert {f"q{n}" for n in range(1, len(report.quotes()) + 1)} <= leads
    assert {f"p{n}" for n in range(1, len(report.passages) + 1)} <= leads
    quotes = [p.text for p in document.paragraphs if p.style.name == "Quote"]
    assert quotes == [f"“{q.printed}” {q.reference}" for q in report.quotes()]


def test_words_in_another_language_say_so() -> None:
    document = opened(quoting(2))
    told = {
        words_of(run): [e.get(qn("w:val")) for e in run.iter(qn("w:lang"))]
        for run in document.element.body.iter(qn("w:r"))
    }
    assert told["“Worte”"] == ["de"]


def test_a_wide_table_lies_on_its_side_and_its_heading_comes_again() -> None:
    document = opened(quoting(2))
    turned = [s.page_width > s.page_height for s in document.sections]
    assert turned == [False, True, False]
    assert document.tables[1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    widths = [c.width for c in document.tables[1].columns]
    section = document.sections[1]
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(widths) <= room + 10_000
    heading = next(p for p in document.paragraphs if p.text == "A Appendix")
    # what leads to the table lies on the turned page too: its part ends behind it
    parts = [p for p in document.paragraphs if p._p.find(".//" + qn("w:sectPr")) is not None]
    body = list(document.element.body)
    assert body.index(parts[0]._p) < body.index(heading._p) < body.index(parts[1]._p)


def test_a_picture_has_words_and_a_figure_without_one_a_sentence() -> None:
    shown = opened(everywhere("word"))
    assert values(shown, "w:drawing", "w:x") == [None]
    names = [e.get("descr") for e in shown.element.iter() if e.tag.endswith("}docPr")]
    assert names == ["word"]
    bare = [p.text for p in opened(everywhere("word", pictured=False)).paragraphs]
    assert "There were no data to draw this figure from." in bare
    assert "Nothing was found for this section." in bare


def test_any_words_stand_as_they_were_written() -> None:
    document = opened(everywhere(HOSTILE))
    whole = "\n".join(p.text for p in document.paragraphs)
    assert whole.count(literal(HOSTILE)) > 10
    plain = [e.tag for e in opened(everywhere("word")).element.body.iter()]
    kept = {qn("w:p"), qn("w:tbl"), qn("w:tc"), qn("w:hyperlink"), qn("w:bookmarkStart")}
    now = [e.tag for e in document.element.body.iter()]
    assert [t for t in now if t in kept] == [t for t in plain if t in kept]


def test_the_same_report_gives_the_same_bytes_and_names_nobody(report) -> None:
    made = render_docx(report)
    assert made == render_docx(report)
    later = render_docx(replace(report, generated_at=WHEN.replace(hour=9)))
    with zipfile.ZipFile(io.BytesIO(made)) as one, zipfile.ZipFile(io.BytesIO(later)) as other:
        differ = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert differ == {"word/document.xml", "docProps/core.xml"}
    held = Document(io.BytesIO(made)).core_properties
    assert (held.title, held.author, held.last_modified_by) == (report.title, "", "")
    assert held.created.replace(tzinfo=WHEN.tzinfo) == WHEN


def test_a_draft_says_so_on_every_page_and_a_report_does_not() -> None:
    heads = [opened(replace(quoting(1), draft=d)).sections[0].header for d in (True, False)]
    said = ["".join(p.text for p in head.paragraphs) for head in heads]
    assert "DRAFT" in said[0]
    assert "DRAFT" not in said[1]


def test_a_report_with_nothing_is_a_file_that_says_so() -> None:
    document = opened(Report("A", "", "a", "en", ()))
    assert "This report has no section." in [p.text for p in document.paragraphs]


def test_three_hundred_quotations_are_written_in_two_seconds() -> None:
    report = quoting(300)
    begun = process_time()
    document = opened(report)
    assert process_time() - begun < 2
    assert sum(p.style.name == "Quote" for p in document.paragraphs) == 300


def test_a_file_that_cannot_be_written_leaves_the_earlier_one(tmp_path) -> None:
    path = tmp_path / "in" / "report.docx"
    assert write_docx(quoting(1), path).stat().st_size > 10_000
    (tmp_path / "file").write_text("x")
    with pytest.raises(P3CError, match="the report cannot be written"):
        write_docx(quoting(1), tmp_path / "file" / "report.docx")
    assert [p.name for p in path.parent.iterdir()] == ["report.docx"]
