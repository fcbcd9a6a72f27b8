"""What is done by verbs: each once, all or nothing, and plain when it is refused."""

from __future__ import annotations

import base64
import shutil
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.workbench.verbs import VERBS

if TYPE_CHECKING:
    from conftest import Server, Window


def code(window: Window, key: str = "money", start: int = 30, end: int = 40, **more: Any) -> str:
    source = window.id_of("P1")
    return window.act("code", source=source, start=start, end=end, code=window.code_id(key), **more)


def codings(window: Window) -> dict[str, Any]:
    return {each["id"]: each for each in window.get("source/P1")["codings"]}


def test_a_coding_is_written_and_its_text_is_what_was_meant(window: Window) -> None:
    text = window.open("P1")["text"]
    start = text.index("We meet")
    made = code(window, start=start, end=start + 12)
    with p3c.open_study(window.server.root / window.study) as study:
        rows = study.codings(coder="anna", code="money")
    assert list(rows["quote"]) == [text[start : start + 12]]
    assert made in codings(window)
    assert window.source is not None
    assert made in {each["id"] for each in window.source["codings"]}


def test_an_act_sent_twice_is_done_once(window: Window) -> None:
    name = str(uuid.uuid4())
    before = codings(window)
    first = code(window, act_id=name)
    assert code(window, act_id=name) == first
    assert len(codings(window)) == len(before) + 1
    # and it stays taken back, however often it comes again
    window.act("undo")
    assert code(window, act_id=name) == first
    assert codings(window) == before


def test_an_act_sent_many_times_at_once_is_done_once(window: Window) -> None:
    name, source, of = str(uuid.uuid4()), window.id_of("P1"), window.code_id("money")
    before = len(codings(window))

    def send(_: int) -> Any:
        return window.send("code", act_id=name, source=source, start=30, end=40, code=of)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.json["result"] for answer in answers}) == 1
    assert len(codings(window)) == before + 1


def test_an_act_that_changes_nothing_may_be_sent_again(window: Window) -> None:
    made = code(window)
    cursor = window.state["cursor"]
    name = str(uuid.uuid4())
    for _ in range(2):
        assert code(window, act_id=name) == made
    assert window.state["cursor"] == cursor


@pytest.mark.parametrize(
    ("verb", "makes"),
    [("memo", "memo"), ("create_code", "code"), ("add_sources", "source"), ("in_vivo", "coding")],
)
def test_an_act_sent_twice_answers_with_the_same_row(window: Window, verb: str, makes: str) -> None:
    book = next(each["id"] for each in window.state["codebooks"] if each["key"] == "mini")
    given: dict[str, dict[str, Any]] = {
        "memo": {"about": "study", "text": "A thought"},
        "create_code": {"codebook": book, "label": "Fresh"},
        "add_sources": {"files": [{"name": "new.txt", "data": _packed(b"A text.\n")}]},
        "in_vivo": {"source": window.id_of("P1"), "start": 23, "end": 40, "codebook": book},
    }
    name = str(uuid.uuid4())
    first = window.act(verb, act_id=name, **given[verb])
    again = window.act(verb, act_id=name, **given[verb])
    if verb == "add_sources":
        assert again == [each["id"] for each in first]
    else:
        assert again == first
    assert VERBS[verb].makes[0] == makes


def test_an_id_that_is_no_uuid_is_refused(window: Window) -> None:
    answer = window.send("undo", act_id="1")
    assert answer.status == 422
    assert "no id of an act" in answer.json["error"]["what"]


