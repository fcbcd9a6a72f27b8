"""The benchmark's invented study is what the benchmark says it is."""

from __future__ import annotations

import csv
import importlib
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from p3c_qual import open_study
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
    assert named | set(bench("operations").PREPARING) == set(tasks)


@pytest.fixture(scope="module")
def texts(bench: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    to = tmp_path_factory.mktemp("browser")
    return to, bench("browser_study").write_texts(to, seed=3)


def test_the_texts_for_the_browser_are_as_long_and_as_coded_as_said(
    bench: Any, texts: tuple[Path, Any]
) -> None:
    folder, written = texts
    rows = Counter(row["source"] for row in table(folder / "small_codings.csv"))
    for text in bench("browser_study").TEXTS:
        body = (folder / f"{text.key}.txt").read_text("utf-8")
        assert body == written[text.key].body
        assert rows[text.key] == text.codings
        if text.characters:
            assert len(body) == text.characters
        else:
            assert text.words <= len(body.split()) < 1.1 * text.words


def test_the_lines_said_to_be_coded_are_those_that_a_coding_touches(
    texts: tuple[Path, Any],
) -> None:
    folder, written = texts
    touched = defaultdict(set)
    for row in table(folder / "small_codings.csv"):
        before, inside = int(row["start"]), int(row["end"])
        body = written[row["source"]].body
        first = len(body[:before].split("\n"))
        touched[row["source"]] |= set(range(first, first + len(body[before:inside].split("\n"))))
    for key, each in written.items():
        assert each.coded == sorted(touched[key])
        # what is in sight when a text is opened has something to draw
        assert each.coded[0] < 10


def test_codings_of_the_long_text_lie_above_one_another(texts: tuple[Path, Any]) -> None:
    rows = [row for row in table(texts[0] / "small_codings.csv") if row["source"] == "T4"]
    covered = sum(int(row["end"]) - int(row["start"]) for row in rows)
    assert covered > 3 * len(texts[1]["T4"].body)


def test_a_static_page_has_every_line_of_its_text_and_runs_nothing_of_it(bench: Any) -> None:
    page = bench("browser_study").static_page("one\n<script>two()</script>\n")
    assert page.count("<p>") == 2
    assert "<p>&lt;script&gt;two()&lt;/script&gt;</p>" in page


def test_the_studies_for_the_browser_hold_the_codings_and_a_free_code(
    bench: Any, texts: tuple[Path, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("P3C_CODER", "ada")
    module = bench("browser_study")
    assert module.build_study(texts[0], "thousand", tmp_path / "study", None) == 100
    with open_study(tmp_path / "study") as study:
        assert len(study.codes("thousand")) == 1_000
        assert module.GIVEN in set(study.codes("given")["label"])
        assert set(study.codings()["coder"]) == {"ada"}


def test_a_missed_aim_is_said_with_by_how_much(bench: Any) -> None:
    module = bench("browser_table")
    runs = [0.04, 0.05, 0.12]
    rows = [
        module.Row("a median", runs, aim=0.05, floor=0.01),
        module.Row("the longest", runs, aim=0.1, floor=0.01, worst=True),
        module.Row("no aim", runs),
    ]
    assert [line[-1] for line in module.browser_lines(rows)[1:]] == ["yes", "NO, by 20 ms", ""]
    assert module.browser_lines(rows)[1][1:5] == ("50 ms", "0.12 s", "10 ms", "5x")


def test_what_cannot_be_timed_is_noted_and_the_rest_goes_on(bench: Any) -> None:
    from playwright.sync_api import Error

    measures = bench("browser_table").Measures(2)
    with measures.about("one"):
        raise Error("it was refused\nat line 3")
    with measures.about("two"):
        measures.add("two", measures.times(lambda: 8), 4)
    assert measures.failed == {"one": "it was refused"}
    assert [(row.label, row.found, row.floor) for row in measures.rows] == [
        ("two", [0.008, 0.008], 0.004)
    ]
