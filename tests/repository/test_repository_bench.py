"""The benchmark's invented study is what the benchmark says it is."""

from __future__ import annotations

import csv
import importlib
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from p3c_qual.codebook import read_codebook

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

SOURCES = 10


@pytest.fixture(scope="module")
def bench(root: Path) -> Any:
    """Return a way to import the benchmark's modules, which are no package."""
    sys.path.insert(0, str(root / "tests" / "bench"))
    yield importlib.import_module
    sys.path.remove(str(root / "tests" / "bench"))


@pytest.fixture(scope="module")
def corpus(bench: Any) -> ModuleType:
    return bench("corpus")


@pytest.fixture(scope="module")
def folder(corpus: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("bench")
    corpus.write_corpus(to, seed=3, sources=SOURCES)
    return to


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_gives_the_same_study(
    corpus: ModuleType, folder: Path, tmp_path: Path
) -> None:
    corpus.write_corpus(tmp_path, seed=3, sources=SOURCES)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert all((folder / n).read_bytes() == (tmp_path / n).read_bytes() for n in names)


def test_every_quote_stands_at_its_span(folder: Path) -> None:
    for row in table(folder / "codings.csv"):
        text = (folder / f"{row['source']}.txt").read_text("utf-8")
        assert text[int(row["start"]) : int(row["end"])] == row["quote"] != ""


def test_no_coder_gives_a_code_twice_to_a_character(folder: Path) -> None:
    spans = defaultdict(list)
    for row in table(folder / "codings.csv"):
        place = row["source"], row["code"], row["coder"], row["round"]
        spans[place].append((int(row["start"]), int(row["end"])))
    for found in spans.values():
        assert all(one[1] <= next_[0] for one, next_ in pairwise(sorted(found)))


def test_the_commonest_code_has_its_share(folder: Path) -> None:
    counts = Counter(row["code"] for row in table(folder / "codings.csv"))
    assert counts.total() == 100 * SOURCES
    assert counts.most_common(1)[0][1] == 138 * SOURCES // 10


def test_transcripts_have_turns_and_the_promised_length(folder: Path) -> None:
    for row in table(folder / "manifest.csv"):
        lines = (folder / row["file"]).read_text("utf-8").splitlines()
        assert {line[:3] for line in lines} == {"I: ", "R: "}
        assert 8_000 <= sum(len(line.split()) - 1 for line in lines) < 9_000


def test_the_codebook_has_sixty_codes_of_which_six_stand_at_the_top(folder: Path) -> None:
    book = read_codebook(folder / "bench.yml")
    assert len(book.codes) == 60
    assert sum(code.parent is None for code in book.codes) == 6
    coded = {row["code"] for row in table(folder / "codings.csv")}
    assert coded <= {code.key for code in book.codes}


def test_every_operation_has_a_task(bench: Any) -> None:
    tasks, operations = bench("tasks").TASKS, bench("operations").OPERATIONS
    named = {op.task for op in operations} | {fl.task for op in operations for fl in op.floors}
    assert named == set(tasks)
