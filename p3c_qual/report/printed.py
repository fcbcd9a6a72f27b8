"""A report as it is printed on pages: blocks in one line of reading, links and places resolved."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from p3c_qual.report.blocks import Bullets, Figure, Listing, Paragraph, Quote, Run, Table
from p3c_qual.report.columns import fit_columns
from p3c_qual.report.places import Places
from p3c_qual.report.transcript_lines import is_rtl

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from p3c_qual.report.blocks import Block, Cell, Item
    from p3c_qual.report.model import Passage, Report, Section, Turn

__all__ = ["NO_DATA", "print_report", "printed_value", "sources_said"]

NO_SECTION = "This report has no section."
NOTHING = "Nothing was found for this section."
NO_DATA = "There were no data to draw this figure from."
NO_ROWS = "There is nothing to count or to list here."
_COUNTED = "Positions count characters of the stored text."
_SOURCES = {
    True: "Each quoted passage at its place: what was quoted is marked, with the turn it stands in "
    f"and the one before. {_COUNTED}",
    False: "Each quoted passage with its place, in the words that are printed; what stands around "
    f"them is in the study. {_COUNTED}",
}
#: what opens a section and goes with what is behind it, so that it ends no page
_OPENING = ("serves", "generated", "marker", "note")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([A-Za-z]{2}))?\Z")


def print_report(report: Report) -> dict[str, Any]:
    """Return a report as plain data for pages.

    Parameters
    ----------
    report : Report

    Returns
    -------
    dict
        ``title``, ``subtitle``, ``cover``, ``when``, ``notices``, ``draft``, ``language``; and
        ``blocks``, each with its ``kind``. Every ``to`` is the ``id`` of some block, run or cell,
        and no ``id`` is there twice.

    Examples
    --------
    >>> from p3c_qual.report.model import Report
    >>> [block["text"] for block in print_report(Report("A", "", "a", "en", ()))["blocks"]]
    ['This report has no section.']
    """
    when = report.generated_at
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "cover": [list(entry) for entry in report.cover],
        "when": when.strftime("%Y-%m-%d %H:%M") if when else "",
        "notices": list(report.notices),
        "draft": report.draft,
        "language": list(_language(report.language)),
        "blocks": _resolved(_turned(_kept(_Printer(report).blocks(report)))),
    }


def sources_said(report: Report) -> str:
    """Return what the part with the sources of the quotations shows."""
    return _SOURCES[report.draft]


def printed_value(cell: Cell) -> str:
    """Return what is printed in a cell; nothing for "not asked"."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


