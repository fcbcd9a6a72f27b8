"""Studies with a research question to be summarised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from summary_kit import ask, fill

import p3c_qual as p3c

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def told(tmp_path: Path) -> Iterator[p3c.Study]:
    """Give a study with four interviews and a question over three of them."""
    with p3c.new_study(tmp_path / "study", title="Told", coder="anna") as study:
        fill(study, tmp_path)
        ask(study)
        yield study


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[p3c.Study]:
    """Give the same study on each store."""
    store = None
    if request.param == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("new_database")
        store = make()
    with p3c.new_study(tmp_path / "study", title="Told", coder="anna", store=store) as study:
        fill(study, tmp_path)
        ask(study)
        yield study
