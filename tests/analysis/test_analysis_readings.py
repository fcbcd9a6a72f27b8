"""One reading of each source is counted; coders are never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.analysis.reading_set import read_reading_set
from p3c_qual.coding.names import ids_by_key

if TYPE_CHECKING:
    from conftest import Small

CORE = "workforce.micro.core_group"
A, B = "We meet each week.", "We share one record."


def total(small: Small, **options: str) -> int:
    return int(small.table(by="site", **options).loc["workforce", "total"])


def test_the_only_coder_is_counted(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "ben"))
    table = pair.table(by="site")
    assert table.loc["workforce", "total"] == 1
    assert "ben in 1 source" in table.attrs["reading_set"]
    assert "1 source not worked through and not counted" in table.attrs["reading_set"]


def test_the_main_coder_comes_before_a_second_one_and_they_are_never_added_up(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"))
    pair.code(("IP01", A, CORE, "ben"), ("IP01", B, CORE, "ben"))
    assert total(pair) == 1
    assert "main coder anna in 1 source" in pair.table(by="site").attrs["reading_set"]


def test_a_consensus_comes_before_the_main_coder(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"))
    pair.code(("IP01", A, CORE, "ben", "consensus"), ("IP01", B, CORE, "ben", "consensus"))
    pair.code(("IP02", "The nurse", CORE, "anna"))
    table = pair.table(by="site")
    assert table.loc["workforce", ["north", "south"]].tolist() == [2, 1]
    assert "consensus in 1 source" in table.attrs["reading_set"]


def test_a_consensus_that_two_people_wrote_down_is_one_reading(pair: Small) -> None:
    pair.code(
        ("IP01", A, CORE, "anna", "consensus"),
        ("IP01", A, CORE, "ben", "consensus"),
        ("IP01", B, CORE, "ben", "consensus"),
    )
    assert total(pair) == 2
    assert total(pair, round="consensus") == 2


def test_a_coder_and_a_round_can_be_asked_for(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"))
    pair.code(("IP01", A, CORE, "ben"), ("IP01", B, CORE, "ben"))
    pair.code(("IP01", B, "workforce", "anna", "second"))
    assert total(pair, coder="ben") == 2
    assert total(pair, round="second") == 1
    assert "(round second)" in pair.table(by="site", round="second").attrs["reading_set"]
    assert "coder ben in 1 source" in pair.table(by="site", coder="ben").attrs["reading_set"]


def test_an_unknown_coder_and_round_are_both_named(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"))
    with pytest.raises(p3c.P3CError) as caught:
        pair.table(by="site", coder="anne", round="mian")
    assert "Did you mean 'anna'?" in str(caught.value)
    assert "Did you mean 'main'?" in str(caught.value)


def test_by_coder_each_stands_apart_and_the_total_counts_what_they_share_once(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"))
    pair.code(("IP01", A, CORE, "ben"), ("IP01", B, CORE, "ben"))
    table = pair.table(by="coder")
    assert table.loc["workforce", ["anna", "ben", "total"]].tolist() == [1, 2, 2]
    assert table.attrs["denominators"] == {"anna": 1, "ben": 1, "total": 1}
    assert "not the sum of the columns" in table.attrs["caption"]


def test_by_coder_a_rate_counts_the_words_once(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"))
    pair.code(("IP01", A, CORE, "ben"))
    table = pair.table(by="coder", rate="words")
    assert len(set(table.attrs["denominators"].values())) == 1
    assert table.loc["workforce"].nunique() == 1


def test_several_coders_without_the_main_one_are_refused_by_name(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"))
    pair.code(("IP01", A, CORE, "ben", "second"), ("IP01", A, CORE, "cara", "second"))
    with pytest.raises(p3c.P3CError, match="its main coder is not among them") as caught:
        pair.table(by="site", round="second")
    assert caught.value.problems[0].where == "IP01"
    assert caught.value.problems[0].valid == ("ben", "cara")


def test_a_source_worked_through_in_part_is_counted_and_said(pair: Small) -> None:
    pair.study.code("IP01", *pair.span("IP01", A), CORE, coder="anna")
    table = pair.table(by="site")
    assert table.loc["workforce", "total"] == 1
    assert "1 source not worked through to the end" in table.attrs["caption"]


def test_a_retired_code_counts_for_the_one_it_was_merged_into(pair: Small) -> None:
    old = "workforce.micro.multidisciplinary_team"
    pair.code(("IP01", A, old), ("IP01", B, CORE), ("IP02", "The nurse", old))
    # the same span coded with both is one segment afterwards
    pair.code(("IP01", B, old))
    merge(pair.study, old, CORE)
    table = pair.table(by="site")
    assert table.loc[[old, CORE], "total"].tolist() == [0, 3]
    assert table.loc["workforce", "total"] == 3
    assert pair.table(by="site", count="interviewees").loc[CORE, "total"] == 2


def merge(study: p3c.Study, old: str, into: str) -> None:
    """Retire a code in favour of another, as a merge does."""
    from p3c_qual.coding.names import read_codes

    with study.act("merge codes") as act:
        codes = read_codes(act.connection)
        first, second = (codes.by_name[f"selfie:{name}"][0] for name in (old, into))
        act.update("code", {first: {"status": "retired", "merged_into": second}})


def test_what_was_read_of_a_source_that_is_gone_counts_nowhere(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"), ("IP02", "The nurse", CORE, "anna"))
    with pair.study.act("remove a source") as act:
        act.delete("source", [ids_by_key(act.connection, "source")["IP01"]])
    assert pair.table(by="coder").loc["workforce"].tolist() == [1, 1]
    assert total(pair) == 1
    assert pair.study.codings()["source"].tolist() == ["IP02"]


def test_a_reading_set_is_named_in_the_words_of_captions(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"), ("IP01", A, CORE, "ben", "consensus"))
    read = {
        text: read_reading_set(pair.study, text)
        for text in ("", "coder anna", "round  consensus", " coder ben , round main", "coder ben,")
    }
    assert list(read.values()) == [
        *((None, None), ("anna", None), (None, "consensus"), ("ben", "main"), ("ben", None))
    ]


def test_all_that_is_wrong_with_a_reading_set_is_said_with_the_nearest(pair: Small) -> None:
    pair.code(("IP01", A, CORE, "anna"), ("IP01", A, CORE, "ben", "consensus"))
    with pytest.raises(p3c.P3CError) as caught:
        read_reading_set(pair.study, "anna, round consenses, coder anna, coder ben")
    told = [(each.what, each.nearest) for each in caught.value.problems]
    assert told == [
        ("no reading set 'anna'", "coder anna"),
        ("no reading set 'round consenses'", "round consensus"),
        ("the reading set names two coders", None),
    ]
    valid = caught.value.problems[0].valid
    assert valid == ("coder anna", "coder ben", "round consensus", "round main")
