"""Two versions of a text, and a codebook held against its codings, from the command line."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said


@pytest.fixture
def joined(run: Callable[..., Said], here: Path, tmp_path: Path) -> str:
    """Join two copies in which the same memo was changed apart; return the memo's id."""
    other = tmp_path / "other"
    shutil.copytree(here, other)
    memo = json.loads(run("memos", "--format", "json").out)[0]["id"]
    for folder, text in ((here, "a huddle at noon"), (other, "a huddle at eight")):
        with p3c.open_study(folder, coder="anna") as study, study.act("change a memo") as act:
            act.update("memo", {memo: {"text": text}})
    with p3c.open_study(other) as study:
        study.export_lines(tmp_path / "other.jsonl")
    assert "1 thing needs a person's eye" in run("import", tmp_path / "other.jsonl").out
    return str(memo)


def test_both_versions_are_kept_and_listed_until_a_person_chooses(
    run: Callable[..., Said], joined: str
) -> None:
    assert f"p3c settle memo {joined} text" in run("check").out

    listed = json.loads(run("settle", "memo", joined, "text", "--format", "json").out)
    texts = {row["text"]: row["version"] for row in listed}
    assert set(texts) == {"a huddle at noon", "a huddle at eight"}
    for text, version in texts.items():
        done = run("settle", "memo", joined, "text", "--keep", version)
        assert (done.code, done.out) == (0, f"Kept version {version}.\n")
        assert json.loads(run("memos", "--format", "json").out)[0]["text"] == text
        assert "settle" not in run("check", "--replay").out
        assert run("undo").code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("memo", "{}", "text", "--keep", "zzz"), "there is no version 'zzz'"),
        (("mem", "{}", "text"), "Did you mean 'memo'?"),
        (("memo", "{}", "txt"), "Did you mean 'text'?"),
        (("memo", "nobody", "text"), "has one version"),
    ],
    ids=["no such version", "no such table", "no such field", "nothing open"],
)
def test_what_cannot_be_settled_is_said(
    run: Callable[..., Said], joined: str, args: tuple[str, ...], said: str
) -> None:
    refused = run("settle", *(arg.format(joined) for arg in args))
    assert refused.code == 1
    assert said in refused.err


def test_a_codebook_is_held_against_the_codings_of_the_study_here(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    book = tmp_path / "selfie.yml"
    assert run("codebook", "export", "selfie", "--to", book).code == 0

    found = run("codebook", "check", book)

    assert found.code == 0
    assert "'leadership_governance' is used by nobody" in found.out
    assert "'financing' is used by nobody" not in found.out


def test_a_codebook_outside_a_study_is_checked_by_itself(
    run: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = tmp_path / "mini.yml"
    book.write_text(
        "format: 1\nkey: mini\nlabel: Mini\ncodes:\n  - id: a\n    label: A\n    definition: One.\n",
        encoding="utf-8",
    )
    assert "used by nobody" not in run("codebook", "check", book).out
