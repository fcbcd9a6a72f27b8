"""What speaks against the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.realist.outputs.disconfirming import table_disconfirming

if TYPE_CHECKING:
    import p3c_qual as p3c


def test_each_passage_against_a_claim_stands_with_its_place_and_words(built: p3c.Study) -> None:
    table = table_disconfirming(built)

    assert table[["of", "key", "source"]].values.tolist() == [
        ["configuration", "c1", "N2"],
        ["configuration", "c1", "plan"],
        ["theory", "time", "S1"],
    ]
    first = table.iloc[0]
    assert first["place"] == f"N2:{first['start']}-{first['end']}"
    assert first["quote"] == "Nothing got better"
    assert first["element"] == "Outcome: fewer hospital stays"
    assert first["stance"] == "contradicts, said to be absent"
    assert table["element"].tolist()[1:] == [
        "the configuration as a whole",
        "the theory as a whole",
    ]


def test_what_was_decided_is_no_longer_open(built: p3c.Study) -> None:
    table = table_disconfirming(built)

    assert table["open"].tolist() == [True, False, True]
    assert table["resolution"][1] == "another ward was opened"
    assert table.attrs["denominators"] == {
        "passages that speak against": 3,
        "open": 2,
        "configurations with some": 1,
        "configurations": 4,
        "theories": 2,
    }


def test_claims_against_which_nothing_is_noted_are_named(built: p3c.Study) -> None:
    assert "Nothing is noted against: c2, c3, c10." in table_disconfirming(built).attrs["notes"]


def test_an_absence_is_listed_though_it_contradicts_nothing(built: p3c.Study) -> None:
    with built.act("absent") as act:
        act.insert(
            "evidence",
            [
                {
                    "configuration": "c2",
                    "element": "c2-3",
                    "role": "supports",
                    "source": _source(built, "N2"),
                    "start": 0,
                    "end": 5,
                    "absent": True,
                }
            ],
        )
    row = table_disconfirming(built).set_index("key").loc["c2"]

    assert row["stance"] == "supports, said to be absent"
    assert not row["open"]


def test_evidence_on_what_stands_no_more_is_left_out(built: p3c.Study) -> None:
    with built.act("aside") as act:
        act.update("configuration", {"c1": {"state": "split"}})

    assert table_disconfirming(built)["key"].tolist() == ["time"]


def _source(study: p3c.Study, key: str) -> str:
    from p3c_qual.coding.names import ids_by_key

    with study.store.read() as connection:
        return ids_by_key(connection, "source")[key]
