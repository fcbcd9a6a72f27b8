"""The extraction table of configurations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c

if TYPE_CHECKING:
    from pathlib import Path


def test_only_what_stands_is_in_the_table_and_the_rest_is_said(built: p3c.Study) -> None:
    table = built.cmos()

    assert table["key"].tolist() == ["c1", "c2", "c3", "c10"]
    assert table.attrs["denominators"] == {
        "configurations": 4,
        "of all that stand": 4,
        "passages": 11,
    }
    assert "1 merged into another." in table.attrs["notes"][-1]
    assert dict(table.dtypes.astype(str))["version"] == "Int64"


def test_a_row_holds_the_claim_and_what_it_rests_on(built: p3c.Study) -> None:
    row = built.cmos().set_index("key").loc["c1"]

    assert (row["theory"], row["version"], row["programme"]) == ("time-2", 1, "north")
    assert row["mechanism"] == "Trust in one person"
    assert row["completeness"] == "triad"
    assert row["outcome_terms"] == "improves, distal, intended, patient"
    assert (row["interviewees"], row["who"], row["stakeholder_types"]) == (2, "N1;N2", "F")
    numbers = ("supports", "refines", "contradicts", "rival", "open")
    assert [row[name] for name in numbers] == [3, 1, 1, 1, 1]
    assert "N1:20-55 supports (Context): “On the hill everyone knows everyone”" in row["quotes"]
    assert "contradicts, said to be absent (Outcome): “Nothing got better”" in row["quotes"]


def test_what_is_not_said_of_one_of_several_outcomes_is_named(built: p3c.Study) -> None:
    row = built.cmos().set_index("key").loc["c3"]

    assert row["outcome"] == "better sleep; no hurry"
    assert row["direction"] == "improves; not said"
    assert row["context"] == "“In town nobody knows anybody”"


def test_the_table_of_a_programme_takes_in_claims_that_rest_on_it(built: p3c.Study) -> None:
    assert built.cmos(programme="south")["key"].tolist() == ["c3", "c10"]
    assert built.cmos(theory="time-2")["key"].tolist() == ["c1", "c2"]
    assert built.cmos(mechanism="trust")["key"].tolist() == ["c1", "c2", "c3"]
    with pytest.raises(p3c.P3CError, match=r"no programme 'nort'.*\n?.*no theory 'x'"):
        built.cmos(programme="nort", theory="x")


def test_strength_stands_there_only_when_asked_for_and_prints_its_rubric(built: p3c.Study) -> None:
    assert "strength" not in built.cmos()
    table = built.cmos(strength=True)

    assert table.set_index("key").loc["c1", "strength"] == "contested"
    assert any("at least 3 interviewees" in note for note in table.attrs["notes"])
    assert "strength" in table.attrs["shown"]


def test_a_passage_on_two_elements_is_one_line(built: p3c.Study) -> None:
    with built.act("twice") as act:
        act.update("evidence", {})
        (row,) = [e for e in _evidence(built, "c3") if e["element"] == "c3-3"]
        act.insert("evidence", [{**row, "id": "again", "element": "c3-4", "text": None}])
    row = built.cmos().set_index("key").loc["c3"]

    assert row["quotes"].count("I sleep better now") == 1
    assert row["supports"] == 2


def test_who_did_not_consent_to_be_quoted_is_warned_of(built: p3c.Study) -> None:
    assert built.cmos().attrs["notices"] == []
    with built.act("no") as act:
        part = _rows(built, "participation")
        act.update("participation", {row["id"]: {"consent_quoted": "no"} for row in part})

    assert "did not consent to be quoted" in built.cmos().attrs["notices"][0]
    assert "S2" in p3c.realist.table_mechanisms(built).attrs["notices"][0]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "html"])
def test_the_table_is_written_with_what_it_counts(
    built: p3c.Study, tmp_path: Path, ending: str
) -> None:
    file = p3c.write_table(p3c.make_table(built, "cmos"), tmp_path / f"cmos.{ending}")

    assert file.stat().st_size > 500
    if ending == "html":
        page = file.read_text("utf-8")
        assert "configurations that stand" in page
        assert "everyone knows everyone" in page


def _rows(study: p3c.Study, table: str) -> list[dict[str, object]]:
    from sqlalchemy import select

    from p3c_qual.store.schema import ROWS

    with study.store.read() as connection:
        return [dict(row) for row in connection.execute(select(ROWS[table])).mappings()]


def _evidence(study: p3c.Study, configuration: str) -> list[dict[str, object]]:
    return [row for row in _rows(study, "evidence") if row["configuration"] == configuration]


def test_tables_are_narrowed_down_to_several_programmes_a_theory_or_a_mechanism(
    built: p3c.Study,
) -> None:
    both = built.cmos(programme="south, north")
    assert both["key"].tolist() == ["c1", "c2", "c3", "c10"]
    assert both.attrs["title"].endswith("of south and north")
    realist = p3c.realist
    assert realist.table_completeness(built, programme=["south"])["total"].tolist()[-1] == 2
    line = realist.table_evolution(built, theory="time-2")
    # any version names its whole line
    assert "time-2" in set(line["key"])
    assert len(set(line["line"])) == 1
    assert (
        line["key"].tolist()
        == realist.table_evolution(built, theory=line["line"][0])["key"].tolist()
    )
    against = realist.table_disconfirming(built, theory="time-2")
    assert set(against.loc[against["of"] == "configuration", "key"]) <= {"c1", "c2"}
    assert set(against.loc[against["of"] == "theory", "key"]) <= {"time-2"}
    trust = realist.table_mechanisms(built, mechanism="trust", programme="south")
    assert trust["key"].tolist() == ["c3"]
    for table in (realist.table_evolution, realist.table_disconfirming):
        with pytest.raises(p3c.P3CError, match="no theory 'tim'"):
            table(built, theory="tim")
