"""The appendix on the content analysis: what was recorded, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pilot_kit
import pytest
from summary_kit import LENGTH
from worked_kit import work

import p3c_qual as p3c
from p3c_qual.mayring.about import NOT_RECORDED
from p3c_qual.report.blocks import Figure, Listing, Paragraph, Quote, Table
from p3c_qual.report.html import render_html
from p3c_qual.report.method import method_appendix
from p3c_qual.report.method_passages import WITHHELD
from p3c_qual.report.programme import build_programme_report

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.report.model import Section


def text_of(section: Section) -> str:
    """Return all words of a section and of those below it."""
    found: list[str] = []
    for each in section.walk():
        found.append(each.title)
        for block in each.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            elif isinstance(block, Quote):
                found.append(block.printed)
            elif isinstance(block, Listing):
                found += [f"{term}: {said.text}" for term, said in block.entries]
            elif isinstance(block, Table):
                found += [block.caption, *block.notes]
                found += [" | ".join(str(cell.value) for cell in row) for row in block.rows]
            elif isinstance(block, Figure):
                found += [block.caption, block.alt]
    return "\n".join(found)


def test_without_a_research_question_the_appendix_says_that_none_is_recorded(
    tmp_path: Path,
) -> None:
    with p3c.new_study(tmp_path / "study", title="Bare", coder="anna") as study:
        section = method_appendix(study)
    assert section.state == "empty"
    assert "No research question is recorded" in text_of(section)
    assert section.sections == ()


def test_what_was_declared_stands_there_and_the_rest_is_not_recorded(told: p3c.Study) -> None:
    said = text_of(method_appendix(told))
    assert "What helps?" in said
    assert "Technique: Summarising (inductive)" in said
    assert "Level of abstraction: general statements on the programme" in said
    assert "Coding unit: proposition (the smallest piece that may be coded)" in said
    assert "Material: 3 sources, in the order of processing: A1, A2, A3" in said
    assert f"Theoretical background: {NOT_RECORDED}" in said
    assert f"Back-check. {NOT_RECORDED.capitalize()}." in said
    assert "0 units = 0 in categories" in said


def test_steps_are_told_with_who_closed_them_and_why_somebody_went_back(told: p3c.Study) -> None:
    work(told)
    p3c.mayring.return_to(told, "helps", "bundle", reason="One category was too wide.")
    said = text_of(method_appendix(told))
    for title in ("Paraphrase (Z1)", "First reduction (Z3)", "Back-check"):
        assert re.search(
            rf"20\d\d-\d\d-\d\d \d\d:\d\d \| anna \| closed “{re.escape(title)}” \| \n", said
        )
    assert "went back to “Second reduction (Z4)” | One category was too wide." in said
    assert "Step: Second reduction (Z4) (step 5 of 6)" in said


def test_a_step_that_was_taken_back_is_told_as_such(told: p3c.Study) -> None:
    work(told, last="paraphrase")
    p3c.mayring.close_step(told, "helps", "paraphrase")
    told.undo()
    assert "took a step back, to “Paraphrase (Z1)”" in text_of(method_appendix(told))


def test_reduction_left_over_and_back_check_are_printed_with_their_numbers(
    told: p3c.Study,
) -> None:
    work(told)
    section = method_appendix(told)
    said = text_of(section)
    assert "7 units = 3 in categories + 1 dropped (Z1.1)" in said
    assert "no. 4, “mood in general” (stands alone)" in said
    assert "4 drawn of 6 units with a paraphrase; represented: yes 2, partly 1, no 1." in said
    assert said.count("misses the tone") == 2
    (figure,) = [b for s in section.walk() for b in s.blocks if isinstance(b, Figure)]
    assert figure.svg.startswith(b"<?xml")
    counts = {
        block.key: block
        for each in section.walk()
        for block in each.blocks
        if isinstance(block, Table) and block.unit
    }
    assert counts["table_categories_helps"].denominators == (("Units", 3), ("Cases", 3))


def test_a_report_of_another_programme_only_names_the_question(told: p3c.Study) -> None:
    section = method_appendix(told, "west")
    assert section.sections == ()
    assert "no research question has a source" in text_of(section).lower()
    p3c.mayring.ask_question(told, "And here?", "type", key="here", material=["B1"])
    section = method_appendix(told, "west")
    assert [each.title for each in section.sections] == ["And here?"]
    assert "Asked of other material: helps." in text_of(section)
    with pytest.raises(p3c.P3CError, match="no programme 'wes'"):
        method_appendix(told, "wes")


def test_how_much_of_the_material_is_of_the_programme_is_said(told: p3c.Study) -> None:
    p3c.mayring.edit_question(told, "helps", material=["A1", "A2", "A3", "B1"])
    said = text_of(method_appendix(told, "west"))
    assert "4 sources, in the order of processing; 1 of this programme: A1, A2, A3, B1" in said


def test_a_pilot_is_told_with_both_shares_its_decision_and_the_versions(tmp_path: Path) -> None:
    with p3c.new_study(tmp_path / "study", title="Pilot", coder="anna") as study:
        pilot_kit.inductive(study, tmp_path)
        assert f"Pilot review: {NOT_RECORDED}." in text_of(method_appendix(study))
        pilot_kit.read(study, 1, 2, 3)
        study.code("P01", 40, 50, "found:trust")
        p3c.mayring.close_pilot(study, "help", "unchanged", reason="It held.")
        said = text_of(method_appendix(study))
    assert "1 | 3 of 10 (30%) | 300 of 1,000 (30%) | unchanged" in said
    assert "It held. | anna" in said
    assert re.search(
        r"Codebook: found, version \S+, final; frozen: \S+ \(20\d\d-\d\d-\d\d, anna\)", said
    )
    assert "Coding agenda of found" in said
    assert "Trust | Somebody relies on somebody." in said
    assert "1 category formed, from 1 coding of the question." in said
    assert "Codings of found still to be looked at again: none." in said


def test_explications_and_surprises_lead_to_their_passages(told: p3c.Study) -> None:
    p3c.mayring.explicate(
        told, "A1", 0, LENGTH - 1, "narrow", lexical="a thing is a matter", paraphrase="A matter."
    )
    told.memo("span", "Not a word on money.", target="A2", kind="surprise", span="0-20")
    report = build_programme_report(told, "east", sections=["content_analysis"])
    page = render_html(report)
    quotes = [(quote.origin.place, quote.text) for quote in report.quotes()]
    assert quotes == [
        (f"A1, 0–{LENGTH - 1}", "Sentence 00 of A1 says a thing."),
        ("A2, 0–20", "Sentence 00 of A2 sa"),
    ]
    assert {passage.origin.source for passage in report.passages} == {"A1", "A2"}
    assert 'href="#p1"' in page
    assert "Meaning of the words: a thing is a matter" in page
    assert "Not a word on money. (anna)" in page
    assert text_of(method_appendix(told, "west")).count("Surprises") == 0


def test_nobody_who_refused_is_quoted(told: p3c.Study, tmp_path: Path) -> None:
    told.set_fields("source", "A1", {"consent_quoted": "no"})
    p3c.mayring.explicate(told, "A1", 0, LENGTH - 1, "narrow", paraphrase="A matter.")
    told.memo("span", "Not a word on money.", target="A1", kind="surprise", span="0-20")
    book = """\
