"""The coded transcript as a PDF, set by typst from data alone."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from p3c_qual.report.pdf_set import FONTS, broken, set_pdf
from p3c_qual.report.transcript_look import FAMILIES, TINTS, counted, opening_words

if TYPE_CHECKING:
    from p3c_qual.report.transcript import Transcript
    from p3c_qual.report.transcript_rows import Row

__all__ = ["render_transcript_pdf"]


def render_transcript_pdf(transcript: Transcript) -> bytes:
    """Return a coded transcript as the bytes of a PDF.

    Letters that no font of this computer has are named on the first page and in the log; they
    are printed as boxes.

    Parameters
    ----------
    transcript : Transcript

    Returns
    -------
    bytes

    Examples
    --------
    >>> from p3c_qual.report.transcript import Transcript
    >>> render_transcript_pdf(Transcript("a", "", "en", (), (), (), 0, (), (), ()))[:4]
    b'%PDF'
    """
    return set_pdf("transcript.typ", _data(transcript), transcript.source)


def _data(transcript: Transcript) -> dict[str, Any]:
    return {
        "source": broken(transcript.source),
        "title": broken(transcript.title),
        "copy": "Working copy, not for publication",
        "fonts": list(FONTS),
        "families": [paper for paper, _ in FAMILIES],
        "tints": list(TINTS),
        "lanes": max(transcript.lanes, 1),
        "about": [[term, broken(said)] for term, said in transcript.about],
        "notices": [broken(notice) for notice in transcript.notices],
        "how": opening_words(transcript),
        "rows": [_row(row, first=not at) for at, row in enumerate(transcript.rows)],
        "marks": [
            {
                "label": broken(mark.label),
                "family": mark.family,
                "said": broken(", ".join(mark.said)),
            }
            for mark in transcript.marks
        ],
        "notes": [
            {
                "number": note.number,
                "about": broken(f"On {note.about}{f', by {note.by}' if note.by else ''}"),
                "text": broken(note.text),
            }
            for note in transcript.notes
        ],
        "codes": [
            {
                "label": broken(code.label),
                "key": broken(code.key),
                "family": code.family,
                "count": counted(code),
                "numbers": ", ".join(map(str, code.numbers)),
                "definition": broken(code.definition),
            }
            for code in transcript.codes
        ],
    }


def _row(row: Row, *, first: bool) -> dict[str, Any]:
    on = ", ".join(map(str, row.goes_on)) if row.runs else ""
    return {
        "number": str(row.number) if row.opens_line and row.runs else "",
        "runs": [{**asdict(run), "text": broken(run.text)} for run in row.runs],
        "bars": [asdict(bar) for bar in row.bars],
        "begins": row.begins,
        "goes-on": f"{'with' if row.begins else 'still'} {on}" if on else "",
        "asked": row.role == "interviewer",
        "rtl": row.rtl,
        "spaced": row.opens_turn and not first,
    }
