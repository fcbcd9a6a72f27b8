"""The workbench in a notebook: a source to read and to code below a cell."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import orjson
import traitlets

from p3c_qual.errors import P3CError, Problem
from p3c_qual.opening import open_study
from p3c_qual.workbench.faults import fault_of
from p3c_qual.workbench.source import source_text
from p3c_qual.workbench.state import study_state

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["CodingWidget"]

_STATIC = Path(__file__).parent / "static"
#: characters of a source that are kept in a notebook's file, where nothing else shows it
_STILL = 20_000


class CodingWidget(anywidget.AnyWidget):
    """Code a source below a cell of a notebook.

    What is coded goes through the Jupyter server straight into the study, as everywhere else; the
    kernel only names the study. Where no server with the workbench runs, the text is shown to
    read.

    Parameters
    ----------
    study : Study, str or Path
        The study, or its folder.
    source : str
        Key of the source that is opened; the one opened last where it is empty.
    height : int
        In pixels.

    Attributes
    ----------
    study, source, height
        As given; the study as the absolute path of its folder.

    Raises
    ------
    P3CError
        If there is no such study or source, or the front end is missing in this installation.
    """

    study = traitlets.Unicode().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int().tag(sync=True)

    def __init__(self, study: Study | str | Path, *, source: str = "", height: int = 600) -> None:
        held = open_study(study) if isinstance(study, (str, Path)) else study
        if source:
            with held.store.read() as connection:
                from p3c_qual.workbench.source import the_source

                source = the_source(connection, source).key
        self._esm, self._css = _bundle("widget.js"), _bundle("widget.css")
        self._held = held
        path = str(Path(held.path).resolve())
        super().__init__(study=path, source=source, height=height)
        self.on_msg(self._heard)

    def _heard(self, widget: Any, content: Any, buffers: Any) -> None:
        """Answer the view; whatever goes wrong here is told to it, since nobody else would."""
        del widget, buffers
        try:
            if isinstance(content, dict) and content.get("ask") == "source":
                self.send(self._still())
        except P3CError as error:
            faults = [_plain(fault_of(each)) for each in error.problems]
            self.send({"error": faults[0], "all": faults})
        except Exception as error:  # noqa: BLE001 - a view would wait for ever
            fault = Problem(f"the kernel met a fault of its own ({type(error).__name__})")
            self.send({"error": _plain(fault_of(fault)), "all": [_plain(fault_of(fault))]})

    def _still(self) -> dict[str, Any]:
        """Return what is needed to read, without a server."""
        state = study_state(self._held, self.study, others=False)
        text = source_text(self._held, self.source, others=False) if self.source else None
        return {"text": _plain(text), "state": _plain(state)}

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        found = super()._repr_mimebundle_(**kwargs)
        if found is None:
            return None
        data, metadata = found
        return {**data, "text/html": self._as_html()}, metadata

    def _as_html(self) -> str:
        """Return the source with its codes as plain HTML, for where no widget is shown."""
        held = self._held
        head = f"<p>A study of p3c_qual: {escape(held.settings.title)}.</p>"
        if not self.source:
            return head + "<p>Run this cell to open it.</p>"
        try:
            text = source_text(held, self.source, others=False)
            labels = {each.id: each.label for each in _codes(held)}
        except P3CError as error:
            return head + f"<p>{escape(str(error))}</p>"
        more = "<p>The text goes on in the study.</p>" if len(text.text) > _STILL else ""
        coded = "".join(
            f"<li>{each.start}–{each.end}: {escape(labels.get(each.code, ''))} "
            f"({escape(each.coder)})</li>"
            for each in text.codings
            if each.start < _STILL
        )
        return (
            f"{head}<p><strong>{escape(text.title)}</strong></p>"
            f'<div dir="auto" style="white-space: pre-wrap">{escape(text.text[:_STILL])}</div>'
            f"{more}<ul>{coded}</ul>"
        )


def _bundle(name: str) -> str:
    path = _STATIC / name
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        what = f"the workbench's front end is missing in this installation ({name})"
        do = "Install p3c_qual again; from a checkout build it with: make frontend"
        raise P3CError(Problem(what, do=do)) from error


def _codes(study: Study) -> list[Any]:
    from p3c_qual.workbench.rows import code_rows

    with study.store.read() as connection:
        return list(code_rows(connection))


def _plain(value: Any) -> Any:
    """Return a row as a notebook's messages hold it."""
    return orjson.loads(orjson.dumps(value))
