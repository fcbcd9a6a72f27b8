"""Tables and the figure of what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from instrument_kit import fill

from p3c_qual.errors import P3CError
from p3c_qual.instruments import (
    load_aggregates,
    load_responses,
    plot_change,
    table_change,
    table_measures,
    table_missing,
    table_scores,
    table_service_use,
    take_instrument,
)

if TYPE_CHECKING:
    import p3c_qual as p3c


def test_scores_are_summed_up_by_group_and_wave(written: p3c.Study) -> None:
    fill(written)
    table = table_scores(written).set_index(["programme", "wave"])
    north = table.loc["north", "t1"]
    assert (north["n"], north["missing"], north["mean"], north["median"]) == (3, 0, 112 / 3, 42)
    assert north["sd"] == pytest.approx(8.0829, abs=1e-4)
    later = table.loc["north", "t2"]
    assert (later["filled"], later["n"], later["missing"]) == (3, 2, 1)
    assert later["remark"] == "1 × no answer to q14"
    assert table.loc["south", "t1"]["sd"] is not None
    assert table["sd"].isna().sum() == 1
    assert "somebody could be recognised" in table.attrs["notices"][0]
    assert table_scores(written, by="study")["n"].tolist() == [4, 2]
    with pytest.raises(P3CError, match="'programme'"):
        table_scores(written, by="program")


def test_levels_are_counted_by_the_named_cut_points(written: p3c.Study) -> None:
    take_instrument(written, "pam")
    table = b"respondent,wave,score\nP1,t1,47\nP2,t1,70\nP3,t1,70\n"
    load_responses(written, "pam", table, name="pam.csv")
    assert table_scores(written)["bands"].tolist() == ["Level 1: 1, Level 3: 2"]
    assert table_scores(written, bands="older key")["bands"].tolist() == ["Level 1: 1, Level 4: 2"]
    with pytest.raises(P3CError, match="no cut-points 'oldest'"):
        table_scores(written, bands="oldest")


def test_only_those_who_were_there_both_times_are_compared(written: p3c.Study) -> None:
    fill(written)
    table = table_change(written, z="wemwbs:raw:north=1.34")
    north = table[(table["programme"] == "north") & (table["measure"].str.contains("WEMWBS"))]
    (row,) = north.to_dict("records")
    assert (row["n_before"], row["n_after"], row["pairs"]) == (3, 2, 2)
    assert (row["value_before"], row["value_after"], row["change"]) == (35, 42.5, 7.5)
    assert (row["median_change"], row["better"]) == (7.5, "higher")
    assert row["r"] == pytest.approx(1.34 / 2**0.5)
    south = table[table["programme"] == "south"].iloc[0]
    assert south["remark"] == "nobody was scored in both waves"
    silent = table[table["remark"] == "nothing was measured"]["domain"]
    assert [each.split(":")[0] for each in silent] == ["Practitioners", "Organisation"]
    stays = table[table["measure"] == "stays"].iloc[0]
    assert (stays["remark"], stays.isna()["value_before"]) == ("fewer than 5 people, not printed", True)  # fmt: skip
    words = " ".join([*table.columns, *table.attrs["notes"]])
    assert "p value" not in words


def test_a_z_belongs_to_one_row(written: p3c.Study) -> None:
    fill(written)
    with pytest.raises(P3CError, match="is of several groups"):
        table_change(written, z={"wemwbs:raw": 1.0})
    with pytest.raises(P3CError, match="an effect over 0 pairs has no size"):
        table_change(written, z={"wemwbs:raw:south": 1.0})
    with pytest.raises(P3CError, match="in a wave 't9'"):
        table_change(written, after="t9")


def test_raw_short_scores_are_not_compared(written: p3c.Study) -> None:
    take_instrument(written, "swemwbs")
    head = b"respondent,wave,q1,q2,q3,q4,q5,q6,q7\n"
    table = head + b"P1,t1,3,3,3,3,3,2,2\nP1,t2,4,4,4,4,4,4,5\n"
    load_responses(written, "swemwbs", table, name="short.csv")
    raw, metric = table_change(written, instrument="swemwbs").to_dict("records")
    assert (raw["value_before"], raw["value_after"]) == (19, 29)
    assert raw["remark"] == "raw scores must be converted before comparison"
    assert raw["change"] is None
    assert "no conversion table was given" in metric["remark"]


def test_what_is_missing_is_counted_by_item_and_scale(written: p3c.Study) -> None:
    fill(written)
    table = table_missing(written).set_index(["wave", "name"])
    assert table.loc[("t2", "q14")]["missing"] == 1
    assert table.loc[("t2", "Well-being")]["share"] == pytest.approx(100 / 3)
    assert table.loc[("t1", "q14")]["missing"] == 0


def test_small_figures_are_not_printed(written: p3c.Study) -> None:
    fill(written)
    table = table_service_use(written)
    assert table["value"].isna().tolist() == [False, False, True]
    assert table.attrs["denominators"] == {"figures": 3, "withheld": 1}
    assert any("threshold is ours" in note for note in table.attrs["notes"])


def test_measures_are_mapped_to_tiers(written: p3c.Study) -> None:
    fill(written)
    table = table_measures(written).set_index("measure")
    assert table.loc["admissions"]["cost"] == "yes"
    assert table["taken"].eq("yes").sum() == 3
    assert len(table_measures(written, register=False)) == 3


def test_the_figure_draws_every_tier_and_says_what_has_no_data(written: p3c.Study) -> None:
    def words() -> set[str]:
        (axes,) = plot_change(written).axes
        return {text.get_text() for text in axes.texts}

    with pytest.raises(P3CError, match="nothing to draw: nothing was measured"):
        words()
    fill(written)
    drawn = words()
    assert "35.0 → 42.5 (+7.5; 2 pairs)" in drawn
    assert "12.5 → 11.0 per 100 people (-1.5; figures of groups)" in drawn
    assert "nothing was measured" in drawn


def test_no_change_has_a_sign_that_only_the_names_of_waves_give(written: p3c.Study) -> None:
    """By their names ``after`` stands before ``before``: the better would be printed as the worse."""
    take_instrument(written, "pam")
    load_responses(
        written, "pam", b"respondent,wave,score\nP1,before,40\nP1,after,60\n", name="a.csv"
    )
    load_aggregates(
        written,
        b"measure,setting,programme,wave,n,value,unit,origin\n"
        b"stays,ward,north,before,40,12,stays,trust\nstays,ward,north,after,40,9,stays,trust\n",
        name="b.csv",
    )
    table = table_change(written)
    rows = table[table["remark"].str.contains("not known")]
    assert rows["measure"].tolist() == ["PAM", "stays"]
    assert rows["change"].isna().all()
    assert any("in the order of their names" in note for note in table.attrs["notes"])
    assert any("nothing tells which came first" in n for n in table_scores(written).attrs["notes"])
    named = table_change(written, before="before", after="after").set_index("measure")["change"]
    assert (named["PAM"], named["stays"]) == (20, -3)


def test_waves_are_in_the_order_of_their_dates(written: p3c.Study) -> None:
    take_instrument(written, "pam")
    load_responses(
        written,
        "pam",
        b"respondent,wave,date,score\nP1,before,2016-03-01,40\nP1,after,2016-11-01,60\n",
        name="a.csv",
    )
    row = table_change(written, instrument="pam").iloc[0]
    assert (row["before"], row["after"], row["change"]) == ("before", "after", 20)
    assert table_scores(written)["wave"].tolist() == ["before", "after"]
