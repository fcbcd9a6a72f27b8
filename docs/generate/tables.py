"""The page on tables and figures, from the registry and the functions that make them."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import TYPE_CHECKING, Any

from generate.numpydoc import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.analysis.kinds import Kind

__all__ = ["FIGURES", "page"]

_HEAD = """\
# Tables and figures

`p3c table KIND` prints a table; `--to FILE` writes it as `.csv`, `.xlsx` or `.html`. In Python each
is a function, such as `p3c.description.table_sampling(study)`; it returns a pandas data frame whose
`attrs` hold what is said with it. A table says what it counts, of how many, and whose codings these
are (its reading set). A cell is empty where nobody was asked or nothing was worked through, and
says 0 where somebody was and nothing was found.

*Made of* says what has to be named: a research question (`--question`, needless where only one
fits), a codebook (`--codebook`), a source (`--source`), or nothing but the study. What stands under
*asked with* is given as `-p NAME VALUE`, such as `-p by site`; `programme` also as `--programme`.
"""
#: what a function does, before what it returns; and what only a programmer looks up
_VERB = re.compile(r"^(?:Return|Tabulate|List|Count) ")
_SEE = re.compile(r"[;,]? see `[\w.]+`")
#: the rooms that make tables, with what their tables are of
_ROOMS = {
    "mayring": "Of a content analysis",
    "codebook": "Of codebooks",
    "analysis": "Of codings",
    "realist": "Of the realist layer",
    "description": "Of thick descriptions",
    "standards": "Reporting standards",
    "instruments": "Of instruments and figures",
}
#: by name, what a figure shows and what it is asked with
FIGURES = {
    "heat": ("Codes by groups, a number in each cell", "`--by`, `--count`, `--depth`"),
    "bars": ("Codes by groups, as bars", "`--by`, `--count`, `--depth`"),
    "portrait": ("Where in a source codes were given", "`--source` or `--programme`"),
    "funnel": ("What each stage of a summarising keeps", "`--question`"),
    "emergence": ("Categories in the order in which they came up", "`--question`"),
    "saturation": ("How categories accumulated over interviews", "`--question`, `--by`"),
    "ratings": ("Levels of ordinal categories", "`--question`, `--by`"),
    "network": ("Which outcome becomes whose context", "`--programme`, `--theory`"),
    "logic-model": ("The logic model, with what its arrows rest on", ""),
    "change": ("Before and after, tier by tier", "`--programme`, `--by`"),
    "selfie": ("Who spoke of which segment at which level, as a wheel", "`--programme`, `--by`"),
    "timeline": ("What the study holds with a date, in lanes", "`--programme`"),
}
_FIGURES = """\
## Figures

`p3c figure KIND --to NAME` draws a figure as `NAME.png` and `NAME.svg`.

| figure | shows | asked with |
|---|---|---|
"""


def page() -> str:
    """Write the page."""
    from p3c_qual.analysis.kinds import KINDS

    rooms: dict[str, list[Kind]] = {name: [] for name in _ROOMS}
    for kind in KINDS.values():
        rooms.setdefault(kind.home.partition(".")[0], []).append(kind)
    lines = [_HEAD]
    for room, kinds in rooms.items():
        lines += [
            f"## {_ROOMS.get(room, f'Of {room}')}",
            "",
            "| table | shows | made of | asked with |",
        ]
        lines += ["|---|---|---|---|", *map(_row, kinds), ""]
        lines += [*_meanings(kinds)]
    figures = [f"| `{name}` | {said} | {asked} |" for name, (said, asked) in FIGURES.items()]
    return "\n".join([*lines, _FIGURES + "\n".join(figures)]) + "\n"


def _row(kind: Kind) -> str:
    said = _VERB.sub("", parse(inspect.getdoc(_function(kind))).summary)
    asked = ", ".join(f"`{name}`" for name in _options(kind))
    cells = (f"`{kind.name}`", f"**{kind.caption}.** {_begun(said)}", kind.of, asked)
    return f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |"


def _meanings(kinds: list[Kind]) -> Iterator[str]:
    """Yield what the options of these tables mean, each sentence once with the tables it is of."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind in kinds:
        options = set(_options(kind))
        for head, text in parse(inspect.getdoc(_function(kind))).sections.get("Parameters", []):
            names = [name.strip() for name in head.partition(" : ")[0].split(",")]
            here = ", ".join(f"`{name}`" for name in names if name in options)
            if here and text:
                said = _SEE.sub("", " ".join(text.split()))
                found.setdefault((here, said), []).append(kind.name)
    for (called, text), of in found.items():
        yield f"- {called} ({', '.join(of)}): {text}"
    if found:
        yield ""


def _function(kind: Kind) -> Any:
    return getattr(importlib.import_module(f"p3c_qual.{kind.home}"), kind.function)


def _options(kind: Kind) -> dict[str, Any]:
    """Return what a table can be asked with, and what it is without."""
    given = inspect.signature(_function(kind)).parameters.values()
    return {each.name: each.default for each in given if each.kind is each.KEYWORD_ONLY}


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
