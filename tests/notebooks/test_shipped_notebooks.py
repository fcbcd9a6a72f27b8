"""The notebooks that come with the package: how they are kept, and what they show and refuse."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.analysis.said import said_of
from p3c_qual.notebooks.shown import ShownFigure, ShownTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: what each notebook is asked with
PARAMETERS = {
    "first_steps": ["study"],
    "coding": ["study", "source", "coder", "round"],
    "mayring": ["study", "question", "coder", "order", "seed"],
    "cmo": ["study", "programmes", "theory", "mechanism", "as_of"],
    "joint_display": ["study", "programme", "instruments", "waves", "domain"],
}
#: a parameter of each that names nothing, and what is said of it
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("first_steps", {"study": "nowhere"}, "there is no such folder"),
    ("coding", {"source": "IP01"}, r"unknown source 'IP01'. Did you mean 'IP01_1'\?"),
    ("coding", {"coder": "mirra"}, r"unknown coder 'mirra'. Did you mean 'mira'\?"),
    ("coding", {"round": "mian"}, r"unknown round 'mian'. Did you mean 'main'\?"),
    ("mayring", {"question": "helps"}, r"'helps'. Did you mean 'what_helps'\?"),
    ("mayring", {"coder": "tobia", "seed": -1}, r"Did you mean 'tobias'\?.*\n.*seed"),
    ("mayring", {"order": "document"}, "unknown order 'document'. Valid: date, random."),
    ("cmo", {"programmes": "vennside, tallow"}, "no programme 'tallow'"),
    ("cmo", {"theory": "open_book", "mechanism": "x"}, r"'open_books'\?.*\n.*no mechanism 'x'"),
    ("cmo", {"as_of": "yesterday"}, "'yesterday' is neither a day nor a time"),
    ("joint_display", {"programme": "venside"}, r"Did you mean 'vennside'\?"),
    ("joint_display", {"instruments": "p3ceq, wembws"}, r"Did you mean 'wemwbs'\?"),
    ("joint_display", {"waves": "2021, 2032", "domain": "patients"}, r"'patient'\?(.|\n)*'2032'"),
]


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_notebook_is_kept_clean_and_explained(name: str, book: Callable[[str], Any]) -> None:
    cells = book(name).cells
    assert len(book(name).given) == 1
    assert list(book(name).defaults) == PARAMETERS[name]
    assert cells[0]["source"].startswith("# ")
    for above, cell in itertools.pairwise(cells):
        if cell["cell_type"] == "code":
            assert above["cell_type"] == "markdown", cell["source"]
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    kept = json.loads(book(name).path.read_text(encoding="utf-8"))
    assert [each["id"] for each in kept["cells"]] == [
        f"cell-{number:02d}" for number in range(1, len(cells) + 1)
    ]
    assert set(kept["metadata"]) == {"kernelspec", "language_info"}


def test_the_notebooks_run_as_they_come_and_change_nothing(
    book: Callable[[str], Any], example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # JupyterLab runs a notebook in the folder it lies in
    monkeypatch.chdir(example / "notebooks")
    with p3c.open_study(example) as study:
        before = len(study.log())
    for name in PARAMETERS:
        shown = book(name).run()
        tables = [each for each in shown if isinstance(each, ShownTable)]
        assert len(tables) > 2, name
        assert sum(len(each.frame) for each in tables) > 20, name
        for each in shown:
            if isinstance(each, ShownTable):
                assert 'class="title"' in each._repr_html_()
            elif isinstance(each, ShownFigure):
                # what the caption says comes after what is to be seen
                assert len(each.alt) > 60, each.alt
                assert "data:image/png" in each._repr_html_()
    with p3c.open_study(example) as study:
        assert len(study.log()) == before


def test_parameters_narrow_down_what_is_shown(book: Callable[[str], Any], example: Path) -> None:
    def tables(name: str, **given: Any) -> dict[str, Any]:
        shown = book(name).run(study=str(example), **given)
        return {said_of(each.frame).title: each.frame for each in shown if hasattr(each, "frame")}

    today = f"{datetime.now(UTC):%Y-%m-%d}"
    found = tables("cmo", programmes="vennside", theory="near_neighbour", as_of=today)
    cmos = found["Context-mechanism-outcome configurations of vennside of near_neighbour"]
    assert cmos["key"].tolist() == ["vs_eggs", "vs_shame"]
    versions = found["How the programme theories changed of near_neighbour"]
    assert versions["key"].tolist() == ["near_neighbour", "chosen_neighbour"]

    found = tables("joint_display", instruments="wemwbs", waves="2021", domain="patient")
    scores = found["Scores by group and wave"]
    assert set(zip(scores["instrument"], scores["wave"], strict=True)) == {("WEMWBS", "2021")}
    assert set(found["Before and after, by tier"]["remark"]) == {"one wave only"}
    assert found["Numbers and themes side by side"]["fit"].tolist() == ["Discordance"]

    found = tables("mayring", question="segment_by_segment", coder="mira", order="random", seed=3)
    assert "(seed 3)" in next(
        frame.attrs["caption"] for title, frame in found.items() if title.startswith("Saturation")
    )
    nothing = "Nothing to show: it is made under summarising; questions that have it: what_helps."
    assert found["Reduction"].attrs["notes"] == [nothing]

    found = tables("coding", source="IP02_1", coder="tobias")
    assert set(found["What tobias has read and coded, round main"]["source"]) > {"IP02_1"}
    assert len(found["IP02_1, read by tobias in the round main"]) > 5


@pytest.mark.parametrize(("name", "given", "said"), REFUSED)
def test_what_a_parameter_cannot_name_is_refused_with_what_there_is(
    name: str, given: dict[str, Any], said: str, book: Callable[[str], Any], example: Path
) -> None:
    with pytest.raises(p3c.P3CError, match=said):
        book(name).run(**{"study": str(example), **given})
