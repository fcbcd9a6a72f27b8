"""The coded transcript as one HTML file that needs no network and no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from p3c_qual.report.html import plain
from p3c_qual.report.transcript_look import FAMILIES, HOW, TINTS, counted, opening_words

if TYPE_CHECKING:
    from p3c_qual.report.transcript import Transcript

__all__ = ["render_transcript_html"]

#: pixels from bar to bar: fewer where there are many
_WIDE, _NARROW, _GUTTER = 8.0, 4.0, 120.0


def render_transcript_html(transcript: Transcript) -> str:
    """Return a coded transcript as the text of an HTML page; the same gives the same text.

    Parameters
    ----------
    transcript : Transcript

    Returns
    -------
    str

    Examples
    --------
    >>> from p3c_qual.report.transcript import Transcript
    >>> empty = Transcript("<b>", "", "en", (), (), (), 0, (), (), ())
    >>> "&lt;b&gt;" in render_transcript_html(empty)
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
    environment.filters.update(plain=plain, css=_css, counted=counted)
    lanes = max(transcript.lanes, 1)
    pitch = max(_NARROW, min(_WIDE, _GUTTER / lanes))
    return environment.get_template("transcript.html.j2").render(
        of=transcript,
        marks={mark.number: mark for mark in transcript.marks},
        families=FAMILIES,
        tints=TINTS,
        how=HOW,
        opening=opening_words(transcript),
        pitch=round(pitch, 2),
        gutter=round(lanes * pitch + 10),
    )


def _css(text: str) -> str:
    """Return a text as it stands between quotation marks in a style sheet."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in plain(text))
