"""New studies and open ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.codebook import read_codebook
from p3c_qual.settings import read_settings
from p3c_qual.shipped import shipped_path
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_study_has_its_folders_codebooks_and_notebooks(tmp_path: Path) -> None:
    with p3c.new_study(tmp_path / "deep" / "study", title="Mine", coder="anna") as study:
        held = set(study.codebooks()["codebook"])

    folder = tmp_path / "deep" / "study"
    assert {path.stem for path in (folder / "codebooks").glob("*.yml")} == held
    assert "selfie" in held
    shipped = {path.name for path in shipped_path("notebooks").glob("*.ipynb")}
    assert {path.name for path in (folder / "notebooks").iterdir()} == shipped
    assert {"first_steps.ipynb", "thick_description.ipynb"} <= shipped
    assert read_settings(folder).title == "Mine"
    with p3c.open_study(folder) as again:
        assert again.check(replay=True).empty


def test_files_that_are_there_already_stay_as_they_are(tmp_path: Path) -> None:
    own = tmp_path / "codebooks" / "selfie.yml"
    own.parent.mkdir()
    own.write_text("ours", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("ours", encoding="utf-8")

    p3c.new_study(tmp_path, title="Mine", coder="anna").close()

    assert own.read_text(encoding="utf-8") == "ours"
    assert (tmp_path / "notes.txt").is_file()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"title": "  "}, "a study needs a title"),
        ({"title": "A", "language": "English"}, "'English' is no language"),
        ({"title": "A", "store": "mysql://host/x"}, "no 'mysql' address"),
        ({"title": "A", "store": "no/such/folder.sqlite"}, ""),
    ],
    ids=["no title", "language", "store", "store's folder"],
)
def test_a_study_that_cannot_be_made_leaves_nothing_behind(
    tmp_path: Path, options: dict[str, str], told: str
) -> None:
    with pytest.raises(p3c.P3CError) as refused:
        p3c.new_study(tmp_path / "a" / "study", coder="anna", **options)

    assert told in str(refused.value)
    assert list(tmp_path.iterdir()) == [] or list(tmp_path.rglob("*.*")) == []


def test_a_study_is_never_made_over_another(study: p3c.Study) -> None:
    before = (study.path / "study.yml").read_bytes()

    with pytest.raises(p3c.P3CError, match="there is a study already"):
        p3c.new_study(study.path, title="Other", coder="anna")
    assert (study.path / "study.yml").read_bytes() == before


def test_a_file_is_no_place_for_a_study(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(p3c.P3CError, match="cannot be written"):
        p3c.new_study(tmp_path / "file", title="A", coder="anna")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


def test_a_store_without_its_settings_is_not_taken_for_nothing(study: p3c.Study) -> None:
    study.close()
    (study.path / "study.yml").unlink()

    with pytest.raises(p3c.P3CError, match="there is no study here"):
        p3c.open_study(study.path)
    with pytest.raises(p3c.P3CError, match="a study was begun here"):
        p3c.new_study(study.path, title="A", coder="anna")
    assert (study.path / "study.sqlite").is_file()


def test_a_study_whose_store_is_gone_says_so(study: p3c.Study) -> None:
    study.close()
    (study.path / "study.sqlite").unlink()

    with pytest.raises(p3c.P3CError, match=r"the study's store study\.sqlite is missing"):
        p3c.open_study(study.path)


def test_programmes_are_kept_in_the_settings_beside_those_a_person_wrote(
    study: p3c.Study, tmp_path: Path
) -> None:
    file = study.path / "study.yml"
    text = file.read_text(encoding="utf-8").replace(
        "programmes: {}", "programmes:\n  later:\n    label: Comes Later\n    country: Malta"
    )
    file.write_text(text, encoding="utf-8")
    talk = tmp_path / "talk.txt"
    talk.write_text("R: something", encoding="utf-8")

    study.add([Incoming(talk, programme="Good Care", country="Norway")])
    study.set_fields("programme", "good_care", {"key": "care", "label": "Care"})

    programmes = read_settings(study.path).programmes
    assert programmes == {
        "later": {"label": "Comes Later", "country": "Malta"},
        "care": {"label": "Care", "country": "Norway"},
    }
    talk2 = tmp_path / "talk2.txt"
    talk2.write_text("R: more", encoding="utf-8")
    with p3c.open_study(study.path, coder="anna") as again:
        again.add([Incoming(talk2, programme="later")])
        listed = again.programmes().set_index("programme")
    assert listed.loc["later", ["label", "country"]].tolist() == ["Comes Later", "Malta"]


def test_whoever_opens_a_study_signs(study: p3c.Study) -> None:
    with p3c.open_study(study.path, coder="ben") as opened:
        opened.memo("study", "a thought")
        assert opened.coder == opened.actor == "ben"
    assert study.log().iloc[0]["actor"] == "ben"
    assert study.memos()["coder"].tolist() == ["ben"]


def test_a_copy_joined_to_a_newer_study_keeps_the_codebook_as_the_team_changed_it(
    tmp_path: Path,
) -> None:
    shipped = (shipped_path("codebooks") / "selfie.yml").read_text(encoding="utf-8")
    file = tmp_path / "selfie.yml"
    file.write_text(shipped.replace("label: Workforce\n", "label: The people\n"), encoding="utf-8")
    with p3c.new_study(tmp_path / "old", title="Old") as old:
        old.load_codebook(file)
        old.export_lines(tmp_path / "old.jsonl")

    with p3c.new_study(tmp_path / "new", title="New") as new:
        new.import_lines(tmp_path / "old.jsonl")
        assert new.codebook("selfie") == read_codebook(file)
        assert new.check(replay=True).empty


def test_a_study_is_open_as_it_stood_then_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("R: We meet each week.", encoding="utf-8")
    with p3c.new_study(tmp_path / "s", title="Mine", coder="anna") as study:
        study.add([Incoming(tmp_path / "a.txt", interviewee="IP01", id="IP01")])
        study.code("IP01", 3, 10, "selfie:workforce")
        early = study.log()["at"].iloc[0]
        study.memo("study", "a thought")
        study.undo()
        study.code("IP01", 11, 15, "selfie:workforce")
    before = {p: p.read_bytes() for p in (tmp_path / "s").iterdir() if p.is_file()}

    with p3c.open_study(tmp_path / "s", as_of=early) as then:
        assert then.codings()["quote"].tolist() == ["We meet"]
        assert then.search("week")["source"].tolist() == ["IP01"]
        assert then.log()["at"].iloc[0] == early
        assert then.check(replay=True).query("kind == 'fault'").empty
        assert then.as_of == f"{early[:10]} {early[11:19]} UTC"
        assert f"as of {then.as_of}" in repr(then)
        with pytest.raises(p3c.P3CError, match="what was done cannot be changed"):
            then.memo("study", "too late")

    assert {p: p.read_bytes() for p in before} == before
    with p3c.open_study(tmp_path / "s") as now:
        assert now.as_of == ""
        assert len(now.codings()) == 2


def test_a_notebook_finds_the_study_it_lies_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    p3c.new_study(tmp_path / "study", title="Mine", coder="anna").close()
    monkeypatch.chdir(tmp_path / "study" / "notebooks")
    with p3c.open_study(".") as study:
        assert study.settings.title == "Mine"
    # no other folder is looked for above
    monkeypatch.chdir(tmp_path / "study" / "reports")
    with pytest.raises(p3c.P3CError, match="there is no study here"):
        p3c.open_study(".")
