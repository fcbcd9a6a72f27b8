from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.sources.labels import is_known, is_name, roles_of, same_person
from p3c_qual.sources.splitter import sentences
from p3c_qual.sources.turns import Turns, find_turns

LINES = st.sampled_from(
    [
        *(
            "I: How was it?",
            "R: Good.",
            "R Yes it was.",
            "I was there.",
            "I What then?",
            "Anna: Hello.",
        ),
        *(
            "Ben Hill: Well.",
            "[Anna] Hi.",
            "[laughs]",
            "<v Ben>Yes",
            "**I:** So?",
            "Note: this.",
            "",
        ),
        *(
            "#00:00:12-3#",
            "R: No. #00:00:15-1#",
            "[00:01:02] I: And?",
            "00:20",
            "P1 0:12",
            "  ",
            "x",
        ),
        *(
            "- item",
            "http://a.b",
            "10:30 we met",
            "I:",
            "INT.: Well",
            "e\u0301 👩\u200d👩\u200d👧: x",
            "A",
        ),
    ]
)
TEXTS = st.one_of(st.lists(LINES, max_size=15).map("\n".join), st.text(max_size=60))


def said_by(text: str, turns: Turns) -> list[tuple[str, str]]:
    parts = turns.parts
    return [
        (speaker, text[start:end])
        for speaker, start, end in zip(parts.speaker, parts.start, parts.end, strict=True)
    ]


def speakers(text: str, **options: str) -> list[str]:
    return find_turns(text, **options).parts.speaker


def test_a_turn_holds_its_label_and_all_lines_up_to_the_next() -> None:
    text = "Interview 4\n\nI: How was it?\nR: Good.\nReally.\n\nAnd more.\n\nI: And?\n"
    turns = find_turns(text)
    assert said_by(text, turns) == [
        ("I", "I: How was it?"),
        ("R", "R: Good.\nReally.\n\nAnd more."),
        ("I", "I: And?"),
    ]
    assert turns.parts.label == ["1", "2", "3"]
    assert turns.parts.role == ["interviewer", "interviewee", "interviewer"]
    assert turns.parts.time == [None, None, None]
    assert turns.scheme == "colon"
    assert turns.notes == ("3 turns of 2 speakers: I (interviewer, 2), R (interviewee, 1).",)
    assert [text[start:end] for start, end in turns.said] == [
        *("Interview 4", "How was it?", "Good.\nReally.\n\nAnd more.", "And?"),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "scheme"),
    [
        ("Anna Hill: So?\nBen: Yes.\nAnna Hill: And?\nBen: No.", ["Anna Hill", "Ben"] * 2, "colon"),
        (
            "Jan de Vries: Ja?\nEva: Ja.\nJan de Vries: Zo.\nEva: Nee.",
            ["Jan de Vries", "Eva"] * 2,
            "colon",
        ),
        ("[Anna] So?\n[Ben] Yes.\n[Anna] And?\n[Ben] No.", ["Anna", "Ben"] * 2, "bracket"),
        ("[I]: So?\n[R]: Yes.\n[name] went.", ["I", "R"], "bracket"),
        ("<v Anna>So?\n<v Ben>Yes.", ["Anna", "Ben"], "voice"),
        ("**I:** So?\n\n**R:** Yes.\n\n*I*: And?\n\n__R:__ No.", ["I", "R", "I", "R"], "colon"),
        ("Speaker 1  0:12\nSo?\n\nSpeaker 2  0:15\nYes.", ["Speaker 1", "Speaker 2"], "timed"),
        ("Interviewer\nSo?\n\nRespondent\nYes.", ["Interviewer", "Respondent"], "bare"),
        ("I\tSo?\nR\tYes.", ["I", "R"], "bare"),
        (
            "I Did it work?\n\nR It did.\nI think so.\n\nI When?\n\nR Then.",
            ["I", "R", "I", "R"],
            "bare",
        ),
        (
            'I: And the doctor?\nR He said: "Do it."\nI: When?\nR: Then.\nHe said: never.',
            ["I", "R", "I", "R"],
            "colon",
        ),
        ("SPEAKER_00: So?\nSPEAKER_01: Yes.", ["SPEAKER_00", "SPEAKER_01"], "colon"),
        (
            "Intervieweuse : Et ?\nMme Petit : Oui.\nMme Petit : Si.",
            ["Intervieweuse", "Mme Petit", "Mme Petit"],
            "colon",
        ),
        (
            "GP (North): a\nI: b\nGP (South): c\nGP (North): d\nGP (South): e",
            ["GP (North)", "I", "GP (South)", "GP (North)", "GP (South)"],
            "colon",
        ),
        ("I: a\nR (laughs): b\nR: c", ["I", "R", "R"], "colon"),
        ("Q: why?\nA: because", ["Q", "A"], "colon"),
        ("i: so?\nr: yes", ["i", "r"], "colon"),
        ("\xa0I: so?\n> R: yes", ["I", "R"], "colon"),
    ],
)
def test_the_usual_ways_to_mark_a_speaker(text: str, expected: list[str], scheme: str) -> None:
    turns = find_turns(text)
    assert turns.parts.speaker == expected
    assert turns.scheme == scheme


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I was there.\nI think so.\nR is a language.\nA GP came.",
        "I Think, a poem\nI was there",
        "Note: this\nNote: that\nhttp://a.b\nhttp://a.b\n10:30 we met\n10:30 again",
        "A text.\n\nContact: Jo\nEmail: x\n\nContact: Bo\nEmail: y",
        "I: Introduction\na\nII: Methods\nb\nIII: Results\nc",
        "A: first\nB: second\nC: third",
        "Long text without labels.\n" * 20 + "Anna: x\n" * 2,
        "he said: x\nhe said: y\nshe said: z\nshe said: z",
        "[Laughs] a\n[Pause] b\n[Laughs] c\n[Pause] d",
        "A paragraph first.\n\nR: a single line",
    ],
)
def test_what_only_looks_like_a_label_is_left_alone(text: str) -> None:
    turns = find_turns(text)
    assert len(turns.parts) == 0
    assert turns.scheme == "none"
    assert turns.notes == ("No speakers were recognised.",)


