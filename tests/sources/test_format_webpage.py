from __future__ import annotations

import pytest
from format_kit import FILES, refusal
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources import read_bytes, read_file


def read(page):
    return read_bytes(page if isinstance(page, bytes) else page.encode(), "a.html")


def test_a_page_of_libreoffice_is_read():
    reading = read_file(FILES / "marked.html")
    assert reading.parts["section"].label == ["How it works", "What is needed"]
    assert "The first line\nand the second, with a tab and 10\xa0km." in reading.text
    assert "Not to be seen" not in reading.text
    assert "1 hidden element left out." in reading.notes
    assert "Village\tVisits\nUpper end\t12\nLower end\t7" in reading.text
    assert reading.meta["title"] == "Neighbour rounds"


def test_block_elements_are_paragraphs_and_inline_elements_are_not():
    reading = read("<div>One <b>and</b> the <i>same</i>.<p>Next.</p>Last</div><ul><li>a<li>b</ul>")
    assert reading.text == "One and the same.\nNext.\nLast\na\nb"
    assert len(reading.parts["paragraph"]) == 5


def test_white_space_is_one_space_but_in_preformatted_text():
    assert read("<p> a \n\t b </p><pre>x\n  y</pre>").text == "a b\nx\n  y"


def test_a_line_break_is_kept_inside_its_paragraph():
    reading = read("<p>one <br> two<br/>three</p>")
    assert reading.text == "one\ntwo\nthree"
    assert len(reading.parts["paragraph"]) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<!-- x -->",
        "<template>x</template>",
        "<p hidden>x</p>",
        '<p style="Display : None">x</p>',
        "<head><title>x</title></head>",
    ],
)
def test_what_is_not_shown_is_not_read(page):
    assert read(f"{page}<p>y</p>").text == "y"


def test_the_encoding_that_the_page_declares_is_used():
    page = '<meta charset="iso-8859-2"><p>Győr šuma</p>'.encode("iso-8859-2")
    reading = read(page)
    assert reading.text == "Győr šuma"
    assert "Read as iso-8859-2, as the page declares." in reading.notes


def test_latin_1_is_read_as_browsers_do():
    assert read('<meta charset="iso-8859-1"><p>“so”</p>'.encode("cp1252")).text == "“so”"


def test_a_page_that_declares_a_wrong_encoding_is_read_all_the_same():
    page = '<meta charset="utf-8"><p>Grüße aus Köln</p>'.encode("cp1252")
    assert read(page).text == "Grüße aus Köln"
    assert read('<meta charset="utf-99"><p>Grüße</p>').text == "Grüße"


def test_entities_that_a_page_declares_are_not_expanded():
    page = (
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "haha">]><p>x &b; &c;</p>'
    )
    text = read(page).text
    assert "root:" not in text
    assert "x &b; &c;" in text


def test_a_table_that_only_frames_the_page_is_running_text():
    reading = read("<table><tr><td><h2>Aims</h2><p>One.</p><p>Two.</p></td></tr></table>")
    assert reading.text == "Aims\nOne.\nTwo."
    assert reading.parts["section"].label == ["Aims"]


def test_lists_with_numbers_are_said_to_lose_them():
    notes = read("<ol><li>a<li>b</ol>").notes
    assert "2 list items of numbered lists; the numbers are not part of the text." in notes


def test_a_page_nested_very_deep_is_read():
    assert "x" in read("<div>" * 3000 + "x" + "</div>" * 3000).text
    assert "x" in read("<table><tr><td>a<td>" * 200 + "x").text


def test_a_page_without_words_holds_no_text():
    assert "holds no text" in refusal(read, "<p><img src=a></p>")


@given(st.lists(st.text("abc xyz\n", min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_every_paragraph_is_a_line(texts):
    reading = read("".join(f"<p>{text}</p>" for text in texts))
    assert reading.text.split("\n") == [" ".join(text.split()) for text in texts]


def test_a_page_that_is_an_address_alone_is_read_as_one_line() -> None:
    assert read_bytes(b"http:", "a.htm").text == "http:"
