"""The report as one HTML file that needs no network."""

from __future__ import annotations

import base64
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p3c_qual.errors import P3CError, Problem
from p3c_qual.report.blocks import (
    Box,
    Bullets,
    Cell,
    Figure,
    Listing,
    Origin,
    Paragraph,
    Quote,
    Run,
    Table,
)
from p3c_qual.report.leads import leads
from p3c_qual.report.model import blocks_in

if TYPE_CHECKING:
    from p3c_qual.report.model import Report

__all__ = ["plain", "render_html", "write_html"]

_KINDS = {
    Paragraph: "paragraph",
    Quote: "quote",
    Table: "table",
    Figure: "figure",
    Listing: "listing",
    Bullets: "bullets",
    Box: "box",
}


def write_html(report: Report, path: Path | str) -> Path:
    """Write a report as one self-contained file: no script, no address outside itself.

    Parameters
    ----------
    report : Report
        What is written.
    path : Path or str
        Where; its folder is made, an earlier file is replaced as a whole.

    Returns
    -------
    Path

    Raises
    ------
    P3CError
        If the file cannot be written; an earlier one is then left as it was.

    Examples
    --------
    >>> import tempfile
    >>> from p3c_qual.report.model import Report
    >>> report = Report("A programme", "Thick description", "a", "en", ())
    >>> write_html(report, tempfile.mkdtemp() + "/report.html").name
    'report.html'
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    text = render_html(report)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        what = f"the report cannot be written: {error.strerror or error}"
        do = "Free some space or choose another folder."
        raise P3CError(Problem(what, str(target), do=do)) from error
    return target


def render_html(report: Report) -> str:
    """Return a report as the text of an HTML page; the same report gives the same text.

    Parameters
    ----------
    report : Report
        What is rendered.

    Returns
    -------
    str

    Examples
    --------
    >>> from p3c_qual.report.model import Report
    >>> "&lt;b&gt;" in render_html(Report("<b>", "", "a", "en", ()))
    True
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("p3c_qual.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = _Page(report)
    environment.filters.update(number=_number, plain=plain, picture=_picture)
    environment.tests.update({name: _is(kind) for kind, name in _KINDS.items()})
    return environment.get_template("report.html.j2").render(report=report, page=page)


class _Page:
    """The names of places in the page, and what points to them."""

    def __init__(self, report: Report) -> None:
        self.passages = {
            _spot(passage.origin): f"p{i}" for i, passage in enumerate(report.passages, 1)
        }
        #: anchors of what leads to a passage: quotations, words of a line, cells
        self.named: dict[int, str] = {}
        self.quoted_in: dict[str, list[tuple[str, str]]] = {}
        self.tables: dict[str, int] = {}
        self.made_by: dict[str, str] = {}
        quotes = places = 0
        for section in report.walk():
            label = f"{section.number} {section.title}".strip()
            for thing in leads(replace(section, sections=())):
                if isinstance(thing, Table):
                    self.tables[thing.key] = len(self.tables) + 1
                    self.made_by.setdefault(thing.origin.source, thing.key)
                    self.made_by[thing.key] = thing.key
                    continue
                if isinstance(thing, Quote):
                    quotes += 1
                    self.named[id(thing)] = f"q{quotes}"
                    origins = [thing.origin, thing.original_origin]
                else:
                    origins = [thing.origin]
                places_of = [place for each in origins if (place := self.passage(each))]
                if places_of and not isinstance(thing, Quote):
                    places += 1
                    self.named[id(thing)] = f"r{places}"
                for place in places_of:
                    self.quoted_in.setdefault(place, []).append((self.named[id(thing)], label))
        self.made_by |= {
            run.origin.source: f"ref-{mark}"
            for section in report.sections
            for block in blocks_in(section)
            if isinstance(block, Listing) and block.kind == "references"
            for mark, text in block.entries
            for run in text.runs
            if run.origin and run.origin.source
        }
        self.made_by |= {f"section {section.key}": f"s-{section.key}" for section in report.walk()}
        self.made_by |= {figure.key: figure.key for figure in report.figures()}
        self.figures = {figure.key: n for n, figure in enumerate(report.figures(), 1)}

    def name(self, thing: Quote | Run | Cell) -> str:
        return self.named[id(thing)]

    def passage(self, origin: Origin | None) -> str:
        """Return the anchor of a quoted place, empty where it is not in the page."""
        return "" if origin is None else self.passages.get(_spot(origin), "")

    def made(self, origin: Origin | None) -> str:
        """Return the anchor of the table or the reference in the page that words are from."""
        if origin is None or origin.kind not in {"table", "study"} or not origin.source:
            return ""
        return self.made_by.get(origin.source, "")

    def back(self, origin: Origin) -> list[tuple[str, str]]:
        return self.quoted_in.get(self.passage(origin), [])

    def data(self, origin: Origin | None) -> str:
        """Return an origin as the text of an attribute: ``span:IP02_1:120-310``."""
        if origin is None:
            return ""
        place = "" if origin.start is None else f":{origin.start}-{origin.end}"
        return f"{origin.kind}:{origin.source}{place}"


def _spot(origin: Origin) -> tuple[str, int | None, int | None]:
    return origin.source, origin.start, origin.end


def _is(kind: type) -> Any:
    return lambda block: isinstance(block, kind)


def _number(cell: Cell) -> str:
    """Return what is printed in a cell; nothing for "not asked"."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def plain(text: str) -> str:
    """Drop controls and direction marks, for places that cannot set them apart."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})


def _picture(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
