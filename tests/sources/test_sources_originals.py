"""Originals in data_raw: each whole or not at all, never written over."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select

from p3c_qual.errors import P3CError
from p3c_qual.sources.incoming import Incoming
from p3c_qual.sources.originals import Originals
from p3c_qual.store.schema import ROWS


def kept(study):
    folder = study.path / "data_raw"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_file_keeps_its_place_below_the_manifest(study, tmp_path):
    (tmp_path / "north").mkdir()
    (tmp_path / "north" / "a.txt").write_text("Some words.")
    study.add([Incoming(tmp_path / "north" / "a.txt")], base=tmp_path)
    assert kept(study) == {"north/a.txt": b"Some words."}


def test_the_place_and_hash_of_an_original_stand_with_its_text(study, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfSome\r\nwords.")
    study.add([Incoming(tmp_path / "a.txt")])
    with study.store.read() as connection:
        row = connection.execute(select(ROWS["text"])).one()
    assert (row.file, row.original) == (
        "a.txt",
        hashlib.sha256(b"\xef\xbb\xbfSome\r\nwords.").hexdigest(),
    )


def test_a_file_that_lies_there_already_is_not_copied(study):
    place = study.path / "data_raw" / "mine.txt"
    place.write_text("Some words.")
    study.add([Incoming(place)])
    assert kept(study) == {"mine.txt": b"Some words."}


def test_the_same_file_under_two_keys_is_kept_once(study, tmp_path):
    (tmp_path / "a.txt").write_text("Some words.")
    study.add([Incoming(tmp_path / "a.txt", id="one"), Incoming(tmp_path / "a.txt", id="two")])
    assert list(kept(study)) == ["a.txt"]


def test_two_files_of_one_name_are_refused_together(study, tmp_path):
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"Words of {name}.")
    files = [Incoming(tmp_path / name / "a.txt", id=name) for name in ("x", "y")]
    with pytest.raises(P3CError, match=r"another file called 'a\.txt'"):
        study.add(files)
    assert kept(study) == {}
    assert study.sources().empty


def test_what_fails_later_takes_the_copies_away(study, tmp_path):
    (tmp_path / "a.txt").write_text("Some words.")
    (tmp_path / "b.docx").write_bytes(b"no such thing")
    with pytest.raises(P3CError, match=r"b\.docx"):
        study.add([Incoming(tmp_path / "a.txt"), Incoming(tmp_path / "b.docx")])
    assert kept(study) == {}


def test_every_fault_is_named_at_once(study, tmp_path):
    (tmp_path / "a.txt").write_text("Some words.")
    study.add([Incoming(tmp_path / "a.txt")])
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(P3CError) as refused:
        study.add([
            Incoming(tmp_path / "a.txt"), Incoming(tmp_path / "empty.txt"),
            Incoming(tmp_path / "a.txt", id="c", translation_of="A"),
        ])  # fmt: skip
    said = str(refused.value)
    assert "there is a source 'a' already" in said
    assert "empty.txt" in said
    assert "unknown source 'A'. Did you mean 'a'?" in said


def test_what_an_import_left_that_was_cut_short_is_cleared_away(tmp_path):
    left = tmp_path / "north" / ".a.txt.part"
    left.parent.mkdir()
    left.write_text("half")
    mine = tmp_path / "notes.part"
    mine.write_text("whole")
    Originals(tmp_path, None)
    assert not left.exists()
    assert mine.exists()
