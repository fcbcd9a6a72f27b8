"""Coded transcripts from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Said


def test_a_transcript_is_written_in_every_form_into_the_study(
    run: Callable[..., Said], here: Path
) -> None:
    made = run("transcript", "P1", "--to", "html,docx,pdf")

    assert made.code == 0, made.err
    folder = here / "reports" / "transcripts"
    assert made.out.splitlines() == [
        f"Transcript: {folder / f'P1.{form}'}" for form in ("html", "docx", "pdf")
    ]
    page = (folder / "P1.html").read_text(encoding="utf-8")
    assert "We meet each week." in page
    assert "AN = anna, BE = ben" in page
    assert (folder / "P1.docx").read_bytes().startswith(b"PK")
    assert (folder / "P1.pdf").read_bytes().startswith(b"%PDF")


def test_coder_codebook_and_folder_are_chosen(
    run: Callable[..., Said], here: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"

    made = run("transcript", "P1", "--coder", "ben", "--codebook", "selfie", "--output", folder)

    assert made.code == 0, made.err
    assert [path.name for path in folder.iterdir()] == ["P1.html"]
    page = (folder / "P1.html").read_text(encoding="utf-8")
    assert "only ben, selfie" in page
    assert ">Workforce<" in page
    assert "Multidisciplinary team" not in page
    assert "a huddle" not in page
    assert not (here / "reports" / "transcripts").exists()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("P9",), "unknown source 'P9'. Valid: P1, P2."),
        (("P1", "--coder", "anne"), "unknown coder 'anne'. Did you mean 'anna'?"),
        (("P1", "--to", "html,pfd"), "a transcript is not written as 'pfd'. Did you mean 'pdf'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_unknown_is_explained_and_nothing_is_written(
    run: Callable[..., Said], unchanged: Callable[[], bool], args: tuple[str, ...], told: str
) -> None:
    said = run("transcript", *args)

    assert said.code == 1
    assert told in said.err
    assert unchanged()
