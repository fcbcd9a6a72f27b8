from __future__ import annotations

import pytest
from format_kit import FILES, refusal
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources import read_bytes, read_file
from p3c_qual.sources.rtf_groups import prepare


def read(body):
    return read_bytes(rb"{\rtf1\ansi\ansicpg1252 " + body + b"}", "a.rtf")


@pytest.fixture(scope="module")
def marked():
    return read_file(FILES / "marked.rtf")


def test_rich_text_reads_as_word_does_but_for_the_text_box(marked):
    word = read_file(FILES / "marked.docx")
    assert marked.text == word.text.replace("Words in a box\n", "")
    assert "1 text box left out; save the file as .docx to have them read." in marked.notes
    assert marked.notes[0] == word.notes[0]


def test_headings_are_sections_but_the_title_is_not_known(marked):
    assert marked.parts["section"].label == [
        "How it works",
        "What is needed",
        "Footnotes",
        "Endnotes",
    ]


def test_properties_are_read(marked):
    assert marked.meta == {
        "title": "Neighbour rounds",
        "author": "A Transcriber",
        "date": "2023-05-04",
    }


def test_deleted_and_hidden_text_is_left_out_until_it_is_switched_off():
    reading = read(rb"a {\deleted b }c {\v d\v0 e }f\par {\deleted\par}g")
    assert reading.text == "a c e f\ng"
    assert "1 hidden passage left out." in reading.notes


def test_halves_of_characters_are_put_together():
    assert read(rb"\u-10179?\u-9143? and \u8212\'97 so").text == "🐩 and — so".replace(
        "🐩", "\U0001f449"
    )


def test_bytes_of_an_old_code_page_are_read():
    data = b"{\\rtf1\\ansi\\ansicpg1250 " + "Győr šuma".encode("cp1250") + b"}"
    assert read_bytes(data, "a.rtf").text == "Győr šuma"


def test_a_footnote_of_word_is_moved_to_the_end():
    reading = read(rb"One{\super\chftn{\footnote\pard {\super\chftn} Not so.}} two.\par")
    assert reading.text == "One[1] two.\nFootnotes\n[1] Not so."


def test_links_keep_their_words_and_lose_their_address():
    link = rb'{\field{\*\fldinst{HYPERLINK "http://example.org"}}{\fldrslt{\ul the page}}}'
    assert read(b"See " + link + b".").text == "See the page."


def test_pictures_and_what_follows_the_document_are_dropped():
    assert read(rb"a{\pict\bin3 {}}x}b{\*\themedata 00ff}} trailing").text == "ab"


def test_a_table_whose_last_row_does_not_end_keeps_its_words():
    assert read(rb"\intbl a\cell b\cell\pard c\par").text == "a\nb\nc"


def test_lines_inside_a_cell_stay_in_it():
    row = rb"\trowd\intbl R\cell\intbl one\par two\cell\row "
    reading = read(row.replace(b"R\\", b"I\\") + row + rb"\pard end")
    assert reading.parts["turn"].speaker == ["I", "R"]
    assert reading.text == "I\tone\ntwo\nR\tone\ntwo\nend"


def test_a_file_that_only_claims_to_be_rich_text_is_refused():
    assert "it is not rich text" in refusal(read_bytes, b"plain words", "a.rtf")


@given(st.text(alphabet="ab {}\\'*0\n", max_size=60))
def test_groups_of_any_shape_come_out_balanced(body):
    source = prepare("{\\rtf1 " + body + "}").source
    bare = source.replace("\\\\", "").replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")


@given(st.text(st.characters(max_codepoint=0x2FFF, categories=("L", "N", "P")), min_size=1))
def test_any_word_written_as_unicode_comes_back(word):
    escaped = "".join(f"\\u{ord(c) if ord(c) < 0x8000 else ord(c) - 0x10000}?" for c in word)
    from unicodedata import normalize

    assert read(escaped.encode("ascii")).text == normalize("NFC", word)
