"""Faults as they really happen: killed, starved, locked out, damaged, two at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import event, update

import p3c_qual as p3c
from p3c_qual.errors import P3CError
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store import replay, schema
from p3c_qual.store.act import begin_act
from p3c_qual.store.engine import open_store

SCRIPT = Path(__file__).with_name("faulty.py")


def start(*words):
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def kill(process):
    """Kill as with kill -9; return what the process still said."""
    process.kill()
    return process.communicate(timeout=60)[0]


def faults(study):
    with study.store.read() as connection:
        return replay.compare(connection)


def read_all(path):
    with p3c.open_study(path) as opened:
        opened.text("IP01")
        faults(opened)


@pytest.fixture
def files(tmp_path):
    """Give a folder of 120 texts."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(120):
        turns = [f"R: We met on day {n}, which was number {number}." for n in range(100)]
        (folder / f"T{number:03}.txt").write_text("\n".join(turns), "utf-8")
    return folder


@pytest.fixture
def coded(study, tmp_path):
    """Give the study with one source, and its folder."""
    file = tmp_path / "IP01.txt"
    file.write_text("We meet. " * 5000, "utf-8")
    study.add([Incoming(file)])
    return study


@pytest.mark.parametrize("lines", [0, 1, 60, 119, 120])
def test_an_import_that_is_killed_leaves_no_half_source(study, files, lines):
    process = start("add", study.path, files)
    for _ in range(lines):
        process.stdout.readline()
    done = "done" in kill(process)
    assert len(study.sources()) in ({120} if done else {0, 120})
    assert faults(study) == []
    if study.sources().empty:
        study.add([Incoming(path) for path in sorted(files.iterdir())])
    assert len(study.sources()) == 120
    originals = {path.name: path.read_bytes() for path in (study.path / "data_raw").iterdir()}
    assert originals == {path.name: path.read_bytes() for path in files.iterdir()}


@pytest.mark.parametrize("count", [1, 7, 40])
def test_every_acknowledged_coding_is_there_after_a_kill(coded, count):
    process = start("code", coded.path)
    said = [process.stdout.readline().strip() for _ in range(count)]
    said += kill(process).split()
    there = set(coded.codings()["id"])
    assert set(said) <= there
    assert len(there) <= len(said) + 1
    assert faults(coded) == []
    coded.code("IP01", 44000, 44007, "financing")


def test_two_processes_write_at_once_and_nothing_is_lost(new_address):
    address = new_address()
    store = open_store(address, create=True)
    processes = [start("insert", address, who, 60) for who in ("anna", "ben")]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        assert finish(process) == "done\n"
    with store.read() as connection:
        memos = connection.execute(schema.ROWS["memo"].select()).all()
        events = connection.execute(schema.event.select().order_by(schema.event.c.seq)).all()
        assert replay.compare(connection) == []
    assert len({memo.text for memo in memos}) == 120
    assert [each.seq for each in events] == list(range(1, 121))
    assert [each.clock for each in events] == sorted({each.clock for each in events})
    store.close()


def test_who_reads_sees_one_state_while_another_writes(new_address):
    address = new_address()
    store, other = open_store(address, create=True), open_store(address)
    memo = schema.ROWS["memo"]
    with store.read() as connection:
        before = len(connection.execute(memo.select()).all())
        with begin_act(other, actor="ben", verb="do") as act:
            act.insert("memo", [{"text": "meanwhile"}])
        assert len(connection.execute(memo.select()).all()) == before
    with store.read() as connection:
        assert len(connection.execute(memo.select()).all()) == before + 1
    for each in (store, other):
        each.close()


def test_a_writer_that_waits_too_long_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr("p3c_qual.store.engine.WAIT", 0.1)
    first = open_store(tmp_path / "x.sqlite", create=True)
    second = open_store(tmp_path / "x.sqlite")
    with first.write(), pytest.raises(P3CError, match="another program has been writing"):
        second.write().__enter__()
    for each in (first, second):
        each.close()


