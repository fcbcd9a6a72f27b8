"""study.yml: what it may say, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.errors import P3CError
from p3c_qual.settings import FILE, Settings, check_store, read_settings, write_settings

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "format: 1\ntitle: A study\n"


def said(folder: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / FILE).write_bytes(data)
    return folder


def test_a_title_is_enough(tmp_path: Path) -> None:
    settings = read_settings(said(tmp_path, "title: A study\n"))

    assert settings == Settings("A study")
    assert settings.address(tmp_path) == tmp_path / "study.sqlite"


def test_all_settings_are_read(tmp_path: Path) -> None:
    text = GOOD + (
        "language: de\nstore: postgresql://host/care\nprogrammes:\n"
        "  care:\n    label: Good Care\n    country: Norway\n  bare:\n    label: Bare\n"
    )

    settings = read_settings(said(tmp_path, text))

    assert settings.language == "de"
    assert settings.address(tmp_path) == "postgresql://host/care"
    assert settings.programmes == {
        "care": {"label": "Good Care", "country": "Norway"},
        "bare": {"label": "Bare", "country": ""},
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "study.yml"),
        ("- a\n", "study.yml"),
        ("format: 1\n", "no title"),
        ("title:\n", "the title of study.yml is empty"),
        (GOOD + "langauge: de\n", "line 3: unknown field 'langauge'"),
        (GOOD + "langauge: de\n", "Did you mean 'language'?"),
        (GOOD + "title: B\n", "'title' stands twice, first in line 2"),
        (GOOD + "\tlanguage: de\n", "tab"),
        (GOOD + "store: !!python/name:os.system\n", "line 3"),
        (GOOD + "store: mysql://host/care\n", "no 'mysql' address"),
        (GOOD + "programmes: many\n", "programmes must be a block"),
        (GOOD + "programmes:\n  care:\n    lable: x\n", "Did you mean 'label'?"),
        ("format: 99\ntitle: A\nfuture: yes\n", "a newer version wrote this study (format 99"),
        ("format: one\ntitle: A\n", "format must be a whole number"),
        (b"title: caf\xe9\n", "study.yml"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(P3CError) as refused:
        read_settings(said(tmp_path, text))

    assert told in str(refused.value)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(P3CError) as refused:
        read_settings(said(tmp_path, "langauge: de\nstore: mysql://x\n"))

    assert len(refused.value.problems) == 3


def test_a_folder_without_a_study_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(P3CError, match=r"there is no study here\. Make one with: p3c new DIR"):
        read_settings(tmp_path)
    with pytest.raises(P3CError, match="there is no such folder"):
        read_settings(tmp_path / "nowhere")


def test_the_variable_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings("A", store="mine.sqlite")
    assert settings.address(tmp_path) == tmp_path / "mine.sqlite"

    monkeypatch.setenv("P3C_STORE", "postgresql://me:secret@host/care")
    assert settings.address(tmp_path) == "postgresql://me:secret@host/care"
    monkeypatch.setenv("P3C_STORE", "redis://me:secret@host")
    with pytest.raises(P3CError, match="P3C_STORE") as refused:
        settings.address(tmp_path)
    assert "secret" not in str(refused.value)


def test_an_address_with_a_password_is_not_for_a_file() -> None:
    assert check_store("postgresql://me@host/care", "here") is None
    assert check_store("postgresql://me:@host/care", "here") is None
    problem = check_store("postgresql://me:secret@host/care", "here")
    assert problem is not None
    assert "secret" not in str(problem)
    assert check_store("postgresql://me:secret@host/care", "here", secret=True) is None


_words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(_words, st.dictionaries(_words, st.tuples(_words, _words), max_size=4))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    programmes: dict[str, tuple[str, str]],
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    listed = {key: {"label": a, "country": b} for key, (a, b) in programmes.items()}
    settings = Settings(title, programmes=listed)

    write_settings(folder, settings)

    assert read_settings(folder) == settings
    assert [path.name for path in folder.iterdir()] == [FILE]
