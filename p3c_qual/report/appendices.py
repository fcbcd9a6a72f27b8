"""The appendices of a report, made of what the study holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from p3c_qual.report import records
from p3c_qual.report.audit import agreement, audit
from p3c_qual.report.blocks import Cell, Column, Origin, Table
from p3c_qual.report.frames import frame_block, telling
from p3c_qual.report.method import method_appendix
from p3c_qual.report.model import Section, quotes_in
from p3c_qual.report.named import CONFIGURATIONS, FACTS
from p3c_qual.report.pictures import portrait
from p3c_qual.report.records import plural, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from p3c_qual.report.blocks import Block, Quote
    from p3c_qual.report.making import Making

__all__ = ["APPENDICES", "Made"]

#: blocks of a section and the sections below it
Made = tuple[tuple["Block", ...], tuple[Section, ...]]

DISTINCTIVE = "distinctive"
_CHECKLISTS = {"coreq": "COREQ", "srqr": "SRQR", "rameses": "RAMESES II"}


def _table(making: Making, name: str, home: str, source: str = "", **options: Any) -> Table:
    """Return a table of the library; without a row where nothing is recorded."""
    import importlib

    frame = getattr(importlib.import_module(f"p3c_qual.{home}"), name)(making.study, **options)
    said = ", ".join(f"{option}={value!r}" for option, value in options.items())
    shown = telling(frame, making.programme)
    block = frame_block(frame, key=name, source=source or f"{name}({said})", columns=shown)
    sizes = (frame.attrs.get("denominators") or {}).values()
    return replace(block, rows=()) if sizes and not any(sizes) else block


def _recorded(tables: Sequence[Table]) -> Made:
    """Return the tables that say something, and in one sentence which do not."""
    full = [each for each in tables if each.rows]
    empty = [each.caption for each in tables if not each.rows]
    if not full:
        return (say("Nothing is recorded."),), ()
    if not empty:
        return tuple(full), ()
    return (*full, say(f"Nothing is recorded on: {'; '.join(empty)}.")), ()


def _of_programme(making: Making, *names: str, home: str = "description") -> Made:
    return _recorded([_table(making, name, home, programme=making.programme) for name in names])


def _partners(making: Making, _: Sequence[Section]) -> Made:
    return records.interview_partners(making.evidence).blocks, ()


def _sampling(making: Making, _: Sequence[Section]) -> Made:
    blocks, _none = _of_programme(making, "table_sampling", "table_focus", "table_tasks")
    return tuple(map(_tasks, blocks)), ()


def _tasks(block: Block) -> Block:
    """Return the table of tasks as a sentence where none of its rows has a number."""
    if not isinstance(block, Table) or block.key != "table_tasks":
        return block
    at = next(n for n, column in enumerate(block.columns) if column.label == "State")
    states = {row[at].value for row in block.rows}
    if states != {"not coded with the tasks"}:
        return block
    chapters = plural(len({row[0].value for row in block.rows}), "chapter")
    text = f"{block.caption}: {chapters} of this programme are meant for tasks, and no passage is coded with them."
    return say(text, block.origin)


def _originals(_: Making, sections: Sequence[Section]) -> Made:
    """Return each printed quotation that stands in another language, with its original."""
    found: dict[tuple[str, str], Quote] = {}
    for section in sections:
        for quote in quotes_in(section):
            if quote.original:
                found.setdefault((quote.text, quote.original), quote)
    if not found:
        return (say("Every quotation is printed in the language it was spoken in."),), ()
    rows = tuple(
        (
            Cell(quote.reference),
            Cell(quote.original, quote.original_origin),
            Cell(quote.original_language),
            Cell(quote.text, quote.origin),
        )
        for quote in found.values()
    )
    columns = (
        *(Column("Code", "short"), Column("Original"), Column("Language", "short")),
        Column("As printed"),
    )
    origin = Origin("study", source="quotations of the report")
    caption = "Quotations in their original language"
    return (Table("table_originals", caption, columns, rows, origin),), ()


def _quotations(making: Making, _: Sequence[Section]) -> Made:
    from p3c_qual import description

    frame = description.table_quotes(making.study, programme=making.programme)
    used = frame[frame["sections"] != ""]
    balance = _table(making, "table_quote_balance", "description", programme=making.programme)
    if used.empty:
        return (say("No quotation was chosen by the author yet."),), ()
    # what is distinctive here is a box in the section it is part of
    titles = {each.key: each.title for each in making.entries}
    held = {
        each.key: each.number or ": ".join(filter(None, (titles.get(each.under, ""), each.title)))
        for each in making.entries
    }
    numbers = {
        f"{making.programme}/{each.key}": held.get(
            each.under if each.key == DISTINCTIVE else each.key, ""
        )
        for each in making.entries
    }
    rows = []
    for n, row in enumerate(used.to_dict("records"), 1):
        chosen = making.names.chosen[row["key"]]
        told = None if making.names.refused(chosen) else making.names.origin(chosen)
        places = [numbers.get(each) or each for each in row["sections"].split("; ")]
        done = [row["edits"], row["translated"], row["reason"]]
        words = "\n".join(filter(None, [row["printed"], row["translation"]]))
        rows.append(
            (
                Cell(str(n)),
                Cell("\n".join(filter(None, [row["who"], row["stakeholder_types"]]))),
                Cell(",\n".join(places)),
                Cell(words, told),
                Cell("\n".join(filter(None, done)) or "–"),
            )
        )
    columns = (
        *(Column("No.", "short"), Column("Code", "short"), Column("Section")),
        *(Column("Words"), Column("What was done to them, and why it was chosen")),
    )
    table = Table(
        key="table_quotes",
        caption="Quotations that the author chose",
        columns=columns,
        rows=tuple(rows),
        origin=Origin("table", source=f"table_quotes(programme={making.programme!r})"),
        notes=("The words are those of the source but for what stands beside them.",),
    )
    return (table, *_recorded([balance])[0]), ()


def _facts(making: Making, _: Sequence[Section]) -> Made:
    source = FACTS.format(making.programme)
    return _recorded(
        [_table(making, "table_facts", "description", source, programme=making.programme)]
    )


def _plan(making: Making, _: Sequence[Section]) -> Made:
    return _of_programme(making, "table_plan_practice")


def _configurations(making: Making, _: Sequence[Section]) -> Made:
    if not making.rules.cmo:
        return (say("Configurations are left out of this report, as it was asked for."),), ()
    from p3c_qual.realist.outputs.cmo_table import table_cmos

    frame = table_cmos(making.study, programme=making.programme)
    if frame.empty:
        return (say("No configuration of this programme stands."),), ()
    attrs, rows = frame.attrs, frame.to_dict("records")
    frame["claim"] = [_claim(row) for row in rows]
    frame["rests"] = [_rests(row) for row in rows]
    headings = {**(attrs.get("headings") or {}), "claim": "Claim", "rests": "Rests on"}
    frame.attrs = {**attrs, "headings": headings, "notices": ()}
    source = CONFIGURATIONS.format(making.programme)
    columns = ("key", "completeness", "claim", "rests")
    main = frame_block(frame, key="table_configurations", source=source, columns=columns)
    return (main, _against(making, set(frame["key"]))), ()


def _claim(row: dict[Any, Any]) -> str:
    """Return the parts of a configuration, each on a line of its own."""
    parts = ("context", "resource", "reasoning", "outcome")
    said = [f"{part.capitalize()}: {row[part]}" for part in parts if row[part]]
    return "\n".join(said)


def _rests(row: dict[Any, Any]) -> str:
    """Return how many passages speak for a configuration and against it, of how many people."""
    return (
        f"{plural(row['interviewees'], 'interviewee')}\n{row['supports']} for, "
        f"{row['contradicts']} against, {row['open']} of them open"
    )


def _against(making: Making, keys: set[str]) -> Block:
    """Return what speaks against these configurations; where it is said, and not its words."""
    from p3c_qual.realist.outputs.disconfirming import table_disconfirming

    frame = table_disconfirming(making.study)
    mine = frame[(frame["of"] == "configuration") & frame["key"].isin(keys)]
    if mine.empty:
        return say("No passage speaks against one of these configurations.")
    count = {"passages": len(mine), "not yet decided": int(mine["open"].sum())}
    mine.attrs = {**frame.attrs, "denominators": count, "notices": ()}
    columns = ("key", "stance", "element", "place", "who", "open", "resolution")
    return frame_block(
        mine, key="table_disconfirming", source="table_disconfirming()", columns=columns
    )


def _instruments(making: Making, _: Sequence[Section]) -> Made:
    if not making.rules.instruments:
        return (say("Measures are left out of this report, as it was asked for."),), ()
    names = ("table_joint", "table_change", "table_missing")
    return _of_programme(making, *names, home="instruments")


def _method(making: Making, sections: Sequence[Section]) -> Made:
    quotes = [quote for section in sections for quote in quotes_in(section)]
    made = records.method_note(
        making.evidence,
        quoted=len(quotes),
        authors=sum(bool(quote.key) for quote in quotes),
        trimmed=sum(quote.cut_after for quote in quotes),
        max_words=making.rules.max_words,
    )
    return made.blocks, ()


def _analysis(making: Making, _: Sequence[Section]) -> Made:
    made = method_appendix(making.study, making.programme, evidence=making.evidence)
    return (*made.blocks, *portrait(making)), made.sections


def _checklists(making: Making, _: Sequence[Section]) -> Made:
    return (), tuple(
        Section(f"checklist-{name}", "", label, 2, (_checklist(making, name),))
        for name, label in _CHECKLISTS.items()
    )


def _checklist(making: Making, name: str) -> Table:
    """Return a reporting checklist, each place linked to its section."""
    from p3c_qual.standards import table_checklist

    frame = table_checklist(making.study, name, programme=making.programme)
    attrs = frame.attrs
    frame["filled"] = [_filled(row) for row in frame.to_dict("records")]
    frame.attrs = {
        **attrs,
        "headings": {**attrs["headings"], "filled": "What is said of it"},
        "notes": [
            "Behind “Author:” stand the author’s own words; the rest is filled in from the study.",
            *attrs["notes"],
        ],
    }
    table = frame_block(
        frame,
        key=f"table_{name}",
        source=f"table_checklist({name!r}, programme={making.programme!r})",
        columns=("item", "label", "filled", "place"),
    )
    at = len(table.columns) - 1
    rows = tuple(
        (*row[:at], replace(row[at], origin=Origin("study", source=f"section {key}")))
        if key
        else row
        for row, key in zip(table.rows, frame["key"], strict=True)
    )
    return replace(table, rows=rows)


def _filled(row: dict[Any, Any]) -> str:
    """Return what fills an item, the author's own words told apart."""
    said = f"Author: {row['said']}" if row["said"] else ""
    still_open = "" if str(row["state"]).startswith("filled") else str(row["state"])
    return "\n".join(filter(None, (still_open, row["held"], said)))


#: what makes an appendix of the making and of the sections before it, by the key of its place
APPENDICES: dict[str, Callable[[Making, Sequence[Section]], Made]] = {
    "interview_partners": _partners,
    "sampling": _sampling,
    "originals": _originals,
    "quotations": _quotations,
    "facts": _facts,
    "plan_practice": _plan,
    "configurations": _configurations,
    "instruments": _instruments,
    "method_note": _method,
    "content_analysis": _analysis,
    "agreement": lambda making, _: (agreement(making), ()),
    "audit": lambda making, _: (audit(making), ()),
    "checklists": _checklists,
}
