"""Small studies whose texts and codings stand in the tests themselves."""

from __future__ import annotations

import csv
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.sources.manifest import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

MANAGER = """\
I: How do you work together?
R: We meet each week. The nurse knows everybody, and money is short.
I: What about money?
R: The payer left us. We share one record.
"""
CARER = """\
I: How is it for you?
R: The nurse calls me. I never see the record.
I: And the costs?
R: I pay the bus myself.
"""


@dataclass
class Small:
    """A study that a test fills."""

    study: p3c.Study
    folder: Path
    texts: dict[str, str] = field(default_factory=dict)
    number: Any = field(default_factory=itertools.count)

    def add(self, key: str, text: str, **said: Any) -> None:
        """Bring in a source."""
        file = self.folder / f"{key}.txt"
        file.write_text(text, "utf-8", newline="\n")
        self.study.add([Incoming(file, id=key, **said)])
        self.texts[key] = self.study.text(key)

    def span(self, source: str, words: str) -> tuple[int, int]:
        """Return where words stand in a source."""
        start = self.texts[source].index(words)
        return start, start + len(words)

    def code(self, *rows: tuple[str, ...]) -> None:
        """Take codings in: (source, words, code[, coder[, round]])."""
        file = self.folder / f"codings{next(self.number)}.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(["source", "start", "end", "code", "coder", "round"])
            for source, words, code, *rest in rows:
                coder, round_ = {0: ("anna", "main"), 1: (*rest, "main")}.get(len(rest), rest)
                writer.writerow([source, *self.span(source, words), code, coder, round_])
        self.study.code_csv(file)

    def table(self, **options: Any) -> pd.DataFrame:
        """Return a table of frequencies by code."""
        return p3c.table_frequencies(self.study, **options).set_index("code")


@pytest.fixture
def small(study: p3c.Study, tmp_path: Path) -> Small:
    """Give an empty study to fill."""
    (tmp_path / "files").mkdir()
    return Small(study, tmp_path / "files")


@pytest.fixture
def pair(small: Small) -> Small:
    """Give a study of a manager in the north and a carer in the south, both uncoded."""
    small.add(
        "IP01", MANAGER, interviewee="IP01", stakeholder_type="A", programme="alpha", site="north"
    )
    small.add(
        "IP02", CARER, interviewee="IP02", stakeholder_type="E", programme="alpha", site="south"
    )
    return small


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Small]:
    """Give an empty study to fill; the test runs on both stores."""
    (tmp_path / "files").mkdir()
    store = request.getfixturevalue("new_database")() if request.param == "postgresql" else None
    with p3c.new_study(tmp_path / "both", title="On both", store=store) as made:
        yield Small(made, tmp_path / "files")
