"""A quote as it is printed: what was left out, put in, masked or cut off is told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from p3c_qual.description.model import Edit

__all__ = ["BARE", "DOTS", "Piece", "pieces", "printed"]

DOTS = "..."
#: what stands for a person without brackets, as it is published: X, Dr X, Mrs Y
BARE = re.compile(r"(?:(?:[A-Z][a-z]{1,11})\.? )?[X-Z]")
_KINDS = {"omit": "omitted", "insert": "inserted", "mask": "masked", "trim": "trimmed"}
#: an end of a sentence, or of a turn
_ENDED = re.compile(r"(?:[.!?…][\"'”’)\]]*|\n)\s*\Z")
_LABEL = re.compile(r"(?:\A|(?<=\n))[ \t]*[\w.-]{1,20}:[ \t]*\Z")
_BEFORE = "([{“‘"
_AFTER = ".,;:!?)]}”’"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a quote.

    Attributes
    ----------
    kind : str
        ``plain``, ``omitted``, ``inserted``, ``masked`` or ``trimmed``.
    text : str
        What is printed of it, with the spaces that it needs around it.
    start, end : int
        Half-open range over the stored text; empty for what was inserted.
    """

    kind: str
    text: str
    start: int
    end: int


def pieces(quote: str, start: int, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    """Return the pieces of a quote, in the order in which they stand.

    Parameters
    ----------
    quote : str
        The stored words.
    start : int
        Where they begin in the stored text, over which the operations are.
    edits : sequence of Edit

    Examples
    --------
    >>> from p3c_qual.description.model import Edit
    >>> made = pieces("So I told Ann of it.", 100, [Edit("mask", 110, 113, "name")])
    >>> [(piece.kind, piece.text) for piece in made]
    [('plain', 'So I told '), ('masked', '[name]'), ('plain', ' of it.')]
    """
    found, at, end = [], start, start + len(quote)
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if edit.start > at:
            found.append(Piece("plain", quote[at - start : edit.start - start], at, edit.start))
        found.append(_made_of(edit, quote, start))
        at = max(at, edit.end)
    if at < end:
        found.append(Piece("plain", quote[at - start :], at, end))
    return tuple(_spaced(_once(found), quote, start))


def printed(quote: str, start: int, edits: Sequence[Edit]) -> str:
    """Return a quote as it is printed, without quotation marks.

    Examples
    --------
    >>> from p3c_qual.description.model import Edit
    >>> words = "I: And then? R: They, as I said, came."
    >>> printed(words, 0, [Edit("trim", 0, 13), Edit("omit", 20, 33), Edit("insert", 20, 20, "both")])
    'R: They [both] ... came.'
    """
    return "".join(piece.text for piece in pieces(quote, start, edits))


def _made_of(edit: Edit, quote: str, start: int) -> Piece:
    """Return the piece that an operation makes, without spaces."""
    kind = _KINDS.get(edit.kind, edit.kind)
    if kind == "inserted" or (kind == "masked" and not BARE.fullmatch(edit.text)):
        return Piece(kind, f"[{edit.text}]", edit.start, edit.end)
    if kind == "masked":
        return Piece(kind, edit.text, edit.start, edit.end)
    if kind == "trimmed":
        # what stays begins, or ends, where a sentence does
        first = edit.start <= start
        head = quote[: (edit.end if first else edit.start) - start]
        told = _LABEL.sub("", head) if first else head
        whole = not told.strip() or _ENDED.search(told)
        return Piece(kind, "" if whole else DOTS, edit.start, edit.end)
    return Piece(kind, DOTS, edit.start, edit.end)


def _once(found: Sequence[Piece]) -> list[Piece]:
    """Print dots once where two stretches that are not printed follow each other."""
    made: list[Piece] = []
    for piece in found:
        again = piece.text == DOTS and piece.kind in {"omitted", "trimmed"}
        if again and made and made[-1].text in {DOTS, ""} and _leaves_out(made):
            piece = replace(piece, text="")  # noqa: PLW2901
        made.append(piece)
    return made


def _leaves_out(made: Sequence[Piece]) -> bool:
    """Say whether the last thing printed were dots."""
    last = next((piece for piece in reversed(made) if piece.text), None)
    return last is not None and last.kind in {"omitted", "trimmed"}


def _spaced(found: Sequence[Piece], quote: str, start: int) -> list[Piece]:
    """Put spaces around dots and insertions where the words beside them leave none."""
    texts = [piece.text for piece in found]
    made = []
    for number, piece in enumerate(found):
        before = "".join(texts[:number])[-1:]
        after = next((text[0] for text in texts[number + 1 :] if text), "")
        text = piece.text
        if text and piece.kind in {"omitted", "trimmed", "inserted"}:
            gone = quote[piece.start - start : piece.end - start]
            inside = piece.kind == "inserted" and before.isalnum() and after.isalnum()
            if before and not before.isspace() and before not in _BEFORE and not inside:
                text = ("\n" if gone[:1] == "\n" else " ") + text
            if after and not after.isspace() and after not in _AFTER and not inside:
                text += "\n" if gone[-1:] == "\n" else " "
        texts[number] = text
        made.append(replace(piece, text=text))
    return made
