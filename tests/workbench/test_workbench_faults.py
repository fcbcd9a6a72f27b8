"""What is damaged, closed or killed: said plainly, reading goes on, nothing kept is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.store.act import begin_act
from p3c_qual.workbench.state import study_state
from p3c_qual.workbench.verbs import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Window


def test_a_killed_server_loses_nothing_it_answered_and_doubles_nothing(
    own_server: Callable[..., Window],
) -> None:
    window = own_server(P3C_CODER="anna")
    sent = [(str(uuid.uuid4()), 2 * number) for number in range(8)]
    source, of = window.id_of("P1"), window.code_id("unused")
    made = {
        name: window.act("code", act_id=name, source=source, start=at, end=at + 1, code=of)
        for name, at in sent
    }
    window.server.kill()
    window.server.start()
    there = {each["id"] for each in window.get("source/P1")["codings"]}
    assert set(made.values()) <= there
    for name, at in sent:
        again = window.act("code", act_id=name, source=source, start=at, end=at + 1, code=of)
        assert again == made[name]
    assert {each["id"] for each in window.get("source/P1")["codings"]} == there


def test_a_text_that_is_not_what_its_hash_says_is_shown_and_not_coded(window: Window) -> None:
    source = window.open("P1")
    assert source["fault"] is None
    raw = sqlite3.connect(window.server.root / window.study / "study.sqlite")
    raw.execute("update payload set text = replace(text, 'each week', 'each year')")
    raw.commit()
    raw.close()
    damaged = window.open("P1")
    assert "each year" in damaged["text"]
    assert "hash" in damaged["fault"]["what"]
    assert damaged["fault"]["do"]
    place, of = {"source": "P1", "start": 23, "end": 40}, window.code_id("unused")
    book = window.state["codebooks"][0]["id"]
    for verb, args in (
        ("code", {**place, "code": of}),
        ("in_vivo", {**place, "codebook": book, "label": "x"}),
        ("pass_over", place),
        ("resize", {"coding": damaged["codings"][0]["id"], "start": 1, "end": 9}),
    ):
        refused = window.send(verb, **args)
        assert (refused.status, refused.json["error"]["code"]) == (422, "unsound"), verb
    assert window.act("code", source="P2", start=0, end=5, code=of)
    faults = window.get("start")["waiting"]["faults"]
    assert {each["where"] for each in faults} == {"P1"}


def test_a_study_that_can_only_be_read_is_read(
    tmp_path: Path, folder_of: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path / "study")
    # who runs the tests may be allowed everything; what the store asks the system is answered no
    monkeypatch.setattr(os, "access", lambda *_: False)
    with p3c.open_study(folder) as study:
        state = study_state(study, "study", others=True)
        assert not state.writable
        (banner,) = state.banners
        assert (banner.kind, bool(banner.what), bool(banner.do)) == ("read_only", True, True)
        assert state.sources
        assert run(study, "desk", str(uuid.uuid4()), {"name": "a", "value": 1}) is False
        with pytest.raises(p3c.P3CError) as refused:
            run(study, "undo", str(uuid.uuid4()), {})
    assert refused.value.problems[0].code == "read_only"


def test_a_codebook_that_fails_its_check_is_shown_with_a_banner(window: Window) -> None:
    assert window.state["banners"] == []
    team, meetings = window.code_id("team"), window.code_id("team.meetings")
    path = window.server.root / window.study
    with p3c.open_study(path) as study, begin_act(study.store, actor="anna", verb="join") as act:
        act.update("code", {team: {"parent": meetings}})
    state = window.get("study")
    (banner,) = state["banners"]
    assert banner["kind"] == "codebook"
    assert "stands below itself" in banner["what"]
    parents = {each["id"]: each["parent"] for each in state["codes"]}
    # the tree can be drawn all the same
    assert None in (parents[team], parents[meetings])
    assert window.act("code", source="P1", start=1, end=2, code=meetings)


def test_who_is_nobody_reads_and_then_says_a_name(
    own_server: Callable[..., Window],
) -> None:
    window = own_server()
    assert window.state["me"] == ""
    assert window.get("source/P1")["text"]
    assert window.get("start")["waiting"]["untouched"]
    args = {"source": "P1", "start": 1, "end": 2, "code": window.code_id("unused")}
    for verb, given in (("code", args), ("undo", {}), ("desk", {"name": "a", "value": 1})):
        refused = window.send(verb, **given)
        assert (refused.status, refused.json["error"]["code"]) == (422, "nobody")
    making = {"folder": "new", "title": "New"}
    assert window.send("new_study", **making).json["error"]["code"] == "nobody"
    assert window.send("name_me", name="two words").status == 422
    assert window.act("name_me", name="clara") == "clara"
    window.act("code", **args)
    assert window.get("study")["me"] == "clara"
    assert "clara" in window.get("study")["coders"]


def test_a_name_that_the_server_gives_cannot_be_taken_back(window: Window) -> None:
    refused = window.send("name_me", name="somebody")
    assert refused.status == 422
    assert "P3C_CODER" in json.dumps(refused.json)


def test_on_a_hub_the_user_is_the_coder(
    tmp_path: Path, folder_of: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "dora")
    with p3c.open_study(folder_of(tmp_path / "study")) as study:
        run(
            study, "code", str(uuid.uuid4()), {"source": "P2", "start": 1, "end": 4, "code": "team"}
        )
        state = study_state(study, "study", others=True)
        assert set(study.codings(source="P2")["coder"]) == {"dora"}
        assert study.log(limit=1)["actor"].item() == "dora"
    assert (state.me, "dora" in state.coders) == ("dora", True)


def test_a_study_that_cannot_be_opened_keeps_acts_waiting(window: Window, tmp_path: Path) -> None:
    source, of = window.id_of("P1"), window.code_id("unused")
    folder = window.server.root / window.study
    whole = (folder / "study.yml").read_text("utf-8")
    name = str(uuid.uuid4())
    args = {"source": source, "start": 1, "end": 2, "code": of}
    # somebody is just writing the settings, or moved the store to mend it
    (folder / "study.yml").write_text("titel: [", "utf-8")
    closed = window.send("code", act_id=name, **args)
    (folder / "study.yml").write_text(whole, "utf-8")
    (folder / "study.sqlite").rename(tmp_path / "away")
    away = window.send("code", act_id=name, **args)
    (tmp_path / "away").rename(folder / "study.sqlite")
    assert (closed.status, away.status) == (503, 503)
    assert "missing" in away.json["error"]["what"]
    assert window.act("code", act_id=name, **args)


def test_a_store_that_is_damaged_keeps_acts_waiting(window: Window, tmp_path: Path) -> None:
    file = window.server.root / window.study / "study.sqlite"
    whole = file.read_bytes()
    name = str(uuid.uuid4())
    args = {"source": "P1", "start": 1, "end": 2, "code": window.code_id("unused")}
    file.with_name("study.sqlite-wal").unlink(missing_ok=True)
    file.write_bytes(b"no store" * 1000)
    refused = window.send("code", act_id=name, **args)
    assert (refused.status, refused.json["error"]["code"]) == (503, "store")
    assert "backup" in refused.json["error"]["do"]
    file.rename(tmp_path / "damaged")
    file.write_bytes(whole)
    assert window.act("code", act_id=name, **args)


def test_no_word_of_an_interview_comes_into_the_log(own_server: Callable[..., Window]) -> None:
    window = own_server(P3C_CODER="anna")
    raw = sqlite3.connect(window.server.root / window.study / "study.sqlite")
    stop = "create trigger stop_{0} before insert on {0} begin select raise(abort, 'stop'); end"
    for table in ("coding", "memo"):
        raw.execute(stop.format(table))
    raw.commit()
    raw.close()
    args = {"source": "P1", "start": 43, "end": 59, "code": window.code_id("unused")}
    assert window.open("P1")["text"][43:59] == "helps us a lot, "
    assert window.send("code", **args).status == 500
    said = {"about": "source", "target": "P1", "text": "a thought of mine"}
    assert window.send("memo", **said).status == 500
    log = (window.server.root.parent / "home" / "log").read_text("utf-8")
    assert "IntegrityError" in log
    assert "helps us" not in log
    assert "thought" not in log
