"""Nobody changes another coder's codings or memos through the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming
from p3c_qual.store.clock import new_ids
from p3c_qual.workbench.verbs import run

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


@pytest.fixture
def shared(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    """Give a study in which ben has coded and noted something; anna works here."""
    file = tmp_path / "P1.txt"
    file.write_text("R: We meet each week.\n", encoding="utf-8")
    study.add([Incoming(file)])
    study.code("P1", 3, 21, "workforce", coder="ben", memo="a thought of ben's")
    return study


def act(study: p3c.Study, verb: str, **asked: Any) -> Any:
    return run(study, verb, new_ids(1)[0], asked)


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        ("recode", {"code": "financing"}),
        ("uncode", {}),
        ("flag", {"important": True}),
    ],
)
def test_another_coders_codings_are_left_alone(shared: p3c.Study, verb: str, asked: Any) -> None:
    before = shared.codings()
    with pytest.raises(p3c.P3CError, match=r"another coder's \(ben\)") as refused:
        act(shared, verb, codings=list(before["id"]), **asked)
    assert refused.value.problems[0].code == "not_mine"
    assert shared.codings().equals(before)


def test_nor_is_their_extent_changed(shared: p3c.Study) -> None:
    with pytest.raises(p3c.P3CError, match="another coder's"):
        act(shared, "resize", coding=shared.codings()["id"][0], start=3, end=10)


def test_nor_their_memos(shared: p3c.Study) -> None:
    memo = shared.memos()["id"][0]
    for verb, asked in (("edit_memo", {"text": "mine now"}), ("delete_memo", {})):
        with pytest.raises(p3c.P3CError, match="this memo is another coder's"):
            act(shared, verb, memo=memo, **asked)
    assert list(shared.memos()["text"]) == ["a thought of ben's"]


def test_ones_own_are_changed(shared: p3c.Study) -> None:
    mine = shared.code("P1", 3, 21, "workforce").id
    act(shared, "recode", codings=[mine], code="financing")
    act(shared, "uncode", codings=[mine])
    assert list(shared.codings()["coder"]) == ["ben"]
