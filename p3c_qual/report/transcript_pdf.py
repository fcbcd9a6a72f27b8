"""The coded transcript as a PDF, set by typst from data alone."""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
import unicodedata
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

from p3c_qual.report.transcript_look import FAMILIES, TINTS, counted, literal, opening_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from p3c_qual.report.transcript import Transcript
    from p3c_qual.report.transcript_rows import Row

__all__ = ["missing_letters", "render_transcript_pdf"]

_log = logging.getLogger(__name__)
#: the first comes with typst, the second with matplotlib; what neither has is looked for in the
#: fonts of the computer
_FONTS = ("Libertinus Serif", "DejaVu Sans")
#: a run of letters in which no line can be broken is given places to break at
_LONG = re.compile(r"\S{40,}")
_EVERY = 30
_NAMED = 12


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
    import typst
    from matplotlib.font_manager import FontProperties, findfont

    data = _data(transcript)
    lost = missing_letters(_strings(data))
    if lost:
        note = _missing(lost)
        _log.warning("%s: %s", transcript.source, note)
        data["notices"].append(note)
    template = files("p3c_qual.report") / "templates" / "transcript.typ"
    with tempfile.TemporaryDirectory() as folder:
        for weight in ("normal", "bold"):
            shutil.copy(findfont(FontProperties(family=_FONTS[1], weight=weight)), folder)
        made: bytes = typst.compile(
            template.read_bytes(),
            format="pdf",
            # matplotlib's own folder holds a font with a box for every letter, which would go
            # before the computer's letters
            font_paths=typst.Fonts(font_paths=[folder]),
            sys_inputs={"data": orjson.dumps(data).decode()},
        )
    return made


def missing_letters(texts: Iterable[str]) -> tuple[str, ...]:
    r"""Return the characters of some texts that no font at hand has, in order.

    Examples
    --------
    >>> missing_letters(["Fräulein Müßig", "\U0010fffd"])
    ('\U0010fffd',)
    """
    from p3c_qual.analysis.font import letters

    used = frozenset[str]().union(*map(frozenset, texts)) - letters()
    # what is not seen needs no letter
    left = {c for c in used if unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp", "Zs", "Mn"}}
    for path in _system_fonts() if left else ():
        left -= _letters_of(path)
        if not left:
            break
    return tuple(sorted(left))


def _missing(lost: tuple[str, ...]) -> str:
    names = ", ".join(f"U+{ord(c):04X}" for c in lost[:_NAMED])
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    return (
        f"No font of this computer has {names}{more}: printed here as a box. The HTML and the "
        "Word file hold every character."
    )


@lru_cache(maxsize=1)
def _system_fonts() -> tuple[str, ...]:
    import typst

    found = typst.Fonts().fonts()
    # a font of last resort has boxes and no letters
    return tuple(
        sorted({str(f.path) for f in found if f.path and "last" not in f.family.lower().split()})
    )


@lru_cache(maxsize=256)
def _letters_of(path: str) -> frozenset[str]:
    from matplotlib.font_manager import get_font

    try:
        return frozenset(map(chr, get_font(path).get_charmap()))
    except (OSError, RuntimeError):
        # a font that cannot be read lends no letters
        return frozenset()


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _strings(each)


def _data(transcript: Transcript) -> dict[str, Any]:
    return {
        "source": _broken(transcript.source),
        "title": _broken(transcript.title),
        "copy": "Working copy, not for publication",
        "fonts": list(_FONTS),
        "families": [paper for paper, _ in FAMILIES],
        "tints": list(TINTS),
        "lanes": max(transcript.lanes, 1),
        "about": [[term, _broken(said)] for term, said in transcript.about],
        "notices": [_broken(notice) for notice in transcript.notices],
        "how": opening_words(transcript),
        "rows": [_row(row, first=not at) for at, row in enumerate(transcript.rows)],
        "marks": [
            {
                "label": _broken(mark.label),
                "family": mark.family,
                "said": _broken(", ".join(mark.said)),
            }
            for mark in transcript.marks
        ],
        "notes": [
            {
                "number": note.number,
                "about": _broken(f"On {note.about}{f', by {note.by}' if note.by else ''}"),
                "text": _broken(note.text),
            }
            for note in transcript.notes
        ],
        "codes": [
            {
                "label": _broken(code.label),
                "key": _broken(code.key),
                "family": code.family,
                "count": counted(code),
                "numbers": ", ".join(map(str, code.numbers)),
                "definition": _broken(code.definition),
            }
            for code in transcript.codes
        ],
    }


def _row(row: Row, *, first: bool) -> dict[str, Any]:
    on = ", ".join(map(str, row.goes_on)) if row.runs else ""
    return {
        "number": str(row.number) if row.opens_line and row.runs else "",
        "runs": [{**asdict(run), "text": _broken(run.text)} for run in row.runs],
        "bars": [asdict(bar) for bar in row.bars],
        "begins": row.begins,
        "goes-on": f"{'with' if row.begins else 'still'} {on}" if on else "",
        "asked": row.role == "interviewer",
        "rtl": row.rtl,
        "spaced": row.opens_turn and not first,
    }


def _broken(text: str) -> str:
    """Return a text with places where a line may be broken inside words that are too long."""
    # typst sets no tab
    return _LONG.sub(_with_breaks, literal(text)).replace("\t", "\u2003")


def _with_breaks(found: re.Match[str]) -> str:
    import regex

    whole = regex.findall(r"\X", found[0])
    runs = ("".join(whole[at : at + _EVERY]) for at in range(0, len(whole), _EVERY))
    return "\u200b".join(runs)
