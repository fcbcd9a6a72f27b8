"""The cases of folding and finding that the workbench's own tests run too."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from p3c_qual.analysis.folding import Folded
from p3c_qual.analysis.queries import make_finder
from p3c_qual.errors import P3CError
from p3c_qual.store.words import fold_text

SHARED = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "folding.json").read_text(encoding="utf-8")
)


def found(text: str, query: str) -> list[list[int]]:
    """Return where a part stands; the command line refuses what folds to nothing."""
    if not fold_text(query):
        with pytest.raises(P3CError, match="holds only accents"):
            make_finder(query, "substring", time.monotonic() + 10)
        return []
    finder = make_finder(query, "substring", time.monotonic() + 10)
    return [list(hit) for hit in finder.find(text)]


@pytest.mark.parametrize("case", SHARED, ids=lambda case: case["name"])
def test_the_shared_cases_fold_and_are_found(case: dict) -> None:
    text = case["text"]
    assert fold_text(text) == Folded(text).text == case["folded"]
    assert case["finds"]
    for find in case["finds"]:
        assert found(text, find["query"]) == find["hits"], find["query"]


def test_the_shared_cases_cover_what_goes_wrong_when_folding() -> None:
    texts = [case["text"] for case in SHARED]
    assert any(len(fold_text(text)) > len(text) for text in texts)
    assert any(len(fold_text(text)) < len(text) for text in texts)
    assert any(ord(char) > 0xFFFF for text in texts for char in text)
    assert any(not find["hits"] for case in SHARED for find in case["finds"])
