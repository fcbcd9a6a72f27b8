"""Whose reading of which source is meant, and how far it got."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def read(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    for name in ("a", "b"):
        file = tmp_path / f"{name}.txt"
        file.write_text("I: Well?\nR: We meet each week.\n", encoding="utf-8")
        study.add([Incoming(file, site="north", programme="care", interviewee=name)])
    return study


def test_what_is_not_named_is_chosen_and_said(read: p3c.Study) -> None:
    read.code("b", 12, 19, "workforce", coder="ben")
    found = p3c.find_reading(read)
    assert (found.source, found.coder, found.round) == ("b", "ben", "main")
    assert "ben, who worked on most sources" in repr(found)
    assert p3c.find_reading(read, source="a", coder="ben", round="main").why == ""


def test_who_codes_here_is_not_shown_the_work_of_another_unasked(read: p3c.Study) -> None:
    read.code("b", 12, 19, "workforce", coder="ben")
    read.code("a", 12, 19, "workforce", coder="anna", round="second")
    # anna has not read this source, in no round
    assert p3c.find_reading(read, source="b").coder == "anna"
    assert p3c.find_reading(read, source="b", coder="ben").coder == "ben"


def test_every_name_that_is_unknown_is_refused_at_once(read: p3c.Study) -> None:
    read.code("b", 12, 19, "workforce", coder="ben")
    with pytest.raises(p3c.P3CError) as refused:
        p3c.find_reading(read, source="c", coder="bent", round="mian")
    assert [each.nearest for each in refused.value.problems] == [None, "ben", "main"]
    assert len(refused.value.problems) == 3


def test_a_study_without_sources_has_no_reading(study: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError, match=r"no source yet\. Add sources first"):
        p3c.find_reading(study)


def test_shares_are_of_the_text_without_the_interviewer(read: p3c.Study) -> None:
    read.code("a", 12, 19, "workforce", coder="ben")
    read.code("a", 12, 19, "financing", coder="ben")
    read.mark_read("b", coder="ben")
    read.code("b", 12, 19, "workforce", coder="anna")
    shares = p3c.table_shares(read, coder="ben").set_index("source")
    apart = shares.loc["a", "characters"]
    assert apart < len(read.text("a"))
    # what was coded twice counts once; what was coded was read
    assert shares.loc["a", "coded"] == shares.loc["a", "read"] == pytest.approx(700 / apart)
    assert (shares.loc["a", "codings"], shares.loc["a", "codes"]) == (2, 2)
    assert (shares.loc["b", "read"], shares.loc["b", "coded"]) == (100, 0)
    assert p3c.table_shares(read, coder="ben", round="second").empty
    assert p3c.table_shares(read, coder="ben", source="b")["source"].tolist() == ["b"]
    with pytest.raises(p3c.P3CError, match=r"'bin'(.|\n)*'c'"):
        p3c.table_shares(read, coder="bin", source="c")
