"""What a study holds, as data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from p3c_qual.analysis.source_list import frame_of, list_interviewees, list_sources
from p3c_qual.coding.names import read_codes
from p3c_qual.errors import P3CError
from p3c_qual.store.schema import ROWS, act, event

if TYPE_CHECKING:
    import pandas as pd

    from p3c_qual.study import Study

__all__ = [
    "list_acts",
    "list_codebooks",
    "list_codes",
    "list_interviewees",
    "list_memos",
    "list_programmes",
    "list_sources",
]


def list_programmes(study: Study) -> pd.DataFrame:
    """List the programmes: ``programme`` (key), ``label``, ``country``, ``sites`` (with ``;``)."""
    prog, site = ROWS["programme"], ROWS["site"]
    with study.store.read() as connection:
        places: dict[str, list[str]] = {}
        for row in connection.execute(select(site.c.key, site.c.programme)):
            places.setdefault(row.programme, []).append(row.key)
        rows = [
            {
                "programme": row.key,
                "label": row.label or row.key,
                "country": row.country or "",
                "sites": ";".join(sorted(places.get(row.id, []))),
            }
            for row in connection.execute(select(prog))
        ]
    rows.sort(key=lambda each: each["programme"])
    return frame_of(rows, ["programme", "label", "country", "sites"])


def list_codebooks(study: Study) -> pd.DataFrame:
    """List the codebooks: ``codebook``, ``label``, ``version``, ``status``, ``codes`` (int)."""
    book, code = ROWS["codebook"], ROWS["code"]
    wanted = (
        select(
            book.c.key,
            book.c.label,
            book.c.version,
            book.c.status,
            func.count(code.c.id).label("codes"),
        )
        .join(code, code.c.codebook == book.c.id, isouter=True)
        .group_by(book.c.key, book.c.label, book.c.version, book.c.status)
    )
    with study.store.read() as connection:
        rows = [
            {
                "codebook": row.key,
                "label": row.label or "",
                "version": row.version or "",
                "status": row.status or "",
                "codes": row.codes,
            }
            for row in connection.execute(wanted)
        ]
    rows.sort(key=lambda each: each["codebook"])
    return frame_of(rows, ["codebook", "label", "version", "status", "codes"])


def list_codes(study: Study, codebook: str | None = None) -> pd.DataFrame:
    """List the codes of one codebook or of all, in the codebook's order.

    Returns
    -------
    DataFrame
        ``codebook``, ``code`` (key), ``label``, ``level``, ``parent`` (key or empty), ``depth``
        (int, 1 at the top), ``definition``, ``rule``, ``status``, ``kind``, ``in_framework``
        (bool), ``codings`` (int, of all coders and rounds, without those of codes below).
    """
    book, code, coding = ROWS["codebook"], ROWS["code"], ROWS["coding"]
    wanted = (
        select(code, book.c.key.label("book"))
        .join(book, book.c.id == code.c.codebook)
        .order_by(book.c.key, code.c.position, code.c.key)
    )
    if codebook is not None:
        study.codebook(codebook)  # says what there is, if there is no such codebook
        wanted = wanted.where(book.c.key == codebook)
    with study.store.read() as connection:
        codes = read_codes(connection)
        counts: dict[str, int] = dict(
            connection.execute(select(coding.c.code, func.count()).group_by(coding.c.code)).all()
        )
        rows = []
        for row in connection.execute(wanted).mappings():
            above = codes.above(row["id"])
            rows.append(
                {
                    "codebook": row["book"],
                    "code": row["key"],
                    "label": row["label"] or "",
                    "level": row["level"] or "",
                    "parent": codes.by_id[above[0]].key if above else "",
                    "depth": len(above) + 1,
                    "definition": row["definition"] or "",
                    "rule": row["rule"] or "",
                    "status": row["status"] or "active",
                    "kind": row["kind"] or "nominal",
                    "in_framework": row["in_framework"] is not False,
                    "codings": counts.get(row["id"], 0),
                }
            )
    return frame_of(
        rows,
        [
            "codebook",
            "code",
            "label",
            "level",
            "parent",
            "depth",
            "definition",
            "rule",
            "status",
            "kind",
            "in_framework",
            "codings",
        ],
    )


def list_memos(study: Study) -> pd.DataFrame:
    """List the memos: ``id``, ``about``, ``target``, ``start``, ``end``, ``kind``, ``coder``,
    ``text``; the target is the key of what the memo is about, or a coding's id.
    """  # noqa: D205
    memo, coder = ROWS["memo"], ROWS["coder"]
    with study.store.read() as connection:
        names = {
            row.id: row.key
            for table in ("source", "interviewee", "code")
            for row in connection.execute(select(ROWS[table].c.id, ROWS[table].c.key))
        }
        wanted = select(memo, coder.c.key).join(coder, coder.c.id == memo.c.coder, isouter=True)
        rows = [
            {
                "id": row.id,
                "about": row.about,
                "target": names.get(row.target, row.target),
                "start": row.start,
                "end": row.end,
                "kind": row.kind or "",
                "coder": row.key or "",
                "text": row.text or "",
            }
            for row in connection.execute(wanted.order_by(memo.c.id))
        ]
    frame = frame_of(rows, ["id", "about", "target", "start", "end", "kind", "coder", "text"])
    return frame.astype({"start": "Int64", "end": "Int64"})


def list_acts(study: Study, *, limit: int | None = None) -> pd.DataFrame:
    """List the acts, newest first: ``group``, ``at`` (UTC), ``actor``, ``verb``, ``kind``,
    ``reason``, ``events`` (int).
    """  # noqa: D205
    if limit is not None and limit < 1:
        raise P3CError("the limit must be at least 1")
    sums = (
        select(event.c.act, func.count().label("events"), func.max(event.c.seq).label("seq"))
        .group_by(event.c.act)
        .subquery()
    )
    wanted = (
        select(act, sums.c.events).join(sums, sums.c.act == act.c.id).order_by(sums.c.seq.desc())
    )
    if limit:
        wanted = wanted.limit(limit)
    with study.store.read() as connection:
        rows = [
            {
                "group": row.id,
                "at": row.at,
                "actor": row.actor,
                "verb": row.verb,
                "kind": row.kind,
                "reason": row.reason,
                "events": row.events,
            }
            for row in connection.execute(wanted)
        ]
    return frame_of(rows, ["group", "at", "actor", "verb", "kind", "reason", "events"])
