"""The start page: where somebody stopped, what others did since, what waits for them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from p3c_qual.analysis.cache import kept
from p3c_qual.analysis.checks import check_study
from p3c_qual.coding.wanted import MAIN
from p3c_qual.store.conflicts import find_conflicts
from p3c_qual.store.schema import ROWS, act, event
from p3c_qual.workbench import rows, wire, wire_start
from p3c_qual.workbench.sight import Sight, sight_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["start_page"]

#: acts of others that are told one by one, those that are counted, and codings that are listed
_LAST, _COUNTED, _LISTED = 20, 5_000, 50
#: how the front end calls the last place in a source on the desk
_POSITION = "position/"


def start_page(study: Study, *, others: bool) -> wire_start.Start:
    """Return the start page of the coder who works here.

    Parameters
    ----------
    study : Study
    others : bool
        Whether the work of other coders is wanted.
    """
    with study.store.read() as connection:
        sight = sight_of(study, connection, others=others)
        mine = select(act.c.clock, act.c.at).where(act.c.actor == sight.me)
        last = connection.execute(mine.order_by(act.c.clock.desc()).limit(1)).first()
        deeds, happenings = _since(connection, sight, last.clock if last else 0)
        return wire_start.Start(
            me=sight.me,
            stopped=_stopped(connection, sight),
            since=last.at if last else "",
            deeds=deeds,
            happenings=happenings,
            waiting=_waiting(study, connection, sight),
            totals=_totals(connection, sight),
        )


def _since(
    connection: Connection, sight: Sight, clock: int
) -> tuple[list[wire_start.Deeds], list[wire.Happening]]:
    """Return what others did later than a clock: counted, and the last of it one by one."""
    if not sight.others:
        return [], []
    wanted = select(act).where(act.c.clock > clock, act.c.actor != sight.me)
    found = connection.execute(wanted.order_by(act.c.clock.desc()).limit(_COUNTED)).all()
    counts = Counter((row.actor, _kind(row)) for row in found)
    deeds = [
        wire_start.Deeds(actor, kind, number)
        for (actor, kind), number in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    ]
    last = [wire.Happening(row.id, row.actor, row.verb, row.kind, row.at) for row in found[:_LAST]]
    return deeds, last


def _kind(row: Any) -> str:
    """Return what kind of act it is, in a word."""
    return str(row.kind if row.kind != "do" else row.verb.partition(" ")[0])


def _stopped(connection: Connection, sight: Sight) -> wire_start.Stopped | None:
    """Return where the coder coded or read last, with the place that was left on the desk."""
    from p3c_qual.store.desk import read_desk

    if not sight.me:
        return None
    coding, reading, src = (ROWS[name] for name in ("coding", "reading", "source"))
    wanted = (
        select(event.c.tbl, event.c.row, act.c.at)
        .join(act, act.c.id == event.c.act)
        .where(act.c.actor == sight.me, event.c.tbl.in_(("coding", "reading")))
        .order_by(act.c.clock.desc(), event.c.seq.desc())
    )
    for table, row, at in connection.execute(wanted.limit(_LISTED)):
        of = coding if table == "coding" else reading
        found = connection.execute(
            select(src.c.id, src.c.key, src.c.title)
            .join(of, of.c.source == src.c.id)
            .where(of.c.id == row)
        ).first()
        if found is None:
            # it was taken back since
            continue
        desk = read_desk(connection, sight.me)
        left = desk.get(_POSITION + found.id, desk.get(_POSITION + found.key))
        return wire_start.Stopped(found.id, found.key, found.title or found.key, _place(left), at)
    return None


def _place(left: Any) -> int | None:
    given = left.get("position") if isinstance(left, dict) else left
    return given if isinstance(given, int) and not isinstance(given, bool) else None


def _waiting(study: Study, connection: Connection, sight: Sight) -> wire_start.Waiting:
    src, coding, reading, proposal = (
        ROWS[name] for name in ("source", "coding", "reading", "proposal")
    )
    marks = select(reading.c.source, reading.c.done).where(
        reading.c.coder == sight.mine, reading.c.round == MAIN
    )
    state: dict[str, bool] = {}
    for source, done in connection.execute(marks):
        state[source] = state.get(source, False) or bool(done)
    readable = select(src.c.id).where(src.c.text.is_not(None)).order_by(src.c.key)
    sources = list(connection.scalars(readable))
    unsure = (coding.c.unsure, sight.codings())
    ids = select(coding.c.id).where(*unsure).order_by(coding.c.id.desc()).limit(_LISTED)
    open_ = select(func.count()).select_from(proposal).where(proposal.c.status == "open")
    total = select(func.count()).select_from(coding).where(*unsure)
    conflicts: int = kept(
        study, connection, "workbench conflicts", lambda: len(find_conflicts(connection))
    )
    return wire_start.Waiting(
        begun=[each for each in sources if state.get(each) is False],
        untouched=[each for each in sources if each not in state],
        unsure=rows.coding_rows(connection, sight, coding.c.id.in_(ids)),
        unsure_total=connection.scalar(total) or 0,
        proposals=connection.scalar(open_) or 0,
        conflicts=conflicts,
        faults=kept(study, connection, "workbench faults", lambda: _faults(study)),
    )


def _faults(study: Study) -> list[wire.Fault]:
    """Return what is not as it was, looked at once after each act of anybody."""
    found = check_study(study)
    faults = found[found["kind"] == "fault"].head(_LISTED)
    columns = zip(faults["what"], faults["source"], faults["do"], strict=True)
    return [wire.Fault("damaged", what, where, do=do) for what, where, do in columns]


def _totals(connection: Connection, sight: Sight) -> wire_start.Totals:
    def count(table: str, *where: Any) -> int:
        wanted = select(func.count()).select_from(ROWS[table]).where(*where)
        return connection.scalar(wanted) or 0

    code = ROWS["code"]
    return wire_start.Totals(
        sources=count("source"),
        interviewees=count("interviewee"),
        codes=count("code", or_(code.c.status.is_(None), code.c.status != "retired")),
        codings=count("coding", sight.codings()),
        memos=count("memo", sight.memos()),
        coders=len(rows.coder_keys(connection, sight)),
    )
