from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.errors import P3CError
from p3c_qual.sources.decode import decode

ENGLISH = "I: How did it go?\r\nR: Well, “fine”, the café’s naïve £5.\r\n" * 5
GERMAN = "Was hat sich geändert? Die Ärzte reden öfter, schön, über größere Fälle. "
FRENCH = "Les infirmières étaient très présentes, où ça, naïf, à côté. "
HUNGARIAN = "Hogyan működött? Nagyon jól, őszintén szólva a nővérek segítettek, féltem. "
CROATIAN = "Što mislite o suradnji? Mislim da je važno, žene češće kažu, đak čeka. "
POLISH = "Myślę, że pielęgniarka była bardzo pomocna, łatwiej było umówić wizytę. "
RUSSIAN = "Как вы думаете, что изменилось? Мне кажется, стало лучше. "
JAPANESE = "インタビュアー:どう思いますか。回答者:とても良いと思います。"
CHINESE = "你觉得有什么变化？我觉得医生之间的沟通更好了。"

WRITTEN = [
    (ENGLISH, "utf-8", "utf-8"),
    (ENGLISH, "utf-8-sig", "utf-8"),
    (ENGLISH, "utf-16", "utf-16-le"),
    (ENGLISH, "utf-16-le", "utf-16-le"),
    (ENGLISH, "utf-16-be", "utf-16-be"),
    (ENGLISH, "utf-32", "utf-32-le"),
    (ENGLISH, "utf-32-le", "utf-32-le"),
    (ENGLISH, "utf-32-be", "utf-32-be"),
    (ENGLISH, "cp1252", "windows-1252"),
    (ENGLISH, "mac-roman", "mac-roman"),
    (GERMAN, "cp1252", "windows-1252"),
    (GERMAN, "cp850", "cp850"),
    (FRENCH, "latin-1", "windows-1252"),
    (FRENCH, "mac-roman", "mac-roman"),
    (HUNGARIAN, "cp1250", "windows-1250"),
    (CROATIAN, "cp1250", "windows-1250"),
    (CROATIAN, "iso8859-2", "iso8859-2"),
    (POLISH, "cp1250", "windows-1250"),
    (RUSSIAN, "cp1251", "windows-1251"),
    (RUSSIAN, "utf-16-le", "utf-16-le"),
    (JAPANESE, "shift_jis", "cp932"),
    (JAPANESE, "utf-16-le", "utf-16-le"),
    (CHINESE, "gbk", "gb18030"),
    (CHINESE, "utf-16-be", "utf-16-be"),
]


@pytest.mark.parametrize(
    ("text", "written", "named"), WRITTEN, ids=[f"{t[:6]}-{w}" for t, w, _ in WRITTEN]
)
def test_a_text_is_read_as_it_was_written(text: str, written: str, named: str) -> None:
    decoded = decode(text.encode(written), where="a.txt")
    assert decoded.text == text
    assert decoded.encoding == named
    assert decoded.notes == (() if named == "utf-8" else (f"Read as {named}.",))


@given(st.text(min_size=1).filter(lambda text: not text.isspace() and "\x00" not in text))
def test_any_text_in_utf8_comes_back(text: str) -> None:
    if text.startswith("\ufeff"):
        text = text[1:] + "."
    if not text.startswith(("%PDF-", "PK\x03\x04", "GIF8")):
        assert decode(text.encode(), where="a.txt").text == text


@given(
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs",)), min_size=2).filter(
        lambda text: not text.isspace() and text[0] != "\ufeff"
    ),
    st.sampled_from(["utf-16", "utf-32"]),
)
def test_any_text_with_a_byte_order_mark_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), where="a.txt").text == text


def test_a_few_bad_bytes_leave_utf8_what_it_is() -> None:
    data = "Grüße\nfrom Zürich\n".encode() + b"one \xff bad" + "\nnaïve".encode()
    decoded = decode(data, where="a.txt")
    assert decoded.encoding == "utf-8"
    assert decoded.text == "Grüße\nfrom Zürich\none \ufffd bad\nnaïve"
    assert decoded.notes == ("1 place that is not valid utf-8 became U+FFFD, the first in line 3.",)


def test_a_file_cut_inside_a_character_stays_utf8() -> None:
    decoded = decode(b"It is nothing" + b"\xe2\x80", where="a.txt")
    assert decoded.text == "It is nothing\ufffd"
    assert decoded.encoding == "utf-8"


def test_a_replacement_character_of_the_file_itself_is_not_counted() -> None:
    decoded = decode("lost: \ufffd, naïve ".encode() + b"\xff", where="a.txt")
    assert decoded.notes[0].startswith("1 place ")


def test_line_ends_are_left_for_the_next_step() -> None:
    assert decode(b"a\r\nb\rc", where="a.txt").text == "a\r\nb\rc"


def test_a_single_zero_byte_is_no_reason_to_refuse_a_text() -> None:
    assert decode(b"ab\x00cd", where="a.txt").text == "ab\x00cd"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \x00"])
def test_an_empty_file_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(P3CError, match=r"^notes\.txt: the file (is empty|holds only white space)"):
        decode(data, where="notes.txt")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Office"),
        (b"SQLite format 3\x00", "database"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (bytes(1000), "binary"),
        (random.Random(7).randbytes(5000), "binary"),
        (b"text " * 10 + bytes(200), "binary"),
    ],
)
def test_what_is_no_text_is_refused_and_named(data: bytes, what: str) -> None:
    with pytest.raises(P3CError, match=f"a.txt: this is .*{what}.*not a text"):
        decode(data, where="a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_one_clear_error(data: bytes) -> None:
    try:
        text = decode(data, where="a.txt").text
    except P3CError as refused:
        text = str(refused)
    assert text.strip()
