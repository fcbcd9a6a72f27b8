"""The framework matrix: cells, their references, what is stale and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structuring_kit import UNITS, ask, at, code, codes_of, make, refused

import p3c_qual as p3c
from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.cases import cases_of
from p3c_qual.mayring.structuring.matrix import (
    cells_csv,
    clear_cell,
    confirm_cell,
    lacks_matrix,
    passages,
    write_cell,
)
from p3c_qual.mayring.structuring.matrix_table import list_cells, table_matrix
from p3c_qual.mayring.structuring.passages import Passage, digest_of
from p3c_qual.store import replay


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, tmp_path):
    """Give the study on each store."""
    store = request.getfixturevalue("new_database")() if request.param == "postgresql" else None
    with make(tmp_path, store) as study:
        yield study


@pytest.fixture
def themed(tmp_path):
    """Give the study with codings of all sources and a question of theme structuring."""
    with make(tmp_path) as study:
        code(study, "IP01", "We meet each week.", "meeting.weekly")
        code(study, "IP01", "There is none left for tea.", "money")
        code(study, "IP02", "We telephone.", "meeting.phone")
        code(study, "group", "I trust the nurses.", "trust")
        code(study, "group", "The money was cut twice.", "money")
        code(study, "plan", "Money comes from the council.", "money")
        ask(study, "theme")
        yield study


def lacking(study, key="theme"):
    with study.store.read() as connection:
        return [str(each) for each in lacks_matrix(connection, read_question(connection, key))]


def cell(study, case, theme):
    frame = list_cells(study, "theme").set_index(["case", "code"])
    return frame.loc[case, theme]


def test_the_recording_unit_says_what_a_case_is(themed):
    with themed.store.read() as connection:
        asked = read_question(connection, "theme")
        found = {
            unit: [(case.about, case.key) for case in cases_of(connection, asked_in)]
            for unit in ("source", "interviewee", "programme", "study")
            for asked_in in [replace(asked, recording_unit=unit)]
        }
    people = [("interviewee", key) for key in ("IP01", "IP02", "IP03")]
    assert found["source"] == found["study"] == [*people, ("source", "group"), ("source", "plan")]
    assert found["interviewee"] == [
        *people,
        ("interviewee", "GA"),
        ("interviewee", "GB"),
        ("source", "plan"),
    ]
    assert sorted(found["programme"]) == [("programme", "north"), ("programme", "south")]


def test_a_cell_offers_the_passages_under_its_code_and_stays_empty_until_written(themed):
    found = passages(themed, "theme", "IP01", "meeting")
    assert found[["source", "quote", "code"]].values.tolist() == [
        ["IP01", "We meet each week.", "meeting.weekly"]
    ]
    table = table_matrix(themed, "theme")
    assert (table[["meeting", "money", "trust"]] == "").all(axis=None)
    assert cell(themed, "IP01", "meeting")[["status", "passages"]].tolist() == ["empty", 1]


def test_what_the_interviewer_says_is_no_passage(themed):
    code(themed, "IP03", "How do you meet?", "meeting")
    assert passages(themed, "theme", "IP03", "meeting").empty
    assert cell(themed, "IP03", "meeting")["why_empty"] == "nothing_coded"


def test_a_question_coded_together_with_its_answer_is_a_passage_of_who_answers(themed):
    code(themed, "IP03", "How do you meet?\nR: Not at all.", "meeting")
    assert len(passages(themed, "theme", "IP03", "meeting")) == 1
    code(themed, "group", "Who begins?\nGA: I trust", "meeting")
    units = UNITS | {"recording_unit": "interviewee"}
    ask_question(themed, "Who?", "theme", key="each", codebook="themes", **units)
    assert len(passages(themed, "each", "GA", "meeting")) == 1
    assert passages(themed, "each", "GB", "meeting").empty


def test_each_person_of_a_group_has_the_passages_of_their_own_turns(themed):
    units = UNITS | {"recording_unit": "interviewee"}
    ask_question(themed, "Who?", "theme", key="each", codebook="themes", **units)
    assert passages(themed, "each", "GA", "trust")["quote"].tolist() == ["I trust the nurses."]
    assert passages(themed, "each", "GB", "trust").empty
    assert passages(themed, "each", "GB", "money")["quote"].tolist() == ["The money was cut twice."]


def test_a_written_cell_is_in_the_matrix_with_its_references(themed):
    (ref,) = passages(themed, "theme", "IP01", "meeting")["id"]
    write_cell(themed, "theme", "IP01", "meeting", " They meet. ", refs=[ref], status="checked")
    start, end = at(themed, "IP01", "We meet each week.")[1:]
    found = cell(themed, "IP01", "meeting")
    assert found[["text", "status", "refs"]].tolist() == [
        "They meet.",
        "checked",
        f"IP01:{start}-{end}",
    ]
    table = table_matrix(themed, "theme").set_index("case")
    assert table.loc["IP01", "meeting"] == "They meet."
    assert table.loc["IP02", "meeting"] == ""


def test_depth_two_has_the_codes_below_and_those_that_have_none(themed):
    table = table_matrix(themed, "theme", depth=2)
    assert list(table.columns[3:6]) == ["meeting.weekly", "meeting.phone", "money"]
    assert "depth" in refused(table_matrix, themed, "theme", depth=0)


def test_references_of_another_case_or_code_are_refused_each_with_its_reason(themed):
    (other,) = passages(themed, "theme", "IP02", "meeting")["id"]
    (money,) = passages(themed, "theme", "IP01", "money")["id"]
    said = refused(
        write_cell, themed, "theme", "IP01", "meeting", "So.", refs=[other, money, "none"]
    )
    assert "of another case: IP02, not IP01" in said
    assert "coded with 'money', which is neither 'meeting' nor below it" in said
    assert "there is no coding 'none'" in said
    assert cell(themed, "IP01", "meeting")["status"] == "empty"


def test_a_reference_that_was_taken_away_says_who_did_it(themed):
    (ref,) = passages(themed, "theme", "IP01", "meeting")["id"]
    themed.uncode([ref])
    said = refused(write_cell, themed, "theme", "IP01", "meeting", "So.", refs=[ref])
    assert "this coding is gone: anna took it away" in said


def test_everything_that_is_wrong_with_a_cell_is_said_at_once(themed):
    said = refused(write_cell, themed, "theme", "IP1", "meting", "  ", status="done")
    for part in ("no text", "unknown status 'done'", "'IP1'", "'IP01'", "'meting'", "'meeting'"):
        assert part in said


def test_a_cell_is_stale_once_its_passages_differ_and_confirming_makes_it_fresh(themed):
    (ref,) = passages(themed, "theme", "IP01", "meeting")["id"]
    write_cell(themed, "theme", "IP01", "meeting", "They meet.", refs=[ref])
    assert not cell(themed, "IP01", "meeting")["stale"]
    themed.resize(ref, at(themed, "IP01", "We meet")[1], at(themed, "IP01", "We meet")[2])
    assert cell(themed, "IP01", "meeting")["stale"]
    assert confirm_cell(themed, "theme", "IP01", "meeting")
    assert not cell(themed, "IP01", "meeting")["stale"]
    new = code(themed, "IP01", "It helps us a lot.", "meeting")
    assert cell(themed, "IP01", "meeting")["stale"]
    themed.uncode([new])
    assert not cell(themed, "IP01", "meeting")["stale"]
    themed.uncode([ref])
    assert cell(themed, "IP01", "meeting")["stale"]
    confirm_cell(themed, "theme", "IP01", "meeting")
    assert cell(themed, "IP01", "meeting")[["refs", "stale"]].tolist() == ["", False]


def test_a_cell_of_a_code_is_not_stale_for_what_is_coded_elsewhere(themed):
    write_cell(themed, "theme", "IP01", "meeting", "They meet.")
    code(themed, "IP01", "It helps us a lot.", "money")
    code(themed, "IP02", "Nobody pays for the calls?", "meeting")
    assert not cell(themed, "IP01", "meeting")["stale"]


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(themed):
    write_cell(themed, "theme", "IP01", "meeting", "One.", was="")
    call = (write_cell, themed, "theme", "IP01", "meeting", "Two.")
    assert codes_of(*call, was="") == {"stale"}
    assert "anna changed the text" in refused(*call, was="")
    write_cell(themed, "theme", "IP01", "meeting", "Two.", was="One.")
    assert codes_of(clear_cell, themed, "theme", "IP01", "meeting", was="One.") == {"stale"}
    clear_cell(themed, "theme", "IP01", "meeting", was="Two.")
    assert codes_of(*call, was="Two.") == {"stale"}
    assert cell(themed, "IP01", "meeting")["status"] == "empty"


def test_not_asked_nothing_coded_and_not_read_are_told_apart(themed, tmp_path):
    themed.mark_read("IP03")
    assert cell(themed, "IP03", "trust")["why_empty"] == "nothing_coded"
    assert cell(themed, "plan", "trust")["why_empty"] == "nothing_coded"
    (tmp_path / "protocols.yml").write_text(
        "format: 1\nprotocols:\n  - key: short\n    label: Short\n    stakeholder_types: [D1]\n"
        "    outline: [Begin]\n"
        "    focus:\n      - key: cost\n        label: Costs\n        question: What?\n"
        "        codes: ['themes:money']\n",
        "utf-8",
    )
    themed.load_protocols(tmp_path / "protocols.yml")
    themed.set_fields("source", "IP03", {"protocol": "short"})
    assert cell(themed, "IP03", "trust")["why_empty"] == "not_asked"
    assert cell(themed, "IP03", "money")["why_empty"] == "nothing_coded"
    assert cell(themed, "IP02", "meeting")["why_empty"] == ""


def test_a_source_that_nobody_read_is_not_read(themed):
    assert cell(themed, "IP03", "trust")["why_empty"] == "not_read"


def test_the_step_is_finished_when_every_passage_is_summed_up_and_nothing_is_stale(themed):
    assert "6 cells of the matrix with passages are still empty" in lacking(themed)[0]
    for case, theme in (
        ("IP01", "meeting.weekly"),
        ("IP01", "money"),
        ("IP02", "meeting"),
        ("group", "trust"),
        ("group", "money"),
        ("plan", "money"),
    ):
        write_cell(themed, "theme", case, theme, "So.", status="checked")
    assert lacking(themed) == []
    write_cell(themed, "theme", "plan", "money", "So.", status="draft")
    code(themed, "IP02", "Nobody pays for the calls?", "meeting")
    said = " ".join(lacking(themed))
    assert "1 cell of the matrix is stale" in said
    assert "1 cell of the matrix is still a draft" in said


def test_cells_come_from_a_file_with_spans_as_references(themed, tmp_path):
    start, end = at(themed, "IP01", "We meet each week.")[1:]
    path = tmp_path / "cells.csv"
    path.write_text(
        "question,case,code,text,refs,status\n"
        f'theme,IP01,meeting,"They meet, each week.",{start}-{end},final\n'
        f"theme,IP01,money,None left.,IP01:{end + 41}-{end + 45},\n",
        "utf-8",
    )
    assert len(cells_csv(themed, path)) == 2
    assert cell(themed, "IP01", "meeting")[["status", "refs"]].tolist() == [
        "final",
        f"IP01:{start}-{end}",
    ]
    found = cell(themed, "IP01", "money")
    assert found["status"] == "draft"
    assert found["refs"].startswith("IP01:")


@pytest.mark.parametrize("between", [" ", ";", "; ", ", ", "\n"])
def test_references_in_a_file_are_set_apart_by_blanks_or_signs(themed, tmp_path, between):
    code(themed, "IP01", "It helps us a lot.", "meeting")
    spans = [
        at(themed, "IP01", words)[1:] for words in ("We meet each week.", "It helps us a lot.")
    ]
    refs = between.join(f"{start}-{end}" for start, end in spans)
    path = tmp_path / "cells.csv"
    path.write_text(
        f'question,case,code,text,refs,status\ntheme,IP01,meeting,So.,"{refs}",\n', "utf-8"
    )
    cells_csv(themed, path)
    found = cell(themed, "IP01", "meeting")["refs"]
    assert found == ";".join(f"IP01:{start}-{end}" for start, end in spans)


def test_a_file_with_faults_changes_nothing_and_names_every_row(themed, tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text(
        "question,case,code,text,refs,status\n"
        "theme,IP01,meeting,So.,,draft\n"
        "theme,IP09,meeting,So.,,draft\n"
        "thme,IP01,money,So.,,draft\n"
        "theme,IP02,meeting,So.,IP01:1-5,draft\n"
        "theme,IP02,money,So.,here,draft\n"
        "theme,IP01,meeting,Again.,,draft\n",
        "utf-8",
    )
    said = refused(cells_csv, themed, path)
    for line in (3, 4, 5, 6, 7):
        assert f"cells.csv:{line}" in said
    assert "cells.csv:2" not in said
    assert list_cells(themed, "theme")["status"].unique().tolist() == ["empty"]
    path.write_text("question,case,cod,text,refs\n", "utf-8")
    said = refused(cells_csv, themed, path)
    assert "'code' is missing" in said
    assert "'status' is missing" in said


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "هم يجتمعون كل أسبوع", "a\x00b\u202e", "# **no** <b>markup</b>"]
)
def test_a_cell_holds_whatever_a_person_writes(themed, text):
    write_cell(themed, "theme", "IP01", "meeting", text)
    stored = cell(themed, "IP01", "meeting")["text"]
    assert stored == text.replace("\x00", "\ufffd")


def test_only_theme_structuring_has_cells_and_only_once_units_are_declared(themed):
    ask(themed, "scaling")
    said = refused(write_cell, themed, "scaling", "IP01", "meeting", "So.")
    assert "one of scaling structuring" in said
    ask_question(themed, "What?", "theme", key="bare", codebook="themes")
    assert codes_of(write_cell, themed, "bare", "IP01", "meeting", "So.") == {"unready"}
    ask_question(themed, "What?", "theme", key="bookless", **UNITS)
    assert "no codebook" in refused(table_matrix, themed, "bookless")
    assert "no codebook" in lacking(themed, "bookless")[0]


def test_a_case_that_left_the_material_has_no_cell_any_more(themed):
    from p3c_qual.mayring.asking import edit_question

    write_cell(themed, "theme", "IP01", "meeting", "So.")
    edit_question(themed, "theme", material=["IP02", "plan"])
    assert list_cells(themed, "theme")["case"].unique().tolist() == ["IP02", "plan"]
    assert "unknown case 'IP01'" in refused(write_cell, themed, "theme", "IP01", "meeting", "So.")


def test_writing_confirming_clearing_and_undoing_replay_alike_on_each_store(either):
    ref = code(either, "IP01", "We meet each week.", "meeting.weekly")
    ask(either, "theme")
    write_cell(either, "theme", "IP01", "meeting", "They meet.", refs=[ref])
    write_cell(either, "theme", "IP01", "meeting", "They meet often.", refs=[ref], was="They meet.")
    write_cell(either, "theme", "IP02", "money", "None.")
    clear_cell(either, "theme", "IP02", "money")
    either.undo()
    write_cell(either, "theme", "plan", "money", "The council pays.")
    either.undo()
    found = list_cells(either, "theme")
    written = found[found["status"] != "empty"][["case", "code", "text", "coder"]]
    assert written.values.tolist() == [
        ["IP01", "meeting", "They meet often.", "anna"],
        ["IP02", "money", "None.", "anna"],
    ]
    with either.store.read() as connection:
        assert replay.compare(connection) == []


def test_two_copies_that_write_one_cell_have_one_cell_and_both_texts(themed, tmp_path):
    themed.export_lines(tmp_path / "copy.jsonl")
    with p3c.new_study(tmp_path / "other", title="O", coder="ben") as other:
        other.import_lines(tmp_path / "copy.jsonl")
        write_cell(themed, "theme", "IP01", "meeting", "Here.")
        write_cell(other, "theme", "IP01", "meeting", "There.")
        other.export_lines(tmp_path / "back.jsonl")
    themed.import_lines(tmp_path / "back.jsonl")
    found = list_cells(themed, "theme")
    assert (found["status"] != "empty").sum() == 1
    (kept,) = themed.conflicts().query("table == 'cell'")["row"]
    assert sorted(themed.versions("cell", kept, "text").values()) == ["Here.", "There."]


_passages = st.lists(
    st.builds(
        Passage,
        id=st.text("abc", min_size=1, max_size=3),
        source=st.just("s"),
        key=st.just("k"),
        start=st.integers(0, 9),
        end=st.integers(10, 20),
        quote=st.text(max_size=3),
        code=st.just("c"),
        unsure=st.booleans(),
        coder=st.just("anna"),
    ),
    max_size=6,
    unique_by=lambda each: each.id,
)


@given(_passages, st.randoms())
@settings(max_examples=60)
def test_the_digest_knows_no_order_and_every_change(some, chance):
    mixed = [*some]
    chance.shuffle(mixed)
    assert digest_of(mixed) == digest_of(some)
    for number, each in enumerate(some):
        rest = [*some[:number], *some[number + 1 :]]
        assert digest_of(rest) != digest_of(some)
        assert digest_of([*rest, each._replace(end=each.end + 1)]) != digest_of(some)
        # a mark of doubt changes nothing of what was said
        assert digest_of([*rest, each._replace(unsure=not each.unsure)]) == digest_of(some)
