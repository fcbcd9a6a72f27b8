"""A passage in the other language: turns of a translation beside those of its original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from p3c_qual.analysis.context import turns_of
from p3c_qual.analysis.known import KnownSource, known_sources
from p3c_qual.analysis.texts import unpack_parts
from p3c_qual.coding.names import find_key
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.parts import PartList
from p3c_qual.store import payloads

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["AlignedQuote", "aligned_quote"]


@dataclass(frozen=True)
class AlignedQuote:
    """What stands for a passage in another language.

    Attributes
    ----------
    source, language : str
        The other text.
    start, end : int
        Its turns that stand for the passage, in code points; both 0 where there are none.
    text : str
    note : str
        Why the passage may be another one; empty where the turns agree in number.
    """

    source: str
    language: str
    start: int
    end: int
    text: str
    note: str = ""


def aligned_quote(study: Study, source: str, start: int, end: int) -> tuple[AlignedQuote, ...]:
    """Return what stands for a passage in the original, or in the translations of an original.

    Turns are aligned by their number, and whole turns are given: words have no counterpart.

    Parameters
    ----------
    study : Study
    source : str
    start, end : int
        Code points, half-open.

    Returns
    -------
    tuple of AlignedQuote
        One for the original, one for each translation otherwise; empty for a source that is
        neither.

    Raises
    ------
    P3CError
        If there is no such source, or the span is not within its text.
    """
    with study.store.read() as connection:
        sources = {each.key: each for each in known_sources(study, connection).values()}
        if problem := find_key(sources, source, "source"):
            raise P3CError(problem)
        here = sources[source]
        if not 0 <= start < end <= (here.length or 0):
            raise P3CError(
                Problem(
                    f"the span {start}-{end} is not within the text, which has "
                    f"{here.length or 0} characters",
                    source,
                )
            )
        others = [
            each
            for each in sources.values()
            if each.key == here.translation_of or each.translation_of == source
        ]
        if not others:
            return ()
        _, turns = _read(connection, here)
        numbers = turns_of(turns, start, end)
        return tuple(_aligned(connection, here, len(turns), numbers, each) for each in others)


def _read(connection: Connection, source: KnownSource) -> tuple[str, PartList]:
    names = [name for name in (source.hash, source.parts) if name]
    found = payloads.get_many(connection, names)
    body, packed = found.get(source.hash or ""), found.get(source.parts or "")
    parts = unpack_parts(packed) if isinstance(packed, bytes) else {}
    return body if isinstance(body, str) else "", parts.get("turn", PartList())


def _aligned(
    connection: Connection, here: KnownSource, count: int, numbers: range, other: KnownSource
) -> AlignedQuote:
    body, turns = _read(connection, other)
    note = ""
    if not count or not turns:
        whose = here.key if not count else other.key
        note = f"{whose} has no turns to align"
    elif count != len(turns):
        note = (
            f"{here.key} has {count} turns and {other.key} {len(turns)}; aligned by number, "
            "this may be another passage"
        )
    known = range(numbers.start, min(numbers.stop, len(turns)))
    if not known:
        return AlignedQuote(other.key, other.said["language"], 0, 0, "", note)
    start, end = turns.start[known[0]], turns.end[known[-1]]
    return AlignedQuote(other.key, other.said["language"], start, end, body[start:end], note)
