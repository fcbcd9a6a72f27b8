"""Formal structuring: the outline of a text, and its formal categories."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structuring_kit import TEXTS, ask, code, make, refused

from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.outline import lacks_outline, table_outline
from p3c_qual.sources.incoming import Incoming


@pytest.fixture
def formal(tmp_path):
    """Give the study with a question of formal structuring."""
    with make(tmp_path) as study:
        ask(study, "formal")
        yield study


def test_an_interview_is_outlined_turn_by_turn(formal):
    table = table_outline(formal, "IP01")
    assert table["speaker"].tolist() == ["I", "R", "I", "R"]
    assert table["words"].tolist() == [4, 9, 3, 6]
    assert table["sentences"].tolist() == [1, 2, 1, 1]
    assert table["questions"].tolist() == [1, 0, 1, 0]
    assert table["share"].sum() == pytest.approx(1)
    assert table.attrs["part"] == "turn"
    assert table.attrs["mean_words"] == 5.5
    assert table.attrs["speakers"]["R"] == {
        "turns": 2,
        "words": 15,
        "share": 15 / 22,
        "mean_words": 7.5,
    }


def test_words_before_the_first_turn_have_a_row_of_their_own(formal, tmp_path):
    said = "Taken up while they were talking already.\n\n" + TEXTS["IP01"]
    (tmp_path / "late.txt").write_text(said, "utf-8")
    formal.add([Incoming(tmp_path / "late.txt", interviewee="IP09", id="late")])
    table = table_outline(formal, "late")
    assert table["speaker"].tolist() == ["", "I", "R", "I", "R"]
    assert table["words"].sum() == 7 + 22


def test_whoever_asks_a_question_is_counted(formal):
    assert table_outline(formal, "IP02")["questions"].tolist() == [1, 1]


def test_a_document_is_outlined_by_its_paragraphs_or_sections(formal):
    table = table_outline(formal, "plan")
    assert table.attrs["part"] in {"section", "paragraph"}
    assert table["words"].sum() == table.attrs["words"] == 16
    assert table.attrs["speakers"] == {}


def test_formal_categories_stand_where_they_were_given(formal):
    code(formal, "IP01", "I: And the money?\nR: There is none", "trust")
    code(formal, "IP01", "And the", "meeting.phone")
    table = table_outline(formal, "IP01", question="formal")
    assert table["codes"].tolist() == ["", "", "meeting.phone;trust", "trust"]
    assert table_outline(formal, "IP01")["codes"].tolist() == [""] * 4
    assert "main coder anna" in table.attrs["reading_set"]


def test_an_unknown_erased_or_empty_source_is_told(formal, tmp_path):
    assert "'IP1'. Did you mean 'IP01'?" in refused(table_outline, formal, "IP1")
    formal.withdraw("IP02", reason="asked for it")
    assert "has no text any more" in refused(table_outline, formal, "IP02")
    assert "no research question 'no'" in refused(table_outline, formal, "IP01", question="no")
    (tmp_path / "dots.txt").write_text("...\n", "utf-8")
    formal.add([Incoming(tmp_path / "dots.txt", kind="document", id="dots")])
    assert table_outline(formal, "dots").attrs["parts"] == 1


def test_the_step_says_which_sources_have_no_formal_category(formal):
    with formal.store.read() as connection:
        asked = read_question(connection, "formal")
        (said,) = lacks_outline(connection, asked)
    assert "no formal category was given in IP01, IP02, IP03, group, plan" in str(said)
    for key in ("IP01", "IP02", "IP03"):
        code(formal, key, "How do you meet?", "trust")
    code(formal, "group", "Who begins?", "trust")
    code(formal, "plan", "The plan", "trust")
    with formal.store.read() as connection:
        assert lacks_outline(connection, asked) == []


_words = st.lists(
    st.sampled_from(["we", "meet", "tea?", "مرحبا", "👩🏽‍⚕️", "no."]), min_size=1, max_size=8
)
_turns = st.lists(st.tuples(st.sampled_from(["I", "R"]), _words), min_size=1, max_size=6)


@given(_turns)
@settings(max_examples=25)
def test_every_word_of_a_talk_is_in_one_turn(tmp_path_factory, turns):
    folder = tmp_path_factory.mktemp("talk")
    with make(folder) as study:
        said = "".join(f"{who}: {' '.join(words)}\n" for who, words in turns)
        (folder / "talk.txt").write_text(TEXTS["IP01"] + said, "utf-8")
        study.add([Incoming(folder / "talk.txt", interviewee="IP09", id="talk")])
        table = table_outline(study, "talk")
        labels = len(table) if table.attrs["part"] == "turn" else 0
        assert table["words"].sum() == len(study.text("talk").split()) - labels
        assert (table["start"].to_numpy()[1:] >= table["end"].to_numpy()[:-1]).all()
        assert table["share"].sum() == pytest.approx(1)
