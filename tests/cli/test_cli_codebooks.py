"""Codebooks from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from p3c_qual.shipped import shipped_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said

BOOK = """\
format: 1
key: mine
label: Mine
version: '1.0'
language: en
status: pilot
source: Ours.
codes:
  - id: hope
    label: Hope
    definition: Somebody expects a good end.
    rule: Only where it is said.
    anchors:
      - quote: It will work out.
        invented: true
  - id: fear
    label: Fear
    definition: Somebody expects a bad end.
    rule: Only where it is said.
    anchors:
      - quote: It will go wrong.
        invented: true
"""
SHIPPED = sorted(path.stem for path in shipped_path("codebooks").glob("*.yml"))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yml"
    file.write_text(BOOK, encoding="utf-8")
    return file


def test_a_codebook_is_taken_in_once_changed_and_taken_back(
    run: Callable[..., Said], here: Path, book: Path
) -> None:
    assert run("codebook", "load", book).out == "Took in mine with 2 codes.\n"
    assert run("codebook", "load", book).out == "mine: nothing changed.\n"

    book.write_text(BOOK.replace("label: Hope", "label: Good hope"), encoding="utf-8")
    shown = run("codebook", "diff", book).out
    said = run("codebook", "load", book)
    assert "Good hope" in shown
    assert "Good hope" in said.out
    assert "p3c undo" in said.out

    run("undo")
    assert "label: Hope" in run("codebook", "export", "mine").out
    run("undo")
    assert run("codebook", "export", "mine").code == 1


def test_a_code_that_is_gone_from_the_file_but_has_codings_is_kept_as_retired(
    run: Callable[..., Said], here: Path, book: Path, tmp_path: Path
) -> None:
    run("codebook", "load", book)
    table = tmp_path / "c.csv"
    table.write_text("source,start,end,code\nP1,0,5,fear\n", encoding="utf-8")
    run("code", "--csv", table)
    book.write_text(BOOK[: BOOK.index("  - id: fear")], encoding="utf-8")

    said = run("codebook", "load", book)

    assert "kept as retired: fear" in said.out
    codes = json.loads(run("codes", "--codebook", "mine", "--format", "json").out)
    assert {code["code"]: code["status"] for code in codes} == {
        "hope": "active",
        "fear": "retired",
    }
    table.write_text("source,start,end,code\nP1,6,9,fear\n", encoding="utf-8")
    assert "the code 'fear' is retired" in run("code", "--csv", table).err
    assert run("check", "--replay").code == 0


@pytest.mark.parametrize("key", SHIPPED)
def test_an_export_of_a_shipped_codebook_taken_in_again_changes_nothing(
    run: Callable[..., Said], unchanged: Callable[[], bool], tmp_path: Path, key: str
) -> None:
    file = tmp_path / f"{key}.yml"

    assert run("codebook", "export", key, "--to", file).code == 0
    assert run("codebook", "diff", file).out == "No difference.\n"
    assert run("codebook", "load", file).out == f"{key}: nothing changed.\n"
    assert run("codebook", "diff", file, shipped_path(f"codebooks/{key}.yml")).out == (
        "No difference.\n"
    )
    assert unchanged()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOOK.replace("label: Mine", "label: Mine\nlabel: Theirs"), "line 4"),
        (BOOK.replace("  - id: hope", "\t- id: hope"), "tab"),
        (BOOK.replace("label: Mine", "label: !!python/object:os.system x"), "line 3"),
        (BOOK.replace("id: fear", "id: hope"), "hope"),
        (BOOK.replace("    rule", "    rul"), "Did you mean 'rule'?"),
        ("", ""),
        ("- a\n- b\n", ""),
    ],
    ids=["key twice", "tab", "executable tag", "code twice", "unknown field", "empty", "a list"],
)
def test_a_faulty_codebook_is_refused_with_its_line_and_nothing_changes(
    run: Callable[..., Said], unchanged: Callable[[], bool], book: Path, text: str, told: str
) -> None:
    book.write_text(text, encoding="utf-8")

    said = run("codebook", "load", book)

    assert said.code == 1
    assert told in said.err
    assert "mine.yml" in said.err
    assert "Traceback" not in said.err
    assert unchanged()
    checked = run("codebook", "check", book)
    assert checked.code == 1
    assert told in checked.out


def test_checking_names_every_file_and_its_count(
    run: Callable[..., Said], tmp_path: Path, book: Path
) -> None:
    files = [shipped_path(f"codebooks/{key}.yml") for key in SHIPPED]

    good = run("codebook", "check", *files)
    assert good.code == 0
    assert good.out.count("nothing to say.") == len(SHIPPED)
    missing = run("codebook", "check", book, tmp_path / "none.yml", tmp_path)
    assert missing.code == 1
    assert "none.yml" in missing.out
    assert "Traceback" not in missing.err


def test_an_unknown_codebook_is_answered_with_the_nearest(
    run: Callable[..., Said], here: Path
) -> None:
    said = run("codebook", "export", "selfi")

    assert said.code == 1
    assert "Did you mean 'selfie'?" in said.err
    assert run("codes", "--codebook", "selfi").code == 1
