from __future__ import annotations

import pytest
from format_kit import FILES, odt, refusal, zipped

from p3c_qual.sources import read_bytes, read_file


@pytest.fixture(scope="module")
def marked():
    return read_file(FILES / "marked.odt")


def test_an_odt_reads_as_the_same_document_in_word_does(marked):
    word = read_file(FILES / "marked.docx")
    assert marked.text == word.text
    assert marked.notes == word.notes
    assert marked.meta == word.meta
    assert marked.parts == word.parts


def test_deletions_are_left_out_and_counted(marked):
    assert "every single day" not in marked.text
    assert "kept 1 insertion, left out 1 deletion" in marked.notes[0]


def test_white_space_is_read_as_the_format_defines_it():
    reading = read_bytes(
        odt(
            "<text:p>\n  one <text:span> two</text:span>\n<text:s text:c='3'/>three"
            "<text:tab/>four<text:line-break/>five </text:p>"
        ),
        "a.odt",
    )
    assert reading.text == "one two    three\tfour\nfive"


def test_a_hostile_count_of_spaces_is_bounded():
    reading = read_bytes(odt("<text:p>a<text:s text:c='999999999'/>b</text:p>"), "a.odt")
    assert len(reading.text) < 2000


def test_lists_inside_lists_are_counted_once():
    item = "<text:list-item><text:p>x</text:p>{}</text:list-item>"
    nested = f"<text:list>{item.format(f'<text:list>{item.format(str())}</text:list>')}</text:list>"
    reading = read_bytes(odt(nested), "a.odt")
    assert reading.text == "x\nx"
    assert reading.notes[0].startswith("2 paragraphs in automatic lists")


def test_a_table_inside_a_cell_is_read_once():
    def grid(cell):
        return (
            "<table:table><table:table-row><table:table-cell>"
            f"{cell}</table:table-cell></table:table-row></table:table>"
        )

    reading = read_bytes(odt(grid("<text:p>out</text:p>" + grid("<text:p>in</text:p>"))), "a.odt")
    assert reading.text == "out\nin"


def test_a_container_without_a_text_is_named():
    assert "no OpenDocument text" in refusal(read_bytes, zipped({"a.xml": "<a/>"}), "a.odt")
    data = zipped({"content.xml": "<a/>"})
    assert "no OpenDocument text" in refusal(read_bytes, data, "a.odt")


def test_xml_that_breaks_off_is_damaged():
    data = zipped({"content.xml": "<a><b></a>"})
    assert "its XML ends early or is broken" in refusal(read_bytes, data, "a.odt")


def test_elements_nested_too_deep_are_refused_in_words():
    deep = "<text:span>" * 5000 + "x" + "</text:span>" * 5000
    assert "damaged" in refusal(read_bytes, odt(f"<text:p>{deep}</text:p>"), "a.odt")
