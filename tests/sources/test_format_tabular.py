from __future__ import annotations

import io

import pytest
from format_kit import FILES, refusal, zipped
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources import TableRow, read_row, read_table


def write(tmp_path, content, name="answers.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_workbook_of_libreoffice_reads_as_the_table_it_was_made_from():
    assert read_table(FILES / "answers.xlsx") == read_table(FILES / "answers.csv")


def test_a_row_is_a_source_with_the_other_columns_as_variables():
    row = read_table(FILES / "answers.csv")[0]
    assert (row.key, row.row) == ("A01", 2)
    assert row.text == "They listened.\nThat was new."
    assert row.variables == {"site": "North", "age": "71"}


def test_the_notes_say_what_was_taken_and_which_rows_had_no_text():
    notes = read_table(FILES / "answers.csv")[0].notes
    assert "text from the column 'answer', key from the column 'id', 2 other columns" in notes[0]
    assert notes[1] == "1 row without text left out: 4."


def test_a_row_becomes_a_reading():
    reading = read_row(TableRow("A1", "I: How?\nR: So.", {}, 2, ("Taken.",)))
    assert reading.parts["turn"].speaker == ["I", "R"]
    assert reading.notes[0] == "Taken."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    path = write(tmp_path, f'id{delimiter}"a,b;c|d"{delimiter}text\n1{delimiter}x{delimiter}So\n')
    row = read_table(path)[0]
    assert (row.key, row.text, row.variables) == ("1", "So", {"a,b;c|d": "x"})


def test_the_column_of_the_text_can_be_named(tmp_path):
    path = write(tmp_path, "id,Comment,text\n1,So,no\n")
    assert read_table(path, text_column="comment")[0].text == "So"
    said = refusal(read_table, path, text_column="coment")
    assert "no column 'coment'" in said
    assert "Did you mean 'Comment'?" in said


def test_a_table_without_a_column_of_texts_lists_its_columns(tmp_path):
    said = refusal(read_table, write(tmp_path, "id,remark\n1,So\n"))
    assert "No column is called text, transcript or answer" in said
    assert "Valid: id, remark." in said


def test_a_table_without_ids_takes_the_rows_number(tmp_path):
    rows = read_table(write(tmp_path, "text\nSo\n\nAnd so\n"))
    assert [row.key for row in rows] == ["answers_2", "answers_4"]


def test_all_faults_are_said_at_once_with_their_rows(tmp_path):
    path = write(tmp_path, "id,text,a,a\n1,x,,\n1,y,,\n,z,,\n2,w,,,more\n")
    said = refusal(read_table, path)
    assert "row 1: The column 'a' occurs twice" in said
    assert "row 3: The id '1' is used twice, first in row 2" in said
    assert "row 4: The row has no id" in said
    assert "row 5: The row has 5 cells, the header 4" in said


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "The file is empty"),
        ("id,text\n", "No row has a text"),
        ("id,text\n1, \n", "No row has a text"),
        ('id,text\n1,"open\n', "cannot be read to its end"),
        (b"%PDF-1.7", "the content is a PDF"),
    ],
)
def test_a_table_that_gives_no_source_is_refused(tmp_path, content, what):
    assert what in refusal(read_table, write(tmp_path, content))


@pytest.mark.parametrize(
    "data",
    [zipped({"xl/workbook.xml": "<a/>"}), zipped({"xl/other.xml": "<a/>"}), b"PK\x03\x04 no"],
)
def test_a_damaged_workbook_is_named(tmp_path, data):
    assert "damaged" in refusal(read_table, write(tmp_path, data, "a.xlsx"))


def test_another_kind_of_file_is_no_table(tmp_path):
    assert "not read as a table" in refusal(read_table, write(tmp_path, "x", "a.xls"))
    assert "no such file" in refusal(read_table, tmp_path / "missing.csv")


def workbook(rows, **sheets):
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, state in sheets.items():
        book.create_sheet(name, 0).sheet_state = state
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_of_a_workbook_are_written_as_a_person_would(tmp_path):
    from datetime import date

    rows = [["text", "a", "b", "c", "d"], ["So", 3.0, 2.5, True, date(2023, 5, 4)]]
    row = read_table(write(tmp_path, workbook(rows), "a.xlsx"))[0]
    assert row.variables == {"a": "3", "b": "2.5", "c": "yes", "d": "2023-05-04"}


def test_the_first_visible_sheet_with_content_is_read_and_named(tmp_path):
    data = workbook([["text"], ["So"]], Hidden="hidden", Empty="visible")
    row = read_table(write(tmp_path, data, "a.xlsx"))[0]
    assert row.text == "So"
    assert row.notes[0] == "Read the sheet 'Sheet', the first with content of 2."


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), min_size=1).filter(
            str.strip
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back_from_a_table(tmp_path_factory, texts):
    import csv

    buffer = io.StringIO()
    csv.writer(buffer).writerows([["id", "text"], *([n, text] for n, text in enumerate(texts))])
    path = write(tmp_path_factory.mktemp("tables"), buffer.getvalue())
    assert [row.text for row in read_table(path)] == texts
