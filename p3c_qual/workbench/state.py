"""What the front end holds of a study when it opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from p3c_qual.store.conflicts import rootless
from p3c_qual.store.schema import ROWS, event
from p3c_qual.workbench import rows, wire
from p3c_qual.workbench.sight import sight_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["last_event", "study_state"]


def last_event(connection: Connection) -> int:
    """Return the number of the journal's last event."""
    return connection.scalar(select(func.max(event.c.seq))) or 0


def study_state(study: Study, path: str, *, others: bool) -> wire.StudyState:
    """Return a study's codebooks, codes and sources, and what is to be known of it.

    Parameters
    ----------
    study : Study
    path : str
        How the front end calls it.
    others : bool
        Whether the work of other coders is wanted.
    """
    from p3c_qual.store.desk import read_desk
    from p3c_qual.workbench.summary import question_rows

    with study.store.read() as connection:
        sight = sight_of(study, connection, others=others)
        return wire.StudyState(
            path=path,
            title=study.settings.title,
            cursor=last_event(connection),
            me=sight.me,
            writable=study.store.writable,
            banners=list(_banners(study, connection)),
            codebooks=rows.codebook_rows(connection),
            codes=rows.code_rows(connection),
            proposals=rows.proposal_rows(connection),
            questions=question_rows(connection),
            sources=rows.source_rows(study, connection, sight),
            coders=rows.coder_keys(connection, sight),
            counts=rows.code_counts(connection, sight),
            desk=read_desk(connection, sight.me) if sight.me else {},
        )


def _banners(study: Study, connection: Connection) -> Iterator[wire.Banner]:
    if not study.store.writable:
        yield wire.Banner(
            "read_only",
            "This study can be read but not written.",
            "Ask for write access to its folder, or copy it to a place of your own.",
        )
    faults = _codebook_faults(connection)
    if faults:
        more = f" And {len(faults) - 3} more." if len(faults) > 3 else ""
        yield wire.Banner(
            "codebook",
            f"The codebook does not pass its check: {'; '.join(faults[:3])}.{more}",
            "Coding goes on as before. Settle it by moving or renaming these codes; "
            "p3c check lists all.",
        )


def _codebook_faults(connection: Connection) -> list[str]:
    """Return what joining copies of the study has left wrong in its codebooks."""
    code, book = ROWS["code"], ROWS["codebook"]
    columns = (code.c.id, code.c.key, code.c.label, code.c.parent, code.c.merged_into)
    found: dict[str, Any] = {row.id: row for row in connection.execute(select(*columns))}
    faults = [
        f"{found[row].label or found[row].key} stands below itself"
        for row in sorted(rootless({name: each.parent for name, each in found.items()}))
    ]
    faults += [
        f"{row.label or row.key} stands below a code that was deleted"
        for row in found.values()
        if row.parent is not None and row.parent not in found
    ]
    faults += [
        f"two codes are called {row.key.partition('~')[0]}"
        for row in found.values()
        if "~" in row.key
    ]
    shadowed = connection.scalars(select(book.c.key).where(book.c.key.like("%~%")))
    faults += [f"two codebooks are called {key.partition('~')[0]}" for key in shadowed]
    return faults
