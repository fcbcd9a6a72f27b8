"""One mechanism in different contexts, and demi-regularities across programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from p3c_qual.realist.outputs.patterns import table_mechanisms, table_regularities

if TYPE_CHECKING:
    import p3c_qual as p3c


def test_contexts_of_one_mechanism_stand_together_over_programmes(built: p3c.Study) -> None:
    table = table_mechanisms(built)

    assert table["key"].tolist() == ["c1", "c2", "c3"]
    assert table["programme"].tolist() == ["north", "north", "south"]
    assert set(table["programmes"]) == {2}
    assert table.attrs["denominators"] == {
        "configurations": 4,
        "with a named mechanism": 3,
        "mechanisms": 1,
        "mechanisms in two programmes or more": 1,
    }
    assert "No mechanism is named yet of: c10." in table.attrs["notes"]


def test_directions_that_differ_are_named(built: p3c.Study) -> None:
    table = table_mechanisms(built)

    assert table["differ"].tolist() == [True] * 3
    assert table["directions"][0] == "improves: c1, c3; unchanged: c2"


def test_with_one_direction_alone_whether_they_differ_is_left_open(built: p3c.Study) -> None:
    with built.act("unsaid") as act:
        act.update("element", {"c2-3": {"direction": None}, "c3-3": {"direction": None}})
    assert table_mechanisms(built)["differ"].isna().all()
    with built.act("alike") as act:
        act.update("element", {"c2-3": {"direction": "improves"}})
    assert table_mechanisms(built)["differ"].tolist() == [False] * 3


def test_a_demi_regularity_names_both_sides_and_who_speaks(built: p3c.Study) -> None:
    row = table_regularities(built).iloc[0]

    # c4 was merged into c1, and what it bore out is borne out by that
    assert row["supporting"] == "c1: as c1 says; as c4 says\nc3: as c3 says"
    assert row["contradicting"] == "c2: as c2 says"
    assert (row["programmes"], row["programmes_against"]) == ("north;south", "north")
    assert (row["interviewees"], row["who"]) == (3, "N1;N2;S2")
    assert row["across"]


def test_what_does_not_stand_bears_out_nothing(built: p3c.Study) -> None:
    with built.act("aside") as act:
        act.update("configuration", {"c3": {"state": "set_aside"}})
    row = table_regularities(built).iloc[0]

    assert (row["supports"], row["programmes"], bool(row["across"])) == (1, "north", False)


def test_empty_tables_keep_their_columns(told: p3c.Study) -> None:
    for table in (table_mechanisms(told), table_regularities(told)):
        assert table.empty
        assert isinstance(table["supports"].dtype, type(pd.Series([1]).dtype))
