"""Withdrawn consent: a person's words are removed, and that it was done is kept."""

from __future__ import annotations

import glob
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from p3c_qual.coding.names import find_key, ids_by_key
from p3c_qual.errors import P3CError, Problem
from p3c_qual.sources.terms import CONSENT_FOR
from p3c_qual.sources.withdrawn_claims import (
    claims_of,
    labels_repeating,
    searches_naming,
    written_elsewhere,
)
from p3c_qual.sources.withdrawn_description import in_groups, written_of
from p3c_qual.sources.withdrawn_reports import left_in_reports, reports_of
from p3c_qual.sources.withdrawn_rows import (
    anchored_in,
    categories_of,
    forms_quoting,
    naming,
    quoted_elsewhere,
    rows_ever_on,
    rows_on,
)
from p3c_qual.store import payloads
from p3c_qual.store.erasure import held_by
from p3c_qual.store.schema import ROWS, event, payload

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from p3c_qual.opened import Opened

__all__ = ["withdraw"]

#: what `p3c transcript` writes
PRINTED = ("html", "docx", "pdf")


def withdraw(study: Opened, interviewee: str, *, reason: str) -> list[str]:
    """Erase the sources in which only this person was interviewed, and mark the consent.

    Texts, parts, quotes, variables, memos on these sources, their codings and the person,
    paraphrases, ratings and explications of their passages, what speaks for a configuration or a
    theory there, quotes with their translations, cited places and values that repeat them, labels
    that were made of these words, summaries of what the person says, the index, originals,
    translations and the rendered reports that may hold them are removed, and their
    codings are counted no more; events keep their hashes. A group interview holds the words of
    others too: it is kept, named in the answer, and this person's consent in it is withdrawn. What
    an author typed into the text of a section stays; sections that name a quote are named.

    Parameters
    ----------
    study : Opened
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
        person = people[interviewee]
        part = ROWS["participation"]
        taken = act.connection.execute(
            select(part.c.id, part.c.source).where(part.c.interviewee == person)
        ).all()
        grouped = in_groups(study, act.connection, person)
        withdrawn = {f"consent_{purpose}": "withdrawn" for purpose in CONSENT_FOR}
        act.update("participation", {row.id: withdrawn for row in taken})
        sources = _with_translations(act.connection, {row.source for row in taken})
        alone, shared = _apart(act.connection, sources, person)
        ids = [row.id for row in alone]
        texts = _texts(act.connection, ids)
        there = _not_erased(act.connection, {text.hash for text in texts})
        versions = [text.id for text in texts]
        said = {
            "memo": _memos(act.connection, [*ids, person]),
            **rows_on(act.connection, ids, versions, person),
        }
        said["quote"] = sorted({*said["quote"], *grouped})
        ever = rows_ever_on(act.connection, {*ids, person})
        written = written_of(
            act.connection, said["quote"], said["citation"], ever.get("citation", ()), versions
        )
        resting = [*_resting(act.connection, said), *written.said]
        own = {row.key for row in alone}
        taken_out = _anchors(act.connection, own)
        others_too = {
            "explication": quoted_elsewhere(act.connection, ids, said["explication"]),
            "code": anchored_in(act.connection, own),
            "edition": forms_quoting(act.connection, own),
            "negative_search": searches_naming(act.connection, ids, said["evidence"]),
        }
        holders = {"text": versions, "source": ids, **said}
        held = _held(act.connection, holders, ever, {*own, *ids}, others_too["edition"])
        held |= written.hashes
        # first, while it can be told which words went with them
        for table, rows in said.items():
            act.delete(table, rows)
        for table, changes in (*others_too.items(), *written.changes.items()):
            act.update(table, changes)
        if held:
            act.erase(held)
        for table in ("coding", "reading"):
            # what nobody may read any more is counted nowhere either
            mine = select(ROWS[table].c.id).where(ROWS[table].c.source.in_(ids))
            act.delete(table, act.connection.scalars(mine).all())
        said_in = {row.key for row in (*alone, *shared)}
        reports = reports_of(
            act.connection,
            study.path / "reports",
            {row.programme for row in (*alone, *shared)},
            said_in,
            written.named,
        )
        files = {text.file for text in texts if text.file}
        others = _others(act.connection, files, ids)
        anchors = _said_of_anchors(taken_out, _anchors(act.connection, {row.key for row in shared}))
    done = [f"Erased the text of {row.key}." for row in alone if there]
    # transcripts printed of these sources go with them
    printed = [f"transcripts/{row.key}.{form}" for row in (*alone, *shared) for form in PRINTED]
    done += [
        *_remove_files(study.path, sorted(files), [*reports, *printed]),
        *left_in_reports(study.path / "reports", said_in, interviewee),
        *_recordings(study.path / "data_raw", sorted(files)),
        *resting,
    ]
    if not alone and not shared:
        done.append(f"{interviewee} took part in no interview; there was nothing to erase.")
    done += _kept(others, [row.key for row in shared])
    done += anchors
    done.append("Backups and exports made before hold the words still: delete them.")
    return done


def _kept(others: Mapping[str, list[str]], groups: list[str]) -> list[str]:
    """Name the sources of others that came from the same file, and interviews of several people."""
    return [
        *(
            f"{name} held other sources too ({', '.join(keys)}): their texts are kept, their "
            "original is gone with this person's words."
            for name, keys in sorted(others.items())
        ),
        *(
            f"{key} is a group interview and holds the words of others: take this person's "
            "words out of its text by hand."
            for key in groups
        ),
    ]


def _resting(connection: Connection, said: dict[str, list[str]]) -> list[str]:
    """Name what the analysis made of this person's words alone."""
    made_of = categories_of(connection, said["paraphrase"])
    return [
        *(
            f"The category {label!r} was made of this person's words alone: rename it, or remove it."
            for label in made_of
        ),
        *claims_of(connection, said["evidence"]),
    ]


