"""Words in their context: the index proposes texts, here the hits are found and placed."""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS
from p3c_qual.store.words import candidates, fold_text, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from p3c_qual.study import Study

__all__ = ["MODES", "search"]

MODES = ("word", "substring", "regex")
#: seconds a search may take
TIME_LIMIT = 20.0
_RUN = 20


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
        to case.
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
        ``match``, ``after``, ordered by source and place.

    Raises
    ------
    P3CError
        If the query is empty or no pattern, or the time is over.
    """
    import pandas as pd

    if mode not in MODES:
        raise P3CError(
            Problem(f"unknown way of searching {mode!r}", valid=MODES, nearest=nearest(mode, MODES))
        )
    if context < 0 or (limit is not None and limit < 1):
        raise P3CError("context must not be negative and the limit at least 1")
    until = time.monotonic() + seconds
    find = _finder(query, mode, until)
    rows: list[tuple[Any, ...]] = []
    with study.store.read() as connection:
        texts = study.cached("search/texts", lambda: _texts(connection))
        proposed = candidates(connection, query) if mode == "word" else None
        wanted = texts if proposed is None else [row for row in texts if row.id in proposed]
        for run in payloads.chunks(wanted, _RUN):
            bodies = payloads.get_many(connection, [row.hash for row in run])
            for row in run:
                body = bodies.get(row.hash)
                if not isinstance(body, str):
                    continue
                for start, end in find(body):
                    rows.append(
                        (
                            row.key,
                            row.programme or "",
                            row.site or "",
                            start,
                            end,
                            body[max(0, start - context) : start],
                            body[start:end],
                            body[end : end + context],
                        )
                    )
                    if len(rows) == limit:
                        break
                else:
                    if time.monotonic() > until:
                        raise _too_long(query)
                    continue
                break
            if len(rows) == limit:
                break
    return pd.DataFrame(
        rows, columns=["source", "programme", "site", "start", "end", "before", "match", "after"]
    )


def _texts(connection: Any) -> list[Any]:
    src, text, prog, site = (ROWS[t] for t in ("source", "text", "programme", "site"))
    rows = connection.execute(
        select(
            src.c.key,
            text.c.id,
            text.c.hash,
            prog.c.key.label("programme"),
            site.c.key.label("site"),
        )
        .join(text, text.c.id == src.c.text)
        .join(prog, prog.c.id == src.c.programme, isouter=True)
        .join(site, site.c.id == src.c.site, isouter=True)
    ).all()
    return sorted(rows, key=lambda row: str(row.key))


def _too_long(query: str) -> P3CError:
    return P3CError(
        Problem(
            f"searching for {query!r} takes too long",
            do="Search for a simpler pattern, or for words.",
        )
    )


def _finder(query: str, mode: str, until: float) -> Callable[[str], Iterator[tuple[int, int]]]:
    if mode == "regex":
        return _by_pattern(query, until)
    if mode == "substring":
        folded = fold_text(query)
        if not folded:
            raise P3CError(Problem("there is nothing to search for"))
        pattern = re.compile(re.escape(folded))
    else:
        words = words_of(query)
        if not words:
            raise P3CError(
                Problem(
                    f"there is no word in {query!r}",
                    do="Search for signs with --substring or --regex.",
                )
            )
        between = r"[\W_]+".join(re.escape(word) for word in words)
        pattern = re.compile(rf"(?<![^\W_]){between}(?![^\W_])")

    def find(body: str) -> Iterator[tuple[int, int]]:
        folded = fold_text(body)
        place = _Places(body, folded)
        for hit in pattern.finditer(folded):
            yield place.of(hit.start(), hit.end())

    return find


class _Places:
    """Leads places in a folded text back to the text."""

    def __init__(self, body: str, folded: str) -> None:
        lengths = {char: len(fold_text(char)) for char in set(body)} if not body.isascii() else {}
        self._ends: list[int] | None = None
        if any(length != 1 for length in lengths.values()):
            self._ends = list(accumulate(lengths[char] for char in body))
        self._body = body

    def of(self, start: int, end: int) -> tuple[int, int]:
        if self._ends is None:
            return start, end
        first = bisect_right(self._ends, start)
        last = bisect_right(self._ends, end - 1) + 1
        # accents written as characters of their own belong to the letter before them
        while last < len(self._ends) and self._ends[last] == self._ends[last - 1]:
            last += 1
        return first, last


def _by_pattern(query: str, until: float) -> Callable[[str], Iterator[tuple[int, int]]]:
    import regex

    if not query:
        raise P3CError(Problem("there is nothing to search for"))
    try:
        pattern = regex.compile(query, regex.IGNORECASE)
    except regex.error as error:
        raise P3CError(
            Problem(
                f"{query!r} is no pattern ({error})",
                do="Put a backslash before signs that are meant as they are.",
            )
        ) from error

    def find(body: str) -> Iterator[tuple[int, int]]:
        left = until - time.monotonic()
        try:
            for hit in pattern.finditer(body, timeout=max(left, 0.001)):
                if hit.end() > hit.start():
                    yield hit.start(), hit.end()
        except TimeoutError as error:
            raise _too_long(query) from error

    return find
