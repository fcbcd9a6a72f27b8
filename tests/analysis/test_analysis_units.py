"""Segments, interviewees and programmes are three ways of counting that are never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

import p3c_qual as p3c

if TYPE_CHECKING:
    from conftest import Small

NURSE = "workforce.micro.named_coordinator"
CORE = "workforce.micro.core_group"


def test_the_three_units_count_the_same_codings_differently(pair: Small) -> None:
    pair.code(
        ("IP01", "We meet each week.", CORE),
        ("IP01", "The nurse knows everybody", CORE),
        ("IP02", "The nurse calls me.", CORE),
    )
    found = {
        unit: pair.table(by="site", count=unit).loc["workforce"].tolist()
        for unit in ("segments", "interviewees", "programmes")
    }
    assert found == {
        "segments": [2, 1, 3],
        "interviewees": [1, 1, 2],
        "programmes": [1, 1, 1],
    }


def test_every_table_says_its_unit_and_its_denominators(pair: Small) -> None:
    pair.code(("IP01", "We meet", CORE), ("IP02", "The nurse", CORE))
    said = {
        unit: p3c.table_frequencies(pair.study, by="site", count=unit).attrs
        for unit in ("segments", "interviewees", "programmes")
    }
    for unit, attrs in said.items():
        assert unit.rstrip("s") in attrs["unit"]
        assert attrs["unit"] in attrs["caption"]
        assert attrs["reading_set"] in attrs["caption"]
    assert said["interviewees"]["denominators"] == {"north": 1, "south": 1, "total": 2}
    assert said["programmes"]["denominators"] == {"north": 1, "south": 1, "total": 1}
    assert "programmes stand in several columns" in said["programmes"]["caption"]
    assert "several columns" not in said["interviewees"]["caption"]


def test_a_parent_counts_its_own_codings_and_those_below_it_each_once(pair: Small) -> None:
    pair.code(
        ("IP01", "We meet each week.", "workforce"),
        ("IP01", "The nurse knows everybody", NURSE),
        ("IP01", "We share one record.", CORE),
    )
    table = pair.table(by="site")
    assert table.loc["workforce", "total"] == 3
    assert table.loc[[NURSE, CORE], "total"].tolist() == [1, 1]


def test_a_span_with_two_children_is_two_segments_of_one_interviewee(pair: Small) -> None:
    pair.code(("IP01", "We meet each week.", NURSE), ("IP01", "We meet each week.", CORE))
    assert pair.table(by="site").loc["workforce", "total"] == 2
    assert pair.table(by="site", count="interviewees").loc["workforce", "total"] == 1


def test_all_codes_are_listed_with_their_zeros_in_the_order_of_the_codebook(pair: Small) -> None:
    pair.code(("IP01", "We meet", CORE))
    frame = p3c.table_frequencies(pair.study, by="site")
    assert frame["code"].tolist() == pair.study.codes("selfie")["code"].tolist()
    assert int((frame["total"] == 0).sum()) == len(frame) - 2
    assert frame.attrs["labels"].keys() == set(frame["code"])


def test_implementation_stands_at_the_top_but_not_in_the_framework(pair: Small) -> None:
    pair.code(("IP01", "We meet", "implementation"))
    frame = p3c.table_frequencies(pair.study, by="site")
    depth = frame.attrs["depth"]
    assert [code for code in frame["code"] if depth[code] == 1][-1] == "implementation"
    codes = pair.study.codes("selfie").set_index("code")
    assert not codes.loc["implementation", "in_framework"]
    assert frame.set_index("code").loc["implementation", "total"] == 1


def test_documents_are_left_out_of_interviewees_and_the_caption_says_how_many(pair: Small) -> None:
    pair.add("plan", "We plan one record.", kind="document", programme="alpha", site="north")
    pair.code(("IP01", "We meet", CORE), ("plan", "one record", CORE))
    table = pair.table(by="site", count="interviewees")
    assert table.loc["workforce", "total"] == 1
    assert "1 source without an interviewee left out" in table.attrs["caption"]
    assert pair.table(by="site").loc["workforce", "north"] == 2


def test_a_site_with_documents_alone_stays_a_column_without_numbers(pair: Small) -> None:
    pair.add("plan", "We plan one record.", kind="document", programme="alpha", site="east")
    pair.code(("IP01", "We meet", CORE), ("plan", "one record", CORE))
    table = pair.table(by="site", count="interviewees")
    assert table["east"].isna().all()
    assert table.attrs["denominators"]["east"] == 0
    assert "nobody there to be asked" in table.attrs["caption"]


def test_sources_without_a_programme_are_left_out_of_programmes(pair: Small) -> None:
    pair.add("note", "We plan one record.", kind="document")
    pair.code(("IP01", "We meet", CORE), ("note", "one record", CORE))
    table = pair.table(by="programme", count="programmes")
    assert table.loc["workforce", "total"] == 1
    assert "1 source without a programme left out" in table.attrs["caption"]


def test_an_interviewee_of_two_waves_counts_once(pair: Small) -> None:
    pair.add("IP01b", MANAGER_AGAIN, interviewee="IP01", programme="alpha", site="north", wave="2")
    pair.code(("IP01", "We meet", CORE), ("IP01b", "We still meet", CORE))
    table = pair.table(by="wave", count="interviewees")
    assert table.loc["workforce", ["2", "(none)", "total"]].tolist() == [1, 1, 1]
    assert "the total is not their sum" in table.attrs["caption"]


MANAGER_AGAIN = "I: And now?\nR: We still meet each week.\n"


def test_codes_of_another_codebook_are_counted_apart(pair: Small) -> None:
    pair.code(("IP01", "We meet", "core.needs"), ("IP01", "The payer", "financing"))
    assert pair.table(by="site", codebook="selfie_person").loc["core", "total"] == 1
    assert pair.table(by="site").loc["financing", "total"] == 1
    assert pair.table(by="site")["total"].sum() == 1


def test_a_study_without_codings_gives_a_table_of_zeros_or_of_nothing(pair: Small) -> None:
    frame = p3c.table_frequencies(pair.study, by="site")
    # zero would say that it was looked for
    assert frame.drop(columns="code").isna().all(axis=None)
    assert "no source worked through" in frame.attrs["reading_set"]
    assert "2 sources not worked through and not counted" in frame.attrs["caption"]


@pytest.mark.parametrize("count", ["segments", "interviewees", "programmes"])
def test_a_study_without_sources_gives_a_table_of_zeros(study: p3c.Study, count: str) -> None:
    frame = p3c.table_frequencies(study, by="site", count=count)
    assert list(frame.columns) == ["code", "total"]
    assert frame["total"].tolist() == [0] * len(frame)


def test_counts_are_whole_numbers_that_may_be_missing(pair: Small) -> None:
    pair.code(("IP01", "We meet", CORE))
    frame = p3c.table_frequencies(pair.study, by="site")
    assert {str(kind) for kind in frame.dtypes[1:]} == {"Int64"}
    assert isinstance(frame["north"].dtype, pd.Int64Dtype)


def test_what_is_counted_is_new_after_somebody_wrote(pair: Small) -> None:
    pair.code(("IP01", "We meet", CORE))
    before = pair.table(by="site").loc[CORE, "total"]
    pair.study.code("IP02", *pair.span("IP02", "The nurse"), CORE, coder="anna")
    assert (before, pair.table(by="site").loc[CORE, "total"]) == (1, 2)


def test_every_unknown_argument_is_named_at_once_with_the_nearest(pair: Small) -> None:
    with pytest.raises(p3c.P3CError) as caught:
        p3c.table_frequencies(
            pair.study, by="sight", count="segment", codebook="selfy", rate="word"
        )
    said = str(caught.value)
    assert len(caught.value.problems) == 4
    for nearest in ("'site'", "'segments'", "'selfie'", "'words'"):
        assert f"Did you mean {nearest}?" in said
    assert "stakeholder_type" in said


def test_a_rate_of_interviewees_is_refused(pair: Small) -> None:
    with pytest.raises(p3c.P3CError, match="a rate per words is one of segments"):
        p3c.table_frequencies(pair.study, by="site", count="interviewees", rate="words")
