"""Tables and figures below a cell, and a notebook as a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import p3c_qual as p3c
from p3c_qual.notebooks.page import notebook_page

if TYPE_CHECKING:
    from pathlib import Path


def test_a_table_says_what_it_is_and_how_much_of_it_is_shown() -> None:
    frame = pd.DataFrame({"id": ["x", "y", "z"], "quote": ["<b>", "two", "three"], "n": [1, 2, 3]})
    frame.attrs = {"unit": "passages", "denominators": {"sources": 4}, "notes": ["Read aloud."]}
    shown = p3c.show_table(frame, title="Passages", rows=2)
    html = shown._repr_html_()
    for words in ("Passages", "&lt;b&gt;", "2 of 3 rows", "Counted: passages", "sources 4"):
        assert words in html
    assert "Read aloud." in html
    assert "three" not in html
    # what only programs read is left out, and the table itself is left as it is
    assert ">x<" not in html
    assert "title" not in frame.attrs
    assert "(2 of 3 rows)" in repr(shown)


def test_many_notes_are_folded_away_but_not_what_was_counted() -> None:
    frame = pd.DataFrame({"n": [1]})
    frame.attrs = {"unit": "units", "who": ["anna"], "notes": [f"Rule {n}." for n in range(9)]}
    html = p3c.show_table(frame)._repr_html_()
    above, _, folded = html.partition("<details")
    assert "Counted: units" in above
    assert "Rule 1." not in above
    assert "Rule 8." in folded
    assert "Who: anna" in folded


def test_rows_and_words_for_a_figure_are_asked_for_properly() -> None:
    from matplotlib.figure import Figure

    with pytest.raises(p3c.P3CError, match="rows is a number from 1 on, not 0"):
        p3c.show_table(pd.DataFrame({"n": [1]}), rows=0)
    with pytest.raises(p3c.P3CError, match="needs words for those who do not see it"):
        p3c.show_figure(Figure(), " ")


def test_a_figure_is_shown_with_what_stands_in_its_caption() -> None:
    from p3c_qual.analysis.canvas import Canvas

    said = "Counted: passages. " * 12 + "Reading set: anna's."
    figure = Canvas(width=3, rows=1, left=1, caption=said).figure
    shown = p3c.show_figure(figure, 'Bars, "tall" ones.')
    # the caption's lines in their order, however many they are
    assert shown.alt == f'Bars, "tall" ones. {said}'
    assert 'alt="Bars, &quot;tall&quot; ones. Counted' in shown._repr_html_()


def test_where_there_is_nothing_to_draw_a_sentence_says_so_and_no_more(tmp_path: Path) -> None:
    study = p3c.new_study(tmp_path / "bare", title="Bare", coder="anna")
    shown = p3c.show_figure(lambda: p3c.realist.plot_network(study), "Network.")
    assert shown.alt.startswith("There is nothing to draw: no configuration stands.")
    assert shown._repr_html_() == f"<p>{shown.alt}</p>"
    with pytest.raises(p3c.P3CError, match="no programme 'nowhere'"):
        p3c.show_figure(lambda: p3c.realist.plot_network(study, programme="nowhere"), "Network.")


def test_a_page_of_a_notebook_needs_no_network_and_says_nothing_of_the_computer() -> None:
    given = {"tags": ["parameters"]}, {"tags": ["injected-parameters"]}
    rich = {"text/plain": "plain", "text/html": "<i>rich</i>", "application/vnd.widget": "no"}
    cells = [
        new_markdown_cell("# Title\n\n<script>alert(1)</script>"),
        new_code_cell('study = "."\nseed = 1', metadata=given[0]),
        new_code_cell('# Parameters\nstudy = "/somewhere/mine"\nseed = 2', metadata=given[1]),
        new_code_cell("a < b", outputs=[new_output("execute_result", rich)]),
        new_code_cell("c", outputs=[new_output("stream", text="said & done")]),
        new_code_cell("d", outputs=[new_output("error", ename="Odd", evalue="\x1b[31mwhy\x1b[0m")]),
    ]
    page = notebook_page(nbformat.from_dict(new_notebook(cells=cells)))
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!data:|#)', page)
    assert "/somewhere/mine" not in page
    assert "seed = 2" in page
    assert "seed = 1" not in page
    assert "<i>rich</i>" in page
    for words in ("a &lt; b", "said &amp; done", "Odd: why"):
        assert words in page