format: 1
key: own
label: Own
codes:
  - {id: other, label: Other, definition: Something else.}
  - id: thing
    label: Thing
    definition: Something.
    anchors:
      - {quote: Sentence 00 of A1 says a thing., source: A1, start: 0, end: 31}
      - {quote: Sentence 00 of A2 says a thing., source: A2, start: 0, end: 31}
"""
    (tmp_path / "own.yml").write_text(book, "utf-8")
    told.load_codebook(tmp_path / "own.yml")
    p3c.mayring.ask_question(told, "What of it?", "theme", key="what", codebook="own")
    told.code("A2", 0, 31, "own:thing")
    for programme in ("east", None):
        said = text_of(method_appendix(told, programme))
        assert "of A1 says" not in said
        assert "Sentence 00 of A2 says a thing." in said
        assert said.count(WITHHELD) == 3
        # an agenda on a programme holds the categories that were given in it
        assert ("Something else." in said) == (programme is None)


def test_the_words_of_an_earlier_text_have_no_place_to_point_to(
    told: p3c.Study, tmp_path: Path
) -> None:
    from p3c_qual.store.schema import ROWS

    made = p3c.mayring.explicate(told, "A1", 0, LENGTH - 1, "narrow", paraphrase="A matter.")
    with told.act("as if the text had been edited") as act:
        act.update("explication", {made: {"start": 3, "end": 3 + LENGTH - 1}})
    assert "explication" in ROWS
    said = text_of(method_appendix(told, "east"))
    assert f"(A1, 3–{LENGTH + 2} of an earlier text)" in said


def test_every_report_has_the_appendix(either: p3c.Study) -> None:
    work(either)
    report = build_programme_report(either, "east")
    assert ("J", "content_analysis") in [(s.number, s.key) for s in report.sections]
    page = render_html(report)
    assert 'href="#s-content_analysis"' in page
    assert 'id="s-question-helps"' in page
    assert page == render_html(build_programme_report(either, "east"))


def test_what_a_person_wrote_is_no_markup(told: p3c.Study) -> None:
    p3c.mayring.edit_question(told, "helps", theory="<script>alert(1)</script>", label="<b>?")
    page = render_html(build_programme_report(told, "east"))
    assert "<script>" not in page
    assert "<b>?" not in page
