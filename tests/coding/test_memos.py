"""Memos on each kind of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.coding.memos import ABOUT
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def coded(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a study with two programmes that each have a site called north."""
    for name in ("one", "two"):
        file = tmp_path / f"{name}.txt"
        file.write_text("R: 🙂 we meet", encoding="utf-8")
        study.add([Incoming(file, programme=name, site="north", interviewee=f"IP_{name}")])
    study.code("IP_one", 0, 4, "workforce")
    return study


def _target(study: p3c.Study, about: str) -> str:
    return {
        "study": "",
        "source": "IP_one",
        "interviewee": "IP_one",
        "programme": "one",
        "site": "two/north",
        "code": "workforce",
        "coding": str(study.codings()["id"].iloc[0]),
        "span": "IP_one",
    }[about]


@pytest.mark.parametrize("about", ABOUT)
def test_several_memos_on_one_thing_are_each_kept_and_undone_alone(
    coded: p3c.Study, about: str
) -> None:
    span = "3-4" if about == "span" else ""
    ids = [
        coded.memo(about, text, target=_target(coded, about), kind="method", span=span)
        for text in ("first", "second\nline")
    ]

    memos = coded.memos().set_index("id")
    assert memos.loc[ids, "text"].tolist() == ["first", "second\nline"]
    assert set(memos.loc[ids, "about"]) == {about}
    assert set(memos.loc[ids, "kind"]) == {"method"}
    assert set(memos.loc[ids, "coder"]) == {"anna"}
    coded.undo()
    assert coded.memos()["text"].tolist() == ["first"]
    assert coded.check(replay=True).empty


def test_a_memo_on_a_span_counts_in_code_points(coded: p3c.Study) -> None:
    coded.memo("span", "a smile", target="IP_one", span="3-4")

    (row,) = coded.memos().to_dict("records")
    assert coded.text("IP_one")[row["start"] : row["end"]] == "🙂"


@pytest.mark.parametrize(
    ("about", "options", "told"),
    [
        ("cod", {}, "Did you mean 'code'"),
        ("source", {}, "it is not said what the memo is about"),
        ("source", {"target": "IP_on"}, "Did you mean 'IP_one'"),
        ("site", {"target": "north"}, "unknown site 'north'"),
        ("code", {"target": "workforse"}, "Did you mean 'workforce'"),
        ("coding", {"target": "nonsense"}, "there is no coding 'nonsense'"),
        ("span", {"target": "IP_one"}, "is no span of 'IP_one', which has 12 characters"),
        ("span", {"target": "IP_one", "span": "5-5"}, "is no span"),
        ("span", {"target": "IP_one", "span": "5-13"}, "is no span"),
        ("span", {"target": "IP_one", "span": "-1-3"}, "is no span"),
        ("source", {"target": "IP_one", "span": "1-2"}, "a memo on a source has no span"),
        ("study", {"target": "IP_one"}, "a memo on the study has no target"),
    ],
)
def test_a_memo_on_nothing_is_refused(
    coded: p3c.Study, about: str, options: dict[str, str], told: str
) -> None:
    with pytest.raises(p3c.P3CError, match=told):
        coded.memo(about, "text", **options)
    assert coded.memos().empty


def test_an_empty_memo_is_refused(coded: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError, match="the memo is empty"):
        coded.memo("study", " \n")


def test_a_memo_is_written_anew_and_undo_brings_back_what_it_said(coded: p3c.Study) -> None:
    memo = coded.memo("source", "first", target="IP_one")

    assert coded.edit_memo(memo, "second\r\nline") is True
    assert coded.memos()["text"].tolist() == ["second\nline"]
    assert coded.edit_memo(memo, "second\nline") is False
    assert coded.undo()["verb"] == "edit memo on source"
    assert coded.memos()["text"].tolist() == ["first"]
    assert coded.check(replay=True).empty


def test_a_memo_is_taken_away_alone_and_brought_back_by_undo(coded: p3c.Study) -> None:
    memo, other = (coded.memo("study", text) for text in ("first", "second"))
    before = coded.memos()

    coded.delete_memo(memo)
    assert coded.memos()["id"].tolist() == [other]
    coded.undo()
    assert coded.memos().equals(before)


def test_a_memo_that_is_gone_is_said_to_be_with_who_took_it(coded: p3c.Study) -> None:
    memo = coded.memo("study", "a thought")
    coded.delete_memo(memo)

    for change in (lambda: coded.edit_memo(memo, "x"), lambda: coded.delete_memo(memo)):
        with pytest.raises(p3c.P3CError, match="this memo is gone: anna took it away") as refused:
            change()
        assert refused.value.problems[0].code == "gone"


def test_a_memo_cannot_be_emptied_by_editing(coded: p3c.Study) -> None:
    memo = coded.memo("study", "a thought")
    with pytest.raises(p3c.P3CError, match="the memo is empty"):
        coded.edit_memo(memo, " ")
    assert coded.memos()["text"].tolist() == ["a thought"]
