"""Two people code copies of one study, and join them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import p3c_qual as p3c
from p3c_qual.sources.incoming import Incoming

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_that_both_came_to_use_stands_in_no_ones_way(tmp_path: Path) -> None:
    talk = tmp_path / "P1.txt"
    talk.write_text("R: The team meets. The money ends.\n", encoding="utf-8")
    with p3c.new_study(tmp_path / "a", title="A", coder="anna") as study:
        study.add([Incoming(talk, interviewee="P1")])
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    for place, who, start in (("a", "anna", 3), ("b", "ben", 19)):
        with p3c.open_study(tmp_path / place, coder=who) as study:
            study.code("P1", start, start + 9, "workforce", coder="cara")
            study.export_lines(tmp_path / f"{place}.jsonl")
    with p3c.open_study(tmp_path / "a", coder="anna") as study:
        study.import_lines(tmp_path / "b.jsonl")
        assert len(study.codings()) == 2

        study.undo()

        left = study.codings()
        assert left["start"].to_list() == [19]
        assert left["coder"].to_list() == ["cara"]
        assert study.check(replay=True).empty
        study.redo()
        assert sorted(study.codings()["start"]) == [3, 19]
