"""How listings are printed: as a table, CSV or JSON."""

from __future__ import annotations

import contextlib
import csv
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__all__ = ["Form", "FormOption", "dump", "many", "rows_of", "show", "show_rows", "write_text"]

#: characters of a cell in a table for the eye; CSV and JSON hold everything
WIDTH = 70


class Form(StrEnum):
    """A form of output."""

    table = "table"
    csv = "csv"
    json = "json"


FormOption = Annotated[Form, typer.Option("--format", help="How it is printed.")]
#: control characters, which would move the cursor of a terminal
_CONTROL = dict.fromkeys([*range(32), *range(127, 160)], " ")


def many(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular where it is one.

    Examples
    --------
    >>> many(1, "segment"), many(1200, "segment")
    ('1 segment', '1,200 segments')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def dump(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=_plain).decode())


def _plain(value: Any) -> Any:
    """Return a value of pandas or numpy as plain JSON can hold it."""
    item = getattr(value, "item", None)
    return item() if item else str(value)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame with plain values; missing ones are None."""
    import pandas as pd

    return [
        {
            str(name): None if value is pd.NA or value != value else _number(value)  # noqa: PLR0124
            for name, value in zip(frame.columns, row, strict=True)
        }
        for row in frame.itertuples(index=False, name=None)
    ]


def _number(value: Any) -> Any:
    item = getattr(value, "item", None)
    return item() if item else value


def write_text(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all.

    Raises
    ------
    P3CError
        If it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        what = f"the file cannot be written ({error.strerror})"
        raise P3CError(Problem(what, str(path), do="Choose another place or make room.")) from error


def show(frame: pd.DataFrame, form: Form) -> None:
    """Print a data frame."""
    show_rows([str(name) for name in frame.columns], rows_of(frame), form)


def show_rows(names: list[str], rows: list[dict[str, Any]], form: Form) -> None:
    """Print a listing."""
    if form is Form.json:
        dump(rows)
    elif form is Form.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([["" if row[n] is None else row[n] for n in names] for row in rows])
    else:
        _table(names, rows)


def _table(names: list[str], rows: list[dict[str, Any]]) -> None:
    cells = [[_cell(row[name]) for name in names] for row in rows]
    widths = [max([len(name), *(len(row[n]) for row in cells)]) for n, name in enumerate(names)]
    right = [
        bool(rows) and all(isinstance(row[name], (int, float, type(None))) for row in rows)
        for name in names
    ]

    def line(values: list[str]) -> str:
        return "  ".join(
            value.rjust(width) if flush else value.ljust(width)
            for value, width, flush in zip(values, widths, right, strict=True)
        ).rstrip()

    typer.echo(line(names))
    typer.echo("  ".join("-" * width for width in widths))
    for row in cells:
        typer.echo(line(row))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    text = " ".join(str(value).translate(_CONTROL).split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
