"""How theories change, version by version."""

from __future__ import annotations

import p3c_qual as p3c
from p3c_qual.realist.outputs.evolution import table_evolution


def test_versions_of_a_line_follow_each_other_with_what_changed(built: p3c.Study) -> None:
    table = table_evolution(built)

    assert table[["line", "key", "version"]].values.tolist() == [
        ["time", "time", 0],
        ["time", "time-2", 1],
    ]
    assert table["changed"].tolist() == ["", "the because"]
    assert table["change"][1] == "Trust alone was not enough: see N2."
    assert table.attrs["denominators"] == {
        "lines": 1,
        "versions": 2,
        "refined": 0,
        "configurations": 2,
    }


def test_evidence_on_the_theory_itself_is_counted_by_what_it_does(built: p3c.Study) -> None:
    with built.act("a rival") as act:
        row = {
            "theory": "t1",
            "source": "x",
            "start": 0,
            "end": 4,
            "quote": "Else",
            "role": "rival",
        }
        act.insert("evidence", [row | {"resolution": "It was not."}])
    table = table_evolution(built)
    counted = ["theory_supports", "theory_contradicts", "theory_rival", "theory_open"]

    assert table[counted].values.tolist() == [[0, 1, 1, 1], [0, 0, 0, 0]]


def test_what_supports_a_configuration_is_not_added_up_for_the_theory(built: p3c.Study) -> None:
    # c2 went the other way: what supports it speaks against the theory it tests
    table = table_evolution(built)

    assert table["configurations"].tolist() == ["", "c1;c2"]
    assert table["tests"].tolist() == [
        "",
        "c1, improves: 4 for it, 1 against it, 1 rival, 1 open\nc2, unchanged: 1 for it",
    ]
    assert "They are therefore not added up" in table.attrs["notes"][0]


def test_searches_and_what_was_decided_are_named(built: p3c.Study) -> None:
    row = table_evolution(built).iloc[1]

    assert row["searches"] == 1
    assert row["searched"].startswith(
        "c1, the context is there, the outcome is not: 0 found, 1 silent"
    )
    assert row["searched"].endswith("bound the claim (only on the hill)")


def test_when_and_by_whom_comes_from_the_journal(built: p3c.Study) -> None:
    with p3c.open_study(built.path, coder="ben") as other, other.act("edit") as act:
        act.update("theory", {"t1": {"origin": "policy"}})
    row = table_evolution(built).iloc[0]

    assert (row["who"], row["touched_by"]) == ("anna", "ben")
    assert row["written"] <= row["touched"]
    assert len(row["written"]) == 16


def test_a_line_that_copies_joined_into_a_circle_is_still_listed(built: p3c.Study) -> None:
    with built.act("circle") as act:
        act.update("theory", {"t1": {"supersedes": "t2"}})

    assert sorted(table_evolution(built)["key"]) == ["time", "time-2"]
