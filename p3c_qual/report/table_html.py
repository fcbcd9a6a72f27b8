"""A single table as HTML: a file that needs no network, or a piece of a notebook."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from p3c_qual.analysis.said import plain_value, said_of
from p3c_qual.report.html import plain

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["render_rows", "render_table"]


def render_table(frame: pd.DataFrame) -> str:
    """Return a table as the text of an HTML page; the same table gives the same text.

    Parameters
    ----------
    frame : DataFrame
        As `p3c_qual.write_table` takes it.

    Returns
    -------
    str
        Each row has an anchor of its own, to point to it from elsewhere.

    Examples
    --------
    >>> import pandas as pd
    >>> "&lt;b&gt;" in render_table(pd.DataFrame({"quote": ["<b>"]}))
    True
    """
    return _rendered("table.html.j2", frame)


def render_rows(frame: pd.DataFrame, *, rows: int | None = None) -> str:
    """Return a table as a piece of HTML that stands below a cell of a notebook.

    Parameters
    ----------
    frame : DataFrame
        As `p3c_qual.write_table` takes it.
    rows : int, optional
        How many are shown; all of them by default. How many there are is said below.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"code": ["a", "b", "c"]})
    >>> "2 of 3 rows" in render_rows(table, rows=2)
    True
    """
    shown = frame if rows is None else frame.head(rows)
    return _rendered("rows.html.j2", shown, of=len(frame))


def _rendered(template: str, frame: pd.DataFrame, **more: Any) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("p3c_qual.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    environment.filters["breaking"] = _breaking
    said = said_of(frame)
    numeric = {
        name for name in said.shown if getattr(frame[name].dtype, "kind", "O") in {"i", "u", "f"}
    }
    wanted = list(dict.fromkeys([*said.shown, *said.beneath.values(), *said.under, *said.once]))
    extra = [said.indent[1]] if said.indent and said.indent[1] not in wanted else []
    seen: dict[str, int] = {}
    rows = [
        _row(dict(zip((*wanted, *extra), row, strict=True)), said, seen)
        for row in frame[[*wanted, *extra]].itertuples(index=False, name=None)
    ]
    for above, row in reversed(list(pairwise(rows))):
        row["again"] = bool(said.once) and row["same"] == above["same"]
    columns = [(name, said.heading(name), name in numeric) for name in said.shown]
    page = environment.get_template(template)
    return page.render(said=said, columns=columns, rows=rows, **more)


def _row(values: dict[str, Any], said: Any, seen: dict[str, int]) -> dict[str, Any]:
    place = _text(values.get(said.anchor, "")) if said.anchor else ""
    name = re.sub(r"[^\w.-]+", "-", place).strip("-") or "row"
    seen[name] = seen.get(name, 0) + 1
    return {
        "anchor": name if name != "row" and seen[name] == 1 else f"{name}-{seen[name]}",
        "depth": int(values[said.indent[1]]) - 1 if said.indent else 0,
        "cells": {
            column: (_text(values[column]), _text(values.get(said.beneath.get(column, ""), "")))
            for column in said.shown
        },
        "under": [
            (said.heading(column), words.splitlines())
            for column in said.under
            if (words := _text(values[column]))
        ],
        "same": [_text(values[column]) for column in said.once],
        "again": False,
    }


def _breaking(text: str) -> Markup:
    """Return words with places where a long one may be broken, which copying leaves out."""
    parts = re.split(r"(\S{18,})", re.sub(r";(?=\S)", "; ", text))
    parts[1::2] = [
        Markup("<wbr>").join(re.split(r"(?<=[_:/])(?=\w)", word)) for word in parts[1::2]
    ]
    return Markup("").join(parts)


def _text(value: Any) -> str:
    """Return a value as it is printed; nothing for a missing one."""
    held = plain_value(value)
    if held is None or isinstance(held, str):
        return held or ""
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, float):
        return f"{held:,.0f}" if held.is_integer() else f"{held:,.2f}"
    return f"{held:,}"
