"""Manifests and tables: what they say of sources, and what is wrong with them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import p3c_qual as p3c
from p3c_qual.sources.checking import check_date
from p3c_qual.sources.incoming import Incoming, key_of
from p3c_qual.sources.manifest import read_manifest
from p3c_qual.sources.terms import CONSENT_FOR, check_key

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "I: Who decides?\nR: The board decides.\n"


def written(folder: Path, table: str, *files: str) -> Path:
    for name in files:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT.replace("board", name), encoding="utf-8")
    path = folder / "sources.csv"
    path.write_text(table, encoding="utf-8")
    return path


def test_every_column_of_a_manifest_stands_beside_its_source(
    study: p3c.Study, tmp_path: Path
) -> None:
    said = {
        "id": "S1",
        "kind": "diary",
        "completeness": "notes",
        "country": "Austria",
        "programme": "care",
        "site": "north",
        "interviewee": "IP1",
        "stakeholder_type": "D1;A",
        "role": "physician",
        "date": "2014-11",
        "language": "de",
        "title": "First talk",
        "document_type": "transcript",
        "wave": "2",
        "duration_min": "45",
        "mode": "phone",
        "interviewer": "AB",
        "transcription_rules": "clean verbatim",
        "secondary_use": "yes",
        **{f"consent_{purpose}": "yes" for purpose in CONSENT_FOR},
        "mood": "tired",
    }
    table = ",".join(["file", *said]) + "\n" + ",".join(["a/talk.txt", *said.values()]) + "\n"

    (added,) = study.add_manifest(written(tmp_path, table, "a/talk.txt"))

    (row,) = study.sources().to_dict("records")
    assert added.key == row["source"] == "S1"
    assert {name: row[name] for name in said if name != "id"} == {
        name: value for name, value in said.items() if name != "id"
    }


def test_paths_are_read_from_the_manifests_folder_and_kept_below_data_raw(
    study: p3c.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path.parent)
    table = "file\na/talk.txt\nb\\talk2.txt\n"

    study.add_manifest(written(tmp_path, table, "a/talk.txt", "b/talk2.txt"))

    for row in study.sources().to_dict("records"):
        kept = (study.path / "data_raw" / row["file"]).read_bytes()
        assert hashlib.sha256(kept).hexdigest() == row["sha256"]
    assert set(study.sources()["file"]) == {"a/talk.txt", "b/talk2.txt"}


def test_a_key_is_the_id_else_the_interviewee_where_unique_else_the_files_stem(
    study: p3c.Study, tmp_path: Path
) -> None:
    table = (
        "file,id,interviewee\na one.txt,X,IP1\nb.txt,,IP2\nc.txt,,IP3\nd.txt,,IP3\ne two.txt,,\n"
        "f.txt,,IP4;IP5\n"
    )
    files = ["a one.txt", "b.txt", "c.txt", "d.txt", "e two.txt", "f.txt"]

    added = study.add_manifest(written(tmp_path, table, *files))

    assert [each.key for each in added] == ["X", "IP2", "c", "d", "e_two", "f"]


def test_an_interviewee_of_an_earlier_source_gives_no_second_key(
    study: p3c.Study, tmp_path: Path
) -> None:
    study.add_manifest(written(tmp_path, "file,interviewee\na.txt,IP1\n", "a.txt"))

    (added,) = study.add_manifest(written(tmp_path, "file,interviewee\nb.txt,IP1\n", "b.txt"))

    assert added.key == "b"
    assert study.interviewees()["sources"].tolist() == ["IP1;b"]


def test_each_person_of_a_group_has_consent_type_and_role_of_their_own(
    study: p3c.Study, tmp_path: Path
) -> None:
    table = (
        "file,interviewee,stakeholder_type,role,consent_quoted,consent_archived\n"
        "a.txt,IP1;IP2,D1;E,physician;carer,yes;no,unknown\n"
        "b.txt,IP3,D1;A,physician,withdrawn,\n"
    )

    study.add_manifest(written(tmp_path, table, "a.txt", "b.txt"))

    people = study.interviewees().set_index("interviewee")
    assert people["stakeholder_type"].to_dict() == {"IP1": "D1", "IP2": "E", "IP3": "D1;A"}
    assert people["role"].to_dict() == {"IP1": "physician", "IP2": "carer", "IP3": "physician"}
    sources = study.sources().set_index("source")
    assert sources["consent_quoted"].to_dict() == {"a": "yes;no", "IP3": "withdrawn"}
    assert sources["consent_archived"].to_dict() == {"a": "unknown;unknown", "IP3": "unknown"}


def test_unknown_columns_become_variables_of_those_rows_that_fill_them(
    study: p3c.Study, tmp_path: Path
) -> None:
    path = written(tmp_path, "file,mood,ward\na.txt,good,\nb.txt,,3\n", "a.txt", "b.txt")

    _, variables = read_manifest(path)
    study.add_manifest(path)

    assert variables == ["mood", "ward"]
    rows = study.sources().set_index("source")
    assert rows.loc["a", "mood"] == "good"
    assert rows.loc["b", "ward"] == "3"
    assert rows["mood"].isna().tolist() == [False, True]


def test_a_type_without_a_person_makes_one_of_the_sources_key(
    study: p3c.Study, tmp_path: Path
) -> None:
    table = "file,kind,stakeholder_type\na.txt,interview,D1\n"

    (added,) = study.add_manifest(written(tmp_path, table, "a.txt"))

    assert "interviewee a" in added.named
    assert study.interviewees()["stakeholder_type"].tolist() == ["D1"]


def test_everything_wrong_with_a_manifest_is_said_at_once_by_line_and_nothing_kept(
    study: p3c.Study, tmp_path: Path
) -> None:
    table = (
        "file,id,kind,date,stakeholder_type,consent_quoted,interviewee,role\n"
        "a.txt,A,interview,2023,D1,yes,IP1,\n"
        "nowhere.txt,B,intervew,2023-13,X,perhaps,IP2,\n"
        "a.txt,A,document,,,,,author\n"
        ",C,,,,,,\n"
        "b.txt,D E,,,,yes;no,IP3,\n"
    )
    acts = len(study.log())

    with pytest.raises(p3c.P3CError) as refused:
        study.add_manifest(written(tmp_path, table, "a.txt", "b.txt"))

    told = str(refused.value)
    for fault in (
        "sources.csv:3: the file 'nowhere.txt' is missing",
        "Did you mean 'interview'?",
        "'2023-13' is no date",
        "unknown stakeholder type 'X'",
        "unknown answer 'perhaps' to consent_quoted",
        "the id 'A' stands there 2 times",
        "sources.csv:5: no file is named",
        "a key holds no white space, comma, semicolon, slash or tilde: 'D E'",
        "consent_quoted has 2 answers for 1 interviewees",
        "role is said of a document that names no interviewee",
    ):
        assert fault in told
    assert len(study.log()) == acts
    assert list((study.path / "data_raw").iterdir()) == []


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "empty"),
        ("file,title\n", "no rows"),
        ("fiel,title\na.txt,x\n", "Did you mean 'fiel'"),
        ("file,title,title\na.txt,x,y\n", "twice"),
        ("file\ta\na.txt\tb\tc\n", "3 cells"),
    ],
    ids=["empty", "no rows", "no file column", "column twice", "too many cells"],
)
def test_a_table_that_is_no_manifest_is_refused(
    study: p3c.Study, tmp_path: Path, table: str, told: str
) -> None:
    with pytest.raises(p3c.P3CError, match=told):
        study.add_manifest(written(tmp_path, table, "a.txt"))


def test_a_manifest_may_be_written_by_a_spreadsheet(study: p3c.Study, tmp_path: Path) -> None:
    path = written(tmp_path, "", "a.txt")
    path.write_bytes("File;Title\r\na.txt;Über uns, kurz\r\n".encode("utf-16"))

    study.add_manifest(path)

    assert study.sources()["title"].tolist() == ["Über uns, kurz"]


def test_rows_of_a_table_are_sources_with_its_columns_as_variables(
    study: p3c.Study, tmp_path: Path
) -> None:
    path = written(tmp_path, "file,programme,site\nanswers.csv,care,north\n")
    (tmp_path / "answers.csv").write_text(
        "id,text,age,site\nq1,The nurse helped.,44,\nq2,Nobody.,51,south\n", encoding="utf-8"
    )

    study.add_manifest(path)

    rows = study.sources().set_index("source")
    assert rows["age"].to_dict() == {"q1": "44", "q2": "51"}
    assert set(rows["programme"]) == {"care"}
    # what the manifest says of the whole table goes before a row's own cell
    assert set(rows["site"]) == {"north"}
    assert study.text("q2") == "Nobody."


def test_a_translation_may_stand_in_the_same_manifest_as_its_original(
    study: p3c.Study, tmp_path: Path
) -> None:
    table = "file,translation_of,language\nb.txt,a,en\na.txt,,de\n"

    study.add_manifest(written(tmp_path, table, "a.txt", "b.txt"))

    assert study.sources().set_index("source")["translation_of"].to_dict() == {"a": "", "b": "a"}


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_every_date_is_one_in_full_or_in_part(date: object, length: int) -> None:
    assert check_date(str(date)[:length], "") is None


@given(st.text(max_size=12))
def test_what_is_no_date_is_never_taken_as_one(text: str) -> None:
    problem = check_date(text, "")
    shape = len(text) in {4, 7, 10} and text[:4].isascii() and text[:4].isdigit()
    assert problem is not None or shape


@given(st.text(min_size=1, max_size=40))
def test_any_files_name_becomes_a_key(name: str) -> None:
    made = key_of(name)
    assert check_key(made) is None


def test_a_named_interviewee_who_speaks_once_is_a_speaker(study: p3c.Study, tmp_path: Path) -> None:
    talk = tmp_path / "group.txt"
    talk.write_text(
        "I: And you two?\nIP01_1: We drove.\nI: Both?\nIP01_1: Yes.\nIP02_1: I never did.\n",
        encoding="utf-8",
    )
    study.add([Incoming(talk, id="group", interviewee="IP01_1;IP02_1")])

    assert study.parts("group")["speaker"].to_list() == ["I", "IP01_1", "I", "IP01_1", "IP02_1"]
    at = study.text("group").index("I never did.")
    study.code("group", at, at + 11, "workforce")
    assert study.codings()["interviewee"].to_list() == ["IP02_1"]


def test_a_missing_file_hides_no_unreadable_one(study: p3c.Study, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "odd.docx").write_bytes(b"no archive at all")
    (tmp_path / "talk.md").write_text("We met.", encoding="utf-8")
    names = ("empty.txt", "gone.txt", "odd.docx", "talk.md")

    with pytest.raises(p3c.P3CError) as refused:
        study.add([Incoming(tmp_path / name) for name in names])

    said = str(refused.value)
    assert all(name in said for name in names[:3])
    assert "talk.md" not in said
    assert study.sources().empty
