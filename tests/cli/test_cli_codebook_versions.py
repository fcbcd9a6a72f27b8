"""Versions of a codebook from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said

BOOK = """\
format: 1
key: mine
label: Mine
codes:
  - {id: hope, label: Hope, definition: A good end.}
  - {id: fear, label: Fear, definition: A bad end.}
"""


@pytest.fixture
def frozen(run: Callable[..., Said], here: Path, tmp_path: Path) -> Path:
    """Give a study with a codebook that was frozen in version 1, and codings with it."""
    book = tmp_path / "mine.yml"
    book.write_text(BOOK, encoding="utf-8")
    run("codebook", "load", book)
    rows = "P1,23,41,mine:hope,anna\nP1,30,50,mine:fear,ben\nP2,0,5,mine:fear,ben\n"
    (tmp_path / "c.csv").write_text(f"source,start,end,code,coder\n{rows}", encoding="utf-8")
    run("code", "--csv", tmp_path / "c.csv")
    assert run("codebook", "freeze", "mine", "--reason", "The pilot is over.").out == (
        "Froze mine 1.\n"
    )
    return book


def test_a_next_version_is_begun_changed_and_compared(
    run: Callable[..., Said], frozen: Path
) -> None:
    assert run("codebook", "reopen", "mine", "--reason", "Too wide.").out == (
        "mine 2 is begun and can be changed.\n"
    )
    text = BOOK.replace("A bad end.", "A bad end that is near.")
    frozen.write_text(text.replace("label: Mine", "label: Mine\nversion: '2'"), encoding="utf-8")
    run("codebook", "load", frozen)
    said = run("codebook", "diff", "mine@1").out
    assert "fear: changed, definition from 'A bad end.' to 'A bad end that is near.'" in said
    run("codebook", "freeze", "mine")
    assert run("codebook", "diff", "mine@1", "mine@2").out.splitlines()[1:] == [
        "fear: changed, definition from 'A bad end.' to 'A bad end that is near.'",
        "2 changes.",
    ]
    assert run("codebook", "diff", "mine@2").out == "No difference.\n"
    rows = json.loads(run("codebook", "editions", "mine", "--format", "json").out)
    assert [(row["version"], row["now"]) for row in rows] == [("1", False), ("2", True)]

    owed = json.loads(run("codebook", "duty", "mine", "--format", "json").out)
    assert [(row["code"], row["changed"], row["coder"], row["codings"]) for row in owed] == [
        ("fear", "definition", "ben", 1),
        ("fear", "definition", "ben", 1),
    ]
    assert "fear  1" in run("codebook", "duty", "mine").out


def test_nothing_owed_and_nothing_confused_is_said_in_words(
    run: Callable[..., Said], here: Path
) -> None:
    assert run("codebook", "duty", "selfie").out.startswith("No coding stands under an earlier")
    assert run("codebook", "confusions", "cmo").out.startswith("No two coders gave different")


def test_confused_codes_are_listed_and_the_codebook_wants_a_rule(
    run: Callable[..., Said], frozen: Path
) -> None:
    assert run("codebook", "confusions", "mine").out.splitlines()[2].split() == [
        *("fear", "hope", "1", "11", "False"),
    ]
    said = run("codebook", "check", frozen).out
    assert "coders gave 'fear' and 'hope' to the same passage" in said
    assert "coders gave 'fear' and 'hope'" in run("check").out


def test_proposals_are_accepted_as_the_next_version(run: Callable[..., Said], frozen: Path) -> None:
    import p3c_qual as p3c

    with p3c.open_study(".") as study:
        study.edit_code("mine:hope", rule="Only where it is said.", reason="It was misread.")
    (row,) = json.loads(run("codebook", "proposals", "--format", "json").out)
    assert row["change"] == "edit"
    said = run("codebook", "accept", row["id"], "--reason", "Agreed.")
    assert said.out == "1 proposal carried out: version 2.\n"
    assert "mine: changed" not in run("codebook", "diff", "mine@1", "mine@2").out
    assert "hope: changed, rule from nothing" in run("codebook", "diff", "mine@1", "mine@2").out
    run("undo")
    assert run("codebook", "diff", "mine@1").out == "No difference.\n"


def test_the_agenda_is_a_table(run: Callable[..., Said], frozen: Path) -> None:
    rows = json.loads(run("codebook", "agenda", "mine", "--format", "json").out)
    assert [(row["code"], row["definition"]) for row in rows] == [
        ("hope", "A good end."),
        ("fear", "A bad end."),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diff", "mine@3"), "no edition '3' of 'mine' is kept. Valid: 1."),
        (("diff", "mne@1"), "the study has no codebook 'mne'. Did you mean 'mine'?"),
        (("freeze", "mine"), "mine 1 is frozen already."),
        (("reopen", "mine", "--reason", "x", "--version", "1"), "there is a version '1' of 'mine'"),
        (("accept", "none", "--reason", "x"), "there is no proposal 'none'."),
        (("reopen", "selfie", "--reason", "x"), "selfie 1.0 is not frozen."),
    ],
)
def test_what_is_at_fault_is_said_in_a_sentence(
    run: Callable[..., Said], frozen: Path, words: tuple[str, ...], said: str
) -> None:
    found = run("codebook", *words)
    assert found.code == 1
    assert said in found.err
