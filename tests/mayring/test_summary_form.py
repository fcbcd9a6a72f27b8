"""A summarising that comes in as a file: every fault with its row, all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from summary_kit import LENGTH, step_of, units_of

from p3c_qual.errors import P3CError
from p3c_qual.mayring.summarising.summary_form import load_summary
from p3c_qual.mayring.summarising.summary_rows import SUMMARY_COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    import p3c_qual as p3c


def file_of(tmp_path: Path, *rows: dict[str, object]) -> Path:
    lines = [",".join(SUMMARY_COLUMNS)]
    for number, row in enumerate(rows):
        start = number * LENGTH
        said = {"question": "helps", "no": number + 1, "source": "A1", "start": start}
        said |= {"end": start + LENGTH - 1, **row}
        lines.append(",".join(str(said.get(name, "")) for name in SUMMARY_COLUMNS))
    file = tmp_path / "summary.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


WRITTEN = {"paraphrase": "short", "z1": "Z1.3", "generalisation": "wide", "z2": "Z2.1"}
KEPT = {**WRITTEN, "decision": "keep", "z3": "Z3.3"}


def test_rows_come_in_as_far_as_they_are_and_a_second_time_change_nothing(
    told: p3c.Study, tmp_path: Path
) -> None:
    file = file_of(
        tmp_path,
        {**KEPT, "category": "Meeting", "z4": "Z4.1", "main_category": "All", "main_z4": "Z4.2"},
        {**WRITTEN, "decision": "delete", "z3": "Z3.1", "same_as": 1},
        {**KEPT, "left_over": "alone"},
        WRITTEN,
        {"dropped": "a greeting", "z1": "Z1.1"},
    )
    assert load_summary(told, file) == 5
    states = ["bundled", "deleted", "left_over", "generalised", "dropped"]
    assert [each.state for each in units_of(told)] == states
    assert step_of(told) == "paraphrase"
    assert load_summary(told, file) == 0
    told.undo()
    assert units_of(told) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**WRITTEN, "category": "C", "z4": "Z4.1"}, "Z4 bundles what Z3 has kept"),
        ({**KEPT, "z3": "Z3.2"}, "Z3.2 does not keep"),
        ({**WRITTEN, "decision": "delete", "z3": "Z3.2"}, "Z3.2 needs a reason"),
        ({**WRITTEN, "decision": "delete", "z3": "Z3.1", "same_as": 9}, "Z3.1 needs in `same_as`"),
        ({"generalisation": "wide"}, "Z2 lifts a paraphrase"),
        ({"paraphrase": "x", "z1": "Z2.1"}, "is no rule of Z1"),
        ({**KEPT, "z3": "Z3.9"}, "is no rule of Z3"),
        ({"paraphrase": "x", "dropped": "y"}, "dropped by Z1.1"),
        ({"source": "B1"}, "not of the material"),
        ({"question": "help"}, "Did you mean 'helps'"),
        ({"start": "x"}, "must be a whole number"),
        ({"end": 99_999}, "not within the text"),
        ({"quote": "other words"}, "the quote is not what stands"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_and_nothing_is_kept(
    told: p3c.Study, tmp_path: Path, row: dict[str, object], said: str
) -> None:
    with pytest.raises(P3CError) as refused:
        load_summary(told, file_of(tmp_path, KEPT, row))
    assert said in str(refused.value)
    assert "summary.csv:3" in str(refused.value)
    assert units_of(told) == []


def test_z31_joins_no_rows_of_two_interviews(told: p3c.Study, tmp_path: Path) -> None:
    other = {**WRITTEN, "source": "A2", "decision": "delete", "z3": "Z3.1", "same_as": 1}
    with pytest.raises(P3CError, match="within one recording unit"):
        load_summary(told, file_of(tmp_path, KEPT, other))
    assert units_of(told) == []
