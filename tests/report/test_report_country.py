"""The report on a country: its programmes, what they share, and what goes wrong in one of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import lxml.html
import pytest

from p3c_qual import description
from p3c_qual.errors import P3CError
from p3c_qual.report import country_programmes
from p3c_qual.report.blocks import Listing, Table
from p3c_qual.report.country import build_country_report
from p3c_qual.report.html import render_html
from p3c_qual.report.model import Report, blocks_in
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import p3c_qual as p3c


@pytest.fixture(scope="module")
def eastholm(
    make_study: Callable[..., p3c.Study], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[p3c.Study]:
    """Give a study of three programmes in a country, one without interviews, and one elsewhere."""
    folder = tmp_path_factory.mktemp("plans")
    with make_study() as study:
        study.add([plan(folder, "fen", "Eastholm"), plan(folder, "far", "Westmark")])
        study.set_fields("programme", "far", {"label": "The Far Shore"})
        study.set_fields("programme", "fen", {"label": "The Fen"})
        here = {"programme": "harbour"}
        description.note_fact(study, "Practices", "18", unit="practices", source="plan", **here)
        description.write_section(
            study, "financing", "Who pays is told in [the ledger](table:facts).", **here
        )
        description.write_section(study, "across", "All of them began late.", country="Eastholm")
        yield study


def plan(folder: Path, programme: str, country: str) -> Incoming:
    file = folder / f"{programme}.txt"
    file.write_text(f"The plan of the {programme}.\n", encoding="utf-8")
    return Incoming(
        file=file, id=f"{programme}_plan", kind="document", programme=programme, country=country
    )


@pytest.fixture(scope="module")
def report(eastholm: p3c.Study) -> Report:
    return build_country_report(eastholm, "Eastholm")


def chapters(report: Report) -> list[str]:
    return [each.title for each in report.sections if each.key.startswith("programme-")]


def test_a_country_holds_its_own_programmes_and_no_place_is_named_twice(report: Report) -> None:
    assert chapters(report) == ["The Fen", "Harbour", "Moor"]
    page = lxml.html.fromstring(render_html(report))
    names = Counter(page.xpath("//@id"))
    assert [name for name, count in names.items() if count > 1] == []
    links = {link[1:] for link in page.xpath("//@href") if link.startswith("#")}
    assert links - set(names) == set()
    words = page.text_content()
    assert "All of them began late." in words
    assert "Far Shore" not in words


def test_what_is_not_written_on_the_country_is_said_before_reading(report: Report) -> None:
    (said,) = (each for each in report.notices if "on the country itself" in each)
    assert said.startswith("Not written yet on the country itself: Executive summary")
    assert "Across" not in said


def test_documents_are_numbered_on_and_tables_once_through(report: Report) -> None:
    marks = [
        mark
        for section in report.sections
        for block in blocks_in(section)
        if isinstance(block, Listing) and block.kind == "references"
        for mark, _ in block.entries
    ]
    assert marks == ["1", "2"]
    keys = [b.key for s in report.sections for b in blocks_in(s) if isinstance(b, Table)]
    assert len(keys) == len(set(keys))
    page = lxml.html.fromstring(render_html(report))
    (link,) = page.xpath("//a[@href='#table_harbour_facts']")
    number = keys.index("table_harbour_facts") + 1
    assert link.text_content() == f"Table {number}"
    assert f"Table {number}." in page.get_element_by_id("table_harbour_facts").text_content()


def test_a_programme_without_interviews_keeps_its_chapter_which_says_so(report: Report) -> None:
    fen, harbour = (
        next(each for each in report.sections if each.title == name)
        for name in ("The Fen", "Harbour")
    )
    assert "holds no interview of this programme" in fen.blocks[0].runs[0].text
    assert len(fen.sections) == len(harbour.sections)
    assert not harbour.blocks


def test_programmes_are_limited_and_ordered_and_all_mistakes_are_said(eastholm: p3c.Study) -> None:
    made = build_country_report(eastholm, "Eastholm", programmes="moor, harbour")
    assert chapters(made) == ["Moor", "Harbour"]
    across = next(each for each in made.sections if each.key == "across")
    words = "".join(
        str(cell.value)
        for block in blocks_in(across)
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    )
    assert "The Fen" not in words
    with pytest.raises(P3CError) as caught:
        build_country_report(eastholm, "Eastholm", programmes=["moore", "far"])
    assert caught.value.problems[0].nearest == "moor"
    assert caught.value.problems[1].what == "the programme 'far' is in Westmark, not in Eastholm"


def test_a_chapter_that_cannot_be_built_says_why_and_the_others_stand(
    eastholm: p3c.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = country_programmes.build_sections
    broken = {"moor"}

    def some(making, entries):
        if making.programme in broken:
            raise ZeroDivisionError("no such bridge")
        return build(making, entries)

    monkeypatch.setattr(country_programmes, "build_sections", some)
    made = build_country_report(eastholm, "Eastholm")
    assert chapters(made) == ["The Fen", "Harbour", "Moor"]
    moor = next(each for each in made.sections if each.title == "Moor")
    said = moor.blocks[0].runs[0].text
    assert "could not be built" in said
    assert "no such bridge" in said
    assert made.notices[0].startswith("Moor: This chapter could not be built")
    assert render_html(made)
    broken |= {"harbour", "fen"}
    with pytest.raises(P3CError, match="no such bridge"):
        build_country_report(eastholm, "Eastholm")


def test_a_report_that_is_no_draft_needs_a_sentence_on_one_of_its_programmes(
    eastholm: p3c.Study,
) -> None:
    with pytest.raises(P3CError, match="nothing is written yet"):
        build_country_report(eastholm, "Westmark", draft=False)
