"""What was read from a study is kept until somebody writes, and never from an act that was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

import p3c_qual as p3c
from p3c_qual.analysis.cache import kept
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def memos(study: p3c.Study, connection: Connection) -> int:
    def count() -> int:
        return connection.scalar(select(func.count()).select_from(ROWS["memo"])) or 0

    found: int = kept(study, connection, "memos", count)
    return found


def given_up(study: p3c.Study) -> None:
    """Look at what an act would have made, and take it back."""
    with study.act("write and give up") as act:
        act.insert("memo", [{"about": "study", "text": "One."}])
        assert memos(study, act.connection) == 1
        raise RuntimeError


def test_what_an_act_saw_that_was_taken_back_is_seen_by_nobody_else(tmp_path: Path) -> None:
    with p3c.new_study(tmp_path / "mine", title="Mine", coder="anna") as study:
        with study.store.read() as connection:
            assert memos(study, connection) == 0
        with pytest.raises(RuntimeError):
            given_up(study)
        # as many events as the act had written
        with study.act("write something else") as act:
            act.insert("kept_name", [{"name": "North", "reason": "it is public"}])
        with study.store.read() as connection:
            assert memos(study, connection) == 0