HOSTILE: list[tuple[str, Any]] = [
    ("code", {}),
    ("code", {"source": "P1", "start": "1", "end": 2, "code": "money"}),
    ("code", {"source": "P1", "start": True, "end": 2, "code": "money"}),
    ("code", {"source": "P1", "start": 1.5, "end": 2, "code": "money"}),
    ("code", {"source": "P1", "start": 1, "end": 10**30, "code": "money"}),
    ("code", {"source": "P1", "start": -5, "end": 2, "code": "money"}),
    ("code", {"source": "P1", "start": 5, "end": 5, "code": "money"}),
    ("code", {"source": "P1", "start": 1, "end": 2, "code": None}),
    ("code", {"source": ["P1"], "start": 1, "end": 2, "code": "money"}),
    ("code", {"source": "P1", "start": 1, "end": 2, "code": "money", "coder": "ben"}),
    ("code", {"source": "P1\x00", "start": 1, "end": 2, "code": "money"}),
    ("code", {"source": "P1", "start": 1, "end": 2, "code": "money", "memo": "a\x00b"}),
    ("code", {"source": "P1", "start": 1, "end": 2, "code": "money", "origin": "made up"}),
    ("recode", {"codings": "x", "code": "money"}),
    ("recode", {"codings": [1], "code": "money"}),
    ("recode", {"codings": ["no such"], "code": "money"}),
    ("uncode", {"codings": ["'; drop table coding; --"]}),
    ("resize", {"coding": "gone", "start": 1, "end": 2}),
    ("flag", {"codings": [], "important": "yes"}),
    ("memo", {"about": "moon", "text": "x"}),
    ("memo", {"about": "source", "target": "P1", "text": "  "}),
    ("memo", {"about": "span", "target": "P1", "text": "x", "start": 9, "end": 99_999}),
    ("delete_memo", {"memo": "gone"}),
    ("split_code", {"code": "money", "parts": [{"label": "x", "codings": [], "more": 1}]}),
    ("move_code", {"code": "team", "parent": "team.meetings"}),
    ("set_fields", {"what": "moon", "key": "x", "fields": {"a": "b"}}),
    ("set_fields", {"what": "source", "key": "P1", "fields": {"kind": "moon"}}),
    ("set_fields", {"what": "source", "key": "P1", "fields": {"kind": 1}}),
    ("load_codebook", {"name": "x.yml", "data": "/etc/passwd"}),
    ("load_codebook", {"name": "x.yml", "data": ""}),
    ("add_sources", {"files": []}),
    ("add_sources", {"files": [{"name": "x.txt", "data": "no base64!"}]}),
    ("add_sources", {"files": [{"name": "..", "data": "eA=="}]}),
    ("add_sources", {"files": [{"name": "x.doc", "data": "eA=="}]}),
    ("desk", {"name": "", "value": 1}),
    ("desk", {"name": "x", "value": "y" * 100_000}),
    ("undo", {"skip": 1}),
    ("no such verb", {}),
    ("__class__", {}),
]


@pytest.mark.parametrize(("verb", "given"), HOSTILE)
def test_what_cannot_be_done_is_refused_plainly_and_changes_nothing(
    window: Window, verb: str, given: dict[str, Any]
) -> None:
    answer = window.send(verb, **given)
    assert answer.status == 422, answer.body
    faults = answer.json["all"]
    assert answer.json["error"] == faults[0]
    assert all(each["what"] for each in faults)
    assert b"Traceback" not in answer.body
    assert b"/tmp/" not in answer.body.replace(str(window.server.root).encode(), b"")
    assert window.look()["acts"] == []


def test_all_that_is_wrong_with_an_act_is_said_at_once(window: Window) -> None:
    answer = window.send("code", sorce="P1", start="1", end=None)
    said = [f"{each['where']}: {each['what']}" for each in answer.json["all"]]
    assert said == [
        "code: there is no 'sorce'",
        "code, start: needs a whole number, not a text",
        "code, end: needs a whole number, not nothing",
        "code: source is missing",
        "code: code is missing",
    ]
    assert answer.json["error"]["nearest"] == "source"


def test_an_overlap_is_refused_by_a_word_and_then_extended(window: Window) -> None:
    made = code(window, start=30, end=40)
    source, of = window.id_of("P1"), window.code_id("money")
    answer = window.send("code", source=source, start=35, end=50, code=of)
    assert (answer.status, answer.json["error"]["code"]) == (422, "overlap")
    assert code(window, start=35, end=50, extend=True) == made
    assert (codings(window)[made]["start"], codings(window)[made]["end"]) == (30, 50)


def test_codings_are_recoded_resized_flagged_and_taken_away(window: Window) -> None:
    window.open("P1")
    made = code(window, memo="Why")
    window.act("recode", codings=[made], code=window.code_id("unused"))
    window.act("resize", coding=made, start=31, end=44)
    window.act("flag", codings=[made], unsure=True)
    row = codings(window)[made]
    assert (row["code"], row["start"], row["end"]) == (window.code_id("unused"), 31, 44)
    assert (row["unsure"], row["important"], row["memos"]) == (True, False, 1)
    window.act("uncode", codings=[made])
    assert made not in codings(window)
    done = window.act("undo")
    assert done["verb"] == "remove 1 segment"
    assert codings(window)[made]["memos"] == 1


