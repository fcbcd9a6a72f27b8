"""Frequencies of one programme by groups of its sources, from the table by source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from p3c_qual.report.blocks import Cell, Column, Origin, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

__all__ = ["frequency_block", "regroup"]

#: which source spoke for which interviewee; the interviewee is empty for a document
Voice = tuple[str, str]


def regroup(
    by_source: pd.DataFrame,
    groups: Mapping[str, Collection[Voice]],
    *,
    caption: str,
    spoken: Callable[[str], Collection[str]] | None = None,
) -> pd.DataFrame:
    """Add up a table by source over groups of sources; the total is over the union.

    A coded segment lies in one source, so segments add up over sources. An interviewee counts
    once a group, in however many sources.

    Parameters
    ----------
    by_source : DataFrame
        `table_frequencies` by source, counting segments; a source without a column was not
        worked through and counts nowhere.
    groups : mapping of str to collection of (str, str)
        Source and interviewee of each group; the interviewee is empty for a document.
    caption : str
        Stands above the table.
    spoken : callable, optional
        Gives the interviewees coded with a code; with it interviewees are counted, without it
        segments.

    Returns
    -------
    DataFrame
        ``code``, one column a group, ``total``; missing where nobody of the group was asked.
        The attributes are those of `table_frequencies`.

    Examples
    --------
    >>> table = pd.DataFrame({"code": ["workforce"], "a": [2], "b": [1], "total": [3]})
    >>> groups = {"north": [("a", "IP01_1"), ("b", "IP01_1")]}
    >>> int(regroup(table, groups, caption="").loc[0, "north"])
    3
    >>> int(regroup(table, groups, caption="", spoken=lambda code: ["IP01_1"]).loc[0, "north"])
    1
    """
    read = set(by_source.columns)
    columns = {name: sorted({v for v in vs if v[0] in read}) for name, vs in groups.items()}
    columns["total"] = sorted({voice for voices in columns.values() for voice in voices})
    table = pd.DataFrame({"code": by_source["code"]})
    for name, voices in columns.items():
        cells = by_source[sorted({source for source, _ in voices})]
        people = {person for _, person in voices if person}
        counted = (
            cells.sum(axis=1)
            if spoken is None
            else pd.Series([len(people & set(spoken(code))) for code in by_source["code"]])
        )
        table[name] = counted.astype("Int64").where(cells.notna().any(axis=1))
    what = 0 if spoken is None else 1
    size = {name: len({voice[what] for voice in vs} - {""}) for name, vs in columns.items()}
    if sum(size[name] for name in groups) > size["total"]:
        caption += ". Groups overlap, so the total is not their sum"
    unit = "coded segments" if spoken is None else "interviewees with at least one coded segment"
    table.attrs = {**by_source.attrs, "caption": caption, "unit": unit, "denominators": size}
    return table


def frequency_block(table: pd.DataFrame, *, key: str, origin: Origin, first: str = "Code") -> Table:
    """Turn a table of frequencies into a table of the report.

    Codes below the top are left out where nobody was coded with them; the note says how many.

    Parameters
    ----------
    table : DataFrame
        As `regroup` or `table_frequencies` gives it.
    key : str
        Anchor in the report.
    origin : Origin
        What makes the table again.
    first : str
        Heading of the first column.

    Returns
    -------
    Table

    Examples
    --------
    >>> table = pd.DataFrame({"code": ["workforce"], "north": [1], "total": [1]})
    >>> block = frequency_block(table, key="t", origin=Origin("table"))
    >>> [cell.value for cell in block.rows[0]]
    ['workforce', 1, 1]
    """
    attrs = table.attrs
    depth, labels = attrs.get("depth") or {}, attrs.get("labels") or {}
    groups = [str(name) for name in table.columns if name != "code"]
    shown, left_out = [], 0
    for row in table.to_dict("records"):
        code = str(row["code"])
        below = depth.get(code, 1) - 1
        if below and not _whole(row["total"]):
            left_out += 1
            continue
        head = Cell(str(labels.get(code, code)), depth=below)
        shown.append((head, *(Cell(_whole(row[group])) for group in groups)))
    notes = []
    if left_out:
        below = "code below the segments was" if left_out == 1 else "codes below the segments were"
        ending = "is left out." if left_out == 1 else "are left out."
        notes.append(f"{left_out} {below} not given and {ending}")
    if any(cell.value is None for row in shown for cell in row):
        notes.append(
            "An empty cell means that nobody of the group was asked; 0 that nobody spoke of it."
        )
    sizes: Mapping[str, int] = attrs.get("denominators") or {}
    return Table(
        key=key,
        caption=str(attrs.get("caption") or ""),
        columns=(Column(first), *(Column(group, "number") for group in groups)),
        rows=tuple(shown),
        origin=origin,
        unit=str(attrs.get("unit") or ""),
        denominators=tuple((group, int(sizes[group])) for group in groups if group in sizes),
        reading_set=str(attrs.get("reading_set") or ""),
        notes=tuple(notes),
    )


def _whole(value: Any) -> int | float | None:
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
