"""Who spoke of which segment at which level: against the codings, and the table of frequencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import p3c_qual as p3c
from p3c_qual.analysis import radial
from p3c_qual.analysis.framework import LEVELS
from p3c_qual.errors import P3CError
from p3c_qual.example import build_example
from p3c_qual.shipped import shipped_path
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[p3c.Study]:
    here = tmp_path_factory.mktemp("framework")
    build_example(here)
    with p3c.open_study(here) as opened:
        yield opened


def test_a_cell_counts_the_people_whose_words_have_a_code_of_that_level(study) -> None:
    table = p3c.table_selfie(study)
    main = study.sources().set_index("source")["main_coder"]
    coded = study.codings(round="main")
    coded = coded[(coded["coder"] == coded["source"].map(main)) & (coded["interviewee"] != "")]
    codes = coded["code"].str.removeprefix("selfie:")
    checked = 0
    for row in table.to_dict("records"):
        for level in LEVELS:
            if pd.isna(row[level]):
                continue
            here = codes.str.startswith(f"{row['segment']}.{level}.")
            mine = coded[here & (coded["programme"] == row["group"])]
            assert row[level] == mine["interviewee"].nunique(), (row, level)
            checked += 1
    assert checked == 2 * 6 * 3


def test_a_segment_in_all_is_what_the_table_of_frequencies_counts(study) -> None:
    table = p3c.table_selfie(study, by="stakeholder_type")
    whole = p3c.table_frequencies(study, by="stakeholder_type", count="interviewees")
    counted = whole.set_index("code")
    inside = table[table["segment"].isin(counted.index)]
    assert len(inside) == 6 * (len(whole.columns) - 2)
    for row in inside.to_dict("records"):
        expected = counted.loc[row["segment"], row["group"]]
        assert (pd.isna(expected) and pd.isna(row["whole"])) or expected == row["whole"], row


def test_what_nobody_coded_is_empty_and_not_zero(study) -> None:
    table = p3c.table_selfie(study, programme="vennside").set_index("segment")
    assert pd.isna(table.loc["monitoring", "whole"])
    assert table.loc["core", "whole"] == 7
    assert pd.isna(table.loc["core", "micro"])
    assert table.attrs["denominators"] == {"vennside": 7}


def test_where_only_segments_themselves_are_coded_their_levels_are_not_known(tmp_path) -> None:
    with p3c.new_study(tmp_path / "bare", title="Bare", coder="anna") as bare:
        bare.load_codebook(shipped_path("codebooks/selfie.yml"))
        file = tmp_path / "N1.txt"
        file.write_text("R: The teams meet each week.\n", encoding="utf-8")
        told = {"kind": "interview", "programme": "quay", "interviewee": "N1", "language": "en"}
        bare.add([Incoming(file=file, id="N1", stakeholder_type="F", **told)])
        bare.code("N1", 3, 12, "selfie:workforce")
        bare.mark_read("N1")
        table = p3c.table_selfie(bare)
        row = table.set_index("segment").loc["workforce"]
        assert (row["whole"], row[list(LEVELS)].isna().all()) == (1, True)
        drawn = [text.get_text() for text in radial.plot_selfie(table).axes[0].texts]
        assert (drawn.count("1"), drawn.count("0"), drawn.count("micro")) == (1, 5, 0)


def test_what_cannot_be_drawn_is_named(study) -> None:
    with pytest.raises(P3CError, match=r"no programme 'venside'.*Did you mean 'vennside'"):
        p3c.table_selfie(study, programme="venside")
    with pytest.raises(P3CError, match="the codes of 'p3c' have no levels"):
        p3c.table_selfie(study, codebook="p3c")
    with pytest.raises(P3CError, match="Name one coder instead"):
        p3c.table_selfie(study, by="coder")
