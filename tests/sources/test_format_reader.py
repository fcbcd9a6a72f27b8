from __future__ import annotations

import pytest
from format_kit import FILES, refusal
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources import read_bytes, read_file
from p3c_qual.sources.assemble import finish
from p3c_qual.sources.draft import Draft, Mark, TurnMark
from p3c_qual.sources.reader import READERS


@pytest.mark.parametrize("ending", sorted(READERS))
def test_an_empty_file_is_named_whatever_its_ending(ending):
    assert refusal(read_bytes, b" \n", f"a.{ending}").startswith(f"a.{ending}: The file is empty.")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a.doc", "save it as .docx"),
        ("a.mp3", "Transcribe it"),
        ("a.csv", "is a table and holds one source a row"),
        ("a.dcox", "Did you mean '.docx'?"),
        ("a", "The name has no ending"),
        ("a.xyz", "Valid: .txt"),
    ],
)
def test_an_ending_that_is_not_read_is_refused_with_what_to_do(name, what):
    assert what in refusal(read_bytes, b"words", name)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.txt", b"%PDF-1.7", "the content is a PDF"),
        ("a.md", (FILES / "table.docx").read_bytes(), "the content is a Word document"),
        ("a.txt", (FILES / "table.odt").read_bytes(), "the content is an OpenDocument text"),
        ("a.html", (FILES / "answers.xlsx").read_bytes(), "the content is a workbook"),
        ("a.txt", (FILES / "table.rtf").read_bytes(), "the content is rich text"),
        ("a.docx", (FILES / "table.odt").read_bytes(), "ends in .odt and add it again"),
        ("a.docx", b"only words", "it is not a Word document"),
        ("a.pdf", b"only words", "it is not a PDF"),
        ("a.txt", (FILES / "old.doc").read_bytes(), "old Word (.doc)"),
    ],
)
def test_a_name_that_does_not_fit_the_content_is_refused(name, data, what):
    assert what in refusal(read_bytes, data, name)


def test_a_missing_file_a_folder_and_a_near_name_are_told_apart(tmp_path):
    (tmp_path / "IP01.txt").write_text("x")
    assert "Did you mean 'IP01.txt'?" in refusal(read_file, tmp_path / "IP10.txt")
    assert "This is a folder" in refusal(read_file, tmp_path)
    assert "There is no such file" in refusal(read_file, tmp_path / "no" / "a.txt")


def test_fifty_megabytes_of_plain_text_are_read():
    line = b"R: We had a meeting on Monday, and nobody came. It rained.\n"
    data = (b"I: And then?\n" + line * 8) * (50_000_000 // (13 + 8 * len(line)) + 1)
    reading = read_bytes(data, "a.txt")
    assert len(reading.text) == len(data) > 50_000_000
    assert reading.parts["turn"].end[-1] == len(data) - 1


def test_form_feeds_separate_pages():
    reading = read_bytes(b"One.\x0cTwo.\x0c", "a.txt")
    assert reading.text == "One.\nTwo.\n"
    assert (reading.parts["page"].label, reading.parts["page"].start) == (["1", "2"], [0, 5])


def test_markdown_is_kept_and_its_headings_are_sections():
    text = (
        "---\ntitle: x\n---\n# Aims #\n\nTo be heard.\n\n```\n# no heading\n```\n"
        "Ways\n====\nOn foot.\n#hashtag\n- a\n---\n"
    )
    reading = read_bytes(text.encode(), "a.md")
    assert reading.text == text
    assert reading.parts["section"].label == ["Aims", "Ways"]
    section = reading.parts["section"]
    assert reading.text[section.start[1] :].startswith("Ways\n====")
    assert section.end[0] == section.start[1]


def test_subtitles_named_txt_are_read_with_a_hint():
    notes = read_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "a.txt").notes
    assert any("named .vtt" in note for note in notes)


def test_marks_follow_the_text_where_characters_are_composed():
    raw = "Cafe\u0301\r\nopen\r\nclosed"
    draft = Draft(
        raw,
        paragraphs=(Mark(0, 5), Mark(7, 11), Mark(13, 19)),
        sections=(Mark(0, 13, "Cafe\u0301"), Mark(13, 19, "b")),
        turns=(TurnMark(7, 11, 7, "Ame\u0301lie", 5),),
    )
    reading = finish(draft, "x-1", "en", "")
    assert reading.text == "Café\nopen\nclosed"
    assert reading.parts["paragraph"].start == [0, 5, 10]
    assert reading.parts["turn"].speaker == ["Amélie"]
    assert reading.parts["section"].start == [0, 10]


def test_a_mark_that_begins_inside_a_composed_character_never_overlaps_the_one_before():
    draft = Draft("e\u0301x", sections=(Mark(0, 1, "a"), Mark(1, 3, "b")))
    section = finish(draft, "x-1", "en", "").parts["section"]
    assert section.end[0] <= section.start[1]


def test_the_same_bytes_give_the_same_reading():
    data = (FILES / "marked.docx").read_bytes()
    assert read_bytes(data, "a.docx") == read_bytes(data, "a.docx")


def test_a_reading_speaks_of_the_file_only_by_its_name(tmp_path):
    path = tmp_path / "IP01.txt"
    path.write_text("I: So?\nR: So.")
    assert read_file(path) == read_bytes(path.read_bytes(), "IP01.txt")


@given(st.binary(max_size=300), st.sampled_from(sorted(READERS)))
def test_any_bytes_are_read_or_refused_in_words(data, ending):
    name = f"a.{ending}"
    said = refusal(read_bytes, data, name)
    assert said.startswith(f"{name}: ") or read_bytes(data, name).text.strip()


@given(st.text(alphabet="IR: \n.ab\r", min_size=1).filter(str.strip))
def test_the_parts_of_any_text_are_ordered_and_inside_it(text):
    reading = read_bytes(text.encode(), "a.txt")
    for part in reading.parts.values():
        assert all(
            0 <= a < b <= len(reading.text) for a, b in zip(part.start, part.end, strict=True)
        )
        assert all(end <= start for end, start in zip(part.end[:-1], part.start[1:], strict=True))
