"""Explications as a table, and the passages that wait for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.mayring.question import read_question
from p3c_qual.mayring.structuring.explication import short_id
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["candidates", "table_candidates", "table_explications"]

COLUMNS = (
    *("explication", "id", "question", "source", "start", "end", "quote", "scope", "lexical"),
    *("material", "paraphrase", "verdict", "remark", "continues", "coder", "edited"),
)


def table_explications(study: Opened, *, question: str | None = None) -> pd.DataFrame:
    """List the explications, in the order of the texts.

    Parameters
    ----------
    study : Study
    question : str, optional
        Key or row id; only those that belong to it.

    Returns
    -------
    DataFrame
        ``explication`` (the short id that memos cite), ``id``, ``question``, ``source`` (keys),
        ``start``, ``end`` (int), ``quote``, ``scope``, ``lexical``, ``material`` (one line an
        item), ``paraphrase``, ``verdict``, ``remark``, ``continues`` (short id or empty),
        ``coder`` (str) and ``edited`` (bool: the source has another text by now).

    Raises
    ------
    P3CError
        If the question is unknown.
    """
    import pandas as pd

    table, src, coder = ROWS["explication"], ROWS["source"], ROWS["coder"]
    with study.store.read() as connection:
        asked = read_question(connection, question) if question else None
        wanted = select(table).order_by(table.c.id)
        if asked:
            wanted = wanted.where(table.c.question == asked.id)
        rows = list(connection.execute(wanted).mappings())
        texts = {
            row.id: (row.key, row.text)
            for row in connection.execute(select(src.c.id, src.c.key, src.c.text))
        }
        coders = dict(connection.execute(select(coder.c.id, coder.c.key)).all())
        asks = ROWS["question"]
        questions = dict(connection.execute(select(asks.c.id, asks.c.key)).all())
    made = [
        {
            "explication": short_id(row["id"]),
            "id": row["id"],
            "question": questions.get(row["question"], ""),
            "source": texts.get(row["source"], ("", None))[0],
            "start": row["start"],
            "end": row["end"],
            "quote": row["quote"] or "",
            "scope": row["scope"] or "",
            "lexical": row["lexical"] or "",
            "material": "\n".join(_line(each, texts) for each in row["material"] or ()),
            "paraphrase": row["paraphrase"] or "",
            "verdict": row["verdict"] or "open",
            "remark": row["remark"] or "",
            "continues": short_id(row["continues"]) if row["continues"] else "",
            "coder": coders.get(row["coder"], ""),
            "edited": texts.get(row["source"], ("", None))[1] != row["text"],
        }
        for row in rows
    ]
    made.sort(key=lambda row: (str(row["source"]), row["start"], row["id"]))
    frame = pd.DataFrame(made, columns=list(COLUMNS))
    return frame.astype({"start": "int64", "end": "int64", "edited": "bool"})


def _line(item: dict[str, Any], texts: dict[str, tuple[str, str | None]]) -> str:
    if item.get("source"):
        key = texts.get(item["source"], ("a removed source", None))[0]
        said = f"{key} {item['start']}-{item['end']}: “{item.get('quote') or ''}”"
    else:
        said = str(item.get("citation") or "")
    return f"{said} ({item['note']})" if item.get("note") else said


def candidates(connection: Connection) -> list[Any]:
    """Return the codings marked as unsure whose passages nobody has explicated.

    Returns
    -------
    list of row
        ``id``, ``source``, ``code``, ``coder`` (row ids), ``start``, ``end`` and ``quote``.
    """
    coding, table = ROWS["coding"], ROWS["explication"]
    done: dict[str, list[tuple[int, int]]] = {}
    for source, start, end in connection.execute(
        select(table.c.source, table.c.start, table.c.end)
    ):
        done.setdefault(source, []).append((start, end))
    columns = (
        *(coding.c.id, coding.c.source, coding.c.code, coding.c.coder),
        *(coding.c.start, coding.c.end, coding.c.quote),
    )
    wanted = select(*columns).where(coding.c.unsure.is_(True))
    return [
        row
        for row in connection.execute(wanted.order_by(coding.c.source, coding.c.start))
        if not any(a < row.end and row.start < b for a, b in done.get(row.source, ()))
    ]


def table_candidates(study: Opened) -> pd.DataFrame:
    """List the passages that somebody coded and marked as unsure, and nobody has explicated.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        ``coding`` (its id), ``source``, ``code``, ``coder`` (keys), ``start``, ``end`` (int) and
        ``quote``, in the order of the texts.
    """
    import pandas as pd

    with study.store.read() as connection:
        rows = candidates(connection)
        names = {
            name: dict(connection.execute(select(ROWS[name].c.id, ROWS[name].c.key)).all())
            for name in ("source", "code", "coder")
        }
    made = [
        {
            "coding": row.id,
            "source": names["source"].get(row.source, ""),
            "code": names["code"].get(row.code, ""),
            "coder": names["coder"].get(row.coder, ""),
            "start": row.start,
            "end": row.end,
            "quote": row.quote or "",
        }
        for row in rows
    ]
    made.sort(key=lambda row: (row["source"], row["start"], row["coding"]))
    columns = ["coding", "source", "code", "coder", "start", "end", "quote"]
    return pd.DataFrame(made, columns=columns).astype({"start": "int64", "end": "int64"})
