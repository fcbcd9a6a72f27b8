"""The studies that a server has open: apart from one another, and never a file that is gone."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual import opening
from p3c_qual.workbench.studies import Studies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def studies(tmp_path: Path) -> Iterator[Studies]:
    """Give what a server has open below a folder."""
    made = Studies(tmp_path)
    yield made
    made.close()


def test_a_study_that_is_slow_to_open_keeps_nobody_from_another(
    studies: Studies, folder_of: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = folder_of(studies.root / "slow")
    folder_of(studies.root / "quick")
    begun, go_on = threading.Event(), threading.Event()
    real = opening.open_study

    def wait(path: Path, **more: Any) -> Any:
        if path == slow:
            begun.set()
            assert go_on.wait(30)
        return real(path, **more)

    monkeypatch.setattr(opening, "open_study", wait)
    found: list[Any] = []
    waiting = [
        threading.Thread(target=lambda: found.append(studies.hold("slow"))) for _ in range(3)
    ]
    for each in waiting:
        each.start()
    assert begun.wait(30)
    other = threading.Thread(target=lambda: found.append(studies.hold("quick")))
    other.start()
    other.join(10)
    in_time = [each.path for each in found]
    go_on.set()
    for each in (*waiting, other):
        each.join(30)
    assert in_time == ["quick"]
    # it was opened once for all who asked
    assert len({id(each) for each in found if each.path == "slow"}) == 1


def test_a_store_of_another_name_that_is_laid_there_anew_is_opened_anew(
    studies: Studies, folder_of: Callable[[Path], Path]
) -> None:
    folder = folder_of(studies.root / "study")
    settings = folder / "study.yml"
    settings.write_text(settings.read_text("utf-8").replace("study.sqlite", "own.sqlite"), "utf-8")
    p3c.open_study(folder_of(studies.root / "copy")).close()
    (folder / "study.sqlite").rename(folder / "own.sqlite")
    with p3c.open_study(folder) as study:
        study.code("P2", 0, 5, "money")
    before = studies.hold("study").study.store.cursor()
    shutil.move(studies.root / "copy" / "study.sqlite", folder / "own.sqlite")
    for name in ("own.sqlite-wal", "own.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    assert studies.hold("study").study.store.cursor() < before
