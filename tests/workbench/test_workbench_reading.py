"""What is asked of a study: a source, segments, hits, memos, progress, the start page, files."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import orjson
import pytest

import p3c_qual as p3c
from p3c_qual.coding.apart import Apart
from p3c_qual.workbench.asking import GETS, Query
from p3c_qual.workbench.progress import progress_of
from p3c_qual.workbench.sight import sight_of
from p3c_qual.workbench.studies import Studies

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Server, Window


def test_a_source_comes_with_all_that_lies_on_it(window: Window) -> None:
    source = window.open("P1")
    text = source["text"]
    turns = source["turns"]
    assert [text[a:b][:2] for a, b in zip(turns["start"], turns["end"], strict=True)] == [
        *("I:", "R:", "I:", "R:")
    ]
    assert turns["role"] == ["interviewer", "interviewee"] * 2
    assert len(turns["speaker"]) == len(turns["time"]) == 4
    assert {each["coder"] for each in source["codings"]} == {"anna", "ben"}
    assert {each["about"] for each in source["memos"]} == {"source", "coding"}
    assert source["cursor"] == window.state["cursor"]
    assert window.get(f"source/{source['id']}") == source


def test_words_are_those_of_the_store(window: Window) -> None:
    text = window.open("P1")["text"]
    words = window.get("words/P1")
    cut = [text[a:b] for a, b in zip(words["start"], words["end"], strict=True)]
    assert cut[:5] == ["I", "How", "was", "it", "🙂"]


def test_segments_come_page_by_page_with_their_context(window: Window) -> None:
    found = window.get("segments", code=window.code_id("team"), below=1)
    assert found["total"] == 2
    first, second = found["rows"]
    assert (first["start"], second["start"]) == (20, 23)
    text = window.open("P1")["text"]
    for row in (first, second):
        assert row["quote"] == text[row["start"] : row["end"]]
        assert row["turn"] == text[row["turn_start"] : row["turn_start"] + len(row["turn"])]
        assert row["quote"] in row["turn"]
    assert second["question"].startswith("I: How was it?")
    assert (second["key"], second["interviewee"], second["stakeholder_types"]) == (
        *("P1", "P1"),
        ["D1"],
    )
    page = window.get("segments", code="team", below=1, offset=1, limit=1)
    assert (page["total"], page["rows"]) == (2, [second])
    assert window.get("segments", code="team")["total"] == 1


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({"programme": "north"}, 3),
        ({"programme": "south"}, 0),
        ({"site": "town"}, 3),
        ({"coder": "ben"}, 2),
        ({"coder": "ben", "code": "money"}, 1),
    ],
)
def test_segments_are_chosen_by_place_and_coder(
    window: Window, asked: dict[str, str], total: int
) -> None:
    assert window.get("segments", **asked)["total"] == total


@pytest.mark.parametrize(
    "asked", [{"programme": "moon"}, {"coder": "moon"}, {"site": "moon"}, {"code": "moon"}]
)
def test_unknown_names_of_segments_are_refused(
    server: Server, place: str, asked: dict[str, str]
) -> None:
    answer = server.ask("segments", study=place, **asked)
    assert answer.status == 422
    assert "unknown" in answer.json["error"]["what"]


def test_the_context_of_a_text_without_turns_is_its_paragraph(window: Window) -> None:
    text = window.open("plan")["text"]
    start = text.index("housing")
    window.act("code", source="plan", start=start, end=start + 7, code="money")
    (row,) = window.get("segments", code="money", programme="south")["rows"]
    assert row["turn"] == "The second one is about housing."
    assert (row["question"], row["interviewee"]) == ("", "")


def test_a_very_long_turn_is_shown_in_part(window: Window) -> None:
    import base64

    words = "R: " + "long winded " * 2_000
    data = base64.b64encode(f"I: And?\n\n{words}\n".encode()).decode()
    (came,) = window.act("add_sources", files=[{"name": "long.txt", "data": data}])
    window.act("code", source=came["id"], start=9_000, end=9_010, code="unused")
    (row,) = window.get("segments", code="unused")["rows"]
    assert len(row["turn"]) < 3_100
    assert row["turn"][9_000 - row["turn_start"] :][:10] == row["quote"]


def test_hits_are_found_in_their_context(window: Window) -> None:
    found = window.get("search", q="WEEK")
    (row,) = found["rows"]
    assert (found["total"], row["coding"], row["quote"]) == (1, None, "week")
    assert row["question"].startswith("I: How was it?")
    text = window.open("P1")["text"]
    assert text[row["start"] : row["end"]] == "week"
    assert window.get("search", q="week", source=window.id_of("P2"))["total"] == 0
    assert window.get("search", q="we+k", regex=1, source="P1")["total"] == 1
    many = window.get("search", q="the", limit=1)
    assert (many["total"] > 1, len(many["rows"])) == (True, 1)


@pytest.mark.parametrize("asked", [{"q": ""}, {"q": "(", "regex": 1}, {"q": "a", "source": "x"}])
def test_what_cannot_be_searched_is_refused(
    server: Server, place: str, asked: dict[str, Any]
) -> None:
    assert server.ask("search", study=place, **asked).status == 422


def test_memos_are_asked_for_by_what_they_are_on(window: Window) -> None:
    window.act("memo", about="study", text="On the study")
    window.act("memo", about="interviewee", target="P1", text="On the person")
    assert [each["text"] for each in window.get("memos", code="team")] == [
        "What the team agreed on"
    ]
    assert {each["about"] for each in window.get("memos", source="P1")} == {
        *("coding", "source", "interviewee")
    }
    assert len(window.get("memos", interviewee="P1")) == 1
    assert [each["about"] for each in window.get("memos")] == ["study"]


@pytest.mark.parametrize(
    ("ranges", "covered"),
    [([], 0), ([(0, 100)], 60), ([(0, 10)], 0), ([(5, 15)], 5), ([(12, 14), (13, 30)], 8)],
)
def test_the_interviewers_turns_are_left_out_of_what_is_covered(
    ranges: list[tuple[int, int]], covered: int
) -> None:
    from array import array

    apart = Apart(100, array("q", [0, 10, 20, 50]))
    assert apart.of == 60
    assert apart.covered(ranges) == covered


def test_progress_is_what_counting_character_by_character_gives(window: Window) -> None:
    source = window.open("P1")
    window.act("pass_over", source="P1", start=0, end=30)
    window.act("code", source="P1", start=25, end=90, code="unused")
    turns = source["turns"]
    asked = {
        place
        for start, end, role in zip(turns["start"], turns["end"], turns["role"], strict=True)
        for place in range(start, end)
        if role == "interviewer"
    }
    open_ = set(range(len(source["text"]))) - asked
    coded = {
        p for c in window.get("source/P1", others=0)["codings"] for p in range(c["start"], c["end"])
    }
    worked = coded | set(range(30))
    (row,) = [each for each in window.get("progress") if each["source"] == source["id"]]
    assert row["coded"] == pytest.approx(len(coded & open_) / len(open_))
    assert row["worked"] == pytest.approx(len(worked & open_) / len(open_))
    path = window.server.root / window.study
    with p3c.open_study(path, coder="anna") as study, study.store.read() as connection:
        sight = sight_of(study, connection, others=True)
        (alone,) = progress_of(connection, sight, [source["id"]])
    assert (alone.worked, alone.coded) == (row["worked"], row["coded"])


def test_the_start_page_says_where_one_stopped_and_what_others_did(window: Window) -> None:
    window.act("code", source="P2", start=1, end=5, code="unused")
    window.act("flag", codings=[window.get("source/P2")["codings"][0]["id"]], unsure=True)
    window.act("desk", name=f"position/{window.id_of('P2')}", value={"position": 17})
    with p3c.open_study(window.server.root / window.study, coder="ben") as study:
        study.code("P1", 1, 2, "unused")
        study.code("P1", 3, 4, "unused")
        study.undo()
    start = window.get("start")
    assert start["me"] == "anna"
    assert (start["stopped"]["key"], start["stopped"]["position"]) == ("P2", 17)
    deeds = {(each["actor"], each["kind"]): each["acts"] for each in start["deeds"]}
    assert deeds == {("ben", "code"): 2, ("ben", "undo"): 1}
    assert [each["kind"] for each in start["happenings"]] == ["undo", "do", "do"]
    waiting = start["waiting"]
    assert set(waiting["begun"]) == {window.id_of("P1"), window.id_of("P2")}
    assert waiting["untouched"] == [window.id_of("plan")]
    assert waiting["unsure_total"] == len(waiting["unsure"]) == 1
    assert (waiting["proposals"], waiting["conflicts"], waiting["faults"]) == (0, 0, [])
    totals = start["totals"]
    assert (totals["sources"], totals["interviewees"], totals["coders"]) == (3, 2, 2)


def test_a_recording_beside_the_transcript_is_sent_in_parts(window: Window) -> None:
    server, folder = window.server, window.server.root / window.study / "data_raw"
    assert window.open("P1")["recording"] is False
    missing = server.ask("recording/P1", study=window.study)
    assert (missing.status, missing.json["error"]["code"]) == (422, "unknown")
    data = bytes(range(256)) * 40
    (folder / "one.MP3").write_bytes(data)
    assert window.open("P1")["recording"] is True
    whole = server.ask("recording/P1", study=window.study)
    assert (whole.status, hashlib.sha256(whole.body).digest()) == (
        200,
        hashlib.sha256(data).digest(),
    )
    assert whole.headers["Content-Type"] == "audio/mpeg"
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = server.ask("recording/P1", study=window.study, more={"Range": "bytes=100-199"})
    assert (part.status, part.body) == (206, data[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(data)}"


def test_a_recording_that_leads_elsewhere_is_not_sent(
    window: Window, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.mp3"
    outside.write_bytes(b"secret")
    (window.server.root / window.study / "data_raw" / "one.mp3").symlink_to(outside)
    answer = window.server.ask("recording/P1", study=window.study)
    assert answer.status == 422
    assert b"secret" not in answer.body


@pytest.mark.parametrize(
    ("to", "kind", "begins"),
    [
        ("html", "text/html; charset=UTF-8", b"<!doctype html"),
        ("docx", "application/vnd.openxmlformats", b"PK"),
        ("pdf", "application/pdf", b"%PDF-"),
    ],
)
def test_a_transcript_is_sent_as_a_file(
    server: Server, place: str, to: str, kind: str, begins: bytes
) -> None:
    answer = server.ask("transcript/P1", study=place, to=to)
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"].startswith(kind)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert f"P1.{to}" in answer.headers["Content-Disposition"]
    assert answer.body.lower().startswith(begins.lower())


def test_a_transcript_of_another_kind_is_refused(server: Server, place: str) -> None:
    answer = server.ask("transcript/P1", study=place, to="exe")
    assert answer.status == 422
    assert set(answer.json["error"]["valid"]) == {"html", "docx", "pdf"}


def test_a_file_is_recognised_and_nothing_of_it_is_kept(server: Server, place: str) -> None:
    before = server.ask("study", study=place).json["cursor"]
    data = "I: Hallo?\n\nR: Guten Tag 🙂.\n".encode()
    found = server.ask("recognise", study=place, name="x.txt", body=data).json
    assert (found["reader"], found["sources"], found["turns"]) == ("txt-1", 1, 2)
    assert [(each["label"], each["role"]) for each in found["speakers"]] == [
        ("I", "interviewer"),
        ("R", "interviewee"),
    ]
    table = b"id,text,site\na,One text.,north\nb,Another one.,south\n"
    found = server.ask("recognise", study=place, name="t.csv", body=table).json
    assert (found["sources"], found["faults"]) == (2, [])
    assert server.ask("study", study=place).json["cursor"] == before
    assert not (server.root / place / "data_raw" / "x.txt").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.pdf", b"no pdf"),
        ("x.mp3", b"ID3"),
        ("x", b"text"),
        ("x.csv", b"a\n"),
        ("../x.csv", b"a\n"),
        ("x.txt", b"\n"),
        ("\x00.txt", b""),
        ("x.docx", b"PK\x03\x04junk"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    server: Server, place: str, name: str, data: bytes
) -> None:
    answer = server.ask("recognise", study=place, name=name, body=data, method="POST")
    assert answer.status == 200
    (fault, *_) = answer.json["faults"]
    assert fault["what"]
    assert "/tmp/" not in str(answer.json)


def test_a_store_on_a_server_answers_the_same(on_postgres: Path, pattern: Path) -> None:
    asked: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
        ("segments", (), {"code": "team", "below": "1", "programme": "north", "site": "town"}),
        ("segments", (), {"coder": "ben", "others": "0"}),
        ("search", (), {"q": "the"}),
        ("memos", (), {"source": "P1"}),
        ("memos", (), {"source": "P1", "others": "0"}),
        ("source/([^/]+)", ("P1",), {}),
        ("source/([^/]+)", ("P1",), {"others": "0"}),
        ("progress", (), {}),
        ("start", (), {}),
        ("study", (), {}),
    ]
    for address, rest, words in asked:
        found = []
        for path in (on_postgres, pattern):
            studies = Studies(path.parent)
            made = GETS[address](Query(studies, {"study": path.name, **words}), *rest)
            found.append(_without_ids(orjson.loads(orjson.dumps(made))))
            studies.close()
        assert found[0] == found[1], (address, words)


def _without_ids(value: Any) -> Any:
    """Return an answer without what is another in every study."""
    if isinstance(value, list):
        made = [_without_ids(each) for each in value]
        return sorted(made, key=str)
    if isinstance(value, dict):
        return {
            _name(key): _without_ids(each)
            for key, each in value.items()
            if key not in {"at", "since", "cursor"}
        }
    return _name(value)


def _name(value: Any) -> Any:
    return "id" if isinstance(value, str) and re.fullmatch(r"[0-9a-f-]{36}", value) else value
