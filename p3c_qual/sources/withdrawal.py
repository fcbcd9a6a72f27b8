"""Withdrawn consent: a person's words are removed, and that it was done is kept."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.terms import CONSENT_FOR
from p3c_qual.store.schema import ROWS, payload

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from p3c_qual.study import Study

__all__ = ["withdraw"]


def withdraw(study: Study, interviewee: str, *, reason: str) -> list[str]:
    """Erase the sources in which only this person was interviewed, and mark the consent.

    Texts, parts, quotes, memos on these codings, index, originals and the rendered reports of the
    person's programme are removed; events keep their hashes. A group interview holds the words of
    others too: it is kept, named in the answer, and this person's consent in it is withdrawn.

    Parameters
    ----------
    study : Study
    interviewee : str
        The person's code.
    reason : str
        Kept in the journal.

    Returns
    -------
    list of str
        What was done and what is left to do, one sentence each.

    Raises
    ------
    P3CError
        If the person is unknown or no reason is given.
    """
    if not reason.strip():
        raise P3CError(Problem("a withdrawal needs a reason", interviewee, do="--reason TEXT"))
    with study.act(f"withdraw {interviewee}", reason=reason) as act:
        people = ids_by_key(act.connection, "interviewee")
        if problem := find_key(people, interviewee, "interviewee"):
            raise P3CError(problem)
        part = ROWS["participation"]
        taken = act.connection.execute(
            select(part.c.id, part.c.source).where(part.c.interviewee == people[interviewee])
        ).all()
        act.update(
            "participation",
            {
                row.id: {f"consent_{purpose}": "withdrawn" for purpose in CONSENT_FOR}
                for row in taken
            },
        )
        alone, shared = _apart(act.connection, [row.source for row in taken])
        # a translation repeats the words in another language
        alone += _translations(act.connection, [row.id for row in alone])
        texts = _texts(act.connection, [row.id for row in alone])
        memos = _memos(act.connection, [row.id for row in alone])
        hashes = {h for text in texts for h in (text.hash, text.parts, text.original) if h}
        known = set(
            act.connection.scalars(select(payload.c.hash).where(payload.c.hash.in_(hashes)))
        )
        act.erase(known | memos)
        programmes = {row.programme for row in alone}
        names = [
            key for key, row in ids_by_key(act.connection, "programme").items() if row in programmes
        ]
    files = _remove_files(study, [text.file for text in texts if text.file], names)
    done = [f"Erased the text of {row.key}." for row in alone]
    done += [f"Removed {file}." for file in files]
    done += [
        f"{row.key} is a group interview and holds the words of others: take this person's "
        f"words out of its text by hand."
        for row in shared
    ]
    done.append("Backups and exports made before hold the words still: delete them.")
    return done


def _apart(connection: Connection, sources: list[str]) -> tuple[list[Any], list[Any]]:
    src, part = ROWS["source"], ROWS["participation"]
    rows = connection.execute(
        select(src.c.id, src.c.key, src.c.programme).where(src.c.id.in_(sources))
    ).all()
    alone: list[Any] = []
    shared: list[Any] = []
    for row in rows:
        people = connection.execute(
            select(part.c.interviewee).where(part.c.source == row.id).distinct()
        ).all()
        (alone if len(people) == 1 else shared).append(row)
    return alone, shared


def _translations(connection: Connection, sources: list[str]) -> list[Any]:
    src = ROWS["source"]
    return list(
        connection.execute(
            select(src.c.id, src.c.key, src.c.programme).where(
                src.c.translation_of.in_(sources), src.c.id.not_in(sources)
            )
        )
    )


def _texts(connection: Connection, sources: list[str]) -> list[Any]:
    text = ROWS["text"]
    return list(
        connection.execute(
            select(text.c.hash, text.c.parts, text.c.original, text.c.file).where(
                text.c.source.in_(sources)
            )
        )
    )


def _memos(connection: Connection, sources: list[str]) -> set[str]:
    """Return the hashes of memos on these sources and their codings; they may quote the words."""
    from p3c_qual.store.payloads import hash_of

    memo, coding = ROWS["memo"], ROWS["coding"]
    mine = select(coding.c.id).where(coding.c.source.in_(sources))
    found = connection.scalars(
        select(memo.c.text).where(memo.c.target.in_(sources) | memo.c.target.in_(mine))
    )
    return {hash_of(text) for text in found if text}


def _remove_files(study: Study, files: list[str], programmes: list[str]) -> list[str]:
    removed = []
    for name in files:
        path = study.path / "data_raw" / name
        if path.is_file():
            path.unlink()
            removed.append(f"data_raw/{name}")
    for programme in programmes:
        folder = study.path / "reports" / programme
        if folder.is_dir():
            shutil.rmtree(folder)
            removed.append(f"reports/{programme}")
    return removed
