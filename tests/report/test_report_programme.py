"""The report of one programme, from a real study."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import datetime

import pytest

from p3c_qual.description import read_outline
from p3c_qual.errors import P3CError
from p3c_qual.report.blocks import Box, Figure, Listing, Paragraph, Quote, Table
from p3c_qual.report.model import Report, blocks_in, quotes_in
from p3c_qual.report.programme import build_programme_report


@pytest.fixture(scope="module")
def report(harbour) -> Report:
    return build_programme_report(harbour, "harbour")


def section(report: Report, key: str):
    return next(s for s in report.walk() if s.key == key)


def text_of(part) -> str:
    words = [b.text for b in part.blocks if isinstance(b, Paragraph)]
    words += [f"{t}: {p.text}" for b in part.blocks if isinstance(b, Listing) for t, p in b.entries]
    return "\n".join(words)


def test_the_parts_are_numbered_in_the_order_of_the_framework(report) -> None:
    assert [(s.number, s.key) for s in report.sections] == [
        ("", "summary"),
        ("1.1", "basic_information"),
        ("1.2", "service_delivery"),
        ("1.3", "leadership_governance"),
        ("1.4", "workforce"),
        ("1.5", "technologies_medical_products"),
        ("1.6", "information_research"),
        ("1.7", "financing"),
        ("1.8", "implementation"),
        ("1.9", "discussion"),
        ("1.10", "references"),
        ("A", "interview_partners"),
        ("B", "sampling"),
        ("C", "originals"),
        ("D", "quotations"),
        ("E", "facts"),
        ("F", "plan_practice"),
        ("G", "configurations"),
        ("H", "instruments"),
        ("I", "method_note"),
        ("J", "content_analysis"),
        ("K", "agreement"),
        ("L", "audit"),
        ("M", "checklists"),
    ]
    inside = {s.key: s.number for s in report.walk() if s.number.count(".") > 1}
    assert inside["design_of_delivery"] == "1.2.1"
    assert inside["implementation.future"] == "1.8.3"
    assert inside["in_context.financing"] == "1.9.2.6"


def test_the_second_programme_of_a_study_begins_with_two(harbour) -> None:
    assert build_programme_report(harbour, "moor").sections[1].number == "2.1"


def test_every_quote_is_what_stands_at_its_span(report, harbour) -> None:
    quotes = report.quotes()
    assert len(quotes) == 7
    for quote in quotes:
        for origin, words in (
            (quote.origin, quote.text),
            (quote.original_origin, quote.original),
        ):
            if origin is not None:
                assert harbour.text(origin.source)[origin.start : origin.end] == words
                assert re.fullmatch("[0-9a-f]{64}", origin.text_id)
        assert quote.origin.codings


def test_a_chapter_says_unit_denominator_and_reading_set_before_its_quotes(report) -> None:
    said = text_of(section(report, "workforce"))
    assert "3 coded segments; 2 of 4 interviewees spoke of it; 1 segment in documents." in said
    assert "Reading set: mira in 5 of 6 sources." in said


def test_a_second_coder_is_not_added_to_the_reading_set(report, harbour) -> None:
    chapter = section(report, "leadership_governance")
    assert chapter.state == "empty"
    assert not quotes_in(chapter)
    his = build_programme_report(harbour, "harbour", coder="tobias")
    assert [q.text for q in his.quotes()] == ["Doctors seldom do."]


def test_a_chapter_without_codings_says_what_was_looked_for(report) -> None:
    said = text_of(section(report, "information_research"))
    assert said.startswith("No coding. Looked for in 4 interviewees and 1 document")


def test_quotes_without_an_authors_sentence_are_marked_as_material(report, harbour) -> None:
    chapter = section(report, "workforce")
    assert chapter.state == "material"
    markers = [b.text for b in chapter.blocks if isinstance(b, Paragraph) and b.role == "marker"]
    assert len(markers) == 1
    assert "not yet description" in markers[0]
    # as many as the outline tells, of all that are to be written
    entries = [e for e in read_outline(harbour, "harbour") if e.printed and e.state != "generated"]
    count = sum(each.state == "material" for each in entries)
    said = f"{count} sections of {len(entries)}: material, not yet description."
    assert said in report.notices


def test_a_passage_is_quoted_once_and_referred_to_in_later_chapters(report) -> None:
    first = [q.text for q in quotes_in(section(report, "service_delivery"))]
    assert "The nurse comes, and the social worker comes. Doctors seldom do." in first
    workforce = section(report, "workforce")
    assert all("Doctors seldom" not in quote.text for quote in quotes_in(workforce))
    notes = [b for b in workforce.blocks if isinstance(b, Paragraph) and b.role == "note"]
    linked = [run.origin for run in notes[0].runs if run.origin]
    assert [origin.place for origin in linked] == ["IP01_1, 33–97"]


def test_who_withdrew_consent_is_counted_but_not_quoted(report) -> None:
    assert "2 coded segments" in text_of(section(report, "financing"))
    everything = " ".join(p.origin.source + t.text for p in report.passages for t in p.turns)
    assert all(quote.origin.source != "IP03_1" for quote in report.quotes())
    assert "quote me" not in everything
    assert "1 passage of persons who did not consent" in text_of(section(report, "method_note"))


def test_unknown_consent_stands_on_the_first_page(report) -> None:
    assert (
        "Consent to be quoted is not known for 1 of 4 interview participations." in report.notices
    )


def test_a_long_quote_is_cut_at_the_end_of_a_sentence_and_says_so(harbour) -> None:
    report = build_programme_report(harbour, "harbour", max_quote_words=10)
    (quote,) = quotes_in(section(report, "financing"))
    assert quote.text == "The fund pays. We meet on Tuesdays."
    assert quote.printed == "The fund pays. We meet on Tuesdays. ..."
    assert quote.cut_after


def test_a_quote_of_a_translation_shows_the_original_below(report) -> None:
    quote = next(q for q in report.quotes() if q.origin.source == "IP04_1")
    assert quote.text == "The nurse comes every day."
    assert quote.reference == "(IP04_1)"
    assert quote.original == "Die Schwester kommt jeden Tag."
    assert (quote.language, quote.original_language) == ("en", "de")


def test_a_document_is_quoted_by_its_number_in_the_references(report) -> None:
    quote = next(q for q in report.quotes() if q.origin.source == "plan")
    assert quote.reference == "[1]"
    assert text_of(section(report, "references")).startswith("1: plan, document, 2022, en.")


def test_every_number_of_a_table_comes_with_its_unit_and_of_how_many(report) -> None:
    tables = [b for s in report.sections for b in blocks_in(s) if isinstance(b, Table)]
    counted = [t for t in tables if any(c.kind == "number" for c in t.columns)]
    assert len(counted) > 3
    for table in counted:
        assert table.unit, table.key
        assert table.denominators or table.notes[0].startswith("n: "), table.key
        assert all(len(row) == len(table.columns) for row in table.rows)
    by_type = next(t for t in tables if t.key == "table_stakeholder_types")
    assert by_type.reading_set
    assert dict(by_type.denominators).keys() == {c.label for c in by_type.columns[1:]}


def test_a_person_of_two_types_counts_in_both_and_once_in_the_total(report) -> None:
    tables = [b for b in section(report, "in_context").blocks if isinstance(b, Table)]
    table = next(each for each in tables if each.key == "table_stakeholder_types")
    assert dict(table.denominators) == {"A": 2, "D1": 1, "E": 1, "F": 1, "total": 4}
    heads = [column.label for column in table.columns]
    rows = {
        row[0].value: dict(zip(heads, (c.value for c in row), strict=True)) for row in table.rows
    }
    workforce = rows["Workforce"]
    assert (workforce["A"], workforce["D1"], workforce["total"]) == (2, 1, 2)
    assert "not their sum" in table.caption


def test_the_heat_map_has_words_for_those_who_do_not_see_it(report) -> None:
    figure = next(each for each in report.figures() if each.key == "figure_code_by_site")
    assert isinstance(figure, Figure)
    assert "Workforce 3" in figure.alt
    assert "Unit: coded segments" in figure.caption
    assert figure.png.startswith(b"\x89PNG")
    assert b"<svg" in figure.svg


def test_what_is_not_found_is_said(report) -> None:
    assert "None of the fourteen fields" in text_of(section(report, "formal_description"))
    said = text_of(section(report, "study_records"))
    assert "Country: Eastholm" in said
    assert "B (initiator), C (sponsor or payer)" in said
    assert "Interviewees: 4 (A: 2, D1: 1, E: 1, F: 1; one person may be of several types)" in said


def test_sections_can_be_chosen_and_reordered(harbour) -> None:
    report = build_programme_report(harbour, "harbour", sections=["workforce", "basic_information"])
    assert [(s.number, s.key) for s in report.sections] == [
        ("1.1", "workforce"),
        ("1.2", "basic_information"),
    ]


def test_sections_may_be_one_text_with_commas(harbour) -> None:
    report = build_programme_report(harbour, "harbour", sections="references, workforce")
    assert [s.key for s in report.sections] == ["references", "workforce"]


def test_all_unknown_sections_are_named_at_once_with_the_nearest(harbour) -> None:
    with pytest.raises(P3CError) as caught:
        build_programme_report(harbour, "harbour", sections=["workforse", "finances"])
    assert [problem.nearest for problem in caught.value.problems] == ["workforce", "financing"]


@pytest.mark.parametrize("number", [0, -1, "many", 2.5])
def test_a_length_that_is_no_whole_number_is_refused(harbour, number) -> None:
    with pytest.raises(P3CError, match="max_quote_words="):
        build_programme_report(harbour, "harbour", max_quote_words=number)


def test_an_unknown_programme_is_refused_with_the_nearest(harbour) -> None:
    with pytest.raises(P3CError, match="Did you mean 'harbour'"):
        build_programme_report(harbour, "habour")


def test_a_language_no_source_is_in_is_refused(harbour) -> None:
    with pytest.raises(P3CError, match="Valid: de, en"):
        build_programme_report(harbour, "harbour", language="fr")


def test_the_report_in_german_prints_the_german_side(harbour) -> None:
    report = build_programme_report(harbour, "harbour", language="de")
    assert report.language == "de"


def test_a_programme_without_codings_makes_a_report_that_says_so(harbour) -> None:
    report = build_programme_report(harbour, "moor")
    assert not report.quotes()
    assert all(s.state == "empty" for s in report.sections[2:9])
    assert "Not in full: 1 source: excerpts" in text_of(section(report, "study_records"))


def test_a_segment_says_what_it_rests_on_each_number_with_its_unit(report) -> None:
    (box,) = [b for b in section(report, "in_context.workforce").blocks if isinstance(b, Box)]
    assert box.kind == "evidence"
    (listing,) = box.blocks
    assert [(term, text.text) for term, text in listing.entries] == [
        ("Coded segments", "3; reading set: mira in 5 of 6 sources"),
        ("Interviewees", "2 of 4 interviewees spoke of it (A: 2 of 2, D1: 1 of 1)"),
        ("Documents", "1 coded segment in 1 of 1 document"),
        ("Silent", "E: 0 of 1 interviewee; F: 0 of 1 interviewee"),
        ("Configurations", "none with an element here"),
    ]
    assert all(run.origin for _, text in listing.entries for run in text.runs if run.text.strip())


def test_what_was_asked_to_be_left_out_says_so(harbour) -> None:
    asked = ["configurations", "instruments", "in_context"]
    left = {"include_cmo": False, "include_instruments": False}
    report = build_programme_report(harbour, "harbour", sections=asked, **left)
    assert "left out" in text_of(section(report, "configurations"))
    assert "left out" in text_of(section(report, "instruments"))
    boxes = [b for s in report.walk() for b in s.blocks if isinstance(b, Box)]
    assert boxes
    assert not [t for b in boxes for t, _ in b.blocks[0].entries if t == "Configurations"]


def test_a_quote_of_excerpts_shows_nothing_before_it(make_study) -> None:
    row = (
        "IP01_2",
        "interview",
        "excerpts",
        "moor",
        "e",
        "IP01_2",
        "A",
        "",
        "2024",
        "en",
        "",
        "yes",
    )
    words = "There is nothing to say yet."
    with make_study(sources=[row], codings=[("IP01_2", words, "workforce", "mira")]) as study:
        (passage,) = build_programme_report(study, "moor").passages
    assert [turn.text for turn in passage.turns] == [f"R: {words}"]
    assert "excerpts" in passage.note


def test_in_a_group_interview_who_withdrew_is_not_quoted_by_any_road(make_study) -> None:
    talk = (
        "I: Who comes?\n\nIP05_1: The nurse comes to us.\n\nIP06_1: Nobody came to me.\n\n"
        "IP05_1: The doctor came once.\n\nIP06_1: Not to us.\n\nI: Thank you.\n"
    )
    people = ("moor", "e", "IP05_1;IP06_1", "E;E", "", "2024", "en", "", "yes;withdrawn")
    codings = [
        ("IP05_1", words, code, "mira")
        for words, code in [
            ("The nurse comes to us.", "workforce"),
            ("Nobody came to me.", "workforce"),
            ("The doctor came once.", "service_delivery"),
            # begins with one who may be quoted and runs on into one who may not
            ("comes to us.\n\nIP06_1: Nobody came", "financing"),
        ]
    ]
    row = ("IP05_1", "interview", "full", *people)
    with make_study(texts={"IP05_1": talk}, sources=[row], codings=codings) as study:
        report = build_programme_report(study, "moor")
    assert {(q.text, q.reference) for q in report.quotes()} == {
        ("The nurse comes to us.", "(IP05_1)"),
        ("The doctor came once.", "(IP05_1)"),
    }
    shown = [turn.text for passage in report.passages for turn in passage.turns]
    assert "IP05_1: The doctor came once." in shown
    assert not [turn for turn in shown if "Nobody" in turn]
    assert any("did not consent" in passage.note for passage in report.passages)
    assert "2 passages of persons who did not consent" in text_of(section(report, "method_note"))


def test_a_passage_holds_the_quoted_turn_and_the_one_before(report) -> None:
    passage = next(p for p in report.passages if p.origin.place == "IP01_1, 33–97")
    before, quoted = passage.turns
    assert before.text == "I: Who comes to the meeting?"
    assert before.mark_start == before.mark_end
    assert quoted.text[quoted.mark_start : quoted.mark_end].startswith("The nurse comes")
    assert (before.role, quoted.role) == ("interviewer", "interviewee")


def test_the_same_study_gives_the_same_report(harbour) -> None:
    when = datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001
    one = build_programme_report(harbour, "harbour", generated_at=when)
    assert one == build_programme_report(harbour, "harbour", generated_at=when)


def test_a_limit_of_quotes_takes_interviewees_in_turns(harbour) -> None:
    report = build_programme_report(harbour, "harbour", max_quotes=1)
    for chapter in report.sections:
        assert len(quotes_in(chapter)) <= 1
    assert all(isinstance(quote, Quote) for quote in report.quotes())


def test_another_process_gives_the_same_bytes_in_every_form(harbour) -> None:
    code = (
        "import hashlib, sys, p3c_qual as p3c\n"
        "from p3c_qual.report import docx, html, pdf\n"
        "from p3c_qual.report.programme import build_programme_report\n"
        "made = build_programme_report(p3c.open_study(sys.argv[1]), 'harbour')\n"
        "forms = html.render_html(made).encode(), docx.render_docx(made), pdf.render_pdf(made)\n"
        "print([hashlib.sha256(each).hexdigest() for each in forms])"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(harbour.path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in ("1", "77")
    ]
    one, other = (run.communicate()[0] for run in runs)
    assert one.count(b",") == 2
    assert one == other


def test_an_appendix_without_a_record_says_so_once(report) -> None:
    for key in ("facts", "plan_practice"):
        assert [block.text for block in section(report, key).blocks] == ["Nothing is recorded."]
    said = text_of(section(report, "sampling"))
    assert said.count("no passage is coded with them") == 1


def test_a_checklist_says_what_fills_an_item_beside_its_place(report) -> None:
    (table,) = section(report, "checklist-coreq").blocks
    labels = [column.label for column in table.columns]
    assert labels == ["No.", "Item in short", "What is said of it", "Where in the report"]
    assert len(table.rows) == 32
    assert "missing" in {row[2].value for row in table.rows}
    (realist,) = section(report, "checklist-rameses").blocks
    # what only shows what there is does not pass for what is reported
    assert realist.rows[8][2].value.startswith("material, to be judged\n1 programme: ")