def _with_translations(connection: Connection, sources: set[str]) -> set[str]:
    """Add the translations of sources and their originals: they repeat the words."""
    src = ROWS["source"]
    pairs = connection.execute(
        select(src.c.id, src.c.translation_of).where(src.c.translation_of.is_not(None))
    ).all()
    found = set(sources)
    while more := {
        other
        for pair in pairs
        for one, other in (pair, reversed(pair))
        if one in found and other not in found
    }:
        found |= more
    return found


def _apart(connection: Connection, sources: set[str], person: str) -> tuple[list[Any], list[Any]]:
    """Put the sources of this person alone apart from those in which others speak too."""
    src, part = ROWS["source"], ROWS["participation"]
    rows = connection.execute(
        select(src.c.id, src.c.key, src.c.programme)
        .where(src.c.id.in_(sources))
        .order_by(src.c.key)
    ).all()
    with_others = set(
        connection.scalars(
            select(part.c.source).where(part.c.source.in_(sources), part.c.interviewee != person)
        )
    )
    alone = [row for row in rows if row.id not in with_others]
    return alone, [row for row in rows if row.id in with_others]


def _texts(connection: Connection, sources: list[str]) -> list[Any]:
    text = ROWS["text"]
    return list(
        connection.execute(
            select(text.c.id, text.c.hash, text.c.file).where(text.c.source.in_(sources))
        )
    )


def _held(
    connection: Connection,
    holders: dict[str, list[str]],
    ever: dict[str, list[str]],
    sources: set[str],
    forms: Collection[str],
) -> set[str]:
    """Return every payload with words of the person that is not erased yet.

    A copy that was joined since a withdrawal may have brought some back.
    """
    apart = {
        name: sorted({*holders.get(name, ()), *ever.get(name, ())})
        for name in ("evidence", "quote")
    }
    rest = [{k: v for k, v in some.items() if k not in apart} for some in (holders, ever)]
    held = held_by(connection, rest[0]) | held_by(connection, rest[1])
    evidence = apart["evidence"]
    for words, going, quoted in (
        (held_by(connection, {"evidence": evidence}), evidence, False),
        (labels_repeating(connection, evidence), evidence, True),
        (held_by(connection, {"quote": apart["quote"]}), apart["quote"], False),
    ):
        held |= words - written_elsewhere(connection, words, going, quoted=quoted)
    # of what quotes others too, only what quotes this person
    for table, columns in (("explication", {"material"}), ("code", {"anchors", "extra"})):
        some = held_by(connection, {table: _ever(connection, table)}, columns=columns)
        held |= naming(connection, some, sources)
    held |= held_by(connection, {"edition": forms}, columns={"form"})
    return _not_erased(connection, held)


