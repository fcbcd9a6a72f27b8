"""One coding at a time, as a person gives it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.intake import take_codings
from p3c_qual.coding.wanted import MAIN, Wanted
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from p3c_qual.study import Study

__all__ = ["Coding", "code_span"]


@dataclass(frozen=True)
class Coding:
    """A code given to a span by a coder in a round."""

    id: str
    source: str
    start: int
    end: int
    code: str
    coder: str
    round: str
    quote: str


def code_span(
    study: Study,
    source: str,
    start: int,
    end: int,
    code: str,
    *,
    coder: str | None = None,
    round: str = MAIN,
    question: str = "",
    memo: str = "",
    extend: bool = False,
    origin: str = "",
    id: str | None = None,
) -> Coding:
    """Give a code to a span.

    Parameters
    ----------
    study : Study
    source : str
        Its key.
    start, end : int
        Half-open range in code points over the stored text.
    code : str
        Its key, codebook:key, or its row id.
    coder : str, optional
        Whose coding it is; by default who acts.
    round, question, memo : str
    extend : bool
        Widen a coding of the same code that this one overlaps, instead of refusing.
    origin : str
        How it came about, one of `ORIGINS`; empty for a person at the text.
    id : str, optional
        Of the act, see `p3c_qual.store.act.begin_act`.

    Returns
    -------
    Coding
        The one written, the one that was there already, or the one that was widened.

    Raises
    ------
    P3CError
        Naming everything that is wrong with it.
    """
    name = coder or study.coder
    if not name:
        raise P3CError(
            Problem(
                "it is not known whose coding this is",
                do="Say it with coder=..., or set P3C_CODER.",
                code="nobody",
            )
        )
    try:
        start, end = index(start), index(end)
    except TypeError:
        raise P3CError(
            Problem(f"start and end must be whole numbers, not {start!r} and {end!r}", source)
        ) from None
    wanted = Wanted(source, start, end, code, name, round, question, memo, origin=origin)
    with study.act("code", id=id) as act:
        held = take_codings(act, [wanted], done=None, extend=extend).held[0]
        coding, codes = ROWS["coding"], ROWS["code"]
        row = act.connection.execute(
            select(coding.c.start, coding.c.end, coding.c.quote, codes.c.key, codes.c.label)
            .join(codes, codes.c.id == coding.c.code)
            .where(coding.c.id == held)
        ).one()
        act.say(f"code {source} {start}-{end} with {row.label or row.key}")
    return Coding(held, source, row.start, row.end, row.key, name, round, row.quote)
