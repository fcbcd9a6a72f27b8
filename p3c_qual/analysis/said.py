"""What a table says of itself, as its files print it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Said", "plain_value", "said_of"]

#: what is said of a table, in this order, where its `attrs` hold it
_LINES = {
    "question": "Question",
    "technique": "Technique",
    "step": "Step",
    "coding_unit": "Coding unit",
    "context_unit": "Context unit",
    "recording_unit": "Recording unit",
    "criterion": "Selection criterion",
    "abstraction": "Level of abstraction",
    "theory": "Theoretical background",
    "sources": "Sources, in order",
    "who": "Who",
    "last_act": "Last act (UTC)",
    "unit": "Counted",
    "denominators": "Denominators",
    "reading_set": "Reading set",
}


@dataclass(frozen=True)
class Said:
    """What a table says of itself.

    Attributes
    ----------
    title : str
    shown : tuple of str
        The columns people read.
    headings : dict
        By column.
    beneath : dict
        Columns that are set small below another one.
    under : tuple of str
        Columns that are set below their row, as wide as the table.
    once : tuple of str
        Columns that are read once where the next rows say the same in all of them.
    anchor : str
        The column that names a row's place, or empty.
    indent : tuple of str or None
        The column that is set in, and the one that says how far (1: not at all).
    lines : tuple of (str, str)
        Term and what is said of it.
    notes : tuple of str
    notices : tuple of str
        What has to be known before it is passed on.
    """

    title: str
    shown: tuple[str, ...]
    headings: dict[str, str] = field(default_factory=dict)
    beneath: dict[str, str] = field(default_factory=dict)
    under: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    anchor: str = ""
    indent: tuple[str, str] | None = None
    lines: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def heading(self, column: str) -> str:
        """Return what stands above a column."""
        if column in self.headings:
            return self.headings[column]
        words = column.replace("_", " ")
        return words if len(words) < 2 else words[:1].upper() + words[1:]


def said_of(frame: pd.DataFrame) -> Said:
    """Return what a table says of itself in its ``attrs``.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"first_place": ["IP01 1-9"]})
    >>> table.attrs = {"caption": "Places", "unit": "coded segments"}
    >>> said_of(table).lines, said_of(table).heading("first_place")
    ((('Table', 'Places'), ('Counted', 'coded segments')), 'First place')
    """
    attrs: dict[str, Any] = {str(name): value for name, value in frame.attrs.items()}
    columns = [str(name) for name in frame.columns]
    caption = str(attrs.get("caption") or "Table")
    title = str(attrs.get("title") or caption)
    lines = [("Table", title), *([("Shown", caption)] if caption != title else [])]
    lines += [
        (term, words(attrs[name]).removeprefix(f"{term}: "))
        for name, term in _LINES.items()
        if attrs.get(name)
    ]
    beneath = {
        str(above): str(below)
        for above, below in (attrs.get("beneath") or {}).items()
        if above in columns and below in columns
    }
    indent = attrs.get("indent")
    return Said(
        title=title,
        shown=tuple(n for n in attrs.get("shown") or _for_people(columns) if n in columns),
        headings={
            **(attrs.get("labels") or {}),
            **_scale(attrs.get("levels") or {}),
            **(attrs.get("headings") or {}),
        },
        beneath=beneath,
        under=tuple(n for n in attrs.get("under") or () if n in columns),
        once=tuple(n for n in attrs.get("once") or () if n in columns),
        anchor=str(attrs.get("anchor") or ""),
        indent=(str(indent[0]), str(indent[1])) if indent else None,
        lines=tuple(lines),
        notes=tuple(map(str, attrs.get("notes") or ())),
        notices=tuple(map(str, attrs.get("notices") or ())),
    )


def _scale(levels: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return what stands above the levels of a scale, where all codes have the same one."""
    scales = list(levels.values())
    if not scales or any(scale != scales[0] for scale in scales):
        return {}
    return {str(value): f"{value} {label}" for value, label in scales[0].items()}


def _for_people(columns: list[str]) -> list[str]:
    """Leave out what only programs read; of a table of nothing else everything stays."""
    return [name for name in columns if name not in {"id", "ids", "coding"}] or columns


def words(value: Any) -> str:
    """Return a value of ``attrs`` as a person reads it.

    Examples
    --------
    >>> words({"units": 1200}), words({"segments": {"time": 2}}), words(["a", "b"])
    ('units 1,200', 'segments (time 2)', 'a, b')
    """
    if isinstance(value, dict):
        return ", ".join(f"{name} {_number(count)}" for name, count in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)


def _number(value: Any) -> str:
    if isinstance(value, dict):
        return f"({words(value)})"
    return f"{value:,}" if isinstance(value, int) else str(value)


def plain_value(value: Any) -> str | int | float | bool | None:
    """Return a value of a table as a file can hold it; None for a missing one.

    Examples
    --------
    >>> plain_value(["a", "b"]), plain_value({"source": "IP01_1", "start": 3}), plain_value(2)
    ('a; b', 'source IP01_1, start 3', 2)
    """
    import pandas as pd

    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    if isinstance(value, (list, tuple, set)):
        return "; ".join(str(plain_value(each)) for each in value)
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124
        return None
    item = getattr(value, "item", None)
    made: str | int | float | bool = item() if item else value
    return made