def test_a_code_is_made_of_the_words_themselves_in_one_act(window: Window) -> None:
    text = window.open("P1")["text"]
    start = text.index("It helps")
    book = next(each["id"] for each in window.state["codebooks"] if each["key"] == "mini")
    made = window.act(
        "in_vivo", source="P1", start=start, end=start + 27, codebook=book, parent=None
    )
    row = codings(window)[made]
    assert row["origin"] == "in_vivo"
    label = next(each["label"] for each in window.state["codes"] if each["id"] == row["code"])
    assert label == text[start : start + 27].strip()
    window.act("undo")
    assert made not in codings(window)
    assert label not in {each["label"] for each in window.state["codes"]}


def test_the_label_of_long_words_ends_with_a_word() -> None:
    from p3c_qual.workbench.on_codings import _shortened

    assert _shortened("one\n two ") == "one two"
    long = _shortened("many words " * 20)
    assert long.endswith("words…")
    assert len(long) <= 80
    assert len(_shortened("x" * 500)) == 80


def test_a_source_is_passed_over_and_done(window: Window) -> None:
    window.open("P2")
    window.act("pass_over", source=window.id_of("P2"), start=0, end=10)
    (mine,) = window.get("source/P2")["readings"]
    assert (mine["coder"], mine["done"], mine["ranges"]) == ("anna", False, [[0, 10]])
    window.act("done", source=window.id_of("P2"), done=True)
    (row,) = [each for each in window.get("study")["sources"] if each["key"] == "P2"]
    assert row["done"]
    (progress,) = [each for each in window.get("progress") if each["source"] == row["id"]]
    assert (progress["worked"], progress["coded"], progress["done"]) == (1.0, 0.0, True)


@pytest.mark.parametrize("about", ["source", "span", "interviewee", "programme", "site", "code"])
def test_a_memo_is_written_on_a_row_by_its_id(window: Window, about: str) -> None:
    with p3c.open_study(window.server.root / window.study) as study, study.store.read() as open_:
        from sqlalchemy import select

        from p3c_qual.store.schema import MEMO_ON, ROWS

        target = open_.scalar(select(ROWS[MEMO_ON[about]].c.id).limit(1))
    span = {"start": 3, "end": 9} if about == "span" else {}
    made = window.act("memo", about=about, target=target, text="A thought", **span)
    with p3c.open_study(window.server.root / window.study) as study:
        rows = study.memos().set_index("id")
    assert rows.loc[made, "about"] == about
    window.act("edit_memo", memo=made, text="Another thought")
    window.act("delete_memo", memo=made)
    assert window.act("undo")["verb"] == f"delete memo on {about}"


def test_codes_are_made_renamed_moved_merged_split_and_retired(window: Window) -> None:
    book = next(each["id"] for each in window.state["codebooks"] if each["key"] == "mini")
    new = window.act("create_code", codebook=book, label="Räume 🙂", definition="Where")
    window.act("edit_code", code=new, label="Rooms")
    window.act("move_code", code=new, parent=window.code_id("team"), after=None)
    row = next(each for each in window.state["codes"] if each["id"] == new)
    assert (row["label"], row["parent"], row["definition"]) == (
        "Rooms",
        window.code_id("team"),
        "Where",
    )
    made = code(window, "unused")
    window.act("merge_codes", codes=[window.code_id("unused")], into=new)
    assert codings(window)[made]["code"] == new
    parts = [{"label": "Kitchens", "codings": [made]}]
    (split,) = window.act("split_code", code=new, parts=parts)
    assert codings(window)[made]["code"] == split
    window.act("retire_code", code=new)
    window.act("revive_code", code=new)
    assert window.state["codes"] == window.get("study")["codes"]


def test_a_frozen_codebook_takes_proposals_with_a_reason(window: Window) -> None:
    folder = window.server.root / window.study
    file = folder / "final.yml"
    file.write_text("format: 1\nkey: fin\nlabel: F\nstatus: final\ncodes:\n  - {id: a, label: A}\n")
    window.act("load_codebook", name="final.yml", data=_packed(file.read_bytes()))
    book = next(each for each in window.state["codebooks"] if each["key"] == "fin")
    assert book["frozen"]
    one = window.code_id("a")
    assert window.send("edit_code", code=one, label="B").status == 422
    proposal = window.act("edit_code", code=one, label="B", reason="clearer")
    (row,) = window.state["proposals"]
    assert (row["id"], row["code"], row["reason"], row["coder"]) == (
        *(proposal, one),
        *("clearer", "anna"),
    )
    assert next(each for each in window.state["codes"] if each["id"] == one)["label"] == "A"
    window.act("withdraw_proposal", proposal=proposal)
    assert window.state["proposals"] == []


