"""The widget in a notebook: what it says to its view, and what is left where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import p3c_qual as p3c
from p3c_qual.workbench import widget as widgets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a front end that is there, whatever was built."""
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "widget.js").write_text("export default {}")
    (folder / "widget.css").write_text(".p3c {}")
    monkeypatch.setattr(widgets, "_STATIC", folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, folder_of: Callable[[Path], Path]) -> Path:
    return folder_of(tmp_path / "study")


def sent(widget: p3c.CodingWidget, monkeypatch: pytest.MonkeyPatch, content: Any) -> list[Any]:
    """Return what the widget sends when its view says something."""
    said: list[Any] = []
    monkeypatch.setattr(widget, "send", said.append)
    widget._handle_custom_msg(content, [])
    return said


def test_a_widget_names_its_study_and_source(bundle: Path, folder: Path) -> None:
    with p3c.open_study(folder) as study:
        widget = p3c.CodingWidget(study, source="P1", height=300)
    assert (widget.study, widget.source, widget.height) == (str(folder.resolve()), "P1", 300)
    assert {"study", "source", "height", "_esm", "_css"} <= set(widget.get_state())
    assert widget.get_state()["_esm"] == "export default {}"


def test_a_widget_opens_a_study_by_its_folder(bundle: Path, folder: Path) -> None:
    assert p3c.CodingWidget(folder).source == ""


def test_an_unknown_source_is_said_when_the_cell_runs(bundle: Path, folder: Path) -> None:
    with pytest.raises(p3c.P3CError, match=r"unknown source 'P11'\. Did you mean 'P"):
        p3c.CodingWidget(folder, source="P11")


def test_a_missing_front_end_is_said_plainly(bundle: Path, folder: Path) -> None:
    (bundle / "widget.js").unlink()
    with pytest.raises(p3c.P3CError, match="front end is missing"):
        p3c.CodingWidget(folder)


def test_the_kernel_gives_the_text_where_no_server_does(
    bundle: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = p3c.CodingWidget(folder, source="P1")
    (said,) = sent(widget, monkeypatch, {"ask": "source"})
    assert said["text"]["key"] == "P1"
    # a notebook is passed on: the codings of others do not go with it unasked
    assert {each["coder"] for each in said["text"]["codings"]} == {"anna"}
    assert said["state"]["title"] == "A study"
    assert sent(widget, monkeypatch, {"ask": "something else"}) == []


def test_what_goes_wrong_in_the_kernel_is_told_to_the_view(
    bundle: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = p3c.CodingWidget(folder, source="P1")
    widget.source = "gone"
    (said,) = sent(widget, monkeypatch, {"ask": "source"})
    assert "unknown source" in said["error"]["what"]

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(widgets, "study_state", broken)
    (said,) = sent(widget, monkeypatch, {"ask": "source"})
    assert "RuntimeError" in said["error"]["what"]


def test_a_page_without_widgets_shows_the_text_and_its_codes(bundle: Path, folder: Path) -> None:
    with p3c.open_study(folder, coder="anna") as study:
        study.set_fields("source", "P1", {"title": "<script>alert(1)</script>"})
        shown = p3c.CodingWidget(study, source="P1")._repr_mimebundle_()
    assert shown is not None
    data, _ = shown
    html = data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "We meet each week" in html
    assert "Meetings (anna)" in html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
