"""Undo, copies and checks from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said


def _count(run: Callable[..., Said]) -> int:
    return len(json.loads(run("codings", "--format", "json").out))


def test_undo_takes_back_the_last_act_and_redo_does_it_again(
    run: Callable[..., Said], here: Path
) -> None:
    undone = run("undo")

    assert undone.code == 0
    assert undone.out.startswith("Took back: code 5 segments from codings.csv")
    assert _count(run) == 0
    assert run("redo").out.startswith("Done again: code 5 segments from codings.csv")
    assert _count(run) == 5
    nothing = run("redo")
    assert (nothing.code, nothing.err) == (1, "anna has nothing to redo.\n")


def test_nobody_takes_back_a_colleagues_act_by_mistake(
    run: Callable[..., Said], unchanged: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    act = json.loads(run("log", "--format", "json").out)[0]
    monkeypatch.setenv("P3C_CODER", "ben")

    assert run("undo").err == "ben has nothing to undo.\n"
    refused = run("undo", "--group", act["group"])
    assert (refused.code, "this act is anna's" in refused.err) == (1, True)
    assert run("undo", "--group", "nonsense").code == 1
    assert unchanged()

    assert run("undo", "--group", act["group"], "--reason", "wrong file").code == 0
    assert _count(run) == 0


def test_the_log_names_who_did_what_newest_first(run: Callable[..., Said], here: Path) -> None:
    acts = json.loads(run("log", "--format", "json").out)

    assert [act["verb"] for act in acts] == [
        "code 5 segments from codings.csv",
        "add 1 source",
        "add 1 source",
        "new study",
    ]
    assert {act["actor"] for act in acts} == {"anna"}
    assert len(json.loads(run("log", "--limit", "2", "--format", "json").out)) == 2


def test_an_export_taken_in_by_a_new_study_makes_the_same_study(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert run("export", first).code == 0
    run("new", tmp_path / "other", "--title", "Other")

    said = run("import", first, "--study", tmp_path / "other")
    assert said.code == 0
    assert said.out.startswith("Joined ")
    with p3c.open_study(here) as one, p3c.open_study(tmp_path / "other") as two:
        assert two.codings().equals(one.codings())
        assert set(two.settings.programmes) == {"care"}
    again = run("import", first, "--study", tmp_path / "other")
    assert again.out.startswith("Joined 0 events of 0 acts.")
    run("export", second)
    assert second.read_bytes() == first.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.jsonl", None, "cannot be read"),
        ("a.jsonl", b"", "no export of a study"),
        ("a.jsonl", b"{}\n", "no export of a study"),
        ("a.jsonl", b'{"p3c_qual":"study","format":99}\n', "a newer version wrote this export"),
        ("a.jsonl", b'{"p3c_qual":"study","format":1}\nnonsense\n', "a.jsonl:2"),
        ("a.jsonl", b'{"p3c_qual":"study","format":1}\n{"event":{}}\n', "a.jsonl:2"),
        ("a.qdpx", b"PK", "'.qdpx' is not read"),
        ("a", b"PK", "'no ending' is not read"),
        ("a.csv", b"source,start\nP1,2\n", "the column 'end' is missing"),
    ],
)
def test_what_cannot_be_imported_is_explained_and_nothing_changes(
    run: Callable[..., Said],
    tmp_path: Path,
    unchanged: Callable[[], bool],
    name: str,
    data: bytes | None,
    told: str,
) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)

    said = run("import", file)

    assert said.code == 1
    assert told in said.err
    assert "Traceback" not in said.err
    assert unchanged()


def test_an_export_cut_off_in_the_middle_is_joined_not_at_all(
    run: Callable[..., Said], tmp_path: Path, unchanged: Callable[[], bool]
) -> None:
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    run("new", tmp_path / "other", "--title", "Other")
    run("export", whole, "--study", tmp_path / "other")
    part.write_bytes(whole.read_bytes()[:-40])

    said = run("import", part)

    assert said.code == 1
    assert unchanged()


def test_codings_are_exported_and_imported_as_a_table(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    file = tmp_path / "codings.CSV"

    assert run("export", file).out == f"Wrote 5 segments to {file}.\n"
    run("undo")
    assert run("import", file).out == "Coded 5 segments in 2 sources.\n"
    assert _count(run) == 5


@pytest.mark.parametrize(
    "args",
    [
        ("export", "{}/nowhere/a.jsonl"),
        ("export", "{}/nowhere/a.csv"),
        ("export", "{}/a.docx"),
        ("codings", "--to", "{}/nowhere/a.csv"),
        ("codebook", "export", "selfie", "--to", "{}/nowhere/a.yml"),
        ("figure", "heat", "--to", "{}/study/study.yml/a"),
    ],
    ids=lambda args: args[-1],
)
def test_a_place_that_cannot_be_written_is_named(
    run: Callable[..., Said], here: Path, tmp_path: Path, args: tuple[str, ...]
) -> None:
    said = run(*(arg.format(tmp_path) for arg in args))

    assert said.code == 1
    assert str(tmp_path) in said.err
    assert "Traceback" not in said.err


def test_a_study_that_is_whole_is_said_to_be(run: Callable[..., Said], here: Path) -> None:
    said = run("check", "--replay")

    assert said.code == 0
    assert "The journal replays to the same tables." in said.out


def test_a_changed_original_is_found(run: Callable[..., Said], here: Path) -> None:
    (here / "data_raw" / "P1.txt").write_text("something else", encoding="utf-8")
    (here / "data_raw" / "stray.txt").write_text("not added", encoding="utf-8")

    said = run("check", "--format", "json")

    assert said.code == 1
    assert said.err == "one fault was found.\n"
    assert [(row["kind"], row["source"]) for row in json.loads(said.out)] == [
        ("fault", "P1"),
        ("note", "data_raw/stray.txt"),
    ]


def test_a_row_changed_behind_the_journals_back_is_found_by_replaying(
    run: Callable[..., Said], here: Path
) -> None:
    import sqlite3

    with sqlite3.connect(here / "study.sqlite") as raw:
        raw.execute("update source set title = 'forged' where key = 'P1'")
    raw.close()

    assert run("check").code == 0
    said = run("check", "--replay", "--format", "json")
    assert said.code == 1
    (row,) = json.loads(said.out)
    assert row["what"] == "title differs from the journal"


@pytest.mark.parametrize("damage", ["missing", "empty", "nonsense"])
def test_a_damaged_store_is_explained(run: Callable[..., Said], here: Path, damage: str) -> None:
    store = here / "study.sqlite"
    if damage == "missing":
        store.unlink()
    else:
        store.write_bytes(b"" if damage == "empty" else b"nonsense" * 1000)

    said = run("codings")

    assert said.code == 1
    assert "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_a_command_looks_at_the_study_as_it_stood_then_and_none_changes_it(
    run: Callable[..., Said], unchanged: Callable[[], bool]
) -> None:
    acts = json.loads(run("log", "--format", "json").out)
    before_coding = acts[1]["at"]

    then = run("codings", "--as-of", before_coding, "--format", "json")
    assert json.loads(then.out) == []
    assert json.loads(run("--as-of", before_coding, "log", "--format", "json").out) == acts[1:]
    refused = run("memo", "study", "too late", "--as-of", before_coding)
    assert (refused.code, "what was done cannot be changed" in refused.err) == (1, True)
    bad = run("codings", "--as-of", "yesterday")
    assert (bad.code, "neither a day nor a time" in bad.err) == (1, True)
    # a command that names no day is about the present again
    assert _count(run) == 5
    assert unchanged()
