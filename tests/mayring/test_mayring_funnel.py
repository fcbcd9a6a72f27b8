"""The reduction funnel as a picture, for no unit, for one, and for thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from worked_kit import work

from p3c_qual.analysis.canvas import figure_bytes
from p3c_qual.mayring.summarising.funnel import draw_funnel, plot_funnel
from p3c_qual.mayring.summarising.funnel_layout import THIN

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    import p3c_qual as p3c


def table(total: int, **leave: int) -> pd.DataFrame:
    """Return a funnel in which so many leave by each rule."""
    went = {"dropped": 0, "same": 0, "needless": 0, "left": 0, "open": 0, **leave}
    kept = total - went["dropped"] - went["same"] - went["needless"]
    bundled = kept - went["left"] - went["open"]
    rows: list[tuple[Any, ...]] = [
        ("units", "units", "stage", "", total, "units"),
        ("units", "dropped: carries little", "left", "Z1.1", went["dropped"], "units"),
        ("paraphrased", "paraphrased", "stage", "Z1", total - went["dropped"], "units"),
        ("generalised", "generalised", "stage", "Z2", total - went["dropped"], "units"),
        ("generalised", "deleted: the same", "left", "Z3.1", went["same"], "units"),
        ("generalised", "deleted: not essential", "left", "Z3.2", went["needless"], "units"),
        ("kept", "kept", "stage", "Z3", kept, "units"),
        ("kept", "left over, with a reason", "left", "", went["left"], "units"),
        ("kept", "second reduction open", "open", "", went["open"], "units"),
        ("bundled", "in categories", "stage", "Z4", bundled, "units"),
        ("categories", "categories", "stage", "Z4", min(bundled, 40), "categories"),
        ("main", "main categories", "stage", "Z4", min(bundled, 12), "categories"),
    ]
    frame = pd.DataFrame(rows, columns=["stage", "what", "kind", "rule", "n", "counted"])
    mains = [
        {"label": f"Main category {number}", "units": bundled // 12, "categories": 3}
        for number in range(min(bundled, 12))
    ]
    frame.attrs = {"question": "helps", "unit": "coding units", "mains": mains}
    return frame


def words(figure: Figure) -> list[str]:
    """Return what is written in the drawing."""
    return [each.get_text() for each in figure.axes[0].texts]


def inside(figure: Figure) -> bool:
    """Say whether everything written lies within the paper."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    drawn = FigureCanvasAgg(figure).get_renderer()
    wide, high = figure.get_size_inches() * figure.dpi
    boxes = [each.get_window_extent(drawn) for each in (*figure.axes[0].texts, *figure.texts)]
    return all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= high for box in boxes)


def test_no_unit_is_a_sentence_and_not_an_empty_picture() -> None:
    assert words(draw_funnel(table(0))) == ["No unit has been selected yet."]


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(table(1), id="one"),
        pytest.param(table(1, dropped=1), id="one that is dropped"),
        pytest.param(table(5, dropped=1, needless=1, left=1), id="five"),
        pytest.param(table(5000, dropped=1, same=3000, needless=20, left=1, open=900), id="5000"),
    ],
)
def test_each_stage_shows_its_number_and_nothing_is_cut_off(made: pd.DataFrame) -> None:
    figure = draw_funnel(made)
    said = words(figure)
    reached = made[(made["counted"] == "units") & (made["kind"] == "stage") & (made["n"] > 0)]
    for row in reached.to_dict("records"):
        assert row["what"] in said
        assert f"{row['n']:,}" in said
    branches = made[(made["kind"] != "stage") & (made["n"] > 0)]
    for row in branches.to_dict("records"):
        assert any(each.startswith(f"{row['n']:,} ") for each in said), row
        if row["rule"]:
            assert any(f"({row['rule']})" in each for each in said)
    assert inside(figure)
    assert figure.get_size_inches()[0] < 11


def test_a_stage_that_nothing_has_reached_is_not_drawn(told: p3c.Study) -> None:
    work(told, last="paraphrase")
    said = words(plot_funnel(told, "helps"))
    assert "paraphrased" in said
    assert "generalised" not in said
    assert "6 no generalisation yet" in " ".join(said)


def test_one_unit_of_thousands_is_still_a_line() -> None:
    figure = draw_funnel(table(5000, dropped=1))
    heights = [patch.get_window_extent().height for patch in figure.axes[0].patches]
    assert min(heights) >= THIN * figure.dpi * 0.99


def test_of_many_main_categories_the_rest_stand_together() -> None:
    said = words(draw_funnel(table(5000)))
    assert any("in 5 more" in each for each in said)
    assert len([each for each in said if "Main category" in each]) == 7


def test_the_same_funnel_is_the_same_picture(told: p3c.Study) -> None:
    work(told)
    first, second = (figure_bytes(plot_funnel(told, "helps")) for _ in range(2))
    assert first == second
