"""Sources in, changed and withdrawn, from the command line."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Said

FILES = Path(__file__).parents[1] / "sources" / "files"
TEXT = "I: Who decides?\nR: The board decides, café or not.\n"


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * 300_000_000)
        packed.writestr("[Content_Types].xml", "<Types/>")
    return buffer.getvalue()


BAD_FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.txt", lambda: b"", "empty"),
    "white space only": ("a.txt", lambda: b" \n\n", "a.txt"),
    "binary": ("a.txt", lambda: bytes(range(256)) * 9, "a.txt"),
    "zip bomb": ("a.docx", _bomb, "a.docx"),
    "no zip": ("a.docx", lambda: b"PK\x03\x04 cut off", "a.docx"),
    "protected PDF": ("a.pdf", (FILES / "locked.pdf").read_bytes, "password"),
    "scanned PDF": ("a.pdf", (FILES / "scanned.pdf").read_bytes, "text"),
    "broken PDF": ("a.pdf", lambda: b"%PDF-1.7 and nothing", "a.pdf"),
    "old Word": ("a.doc", (FILES / "old.doc").read_bytes, "docx"),
    "unknown ending": ("a.xyz", lambda: b"some text", "xyz"),
    "picture": ("a.png", lambda: b"\x89PNG\r\n\x1a\n", "png"),
    "table without a text": ("a.csv", lambda: b"id,age\n1,40\n", "text"),
}


@pytest.mark.parametrize(("name", "make", "told"), BAD_FILES.values(), ids=list(BAD_FILES))
def test_a_file_that_cannot_be_read_is_refused_in_one_message_and_nothing_is_kept(
    run: Callable[..., Said],
    tmp_path: Path,
    unchanged: Callable[[], bool],
    name: str,
    make: Callable[[], bytes],
    told: str,
) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / name
    good.write_text(TEXT, encoding="utf-8")
    bad.write_bytes(make())

    said = run("add", good, bad)

    assert said.code == 1
    assert said.out == ""
    assert name in said.err
    assert told.lower() in said.err.lower()
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err
    assert unchanged()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("é", "e\u0301").encode(),
    ],
    ids=["BOM", "UTF-16", "Windows-1252", "CRLF", "CR", "composed accents"],
)
def test_a_text_comes_in_the_same_whatever_it_was_written_with(
    run: Callable[..., Said], here: Path, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes(data)

    said = run("add", file)

    assert said.code == 0, said.err
    with p3c.open_study(here) as study:
        assert study.text("talk") == TEXT
    assert (here / "data_raw" / "talk.txt").read_bytes() == data


def test_a_very_long_text_comes_in_and_is_found(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    file = tmp_path / "long.txt"
    line = "R: We spoke of many things that day, and of many more the day after.\n"
    file.write_text(line * 72_000 + "R: And of zebras.\n", encoding="utf-8")

    assert run("add", file).code == 0
    (hit,) = json.loads(run("search", "zebras", "--format", "json").out)
    assert hit["start"] == len(line) * 72_000 + 10


@pytest.mark.parametrize(
    ("name", "told"),
    [("nowhere.txt", "is missing"), ("folder", "is a folder, not a file")],
)
def test_a_file_that_is_not_there_or_is_a_folder_is_named(
    run: Callable[..., Said], tmp_path: Path, unchanged: Callable[[], bool], name: str, told: str
) -> None:
    (tmp_path / "folder").mkdir()

    said = run("add", tmp_path / name)

    assert said.code == 1
    assert told in said.err
    assert unchanged()


def test_a_missing_file_is_answered_with_the_nearest_one_beside_it(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    (tmp_path / "interview_3.txt").write_text(TEXT, encoding="utf-8")

    said = run("add", tmp_path / "interview_4.txt")

    assert "Did you mean 'interview_3.txt'?" in said.err


def test_the_same_file_twice_is_refused_by_its_key(
    run: Callable[..., Said], tmp_path: Path, unchanged: Callable[[], bool]
) -> None:
    file = tmp_path / "P1.txt"
    file.write_text(TEXT, encoding="utf-8")

    said = run("add", file)

    assert said.code == 1
    assert "there is a source 'P1' already" in said.err
    assert unchanged()


def test_an_original_is_never_overwritten_by_another_of_its_name(
    run: Callable[..., Said], tmp_path: Path, unchanged: Callable[[], bool]
) -> None:
    file = tmp_path / "P1.txt"
    file.write_text(TEXT, encoding="utf-8")

    said = run("add", file, "--id", "other")

    assert said.code == 1
    assert "data_raw holds another file called 'P1.txt'" in said.err
    assert unchanged()


def test_options_of_add_stand_beside_the_source(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(TEXT, encoding="utf-8")

    said = run(
        *("add", file, "--id", "T1", "--kind", "diary", "--completeness", "excerpts"),
        *("--programme", "New Care", "--country", "Austria", "--site", "Hill Side"),
        *("--interviewee", "T1;T2", "--stakeholder-type", "D1;A", "--role", "nurse"),
        *("--date", "2023-05", "--language", "de", "--title", "A day", "--wave", "2"),
    )

    assert said.code == 0, said.err
    assert "New: programme new_care, site hill_side, interviewee T1, interviewee T2." in said.out
    (row,) = [r for r in json.loads(run("sources", "--format", "json").out) if r["source"] == "T1"]
    wanted = {
        "kind": "diary",
        "completeness": "excerpts",
        "programme": "new_care",
        "country": "Austria",
        "site": "hill_side",
        "interviewee": "T1;T2",
        "date": "2023-05",
        "language": "de",
        "title": "A day",
        "wave": "2",
    }
    assert {name: row[name] for name in wanted} == wanted
    settings = (here / "study.yml").read_text(encoding="utf-8")
    assert "new_care" in settings
    assert "label: New Care" in settings


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--kind", "intervew", "Did you mean 'interview'?"),
        ("--completeness", "ful", "Did you mean 'full'?"),
        ("--stakeholder-type", "H", "unknown stakeholder type 'H'"),
        ("--date", "12.5.2023", "'12.5.2023' is no date. Write YYYY, YYYY-MM or YYYY-MM-DD."),
        ("--date", "2023-02-30", "is no date"),
        ("--language", "German", "'German' is no language"),
        ("--interviewee", "A B", "a key holds no white space"),
        ("--interviewee", "X;X", "named twice"),
        ("--translation-of", "P11", "Did you mean 'P1'?"),
        ("--protocol", "manager", "unknown protocol 'manager'"),
        ("--programme", "!!!", "has no letter or digit"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(
    run: Callable[..., Said],
    tmp_path: Path,
    unchanged: Callable[[], bool],
    option: str,
    value: str,
    told: str,
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(TEXT, encoding="utf-8")

    said = run("add", file, option, value)

    assert said.code == 1
    assert told in said.err
    assert unchanged()


def test_a_table_comes_in_as_one_source_a_row(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    table = tmp_path / "open answers.csv"
    table.write_text(
        "interviewee;age;What helped?;stakeholder_type\nQ1;44;The nurse.;F\nQ2;51;Nobody.;F\n",
        encoding="utf-8",
    )

    assert "What helped?" in run("add", table).err
    said = run("add", table, "--text-column", "what helped?", "--programme", "care")

    assert said.code == 0, said.err
    rows = {row["source"]: row for row in json.loads(run("sources", "--format", "json").out)}
    assert rows["Q1"]["age"] == "44"
    assert rows["Q2"]["interviewee"] == "Q2"
    assert rows["Q2"]["programme"] == "care"
    with p3c.open_study(here) as study:
        assert study.text("Q2") == "Nobody."


def test_a_person_can_be_found_for_a_source_that_came_without(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(TEXT, encoding="utf-8")
    run("add", file)

    refused = run("set", "source", "talk", "interviewee=P9", "site=west")
    assert refused.code == 1
    assert refused.err.count("To make it, add --new.") == 2
    assert run("set", "source", "talk", "interviewee=P1;P9", "programme=care", "--new").code == 0
    rows = {row["source"]: row for row in json.loads(run("sources", "--format", "json").out)}
    assert rows["talk"]["interviewee"] == "P1;P9"
    assert rows["talk"]["programme"] == "care"


def test_what_is_set_can_be_taken_back(run: Callable[..., Said], here: Path) -> None:
    def row() -> dict[str, str]:
        return json.loads(run("sources", "--format", "json").out)[0]

    before = row()
    said = run("set", "source", "P1", "date=2024", "mood=tired", "site=south", "--reason", "typo")
    assert said.out == "Changed date, site, mood of source P1.\n"
    after = row()
    assert (after["date"], after["mood"], after["site"]) == ("2024", "tired", "south")
    assert run("set", "source", "P1", "date=2024").out == "Nothing to change.\n"

    assert run("undo").code == 0
    assert row() == before


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("source", "P1", "langauge=de"), "Did you mean 'language'?"),
        (("interviewee", "P1", "rolle=nurse"), "Did you mean 'role'?"),
        (("interviewee", "P1", "consent_quoted=maybe"), "unknown consent_quoted 'maybe'"),
        (("interviewee", "P1", "consent_quoted=yes;no"), "2 answers for 1 interviewees"),
        (("source", "P1", "main_coder=bem"), "Did you mean 'ben'?"),
        (("source", "P1", "protocol=x"), "The study has no protocol yet."),
        (("source", "P1", "translation_of=P1"), "no translation of itself"),
        (("source", "P1", "asked_added=workforse"), "Did you mean 'workforce'?"),
        (("source", "P1", "key=P2"), "the key 'P2' is taken"),
        (("source", "P1", "date=May"), "is no date"),
        (("source", "P3", "title=x"), "unknown source 'P3'"),
        (("place", "P1", "title=x"), "there is no 'place' to set"),
        (("programme", "care", "key="), "a key holds no white space"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_set_is_explained_and_nothing_changes(
    run: Callable[..., Said], unchanged: Callable[[], bool], args: tuple[str, ...], told: str
) -> None:
    said = run("set", *args)

    assert said.code == 1
    assert told in said.err
    assert unchanged()


def test_a_name_that_is_no_text_is_refused(
    run: Callable[..., Said], tmp_path: Path, unchanged: Callable[[], bool]
) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9.txt")
    file.write_text(TEXT, encoding="utf-8")

    said = run("add", file)

    assert said.code == 1
    assert "is no text in UTF-8" in said.err
    with p3c.open_study(".") as study, pytest.raises(p3c.P3CError, match="is no text"):
        study.add([Incoming(file)])
    assert unchanged()