def test_on_a_full_disk_nothing_is_half_written(study, files):
    @event.listens_for(study.store.engine, "connect")
    def _small(raw, _record):
        (pages,) = raw.execute("pragma page_count").fetchone()
        raw.execute(f"pragma max_page_count={pages + 20}")

    study.store.engine.dispose()
    with pytest.raises(P3CError, match="the disk is full") as refused:
        study.add([Incoming(path) for path in sorted(files.iterdir())])
    assert "Nothing was changed. Make room" in str(refused.value)
    assert study.sources().empty
    assert list((study.path / "data_raw").iterdir()) == []
    assert faults(study) == []


@pytest.mark.parametrize("more", [-1, 50_000], ids=["the store", "the originals"])
def test_where_no_file_can_grow_nothing_is_half_written(study, files, more):
    study.close()
    size = (study.path / "study.sqlite").stat().st_size
    if more > 0:
        # the store has room, one original has not
        (files / "T060.txt").write_text("long " * (size // 2), "utf-8")
    said = finish(start("starve", study.path, files, 200_000 if more < 0 else 2 * size))
    assert "Make room" in said
    assert said.count("\n") == 1
    assert study.sources().empty
    assert list((study.path / "data_raw").iterdir()) == []
    assert faults(study) == []


@pytest.mark.parametrize("rest", [True, False], ids=["at rest", "as a kill left it"])
def test_a_folder_that_may_only_be_read_is_read_and_says_that_it_cannot_be_written(coded, rest):
    coded.code("IP01", 0, 7, "workforce")
    if rest:
        coded.close()
    # a place that any user of the machine may enter
    with tempfile.TemporaryDirectory(prefix="p3c-read-only-") as name:
        Path(name).chmod(0o755)
        copy = Path(name) / "study"
        shutil.copytree(coded.path, copy)
        assert (copy / "study.sqlite-wal").exists() != rest
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = {path: path.stat().st_mtime_ns for path in copy.rglob("*")}
        said = finish(start("visit", copy)).splitlines()
        assert {path: path.stat().st_mtime_ns for path in copy.rglob("*")} == before
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert said[0] == "1 codings, We meet"
    assert "can be read but not written" in said[1]
    assert len(said) == 2


@pytest.mark.parametrize("how", ["other file", "cut off", "overwritten"])
def test_a_damaged_store_says_what_to_do(coded, how):
    coded.close()
    path = coded.path / "study.sqlite"
    data = path.read_bytes()
    if how == "other file":
        path.write_bytes(b"This is a letter, not a study. " * 500)
    elif how == "cut off":
        path.write_bytes(data[: len(data) // 2])
    else:
        path.write_bytes(data[:4096] + os.urandom(len(data) - 4096))
    with pytest.raises(P3CError, match="damaged or no store") as refused:
        read_all(coded.path)
    assert "backup" in str(refused.value)


@pytest.mark.parametrize("how", ["no file", "empty file"])
def test_a_folder_without_a_store_says_so(study, how):
    study.close()
    (study.path / "study.sqlite").unlink()
    if how == "empty file":
        (study.path / "study.sqlite").touch()
    with pytest.raises(P3CError, match=r"there is no study|is missing"):
        p3c.open_study(study.path)


def test_a_store_of_a_newer_version_is_left_alone(new_address):
    address = new_address()
    store = open_store(address, create=True)
    with store.write() as connection:
        key = schema.meta.c.key
        connection.execute(update(schema.meta).where(key == "format").values(value="99"))
    with pytest.raises(P3CError, match=rf"\(format 99, this one knows {schema.FORMAT}\)"):
        open_store(address)
    store.close()


def test_a_store_is_not_made_twice(new_address):
    address = new_address()
    open_store(address, create=True).close()
    with pytest.raises(P3CError, match="there is a study already"):
        open_store(address, create=True)


def test_a_server_that_does_not_run_says_where_to_look():
    with pytest.raises(P3CError, match="cannot be reached") as refused:
        open_store("postgresql://127.0.0.1:1/nowhere")
    assert "P3C_STORE" in str(refused.value)


def test_an_original_of_the_same_name_is_never_written_over(study, tmp_path):
    place = study.path / "data_raw" / "IP01.txt"
    place.write_text("mine", "utf-8")
    (tmp_path / "IP01.txt").write_text("other", "utf-8")
    with pytest.raises(P3CError, match=r"another file called 'IP01\.txt'"):
        study.add([Incoming(tmp_path / "IP01.txt")])
    assert place.read_text("utf-8") == "mine"
