"""Figures: what they show, how large they get, and that they stay the same."""

from __future__ import annotations

import io
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from p3c_qual.analysis.canvas import figure_bytes
from p3c_qual.analysis.figures import plot_frequencies, plot_portrait, save_figure
from p3c_qual.errors import P3CError

SEGMENTS = {"service_delivery": "Service delivery", "workforce": "Workforce"}


def table(codes: int, groups: int, value: object = 3) -> pd.DataFrame:
    keys = [f"code{i}" if i % 9 == 0 else f"code{i - i % 9}.part{i}" for i in range(codes)]
    frame = pd.DataFrame({"code": keys})
    names = [f"site_{i}" for i in range(groups)]
    for name in names:
        frame[name] = pd.array([value] * codes, dtype="Int64")
    frame["total"] = pd.array([7] * codes, dtype="Int64")
    frame.attrs = {
        "unit": "coded segments",
        "reading_set": "main coder",
        "denominators": {**dict.fromkeys(names, 4), "total": 4 * groups},
        "caption": "Codings by site",
        "labels": {key: f"Label of {key}" for key in keys},
        "depth": {key: 1 + ("." in key) for key in keys},
    }
    return frame


def texts(figure) -> list:
    return [*figure.texts, *figure.axes[0].texts]


def words(figure) -> list[str]:
    return [text.get_text() for text in texts(figure)]


def codings(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "start", "end", "code"])


@pytest.mark.parametrize("kind", ["heat", "bars"])
@pytest.mark.parametrize(("codes", "groups"), [(60, 15), (7, 3), (7, 1), (1, 1)])
def test_every_label_stays_inside_the_picture_and_apart(kind, codes, groups) -> None:
    figure = plot_frequencies(table(codes, groups), kind=kind)
    renderer = FigureCanvasAgg(figure).get_renderer()
    wide, high = figure.canvas.get_width_height()
    boxes = []
    for text in texts(figure):
        box = text.get_window_extent(renderer)
        if text.get_text():
            assert box.x0 >= -1, text.get_text()
            assert box.y0 >= -1, text.get_text()
            assert box.x1 <= wide + 1, text.get_text()
            assert box.y1 <= high + 1, text.get_text()
        if text.get_text().startswith("Label"):
            boxes.append(box)
    heights = sorted((box.y0, box.y1) for box in boxes)
    assert all(low <= high for (_, low), (high, _) in pairwise(heights))


@pytest.mark.parametrize("kind", ["heat", "bars"])
def test_zero_and_not_asked_differ_and_the_key_says_which_is_which(kind) -> None:
    zero = plot_frequencies(table(3, 2, 0), kind=kind)
    missing = plot_frequencies(table(3, 2, None), kind=kind)
    assert "not asked" not in words(zero)
    assert "not asked" in words(missing)
    assert words(zero).count("0") >= 6

    def hatched(figure) -> int:
        return sum(bool(p.get_hatch()) for p in figure.axes[0].patches)

    assert hatched(zero) == 0
    assert hatched(missing) == 6


def test_white_is_zero_and_nothing_else() -> None:
    frame = table(2, 2, 0)
    frame.loc[0, "site_0"] = 1
    frame.loc[1, "site_1"] = 10_000
    cells = plot_frequencies(frame).axes[0].patches[:4]
    colours = [cell.get_facecolor()[:3] for cell in cells]
    assert [colour == (1, 1, 1) for colour in colours] == [False, True, True, False]


def test_the_caption_names_unit_reading_set_and_what_n_is() -> None:
    said = " ".join(words(plot_frequencies(table(2, 2))))
    assert "Unit: coded segments. Reading set: main coder. n: denominator." in said
    assert "n = 4" in said


def test_depth_one_leaves_the_codes_below_out() -> None:
    figure = plot_frequencies(table(20, 2), depth=1)
    labels = [word for word in words(figure) if word.startswith("Label")]
    assert labels == ["Label of code0", "Label of code9", "Label of code18"]


def test_a_figure_is_the_same_bytes_each_time() -> None:
    assert figure_bytes(plot_frequencies(table(5, 2))) == figure_bytes(
        plot_frequencies(table(5, 2))
    )


def test_a_figure_is_saved_as_png_and_svg_in_a_folder_that_is_made(tmp_path) -> None:
    png, svg = save_figure(plot_frequencies(table(2, 2)), tmp_path / "new" / "by.site")
    assert (png.name, svg.name) == ("by.site.png", "by.site.svg")
    assert Image.open(png).width > 500
    assert b"<dc:date>" not in svg.read_bytes()


