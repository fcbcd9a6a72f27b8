"""The words of anchor examples, and the texts they stand in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from p3c_qual.codebook.code import Anchor, Code, ScaleLevel
    from p3c_qual.codebook.model import Codebook

__all__ = ["anchors_of", "quoted", "texts_of"]


def anchors_of(code: Code) -> Iterator[Anchor]:
    """Yield the anchors of a code and of its levels."""
    yield from code.anchors
    for level in (*code.levels, *((code.not_ratable,) if code.not_ratable else ())):
        yield from level.anchors


def texts_of(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return the present texts of sources by key; of one that is gone or erased there is none."""
    from sqlalchemy import select

    from p3c_qual.store import payloads
    from p3c_qual.store.schema import ROWS

    src, text = ROWS["source"], ROWS["text"]
    hashes: dict[str, str] = {}
    for run in payloads.chunks(sorted(set(keys)), 500):
        wanted = select(src.c.key, text.c.hash).join(text, text.c.id == src.c.text)
        hashes.update(connection.execute(wanted.where(src.c.key.in_(run))).all())
    bodies = payloads.get_many(connection, [name for name in hashes.values() if name])
    found = {key: bodies.get(name) for key, name in hashes.items()}
    return {key: body for key, body in found.items() if isinstance(body, str)}


def quoted(book: Codebook, texts: Mapping[str, str] | None) -> Codebook:
    """Return a codebook whose linked anchors hold the words that stand in the texts.

    Parameters
    ----------
    book : Codebook
    texts : mapping of str to str or None
        By the source's key; None takes the words away.

    Examples
    --------
    >>> from p3c_qual.codebook import Anchor, Code, Codebook
    >>> book = Codebook("mini", "Mini", codes=(Code("a", "A", anchors=(Anchor("", "P1", 0, 2),)),))
    >>> quoted(book, {"P1": "We met."}).codes[0].anchors[0].quote
    'We'
    """

    def words(anchor: Anchor) -> Anchor:
        if not anchor.linked:
            return anchor
        found = texts.get(anchor.source, "")[anchor.start : anchor.end] if texts else ""
        return replace(anchor, quote=found)

    return replace(book, codes=tuple(_with(code, words) for code in book.codes))


def _with(code: Code, words: Callable[[Anchor], Anchor]) -> Code:
    def level(each: ScaleLevel) -> ScaleLevel:
        return replace(each, anchors=tuple(words(anchor) for anchor in each.anchors))

    return replace(
        code,
        anchors=tuple(words(anchor) for anchor in code.anchors),
        levels=tuple(level(each) for each in code.levels),
        not_ratable=level(code.not_ratable) if code.not_ratable else None,
    )
