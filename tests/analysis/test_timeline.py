"""A timeline: every event has its mark, and no words stand on other words."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from p3c_qual.analysis.canvas import figure_bytes
from p3c_qual.analysis.timeline import plot_timeline
from p3c_qual.errors import P3CError

LANES = ("Programme", "Evaluation", "Fieldwork")
LONG = "Das Verbundgremium beschließt die Übernahme der Koordination in die Regelversorgung"


def table(events: int) -> pd.DataFrame:
    rows = []
    for n in range(events):
        year = 2012 + n * 7 % 13
        date = (f"{year}", f"{year}-{n % 12 + 1:02}", f"{year}-05-{n % 28 + 1:02}")[n % 3]
        last = str(year + 2) if n % 5 == 0 else ""
        what = LONG if n % 4 == 0 else f"Event {n}"
        row = {"lane": LANES[n * 3 // max(events, 1)], "date_from": date, "date_to": last}
        rows.append({**row, "what": what, "dates": ""})
    return pd.DataFrame(rows, columns=["lane", "date_from", "date_to", "what", "dates"])


def words(figure) -> list[str]:
    return [text.get_text() for text in (*figure.texts, *figure.axes[0].texts)]


@pytest.mark.parametrize("events", [1, 7, 60])
def test_no_words_overlap_and_none_leave_the_picture(events) -> None:
    figure = plot_timeline(table(events))
    renderer = FigureCanvasAgg(figure).get_renderer()
    wide, high = figure.canvas.get_width_height()
    # the white behind the words is part of a text's box, and not of its letters
    for text in figure.axes[0].texts:
        text.set_bbox(None)
    boxes = [
        (text.get_text(), text.get_window_extent(renderer))
        for text in (*figure.texts, *figure.axes[0].texts)
    ]
    assert wide / figure.dpi < 6.6
    for said, box in boxes:
        assert -1 <= box.x0 <= box.x1 <= wide + 1, said
        assert -1 <= box.y0 <= box.y1 <= high + 1, said
    for (one, box), (other, beside) in combinations(boxes, 2):
        assert not box.overlaps(beside), (one, other)


def test_each_event_is_drawn_once_by_how_exactly_it_is_known() -> None:
    rows = [
        ("Programme", "2019", "", "A year", ""),
        ("Programme", "2019-10-01", "", "A day", ""),
        ("Evaluation", "2019", "2024", "A period", ""),
        ("Fieldwork", "2023-02-07", "2023-04-18", "2 interviews", "2023-02-07; 2023-04-18"),
    ]
    figure = plot_timeline(
        pd.DataFrame(rows, columns=["lane", "date_from", "date_to", "what", "dates"])
    )
    bars = [patch for patch in figure.axes[0].patches if patch.get_width() > 0]
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert (len(bars), len(dots)) == (3, 1)
    year, period = bars[0].get_width(), bars[1].get_width()
    assert period == pytest.approx(6 * year)
    for said in ("A year", "A day", "A period", "2 interviews", *LANES, "2019", "2025"):
        assert words(figure).count(said) == 1, said


def test_what_has_no_date_is_counted_below() -> None:
    dated = table(3)
    dated.attrs = {"caption": "What has a date", "unit": "events", "undated": 4}
    assert "Without a date, and left out: 4." in " ".join(words(plot_timeline(dated)))


def test_a_timeline_is_the_same_bytes_each_time_and_needs_an_event() -> None:
    assert figure_bytes(plot_timeline(table(4))) == figure_bytes(plot_timeline(table(4)))
    with pytest.raises(P3CError, match="nothing in the study has a date"):
        plot_timeline(table(0))