def test_a_label_without_its_colon_counts_where_the_text_has_it_elsewhere() -> None:
    text = "I: So?\nR: Well.\nI was there.\nI think.\nR Yes, I was.\nI What then?\nI Googled it, and\nI Met her"
    assert said_by(text, find_turns(text))[2:] == [
        ("R", "R Yes, I was."),
        ("I", "I What then?"),
        ("I", "I Googled it, and\nI Met her"),
    ]


def test_a_name_that_stands_once_stays_text_and_is_said() -> None:
    turns = find_turns("Moderator: Welcome.\nP1: Hi.\nMaria: Hello.\nP2: Hi.")
    assert turns.parts.speaker == ["Moderator", "P1", "P2"]
    assert turns.notes[1].endswith("stands once: Maria.")


def test_the_particulars_above_the_talk_are_no_turns_but_name_the_interviewer() -> None:
    text = "Interviewer: Anna Hill\nParticipant: P07\nDate: 3 May\n\nAH: So?\nP07: Yes.\nAH: And?\nP07: No."
    turns = find_turns(text)
    assert turns.parts.speaker == ["AH", "P07", "AH", "P07"]
    assert turns.parts.role[:2] == ["interviewer", "interviewee"]


TALK = "Anna: a\nBen: b\nAnna: c\nBen: d"


def test_the_interviewer_may_be_named_and_is_asked_for_otherwise() -> None:
    assert find_turns(TALK, interviewer="Anna Hill").parts.role[:2] == [
        "interviewer",
        "interviewee",
    ]
    unknown = find_turns(TALK)
    assert unknown.parts.role == [""] * 4
    assert unknown.notes[1].startswith("Who asks is not known")


def test_letters_are_read_by_their_language() -> None:
    german = "F: a\nA: b\nF: c\nA: d"
    assert find_turns(german, language="de").parts.role[:2] == ["interviewer", "interviewee"]
    assert find_turns(german, language="en").parts.role == [""] * 4
    assert find_turns("I: a\nB: b\nB2: c", language="de").parts.role == [
        *("interviewer", "interviewee", "interviewee"),
    ]


@pytest.mark.parametrize(
    ("keys", "asking"),
    [
        (["i", "r"], {"i"}),
        (["interviewer", "i"], {"interviewer"}),
        (["interviewer 1", "interviewer 2", "p1"], {"interviewer 1", "interviewer 2"}),
        (["q", "a"], {"q"}),
        (["moderator", "anna"], {"moderator"}),
    ],
)
def test_who_asks(keys: list[str], asking: set[str]) -> None:
    roles = roles_of(keys)
    assert {key for key, role in roles.items() if role == "interviewer"} == asking
    assert set(roles.values()) == {"interviewer", "interviewee"}


