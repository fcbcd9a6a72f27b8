"""The order in which categories come up, and what stands alone at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pilot_kit import inductive, read

from p3c_qual.mayring.asking import edit_question
from p3c_qual.mayring.categories.emergence import lacks_main, table_emergence, table_subsumption
from p3c_qual.mayring.question import read_question

if TYPE_CHECKING:
    from pathlib import Path

    import p3c_qual as p3c


@pytest.fixture
def help_(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a question with three categories: the journal tells another order than the texts."""
    inductive(study, tmp_path, 4)
    study.create_code("found", "Money")
    study.create_code("found", "Time")
    study.code("P03", 40, 60, "found:money")
    study.code("P01", 40, 60, "found:trust")
    study.code("P02", 40, 60, "found:money", coder="ben")
    study.code("P01", 70, 80, "found:money")
    return study


def test_categories_stand_in_the_order_in_which_they_came_up(help_: p3c.Study) -> None:
    table = table_emergence(help_, "help")
    columns = ["no", "code", "source", "start", "coder", "first_in_text", "units", "subsumed"]
    assert table[columns].to_numpy().tolist() == [
        [1, "money", "P03", 40, "anna", 2, 3, 2],
        [2, "trust", "P01", 40, "anna", 1, 1, 0],
    ]
    assert table["quote"].tolist() == [help_.text("P03")[40:60], help_.text("P01")[40:60]]
    assert table["sources"].tolist() == [3, 1]
    assert table.attrs["unused"] == ["time"]


def test_each_coding_is_new_or_subsumed(help_: p3c.Study) -> None:
    table = table_subsumption(help_, "help")
    assert table[["no", "source", "code", "how", "categories"]].to_numpy().tolist() == [
        [1, "P03", "money", "new", 1],
        [2, "P01", "trust", "new", 2],
        [3, "P02", "money", "subsumed", 2],
        [4, "P01", "money", "subsumed", 2],
    ]


def test_the_order_of_the_material_tells_the_first_place_in_the_text(help_: p3c.Study) -> None:
    edit_question(help_, "help", material=["P03", "P02", "P01"])
    assert table_emergence(help_, "help")["first_in_text"].tolist() == [1, 2]


def test_a_coding_that_gets_another_category_counts_from_then_on(help_: p3c.Study) -> None:
    first = table_subsumption(help_, "help")["coding"].tolist()[0]
    help_.recode([first], "found:time")
    table = table_emergence(help_, "help")
    assert table["code"].tolist() == ["trust", "money", "time"]
    assert table["source"].tolist() == ["P01", "P02", "P03"]
    help_.undo()
    assert table_emergence(help_, "help")["code"].tolist()[0] == "money"


def test_codings_of_other_codebooks_and_questions_are_none_of_them(help_: p3c.Study) -> None:
    help_.code("P04", 40, 60, "workforce")
    assert "workforce" not in set(table_subsumption(help_, "help")["code"])


def test_the_main_category_is_named(help_: p3c.Study) -> None:
    top = help_.create_code("found", "What it takes")
    help_.move_code("found:money", parent=top)
    assert table_emergence(help_, "help")["main"].tolist() == ["What it takes", ""]


def test_many_categories_want_main_ones_or_a_word_why_not(help_: p3c.Study) -> None:
    def lacks() -> list[str]:
        with help_.store.read() as connection:
            return [str(p) for p in lacks_main(connection, read_question(connection, "help"))]

    assert lacks() == []
    for label in ("Space", "Law", "Habit"):
        help_.create_code("found", label)
    assert lacks()[0].startswith("help: 6 categories stand under no main category: Trust, Money,")
    top = help_.create_code("found", "Means")
    for key in ("money", "time", "space", "law"):
        help_.move_code(f"found:{key}", parent=top)
    assert lacks() == [
        (
            "help: 2 categories stand under no main category: Trust, Habit. Put them under one, or say "
            "in a memo of the kind 'main' why not."
        )
    ]
    help_.memo("code", "It is of its own kind.", target="found:trust", kind="main")
    help_.retire_code("found:habit")
    assert lacks() == []


def test_an_empty_question_gives_empty_tables(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path, 2)
    read(study, 1)
    assert table_emergence(study, "help").empty
    assert table_subsumption(study, "help").empty
    assert table_emergence(study, "help").attrs["unused"] == ["trust"]
