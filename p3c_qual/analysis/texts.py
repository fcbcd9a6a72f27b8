"""Texts and their parts, as stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem, nearest
from p3c_qual.sources.parts import PARTS, PartList
from p3c_qual.store import payloads
from p3c_qual.store.schema import ROWS

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["list_parts", "read_parts", "read_text", "unpack_parts"]


def _text_row(connection: Connection, source: str) -> Any:
    src, text = ROWS["source"], ROWS["text"]
    row = connection.execute(
        select(text).join(src, src.c.text == text.c.id).where(src.c.key == source)
    ).first()
    if row is None:
        problem = find_key(ids_by_key(connection, "source"), source, "source")
        raise P3CError(problem or Problem(f"source {source!r} has no text any more"))
    return row


def read_text(study: Study, source: str) -> str:
    """Return the text of a source, as stored.

    Raises
    ------
    P3CError
        If there is no such source, its text was erased or is lost, or it is not what its hash says.
    """
    with study.store.read() as connection:
        row = _text_row(connection, source)
        body = payloads.get(connection, row.hash)
        if not isinstance(body, str):
            raise P3CError(payloads.no_text(connection, row.hash, source))
    if payloads.hash_of(body) != row.hash:
        raise P3CError(
            Problem(
                f"the text of {source!r} is not what its hash says",
                study.store.place,
                do="Restore the study from a backup.",
            )
        )
    return body


def unpack_parts(packed: bytes) -> dict[str, PartList]:
    """Return the parts by kind as `p3c_qual.sources.intake.pack_parts` packed them."""
    return {kind: PartList(**columns) for kind, columns in orjson.loads(packed).items()}


def read_parts(connection: Connection, source: str) -> dict[str, PartList]:
    """Return all parts of a source by kind."""
    packed = payloads.get(connection, _text_row(connection, source).parts)
    return unpack_parts(packed) if isinstance(packed, bytes) else {}


def list_parts(study: Study, source: str, kind: str = "turn") -> pd.DataFrame:
    """List the parts of a source.

    Parameters
    ----------
    study : Study
    source : str
    kind : str
        ``turn``, ``paragraph``, ``sentence``, ``page``, ``section`` or ``word``.

    Returns
    -------
    DataFrame
        ``start``, ``end`` (int, code points, half-open), ``label``, ``speaker``, ``role`` (str),
        ``time`` (milliseconds, or missing).

    Raises
    ------
    P3CError
        If the source or the kind is unknown.
    """
    import pandas as pd

    if kind == "word":
        from p3c_qual.sources.splitter import words

        starts, ends = words(read_text(study, source))
        parts = PartList(starts, ends)
    elif kind in PARTS:
        with study.store.read() as connection:
            parts = read_parts(connection, source).get(kind, PartList())
    else:
        valid = (*PARTS, "word")
        raise P3CError(
            Problem(f"unknown kind of part {kind!r}", valid=valid, nearest=nearest(kind, valid))
        )
    count = len(parts)
    columns = {
        name: list(column) if column else [None if name == "time" else ""] * count
        for name, column in vars(parts).items()
    }
    columns |= {"start": parts.start, "end": parts.end}
    return pd.DataFrame(columns).astype({"time": "Int64"})