class _Printer:
    def __init__(self, report: Report) -> None:
        self.places = Places(report)
        #: an appendix is set in smaller type
        self.dense = False

    def blocks(self, report: Report) -> Iterable[dict[str, Any]]:
        if not report.sections:
            yield _line("note", NO_SECTION)
        for section in report.sections:
            self.dense = section.number.isalpha()
            yield from self.section(section)
        if report.passages:
            yield from self.sources(report)
        if report.meta:
            yield _heading("How this report was made", key="made")
            yield {"kind": "terms", "entries": [_entry(name, value) for name, value in report.meta]}

    def section(self, section: Section) -> Iterable[dict[str, Any]]:
        yield _heading(section.title, section.number, section.level, key=f"s-{section.key}")
        if section.serves:
            yield _line("serves", section.serves)
        if not section.blocks and not section.sections:
            yield _line("note", NOTHING)
        for block in section.blocks:
            yield from self.block(block, section.title)
        for below in section.sections:
            yield from self.section(below)

    def block(self, block: Block, heading: str = "", *, inside: bool = False) -> Any:
        if isinstance(block, Paragraph):
            yield {"kind": "paragraph", **self.words(block)}
        elif isinstance(block, Quote):
            yield self.quote(block, heading)
        elif isinstance(block, Table):
            yield self.table(block, inside=inside)
        elif isinstance(block, Figure):
            number = self.places.figures[block.key]
            yield {
                "kind": "figure", "id": block.key, "number": number, "caption": block.caption,
                "alt": block.alt or block.caption, "figure": block, "missing": NO_DATA,
            }  # fmt: skip
        elif isinstance(block, Listing) and block.kind == "references":
            # the entry is where its words lead
            entries = [
                {"mark": mark, "id": f"ref-{mark}", **self.words(text)}
                for mark, text in block.entries
            ]
            for run in (run for entry in entries for run in entry["runs"]):
                run["to"] = ""
            yield {"kind": "references", "entries": entries}
        elif isinstance(block, Listing):
            entries = [{"term": term, **self.words(text)} for term, text in block.entries]
            yield {"kind": "terms", "entries": entries}
        elif isinstance(block, Bullets):
            items = self.items(block.tree)
            yield {"kind": "bullets", "ordered": block.ordered, "items": items}
        else:
            inner = [each for b in block.blocks for each in self.block(b, inside=True)]
            # a section's own list of blocks never holds a box in a box
            box = {"kind": "box", "id": block.key, "look": block.kind, "title": block.title}
            yield {**box, "blocks": _kept(inner)}

    def items(self, tree: Sequence[Item]) -> list[dict[str, Any]]:
        return [{**self.words(item), "below": self.items(below)} for item, below in tree]

    def words(self, paragraph: Paragraph) -> dict[str, Any]:
        runs = [self.run(run) for run in paragraph.runs if run.text]
        return {"role": paragraph.role, "runs": runs, "rtl": _rtl(paragraph.text)}

    def run(self, run: Run) -> dict[str, Any]:
        passage = self.places.passage(run.origin)
        return {
            "text": run.text, "style": run.style, "id": self.places.name(run),
            "rtl": _rtl(run.text), "to": passage or self.places.made(run.origin),
            # what is said loudly is where words were taken from; numbers say it quietly
            "quiet": not passage or run.text.startswith("“"),
        }  # fmt: skip

    def quote(self, quote: Quote, heading: str) -> dict[str, Any]:
        original = quote.original_origin
        chosen = quote.chosen_as.capitalize()
        return {
            "kind": "quote", "id": self.places.name(quote),
            "text": quote.printed, "reference": quote.reference, "rtl": _rtl(quote.text),
            "language": list(_language(quote.language)),
            "original": quote.original, "original_rtl": _rtl(quote.original),
            "original_language": list(_language(quote.original_language)),
            "place": quote.origin.place, "to": self.places.passage(quote.origin),
            "original_place": original.place if original else "",
            "original_to": self.places.passage(original),
            "codes": ", ".join(code for code in quote.codes if code != heading),
            "why": ": ".join(filter(None, (chosen, quote.why))),
        }  # fmt: skip

    def table(self, table: Table, *, inside: bool) -> dict[str, Any]:
        kinds = [column.kind for column in table.columns]
        heads = [column.label for column in table.columns]
        rows = [[self.cell(cell) for cell in row] for row in table.rows]
        sizes = dict(table.denominators)
        of = ["n", *(str(sizes.get(label, "")) for label in heads[1:])] if sizes else []
        words = [heads, *([of] if of else []), *([cell["text"] for cell in row] for row in rows)]
        fit = fit_columns(words, kinds, inside=inside, dense=self.dense) if kinds else None
        said = [table.caption.rstrip(".")] if table.caption else []
        said += [f"Unit: {table.unit}"] if table.unit else []
        said += [f"Reading set: {table.reading_set}"] if table.reading_set else []
        return {
            "kind": "table", "id": table.key, "number": self.places.tables[table.key],
            "caption": "".join(f"{each}. " for each in said).strip(),
            "kinds": kinds, "heads": heads, "of": of, "rows": rows, "empty": NO_ROWS,
            "notes": [_line("note", note) for note in table.notes],
            "widths": fit.widths if fit else (), "room": fit.room if fit else (),
            "size": fit.size if fit else 8.5, "turned": bool(fit and fit.turned),
        }  # fmt: skip

    def cell(self, cell: Cell) -> dict[str, Any]:
        text = printed_value(cell)
        return {
            "text": text, "depth": cell.depth, "blank": cell.value is None,
            "zero": cell.value == 0, "id": self.places.name(cell), "rtl": _rtl(text),
            "to": self.places.passage(cell.origin) or self.places.made(cell.origin),
        }  # fmt: skip

    def sources(self, report: Report) -> Iterable[dict[str, Any]]:
        yield _heading("Sources of the quotations", key="sources")
        yield _line("note", sources_said(report))
        grouped = groupby(report.passages, lambda p: p.origin.source)
        for at, (source, group) in enumerate(grouped, 1):
            each = list(group)
            title = source if each[0].title in {"", source} else f"{source}: {each[0].title}"
            yield _heading(title, level=2, key=f"source-{at}")
            yield from map(self.passage, each)

    def passage(self, passage: Passage) -> dict[str, Any]:
        back = dict.fromkeys(self.places.back(passage.origin))
        return {
            "kind": "passage", "id": self.places.passage(passage.origin),
            "place": passage.origin.place, "note": passage.note,
            "back": [{"to": to, "label": label} for to, label in back],
            "language": list(_language(passage.language)),
            "turns": [_turn(turn) for turn in passage.turns], "alone": _alone(passage),
        }  # fmt: skip


