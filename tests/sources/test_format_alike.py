"""The same interview in every format gives the same turns and the same words."""

from __future__ import annotations

import pytest
from format_kit import FILES

from p3c_qual.sources import read_file
from p3c_qual.sources.splitter import words

LABELLED = ["interview.txt", "interview.md", "interview.docx", "interview.odt", "interview.rtf"]
LABELLED += ["interview.html", "interview.pdf", "interview.srt", "interview.vtt", "hanging.pdf"]
TABLES = ["table.docx", "table.odt", "table.rtf", "table.html"]
TIMED = [*TABLES, "interview.srt", "interview.vtt"]


def cut(reading, kind):
    part = reading.parts[kind]
    return [reading.text[a:b] for a, b in zip(part.start, part.end, strict=True)]


def spoken(reading):
    """The words of each turn without the label, the stamp and the marks of Markdown."""
    found = []
    part = reading.parts["turn"]
    for text, speaker in zip(cut(reading, "turn"), part.speaker, strict=True):
        body = text.split(speaker, 1)[1].lstrip(":*\t ")
        starts, ends = words(body)
        found.append([body[a:b] for a, b in zip(starts, ends, strict=True)])
    return found


@pytest.fixture(scope="module")
def plain():
    return read_file(FILES / "interview.txt")


@pytest.mark.parametrize("name", [*LABELLED, *TABLES])
def test_the_turns_are_the_same_in_every_format(plain, name):
    reading = read_file(FILES / name)
    turns, expected = reading.parts["turn"], plain.parts["turn"]
    count = 6
    assert turns.speaker[:count] == expected.speaker == ["I", "R"] * 3
    assert turns.role[:count] == expected.role == ["interviewer", "interviewee"] * 3


@pytest.mark.parametrize("name", [*LABELLED, *TABLES])
def test_the_words_are_the_same_in_every_format(plain, name):
    found = spoken(read_file(FILES / name))[:6]
    expected = spoken(plain)
    if name == "interview.pdf":
        # the PDF draws the thumb and its colour as one glyph and keeps only the thumb
        expected = [[word.removesuffix("🏽") for word in turn] for turn in expected]
        found = [[word.removesuffix("🏽") for word in turn] for turn in found]
    if name == "hanging.pdf":
        expected = [[word.removesuffix("🏽") for word in turn] for turn in expected]
    assert [w for turn in found for w in turn if w[0].isalnum()] == [
        w for turn in expected for w in turn if w[0].isalnum()
    ]
    assert len(found) == len(expected)


@pytest.mark.parametrize("name", TIMED)
def test_the_times_are_the_same_in_every_format_that_has_them(name):
    times = read_file(FILES / name).parts["turn"].time
    assert times == [2000, 5000, 31000, 33000, 52000, 54000]


@pytest.mark.parametrize("name", ["interview.docx", "interview.odt", "interview.rtf"])
def test_the_text_of_word_processors_is_the_same_to_the_character(name):
    assert read_file(FILES / name).text == read_file(FILES / "interview.html").text


@pytest.mark.parametrize("name", ["table.docx", "table.odt", "table.html"])
def test_the_text_of_tables_is_the_same_to_the_character(name):
    assert read_file(FILES / name).text == read_file(FILES / "table.rtf").text


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("interview.*")))
def test_every_reading_names_its_reader_and_keeps_its_parts_inside_the_text(name):
    if name.endswith(".fodt"):
        return
    reading = read_file(FILES / name)
    assert reading.reader == f"{name.split('.')[1]}-1"
    assert reading.splitter.startswith("en-")
    for part in reading.parts.values():
        assert all(
            0 <= a < b <= len(reading.text) for a, b in zip(part.start, part.end, strict=True)
        )
        assert all(end <= start for end, start in zip(part.end[:-1], part.start[1:], strict=True))


@pytest.mark.parametrize("name", [*LABELLED, *TABLES])
def test_sentences_lie_inside_turns_or_outside_of_all_of_them(name):
    reading = read_file(FILES / name)
    turns, sentences = reading.parts["turn"], reading.parts["sentence"]
    for a, b in zip(sentences.start, sentences.end, strict=True):
        touched = [(s, e) for s, e in zip(turns.start, turns.end, strict=True) if s < b and a < e]
        assert not touched or (len(touched) == 1 and touched[0][0] <= a and b <= touched[0][1])
