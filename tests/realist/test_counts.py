"""Triads, dyads and singles, counted."""

from __future__ import annotations

import pytest

import p3c_qual as p3c
from p3c_qual.realist.outputs.counts import table_completeness


def test_triads_and_dyads_are_counted_by_programme(built: p3c.Study) -> None:
    table = table_completeness(built).set_index("group")

    assert table.index.tolist() == ["north", "south", "all"]
    assert table["total"].tolist() == [2, 2, 4]
    assert table["triad"].tolist() == [2, 1, 3]
    assert table["dyad_co"].tolist() == [0, 1, 1]
    assert table.loc["all", ["triads", "dyads", "singles"]].tolist() == [3, 1, 0]
    assert table_completeness(built).attrs["denominators"] == {"configurations": 4}


def test_a_triad_with_half_a_mechanism_has_its_own_class(built: p3c.Study) -> None:
    with built.act("half") as act:
        act.delete("element", ["c2-2"])
    table = table_completeness(built).set_index("group")

    assert table.loc["north", ["triad", "triad_resource"]].tolist() == [1, 1]


def test_a_claim_of_two_programmes_counts_in_both_and_once_in_all(built: p3c.Study) -> None:
    from p3c_qual.coding.names import ids_by_key

    with built.store.read() as connection:
        source = ids_by_key(connection, "source")["N1"]
    with built.act("another voice") as act:
        row = {"configuration": "c3", "source": source, "start": 0, "end": 5, "role": "supports"}
        act.insert("evidence", [row])
    table = table_completeness(built)

    assert table.set_index("group")["total"].to_dict() == {"north": 3, "south": 2, "all": 4}
    assert any(
        note.startswith("1 of them is of several programmes") for note in table.attrs["notes"]
    )


def test_groups_by_theory_and_mechanism_name_what_has_none(built: p3c.Study) -> None:
    assert table_completeness(built, by="theory")["group"].tolist() == [
        "time-2",
        "(no theory)",
        "all",
    ]
    assert "(no mechanism named)" in table_completeness(built, by="mechanism")["group"].tolist()
    with pytest.raises(p3c.P3CError, match="Did you mean 'programme'"):
        table_completeness(built, by="program")
