"""Words in their context: the index proposes texts, here the hits are found and placed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from p3c_qual.analysis.known import KnownSource, known_sources
from p3c_qual.analysis.queries import MODES, make_finder, too_long
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store import payloads
from p3c_qual.store.words import candidates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["COLUMNS", "MODES", "search"]

COLUMNS = ("source", "programme", "site", "start", "end", "before", "match", "after")
#: seconds a search may take
TIME_LIMIT = 20.0
#: characters read at once: few first, since often only the first page is wanted
_FIRST, _MOST = 200_000, 2_000_000


def search(
    study: Study,
    query: str,
    *,
    mode: str = "word",
    context: int = 60,
    limit: int | None = None,
    seconds: float = TIME_LIMIT,
) -> pd.DataFrame:
    """Find words in context.

    Parameters
    ----------
    study : Study
    query : str
        ``word``: whole words in this order, without regard to case, accents and what stands
        between them; ``substring``: the same within words; ``regex``: a pattern, without regard
        to case. In scripts that put no space between words, such as Chinese, a word is found
        wherever it stands.
    mode : str
    context : int
        Characters shown before and after.
    limit : int, optional
        At most so many hits.
    seconds : float
        How long it may take.

    Returns
    -------
    DataFrame
        ``source``, ``programme``, ``site``, ``start``, ``end`` (int, code points), ``before``,
        ``match``, ``after``, ordered by source and place. ``match`` is the text from start to
        end; two hits never share a character.

    Raises
    ------
    P3CError
        If the query is empty or no pattern, or the time is over.
    """
    import pandas as pd

    problems = []
    if mode not in MODES:
        problems.append(
            Problem(f"unknown way of searching {mode!r}", valid=MODES, nearest=nearest(mode, MODES))
        )
    if context < 0:
        problems.append(Problem("the context must not be negative"))
    if limit is not None and limit < 1:
        problems.append(Problem("the limit must be at least 1"))
    if problems:
        raise P3CError(problems)
    until = time.monotonic() + seconds
    finder = make_finder(query, mode, until)
    rows: list[tuple[Any, ...]] = []
    with study.store.read() as connection:
        wanted = [each for each in known_sources(study, connection).values() if each.text]
        if finder.indexed:
            proposed = candidates(connection, finder.indexed) or set()
            wanted = [each for each in wanted if each.text in proposed]
        for run in _runs(wanted, _FIRST if limit else _MOST):
            bodies = payloads.get_many(connection, [each.hash for each in run if each.hash])
            for each in run:
                body = bodies.get(each.hash or "")
                if not isinstance(body, str):
                    continue
                if time.monotonic() > until:
                    raise too_long(query)
                for start, end in finder.find(body):
                    before, after = body[max(0, start - context) : start], body[end : end + context]
                    place = (each.key, each.programme, each.site, start, end)
                    rows.append((*place, before, body[start:end], after))
                    if len(rows) == limit:
                        return pd.DataFrame(rows, columns=list(COLUMNS))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame if rows else frame.astype({"start": "int64", "end": "int64"})


def _runs(sources: Sequence[KnownSource], size: int) -> Iterator[Sequence[KnownSource]]:
    run: list[KnownSource] = []
    total = 0
    for each in sources:
        run.append(each)
        total += each.length or 0
        if total >= size:
            yield run
            run, total, size = [], 0, min(2 * size, _MOST)
    if run:
        yield run
