from __future__ import annotations

import pytest
from format_kit import refusal

from p3c_qual.sources import read_bytes


def vtt(*cues):
    blocks = [
        f"00:00:{2 * n:02}.000 --> 00:00:{2 * n + 1:02}.500\n{cue}\n" for n, cue in enumerate(cues)
    ]
    return read_bytes(("WEBVTT\n\n" + "\n".join(blocks)).encode(), "a.vtt")


def srt(*cues):
    blocks = [
        f"{n + 1}\n00:00:{2 * n:02},000 --> 00:00:{2 * n + 1:02},500\n{cue}\n"
        for n, cue in enumerate(cues)
    ]
    return read_bytes("\n".join(blocks).encode(), "a.srt")


def cut(reading, kind="turn"):
    part = reading.parts[kind]
    return [reading.text[a:b] for a, b in zip(part.start, part.end, strict=True)]


def test_consecutive_cues_of_one_voice_are_one_turn_with_the_time_of_the_first():
    reading = vtt("<v Mira>How</v>", "<v Mira>was it?</v>", "<v Jo>Long.</v>")
    assert cut(reading) == ["Mira: How was it?", "Jo: Long."]
    assert reading.parts["turn"].time == [0, 4000]
    assert reading.parts["turn"].speaker == ["Mira", "Jo"]


def test_two_voices_in_one_cue_are_two_turns():
    reading = vtt("<v.loud Mira Lee>Hi</v>\n<v Jo>Hello</v>", "<v Mira Lee>So.</v>")
    assert cut(reading) == ["Mira Lee: Hi", "Jo: Hello", "Mira Lee: So."]


def test_a_cue_without_a_voice_is_given_to_nobody():
    reading = vtt("<v Mira>Hi</v>", "(a door)", "<v Mira>So.</v>")
    assert reading.parts["turn"].speaker == ["Mira", "", "Mira"]
    assert cut(reading)[1] == "(a door)"


def test_tags_and_entities_are_read_as_shown():
    reading = vtt("<v Mira><i>Tom &amp; Jo</i> <00:00:00.500>&lt;so&gt;</v>")
    assert reading.text == "Mira: Tom & Jo <so>"


def test_sentences_do_not_hold_the_voice():
    assert cut(vtt("<v Mira>One. Two.</v>"), "sentence") == ["One.", "Two."]


def test_names_before_a_colon_are_speakers_in_both_formats():
    cues = ("Mira: How\nwas it?", "Jo: Long.", "And cold.", "Mira: Oh.", "Jo: Yes.")
    for reading in (vtt(*cues), srt(*cues)):
        assert cut(reading) == ["Mira: How was it?", "Jo: Long. And cold.", "Mira: Oh.", "Jo: Yes."]
        assert reading.parts["turn"].speaker == ["Mira", "Jo"] * 2
        assert reading.parts["turn"].time == [0, 2000, 6000, 8000]


def test_without_speakers_a_turn_ends_with_a_sentence():
    reading = srt("It began", "in spring.", "Then <b>it</b> ended.")
    assert cut(reading) == ["It began in spring.", "Then it ended."]
    assert reading.parts["turn"].speaker == ["", ""]
    assert any("no speaker is named" in note for note in reading.notes)


@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
@pytest.mark.parametrize("data", [b"Some words\n", b"WEBVTT\n", b"1\nx --> y\nz\n"])
def test_a_file_without_cues_is_refused_with_what_to_do(name, data):
    said = refusal(read_bytes, data, name)
    assert "holds no subtitle cue" in said
    assert ".txt" in said


def test_line_ends_and_byte_order_marks_of_windows_do_no_harm():
    data = "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n<v Mira>Hi\r\n".encode()
    assert read_bytes(data, "a.vtt").text == "Mira: Hi"
