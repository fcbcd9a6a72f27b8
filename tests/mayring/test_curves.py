"""The curves of emerging categories and of saturation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from pilot_kit import inductive, read

import p3c_qual as p3c
from p3c_qual.analysis.canvas import figure_bytes
from p3c_qual.mayring.categories.curves import plot_emergence, plot_saturation
from p3c_qual.mayring.categories.emergence import table_subsumption
from p3c_qual.mayring.categories.saturation import table_saturation

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure


def words(figure: Figure) -> list[str]:
    """Return all that is written on a figure."""
    return [each.get_text() for each in (*figure.texts, *figure.axes[0].texts)]


@pytest.fixture
def eight(study: p3c.Study, tmp_path: Path) -> p3c.Study:
    inductive(study, tmp_path, 8)
    names = [study.create_code("found", label) for label in ("A", "B", "C")]
    for number in range(1, 9):
        study.code(f"P{number:02}", 40, 60, names[min(number, 3) - 1])
    read(study, *range(1, 9))
    return study


def test_the_saturation_curve_says_where_it_was_met_and_what_it_is_for(eight: p3c.Study) -> None:
    figure = plot_saturation(table_saturation(eight, "help"))
    said = words(figure)
    assert "4+2" in said
    assert {"P01", "P08"} <= set(said)
    whole = " ".join(said)
    assert "Base 4 interviews, run 2, threshold 5 %" in whole
    assert "meant for categories formed from the material" in whole
    assert figure_bytes(figure) == figure_bytes(plot_saturation(table_saturation(eight, "help")))


def test_where_it_is_not_assessable_the_figure_says_why(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path, 3)
    study.code("P01", 40, 60, "found:trust")
    read(study, 1, 2, 3)
    said = " ".join(words(plot_saturation(table_saturation(study, "help"))))
    assert "not assessable: 3 interviews, and base and run need 6" in said


def test_random_orders_are_drawn_with_their_band(eight: p3c.Study) -> None:
    dated = plot_saturation(table_saturation(eight, "help"))
    drawn = plot_saturation(table_saturation(eight, "help", order="random", orders=20))
    assert "5th to 95th percentile" in words(drawn)
    assert "5th to 95th percentile" not in words(dated)
    assert len(drawn.axes[0].collections) > len(dated.axes[0].collections)


def test_the_emergence_curve_has_a_dot_for_each_new_category(eight: p3c.Study) -> None:
    figure = plot_emergence(table_subsumption(eight, "help"))
    (dots,) = figure.axes[0].collections
    assert len(dots.get_offsets()) == 3
    assert any("codings, 3 categories." in line for line in words(figure))


def test_with_very_many_sources_their_borders_are_not_drawn() -> None:
    rows = [(n, f"P{n}", "new" if n == 1 else "subsumed", 1) for n in range(1, 201)]
    table = pd.DataFrame(rows, columns=["no", "source", "how", "categories"])
    assert len(plot_emergence(table).axes[0].lines) < 20
    assert "another source begins" not in words(plot_emergence(table))


def test_nothing_to_draw_is_said(study: p3c.Study, tmp_path: Path) -> None:
    inductive(study, tmp_path, 2)
    with pytest.raises(p3c.P3CError, match="nothing was coded"):
        plot_emergence(table_subsumption(study, "help"))
    with pytest.raises(p3c.P3CError, match="no interview of 'all'"):
        plot_saturation(table_saturation(study, "help"))
