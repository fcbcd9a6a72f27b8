"""The notebooks that write a report on a country and a brief: what they are asked, what they make."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest

from p3c_qual.report.brief import build_brief
from p3c_qual.report.country import build_country_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: what each is made by; what its notebook chooses by other words, and what is not for a notebook
BOOKS = {"country": build_country_report, "feedback_brief": build_brief}
_OTHERWISE = {"study", "coder", "round", "generated_at"}


@pytest.mark.parametrize("name", BOOKS)
def test_a_notebook_asks_for_all_that_its_report_takes_and_explains_it(
    name: str, book: Callable[[str], Any]
) -> None:
    made = book(name)
    asked = made.defaults
    assert set(inspect.signature(BOOKS[name]).parameters) - _OTHERWISE <= set(asked)
    for parameter in inspect.signature(BOOKS[name]).parameters.values():
        if parameter.name in asked and parameter.default is not inspect.Parameter.empty:
            assert asked[parameter.name] == parameter.default, parameter.name
    above = made.cells[made.cells.index(made.given[0]) - 1]["source"]
    assert all(f"- `{each}`:" in above for each in asked)
    assert json.dumps(made.cells).count('"outputs": []') == sum(
        each["cell_type"] == "code" for each in made.cells
    )


def test_the_notebooks_write_a_country_and_a_brief(
    book: Callable[[str], Any], example: Path, tmp_path: Path
) -> None:
    book("country").run(
        study=str(example), country="Westmark", to="html, pdf", out=str(tmp_path / "country")
    )
    words = (tmp_path / "country" / "report.html").read_text(encoding="utf-8")
    assert "Vennside Neighbour Teams" in words
    assert "Tallowfield Care Together" not in words
    assert (tmp_path / "country" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "country" / "figures" / "figure_vennside_selfie.svg").is_file()
    book("feedback_brief").run(
        study=str(example), programme="vennside", audience="managers", out=str(tmp_path / "brief")
    )
    assert "managers" in (tmp_path / "brief" / "report.html").read_text(encoding="utf-8")