def test_a_name_may_have_the_ending_of_one_of_the_files(tmp_path) -> None:
    png, svg = save_figure(plot_frequencies(table(2, 2)), tmp_path / "sites.png")
    assert (png.name, svg.name) == ("sites.png", "sites.svg")


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_any_label_and_group_can_be_drawn(label, group) -> None:
    frame = pd.DataFrame({"code": ["c"], group if group not in {"code", "total"} else "g": [1]})
    frame.attrs = {"labels": {"c": f"$x_1$ {label}"}}
    png, _ = figure_bytes(plot_frequencies(frame))
    assert Image.open(io.BytesIO(png)).width > 100


@pytest.mark.parametrize("frame", [table(0, 2), table(2, 0)], ids=["no code", "no group"])
def test_an_empty_table_is_refused(frame) -> None:
    with pytest.raises(P3CError, match="nothing to draw"):
        plot_frequencies(frame)


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    with pytest.raises(P3CError, match="Did you mean 'heat'"):
        plot_frequencies(table(1, 1), kind="heet")


def test_a_portrait_places_a_coding_by_its_share_of_the_text() -> None:
    found = codings(("s", 25, 50, "workforce.micro.core_group"), ("s", 0, 10, "financing"))
    figure = plot_portrait(found, 100, codes=SEGMENTS)
    width = figure.axes[0].get_xlim()[1]
    bars = [p for p in figure.axes[0].patches if p.get_fill() and p.get_height() == 0.6]
    assert [(b.get_x() / width, b.get_width() / width) for b in bars] == [(0.25, 0.25)]


def test_a_portrait_by_turns_shades_the_interviewer_and_counts_turns() -> None:
    turns = pd.DataFrame(
        {"start": [0, 10, 90], "end": [10, 90, 100], "role": ["interviewer", "interviewee", ""]}
    )
    figure = plot_portrait(codings(("s", 10, 90, "workforce")), turns, codes=SEGMENTS)
    width = figure.axes[0].get_xlim()[1]
    bar = next(p for p in figure.axes[0].patches if p.get_height() == 0.6)
    assert bar.get_x() / width == pytest.approx(1 / 3)
    assert bar.get_width() / width == pytest.approx(1 / 3)
    assert "interviewer's turns" in words(figure)


def test_a_portrait_of_several_texts_has_a_row_each_to_one_scale() -> None:
    found = codings(("a", 0, 50, "workforce"), ("b", 0, 50, "service_delivery"))
    figure = plot_portrait(found, {"a": 100, "b": 50, "c": 10}, codes=SEGMENTS)
    assert {"a", "b", "c", "Workforce"} <= set(words(figure))
    grounds = [p.get_width() for p in figure.axes[0].patches if p.get_height() == 1.8]
    assert grounds[0] == pytest.approx(2 * grounds[1]) == pytest.approx(10 * grounds[2])


def test_texts_with_and_without_turns_are_drawn_to_one_scale_of_code_points() -> None:
    turns = pd.DataFrame({"start": [0, 10], "end": [10, 100], "role": ["", ""]})
    found = codings(("a", 10, 100, "workforce"))
    figure = plot_portrait(found, {"a": turns, "b": 50}, codes=SEGMENTS)
    grounds = [p.get_width() for p in figure.axes[0].patches if p.get_height() == 1.8]
    assert grounds[0] == pytest.approx(2 * grounds[1])
    assert "the text in code points;" in " ".join(words(figure))


def test_codings_of_several_texts_with_one_length_are_refused() -> None:
    found = codings(("a", 0, 5, "workforce"), ("b", 0, 5, "workforce"))
    with pytest.raises(P3CError, match="Valid: a, b"):
        plot_portrait(found, 100, codes=SEGMENTS)


def test_more_colours_than_can_be_told_apart_are_refused() -> None:
    codes = [f"c{i}" for i in range(9)]
    with pytest.raises(P3CError, match="cannot be told apart"):
        plot_portrait(codings(), {"a": 10}, codes=codes)


def test_a_notebook_shows_a_figure_by_itself() -> None:
    figure = plot_frequencies(table(2, 2))
    assert figure._repr_png_() == figure_bytes(figure)[0]


def test_no_global_state_of_pyplot_is_used() -> None:
    import subprocess
    import sys

    program = (
        "import sys, pandas as pd\n"
        "from p3c_qual.analysis.figures import plot_frequencies\n"
        "plot_frequencies(pd.DataFrame({'code': ['c'], 'g': [1]}))\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
