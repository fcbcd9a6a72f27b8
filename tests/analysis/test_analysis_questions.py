"""What was read for one research question alone is not counted as read for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.mayring import asking
from p3c_qual.mayring.summarising import units
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = {
    "criterion": "c",
    "abstraction": "a",
    "coding_unit": "sentence",
    "context_unit": "source",
    "recording_unit": "source",
}


@pytest.fixture
def two(tmp_path: Path):
    """Give a study of two interviews, of which one was coded with selfie."""
    with p3c.new_study(tmp_path / "study", title="T", coder="anna") as study:
        for name in ("A", "B"):
            (tmp_path / f"{name}.txt").write_text(f"What {name} said of it.\n", encoding="utf-8")
        study.add([Incoming(tmp_path / f"{n}.txt", id=n, programme="p") for n in ("A", "B")])
        (tmp_path / "mine.yml").write_text(
            "format: 1\nkey: mine\nlabel: M\ncodes:\n  - id: team\n    label: Team\n", "utf-8"
        )
        study.load_codebook(tmp_path / "mine.yml")
        study.code("A", 0, 4, "workforce")
        study.mark_read("A")
        yield study


def total(study: p3c.Study, codebook: str) -> tuple[str, int]:
    frame = p3c.table_frequencies(study, by="source", codebook=codebook)
    return frame.attrs["reading_set"], int(frame["total"].sum())


def test_units_of_a_summarising_are_no_reading_for_a_codebook(two: p3c.Study) -> None:
    before = total(two, "selfie")
    asking.ask_question(two, "What?", "summarising", key="q", **FIELDS)
    units.paraphrase(two, "q", "B", 0, 6, "short")
    assert total(two, "selfie") == before
    assert "1 source not worked through" in before[0]


def test_categories_formed_under_a_question_are_counted_in_its_readings_alone(
    two: p3c.Study,
) -> None:
    before = total(two, "selfie")
    asking.ask_question(two, "Which?", "inductive", key="which", codebook="mine", **FIELDS)
    two.code("B", 0, 6, "mine:team")
    two.mark_read("B", question="which")
    assert total(two, "selfie") == before
    said, number = total(two, "mine")
    assert number == 1
    # A was read for selfie, and for this question by nobody
    assert "only coder anna in 1 source" in said or "main coder anna in 1 source" in said
    assert "1 source not worked through" in said
