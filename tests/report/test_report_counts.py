"""Counts of one programme, regrouped from the table by source."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from p3c_qual.report.blocks import Origin
from p3c_qual.report.counts import frequency_block, regroup

ORIGIN = Origin("table", source="table_frequencies")


def by_source(**columns: list[int | None]) -> pd.DataFrame:
    table = pd.DataFrame({"code": ["workforce", "workforce.micro.core_group"]})
    for name, values in columns.items():
        table[name] = pd.array(values, dtype="Int64")
    table["total"] = pd.array([0, 0], dtype="Int64")
    table.attrs = {
        "reading_set": "mira",
        "depth": {"workforce": 1, "workforce.micro.core_group": 2},
        "labels": {"workforce": "Workforce", "workforce.micro.core_group": "Core group"},
    }
    return table


def test_a_source_that_was_not_worked_through_counts_nowhere() -> None:
    groups = {"north": [("a", "IP01_1"), ("unread", "IP09_1")]}
    table = regroup(by_source(a=[2, 0]), groups, caption="Codings")
    assert table.attrs["denominators"] == {"north": 1, "total": 1}
    assert list(table["north"]) == [2, 0]


def test_a_group_nobody_of_was_asked_is_empty_and_zero_is_not() -> None:
    groups = {"north": [("a", "IP01_1")], "south": [("b", "IP02_1")]}
    table = regroup(by_source(a=[None, None], b=[0, 0]), groups, caption="")
    assert table["north"].isna().all()
    assert list(table["south"]) == [0, 0]
    block = frequency_block(table, key="t", origin=ORIGIN)
    assert [cell.value for cell in block.rows[0]] == ["Workforce", None, 0, 0]
    assert any("nobody of the group was asked" in note for note in block.notes)


def test_codes_below_that_were_not_given_are_left_out_and_counted() -> None:
    table = regroup(by_source(a=[2, 0]), {"north": [("a", "")]}, caption="Codings")
    block = frequency_block(table, key="t", origin=ORIGIN)
    assert [row[0].value for row in block.rows] == ["Workforce"]
    assert block.notes == ("1 code below the segments was not given and is left out.",)
    assert block.denominators == (("north", 1), ("total", 1))


@pytest.mark.parametrize(("spoken", "unit"), [(None, "coded segments"), (set, "interviewees")])
def test_the_unit_says_what_is_counted(spoken, unit) -> None:
    def of_code(_: str) -> set[str]:
        return set()

    options = {} if spoken is None else {"spoken": of_code}
    table = regroup(by_source(a=[1, 1]), {"x": [("a", "IP01_1")]}, caption="", **options)
    assert table.attrs["unit"].startswith(unit)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1),
    st.lists(st.sets(st.sampled_from("abcdef")), min_size=1, max_size=4),
)
def test_the_total_counts_the_union_of_overlapping_groups_once(counts, groups) -> None:
    table = by_source(**{source: [n, 0] for source, n in counts.items()})
    voices = {f"g{i}": [(source, "") for source in group] for i, group in enumerate(groups)}
    result = regroup(table, voices, caption="Codings")
    union = set().union(*groups) & set(counts)
    if union:
        assert result.loc[0, "total"] == sum(counts[source] for source in union)
    else:
        assert pd.isna(result.loc[0, "total"])
    sizes = result.attrs["denominators"]
    overlap = sum(sizes[name] for name in voices) > sizes["total"]
    assert ("not their sum" in result.attrs["caption"]) == overlap