def _alone(passage: Passage) -> bool:
    """Say whether nothing is shown but what is quoted, so that there is nothing to mark."""
    return all(turn.text == turn.text[turn.mark_start : turn.mark_end] for turn in passage.turns)


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "before": ("[…] " if turn.cut_before else "") + turn.text[: turn.mark_start],
        "marked": turn.text[turn.mark_start : turn.mark_end],
        "after": turn.text[turn.mark_end :] + (" […]" if turn.cut_after else ""),
        "asked": turn.role == "interviewer",
        "rtl": _rtl(turn.text),
    }


def _heading(title: str, number: str = "", level: int = 1, *, key: str) -> dict[str, Any]:
    # Word knows nine levels, and a reader four
    return {
        "kind": "heading", "title": title or "Untitled", "number": number, "id": key,
        "level": max(1, min(level, 6)), "listed": level == 1 or (level == 2 and number != ""),
    }  # fmt: skip


def _line(role: str, text: str) -> dict[str, Any]:
    """Return a paragraph of the program's own words."""
    run = {"text": text, "style": "", "id": "", "to": "", "quiet": True, "rtl": _rtl(text)}
    return {"kind": "paragraph", "role": role, "runs": [run], "rtl": _rtl(text), "text": text}


def _entry(term: str, text: str) -> dict[str, Any]:
    return {**_line("note", text), "term": term}


def _rtl(text: str) -> bool:
    return is_rtl(text, 0, len(text))


def _language(tag: str) -> tuple[str, str]:
    """Return a language and its region, empty where it is none that a program could know."""
    found = _LANGUAGE.match(tag.strip())
    return (found[1], (found[2] or "").upper()) if found else ("", "")


def _kept(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say which blocks go with the one behind them."""
    made = list(blocks)
    level, opens = 0, False
    for block, behind in zip(made, [*made[1:], None], strict=True):
        if block["kind"] == "heading":
            level, opens = block["level"], True
        else:
            opens = opens and block.get("role") in _OPENING
        # a section that begins with one below it begins there
        ends = behind is None or (behind["kind"] == "heading" and behind["level"] <= level)
        block["keep"] = opens and not ends
    return made


def _turned(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put tables on turned pages together with what leads to them."""
    made: list[dict[str, Any]] = []
    for block in blocks:
        if block["kind"] == "table" and block["turned"]:
            lead: list[dict[str, Any]] = []
            while made and made[-1].get("keep"):
                lead.insert(0, made.pop())
            if not made or made[-1]["kind"] != "turned":
                made.append({"kind": "turned", "blocks": [], "keep": False})
            made[-1]["blocks"] += [*lead, block]
        else:
            made.append(block)
    return made


def _resolved(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave each place its name once, and no link that leads nowhere."""
    seen: set[str] = set()
    links: list[dict[str, Any]] = []
    stack: list[Any] = [blocks]
    while stack:
        thing = stack.pop()
        if isinstance(thing, list):
            stack.extend(reversed(thing))
        elif isinstance(thing, dict):
            if name := thing.get("id"):
                thing["id"] = "" if name in seen else name
                seen.add(name)
            links.append(thing)
            stack.extend(v for v in reversed(list(thing.values())) if isinstance(v, list))
    for thing in links:
        for name in ("to", "original_to"):
            if thing.get(name) and thing[name] not in seen:
                thing[name] = ""
        if "back" in thing:
            thing["back"] = [each for each in thing["back"] if each["to"] in seen]
    return blocks
