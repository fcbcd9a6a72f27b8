"""Who is let in, what is served, and how a fault is said."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.schema import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Server, Window

ROUTES = [
    "studies",
    "study",
    "source/P1",
    "words/P1",
    "progress",
    "changes",
    "segments",
    "search",
    "memos",
    "start",
    "terms",
    *("summary", "techniques", "ratings", "matrix", "cell", "types", "outline", "explications"),
    *("material", "pilot", "emergence", "agenda", "edition_changes"),
    *("realist", "configurations", "linked/P1", "negative/s1", "logic", "standards"),
    *("candidates", "network"),
    *("reports", "report", "section/workforce", "forms", "quotes", "facts", "contrasts"),
    *("lint", "measures", "preview", "renders"),
    "recording/P1",
    "transcript/P1",
]


def test_every_address_is_among_those_tried_here() -> None:
    from p3c_qual.workbench.asking import GETS

    tried = {route.partition("/")[0] for route in ROUTES}
    assert {name.partition("/")[0] for name in GETS} <= tried


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "token wrong"}])
def test_nobody_is_answered_without_the_token(
    server: Server, place: str, route: str, headers: dict[str, str]
) -> None:
    answer = server.ask(route, headers=headers, study=place)
    assert answer.status in {302, 403}
    assert b"study" not in answer.body
    if answer.status == 302:
        assert "/login" in answer.headers["Location"]


@pytest.mark.parametrize("route", ["act", "recognise"])
def test_nobody_does_anything_without_the_token(server: Server, place: str, route: str) -> None:
    answer = server.ask(route, headers={}, body={"study": place}, name="a.txt")
    assert answer.status == 403
    assert answer.json["error"]["code"] == "login"


def test_a_form_of_another_page_does_nothing(server: Server, place: str) -> None:
    login = {"Cookie": f"_xsrf=one; username-127-0-0-1-{server.port}=somebody"}
    assert server.ask("act", headers=login, body={"study": place}).status == 403


@pytest.mark.parametrize(
    "given",
    ["../{place}", "..", "{place}/../../x", "/", "/etc", "a\x00b", "{place}/..", ".hidden", "link"],
)
@pytest.mark.parametrize(
    "route", ["study", "source/P1", "changes", "segments", "start", "summary", "matrix", "pilot"]
)
def test_what_lies_outside_is_refused(
    server: Server, place: str, given: str, route: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = server.root / "link"
    if not link.is_symlink():
        link.symlink_to(tmp_path_factory.mktemp("outside"))
    (server.root / ".hidden").mkdir(exist_ok=True)
    answer = server.ask(route, study=given.format(place=place))
    assert answer.status == 403
    assert answer.json["error"]["code"] == "refused"


def test_what_lies_outside_is_not_written_either(server: Server) -> None:
    asked = {
        "study": "../x",
        "act_id": "018f3c5e-7b1d-7c3a-9f10-2a5b6c7d8e9f",
        "verb": "undo",
        "args": {},
    }
    assert server.ask("act", body=asked).status == 403
    asked |= {"verb": "new_study", "args": {"folder": "../x", "title": "X"}}
    assert server.ask("act", body=asked).status == 403
    assert not (server.root.parent / "x").exists()


def test_a_store_that_lies_outside_is_refused(
    server: Server, place: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = server.root / place / "study.yml"
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "study.sqlite"
    text = path.read_text().replace("store: study.sqlite", f"store: {elsewhere}")
    assert str(elsewhere) in text
    path.write_text(text)
    assert server.ask("study", study=place).status == 403


def test_a_study_is_named_by_its_whole_path_too(server: Server, place: str) -> None:
    assert server.ask("study", study=str(server.root / place)).json["path"] == place


def test_a_study_may_be_the_servers_own_folder(pattern: Path) -> None:
    from p3c_qual.workbench.finding import find_studies
    from p3c_qual.workbench.studies import Studies

    studies = Studies(pattern)
    assert [each.path for each in find_studies(studies)] == ["."]
    assert {studies.hold(name).path for name in (".", "", str(pattern))} == {"."}
    studies.close()


def test_a_folder_that_is_not_there_is_unknown(server: Server) -> None:
    answer = server.ask("study", study="nowhere")
    assert (answer.status, answer.json["error"]["code"]) == (404, "unknown")


def test_a_folder_without_a_study_says_so(server: Server) -> None:
    (server.root / "plain").mkdir(exist_ok=True)
    answer = server.ask("study", study="plain")
    assert answer.status == 422
    assert answer.json["error"]["what"] == "there is no study here"
    assert answer.json["error"]["do"]


def test_a_study_of_a_newer_version_says_what_to_do(server: Server, place: str) -> None:
    path = server.root / place / "study.yml"
    path.write_text(path.read_text().replace(f"format: {FORMAT}", "format: 99"))
    answer = server.ask("study", study=place)
    assert answer.status == 422
    assert "newer version" in answer.json["error"]["what"]
    assert "Update" in answer.json["error"]["do"]


def test_a_study_without_its_store_says_so(server: Server, place: str) -> None:
    (server.root / place / "study.sqlite").unlink()
    answer = server.ask("study", study=place)
    assert answer.status == 422
    assert "missing" in answer.json["error"]["what"]


def test_a_study_that_is_laid_elsewhere_anew_is_opened_anew(window: Window) -> None:
    folder = window.server.root / window.study
    for name in ("study.yml", "study.sqlite", "study.sqlite-wal", "study.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    p3c.new_study(folder, title="Another", coder="anna").close()
    assert window.get("study")["title"] == "Another"
    assert window.get("study")["sources"] == []


def test_a_body_that_is_no_json_is_refused_in_the_same_shape(server: Server) -> None:
    answer = server.ask("act", body=b"{")
    assert answer.status == 400
    assert answer.json["all"] == [answer.json["error"]]
    assert set(answer.json["error"]) == {"code", "what", "where", "valid", "nearest", "do"}


@pytest.mark.parametrize("since", ["x", "-1", "1.5", "9" * 40, ""])
def test_a_number_that_is_none_is_said_plainly(server: Server, place: str, since: str) -> None:
    answer = server.ask("changes", study=place, since=since)
    assert answer.status == 422
    assert "whole number" in answer.json["error"]["what"]


def test_an_unknown_source_is_named_with_the_nearest(server: Server, place: str) -> None:
    answer = server.ask("source/P11", study=place)
    assert answer.status == 422
    assert answer.json["error"]["nearest"] in {"P1", "P2"}


def test_a_fault_of_the_program_tells_nothing_of_its_inside(server: Server, place: str) -> None:
    # a store whose tables are gone is none of the faults that are foreseen
    server.ask("study", study=place)
    raw = sqlite3.connect(server.root / place / "study.sqlite")
    raw.execute("drop table coding")
    raw.commit()
    raw.close()
    answer = server.ask("study", study=place)
    assert answer.status == 500
    assert b"Traceback" not in answer.body
    assert b"sqlalchemy" not in answer.body
    assert set(answer.json) == {"error", "all"}


def test_the_studies_below_the_folder_are_found(server: Server, place: str) -> None:
    (server.root / "node_modules" / "x").mkdir(parents=True, exist_ok=True)
    (server.root / "node_modules" / "x" / "study.yml").write_text("format: 1\ntitle: No\n")
    found = {each["path"]: each for each in server.ask("studies").json}
    assert found[place]["title"] == "A study"
    assert found[place]["sources"] == 3
    assert not any("node_modules" in path for path in found)


def test_a_study_that_cannot_be_read_is_found_all_the_same(server: Server, place: str) -> None:
    (server.root / place / "study.yml").write_text("titel: [", encoding="utf-8")
    found = {each["path"]: each for each in server.ask("studies").json}
    assert found[place]["title"] == place
    assert json.loads(server.ask("study", study=place).body)["error"]["where"]


def test_searches_that_take_long_keep_no_window_waiting(own_server: Callable[..., Window]) -> None:
    window = own_server(P3C_CODER="anna")
    path = window.server.root / window.study
    (window.server.root.parent / "long.txt").write_text("a" * 5000 + " b\n", "utf-8")
    with p3c.open_study(path, coder="anna") as study:
        study.add([Incoming(window.server.root.parent / "long.txt", kind="document")])
    done: list[int] = []

    def search() -> None:
        # the server is gone before it has answered
        with contextlib.suppress(OSError):
            done.append(window.server.ask("search", study="study", q="(a+)+$", regex=1).status)

    # more than a server has threads
    searching = [threading.Thread(target=search) for _ in range(40)]
    for each in searching:
        each.start()
    time.sleep(1)
    window.look()
    window.act("code", source="P1", start=0, end=1, code=window.code_id("unused"))
    answered = len(done)
    window.server.kill()
    for each in searching:
        each.join(30)
    # two at a time
    assert answered < 6
