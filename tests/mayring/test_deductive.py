"""What a coding agenda, the final coding and the check still lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pilot_kit import UNITS, deductive, fill, load, read

import p3c_qual as p3c
from p3c_qual.mayring.asking import ask_question
from p3c_qual.mayring.categories.deductive import lacks_agenda
from p3c_qual.mayring.categories.pilot import close_pilot
from p3c_qual.mayring.categories.progress import lacks_check, lacks_final
from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.steps import broken, close_step

if TYPE_CHECKING:
    from pathlib import Path

SCALE = """\
format: 1
key: pace
label: Pace
codes:
  - id: pace
    label: Pace
    definition: How fast it goes.
    kind: ordinal
    levels:
      - {value: 1, label: slow, definition: Weeks.}
      - {value: 2, label: fast}
"""


def lacks(study: p3c.Study, question: str, check=lacks_agenda) -> list[str]:
    with study.store.read() as connection:
        return [str(each) for each in check(connection, read_question(connection, question))]


def test_an_agenda_wants_a_definition_of_each_category(study: p3c.Study, tmp_path: Path) -> None:
    fill(study, tmp_path, 2)
    load(
        study,
        tmp_path,
        "format: 1\nkey: b\nlabel: B\ncodes:\n  - {id: a, label: A}\n  - {id: c, label: C}\n",
        "b",
    )
    ask_question(study, "What?", "theme", key="what", codebook="b", **UNITS)
    close_step(study, "what", "define")
    with pytest.raises(p3c.P3CError, match="2 categories have no definition: A, C"):
        close_step(study, "what", "agenda")
    study.edit_code("b:a", definition="So.")
    study.retire_code("b:c")
    assert close_step(study, "what", "agenda") == "pilot"


def test_a_scale_wants_levels_with_definitions_and_not_ratable_beside_them(
    study: p3c.Study, tmp_path: Path
) -> None:
    fill(study, tmp_path, 2)
    load(study, tmp_path, SCALE, "pace")
    ask_question(study, "How fast?", "scaling", key="fast", codebook="pace", **UNITS)
    assert lacks(study, "fast") == [
        "fast: 1 level has no definition: Pace 2.",
        (
            "fast: no level 'not ratable' beside: Pace. Without it, what cannot be judged ends up in "
            "the middle."
        ),
    ]
    load(study, tmp_path, SCALE.partition("    kind:")[0], "pace")
    assert lacks(study, "fast")[0].startswith("fast: no category of 'pace' has a scale.")


def test_a_confusion_found_after_the_pilot_asks_for_a_rule(
    study: p3c.Study, tmp_path: Path
) -> None:
    deductive(study, tmp_path, 4)
    read(study, 1, question="")
    close_pilot(study, "themes", "unchanged")
    study.code("P02", 40, 60, "themes:money")
    study.code("P02", 40, 60, "themes:staff", coder="ben")
    with study.store.read() as connection:
        (found,) = broken(connection, read_question(connection, "themes"))
    assert "coders gave 'money' and 'staff' to the same passage" in found.what
    assert found.code == "confused"


def test_the_final_coding_wants_all_of_the_material_and_a_frozen_codebook(
    study: p3c.Study, tmp_path: Path
) -> None:
    from p3c_qual.codebook.freezing import reopen_codebook

    deductive(study, tmp_path, 4)
    read(study, 1, question="")
    close_pilot(study, "themes", "unchanged")
    assert lacks(study, "themes", lacks_final) == [
        (
            "themes: 1 of 4 recording units are worked through; open: P02, P03, P04. Read on, or mark "
            "as done what holds nothing to code."
        )
    ]
    read(study, 2, 3, 4, question="")
    assert lacks(study, "themes", lacks_final) == []
    reopen_codebook(study, "themes", reason="So.")
    assert lacks(study, "themes", lacks_final) == [
        "themes: the codebook is not frozen. Freeze it, or return to the pilot with a reason."
    ]


def test_the_check_wants_a_second_look_at_a_part(study: p3c.Study, tmp_path: Path) -> None:
    deductive(study, tmp_path, 3)
    study.code("P01", 40, 60, "themes:money")
    study.code("P02", 40, 60, "themes:money", coder="ben")
    assert lacks(study, "themes", lacks_check) == [
        (
            "themes: nobody has coded a part of the material a second time. Let another coder work "
            "through a source, or do so yourself in another round."
        )
    ]
    study.code("P01", 40, 60, "themes:money", round="second")
    assert lacks(study, "themes", lacks_check) == []
