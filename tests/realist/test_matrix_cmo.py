"""Configurations crossed with the elements of a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.realist.outputs.element_matrix import ELSEWHERE, UNCODED, table_cmo_matrix

if TYPE_CHECKING:
    import pandas as pd


def _by_code(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_index("code")


def test_a_configuration_counts_once_where_its_elements_are_coded(built: p3c.Study) -> None:
    table = _by_code(table_cmo_matrix(built))
    team = table.loc["workforce.micro.multidisciplinary_team"]

    assert (team["context"], team["mechanism"], team["outcome"]) == (0, 2, 0)
    assert team["mechanism_keys"] == "c1;c2"
    assert team["micro"] == 2
    assert table.loc["workforce", "mechanism"] == 2
    assert table.loc["financing", "configurations"] == 0


def test_elements_without_a_code_are_counted_apart_and_said(built: p3c.Study) -> None:
    table = table_cmo_matrix(built)

    assert table["code"].tolist()[-2:] == [UNCODED, ELSEWHERE]
    assert _by_code(table).loc[ELSEWHERE, "context_keys"] == "c2"
    assert table.attrs["denominators"] == {
        "configurations": 4,
        "elements": 16,
        "elements without a code": 13,
        "elements coded in another codebook": 1,
    }


def test_what_is_coded_deeper_counts_in_its_segment(built: p3c.Study) -> None:
    table = table_cmo_matrix(built, depth=1)

    assert set(table["depth"]) == {1}
    assert _by_code(table).loc["workforce", "mechanism_keys"] == "c1;c2"


def test_one_role_alone_is_crossed(built: p3c.Study) -> None:
    table = table_cmo_matrix(built, role="resource", programme="north")

    assert [name for name in table.columns if name.endswith("_keys")] == ["resource_keys"]
    assert table.attrs["denominators"]["elements"] == 2
    with pytest.raises(p3c.P3CError, match="Did you mean 'outcome'"):
        table_cmo_matrix(built, role="outcom")
    with pytest.raises(p3c.P3CError, match="whole number from 1"):
        table_cmo_matrix(built, depth=0)


def test_a_level_that_is_said_goes_before_that_of_the_code(built: p3c.Study) -> None:
    with built.act("level") as act:
        act.update("element", {"c1-1": {"level": "macro"}})
    team = _by_code(table_cmo_matrix(built)).loc["workforce.micro.multidisciplinary_team"]

    assert (team["micro"], team["macro"], team["no_level"]) == (1, 1, 0)
    assert _by_code(table_cmo_matrix(built)).loc[UNCODED, "no_level"] == 4


def test_the_framework_is_named_like_that_of_any_table(built: p3c.Study) -> None:
    table = p3c.make_table(built, "cmo-matrix", codebook="p3c")

    assert table.attrs["caption"] == "Configurations by elements of p3c"
    with pytest.raises(p3c.P3CError, match="no parameter 'codebook'"):
        p3c.make_table(built, "mechanisms", codebook="p3c")
