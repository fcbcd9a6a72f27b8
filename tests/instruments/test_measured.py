"""Only some instruments, one tier, or some waves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from instrument_kit import fill

from p3c_qual.errors import P3CError
from p3c_qual.instruments import plot_change, table_change, table_joint, table_scores

if TYPE_CHECKING:
    import p3c_qual as p3c


def test_only_what_is_named_is_scored_and_compared(written: p3c.Study) -> None:
    fill(written)
    assert set(table_scores(written, waves="t2")["wave"]) == {"t2"}
    one = table_change(written, domain="patient", waves=["t1"])
    assert set(one["remark"]) == {"one wave only"}
    assert table_scores(written, domain="practitioner").empty
    cost = table_change(written, domain="cost")
    assert set(cost["domain"]) == {"Use of services and cost"}
    # figures of groups are of no instrument
    named = table_change(written, instrument="wemwbs, wemwbs")
    assert set(named["measure"]) == {"WEMWBS"}
    words = [each.get_text() for each in plot_change(written, domain="cost").axes[0].texts]
    assert not any("WEMWBS" in each for each in words)
    assert table_joint(written, domain="cost")["domain"].tolist() == ["Use of services and cost"]
    assert table_joint(written, instrument="wemwbs").empty


def test_everything_that_is_unknown_is_refused_at_once(written: p3c.Study) -> None:
    fill(written)
    with pytest.raises(P3CError) as refused:
        table_change(
            written, instrument="wemwbs, pan", programme="nrth", domain="cots", waves="t11"
        )
    found = {(each.where, each.nearest) for each in refused.value.problems}
    assert {("programme=", "north"), ("domain=", "cost"), ("waves=", "t1")} <= found
    assert len(found) == 4
