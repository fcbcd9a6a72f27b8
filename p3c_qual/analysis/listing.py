"""What a study holds, as data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.coding.names import read_codes
from p3c_qual.errors import P3CError
from p3c_qual.sources.terms import CONSENT_FOR
from p3c_qual.store.schema import ROWS, act, event

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = [
    "list_acts",
    "list_codebooks",
    "list_codes",
    "list_interviewees",
    "list_memos",
    "list_programmes",
    "list_sources",
    "people_of",
]


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=pd.Index(columns) if not rows else None)


def people_of(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return who took part in each source (by row id), in order.

    Each person: ``id``, ``key``, ``types``, ``role``, ``programme`` (row id), ``speaker`` and
    ``consent_...``.
    """
    part, person = ROWS["participation"], ROWS["interviewee"]
    wanted = (
        select(
            part,
            person.c.key,
            person.c.stakeholder_types,
            person.c.role,
            person.c.programme.label("home"),
        )
        .join(person, person.c.id == part.c.interviewee)
        .order_by(part.c.source, part.c.position, part.c.id)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(wanted).mappings():
        found.setdefault(row["source"], []).append(
            {
                "id": row["interviewee"],
                "key": row["key"],
                "types": row["stakeholder_types"] or [],
                "role": row["role"] or "",
                "programme": row["home"],
                "speaker": row["speaker"],
                **{f"consent_{p}": row[f"consent_{p}"] for p in CONSENT_FOR},
            }
        )
    return found


def list_sources(study: Study) -> pd.DataFrame:
    """List the sources of a study.

    Returns
    -------
    DataFrame
        One row a source, ordered by key; all str unless said otherwise: ``source`` (key),
        ``title``, ``kind``, ``completeness``, ``country``, ``programme``, ``site``,
        ``interviewee`` and ``stakeholder_type`` (several with ``;``), ``role``, ``date``,
        ``language``, ``wave``, ``document_type``, ``duration_min``, ``mode``, ``interviewer``,
        ``transcription_rules``, ``secondary_use``, ``translation_of``, ``main_coder``,
        ``protocol``, ``consent_recorded`` and so on (one for each person, with ``;``),
        ``characters`` (int), ``file``, ``sha256`` (of the original), ``reader``, then one column
        for each variable of the study.
    """
    src, text, prog, site, coder, proto = (
        ROWS[t] for t in ("source", "text", "programme", "site", "coder", "protocol")
    )
    original = src.alias()
    wanted = (
        select(
            src,
            prog.c.key.label("prog"),
            prog.c.country,
            site.c.key.label("place"),
            original.c.key.label("original"),
            coder.c.key.label("main"),
            proto.c.key.label("proto"),
            text.c.length,
            text.c.file,
            text.c.original.label("sha256"),
            text.c.reader,
        )
        .join(text, text.c.id == src.c.text, isouter=True)
        .join(prog, prog.c.id == src.c.programme, isouter=True)
        .join(site, site.c.id == src.c.site, isouter=True)
        .join(coder, coder.c.id == src.c.main_coder, isouter=True)
        .join(proto, proto.c.id == src.c.protocol, isouter=True)
        .join(original, original.c.id == src.c.translation_of, isouter=True)
    )
    plain = (
        "title",
        "kind",
        "completeness",
        "date",
        "language",
        "wave",
        "document_type",
        "duration_min",
        "mode",
        "interviewer",
        "transcription_rules",
        "secondary_use",
    )
    rows = []
    with study.store.read() as connection:
        people = people_of(connection)
        for row in connection.execute(wanted).mappings():
            mine = people.get(row["id"], [])
            types = dict.fromkeys(t for person in mine for t in person["types"])
            roles = dict.fromkeys(person["role"] for person in mine if person["role"])
            rows.append(
                {
                    "source": row["key"],
                    **{name: row[name] or "" for name in plain[:3]},
                    "country": row["country"] or "",
                    "programme": row["prog"] or "",
                    "site": row["place"] or "",
                    "interviewee": ";".join(person["key"] for person in mine),
                    "stakeholder_type": ";".join(types),
                    "role": "; ".join(roles),
                    **{name: row[name] or "" for name in plain[3:]},
                    "translation_of": row["original"] or "",
                    "main_coder": row["main"] or "",
                    "protocol": row["proto"] or "",
                    **{
                        f"consent_{p}": ";".join(str(person[f"consent_{p}"]) for person in mine)
                        for p in CONSENT_FOR
                    },
                    "characters": row["length"],
                    "file": row["file"],
                    "sha256": row["sha256"],
                    "reader": row["reader"],
                    **(row["variables"] or {}),
                }
            )
    rows.sort(key=lambda each: each["source"])
    return _frame(
        rows,
        [
            "source",
            *plain[:3],
            "country",
            "programme",
            "site",
            "interviewee",
            "stakeholder_type",
            "role",
            *plain[3:],
            "translation_of",
            "main_coder",
            "protocol",
            *(f"consent_{p}" for p in CONSENT_FOR),
            "characters",
            "file",
            "sha256",
            "reader",
        ],
    )


def list_interviewees(study: Study) -> pd.DataFrame:
    """List the interviewees.

    Returns
    -------
    DataFrame
        One row a person, ordered by code: ``interviewee``, ``programme``, ``stakeholder_type``
        (several with ``;``), ``role``, ``sources`` (keys, with ``;``), ``date`` (of the first).
    """
    person, prog, src, part = (
        ROWS[t] for t in ("interviewee", "programme", "source", "participation")
    )
    with study.store.read() as connection:
        people = (
            connection.execute(
                select(person, prog.c.key.label("prog")).join(
                    prog, prog.c.id == person.c.programme, isouter=True
                )
            )
            .mappings()
            .all()
        )
        taken: dict[str, list[Any]] = {}
        for row in connection.execute(
            select(part.c.interviewee, src.c.key, src.c.date).join(src, src.c.id == part.c.source)
        ):
            taken.setdefault(row.interviewee, []).append(row)
    rows = [
        {
            "interviewee": row["key"],
            "programme": row["prog"] or "",
            "stakeholder_type": ";".join(row["stakeholder_types"] or []),
            "role": row["role"] or "",
            "sources": ";".join(sorted(each.key for each in taken.get(row["id"], []))),
            "date": min((each.date for each in taken.get(row["id"], []) if each.date), default=""),
        }
        for row in people
    ]
    rows.sort(key=lambda each: each["interviewee"])
    return _frame(rows, ["interviewee", "programme", "stakeholder_type", "role", "sources", "date"])


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
    return _frame(rows, ["programme", "label", "country", "sites"])


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
    return _frame(rows, ["codebook", "label", "version", "status", "codes"])


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
    return _frame(
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
    frame = _frame(rows, ["id", "about", "target", "start", "end", "kind", "coder", "text"])
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
    return _frame(rows, ["group", "at", "actor", "verb", "kind", "reason", "events"])
