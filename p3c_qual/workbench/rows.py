"""Rows of the store as they go over the wire, read in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.known import known_sources
from p3c_qual.store import payloads
from p3c_qual.store.conflicts import rootless
from p3c_qual.store.schema import ROWS
from p3c_qual.workbench import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

    from p3c_qual.study import Study
    from p3c_qual.workbench.sight import Sight

__all__ = [
    "code_counts",
    "code_rows",
    "codebook_rows",
    "coder_keys",
    "coding_rows",
    "found_in",
    "memo_rows",
    "proposal_rows",
    "reading_rows",
    "source_rows",
]


def codebook_rows(connection: Connection) -> list[wire.CodebookRow]:
    """Return the codebooks by key."""
    book = ROWS["codebook"]
    return [
        wire.CodebookRow(
            id=row.id,
            key=row.key,
            label=row.label or row.key,
            version=row.version or "",
            status=row.status or "draft",
            frozen=row.status == "final",
        )
        for row in connection.execute(select(book).order_by(book.c.key))
    ]


def code_rows(connection: Connection) -> list[wire.CodeRow]:
    """Return all codes in reading order; a circle that joining copies left is cut open."""
    code, book = ROWS["code"], ROWS["codebook"]
    wanted = select(code).join(book, book.c.id == code.c.codebook)
    rows = connection.execute(wanted.order_by(book.c.key, code.c.position, code.c.key)).all()
    cut = rootless({row.id: row.parent for row in rows})
    there = {row.id for row in rows}
    return [
        wire.CodeRow(
            id=row.id,
            codebook=row.codebook,
            key=row.key,
            label=row.label or row.key,
            parent=row.parent if row.parent in there and row.id not in cut else None,
            level=row.level or "",
            status=row.status or "active",
            kind=row.kind or "nominal",
            definition=row.definition or "",
            rule=row.rule or "",
            merged_into=row.merged_into,
            anchors=[_anchor(each) for each in row.anchors or ()],
        )
        for row in rows
    ]


def _anchor(each: dict[str, Any]) -> wire.AnchorRow:
    return wire.AnchorRow(
        quote=each.get("quote") or "",
        source=each.get("source") or "",
        start=each.get("start"),
        end=each.get("end"),
        prototype=bool(each.get("prototype")),
        invented=bool(each.get("invented")),
    )


def proposal_rows(connection: Connection) -> list[wire.ProposalRow]:
    """Return the open proposals, the oldest first."""
    proposal, coder = ROWS["proposal"], ROWS["coder"]
    wanted = (
        select(proposal, coder.c.key.label("by"))
        .join(coder, coder.c.id == proposal.c.coder, isouter=True)
        .where(proposal.c.status == "open")
        .order_by(proposal.c.id)
    )
    return [
        wire.ProposalRow(
            id=row.id,
            codebook=row.codebook,
            code=row.code,
            change=row.change or "",
            args=row.args or {},
            reason=row.reason or "",
            coder=row.by or "",
            status=row.status,
        )
        for row in connection.execute(wanted)
    ]


def coder_keys(connection: Connection, sight: Sight) -> list[str]:
    """Return the coders whose work is seen."""
    if not sight.others:
        return [sight.me] if sight.mine else []
    return sorted(connection.scalars(select(ROWS["coder"].c.key)))


def source_rows(study: Study, connection: Connection, sight: Sight) -> list[wire.SourceRow]:
    """Return the sources by key, with how much is coded in each."""
    coding, reading = ROWS["coding"], ROWS["reading"]

    def count() -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        per = select(coding.c.source, coding.c.coder, func.count())
        for source, coder, number in connection.execute(
            per.group_by(coding.c.source, coding.c.coder)
        ):
            found.setdefault(source, {})[coder] = number
        return found

    counts: dict[str, dict[str, int]] = kept(study, connection, "workbench counts", count)
    done = select(reading.c.source).where(
        *(reading.c.coder == sight.mine, reading.c.round == "main", reading.c.done),
        # what was read for one research question alone is not done with
        func.coalesce(reading.c.question, "") == "",
    )
    finished = set(connection.scalars(done))
    made = []
    for each in known_sources(study, connection).values():
        coders = counts.get(each.id, {})
        mine = coders.get(sight.mine or "", 0)
        made.append(
            wire.SourceRow(
                id=each.id,
                key=each.key,
                title=each.said["title"] or each.key,
                kind=each.said["kind"],
                programme=each.programme,
                country=each.country,
                site=each.site,
                stakeholder_types=[t for t in each.stakeholder_types.split(";") if t],
                interviewees=[person.key for person in each.people],
                date=each.said["date"],
                language=each.said["language"],
                length=each.length if each.text else None,
                translation_of=each.translation_of,
                codings=sum(coders.values()) if sight.others else mine,
                mine=mine,
                done=each.id in finished,
            )
        )
    return made


def code_counts(connection: Connection, sight: Sight) -> dict[str, int]:
    """Return how many codings each code has, of the coders who are seen."""
    coding = ROWS["coding"]
    wanted = select(coding.c.code, func.count()).where(sight.codings()).group_by(coding.c.code)
    return dict(connection.execute(wanted).all())


def coding_rows(
    connection: Connection, sight: Sight, *where: ColumnElement[bool]
) -> list[wire.CodingRow]:
    """Return codings that are seen, in the order of the text; at most some thousands.

    A coding of a code that is gone is no longer shown; `check` lists it.
    """
    coding, code, coder = ROWS["coding"], ROWS["code"], ROWS["coder"]
    wanted = (
        select(coding, coder.c.key.label("by"))
        .join(code, code.c.id == coding.c.code)
        .join(coder, coder.c.id == coding.c.coder, isouter=True)
        .where(sight.codings(), *where)
    )
    rows = connection.execute(wanted).all()
    memos = _memo_counts(connection, sight, [row.id for row in rows])
    made = [
        wire.CodingRow(
            id=row.id,
            source=row.source,
            start=row.start,
            end=row.end,
            code=row.code,
            coder=row.by or "",
            round=row.round or "main",
            question=row.question or "",
            important=bool(row.important),
            unsure=bool(row.unsure),
            origin=row.origin or "",
            memos=memos.get(row.id, 0),
        )
        for row in rows
    ]
    made.sort(key=lambda each: (each.start, each.end, each.id))
    return made


def _memo_counts(connection: Connection, sight: Sight, ids: Sequence[str]) -> dict[str, int]:
    memo = ROWS["memo"]
    found: dict[str, int] = {}
    for run in payloads.chunks(ids, 500):
        wanted = select(memo.c.target, func.count()).where(
            memo.c.about == "coding", memo.c.target.in_(run), sight.memos()
        )
        found.update(connection.execute(wanted.group_by(memo.c.target)).all())
    return found


def memo_rows(
    connection: Connection, sight: Sight, *where: ColumnElement[bool]
) -> list[wire.MemoRow]:
    """Return memos that are seen, the oldest first."""
    memo, coder = ROWS["memo"], ROWS["coder"]
    wanted = (
        select(memo, coder.c.key.label("by"))
        .join(coder, coder.c.id == memo.c.coder, isouter=True)
        .where(sight.memos(), *where)
        .order_by(memo.c.id)
    )
    return [
        wire.MemoRow(
            id=row.id,
            about=row.about,
            target=row.target,
            start=row.start,
            end=row.end,
            kind=row.kind or "",
            coder=row.by or "",
            text=row.text or "",
        )
        for row in connection.execute(wanted)
    ]


def reading_rows(
    connection: Connection, sight: Sight, *where: ColumnElement[bool]
) -> list[wire.ReadingRow]:
    """Return what was worked through, as far as it is seen."""
    reading, coder = ROWS["reading"], ROWS["coder"]
    wanted = (
        select(reading, coder.c.key.label("by"))
        .join(coder, coder.c.id == reading.c.coder)
        .where(sight.readings(), *where)
        .order_by(coder.c.key, reading.c.round, reading.c.id)
    )
    return [
        wire.ReadingRow(
            source=row.source,
            coder=row.by,
            round=row.round or "main",
            done=bool(row.done),
            ranges=[list(each) for each in row.ranges or ()],
            question=row.question or "",
        )
        for row in connection.execute(wanted)
    ]


def found_in(column: Any, ids: Iterable[str]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that together ask for all of `ids`, few enough for a statement each."""
    for run in payloads.chunks(sorted(set(ids)), 500):
        yield column.in_(run)
