"""Codes merged and split, with their codings, memos and the codes below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path

BOOK = """\
format: 1
key: mine
label: Mine
version: "3"
codes:
  - id: hope
    label: Hope
    codes:
      - id: strong
        label: Strong
        codes:
          - {id: very, label: Very}
      - {id: weak, label: Weak}
  - id: trust
    label: Trust
    codes:
      - {id: old, label: Old}
"""


@pytest.fixture
def mine(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a study with a small codebook of its own and one source."""
    (tmp_path / "mine.yml").write_text(BOOK, encoding="utf-8")
    study.load_codebook(tmp_path / "mine.yml")
    (tmp_path / "IP01.txt").write_text("R: We meet each week, here.", encoding="utf-8")
    study.add([Incoming(tmp_path / "IP01.txt", interviewee="IP01")])
    return study


def tree(study: p3c.Study) -> list[str]:
    """Return the labels in reading order, each indented by its depth; retired ones in brackets."""
    return [
        "-" * (row.depth - 1) + (f"({row.label})" if row.status == "retired" else row.label)
        for row in study.codes("mine").itertuples()
    ]


def spans(study: p3c.Study, code: str) -> list[list[int]]:
    return study.codings(where=f"code == '{code}'")[["start", "end"]].values.tolist()


def test_a_merged_code_gives_codings_memos_and_children_to_the_other(mine: p3c.Study) -> None:
    segment = mine.code("IP01", 3, 10, "trust", memo="Why?").id
    mine.code("IP01", 0, 2, "hope")
    mine.memo("code", "Hard to tell.", target="trust")
    before = mine.codebook("mine")

    assert mine.merge_codes(["trust"], "hope") is None

    assert tree(mine) == ["Hope", "-Strong", "--Very", "-Weak", "-Old", "(Trust)"]
    assert spans(mine, "hope") == [[0, 2], [3, 10]]
    assert sorted(mine.memos()["target"]) == sorted([segment, "hope"])
    assert mine.codebook("mine").code("trust").merged_into == "hope"
    assert mine.check(replay=True).empty
    assert mine.undo()["verb"] == "merge Trust into Hope"
    assert mine.codebook("mine") == before
    assert spans(mine, "trust") == [[3, 10]]
    assert sorted(mine.memos()["target"]) == sorted([segment, "trust"])


def test_codings_that_then_overlap_or_repeat_are_both_kept(mine: p3c.Study) -> None:
    mine.code("IP01", 3, 10, "hope")
    mine.code("IP01", 3, 10, "trust")
    mine.code("IP01", 8, 15, "trust.old")
    mine.merge_codes(["trust", "trust.old"], "hope")
    assert spans(mine, "hope") == [[3, 10], [3, 10], [8, 15]]
    assert mine.log().iloc[0]["verb"] == "merge Trust, Old into Hope"


@pytest.mark.parametrize(
    ("names", "into", "wanted"),
    [
        (
            ["hope"],
            "hope.strong.very",
            ["(Hope)", "Very", "-Strong", "-Weak", "Trust", "-Old"],
        ),
        (
            ["hope", "hope.strong"],
            "hope.strong.very",
            ["(Hope)", "-(Strong)", "Very", "-Weak", "Trust", "-Old"],
        ),
        (
            ["hope.strong", "hope"],
            "hope.strong.very",
            ["(Hope)", "-(Strong)", "Very", "-Weak", "Trust", "-Old"],
        ),
        (["hope.strong"], "hope", ["Hope", "-(Strong)", "-Weak", "-Very", "Trust", "-Old"]),
    ],
)
def test_a_code_merged_into_one_below_it_makes_no_circle(
    mine: p3c.Study, names: list[str], into: str, wanted: list[str]
) -> None:
    before = mine.codebook("mine")
    mine.merge_codes(names, into)
    assert tree(mine) == wanted
    assert mine.conflicts().empty
    mine.undo()
    assert mine.codebook("mine") == before


def test_a_code_merged_twice_counts_for_the_last(mine: p3c.Study) -> None:
    mine.code("IP01", 3, 10, "trust.old")
    mine.merge_codes(["trust.old"], "trust")
    mine.merge_codes(["trust"], "hope")
    assert spans(mine, "hope") == [[3, 10]]
    counts = p3c.table_frequencies(mine, by="source", codebook="mine").set_index("code")
    assert counts.loc["hope", "total"] == 1


