"""The marked passages are those of today's texts, and recall is counted as it is said to be."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from p3c_qual.analysis.texts import read_parts
from p3c_qual.language.passages import cut_passages
from p3c_qual.store.payloads import hash_of

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def evaluation() -> Any:
    spec = spec_from_file_location("p3c_eval_run", HERE / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_the_marked_passages_of_the_example_are_cut_so_today(
    evaluation: Any, tmp_path: Path
) -> None:
    marks = [each for each in evaluation.read_marks() if each.corpus == "example"]
    with evaluation.open_corpus("example", tmp_path, tmp_path / "study") as study:
        for source in sorted({each.source for each in marks}):
            mine = [each for each in marks if each.source == source]
            body = study.text(source)
            assert {each.sha256 for each in mine} == {hash_of(body)}
            with study.store.read() as connection:
                cut = cut_passages(body, read_parts(connection, source))
            assert [(each.start, each.end) for each in mine] == cut


def test_the_file_of_marks_holds_no_words_of_the_texts() -> None:
    said = (HERE / "cmo_passages.csv").read_text(encoding="utf-8")
    assert said.startswith("corpus,source,start,end,sha256,half,one,two\n")
    assert not any(" " in line.replace("held out", "") for line in said.splitlines())


def test_every_mark_is_one_of_three_and_a_source_lies_in_one_half(evaluation: Any) -> None:
    marks = evaluation.read_marks()
    assert {each.one for each in marks} | {each.two for each in marks} == {"triad", "dyad", "none"}
    halves = {(each.corpus, each.source): each.half for each in marks}
    assert all(halves[each.corpus, each.source] == each.half for each in marks)
    assert set(halves.values()) == set(evaluation.HALVES)


def test_of_equal_scores_the_expectation_is_counted(evaluation: Any) -> None:
    scored = [(1.0, True), (0.0, True), (0.0, False), (0.0, False), (0.0, False)]
    assert evaluation.hits_at(1, scored) == 1
    assert evaluation.hits_at(3, scored) == pytest.approx(1 + 2 / 4)
    assert evaluation.hits_at(9, scored) == 2


def test_drawing_by_lot_finds_its_share(evaluation: Any) -> None:
    drawn = [(0.0, number < 4) for number in range(20)]
    assert evaluation.hits_at(10, drawn) == pytest.approx(10 * 4 / 20)


def test_kappa_is_nought_where_agreement_is_that_of_chance(evaluation: Any) -> None:
    pairs = [(one, two) for one in "ab" for two in "ab"]
    assert evaluation.kappa(pairs) == pytest.approx(0)
    assert evaluation.kappa([("a", "a"), ("b", "b")]) == pytest.approx(1)


def test_a_corpus_that_is_not_there_is_none(evaluation: Any, tmp_path: Path) -> None:
    assert evaluation.open_corpus("salford", tmp_path, tmp_path / "study") is None
    assert not (tmp_path / "study").exists()