def test_undo_and_redo_go_as_deep_as_wanted(window: Window) -> None:
    window.open("P1")
    states = [codings(window)]
    for number in range(10):
        code(window, start=2 * number, end=2 * number + 1)
        states.append(codings(window))
    for state in states[-2::-1]:
        window.act("undo")
        assert codings(window) == state
    for state in states[1:]:
        window.act("redo")
        assert codings(window) == state
    refused = window.send("redo")
    assert (refused.status, refused.json["error"]["code"]) == (422, "nothing")


def test_undo_is_refused_where_somebody_built_on_it_until_that_is_skipped(window: Window) -> None:
    made = code(window)
    with p3c.open_study(window.server.root / window.study, coder="ben") as study:
        study.recode([made], "unused")
    refused = window.send("undo")
    assert (refused.status, refused.json["error"]["code"]) == (422, "changed_since")
    assert "ben" in str(refused.json["all"])


def test_what_lies_on_the_desk_comes_back_and_stands_in_no_journal(window: Window) -> None:
    cursor = window.state["cursor"]
    assert window.act("desk", name="pinned", value=["a", {"b": 1}]) is True
    window.act("desk", name="pinned", value=["c"])
    assert window.get("study")["desk"] == {"pinned": ["c"]}
    assert window.get("study")["cursor"] == cursor


def test_files_come_in_with_what_is_said_of_them(window: Window) -> None:
    file = {
        "name": "folder/three.txt",
        "data": _packed("I: Und?\n\nR: Schön 🙂.\n".encode()),
        "interviewee": "P9",
        "stakeholder_type": "D2",
        "programme": "west",
        "language": "de",
    }
    (came,) = window.act("add_sources", files=[file])
    assert (came["key"], came["file"], came["characters"]) == ("P9", "three.txt", 21)
    assert "interviewee P9" in came["named"]
    folder = window.server.root / window.study
    assert (folder / "data_raw" / "three.txt").read_bytes() == base64.b64decode(file["data"])
    row = next(each for each in window.state["sources"] if each["key"] == "P9")
    assert (row["id"], row["programme"], row["stakeholder_types"]) == (came["id"], "west", ["D2"])
    assert "west" in (folder / "study.yml").read_text()


def test_of_several_files_one_that_cannot_be_read_keeps_all_out(window: Window) -> None:
    good = {"name": "good.txt", "data": _packed(b"A text.\n")}
    bad = {"name": "bad.pdf", "data": _packed(b"no pdf")}
    table = {"name": "table.csv", "data": _packed(b"id,words\n")}
    answer = window.send("add_sources", files=[good, bad])
    assert answer.status == 422
    assert "bad.pdf" in answer.json["error"]["where"]
    answer = window.send("add_sources", files=[table])
    assert answer.json["error"]["where"].startswith("table.csv")
    assert not (window.server.root / window.study / "data_raw" / "good.txt").exists()
    assert window.look()["acts"] == []


def test_a_codebook_that_is_at_fault_is_refused_with_its_lines(window: Window) -> None:
    data = _packed(b"format: 1\nkey: x\nlabel: X\ncodes:\n  - id: A B\n")
    answer = window.send("load_codebook", name="theirs.yml", data=data)
    assert answer.status == 422
    assert all(each["where"].startswith("theirs.yml, line 5") for each in answer.json["all"])


def test_what_is_said_of_a_source_is_changed(window: Window) -> None:
    fields = {"title": "A new title", "site": "harbour"}
    answer = window.send("set_fields", what="source", key="P1", fields=fields)
    assert answer.status == 422
    window.act("set_fields", what="source", key="P1", fields=fields, new=True)
    row = next(each for each in window.state["sources"] if each["key"] == "P1")
    assert (row["title"], row["site"]) == ("A new title", "harbour")


def test_a_study_is_made_and_opened(server: Server) -> None:
    name = f"made{uuid.uuid4().hex[:6]}/inside"
    asked = {
        "study": "",
        "act_id": str(uuid.uuid4()),
        "verb": "new_study",
        "args": {"folder": name, "title": "Mine"},
    }
    answer = server.ask("act", body=asked)
    assert (answer.status, answer.json["result"]) == (200, name)
    assert server.ask("study", study=name).json["title"] == "Mine"
    # sent once more it is answered again; asked once more it is refused
    assert server.ask("act", body=asked).json["result"] == name
    again = server.ask("act", body={**asked, "act_id": str(uuid.uuid4())})
    assert (again.status, again.json["error"]["what"]) == (422, "there is a study already")
    shutil.rmtree(server.root / name)


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()
