"""In blind coding nothing of the others' work is sent, wherever it is asked for."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Server, Window

ALONE, CASE = "What ben alone thinks of it", "What ben makes of the case"


@pytest.fixture
def blind(new_window: Callable[..., Window], place: str) -> Window:
    return new_window(place, others=False)


@pytest.fixture
def theirs(server: Server, place: str) -> dict[str, Any]:
    """Give what must not be seen: ids of ben's rows."""
    with p3c.open_study(server.root / place) as study:
        codings = set(study.codings(coder="ben")["id"])
        memos = study.memos().set_index("id")
    notes = {name for name, text in memos["text"].items() if text in {ALONE, CASE}}
    assert len(codings) == len(notes) == 2
    return {"codings": codings, "memos": notes}


ASKED = [
    ("study", {}),
    ("source/P1", {}),
    ("progress", {}),
    ("changes", {"since": 0}),
    ("segments", {"code": "team", "below": 1}),
    ("segments", {"code": "money", "coder": "ben"}),
    ("search", {"q": "week"}),
    ("memos", {"source": "P1"}),
    ("memos", {"code": "team"}),
    ("start", {}),
    ("terms", {}),
]


@pytest.mark.parametrize(("route", "query"), ASKED)
def test_no_address_sends_anything_of_the_others(
    server: Server, place: str, theirs: dict[str, Any], route: str, query: dict[str, Any]
) -> None:
    seeing = json.dumps(server.ask(route, study=place, others=1, **query).json)
    answer = server.ask(route, study=place, others=0, **query)
    assert answer.status == 200
    said = json.dumps(_without_codebook(answer.json))
    for name in (*theirs["codings"], *theirs["memos"], ALONE, CASE, '"ben"'):
        assert name not in said
    if route in {"study", "source/P1", "start"} or "source" in query:
        # or this test would look for what nobody is sent
        assert "ben" in seeing


def _without_codebook(found: Any) -> Any:
    """Return an answer without memos on codes, which everybody sees with their writer."""
    if isinstance(found, list):
        return [each for each in found if each.get("about") != "code"]
    if "memos" in found and "gone" in found:
        return {**found, "memos": _without_codebook(found["memos"])}
    return found


def test_the_counts_are_ones_own(server: Server, place: str) -> None:
    all_ = server.ask("study", study=place, others=1).json
    mine = server.ask("study", study=place, others=0).json
    assert (sum(all_["counts"].values()), sum(mine["counts"].values())) == (3, 1)
    rows = {each["key"]: each for each in mine["sources"]}
    assert (rows["P1"]["codings"], rows["P1"]["mine"]) == (1, 1)
    assert mine["coders"] == ["anna"]
    assert server.ask("start", study=place, others=0).json["totals"]["codings"] == 1
    assert server.ask("segments", study=place, others=0, code="money").json["total"] == 0


def test_what_the_codebook_says_is_for_everybody(server: Server, place: str) -> None:
    (memo,) = server.ask("memos", study=place, others=0, code="team").json
    assert memo["text"] == "What the team agreed on"


def test_what_others_do_meanwhile_is_not_sent(blind: Window) -> None:
    blind.open("P1")
    with p3c.open_study(blind.server.root / blind.study, coder="ben") as study:
        made = study.code("P1", 50, 55, "unused", memo="A secret")
        gone = study.code("P1", 56, 58, "unused")
        study.uncode([gone.id])
        study.mark_read("P1", done=True)
    delta = blind.look()
    said = json.dumps(delta)
    for name in (made.id, gone.id, "A secret", '"ben"'):
        assert name not in said
    assert delta["acts"] == delta["codings"] == delta["gone"] == delta["readings"] == []
    assert delta["counts"] == blind.get("study")["counts"]


def test_what_is_ones_own_and_gone_is_told(blind: Window) -> None:
    source = blind.open("P1")
    (mine,) = source["codings"]
    answer = blind.send("uncode", codings=[mine["id"]])
    assert answer.json["rows"]["gone"] == [mine["id"]]


def test_the_answer_to_an_act_sends_nothing_of_the_others_either(
    blind: Window, theirs: dict[str, Any]
) -> None:
    blind.open("P1")
    blind.state["cursor"] = 0
    answer = blind.send("memo", about="source", target=blind.id_of("P1"), text="Mine")
    said = json.dumps(answer.json)
    assert not any(name in said for name in (*theirs["codings"], *theirs["memos"], '"ben"'))


def test_a_transcript_to_print_holds_ones_own_codings(server: Server, place: str) -> None:
    pages = {
        others: server.ask("transcript/P1", study=place, to="html", others=others)
        for others in (0, 1)
    }
    assert {page.status for page in pages.values()} == {200}
    assert ALONE.encode() in pages[1].body
    assert ALONE.encode() not in pages[0].body
    assert CASE.encode() not in pages[0].body


def test_who_has_done_nothing_yet_sees_nothing(server: Server, place: str) -> None:
    with p3c.open_study(server.root / place, coder="ben") as study:
        study.undo()
    # anna's row is asked for by her key; a study in which she has none is the other case
    other = f"e{uuid.uuid4().hex[:6]}"
    with p3c.new_study(server.root / other, title="Empty", coder="ben") as study:
        file = study.path / "text.txt"
        file.write_text("Some words.\n")
        from p3c_qual.sources.incoming import Incoming

        study.add([Incoming(file)])
        study.code("text", 0, 4, "advice")
    state = server.ask("study", study=other, others=0).json
    assert (state["counts"], state["coders"]) == ({}, [])
    assert server.ask("source/text", study=other, others=0).json["codings"] == []
    page = server.ask("transcript/text", study=other, to="html", others=0)
    assert page.status == 200
