"""The report as one HTML file that needs no network."""

from __future__ import annotations

import base64
import unicodedata
from typing import TYPE_CHECKING, Any

from p3c_qual.report.blocks import Box, Bullets, Figure, Listing, Paragraph, Quote, Table
from p3c_qual.report.places import Places
from p3c_qual.report.printed import NO_DATA, printed_value, sources_said
from p3c_qual.report.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from p3c_qual.report.blocks import Origin
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
    return write_whole(path, render_html(report).encode())


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
    page = Places(report)
    environment.filters.update(data=_data, number=printed_value, plain=plain, picture=_picture)
    environment.tests.update({name: _is(kind) for kind, name in _KINDS.items()})
    return environment.get_template("report.html.j2").render(
        report=report, page=page, no_data=NO_DATA, sources_said=sources_said(report)
    )


def _is(kind: type) -> Any:
    return lambda block: isinstance(block, kind)


def _data(origin: Origin | None) -> str:
    """Return an origin as the text of an attribute: ``span:IP02_1:120-310``."""
    if origin is None:
        return ""
    place = "" if origin.start is None else f":{origin.start}-{origin.end}"
    return f"{origin.kind}:{origin.source}{place}"


def plain(text: str) -> str:
    """Drop controls and direction marks, for places that cannot set them apart."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"})


def _picture(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
