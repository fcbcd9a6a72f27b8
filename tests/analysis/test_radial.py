"""The wheel of the framework: its numbers are the table's, and each can be read in grey."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from p3c_qual.analysis.canvas import figure_bytes
from p3c_qual.analysis.framework import AROUND, LEVELS
from p3c_qual.analysis.radial import plot_selfie
from p3c_qual.analysis.shades import contrast, shade
from p3c_qual.errors import P3CError

ENGLISH = (
    *("Service delivery", "Leadership and governance", "Workforce"),
    *("Technologies and medical products", "Information and research", "Financing"),
)
GERMAN = (
    *("Leistungserbringung", "Führung und Steuerung des Gesundheitswesens"),
    *("Gesundheitspersonal", "Technologien und Medizinprodukte"),
    *("Information und Versorgungsforschung", "Finanzierung"),
)


def table(groups: int, labels: tuple[str, ...] = ENGLISH) -> pd.DataFrame:
    rows = []
    for group in range(groups):
        for n, label in enumerate((*labels, *AROUND)):
            levels = [n * 3 + i for i in range(3)] if n < len(labels) else [None] * 3
            values = dict(zip(LEVELS, levels, strict=True))
            name = f"code{n}" if n < len(labels) else label
            row = {"group": f"p{group}", "segment": name, "label": label}
            rows.append({**row, **values, "whole": 20 + n})
    columns = ["group", "segment", "label", *LEVELS, "whole"]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys([*LEVELS, "whole"], "Int64"))
    names = {f"p{n}": f"Neighbourhood teams of the southern county {n}" for n in range(groups)}
    frame.attrs = {"denominators": dict.fromkeys(names, 30), "groups": names, "unit": "people"}
    return frame


def texts(figure) -> list:
    return [text for text in (*figure.texts, *figure.axes[0].texts) if text.get_text()]


def test_each_cell_prints_the_number_of_the_table() -> None:
    words = [text.get_text() for text in texts(plot_selfie(table(1)))]
    cells = [str(n) for n in range(18)]
    assert [words.count(each) for each in cells] == [1 + (each == "0") for each in cells]
    assert {"26", "27", "monitoring 28", "20 in all", "micro", "meso", "macro"} <= set(words)


def test_not_asked_is_hatched_and_zero_is_white_with_a_nought() -> None:
    asked = table(1)
    asked.loc[1, "macro"] = pd.NA
    figure = plot_selfie(asked)
    assert sum(bool(each.get_hatch()) for each in figure.axes[0].patches) == 1
    assert "not asked" in [text.get_text() for text in texts(figure)]
    assert "not asked" not in [text.get_text() for text in texts(plot_selfie(table(1)))]
    white = [each for each in figure.axes[0].patches if to_hex(each.get_facecolor()) == "#ffffff"]
    assert len(white) == 2


def test_every_number_stands_out_from_its_shade_in_grey_and_more_is_darker() -> None:
    shades = [shade(n / 100) for n in range(101)]
    assert min(contrast(*each) for each in shades) >= 4.5
    on_white = [contrast(colour, "#ffffff") for colour, _ in shades]
    assert on_white == sorted(on_white)


@pytest.mark.parametrize("labels", [ENGLISH, GERMAN])
@pytest.mark.parametrize("groups", [1, 2, 6, 17])
def test_no_words_overlap_or_leave_the_picture(groups, labels) -> None:
    figure = plot_selfie(table(groups, labels))
    renderer = FigureCanvasAgg(figure).get_renderer()
    wide, high = figure.canvas.get_width_height()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]
    assert wide / figure.dpi < 6.6
    for words, box in boxes:
        assert -1 <= box.x0 <= box.x1 <= wide + 1, words
        assert -1 <= box.y0 <= box.y1 <= high + 1, words
    for (one, box), (other, beside) in combinations(boxes, 2):
        assert not _overlap(box, beside), (one, other)


def test_a_wheel_is_the_same_bytes_each_time() -> None:
    assert figure_bytes(plot_selfie(table(2))) == figure_bytes(plot_selfie(table(2)))


def test_a_table_without_a_row_is_no_wheel() -> None:
    with pytest.raises(P3CError, match="nothing to draw"):
        plot_selfie(table(0))


def _overlap(box, beside) -> bool:
    # letters that touch by a point of their descent can still be read
    across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
    down = min(box.y1, beside.y1) - max(box.y0, beside.y0)
    return across > 1 and down > 2.5
