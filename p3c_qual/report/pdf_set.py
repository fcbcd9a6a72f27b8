"""Setting a PDF with typst: the data, the fonts, letters that none of them has."""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from p3c_qual.report.transcript_look import literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["FONTS", "broken", "broken_all", "missing_letters", "set_pdf"]

_log = logging.getLogger(__name__)
#: the first comes with typst, the second with matplotlib; what neither has is looked for in the
#: fonts of the computer
FONTS = ("Libertinus Serif", "DejaVu Sans")
#: a run of letters in which no line can be broken is given places to break at
_LONG = re.compile(r"\S{40,}")
_EVERY = 12
_NAMED = 12


def set_pdf(
    template: str, data: dict[str, Any], name: str, *, beside: Mapping[str, bytes] | None = None
) -> bytes:
    """Return what a template makes of data, as the bytes of a PDF.

    Letters that no font of this computer has are named in the data's ``notices`` and in the log;
    they are printed as boxes.

    Parameters
    ----------
    template : str
        Name of a file among the templates.
    data : dict
        What people wrote comes in here and is set as it is.
    name : str
        What the log calls it.
    beside : mapping of str to bytes, optional
        Pictures, by the name of the file the template reads them from.

    Returns
    -------
    bytes
    """
    import typst
    from matplotlib.font_manager import FontProperties, findfont

    lost = missing_letters(_strings(data))
    if lost:
        note = _missing(lost)
        _log.warning("%s: %s", name, note)
        data["notices"].append(note)
    source = files("p3c_qual.report") / "templates" / template
    with tempfile.TemporaryDirectory() as folder:
        for weight in ("normal", "bold"):
            shutil.copy(findfont(FontProperties(family=FONTS[1], weight=weight)), folder)
        for file, held in (beside or {}).items():
            (Path(folder) / file).write_bytes(held)
        main = Path(folder) / template
        main.write_bytes(source.read_bytes())
        made: bytes = typst.compile(
            main,
            root=Path(folder),
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


def broken(text: str) -> str:
    r"""Return a text with places where a line may be broken inside words that are too long.

    Examples
    --------
    >>> broken("x" * 40).index("\u200b")
    12
    """
    # typst sets no tab
    return _LONG.sub(_with_breaks, literal(text)).replace("\t", "\u2003")


def _with_breaks(found: re.Match[str]) -> str:
    import regex

    whole = regex.findall(r"\X", found[0])
    runs = ("".join(whole[at : at + _EVERY]) for at in range(0, len(whole), _EVERY))
    return "\u200b".join(runs)


def broken_all(value: Any) -> Any:
    """Return data with places to break at in every text of it."""
    if isinstance(value, str):
        return broken(value)
    if isinstance(value, dict):
        return {key: broken_all(each) for key, each in value.items()}
    return [broken_all(each) for each in value] if isinstance(value, (list, tuple)) else value