def test_names_and_known_labels() -> None:
    assert all(map(is_name, ("Anna", "Mary-Jane O'Neil", "Jan van de Velde", "ab", "GP (North)")))
    assert not any(map(is_name, ("Note", "so she said", "One Two Three Four", "Page 3")))
    assert is_known("ie", ["ie"])
    assert not is_known("anna", ["i", "anna"])
    assert same_person("ah", "Ben Wood; Anna Hill")
    assert not same_person("", "")


@pytest.mark.parametrize(
    ("text", "times", "note"),
    [
        ("#00:00:01-2# I: a #00:00:05-1#\n#00:00:06-0# R: b", [1200, 6000], "f4 on 2."),
        ("I: a #00:00:05-1#\nR: b\nmore #00:00:09-0#", [5100, 9000], "f4 on 2 (at their ends)."),
        ("[00:00:12] I: a\n(00:15) R: b", [12_000, 15_000], "brackets on 2."),
        ("00:00:12 I: a\n00:15 R: b", [12_000, 15_000], "bare on 2."),
        ("00:00:12\nI: a\n\n00:00:15\n\nR: b", [12_000, 15_000], "bare on 2."),
        ("I: [00:00:12] a\nR [00:00:14]: b", [12_000, 14_000], "brackets on 2."),
        ("I: a\nR: b\n[00:07] more", [None, 7000], "brackets on 1."),
    ],
)
def test_a_turn_carries_its_time_and_no_sentence_holds_it(
    text: str, times: list[int | None], note: str
) -> None:
    turns = find_turns(text)
    assert turns.parts.time == times
    assert turns.notes[0].endswith(f"; time stamps {note}")
    assert not any(char.isdigit() for start, end in turns.said for char in text[start:end])


def test_stamps_without_speakers_are_said() -> None:
    assert find_turns("[00:12] one\n[00:15] two").notes == (
        "No speakers were recognised; time stamps brackets on 2.",
    )


@given(TEXTS)
def test_turns_are_ordered_disjoint_inside_the_text_and_leave_only_white_space(text: str) -> None:
    parts = find_turns(text).parts
    edges = [edge for pair in zip(parts.start, parts.end, strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(start < end <= len(text) for start, end in zip(parts.start, parts.end, strict=True))
    nexts = [*parts.start[1:], len(text)] if parts else []
    for end, start in zip(parts.end, nexts, strict=True):
        assert text[end:start].strip() == ""
    for start in parts.start:
        assert start == 0 or text[start - 1] == "\n"
    assert len({len(column) for column in vars(parts).values()}) == 1


@given(TEXTS)
def test_sentences_of_what_is_said_lie_within_turns_and_miss_only_labels_and_stamps(
    text: str,
) -> None:
    turns = find_turns(text)
    starts, ends = sentences(text, "en", turns.said)
    for start, end in zip(starts, ends, strict=True):
        assert not any(start < edge < end for edge in (*turns.parts.start, *turns.parts.end))
    said = {at for start, end in turns.said for at in range(start, end)}
    covered = {at for start, end in zip(starts, ends, strict=True) for at in range(start, end)}
    assert {at for at in said if not text[at].isspace()} <= covered <= said
    # a label or a stamp stands at the start or the end of its line, never between
    for line in re.finditer(r".+", text):
        holds = [at in said for at in range(*line.span()) if not text[at].isspace()]
        assert sum(one != two for one, two in pairwise([False, *holds, False])) <= 2


@given(TEXTS)
def test_a_line_of_plain_speech_is_said_whole(text: str) -> None:
    spoken = "and that is what I remember of it"
    whole = f"{text}\n{spoken}\n"
    turns = find_turns(whole)
    at = len(text) + 1
    assert any(start <= at and at + len(spoken) <= end for start, end in turns.said)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 10_000 + ": x\n",
        "A:" * 150_000,
        "\n" * 300_000,
        " \n" * 150_000,
        "[" * 300_000,
        "*" * 300_000,
        "1:" * 150_000,
        "\nAnna Bert Carl Dora Emil:" * 10_000,
        "\nA (" * 75_000,
        "\n<v " * 75_000,
        "\nI\n" * 75_000,
        "#00:00:01#" * 30_000,
        "#00:00:01#" + " " * 300_000 + "#00:00:01#",
        ("\n" + " " * 500) * 600,
        "word " * 60_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_texts_are_searched_in_linear_time(text: str) -> None:
    began = time.process_time()
    find_turns(text)
    assert time.process_time() - began < 3
