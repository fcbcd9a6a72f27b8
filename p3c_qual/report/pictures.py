"""Pictures of a programme: the framework as a wheel, what has a date, where codes were given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.framework import AROUND, LEVELS, has_levels, table_selfie
from p3c_qual.report.blocks import Cell, Column, Figure, Origin, Table
from p3c_qual.report.frames import frame_block
from p3c_qual.report.records import plural, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.figure import Figure as Drawing

    from p3c_qual.report.blocks import Block
    from p3c_qual.report.evidence import Evidence
    from p3c_qual.report.making import Making

__all__ = ["portrait", "timeline", "wheel", "wheels"]

#: sources whose rows a page has room for
_ROWS = 40
_SAID = ("caption", "unit", "reading_set")


def wheel(making: Making) -> tuple[Block, ...]:
    """Return who spoke of each segment of the framework at each level: a picture and its table.

    Parameters
    ----------
    making : Making

    Returns
    -------
    tuple of Block
        Nothing where nothing was worked through or the codes have no levels; a sentence where
        nobody was interviewed.
    """
    evidence = making.evidence
    if not evidence.read or not has_levels(making.study, evidence.key):
        return ()
    table = _counted(making, programme=making.programme)
    people = sum(table.attrs["denominators"].values())
    if not people:
        return (say("Nobody was interviewed, so no wheel of the framework is drawn."),)
    table.attrs |= {
        "reading_set": evidence.reading_set,
        "denominators": {"interviewees": people},
    }
    source = f"table_selfie(programme={making.programme!r})"
    return _wheel(table, source, {making.programme: people}, "figure_selfie")


def wheels(makings: Sequence[Making]) -> tuple[Block, ...]:
    """Return the same of several programmes: a wheel each, on one scale, and one table.

    Parameters
    ----------
    makings : sequence of Making
        Of the programmes, in order; those of one study and codebook.

    Returns
    -------
    tuple of Block
        As `wheel`; nothing of one programme alone, whose chapter has its wheel.
    """
    import pandas as pd

    if len(makings) < 2 or not has_levels(makings[0].study, makings[0].evidence.key):
        return ()
    whole = _counted(makings[0])
    keys = [each.programme for each in makings]
    table = pd.concat([whole[whole["group"] == key] for key in keys], ignore_index=True)
    sizes = {key: int(whole.attrs["denominators"].get(key, 0)) for key in keys}
    if not any(sizes.values()):
        return (say("Nobody was interviewed, so no wheel of the framework is drawn."),)
    labels = {each.programme: each.evidence.programme["label"] for each in makings}
    shown = ["group", "label", *LEVELS, "whole"]
    table.attrs = {**whole.attrs, "groups": labels, "shown": shown}
    table.attrs["denominators"] = {labels[key]: size for key, size in sizes.items()}
    return _wheel(table, "table_selfie()", sizes, "figure_selfie_programmes")


def timeline(making: Making) -> tuple[Block, ...]:
    """Return what the study holds on a programme with a date: a picture and its table.

    Parameters
    ----------
    making : Making

    Returns
    -------
    tuple of Block
        A sentence where nothing has a date.
    """
    from p3c_qual.analysis.timeline import plot_timeline
    from p3c_qual.description.tables.timeline import table_timeline

    table = table_timeline(making.study, programme=making.programme)
    if table.empty:
        return (say("Nothing that the study holds on this programme has a date."),)
    source = f"table_timeline(programme={making.programme!r})"
    rows = table.to_dict("records")
    told = "; ".join(
        f"{row['date_from']}{' to ' + row['date_to'] if row['date_to'] else ''} {row['what']}"
        for row in rows
    )
    notes = [str(note) for note in table.attrs["notes"]]
    figure = _figure(
        plot_timeline(_bare(table)),
        key="figure_timeline",
        caption=f"{table.attrs['caption']}. Unit: {table.attrs['unit']}, n = {len(rows)}. "
        + " ".join(notes),
        alt=f"Timeline of {plural(len(rows), 'event')} or periods: {told}.",
        source=source,
    )
    return figure, _once(frame_block(table, key="table_timeline", source=source))


def portrait(making: Making) -> tuple[Block, ...]:
    """Return where in each source codes of each chapter were given: a picture and its table.

    Parameters
    ----------
    making : Making

    Returns
    -------
    tuple of Block
        A sentence where it cannot be drawn.
    """
    from p3c_qual.analysis.portrait import COLOURS, plot_portrait

    evidence = making.evidence
    chapters = evidence.chapters
    counted = evidence.by_source.set_index("code").loc[chapters]
    # of a source that nobody worked through every cell is empty
    read = {key for key in evidence.read if counted[key].notna().any()}
    keys = [each["source"] for each in evidence.sources if each["source"] in read]
    if not keys:
        return ()
    if len(keys) > _ROWS or len(chapters) > len(COLOURS):
        what = plural(len(keys), "source") if len(keys) > _ROWS else plural(len(chapters), "code")
        return (say(f"Where codes were given is not drawn: {what} are more than fit on a page."),)
    table = _by_source(evidence, counted[keys])
    lengths: dict[str, Any] = {key: len(evidence.text(key)) for key in keys}
    labels = {code: evidence.label(code) for code in chapters}
    drawn = plot_portrait(evidence.codings, lengths, codes=labels, captioned=False)
    counts = evidence.codings["source"].value_counts()
    said = "; ".join(f"{key} {int(counts.get(key, 0)):,}" for key in keys)
    figure = _figure(
        drawn,
        key="figure_portrait",
        caption="Where in each source codes were given, from left to right the text in "
        "characters; the grey of a row ends where its text ends. Unit: coded segments, one bar "
        f"each. Reading set: {evidence.reading_set}.",
        alt=f"Portrait of {plural(len(keys), 'source')}. Coded segments: {said}.",
        source="table_frequencies(by='source')",
    )
    return figure, table


def _by_source(evidence: Evidence, counted: pd.DataFrame) -> Table:
    import pandas as pd

    keys = [str(key) for key in counted.columns]
    rows = tuple(
        (Cell(key), *(Cell(None if pd.isna(n) else int(n)) for n in counted[key])) for key in keys
    )
    heads = (Column(evidence.label(code), "number") for code in evidence.chapters)
    notes = [f"n: {plural(len(keys), 'source')}."]
    notes += ["An empty cell: not asked."] if counted.isna().any(axis=None) else []
    return Table(
        key="table_portrait",
        caption="Coded segments by source and chapter",
        columns=(Column("Source", "short"), *heads),
        rows=rows,
        origin=Origin("table", source="table_frequencies(by='source')"),
        unit="coded segments",
        reading_set=evidence.reading_set,
        notes=tuple(notes),
    )


def _counted(making: Making, **only: str) -> pd.DataFrame:
    return table_selfie(
        making.study,
        codebook=making.evidence.key,
        coder=making.coder,
        round=making.round,
        **only,
    )


def _wheel(table: pd.DataFrame, source: str, sizes: dict[str, int], key: str) -> tuple[Block, ...]:
    from p3c_qual.analysis.radial import plot_selfie

    bare = _bare(table)
    bare.attrs["denominators"] = sizes
    labels: dict[str, str] = table.attrs["groups"]
    reading_set = str(table.attrs["reading_set"]).removeprefix("Reading set: ").rstrip(".")
    one = len(sizes) == 1
    segments = table[~table["segment"].isin(AROUND)]
    merged = segments[[*LEVELS]].isna().all(axis=1) & segments["whole"].notna()
    no_rings = " A sector without rings: only the segment itself is coded." if merged.any() else ""
    n = f"n = {plural(sum(sizes.values()), 'interviewee')}" if one else "n: interviewees"
    figure = _figure(
        plot_selfie(bare),
        key=key,
        caption=f"{table.attrs['caption']}. Unit: {table.attrs['unit']}; {n}; the shade is their "
        f"share. Reading set: {reading_set}. From the middle outwards: the person and the "
        f"environment, micro, meso, macro.{no_rings}",
        alt=f"The framework as {'a wheel' if one else plural(len(sizes), 'wheel')}. "
        + " ".join(_told(table, group, "" if one else labels.get(group, group)) for group in sizes),
        source=source,
    )
    block = frame_block(_named(table, labels), key=key.replace("figure", "table"), source=source)
    # what is in the middle and at the rim has no level; that is not the same as not asked
    around = [each in AROUND for each in table["segment"]]
    rows = tuple(
        tuple(Cell("–") if bare and cell.value is None else cell for cell in row)
        for row, bare in zip(block.rows, around, strict=True)
    )
    block = replace(block, rows=rows)
    return figure, block if one else _once(block)


def _once(block: Table) -> Table:
    """Return a table whose first column says once what holds for several rows."""
    heads = [None, *(row[0].value for row in block.rows)]
    rows = tuple(
        (Cell(""), *row[1:]) if heads[n] == heads[n + 1] else row
        for n, row in enumerate(block.rows)
    )
    return replace(block, rows=rows)


def _named(table: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    named = table.assign(group=table["group"].map(lambda group: labels.get(group, group)))
    named.attrs = table.attrs
    return named


def _told(table: pd.DataFrame, group: str, label: str) -> str:
    """Say what one wheel shows."""
    import pandas as pd

    parts = []
    for row in table[table["group"] == group].to_dict("records"):
        said = [
            f"{level} {int(row[level])}" for level in (*LEVELS, "whole") if not pd.isna(row[level])
        ]
        words = ", ".join(said).replace("whole", "in all") or "not asked or not coded"
        parts.append(f"{row['label']}: {words}")
    return f"{label + ': ' if label else ''}{'; '.join(parts)}."


def _bare(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without what stands below the picture, in the report's own letters."""
    bare = table.copy()
    bare.attrs = {name: value for name, value in table.attrs.items() if name not in _SAID}
    return bare


def _figure(drawn: Drawing, *, key: str, caption: str, alt: str, source: str) -> Figure:
    from p3c_qual.analysis.canvas import figure_bytes

    png, svg = figure_bytes(drawn)
    return Figure(key, caption, alt, png, svg, Origin("table", source=source))