def _not_erased(connection: Connection, hashes: set[str]) -> set[str]:
    found: set[str] = set()
    for run in payloads.chunks(sorted(hashes), 500):
        wanted = select(payload.c.hash).where(payload.c.hash.in_(run), payload.c.erased.is_(False))
        found.update(connection.scalars(wanted))
    return found


def _ever(connection: Connection, table: str) -> list[str]:
    """Return the rows of a table there ever were."""
    return list(connection.scalars(select(event.c.row).where(event.c.tbl == table).distinct()))


def _memos(connection: Connection, about: list[str]) -> list[str]:
    """Return the memos on these rows and the codings of them; they may quote."""
    memo, coding = ROWS["memo"], ROWS["coding"]
    mine = select(coding.c.id).where(coding.c.source.in_(about))
    wanted = select(memo.c.id).where(memo.c.target.in_(about) | memo.c.target.in_(mine))
    return list(connection.scalars(wanted))


def _others(connection: Connection, files: set[str], sources: list[str]) -> dict[str, list[str]]:
    """Return, by original, the sources of others that came from the same file."""
    text, src = ROWS["text"], ROWS["source"]
    wanted = (
        select(text.c.file, src.c.key)
        .join(src, src.c.id == text.c.source)
        .where(text.c.file.in_(files), src.c.id.not_in(sources))
        .order_by(src.c.key)
    )
    found: dict[str, list[str]] = {}
    for file, key in connection.execute(wanted):
        found.setdefault(file, []).append(key)
    return found


def _anchors(connection: Connection, sources: set[str]) -> list[tuple[str, str]]:
    """Return the codes whose anchor examples stand in these sources."""
    code = ROWS["code"]
    found: Counter[tuple[str, str]] = Counter()
    wanted = select(code.c.key, code.c.anchors, code.c.extra).order_by(code.c.key)
    for row in connection.execute(wanted):
        extra = row.extra or {}
        levels = [*(extra.get("levels") or ()), extra.get("not_ratable") or {}]
        for anchors in (row.anchors, *(level.get("anchors") for level in levels)):
            named = (each.get("source") for each in anchors or ())
            found.update((row.key, name) for name in named if name in sources)
    return list(found)


def _said_of_anchors(gone: list[tuple[str, str]], left: list[tuple[str, str]]) -> list[str]:
    said = [
        f"Took the anchor example from {source} out of the code {code}; the file its codebook was "
        "loaded from may hold it still: take it out there."
        for code, source in gone
    ]
    return said + [
        f"The code {code} has an anchor example from {source}: take it out if it is this person's."
        for code, source in left
    ]


def _recordings(folder: Path, files: list[str]) -> list[str]:
    """Name what lies under an original's name still, such as a recording: it is the user's own."""
    beside = sorted(
        {
            each.relative_to(folder).as_posix()
            for file in files
            for each in (folder / file).parent.glob(f"{glob.escape((folder / file).stem)}.*")
            if each.is_file() and each.relative_to(folder).as_posix() not in files
        }
    )
    return [f"data_raw/{name} may hold this person's voice or words: delete it." for name in beside]


def _remove_files(folder: Path, files: list[str], reports: list[str]) -> list[str]:
    """Remove originals and reports; what cannot be removed is said, not passed over."""
    done = []
    for name in [*(f"data_raw/{file}" for file in files), *(f"reports/{r}" for r in reports)]:
        path = folder / name
        try:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()
            else:
                continue
            done.append(f"Removed {name}.")
        except OSError as error:
            done.append(f"{name} could not be removed ({error.strerror}): delete it by hand.")
    return done
