"""Tables as files: CSV that is read again, XLSX without formulas, HTML without a network."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from summary_kit import LENGTH, ask, fill, units_of
from worked_kit import work

import p3c_qual as p3c
from p3c_qual.analysis.asked_table import make_table
from p3c_qual.analysis.files import csv_bytes, write_table
from p3c_qual.analysis.said import said_of
from p3c_qual.analysis.sheets import LONGEST, xlsx_bytes
from p3c_qual.mayring.summarising.summary_rows import SUMMARY_COLUMNS
from p3c_qual.report.table_html import render_table

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

FORMULAS = ["=1+1", "+1", "-1 bed", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']


def state(study: p3c.Study, folder: Path) -> bytes:
    study.export_lines(folder / "state.jsonl")
    return (folder / "state.jsonl").read_bytes()


def test_a_summary_that_is_written_and_loaded_again_changes_nothing(
    either: p3c.Study, tmp_path: Path
) -> None:
    work(either)
    file = write_table(p3c.mayring.table_summary(either, "helps"), tmp_path / "summary.csv")
    before = state(either, tmp_path)
    assert p3c.mayring.load_summary(either, file) == 0
    assert state(either, tmp_path) == before


def test_a_summary_goes_from_one_study_into_another(told: p3c.Study, tmp_path: Path) -> None:
    work(told, last="reduce")
    table = p3c.mayring.table_summary(told, "helps")
    file = write_table(table, tmp_path / "summary.csv")
    with p3c.new_study(tmp_path / "other", title="Other", coder="anna") as other:
        fill(other, tmp_path)
        ask(other)
        p3c.mayring.load_summary(other, file)
        again = p3c.mayring.table_summary(other, "helps")
        assert again.equals(table)
        assert [unit.state for unit in units_of(other)] == [unit.state for unit in units_of(told)]


def test_the_csv_has_every_column_that_loading_reads(told: p3c.Study) -> None:
    assert set(SUMMARY_COLUMNS) <= set(p3c.mayring.table_summary(told, "helps").columns)


def test_a_csv_keeps_what_somebody_said_as_it_is(tmp_path: Path) -> None:
    frame = pd.DataFrame({"said": [*FORMULAS, 'with "quotes", a comma\nand a line']})
    file = write_table(frame, tmp_path / "said.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        assert [row["said"] for row in csv.DictReader(lines)] == list(frame["said"])


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    frame = pd.DataFrame({"=head": FORMULAS, "n": range(6)})
    frame.attrs = {"caption": "=1+1", "notes": ["=2+2"]}
    file = write_table(frame, tmp_path / "said.xlsx")
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [book["Table"].cell(y, 1).value for y in range(2, 8)] == FORMULAS
    assert all(book["Table"].cell(y, 1).quotePrefix for y in range(2, 8))
    assert [book["Table"].cell(y, 2).value for y in range(2, 8)] == list(range(6))


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_a_workbook_opens_whatever_was_said(said: list[str]) -> None:
    import io

    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(pd.DataFrame({"said": said}))))
    found = [book["Table"].cell(y, 1) for y in range(2, len(said) + 2)]
    assert {cell.data_type for cell in found} <= {"s", "n"}  # n: an empty one
    for cell, words in zip(found, said, strict=True):
        if words.isprintable() and words.isascii():
            assert (cell.value or "") == words


def test_a_workbook_says_what_it_holds_and_where_something_was_cut(
    told: p3c.Study, tmp_path: Path
) -> None:
    work(told)
    table = p3c.mayring.table_summary(told, "helps")
    table.loc[1, "quote"] = "x" * (LONGEST + 10)
    book = openpyxl.load_workbook(write_table(table, tmp_path / "summary.xlsx"))
    sheet, about = book["Table"], book["About"]
    assert sheet.freeze_panes == "B2"
    heads = [cell.value for cell in sheet[1]]
    assert heads[:4] == ["Case", "No.", "Place", "Words of the source"]
    assert sheet.cell(2, 4).alignment.wrap_text
    assert len(sheet.cell(3, 4).value) == LONGEST
    said = {row[0].value: row[1].value for row in about.iter_rows()}
    assert said["Table"] == "Summarising: What helps?"
    assert said["Denominators"] == "units 7, sources with units 3, sources in the material 3"
    assert said["Recording unit"] == "source"
    assert said["Cut"].startswith("longer than a cell may be: D3")


def test_a_page_asks_the_network_for_nothing_and_runs_no_script(told: p3c.Study) -> None:
    work(told)
    page = render_table(p3c.mayring.table_summary(told, "helps"))
    assert "http" not in re.sub(r'http-equiv="Content-Security-Policy"', "", page)
    assert "<script" not in page
    assert "src=" not in page
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_each_row_of_a_page_has_its_place_as_an_anchor(told: p3c.Study) -> None:
    work(told)
    page = render_table(p3c.mayring.table_summary(told, "helps"))
    anchors = re.findall(r'<tr id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors)) == 7
    assert anchors[0] == f"A1-line-1-0-{LENGTH - 1}"
    assert [f'href="#{name}"' in page for name in anchors] == [True] * 7


def test_what_somebody_said_is_no_markup() -> None:
    frame = pd.DataFrame({"quote": ["<script>alert(1)</script>"], "place": ['"><b>']})
    frame.attrs = {"caption": "<i>", "notes": ["<u>"], "anchor": "place"}
    page = render_table(frame)
    for words in ("<script>alert", "<b>", "<i>", "<u>"):
        assert words not in page


def test_what_is_set_under_a_row_is_not_among_its_columns() -> None:
    frame = pd.DataFrame({"key": ["c1", "c2"], "quotes": ["one\n<i>two", ""]})
    frame.attrs = {"shown": ["key"], "under": ["quotes"]}
    page = render_table(frame)
    assert re.findall(r"<th .*?<bdi>(.*?)</bdi>", page) == ["Key"]
    assert page.count('<tr class="lower">') == 1
    assert '<p dir="auto">one</p><p dir="auto">&lt;i&gt;two</p>' in page
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame)))
    assert [cell.value for cell in book["Table"][1]] == ["Key", "Quotes"]


def test_what_the_row_above_says_too_is_marked_as_said() -> None:
    frame = pd.DataFrame({"mechanism": ["trust", "trust", "fear"], "key": ["c1", "c2", "c3"]})
    frame.attrs = {"once": ["mechanism"]}
    page = render_table(frame)
    cells = re.findall(r'<td data-label="Mechanism" class="(.*?)"', page)
    assert ["again" in each for each in cells] == [False, True, False]


def test_the_page_of_a_table_opens_wide_and_narrow(
    told: p3c.Study, browser: Browser, tmp_path: Path
) -> None:
    work(told)
    file = write_table(p3c.mayring.table_summary(told, "helps"), tmp_path / "summary.html")
    asked: list[str] = []
    for width in (1400, 480):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert page.locator("tbody tr").count() == 7
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
    assert set(asked) == {file.as_uri()}


def test_lists_and_missing_values_are_written_as_words(tmp_path: Path) -> None:
    frame = pd.DataFrame({"ids": [["a", "b"]], "where": [{"source": "A1", "start": 3}], "n": pd.NA})
    assert csv_bytes(frame).decode() == 'ids,where,n\na; b,"source A1, start 3",\n'
    assert "source A1, start 3" in render_table(frame)
    assert xlsx_bytes(frame)


def test_what_only_programs_read_is_not_shown() -> None:
    assert said_of(pd.DataFrame({"id": ["x"], "code": ["y"]})).shown == ("code",)
    assert said_of(pd.DataFrame({"id": ["x"]})).shown == ("id",)


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".html"])
def test_a_file_appears_whole_or_not_at_all(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path as AnyPath

    file = tmp_path / f"table{ending}"
    file.write_text("the earlier one", "utf-8")
    with monkeypatch.context() as broken:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        broken.setattr(AnyPath, "replace", full)
        with pytest.raises(p3c.P3CError, match="cannot be written"):
            write_table(pd.DataFrame({"a": [1]}), file)
    assert file.read_text("utf-8") == "the earlier one"
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_another_ending_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(p3c.P3CError, match=r"Did you mean '\.xlsx'"):
        write_table(pd.DataFrame({"a": [1]}), tmp_path / "table.xls")
    with pytest.raises(p3c.P3CError, match="cannot be written"):
        write_table(pd.DataFrame({"a": [1]}), tmp_path / "nowhere" / "table.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_table_with_words_of_somebody_who_refused_says_so_before_anything(
    told: p3c.Study, tmp_path: Path
) -> None:
    work(told)
    table = p3c.mayring.table_summary(told, "helps")
    assert table.attrs["notices"] == []
    told.set_fields("source", "A2", {"consent_quoted": "withdrawn"})
    for make in (p3c.mayring.table_summary, p3c.mayring.table_back_check):
        table = make(told, "helps")
        (notice,) = table.attrs["notices"]
        assert notice.startswith("Not for publication: somebody who speaks in A2 did not consent")
        page = render_table(table)
        assert page.index(notice) < page.index("<table")
        book = openpyxl.load_workbook(write_table(table, tmp_path / "said.xlsx"))
        assert book["About"]["B1"].value == notice
    told.memo("span", "Not a word on money.", target="A2", kind="surprise", span="0-20")
    assert make_table(told, "surprises").attrs["notices"] == [notice]


def test_levels_of_one_scale_stand_above_their_numbers() -> None:
    frame = pd.DataFrame({"code": ["a"], "1": [2], "2": [3]})
    frame.attrs["levels"] = {"a": {"1": "hindering", "2": "enabling"}}
    assert said_of(frame).heading("1") == "1 hindering"
    frame.attrs["levels"]["b"] = {"1": "none", "2": "some"}
    assert said_of(frame).heading("1") == "1"


def loaded(study: p3c.Study, folder: Path, *rows: dict[str, str]) -> int:
    columns = ("no", "question", "source", "start", "end", "paraphrase", "generalisation",
               "decision", "z3", "category", "z4", "main_category", "main_z4")  # fmt: skip
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for number, row in enumerate(rows, 1):
            writer.writerow({"no": str(number), "question": "helps", **row})
    return p3c.mayring.load_summary(study, folder / "units.csv")


def bundled(start: int, category: str, main: str) -> dict[str, str]:
    return {"source": "A2", "start": str(start), "end": str(start + 8), "paraphrase": "p",
            "generalisation": "g", "decision": "keep", "z3": "Z3.3", "category": category,
            "z4": "Z4.1", "main_category": main, "main_z4": "Z4.1" if main else ""}  # fmt: skip


def test_a_row_over_a_unit_of_the_study_is_refused(told: p3c.Study, tmp_path: Path) -> None:
    p3c.mayring.paraphrase(told, "helps", "A1", 10, 30, "hers")
    row = {"source": "A1", "start": "20", "end": "40", "paraphrase": "theirs"}
    with pytest.raises(p3c.P3CError, match="overlaps one of the study"):
        loaded(told, tmp_path, row)
    assert loaded(told, tmp_path, {**row, "start": "10", "end": "30"}) == 1
    assert len(units_of(told)) == 1


@pytest.mark.parametrize(
    ("mains", "said"),
    [
        ([("Trust", "People"), ("People", "Trust")], "above itself"),
        ([("Trust", "trust")], "above itself"),
        ([("Trust", "People"), ("Trust", "Money")], "another main category"),
    ],
)
def test_categories_of_a_file_stand_in_a_tree(
    told: p3c.Study, tmp_path: Path, mains: list[tuple[str, str]], said: str
) -> None:
    rows = [bundled(10 * number, *pair) for number, pair in enumerate(mains)]
    with pytest.raises(p3c.P3CError, match=said):
        loaded(told, tmp_path, *rows)
    assert units_of(told) == []


def test_a_file_does_not_turn_what_the_study_has_round(told: p3c.Study, tmp_path: Path) -> None:
    assert loaded(told, tmp_path, bundled(0, "Alpha", "Beta")) == 1
    with pytest.raises(p3c.P3CError, match="above itself"):
        loaded(told, tmp_path, bundled(0, "Alpha", ""), bundled(10, "Beta", "Alpha"))
