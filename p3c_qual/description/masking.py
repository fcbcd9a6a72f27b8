"""A name masked in every quote that prints it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from p3c_qual.coding.spots import clean
from p3c_qual.description.edits import check_edit
from p3c_qual.description.model import Edit
from p3c_qual.description.printed import pieces
from p3c_qual.description.read import read_description
from p3c_qual.errors import P3CError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from p3c_qual.description.model import Quote
    from p3c_qual.opened import Opened

__all__ = ["mask_name"]

#: what stands for a name where nothing else is said
_MASK = "X"


def mask_name(study: Opened, name: str, text: str = _MASK, *, id: str | None = None) -> int:
    """Put something else in place of a name in every quote of the study that prints it.

    Each is a tracked operation, as `p3c_qual.description.change_quote` makes it; the stored words
    stay as they are. A translation is the author's own text, and is not changed.

    Parameters
    ----------
    study : Study
    name : str
        As it is printed; case makes no difference.
    text : str
        Stands for it, without brackets; by default X.
    id : str, optional
        Of the act.

    Returns
    -------
    int
        How many places were masked.

    Raises
    ------
    P3CError
        If no quote prints the name, or the mask would repeat it.
    """
    word, mask = " ".join(clean(name).split()), clean(text).strip("[] ") or _MASK
    shape = r"\s+".join(map(re.escape, word.split()))
    looked = re.compile(rf"(?<!\w){shape}(?!\w)", re.IGNORECASE)
    with study.act("mask a name", id=id) as act:
        changed: dict[str, dict[str, Any]] = {}
        problems: list[Problem] = []
        count = 0
        for quote in read_description(act.connection).quotes.values():
            made = [Edit("mask", *at, mask) for at in _places(quote, looked)] if word else []
            row = {"start": quote.start, "end": quote.end, "quote": quote.quote}
            problems += [bad for each in made for bad in check_edit(row, each, quote.edits)]
            if made:
                changed[quote.id] = {"edits": [_stored(each) for each in (*quote.edits, *made)]}
                count += len(made)
        if not changed:
            problems.append(Problem(f"no quote prints {word[:60]!r}"))
        if problems:
            raise P3CError(list(dict.fromkeys(problems)))
        act.update("quote", changed)
    return count


def _places(quote: Quote, looked: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Give where words stand in what is printed of a quote, over its stored text."""
    for piece in pieces(quote.quote, quote.start, quote.edits):
        if piece.kind == "plain":
            for found in looked.finditer(piece.text):
                yield piece.start + found.start(), piece.start + found.end()


def _stored(edit: Edit) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": edit.kind, "start": edit.start, "end": edit.end}
    return made | ({"text": edit.text} if edit.text else {})