@pytest.mark.parametrize(
    ("names", "into", "told"),
    [
        ([], "hope", "it is not said which codes are to be merged"),
        (["hope"], "hope", "'Hope' cannot be merged into itself"),
        (["workforce"], "hope", "the codebook 'mine' has no code 'workforce'"),
        (["hope"], "trst", "Did you mean 'trust'"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(
    mine: p3c.Study, names: list[str], into: str, told: str
) -> None:
    before = mine.codebook("mine")
    with pytest.raises(p3c.P3CError) as refused:
        mine.merge_codes(names, into)
    assert told in str(refused.value)
    assert mine.codebook("mine") == before


def test_nothing_is_merged_into_a_retired_code(mine: p3c.Study) -> None:
    mine.retire_code("trust")
    with pytest.raises(p3c.P3CError, match="the code 'Trust' is retired"):
        mine.merge_codes(["hope"], "trust")


# splitting


def test_a_split_makes_codes_beside_the_old_one_which_keeps_the_rest(mine: p3c.Study) -> None:
    ids = [mine.code("IP01", at, at + 2, "hope").id for at in (0, 5, 10)]
    before = mine.codebook("mine")

    made = mine.split_code("hope", [("Near", [ids[0]]), ("Far", [ids[1]])])

    assert tree(mine)[4:6] == ["Near", "Far"]
    assert len(made) == 2
    assert (spans(mine, "near"), spans(mine, "far")) == ([[0, 2]], [[5, 7]])
    assert spans(mine, "hope") == [[10, 12]]
    assert mine.codebook("mine").code("hope").status == "active"
    assert mine.check(replay=True).empty
    assert mine.undo()["verb"] == "split code Hope into Near, Far"
    assert mine.codebook("mine") == before
    assert len(spans(mine, "hope")) == 3


def test_below_the_top_the_new_codes_are_siblings_too(mine: p3c.Study) -> None:
    mine.split_code("hope.strong", [("Stronger", []), ("Strongest", [])])
    assert tree(mine)[:6] == ["Hope", "-Strong", "--Very", "-Stronger", "-Strongest", "-Weak"]
    assert "hope.strongest" in mine.codebook("mine")


@pytest.mark.parametrize(("left", "status"), [(0, "retired"), (1, "active")])
def test_the_old_code_is_retired_if_asked_and_nothing_is_left(
    mine: p3c.Study, left: int, status: str
) -> None:
    ids = [mine.code("IP01", at, at + 2, "trust").id for at in (0, 5)]
    mine.split_code("trust", [("New", ids[left:])], retire=True)
    assert mine.codebook("mine").code("trust").status == status


def test_a_part_may_be_a_code_that_is_there(mine: p3c.Study) -> None:
    ids = [mine.code("IP01", at, at + 2, "trust").id for at in (0, 5)]
    with mine.store.read() as connection:
        from p3c_qual.coding.names import read_codes

        found = read_codes(connection).find("mine:hope")
    assert mine.split_code("trust", [(found.id, ids)]) == [found.id]
    assert len(spans(mine, "hope")) == 2
    assert tree(mine)[-2:] == ["Trust", "-Old"]
    assert mine.log().iloc[0]["verb"] == "split code Trust into Hope"


def test_all_that_is_wrong_with_a_split_is_said_at_once(mine: p3c.Study) -> None:
    own = mine.code("IP01", 0, 2, "hope").id
    other = mine.code("IP01", 5, 7, "trust").id
    before = mine.codebook("mine")
    with pytest.raises(p3c.P3CError) as refused:
        mine.split_code("hope", [("", [own, "gone"]), ("Far", [own, other])])
    said = [each.what for each in refused.value.problems]
    assert said == [
        "a code needs a label",
        "there is no coding 'gone'",
        "this coding stands in two parts",
        "this coding is not one of 'Hope'",
    ]
    assert mine.codebook("mine") == before
    with pytest.raises(p3c.P3CError, match="it is not said into what to split"):
        mine.split_code("hope", [])


def test_splitting_onto_ones_own_segment_of_the_other_code_is_refused_whole(
    mine: p3c.Study,
) -> None:
    own = mine.code("IP01", 0, 5, "hope").id
    mine.code("IP01", 3, 8, "trust")
    with mine.store.read() as connection:
        from p3c_qual.coding.names import read_codes

        found = read_codes(connection).find("mine:trust")
    with pytest.raises(p3c.P3CError) as refused:
        mine.split_code("hope", [("New", []), (found.id, [own])])
    assert [each.code for each in refused.value.problems] == ["overlap"]
    assert "New" not in tree(mine)
