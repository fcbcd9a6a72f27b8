"""How much of each source a coder has read, and how much of it is coded."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.analysis.order import by_code_point
from p3c_qual.coding.apart import Apart, interviewer_turns
from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.coding.wanted import MAIN
from p3c_qual.errors import P3CError
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["table_shares"]

_HEADINGS = {
    "source": "Source",
    "done": "Worked through",
    "read": "Read, %",
    "coded": "Coded, %",
    "codings": "Codings",
    "codes": "Different codes",
    "characters": "Characters",
}


def table_shares(study: Study, *, coder: str, round: str = MAIN, source: str = "") -> pd.DataFrame:
    """Tabulate how much of each source a coder has read, and how much of it is coded.

    Both are shares of the text without the interviewer's turns. What was read is what was marked
    as read and what was coded; of a source that was worked through it is all of it.

    Parameters
    ----------
    study : Study
    coder : str
        Key.
    round : str
    source : str
        Key; only this one. By default all that the coder worked on in this round.

    Returns
    -------
    DataFrame
        ``source`` (key), ``done`` (bool, whether it was worked through), ``read``, ``coded``
        (Float64, per cent; missing where there is nothing but the interviewer), ``codings``,
        ``codes``, ``characters`` (int: codings, different codes, code points without the
        interviewer's turns). ``attrs``: ``caption``, ``unit``, ``denominators``, ``headings``.

    Raises
    ------
    P3CError
        If the coder or the source is unknown.

    Examples
    --------
    >>> import tempfile
    >>> import p3c_qual as p3c
    >>> study = p3c.new_study(f"{tempfile.mkdtemp()}/mine", title="Mine", coder="anna")
    >>> table_shares(study, coder="anna").attrs["denominators"]
    {'sources': 0, 'codings': 0}
    """
    import pandas as pd

    with study.store.read() as connection:
        sources, coders = (ids_by_key(connection, name) for name in ("source", "coder"))
        # whoever works here may ask before they coded anything
        problems = [find_key(coders | {study.coder or coder: ""}, coder, "coder")]
        problems += [find_key(sources, source, "source")] if source else []
        if found := [each for each in problems if each]:
            raise P3CError(found)
        only = sources.get(source)
        rows = _rows(connection, coders.get(coder, ""), round, only)
    frame = pd.DataFrame(rows, columns=list(_HEADINGS))
    numbers = dict.fromkeys(("codings", "codes", "characters"), "int64")
    frame = frame.astype({"done": "bool", "read": "Float64", "coded": "Float64", **numbers})
    frame.attrs = {
        "caption": f"What {coder} has read and coded, round {round}",
        "unit": "characters outside the interviewer's turns",
        "denominators": {"sources": len(rows), "codings": int(frame["codings"].sum())},
        "headings": dict(_HEADINGS),
    }
    return frame


def _rows(connection: Connection, coder: str, turn: str, only: str | None) -> list[dict[str, Any]]:
    """Return a row for each source that a coder (row id) worked on, or for one source alone."""
    src, text = ROWS["source"], ROWS["text"]
    coding, reading = ROWS["coding"], ROWS["reading"]
    marks = select(reading.c.source, reading.c.done, reading.c.ranges).where(
        reading.c.coder == coder, reading.c.round == turn, reading.c.question == ""
    )
    given = select(coding.c.source, coding.c.start, coding.c.end, coding.c.code).where(
        coding.c.coder == coder, coding.c.round == turn
    )
    read: dict[str, list[Sequence[int]]] = defaultdict(list)
    done = set()
    for name, finished, ranges in connection.execute(marks):
        read[name] += ranges or ()
        done |= {name} if finished else set()
    coded: dict[str, list[tuple[int, int]]] = defaultdict(list)
    codes: dict[str, set[str]] = defaultdict(set)
    for name, start, end, code in connection.execute(given):
        coded[name].append((start, end))
        codes[name].add(code)
    wanted = {only} if only else {*read, *coded}
    texts = [
        row
        for row in connection.execute(
            select(src.c.id, src.c.key, text.c.length, text.c.parts)
            .join(text, text.c.id == src.c.text, isouter=True)
            .order_by(by_code_point(connection, src.c.key))
        )
        if row.id in wanted
    ]
    asked = interviewer_turns(connection, [row.parts for row in texts if row.parts])
    rows = []
    for row in texts:
        apart, spans = Apart(row.length or 0, asked.get(row.parts, ())), coded[row.id]
        worked = apart.of if row.id in done else apart.covered([*read[row.id], *spans])
        rows.append(
            {
                "source": row.key,
                "done": row.id in done,
                "read": 100 * worked / apart.of if apart.of else None,
                "coded": 100 * apart.covered(spans) / apart.of if apart.of else None,
                "codings": len(spans),
                "codes": len(codes[row.id]),
                "characters": apart.of,
            }
        )
    return rows
