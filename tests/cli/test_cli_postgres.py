"""A study on PostgreSQL, from the command line, the whole chain."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

import p3c_qual as p3c

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said


def test_every_step_works_as_on_one_machine(
    run: Callable[..., Said],
    here: Path,
    tmp_path: Path,
    new_database: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = tmp_path / "team"
    assert run("new", team, "--title", "Team", "--store", new_database()).code == 0
    assert not (team / "study.sqlite").exists()
    monkeypatch.chdir(team)
    # a text with a mark at its beginning, so that its bytes are not the text's
    marked = tmp_path / "P3.txt"
    marked.write_text("I: And you?\nR: All is well.\n", encoding="utf-8-sig")
    files = [*sorted((here / "data_raw").glob("*.txt")), marked]

    added = run("add", *files, "--programme", "care", "--site", "north")
    assert added.code == 0, added.err
    table = tmp_path / "codings.csv"
    run("codings", "--coder", "anna", "--to", table, "--study", here)
    assert "Coded 4 segments in 2 sources" in run("code", "--csv", table).out
    frequencies = json.loads(run("frequencies", "--by", "site", "--format", "json").out)
    counts = {row["code"]: row["total"] for row in frequencies["rows"]}
    assert (counts["workforce"], counts["financing"]) == (3, 1)
    (hit,) = json.loads(run("search", "cafe", "--format", "json").out)
    assert hit["match"] == "Café"

    assert run("undo").code == 0
    assert json.loads(run("codings", "--format", "json").out) == []
    assert run("redo").code == 0
    checked = run("check", "--replay")
    assert checked.code == 0, checked.out

    lines = tmp_path / "team.jsonl"
    assert run("export", lines).code == 0
    assert run("import", lines).out.startswith("Joined 0 events")
    run("new", tmp_path / "alone", "--title", "Alone")
    assert run("import", lines, "--study", tmp_path / "alone").code == 0
    with p3c.open_study(team) as one, p3c.open_study(tmp_path / "alone") as other:
        assert other.codings().equals(one.codings())
        assert other.text("P3") == one.text("P3") == "I: And you?\nR: All is well.\n"


def test_the_originals_bytes_lie_in_the_store(
    run: Callable[..., Said], tmp_path: Path, new_database: Callable[[], str]
) -> None:
    team = tmp_path / "team"
    run("new", team, "--title", "Team", "--store", new_database())
    file = tmp_path / "talk.txt"
    file.write_text("I: Who?\r\nR: You.\r\n", encoding="utf-16")
    run("add", file, "--study", team)
    # the folder of another computer holds no originals
    shutil.rmtree(team / "data_raw")

    assert run("check", "--study", team).code == 0
    from p3c_qual.store import payloads

    with p3c.open_study(team) as study, study.store.read() as connection:
        (digest,) = study.sources()["sha256"]
        assert payloads.get(connection, digest) == file.read_bytes()


def test_a_password_is_neither_written_nor_shown(
    run: Callable[..., Said],
    tmp_path: Path,
    new_database: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = new_database()
    secret = make_url(address).set(password="hush-hush").render_as_string(hide_password=False)

    refused = run("new", tmp_path / "team", "--title", "Team", "--store", secret)
    assert refused.code == 1
    assert "a password does not belong into the store's address" in refused.err
    assert "hush-hush" not in refused.err
    assert not (tmp_path / "team").exists()

    run("new", tmp_path / "team", "--title", "Team", "--store", address)
    monkeypatch.setenv("P3C_STORE", secret)
    assert run("codings", "--study", tmp_path / "team").code == 0
    lost = make_url(secret).set(database="nowhere").render_as_string(hide_password=False)
    monkeypatch.setenv("P3C_STORE", lost)
    said = run("codings", "--study", tmp_path / "team")
    assert said.code == 1
    assert "hush-hush" not in said.err
    assert "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert "hush-hush" not in (tmp_path / "team" / "study.yml").read_text(encoding="utf-8")


def test_a_second_study_in_the_same_database_is_refused(
    run: Callable[..., Said], tmp_path: Path, new_database: Callable[[], str]
) -> None:
    address = new_database()
    run("new", tmp_path / "one", "--title", "One", "--store", address)

    said = run("new", tmp_path / "two", "--title", "Two", "--store", address)

    assert said.code == 1
    assert "there is a study already" in said.err
    assert not (tmp_path / "two").exists()
    assert run("codings", "--study", tmp_path / "one").code == 0


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mysql://host/care", "a store is no 'mysql' address"),
        ("postgresql://host:port/care", "cannot be read"),
        ("postgresql://localhost:1/care", "cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_explained_and_nothing_is_made(
    run: Callable[..., Said], tmp_path: Path, address: str, told: str
) -> None:
    said = run("new", tmp_path / "team", "--title", "Team", "--store", address)

    assert said.code == 1
    assert told in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "team").exists()
