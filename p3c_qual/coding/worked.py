"""Sources marked as worked through, also where nothing in them was coded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from p3c_qual.coding.coders import coder_id
from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.coding.reading import record_readings
from p3c_qual.errors import P3CError, Problem
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.store.act import Act
    from p3c_qual.study import Study

__all__ = ["list_readings", "mark_read", "pass_over"]


def mark_read(
    act: Act, source: str, *, coder: str, round: str, question: str = "", done: bool
) -> bool:
    """Say that a coder worked through a source, or is not done with it yet.

    What was not coded in a source that was worked through counts as zero; what was not worked
    through is not counted at all.

    Parameters
    ----------
    act : Act
    source : str
        Its key.
    coder : str
        Whose reading it was.
    round, question : str
        Of the reading; the question is empty where all were asked at once.
    done : bool

    Returns
    -------
    bool
        Whether this changed anything.

    Raises
    ------
    P3CError
        If there is no such source (the nearest is named), or nobody is named as coder.
    """
    known = ids_by_key(act.connection, "source")
    if problem := find_key(known, source, "source"):
        raise P3CError(problem)
    before = act.events
    reader = coder_id(act, coder, source)
    record_readings(act, {(known[source], reader, round, question): []}, done=done)
    return act.events > before


def pass_over(
    act: Act, source: str, start: int, end: int, *, coder: str, round: str, question: str = ""
) -> bool:
    """Say that a coder read a span and found nothing to code in it.

    Parameters
    ----------
    act : Act
    source : str
        Its key.
    start, end : int
        Half-open range in code points over the stored text.
    coder : str
        Whose reading it was.
    round, question : str
        Of the reading; the question is empty where all were asked at once.

    Returns
    -------
    bool
        Whether this changed anything; what was read already is no change.

    Raises
    ------
    P3CError
        If there is no such source or span, or nobody is named as coder.
    """
    known = ids_by_key(act.connection, "source")
    if problem := find_key(known, source, "source"):
        raise P3CError(problem)
    text, src = ROWS["text"], ROWS["source"]
    wanted = select(text.c.length).join(src, src.c.text == text.c.id)
    length = act.connection.scalar(wanted.where(src.c.id == known[source])) or 0
    if not 0 <= start < end <= length:
        raise P3CError(
            Problem(
                f"the span {start}-{end} is not within the text of {source!r}, "
                f"which has {length} characters",
                do="Spans are half-open [start, end) in code points, and not empty.",
            )
        )
    before = act.events
    reader = coder_id(act, coder, source)
    place = (known[source], reader, round, question)
    record_readings(act, {place: [(start, end)]}, done=None)
    return act.events > before


def list_readings(study: Study) -> pd.DataFrame:
    """List who worked through what, ordered by source, coder and round.

    Returns
    -------
    DataFrame
        ``source``, ``coder``, ``round``, ``question`` (str), ``done`` (bool), ``characters``
        (int, code points worked through), ``of`` (int, code points of the text).
    """
    import pandas as pd

    read, src, coder, text = (ROWS[name] for name in ("reading", "source", "coder", "text"))
    wanted = (
        select(
            src.c.key.label("source"),
            coder.c.key.label("coder"),
            read.c.round,
            read.c.question,
            read.c.done,
            read.c.ranges,
            text.c.length,
        )
        .join(src, src.c.id == read.c.source)
        .join(coder, coder.c.id == read.c.coder)
        .join(text, text.c.id == src.c.text, isouter=True)
    )
    with study.store.read() as connection:
        rows = [
            {
                "source": row.source,
                "coder": row.coder,
                "round": row.round,
                "question": row.question or "",
                "done": bool(row.done),
                "characters": _length(row) if row.done else _covered(row.ranges),
                "of": _length(row),
            }
            for row in connection.execute(wanted)
        ]
    # by code point, the same on every store
    rows.sort(key=lambda row: (row["source"], row["coder"], row["round"], row["question"]))
    columns = ["source", "coder", "round", "question", "done", "characters", "of"]
    return pd.DataFrame(rows, columns=columns)


def _length(row: object) -> int:
    return int(getattr(row, "length", None) or 0)


def _covered(ranges: list[list[int]] | None) -> int:
    return sum(end - start for start, end in ranges or ())
