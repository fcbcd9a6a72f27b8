"""A qualitative analysis workbench for realist evaluation and thick description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from p3c_qual import description, instruments, mayring, privacy, realist
    from p3c_qual.analysis.asked_table import make_table
    from p3c_qual.analysis.files import write_table
    from p3c_qual.analysis.framework import table_selfie
    from p3c_qual.analysis.frequencies import table_frequencies
    from p3c_qual.analysis.plots import (
        plot_frequencies,
        plot_portrait,
        plot_selfie,
        plot_timeline,
    )
    from p3c_qual.coding.own import find_reading
    from p3c_qual.coding.shares import table_shares
    from p3c_qual.notebooks.shown import show_figure, show_table
    from p3c_qual.opening import new_study, open_study
    from p3c_qual.report.transcript import write_transcript
    from p3c_qual.study import Study
    from p3c_qual.workbench.widget import CodingWidget

__all__ = [
    "CodingWidget",
    "P3CError",
    "Problem",
    "Study",
    "description",
    "find_reading",
    "instruments",
    "make_table",
    "mayring",
    "new_study",
    "open_study",
    "plot_frequencies",
    "plot_portrait",
    "plot_selfie",
    "plot_timeline",
    "privacy",
    "realist",
    "show_figure",
    "show_table",
    "table_frequencies",
    "table_selfie",
    "table_shares",
    "write_table",
    "write_transcript",
]
__version__ = "0.1.0"

# imported when first used, so that `p3c --help` answers at once
_LATER = {
    "CodingWidget": "p3c_qual.workbench.widget",
    "Study": "p3c_qual.study",
    "find_reading": "p3c_qual.coding.own",
    "make_table": "p3c_qual.analysis.asked_table",
    "new_study": "p3c_qual.opening",
    "open_study": "p3c_qual.opening",
    "plot_frequencies": "p3c_qual.analysis.plots",
    "plot_portrait": "p3c_qual.analysis.plots",
    "plot_selfie": "p3c_qual.analysis.plots",
    "plot_timeline": "p3c_qual.analysis.plots",
    "show_figure": "p3c_qual.notebooks.shown",
    "show_table": "p3c_qual.notebooks.shown",
    "table_frequencies": "p3c_qual.analysis.frequencies",
    "table_shares": "p3c_qual.coding.shares",
    "table_selfie": "p3c_qual.analysis.framework",
    "write_table": "p3c_qual.analysis.files",
    "write_transcript": "p3c_qual.report.transcript",
}


def __getattr__(name: str) -> Any:
    import importlib

    if name in {"description", "instruments", "mayring", "privacy", "realist"}:
        return importlib.import_module(f"p3c_qual.{name}")
    if name in _LATER:
        return getattr(importlib.import_module(_LATER[name]), name)
    msg = f"module 'p3c_qual' has no attribute {name!r}"
    raise AttributeError(msg)
